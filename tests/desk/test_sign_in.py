"""Does a link sign in one person, once, and only when its button is pressed?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from tests.intake.samples import BY, NOW

from bluelamp.ledger.models import Event
from bluelamp.organisations.actions import add_person, change_person, make_sign_in_link
from bluelamp.organisations.models import User


@pytest.fixture
def person(db: None) -> User:
    return add_person(by=BY, now=NOW, user_name="sam", name="Sam Ferrier", role="liaison")


def link_of(person: User, minutes: int = 15) -> str:
    valid_for = dt.timedelta(minutes=minutes)
    return f"/sign-in/{make_sign_in_link(person, by=BY, now=timezone.now(), valid_for=valid_for)}"


def test_looking_at_a_link_does_not_use_it_up(client: Client, person: User) -> None:
    link = link_of(person)
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert client.get("/").status_code == 302
    assert client.post(link)["Location"] == "/"
    assert client.get("/").status_code == 200
    done = [event.action for event in Event.objects.order_by("-sequence")[:2]]
    assert done == ["organisations.signed_in", "organisations.signed_in_by_link"]


def test_a_link_works_once(client: Client, person: User) -> None:
    link = link_of(person)
    client.post(link)
    again = Client().post(link)
    assert again.status_code == 403
    assert "no longer works" in again.content.decode()


@pytest.mark.parametrize("minutes", [-1, -10_000])
def test_a_link_grows_old(client: Client, person: User, minutes: int) -> None:
    assert client.post(link_of(person, minutes)).status_code == 403


def test_a_person_who_may_not_sign_in_cannot(client: Client, person: User) -> None:
    link = link_of(person)
    change_person(person, by=BY, now=NOW, is_active=False)
    assert client.post(link).status_code == 403


def test_a_link_is_not_kept_by_browsers(client: Client, person: User) -> None:
    assert "no-store" in client.get(link_of(person))["Cache-Control"]


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client, person: User) -> None:
    assert client.get("/register?kind=judgement")["Location"].startswith("/sign-in?next=/register")
    client.get("/sign-in?next=/register%3Fkind%3Djudgement")
    assert client.post(link_of(person))["Location"] == "/register?kind=judgement"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client: Client, person: User, elsewhere: str) -> None:
    client.get("/sign-in", {"next": elsewhere})
    assert client.post(link_of(person))["Location"] == "/"


def test_signing_out_ends_it(client: Client, person: User) -> None:
    client.post(link_of(person))
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/").status_code == 302
