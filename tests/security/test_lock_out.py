"""Are guesses at a password stopped, and is nobody else stopped by them?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from tests.intake.samples import BY, NOW
from tests.security.conftest import PASSWORD, is_in, try_password
from tests.security.test_passwords import words_of

from bluelamp.ledger.models import Event
from bluelamp.organisations.actions import add_person, make_sign_in_link
from bluelamp.organisations.models import User

LIMIT = 5


def guess(times: int, name: str = "Sam", **rest: Any) -> Any:
    answer = None
    for number in range(times):
        answer = try_password(Client(), name, f"guess number {number}", **rest)
    return answer


def locks() -> int:
    return Event.objects.filter(action="organisations.locked_out").count()


def test_a_name_is_locked_after_so_many_wrong_passwords(client: Client, person: User) -> None:
    assert guess(LIMIT - 1).status_code == 422
    locked = guess(1)
    assert locked.status_code == 429
    assert "15 minutes" in locked.content.decode()
    assert try_password(client).status_code == 429, "the right password is refused as well"
    assert not is_in(client)


def test_fewer_wrong_ones_are_forgiven(client: Client, person: User) -> None:
    guess(LIMIT - 1)
    try_password(client)
    assert is_in(client)
    guess(LIMIT - 1)
    again = Client()
    try_password(again)
    assert is_in(again)


def test_the_ledger_hears_of_it_once(person: User) -> None:
    guess(LIMIT + 4)
    assert locks() == 1
    event = Event.objects.order_by("-sequence")[0]
    assert event.subject_id == str(person.pk)


def test_a_name_that_nobody_has_is_answered_the_same(person: User) -> None:
    known = [words_of(guess(1)) for _ in range(LIMIT + 2)]
    cache.clear()
    unknown = [words_of(guess(1, "nobody")) for _ in range(LIMIT + 2)]
    assert unknown == known
    assert locks() == 1


@pytest.mark.parametrize("name", ["sam", "SAM", "  Sam"])
def test_spelling_the_name_otherwise_gives_no_more_tries(person: User, name: str) -> None:
    guess(LIMIT - 1)
    assert guess(1, name).status_code == 429


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP", "Client-IP"])
def test_what_a_client_says_of_its_address_gives_no_more_tries(person: User, header: str) -> None:
    """Each guess claims another address, and another program; the name is locked all the same."""
    for number in range(LIMIT):
        answer = try_password(
            Client(headers={header: f"10.0.0.{number}", "User-Agent": f"n{number}"}), "Sam", "no"
        )
    assert answer.status_code == 429
    tried = set(AccessAttempt.objects.values_list("ip_address", flat=True))
    assert tried == {"127.0.0.1"}


@pytest.mark.parametrize("header", ["", "X-Forwarded-For"])
def test_one_address_that_tries_many_names_is_slowed(client: Client, person: User, header: str) -> None:
    """One well-known password for everybody: no name is locked, but the address is."""
    for number in range(20):
        extra = {header: f"10.0.0.{number}"} if header else {}
        guess(1, f"name-{number}", headers=extra)
    refused = try_password(client)
    assert refused.status_code == 422
    assert "too many tries" in refused.content.decode()
    assert not is_in(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    try_password(elsewhere)
    assert is_in(elsewhere), "others are not kept out"


def test_many_names_do_not_push_a_count_out(person: User) -> None:
    guess(LIMIT - 1)
    for number in range(2000):
        cache.set(f"allauth:rl:filler:{number}", [1.0], 600)
    assert guess(1).status_code == 429


def test_other_names_go_on(client: Client, person: User) -> None:
    add_person(by=BY, now=NOW, user_name="Kim", name="Kim Oxley", password=PASSWORD)
    guess(LIMIT)
    try_password(client, "Kim")
    assert is_in(client)


def test_a_link_signs_in_while_the_name_is_locked(client: Client, person: User) -> None:
    """So whoever locks a name on purpose keeps nobody from their work."""
    guess(LIMIT)
    secret = make_sign_in_link(person, by=BY, now=dt.datetime.now(dt.UTC))
    client.post(f"/sign-in/{secret}")
    assert is_in(client)


def test_the_lock_opens_by_itself_and_trying_does_not_prolong_it(client: Client, person: User) -> None:
    guess(LIMIT)
    before = set(AccessAttempt.objects.values_list("attempt_time", flat=True))
    guess(3)
    assert set(AccessAttempt.objects.values_list("attempt_time", flat=True)) == before
    AccessAttempt.objects.update(attempt_time=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=15, seconds=1))
    cache.clear()
    try_password(client)
    assert is_in(client)


def test_the_lock_outlives_the_server(client: Client, person: User) -> None:
    guess(LIMIT)
    cache.clear()  # as after a restart
    assert try_password(client).status_code == 429
    assert not is_in(client)


def test_asking_for_the_password_once_more_counts_too(client: Client, person: User) -> None:
    """A session left open is no way round the limit."""
    try_password(client)
    for _ in range(LIMIT):
        answer = client.post(
            "/account/password",
            {"current": "wrong", "new": "three unlikely words", "again": "three unlikely words"},
        )
    assert answer.status_code == 429
    assert locks() == 1
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)
