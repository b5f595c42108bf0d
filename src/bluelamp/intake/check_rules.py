"""Who may have a paper checked, and who may say what of its findings?"""

from __future__ import annotations

from typing import Any, Final

from bluelamp.lib.text import fold
from bluelamp.organisations.rules import NotAllowedError, role_of

FIXED, EXPLAINED, NOT_AN_ERROR = "fixed", "explained", "not-an-error"
ANSWERS: Final = {FIXED: "fixed", EXPLAINED: "explained", NOT_AN_ERROR: "not an error"}
"""What can be said of a finding, by its slug."""

CHECKING_ROLES: Final = frozenset(
    {"administrator", "liaison", "lpb_officer", "owner", "analyst", "auditor", "committee_member"}
)
"""Who may have a paper checked: everyone but those who only read. A check changes nothing of the paper."""

ANSWERING_ROLES: Final = frozenset({"administrator", "liaison", "lpb_officer", "owner", "analyst"})
"""Who writes papers may answer for them. Auditors and members test what others answer for."""

LONGEST_REASON: Final = 2_000
MOST_TOGETHER: Final = 10
"""Papers that are checked together at once, the paper itself among them."""


def check_can_check(by: Any) -> None:
    if role_of(by) not in CHECKING_ROLES:
        raise NotAllowedError("Your role lets you read what was found; having a paper checked is for officers.")


def can_check(by: Any) -> bool:
    return _allows(check_can_check, by)


def check_can_answer(by: Any, *, other_organisation: bool = False) -> None:
    """May they answer findings of this paper?"""
    if role_of(by) not in ANSWERING_ROLES:
        raise NotAllowedError(
            "Your role lets you read what was found; answering for it is for officers who write papers."
        )
    if other_organisation:
        raise NotAllowedError("This paper belongs to another organisation, which answers for it.")


def can_answer(by: Any, *, other_organisation: bool = False) -> bool:
    return _allows(check_can_answer, by, other_organisation=other_organisation)


def check_answer(answer: str, reason: str) -> str:
    """The reason as it will be kept. Fixed needs none; what stays as it is needs one."""
    if answer not in ANSWERS:
        raise NotAllowedError("Say whether it is fixed, explained, or not an error.")
    if "\x00" in reason:
        raise NotAllowedError("The reason holds a character that cannot be kept: type it again.")
    reason = fold(reason)
    if answer != FIXED and not reason:
        raise NotAllowedError("Say the reason in a few words: the next version of the paper will show it.")
    if len(reason) > LONGEST_REASON:
        raise NotAllowedError(f"The reason has {len(reason):,} characters: say it in at most {LONGEST_REASON:,}.")
    return reason


def check_can_follow(key: object, earlier: object, before: tuple[object, ...]) -> None:
    """May a document be the next version of `earlier`, which itself follows `before`?"""
    if key == earlier:
        raise NotAllowedError("A paper is no later version of itself: choose the version before.")
    if key in before:
        raise NotAllowedError("That paper is a later version of this one: choose the version before.")


def can_follow(key: object, earlier: object, before: tuple[object, ...]) -> bool:
    return _allows(check_can_follow, key, earlier, before)


def _allows(check: Any, *what: Any, **more: Any) -> bool:
    try:
        check(*what, **more)
    except NotAllowedError:
        return False
    return True
