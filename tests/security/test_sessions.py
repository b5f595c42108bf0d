"""Does a session end when it should, everywhere, and is it said?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string
from tests.intake.samples import BY, NOW
from tests.security.conftest import PASSWORD, Set, is_in, try_password

from bluelamp.desk.entrance.sessions import BEGUN, SEEN
from bluelamp.ledger.models import Event
from bluelamp.organisations.actions import add_person, change_person, make_sign_in_link
from bluelamp.organisations.actions_sign_in import set_password, sign_out_everywhere
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError


def turn_back(client: Client, **past: float) -> None:
    """As if the session had begun, or was last used, so many minutes earlier."""
    session = client.session
    for name, minutes in past.items():
        session[{"begun": BEGUN, "seen": SEEN}[name]] -= minutes * 60
    session.save()


def test_djangos_own_middleware_stands(person: User) -> None:
    assert any(issubclass(_class_of(name), LoginRequiredMiddleware) for name in settings.MIDDLEWARE)


def _class_of(name: str) -> type:
    found = import_string(name)
    return found if isinstance(found, type) else type(found)


@pytest.mark.parametrize(
    ("past", "stays"),
    [
        ({"seen": 59}, True),
        ({"seen": 61}, False),
        ({"begun": 11 * 60, "seen": 1}, True),
        ({"begun": 12 * 60 + 1, "seen": 1}, False),
    ],
)
def test_a_session_ends_unused_or_too_old(
    client: Client, person: User, past: dict[str, float], stays: bool
) -> None:
    try_password(client)
    turn_back(client, **past)
    assert is_in(client) is stays
    if not stays:
        assert "You were signed out because" in client.get("/sign-in").content.decode()


def test_a_session_that_is_used_goes_on_to_the_longest(client: Client, person: User) -> None:
    try_password(client)
    for _ in range(14):
        turn_back(client, seen=50, begun=50)
        assert is_in(client)
    turn_back(client, seen=20, begun=20)
    assert not is_in(client)


def test_a_workspace_chooses_its_limits(client: Client, person: User, choose: Set) -> None:
    choose(idle_minutes=5)
    try_password(client)
    turn_back(client, seen=6)
    assert not is_in(client)


def test_an_ended_session_cannot_be_taken_up_again(client: Client, person: User) -> None:
    try_password(client)
    kept = client.cookies["sessionid"].value
    turn_back(client, seen=61)
    client.get("/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert not is_in(thief)


def test_signing_out_ends_the_session_on_the_server(client: Client, person: User) -> None:
    try_password(client)
    kept = client.cookies["sessionid"].value
    client.post("/sign-out")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert not is_in(thief)


def two_places() -> tuple[Client, Client]:
    places = Client(), Client()
    for place in places:
        try_password(place)
    return places


def test_one_may_be_signed_in_in_two_places(person: User) -> None:
    first, second = two_places()
    assert is_in(first)
    assert is_in(second)


def test_or_only_in_one_where_the_workspace_says_so(person: User, choose: Set) -> None:
    choose(one_session=True)
    first, second = two_places()
    assert not is_in(first)
    assert is_in(second)


def test_signing_out_everywhere(person: User) -> None:
    first, second = two_places()
    link = make_sign_in_link(person, by=BY, now=timezone.now())
    second.post("/account/sign-out-everywhere")
    assert not is_in(first)
    assert not is_in(second)
    assert Event.objects.order_by("-sequence")[0].action == "organisations.signed_out_everywhere"
    assert second.post(f"/sign-in/{link}").status_code == 403, "unused links are void as well"


def test_a_new_password_ends_the_other_sessions_only(person: User) -> None:
    first, second = two_places()
    sent = {"current": PASSWORD, "new": "three unlikely words", "again": "three unlikely words"}
    second.post("/account/password", sent)
    assert not is_in(first)
    assert is_in(second)


def test_who_may_no_longer_sign_in_is_out_at_once_and_stays_out(person: User) -> None:
    first, _ = two_places()
    change_person(person, by=BY, now=NOW, is_active=False)
    assert not is_in(first)
    change_person(person, by=BY, now=NOW, is_active=True)
    assert not is_in(first), "the old session is not good again"


def test_only_they_and_administrators_end_their_sessions(person: User) -> None:
    other = add_person(by=BY, now=NOW, user_name="kim", name="Kim", role="liaison")
    with pytest.raises(NotAllowedError):
        sign_out_everywhere(person, by=other, now=NOW)
    boss = add_person(by=BY, now=NOW, user_name="boss", name="Boss", role="administrator")
    sign_out_everywhere(person, by=boss, now=NOW)
    with pytest.raises(NotAllowedError):
        set_password(person, "three unlikely words", by=boss, now=NOW)


# When it ends in the middle of something


def test_a_part_of_a_page_is_not_filled_with_the_page_for_signing_in(client: Client, person: User) -> None:
    try_password(client)
    turn_back(client, seen=61)
    for send in (client.get, client.post):
        answer = send("/register", headers={"HX-Request": "true"})
        assert answer.status_code == 401
        assert answer["HX-Reswap"] == "none"
        assert "<form" not in answer.content.decode()


def test_a_form_that_was_sent_too_late_is_said_to_be_not_done(client: Client, person: User) -> None:
    try_password(client)
    turn_back(client, seen=61)
    came_from = "http://testserver/account/password?x=1"
    answer = client.post("/account/password", {"new": "x"}, headers={"referer": came_from})
    assert answer["Location"] == "/sign-in?next=%2Faccount%2Fpassword"
    page = client.get(answer["Location"]).content.decode()
    assert "what you sent was not done" in page
    assert try_password(client)["Location"] == "/account/password"


@pytest.mark.parametrize(
    "came_from", ["http://evil.example/x", "//evil.example", "", "not an address", "http://["]
)
def test_where_a_form_came_from_leads_nowhere_else(client: Client, person: User, came_from: str) -> None:
    answer: Any = client.post("/sign-out", headers={"referer": came_from})
    assert answer["Location"] == "/sign-in?next=%2F"


def test_cookies_are_kept_from_scripts_and_other_sites(client: Client, person: User) -> None:
    try_password(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"], "closing the browser ends it"


def test_the_address_of_a_link_is_told_to_no_other_page(client: Client, person: User) -> None:
    link = f"/sign-in/{make_sign_in_link(person, by=BY, now=timezone.now())}"
    answer = client.get(link)
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_a_link_is_void_once_a_newer_one_is_made(client: Client, person: User) -> None:
    now = timezone.now()
    older = make_sign_in_link(person, by=BY, now=now, valid_for=dt.timedelta(days=1))
    newer = make_sign_in_link(person, by=BY, now=now)
    assert client.post(f"/sign-in/{older}").status_code == 403
    assert client.post(f"/sign-in/{newer}").status_code == 302
