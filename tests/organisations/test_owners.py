"""Can those who own work be kept without an account, each in one record, and never twice?"""

from __future__ import annotations

import datetime as dt

import pytest

from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.organisations.actions import add_owner, add_person, change_owner, change_person, load_organisations
from bluelamp.organisations.bodies import Body
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.queries import find_owners
from bluelamp.organisations.rules import OWNER_KINDS, ROLES, NotAllowedError, can_manage_owners

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BY = Operator("test")
FORCE = Body(code="CVP", name="Calder Vale Police", kind="force", fictional=True)
HOLDER = Body(code="CVP-PCC", name="Calder Vale PCC", kind="local_policing_body", type="pcc", force="CVP")

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Organisation:
    load_organisations(by=BY, now=NOW, bodies={body.code: body for body in (FORCE, HOLDER)})
    return Organisation.objects.get(code="CVP")


def test_an_owner_needs_no_account(force: Organisation) -> None:
    owner = add_owner(by=BY, now=NOW, name="  Head of   Crime ", kind="post", organisation=force)
    assert (owner.name, owner.user, owner.active) == ("Head of Crime", None, True)
    assert Event.objects.order_by("-sequence")[0].action == "organisations.owner_added"
    assert verify(None).problems == []


@pytest.mark.parametrize(
    ("kind", "name", "email"),
    [
        ("robot", "A", ""),
        ("person", "  ", ""),
        ("person", "x" * 201, ""),
        ("person", "a\x00b", ""),
        ("person", "A", "nobody"),
        ("person", "A", "a b@example.org"),
        ("person", "A", "a@b@example.org"),
        ("person", "A", "a" * 250 + "@example.org"),
        ("person", "A", "a\n@example.org"),
    ],
)
def test_what_cannot_be_an_owner_is_refused(force: Organisation, kind: str, name: str, email: str) -> None:
    with pytest.raises(NotAllowedError):
        add_owner(by=BY, now=NOW, name=name, kind=kind, email=email, organisation=force)
    assert not Owner.objects.exists()


def test_nobody_is_there_twice_but_namesakes_are_told_apart(force: Organisation) -> None:
    add_owner(by=BY, now=NOW, name="Ann Person", organisation=force)
    with pytest.raises(NotAllowedError, match="already"):
        add_owner(by=BY, now=NOW, name="ann  person", organisation=force)
    add_owner(by=BY, now=NOW, name="Ann Person", email="ann@example.org", organisation=force)
    add_owner(by=BY, now=NOW, name="Ann Person")
    assert Owner.objects.count() == 3


def test_an_owner_changes_and_leaves_but_stays_in_the_record(force: Organisation) -> None:
    owner = add_owner(by=BY, now=NOW, name="Ann Person", organisation=force)
    person = add_person(by=BY, now=NOW, user_name="ann", name="Ann Person")
    owner = change_owner(owner, by=BY, now=NOW, email="ann@example.org", user=person)
    assert (owner.user, owner.email) == (person, "ann@example.org")
    owner = change_owner(owner, by=BY, now=NOW, active=False)
    assert owner.user == person
    assert change_owner(owner, by=BY, now=NOW, user=None).user is None
    assert not find_owners(viewer=None).exists()
    assert find_owners(viewer=None, active_only=False).count() == 1
    assert verify(None).problems == []


def test_owners_of_another_organisation_are_not_seen_nor_changed(force: Organisation) -> None:
    holder = Organisation.objects.get(code="CVP-PCC")
    theirs = add_owner(by=BY, now=NOW, name="Ann Person", organisation=force)
    stranger = add_person(by=BY, now=NOW, user_name="b", name="B", role="lpb_officer", organisation=holder)
    assert not find_owners(viewer=stranger).exists()
    with pytest.raises(NotAllowedError, match="your own organisation"):
        change_owner(theirs, by=stranger, now=NOW, active=False)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_say_who_owns_work(role: str, force: Organisation) -> None:
    person = User(user_name="x", role=role, organisation=force)
    deciding = role in {"administrator", "liaison", "lpb_officer"}
    assert can_manage_owners(person, organisation=force) is deciding
    assert can_manage_owners(person, organisation=None) is (role == "administrator")


def test_the_names_that_everybody_uses_are_there() -> None:
    assert {"owner", "committee_member", "analyst"} <= set(ROLES)
    assert set(OWNER_KINDS) == {"person", "post", "partner-body"}


def test_a_role_can_be_given(force: Organisation) -> None:
    person = add_person(by=BY, now=NOW, user_name="ann", name="A", role="owner", organisation=force)
    assert change_person(person, by=BY, now=NOW, role="committee_member").role == "committee_member"
