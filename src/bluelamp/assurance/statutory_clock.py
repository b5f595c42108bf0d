"""By which day must the local policing body's response be published, and is it late? (Police Act 1996, section 55)

The period of 56 days begins with the day on which the report is published, so its last day is publication + 55
days. Source: section 55 as amended by the Policing and Crime Act 2017; a report published before the amendment
commenced is never late by this rule.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bluelamp.lib.calendar_days import say_day

PERIOD = 56
COMMENCED = dt.date(2017, 4, 3)
"""[unverified] The day the amendment came into force; DOMAIN.md gives only its year."""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """`last_day` is None where the rule does not hold. `days_left` is negative when late, None when answered."""

    last_day: dt.date | None
    days_left: int | None
    late: bool
    says: str


def read_clock(*, published: dt.date, answered: dt.date | None, day: dt.date) -> Clock:
    """The clock of a report published on `published`, as it stands on `day`."""
    if published < COMMENCED:
        return Clock(
            last_day=None, days_left=None, late=False,
            says="Published before the 56 days became law: no last day.",
        )  # fmt: skip
    last = published + dt.timedelta(days=PERIOD - 1)
    if answered:
        late = answered > last
        when = f"{(answered - last).days} days after the last day" if late else "in time"
        says = f"Published on {say_day(answered)}, {when} (last day {say_day(last)})."
        return Clock(last_day=last, days_left=None, late=late, says=says.replace(" 1 days", " 1 day"))
    left = (last - day).days
    if left < 0:
        says = f"Late by {-left} days: the last day was {say_day(last)}."
    elif left == 0:
        says = f"Due today, {say_day(last)}."
    else:
        says = f"{left} days left: the last day is {say_day(last)}."
    return Clock(last_day=last, days_left=left, late=left < 0, says=says.replace(" 1 days", " 1 day"))
