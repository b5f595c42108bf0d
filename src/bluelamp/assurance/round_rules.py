"""Who may run a round of progress, and what may a link answer?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError, role_of

ROUND_ROLES = frozenset({"administrator", "liaison", "lpb_officer"})
LONGEST = dt.timedelta(days=731)
LINK_DAYS = 28
"""How long after a round's last day its links still open."""


def check_can_run_rounds(by: Any) -> None:
    if role_of(by) not in ROUND_ROLES:
        raise NotAllowedError(
            "Rounds are opened and closed by inspection liaison officers and officers of the local policing body."
        )


def can_run_rounds(by: Any) -> bool:
    try:
        check_can_run_rounds(by)
    except NotAllowedError:
        return False
    return True


def check_can_open(by: Any, *, title: str, due: dt.date, now: dt.datetime) -> None:
    check_can_run_rounds(by)
    if not title.strip():
        raise PlainError("A round needs a title, such as “Progress to June 2026”.")
    if due < london_day(now):
        raise PlainError("The last day for answers cannot lie in the past.")
    if due > london_day(now) + LONGEST:
        raise PlainError("The last day for answers lies within two years.")


class LinkError(PlainError):
    """A link that opens nothing: unknown, used or too old. One message for all three tells a stranger nothing."""


LINK_SPENT = (
    "This link opens nothing: it was used already, or it is too old. Ask whoever sent it to you for another one."
)
