"""Is the code asked for, once for each sign-in, and can nothing go round it?"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.intake.samples import BY, NOW
from tests.security.conftest import PASSWORD, Set, code_now, is_in, recovery_codes, try_password

from bluelamp.ledger.models import Event, Payload
from bluelamp.ledger.verification import verify
from bluelamp.organisations.actions import add_person, change_person, make_sign_in_link
from bluelamp.organisations.actions_sign_in import add_second_step, remove_second_step
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import ROLES, NotAllowedError
from bluelamp.organisations.rules_sign_in import CAREFUL_ROLES


def link_of(person: User) -> str:
    return f"/sign-in/{make_sign_in_link(person, by=BY, now=timezone.now())}"


def last_action() -> str:
    return Event.objects.order_by("-sequence")[0].action


def set_up(client: Client) -> Any:
    """As a person does: the key from the page into the app, the app's code into the page."""
    page = client.get("/account/second-step").content.decode()
    found = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert found is not None
    return client.post("/account/second-step", {"code": code_now(found[1].replace(" ", ""))})


@pytest.mark.parametrize("way", ["password", "link"])
def test_the_code_is_asked_for_after_the_first_step(client: Client, person: User, secret: str, way: str) -> None:
    answer = try_password(client) if way == "password" else client.post(link_of(person))
    assert answer["Location"] == "/sign-in/code"
    assert not is_in(client), "half-way in is not in"
    assert client.post("/sign-in/code", {"code": code_now(secret)})["Location"] == "/"
    assert is_in(client)
    event = Event.objects.order_by("-sequence")[0]
    assert event.action == "organisations.signed_in"
    assert f'"ways":["{way}","code"]' in Payload.objects.get(sequence=event.sequence).body


@pytest.mark.parametrize("code", ["", "000000", "abc", "12345678901234567890", "٠٠٠٠٠٠", "\x00"])
def test_a_wrong_code_does_not_sign_in_and_the_person_hears_of_it(
    client: Client, person: User, secret: str, code: str
) -> None:
    try_password(client)
    client.post("/sign-in/code", {"code": code})
    assert not is_in(client)
    if code.isdigit():
        assert last_action() == "organisations.second_step_failed"


def test_a_code_works_once(person: User, secret: str) -> None:
    code = code_now(secret)
    first, second = Client(), Client()
    for client in (first, second):
        try_password(client)
        client.post("/sign-in/code", {"code": code})
    assert is_in(first)
    assert not is_in(second)


@pytest.mark.parametrize(("later", "good"), [(-1, True), (1, True), (-3, False), (3, False)])
def test_a_clock_may_be_off_by_half_a_minute(
    client: Client, person: User, secret: str, later: int, good: bool
) -> None:
    try_password(client)
    client.post("/sign-in/code", {"code": code_now(secret, later)})
    assert is_in(client) is good


def test_codes_cannot_be_guessed(client: Client, person: User, secret: str) -> None:
    for number in range(5):
        try_password(client)
        client.post("/sign-in/code", {"code": f"{number:06}"})
    try_password(client)
    answer = client.post("/sign-in/code", {"code": code_now(secret)})
    assert "too many tries" in answer.content.decode()
    assert not is_in(client)


def test_a_recovery_code_stands_in_once(person: User, secret: str) -> None:
    code = recovery_codes(person)[0]
    first, second = Client(), Client()
    for client in (first, second):
        try_password(client)
        client.post("/sign-in/code", {"code": code})
    assert is_in(first)
    assert not is_in(second)
    assert code not in recovery_codes(person)


def test_a_page_of_the_second_step_is_nothing_without_the_first(client: Client, person: User, secret: str) -> None:
    assert client.get("/sign-in/code")["Location"] == "/sign-in"
    assert client.post("/sign-in/code", {"code": code_now(secret)})["Location"] == "/sign-in"
    assert not is_in(client)


def test_one_may_start_again_half_way(client: Client, person: User, secret: str) -> None:
    add_person(by=BY, now=NOW, user_name="Kim", name="Kim Oxley", password=PASSWORD)
    try_password(client)
    assert client.get("/sign-in")["Location"] == "/sign-in/code"
    assert client.post("/sign-in/again")["Location"] == "/sign-in"
    assert client.post("/sign-in/code", {"code": code_now(secret)})["Location"] == "/sign-in"
    try_password(client, "Kim")
    assert "Kim Oxley" in client.get("/account").content.decode()


def test_the_half_way_does_not_wait_for_ever(
    client: Client, person: User, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    try_password(client)
    session = client.session
    session["account_login"]["initiated_at"] -= 16 * 60
    session.save()
    client.post("/sign-in/code", {"code": code_now(secret)})
    assert not is_in(client)


def test_who_loses_their_access_half_way_does_not_come_in(client: Client, person: User, secret: str) -> None:
    try_password(client)
    change_person(person, by=BY, now=NOW, is_active=False)
    assert client.post("/sign-in/code", {"code": code_now(secret)}).status_code == 403
    assert not is_in(client)


def test_setting_up_shows_the_codes_once(client: Client, person: User) -> None:
    try_password(client)
    assert set_up(client)["Location"] == "/account/recovery-codes"
    page = client.get("/account/recovery-codes").content.decode()
    codes = recovery_codes(person)
    assert len(codes) == 10
    assert all(code in page for code in codes)
    again = client.get("/account/recovery-codes").content.decode()
    assert not any(code in again for code in codes)
    assert "10 codes are left" in again
    assert last_action() == "organisations.second_step_added"
    assert verify(None).problems == []


def test_nothing_of_it_stands_in_the_clear(person: User, secret: str) -> None:
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    ledger = "\n".join(Payload.objects.values_list("body", flat=True))
    for held in (secret, *recovery_codes(person)):
        assert held not in rows
        assert held not in ledger


def test_with_another_key_of_the_workspace_nobody_comes_in(
    client: Client, person: User, secret: str, settings: Any
) -> None:
    settings.SECRET_KEY = "another" * 8
    try_password(client)
    answer = client.post("/sign-in/code", {"code": code_now(secret)})
    assert answer.status_code == 403
    assert "Ask an administrator" in answer.content.decode()
    assert not is_in(client)


def test_new_recovery_codes_end_the_old(client: Client, person: User) -> None:
    try_password(client)
    set_up(client)
    old = recovery_codes(person)
    client.post("/account/recovery-codes")
    assert not set(old) & set(recovery_codes(person))
    assert last_action() == "organisations.recovery_codes_renewed"


def test_removing_it_asks_first_and_is_recorded(client: Client, person: User, secret: str) -> None:
    try_password(client)
    client.post("/sign-in/code", {"code": code_now(secret)})
    assert client.get("/account/second-step/remove").status_code == 200
    assert Authenticator.objects.filter(user=person).exists()
    client.post("/account/second-step/remove")
    assert not Authenticator.objects.filter(user=person).exists()
    assert last_action() == "organisations.second_step_removed"


def grow_old(client: Client) -> None:
    """As a quarter of an hour after signing in."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 16 * 60
    session.save()


@pytest.mark.parametrize(
    "place", ["/account/second-step", "/account/second-step/remove", "/account/recovery-codes"]
)
def test_a_session_left_open_cannot_take_the_account_over(client: Client, person: User, place: str) -> None:
    try_password(client)
    if place != "/account/second-step":
        set_up(client)
    grow_old(client)
    before = Authenticator.objects.count()
    for answer in (client.get(place), client.post(place, {"code": "1"})):
        assert answer["Location"].startswith("/account/prove?next=%2Faccount%2F")
    assert Authenticator.objects.count() == before


def test_proving_it_once_more_opens_the_page_that_was_asked_for(client: Client, person: User) -> None:
    try_password(client)
    grow_old(client)
    asked = client.get("/account/second-step")["Location"]
    assert client.post(asked, {"password": "wrong"}).status_code == 422
    assert client.post(asked, {"password": PASSWORD})["Location"] == "/account/second-step"
    assert client.get("/account/second-step").status_code == 200


def test_where_there_is_a_code_the_code_is_asked_for(client: Client, person: User, secret: str) -> None:
    try_password(client)
    client.post("/sign-in/code", {"code": code_now(secret)})
    grow_old(client)
    cache.clear()
    assert client.post("/account/prove", {"password": PASSWORD}).status_code == 422
    assert client.post("/account/prove", {"code": code_now(secret)})["Location"] == "/account"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example"])
def test_proving_it_leads_nowhere_else(client: Client, person: User, elsewhere: str) -> None:
    try_password(client)
    answer = client.post(f"/account/prove?next={elsewhere}", {"password": PASSWORD})
    assert answer["Location"] == "/account"


def test_without_password_or_code_there_is_no_proof_but_a_new_link(client: Client, db: None) -> None:
    person = add_person(by=BY, now=NOW, user_name="kim", name="Kim Oxley")
    client.post(link_of(person))
    grow_old(client)
    assert client.post("/account/prove", {"password": ""}).status_code == 200
    asked = client.post("/account/password", {"new": "three unlikely words", "again": "three unlikely words"})
    assert asked["Location"].startswith("/account/prove")
    assert not User.objects.get(pk=person.pk).has_usable_password()


# Who must use one


@pytest.mark.parametrize("role", ROLES)
def test_careful_roles_must_set_one_up_before_anything_else(client: Client, db: None, role: str) -> None:
    person = add_person(by=BY, now=NOW, user_name="kim", name="Kim Oxley", role=role)
    client.post(link_of(person))
    answers = {place: client.get(place) for place in ("/", "/register", "/account", "/register.csv")}
    must = role in CAREFUL_ROLES
    for place, answer in answers.items():
        assert (answer.status_code == 302) is must, place
        if must:
            assert answer["Location"] == "/account/second-step", place
    if must:
        assert client.post("/sign-out")["Location"] == "/sign-in"


def test_what_would_change_something_is_not_done_before(client: Client, db: None) -> None:
    person = add_person(by=BY, now=NOW, user_name="kim", name="Kim Oxley", role="administrator")
    client.post(link_of(person))
    sent = {"user_name": "eve", "name": "Eve", "role": "administrator"}
    assert client.post("/people/add", sent)["Location"] == "/account/second-step"
    assert not User.objects.filter(user_name="eve").exists()


def test_having_set_it_up_all_is_open(client: Client, db: None) -> None:
    person = add_person(by=BY, now=NOW, user_name="kim", name="Kim Oxley", role="administrator")
    client.post(link_of(person))
    set_up(client)
    assert client.get("/").status_code == 200
    assert client.get("/people").status_code == 200


def test_a_role_that_is_given_counts_at_the_next_click(client: Client, person: User) -> None:
    try_password(client)
    assert client.get("/").status_code == 200
    change_person(person, by=BY, now=NOW, role="liaison")
    assert client.get("/")["Location"] == "/account/second-step"


def test_a_page_in_pieces_is_not_filled_with_the_set_up(client: Client, person: User) -> None:
    try_password(client)
    change_person(person, by=BY, now=NOW, role="liaison")
    answer = client.get("/register", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Reswap"]) == (401, "none")


def test_a_workspace_may_choose_who_must(client: Client, db: None, choose: Set) -> None:
    choose(require_mfa=("reader",))
    for role, must in (("administrator", False), ("reader", True)):
        person = add_person(by=BY, now=NOW, user_name=role, name=role, role=role)
        client.post(link_of(person))
        assert (client.get("/").status_code == 302) is must
        client.post("/sign-out")


def test_an_administrator_removes_it_and_nobody_sets_it_up_for_another(person: User, secret: str) -> None:
    boss = add_person(by=BY, now=NOW, user_name="boss", name="Boss", role="administrator")
    client = Client()
    try_password(client)
    client.post("/sign-in/code", {"code": code_now(secret)})
    assert is_in(client)
    remove_second_step(person, by=boss, now=NOW)
    assert not is_in(client), "whoever has the lost phone may be signed in on it"
    with pytest.raises(NotAllowedError):
        add_second_step(person, by=boss, now=NOW, secret=secret)
    colleague = add_person(by=BY, now=NOW, user_name="col", name="Colleague", role="liaison")
    with pytest.raises(NotAllowedError):
        remove_second_step(boss, by=colleague, now=NOW + dt.timedelta(days=1))
    assert verify(None).problems == []
