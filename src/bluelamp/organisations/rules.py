"""Who may add people and change what they may do?"""

from __future__ import annotations

from typing import Any

from bluelamp.lib.errors import PlainError

ROLES = {
    "administrator": "Administrator",
    "liaison": "Inspection liaison officer",
    "lpb_officer": "Officer of the local policing body",
    "analyst": "Performance analyst",
    "auditor": "Auditor",
    "reader": "Reader",
}
DECIDING_ROLES = frozenset({"administrator", "liaison", "lpb_officer"})
"""Who may accept, correct and reject what the machine proposes, and describe documents."""

LONGEST_NAME = 150  # as the column holds


class NotAllowedError(PlainError):
    """Something a person may not do; the message is the reason in plain English."""


def role_of(actor: Any) -> str:
    """A user's role; the operator of the machine acts as an administrator."""
    return str(getattr(actor, "role", "administrator"))


def check_can_manage_people(by: Any) -> None:
    if role_of(by) != "administrator":
        raise NotAllowedError("Only an administrator can add people or change what they may do.")


def can_manage_people(by: Any) -> bool:
    try:
        check_can_manage_people(by)
    except NotAllowedError:
        return False
    return True


def check_can_add_person(by: Any, *, user_name: str, role: str) -> None:
    check_can_manage_people(by)
    _check_role(role)
    if not user_name.strip():
        raise NotAllowedError("A person needs a name to sign in with.")
    if len(user_name) > LONGEST_NAME or not user_name.isprintable():
        raise NotAllowedError(f"A name to sign in with is one line of at most {LONGEST_NAME} letters.")


def check_can_change_person(by: Any, person: Any, *, role: str | None) -> None:
    check_can_manage_people(by)
    if role is not None:
        _check_role(role)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise NotAllowedError(f"There is no role “{role}”: choose one of {', '.join(ROLES)}.")
