"""Who may load figures, take them back, and let a spreadsheet read them?"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from bluelamp.organisations.rules import NotAllowedError, role_of

LOADING_ROLES: Final = frozenset({"administrator", "analyst", "lpb_officer"})
_LOADERS: Final = "a performance analyst, an officer of the local policing body or an administrator"
LONGEST_NOTE: Final = 2_000
LONGEST_TOKEN_NAME: Final = 200
TOKEN_DAYS: Final = 365
MOST_TOKENS: Final = 20


def check_can_load_figures(by: Any) -> None:
    if role_of(by) not in LOADING_ROLES:
        raise NotAllowedError(f"Only {_LOADERS} can load figures.")


def can_load_figures(by: Any) -> bool:
    try:
        check_can_load_figures(by)
    except NotAllowedError:
        return False
    return True


def check_can_withdraw(by: Any, *, withdrawn: bool, reason: str) -> None:
    """May they say that a load's figures count no more? They stay to be seen, with the reason."""
    if role_of(by) not in LOADING_ROLES:
        raise NotAllowedError(f"Only {_LOADERS} can withdraw a load.")
    if withdrawn:
        raise NotAllowedError("This load is withdrawn already.")
    if not reason.strip():
        raise NotAllowedError("Say why the load is withdrawn: the reason stands beside it for good.")
    if len(reason) > LONGEST_NOTE:
        raise NotAllowedError(f"A reason is at most {LONGEST_NOTE:,} letters long.")


def can_withdraw(by: Any, *, withdrawn: bool) -> bool:
    try:
        check_can_withdraw(by, withdrawn=withdrawn, reason="x")
    except NotAllowedError:
        return False
    return True


def check_can_make_token(by: Any, *, name: str, held: int) -> None:
    """Anyone who may sign in may let a spreadsheet of theirs read what they themselves see, and no more."""
    if not getattr(by, "is_active", False):
        raise NotAllowedError("A token belongs to a person who may sign in.")
    if not name.strip() or len(name) > LONGEST_TOKEN_NAME or not name.isprintable():
        raise NotAllowedError(f"Say in one line of at most {LONGEST_TOKEN_NAME} letters what the token is for.")
    if held >= MOST_TOKENS:
        raise NotAllowedError(f"You have {held} tokens that still open: end one first.")


def check_can_end_token(by: Any, *, owner: Any, ended: bool) -> None:
    """One's own; an administrator anybody's."""
    if getattr(by, "pk", None) != owner and role_of(by) != "administrator":
        raise NotAllowedError("Only the person whose token it is, or an administrator, can end it.")
    if ended:
        raise NotAllowedError("This token opens nothing any more already.")


def is_open(*, expires: dt.datetime, ended: dt.datetime | None, active: bool, now: dt.datetime) -> bool:
    """Does a token still open anything?"""
    return active and ended is None and expires > now
