"""On which day does the inspectorate's deadline fall, and by what rule?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bluelamp.lib.calendar_days import add_months, read_iso_day, say_day


@dataclass(frozen=True, kw_only=True)
class DeadlineDay:
    """`day` is None where it cannot be worked out; `rule` is a sentence either way."""

    day: dt.date | None
    rule: str


def work_out_deadline(deadline: Mapping[str, Any] | None, published: str) -> DeadlineDay | None:
    """The day of a deadline as it was read ({printed, rule, months, date}); None where there is no deadline.

    `published` is the report's ISO date; one without its day ("2022-04") names no day to count from.
    """
    if not deadline:
        return None
    printed = str(deadline.get("printed", ""))
    if deadline.get("date"):
        day = read_iso_day(str(deadline["date"]))
        return DeadlineDay(day=day, rule=f"The report names the day (“{printed}”).")
    begins = read_iso_day(published)
    if begins is None:
        return DeadlineDay(day=None, rule=f"“{printed}” counts from publication, whose day is not known.")
    if deadline.get("rule") == "immediately":
        return DeadlineDay(day=begins, rule=f"“{printed}”: from the day of publication, {say_day(begins)}.")
    months = deadline.get("months")
    if not isinstance(months, int):
        return DeadlineDay(day=None, rule=f"“{printed}” names no day that can be worked out.")
    day = add_months(begins, months)
    unit = "month" if months == 1 else "months"
    return DeadlineDay(day=day, rule=f"“{printed}”: {months} {unit} from publication on {say_day(begins)}.")
