"""Who may add people and owners, and change what they may do?"""

from __future__ import annotations

from typing import Any

from bluelamp.lib.errors import PlainError

ROLES = {
    "administrator": "Administrator",
    "liaison": "Inspection liaison officer",
    "lpb_officer": "Officer of the local policing body",
    "owner": "Owner of actions",
    "analyst": "Performance analyst",
    "auditor": "Auditor",
    "committee_member": "Audit committee member",
    "reader": "Reader",
}
OWNER_KINDS = {"person": "Person", "post": "Post", "partner-body": "Partner body"}
"""Who may own work, by the slug that an owner keeps."""

DECIDING_ROLES = frozenset({"administrator", "liaison", "lpb_officer"})
"""Who may accept, correct and reject what the machine proposes, and describe documents."""

LONGEST_NAME = 150  # as the column holds
LONGEST_LABEL = 200  # a person's or owner's name as others read it
LONGEST_EMAIL = 254


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


def check_person(*, name: str, email: str) -> None:
    """Can these be kept of a person?"""
    if not name.strip():
        raise NotAllowedError("A person needs a name that others know them by.")
    if len(name) > LONGEST_LABEL or not name.isprintable():
        raise NotAllowedError(f"A person's name is one line of at most {LONGEST_LABEL} letters.")
    check_email(email)


def check_can_change_person(
    by: Any, person: Any, *, role: str | None, is_active: bool | None = None, only_administrator: bool = False
) -> None:
    """May they give the person this role, or let them sign in or not? None stays as it is."""
    check_can_manage_people(by)
    if role is not None:
        _check_role(role)
    loses = (role is not None and role != "administrator" and person.role == "administrator") or is_active is False
    if loses and getattr(by, "pk", None) == person.pk:
        raise NotAllowedError("You cannot end your own access: ask another administrator.")
    if loses and only_administrator:
        raise NotAllowedError("There would be no administrator left: give somebody else that role first.")


def can_change_person(by: Any, person: Any, **wanted: Any) -> bool:
    try:
        check_can_change_person(by, person, **{"role": None, **wanted})
    except NotAllowedError:
        return False
    return True


def check_can_make_link(by: Any, person: Any) -> None:
    """May they make a link that signs the person in once?"""
    check_can_manage_people(by)
    if not person.is_active:
        raise NotAllowedError(f"{person} may not sign in: let them sign in again first.")


def can_make_link(by: Any, person: Any) -> bool:
    try:
        check_can_make_link(by, person)
    except NotAllowedError:
        return False
    return True


def check_can_change_sign_in(by: Any, person: Any) -> None:
    """May they end these sessions, or take this second step away? One's own; an administrator anybody's."""
    if getattr(by, "pk", None) == person.pk:
        return
    check_can_manage_people(by)


def can_change_sign_in(by: Any, person: Any) -> bool:
    try:
        check_can_change_sign_in(by, person)
    except NotAllowedError:
        return False
    return True


def check_can_set_password(by: Any, person: Any) -> None:
    """Nobody chooses another person's password: they get a link, and choose their own."""
    if getattr(by, "pk", None) != person.pk:
        raise NotAllowedError("Only the person chooses their own password; make a sign-in link for them instead.")


def can_set_password(by: Any, person: Any) -> bool:
    try:
        check_can_set_password(by, person)
    except NotAllowedError:
        return False
    return True


def check_can_manage_owners(by: Any, *, organisation: Any) -> None:
    """May they add or change an owner in the record of that organisation (None: everybody's)?"""
    role = role_of(by)
    if role == "administrator":
        return
    if role not in DECIDING_ROLES:
        raise NotAllowedError(
            "Only a liaison officer, an officer of the local policing body or an administrator"
            " can say who may own work."
        )
    if getattr(organisation, "pk", None) != getattr(by, "organisation_id", None):
        raise NotAllowedError("You can add or change owners in the record of your own organisation only.")


def can_manage_owners(by: Any, *, organisation: Any) -> bool:
    try:
        check_can_manage_owners(by, organisation=organisation)
    except NotAllowedError:
        return False
    return True


def check_owner(*, kind: str, name: str, email: str) -> None:
    """Can these be kept as an owner?"""
    if kind not in OWNER_KINDS:
        raise NotAllowedError(f"There is no kind of owner “{kind}”: choose one of {', '.join(OWNER_KINDS)}.")
    if not name.strip():
        raise NotAllowedError("An owner needs a name.")
    if len(name) > LONGEST_LABEL or not name.isprintable():
        raise NotAllowedError(f"An owner's name is one line of at most {LONGEST_LABEL} letters.")
    check_email(email)


def check_email(email: str) -> None:
    """Nothing, or what could be an address: one @ with words on both sides, no spaces, no longer than a column."""
    before, at, after = email.rpartition("@")
    sound = bool(before and at and "." in after and "@" not in before)
    if email and (
        not sound or len(email) > LONGEST_EMAIL or any(c.isspace() or not c.isprintable() for c in email)
    ):
        raise NotAllowedError(
            f"“{email[:60]}” is no e-mail address; write it as name@example.org, or leave it empty."
        )


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise NotAllowedError(f"There is no role “{role}”: choose one of {', '.join(ROLES)}.")
