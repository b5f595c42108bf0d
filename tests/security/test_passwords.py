"""Does a password sign in whom it should, and tell nobody else anything?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from tests.intake.samples import BY, NOW
from tests.security.conftest import PASSWORD, is_in, try_password

from bluelamp.config.settings import PASSWORD_HASHERS
from bluelamp.ledger.models import Event, Payload
from bluelamp.ledger.verification import verify
from bluelamp.organisations.actions import add_person, change_person
from bluelamp.organisations.models import User


def words_of(response: Any) -> str:
    """The page without what differs from one request to the next, or repeats what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    page = re.sub(r'href="[^"]*" data-reload', "", page)
    return re.sub(r'(name="login" )value="[^"]*"', r"\1", page)


def test_the_right_password_signs_in_and_is_recorded(client: Client, person: User) -> None:
    assert try_password(client)["Location"] == "/"
    assert is_in(client)
    event = Event.objects.order_by("-sequence")[0]
    assert (event.action, event.actor) == ("organisations.signed_in", person.ledger_name)
    assert '"ways":["password"]' in Payload.objects.get(sequence=event.sequence).body
    assert verify(None).problems == []


@pytest.mark.parametrize("name", ["sam", "SAM", " Sam "])
def test_capitals_and_spaces_of_the_name_do_not_matter(client: Client, person: User, name: str) -> None:
    try_password(client, name)
    assert is_in(client)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Sam", "wrong"),
        ("nobody", PASSWORD),
        ("Sam\x00", PASSWORD),
        ("Ѕam", PASSWORD),
        ("Sam", PASSWORD + " "),
        ("S%", PASSWORD),
        ("gone", PASSWORD),
        ("by-link", ""),
        ("x" * 149, PASSWORD),
    ],
)
def test_what_is_wrong_is_never_said(client: Client, person: User, name: str, password: str) -> None:
    gone = add_person(by=BY, now=NOW, user_name="gone", name="Gone", password=PASSWORD)
    change_person(gone, by=BY, now=NOW, is_active=False)
    add_person(by=BY, now=NOW, user_name="by-link", name="By link")
    known = words_of(try_password(Client(), "Sam", "wrong" if password else ""))
    refused = try_password(client, name, password)
    assert refused.status_code == 422
    assert not is_in(client)
    if "\x00" not in name:
        assert words_of(refused) == known


def test_an_unknown_name_costs_as_much_work_as_a_known_one(
    client: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time would tell who exists. The work is counted instead: one hash of a password for every try."""
    gone = add_person(by=BY, now=NOW, user_name="gone", name="Gone", password=PASSWORD)
    change_person(gone, by=BY, now=NOW, is_active=False)
    add_person(by=BY, now=NOW, user_name="by-link", name="By link")
    done: list[str] = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *words: done.append("hash") or encode(self, *words)
    )
    counted = {}
    for name in ("Sam", "nobody", "gone", "by-link"):
        done.clear()
        try_password(client, name, "wrong")
        counted[name] = len(done)
    assert set(counted.values()) == {1}, counted


def test_no_secret_stands_in_the_ledger_or_in_the_table_of_tries(client: Client, person: User) -> None:
    try_password(client, password="a password typed wrongly")
    try_password(client, name="my secret password, in the wrong box", password="x")
    try_password(client)
    kept = "\n".join(Payload.objects.values_list("body", flat=True))
    assert person.password not in kept
    assert "sha256:" in kept
    tries = str(list(AccessAttempt.objects.values()))
    assert "typed wrongly" not in tries
    assert "wrong box" not in tries


def test_a_changed_password_is_seen_by_verify(person: User) -> None:
    User.objects.filter(pk=person.pk).update(password=hashers.make_password("put there by hand"))
    assert any("is not as its last event wrote it" in problem for problem in verify(None).problems)


def test_a_new_session_begins_with_signing_in(client: Client, person: User) -> None:
    """Session fixation: whoever planted the session that a person signs in with does not share it."""
    client.get("/sign-in?next=/register")
    planted = client.cookies["sessionid"].value
    try_password(client)
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()
    other = Client()
    other.cookies["sessionid"] = planted
    assert not is_in(other)


def test_signing_in_as_another_keeps_nothing_of_the_first(client: Client, person: User) -> None:
    add_person(by=BY, now=NOW, user_name="Kim", name="Kim Oxley", password=PASSWORD)
    try_password(client)
    first = client.cookies["sessionid"].value
    client.post("/sign-out")
    try_password(client, "Kim")
    assert "Sam Ferrier" not in client.get("/account").content.decode()
    assert not Session.objects.filter(session_key=first).exists()


def test_a_form_from_elsewhere_signs_nobody_in(person: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert try_password(strict).status_code == 403
    assert not is_in(strict)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "https://testserver@evil.example/",
        "http://localhost/register",
        " //evil.example",
        "/\t/evil.example",
        "\x00//evil.example",
    ],
)
@pytest.mark.parametrize("carried", ["asked", "sent"])
def test_signing_in_leads_nowhere_else(client: Client, person: User, elsewhere: str, carried: str) -> None:
    if carried == "asked":
        client.get("/sign-in", {"next": elsewhere})
        answer = try_password(client)
    else:
        answer = client.post("/sign-in", {"login": "Sam", "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/"


def test_signing_in_leads_to_where_one_was(client: Client, person: User) -> None:
    assert client.get("/register?kind=judgement")["Location"] == "/sign-in?next=/register%3Fkind%3Djudgement"
    client.get("/sign-in?next=/register%3Fkind%3Djudgement")
    assert try_password(client)["Location"] == "/register?kind=judgement"


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_email", "socialaccount_signup"]
)
def test_nobody_adds_themselves(client: Client, name: str, db: None) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    ("chosen", "good"),
    [
        ("three unlikely words", True),
        ("short", False),
        ("passwordpassword", False),
        ("123456789012345", False),
        ("sam@cvp.example", False),
        ("Sam Ferrier 1", False),
    ],
)
def test_passwords_are_long_and_not_well_known(client: Client, person: User, chosen: str, good: bool) -> None:
    try_password(client)
    sent = {"current": PASSWORD, "new": chosen, "again": chosen}
    answer = client.post("/account/password", sent)
    assert answer.status_code == (302 if good else 422)
    assert User.objects.get(pk=person.pk).check_password(chosen) is good


def test_passwords_are_hashed_by_argon2() -> None:
    argon = import_string(PASSWORD_HASHERS[0])()
    encoded = argon.encode(PASSWORD, argon.salt())
    assert encoded.startswith("argon2$argon2id$")
    assert len(encoded) <= User._meta.get_field("password").max_length
