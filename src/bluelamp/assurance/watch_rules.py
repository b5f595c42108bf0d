"""What can be named that should stay true after a sign-off, and when must it be looked at again? Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError

KINDS = {"indicator": "An indicator and its limit", "sample": "A sample audit", "date": "A date to look again"}
PART = "part"
"""What every sign-off of a cause of concern promises besides: that the points under it stay signed off."""
DIRECTIONS = {"at-least": "at least", "at-most": "at most"}
HOLDING, DUE, SLID, ENDED = "holding", "due", "slid", "ended"
STATES = {HOLDING: "Holding", DUE: "Due to be looked at", SLID: "Slid", ENDED: "Ended"}

LONGEST = dt.timedelta(days=3653)
LOOK_AGAIN = dt.timedelta(days=91)
"""A person looks at an indicator each quarter, as it is reported, until the figures themselves are watched."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What should stay true, before it is kept. `limit` and `direction` are an indicator's: "at least" "90%"."""

    kind: str
    what: str
    due: dt.date | None = None
    indicator: str = ""
    limit: str = ""
    direction: str = ""


def check_watch(watch: Wanted, *, day: dt.date) -> dt.date:
    """The day on which it is first looked at, after `day`; PlainError where nobody could tell that it slid."""
    if watch.kind not in KINDS:
        raise PlainError(f"What should stay true is one of {', '.join(KINDS)}; “{watch.kind}” is none of them.")
    if not watch.what.strip():
        raise PlainError("Say in words what should stay true.")
    if watch.kind == "indicator":
        _check_indicator(watch)
    elif watch.due is None:
        raise PlainError("Say by which day it is looked at again.")
    due = watch.due or day + LOOK_AGAIN
    check_next_day(due, day=day)
    return due


def _check_indicator(watch: Wanted) -> None:
    if not watch.indicator.strip() or not watch.limit.strip():
        raise PlainError("An indicator that is watched needs its name and the limit it should keep.")
    if watch.direction not in DIRECTIONS:
        raise PlainError("Say whether the indicator should be at least or at most its limit.")


def check_next_day(due: dt.date, *, day: dt.date) -> None:
    if due <= day:
        raise PlainError("The day to look again lies after today: something stays true only over time.")
    if due > day + LONGEST:
        raise PlainError("The day to look again lies within ten years: what nobody looks at is not watched.")


def is_due(*, state: str, due: dt.date | None, day: dt.date) -> bool:
    """Must somebody look at it on `day`? What was not yet marked as due is so all the same."""
    return state == DUE or (state == HOLDING and due is not None and due <= day)


def proposes_reopening(*, state: str, due: dt.date | None, day: dt.date) -> bool:
    return state == SLID or is_due(state=state, due=due, day=day)


def check_can_look(state: str) -> None:
    if state == SLID:
        raise NotAllowedError("It slid already: reopen the item, or explain why it stays signed off.")
    if state == ENDED:
        raise NotAllowedError("This is not watched any more.")


def check_can_end(*, state: str, due: dt.date | None, day: dt.date) -> None:
    """What should stay true is watched until its day: nobody ends it the week after the sign-off."""
    if due is not None and not is_due(state=state, due=due, day=day):
        raise NotAllowedError(
            f"It is watched until {say_day(due)}: say when it is looked at next, or end it then."
        )


def check_can_explain(state: str) -> None:
    if state != SLID:
        raise NotAllowedError("There is nothing to explain: what should stay true has not slid.")
