"""Do organisations and people come in once, with their events, and does a sign-in link work once?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.organisations.actions import (
    add_person,
    change_person,
    load_organisations,
    make_sign_in_link,
    use_sign_in_link,
)
from bluelamp.organisations.bodies import Body
from bluelamp.organisations.models import Organisation, SignInLink
from bluelamp.organisations.queries import find_organisation, force_of
from bluelamp.organisations.rules import NotAllowedError

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BY = Operator("test")
FORCE = Body(code="CVP", name="Calder Vale Police", kind="force", fictional=True)
HOLDER = Body(code="CVP-PCC", name="Calder Vale PCC", kind="local_policing_body", type="pcc", force="CVP")
BODIES = {body.code: body for body in (HOLDER, FORCE)}

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing() -> None:
    assert load_organisations(by=BY, now=NOW, bodies=BODIES) == 2
    events = Event.objects.count()
    assert load_organisations(by=BY, now=NOW, bodies=BODIES) == 0
    assert Event.objects.count() == events
    assert verify(None).problems == []


def test_a_renamed_body_is_changed_and_one_no_longer_defined_stays() -> None:
    load_organisations(by=BY, now=NOW, bodies=BODIES)
    renamed = {"CVP": replace(FORCE, name="Calder Vale Constabulary")}
    assert load_organisations(by=BY, now=NOW, bodies=renamed) == 1
    assert set(Organisation.objects.values_list("name", flat=True)) == {
        "Calder Vale Constabulary",
        "Calder Vale PCC",
    }
    assert verify(None).problems == []


def test_a_body_is_found_by_code_or_name_and_leads_to_its_force() -> None:
    load_organisations(by=BY, now=NOW, bodies=BODIES)
    holder = find_organisation("calder vale pcc")
    assert holder == find_organisation("cvp-pcc")
    force = force_of(holder)
    assert force is not None
    assert force.code == "CVP"
    assert force_of(None) is None


def test_a_link_signs_in_once_and_not_too_late() -> None:
    person = add_person(by=BY, now=NOW, user_name="ann", name="A. Person")
    secret = make_sign_in_link(person, by=BY, now=NOW)
    assert not SignInLink.objects.filter(token_hash=secret).exists()
    later = NOW + dt.timedelta(minutes=5)
    assert use_sign_in_link("another", now=later) is None
    assert use_sign_in_link(secret, now=later) == person
    assert use_sign_in_link(secret, now=later) is None
    late = make_sign_in_link(person, by=BY, now=NOW)
    assert use_sign_in_link(late, now=NOW + dt.timedelta(hours=1)) is None
    assert verify(None).problems == []


def test_who_has_left_cannot_sign_in() -> None:
    person = add_person(by=BY, now=NOW, user_name="ann", name="A. Person")
    secret = make_sign_in_link(person, by=BY, now=NOW)
    change_person(person, by=BY, now=NOW, is_active=False)
    assert use_sign_in_link(secret, now=NOW) is None


def test_only_an_administrator_adds_people_and_roles_are_known() -> None:
    reader = add_person(by=BY, now=NOW, user_name="ann", name="A. Person")
    with pytest.raises(NotAllowedError):
        add_person(by=reader, now=NOW, user_name="bob", name="B. Person")
    with pytest.raises(NotAllowedError, match="no role"):
        add_person(by=BY, now=NOW, user_name="bob", name="B. Person", role="emperor")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 151, "a\x00b"])
def test_a_name_that_no_column_or_line_holds_is_refused(name: str) -> None:
    with pytest.raises(NotAllowedError):
        add_person(by=BY, now=NOW, user_name=name, name="Somebody")
