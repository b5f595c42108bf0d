"""How do organisations and people come into the workspace, and how do people sign in?"""

from __future__ import annotations

import datetime as dt
import secrets
from enum import Enum

from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.organisations.actors import hash_secret
from bluelamp.organisations.bodies import Body
from bluelamp.organisations.models import Organisation, Owner, SignInLink, User
from bluelamp.organisations.rules import (
    NotAllowedError,
    check_can_add_person,
    check_can_change_person,
    check_can_make_link,
    check_can_manage_owners,
    check_owner,
    check_person,
)
from bluelamp.organisations.rules_sign_in import is_same_name

_FIELDS = ("name", "kind", "type", "area", "start", "end", "fictional")


def load_organisations(*, by: Actor, now: dt.datetime, bodies: dict[str, Body]) -> int:
    """Every body of the definitions as an organisation: new ones added, changed ones changed, others left alone.

    Returns how many were added or changed.
    """
    with recording(by=by, now=now) as book:
        held = {organisation.code: organisation for organisation in Organisation.objects.select_for_update()}
        touched = 0
        forces_first = sorted(bodies.values(), key=lambda body: bool(body.force))
        for body in forces_first:
            organisation = held.get(body.code) or Organisation(code=body.code)
            is_new = body.code not in held
            held[body.code] = organisation
            if not _take_over(body, organisation, held.get(body.force)) and not is_new:
                continue
            touched += 1
            if is_new:
                book.event("organisations.organisation_added", subject=organisation, add=[organisation])
            else:
                book.event("organisations.organisation_changed", subject=organisation, change=[organisation])
    return touched


def _take_over(body: Body, organisation: Organisation, force: Organisation | None) -> bool:
    """Set the organisation's fields to those of the body. Did anything change?"""
    wanted = {name: getattr(body, name) for name in _FIELDS} | {"force_id": force.pk if force else None}
    if all(getattr(organisation, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(organisation, name, value)
    return True


class Keep(Enum):
    """Says that something stays as it is, where None is a value of its own."""

    KEEP = "keep"


def add_person(
    *,
    by: Actor,
    now: dt.datetime,
    user_name: str,
    name: str,
    role: str = "reader",
    organisation: Organisation | None = None,
    email: str = "",
    password: str | None = None,
) -> User:
    """A person who may sign in. Without a password they sign in by a link or by the organisation's own sign-on."""
    user_name, name, email = user_name.strip(), " ".join(name.split()), email.strip()
    check_can_add_person(by, user_name=user_name, role=role)
    check_person(name=name, email=email)
    person = User(user_name=user_name, name=name, role=role, organisation=organisation, email=email)
    person.set_password(password)
    with recording(by=by, now=now) as book:
        _refuse_namesake(person)
        book.event("organisations.person_added", subject=person, add=[person])
    return person


def change_person(
    person: User,
    *,
    by: Actor,
    now: dt.datetime,
    name: str | None = None,
    email: str | None = None,
    role: str | None = None,
    organisation: Organisation | Keep | None = Keep.KEEP,
    is_active: bool | None = None,
) -> User:
    """What is not said stays. Who may no longer sign in is signed out at once, and their unused links are void."""
    with recording(by=by, now=now) as book:
        person = User.objects.select_for_update().get(pk=person.pk)
        before = _facts_of(person)
        check_can_change_person(
            by, person, role=role, is_active=is_active, only_administrator=_is_only_administrator(person)
        )
        person.name = " ".join(name.split()) if name is not None else person.name
        person.email = email.strip() if email is not None else person.email
        person.role = role if role is not None else person.role
        person.organisation = person.organisation if isinstance(organisation, Keep) else organisation
        person.is_active = is_active if is_active is not None else person.is_active
        check_person(name=person.name, email=person.email)
        changed = _find_changes(before, _facts_of(person))
        if not changed:
            return person
        _refuse_namesake(person)
        if "is_active" in changed:
            end_access(person)
        action = "organisations.person_changed"
        if list(changed) == ["is_active"]:
            action = "organisations.person_reactivated" if person.is_active else "organisations.person_deactivated"
        book.event(action, subject=person, change=[person], note={"changed": changed})
    return person


Facts = dict[str, str | bool]
"""What the audit trail says of a change, in words that stay true when a row is gone."""


def _find_changes(before: Facts, after: Facts) -> dict[str, list[str | bool]]:
    return {what: [before[what], after[what]] for what in after if after[what] != before[what]}


def _facts_of(person: User) -> Facts:
    return {
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "organisation": person.organisation.code if person.organisation else "",
        "is_active": person.is_active,
    }


def end_access(person: User) -> None:
    """Within an action: no session or unused link of the person is good any more. The row is not yet written."""
    person.session_number += 1
    SignInLink.objects.filter(user=person, used=None).delete()


def _is_only_administrator(person: User) -> bool:
    others = User.objects.filter(role="administrator", is_active=True).exclude(pk=person.pk)
    return person.role == "administrator" and person.is_active and not others.exists()


def _refuse_namesake(person: User) -> None:
    """One name to sign in with, and one address, is one person's: else another site could vouch for two."""
    others = User.objects.exclude(pk=person.pk)
    names = others.filter(user_name__iexact=person.user_name).values_list("user_name", flat=True)
    if any(is_same_name(person.user_name, name) for name in names):
        raise NotAllowedError(f"Somebody signs in as “{person.user_name}” already: choose another name.")
    addresses = others.filter(is_active=True, email__iexact=person.email).values_list("email", flat=True)
    if person.email and person.is_active and any(is_same_name(person.email, other) for other in addresses):
        raise NotAllowedError(f"Somebody else here has the address {person.email}: each person needs their own.")


def add_owner(
    *,
    by: Actor,
    now: dt.datetime,
    name: str,
    kind: str = "person",
    email: str = "",
    user: User | None = None,
    organisation: Organisation | None = None,
) -> Owner:
    """Someone who may own work, in the record of `organisation`. They need no account."""
    with recording(by=by, now=now) as book:
        return make_owner(book, name=name, kind=kind, email=email, user=user, organisation=organisation)


def make_owner(
    book: Book,
    *,
    name: str,
    kind: str = "person",
    email: str = "",
    user: User | None = None,
    organisation: Organisation | None = None,
) -> Owner:
    """As `add_owner`, within another action."""
    check_can_manage_owners(book.by, organisation=organisation)
    name, email = " ".join(name.split()), email.strip()
    check_owner(kind=kind, name=name, email=email)
    owner = Owner(kind=kind, name=name, email=email, user=user, organisation=organisation)
    _refuse_twin(owner)
    book.event("organisations.owner_added", subject=owner, add=[owner])
    return owner


def change_owner(
    owner: Owner,
    *,
    by: Actor,
    now: dt.datetime,
    name: str | None = None,
    kind: str | None = None,
    email: str | None = None,
    user: User | Keep | None = Keep.KEEP,
    active: bool | None = None,
) -> Owner:
    """What is not said stays. An owner who has left is made inactive, never removed: what they owned says so."""
    check_can_manage_owners(by, organisation=owner.organisation)
    with recording(by=by, now=now) as book:
        owner = Owner.objects.select_for_update().get(pk=owner.pk)
        before = _facts_of_owner(owner)
        owner.name = " ".join(name.split()) if name is not None else owner.name
        owner.kind = kind if kind is not None else owner.kind
        owner.email = email.strip() if email is not None else owner.email
        owner.user = owner.user if isinstance(user, Keep) else user
        owner.active = active if active is not None else owner.active
        check_owner(kind=owner.kind, name=owner.name, email=owner.email)
        changed = _find_changes(before, _facts_of_owner(owner))
        if not changed:
            return owner
        _refuse_twin(owner)
        book.event("organisations.owner_changed", subject=owner, change=[owner], note={"changed": changed})
    return owner


def _facts_of_owner(owner: Owner) -> Facts:
    return {
        "name": owner.name,
        "kind": owner.kind,
        "email": owner.email,
        "user": owner.user.user_name if owner.user else "",
        "active": owner.active,
    }


def _refuse_twin(owner: Owner) -> None:
    """Two persons may share a name, so only the same name, kind and address in one record are one owner."""
    twins = Owner.objects.filter(
        name__iexact=owner.name,
        kind=owner.kind,
        email__iexact=owner.email,
        organisation=owner.organisation,
        active=True,
    ).exclude(pk=owner.pk)
    if owner.active and twins.exists():
        raise NotAllowedError(
            f"There is an owner called {owner.name} already: use that one,"
            " or add an e-mail address to tell them apart."
        )


def make_sign_in_link(
    person: User, *, by: Actor, now: dt.datetime, valid_for: dt.timedelta = dt.timedelta(minutes=15)
) -> str:
    """The secret of a link that signs the person in once; older ones no longer do. Only its hash is kept."""
    check_can_make_link(by, person)
    secret = secrets.token_urlsafe(32)
    with recording(by=by, now=now) as book:
        SignInLink.objects.filter(user=person, used=None).delete()
        SignInLink.objects.create(token_hash=hash_secret(secret), user=person, expires=now + valid_for)
        book.event("organisations.sign_in_link_made", subject=person)
    return secret


def use_sign_in_link(secret: str, *, now: dt.datetime) -> User | None:
    """The person the link signs in, and the link is used up; None where it is unknown, used or too old."""
    link = SignInLink.objects.filter(token_hash=hash_secret(secret), used=None, expires__gt=now).first()
    if link is None or not link.user.is_active:
        return None
    with recording(by=link.user, now=now) as book:
        # Two browsers may open one link: only the one that finds it unused is signed in.
        taken = SignInLink.objects.filter(pk=link.pk, used=None).update(used=now)
        if taken:
            book.event("organisations.signed_in_by_link", subject=link.user)
    return link.user if taken else None
