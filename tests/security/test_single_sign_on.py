"""Does another site's word sign in whom it may, and nobody else?"""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.utils import timezone
from tests.intake.samples import BY, NOW
from tests.security.conftest import Set, code_now, is_in, try_password
from tests.security.provider import CLIENT, SECRET, Provider, providing
from tests.security.test_passwords import words_of

from bluelamp.ledger.models import Event, Payload
from bluelamp.ledger.verification import verify
from bluelamp.organisations.actions import add_person, change_person
from bluelamp.organisations.actions_sign_in import disconnect_sign_on
from bluelamp.organisations.models import User
from bluelamp.organisations.rules_sign_in import SingleSignOn

TRUSTED = SingleSignOn(
    slug="force",
    name="Calder Vale Police",
    server="",
    client_id=CLIENT,
    client_secret_file="unused",
    addresses=("cvp.example",),
)


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with providing() as found:
        yield found


@pytest.fixture
def provider(running: Provider, settings: Any) -> Provider:
    fresh = Provider(address=running.address)
    running.__dict__.update(fresh.__dict__)
    running.claims = {"sub": "7f3", "email": "sam@cvp.example", "email_verified": True, "name": "Sam Ferrier"}
    trust(settings)
    app = {
        "provider_id": "force",
        "name": TRUSTED.name,
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": running.address, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return running


def trust(settings: Any, **how: Any) -> None:
    settings.SINGLE_SIGN_ON = (dataclasses.replace(TRUSTED, **how),)


Come = Callable[..., Any]


def go_there(client: Client, provider: Provider) -> None:
    """The button, the page on the way, and the provider's own page."""
    page = client.post("/sign-in/with/force")
    assert page.status_code == 200
    onward = re.search(r'href="(http://127[^"]+)"', page.content.decode())
    assert onward is not None
    provider.see_request(html.unescape(onward[1]))


def come_back(client: Client, provider: Provider, **changed: str) -> Any:
    return client.get(
        "/sign-in/with/force/back", {"code": provider.give_code(), "state": provider.asked["state"], **changed}
    )


def sign_on(client: Client, provider: Provider) -> Any:
    go_there(client, provider)
    return come_back(client, provider)


def test_whom_the_provider_knows_is_signed_in(client: Client, person: User, provider: Provider) -> None:
    assert "Sign in with Calder Vale Police" in client.get("/sign-in").content.decode()
    assert sign_on(client, provider)["Location"] == "/"
    assert is_in(client)
    assert "Sam Ferrier" in client.get("/account").content.decode()
    actions = [event.action for event in Event.objects.order_by("-sequence")[:2]]
    assert actions == ["organisations.signed_in", "organisations.sign_on_connected"]
    assert verify(None).problems == []


def test_what_is_asked_of_the_provider_is_bound_to_this_browser(
    client: Client, person: User, provider: Provider
) -> None:
    go_there(client, provider)
    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.asked["redirect_uri"] == "http://testserver/sign-in/with/force/back"
    assert provider.asked["response_type"] == "code"
    assert len(provider.asked["state"]) >= 16
    assert set(provider.asked["scope"].split()) == {"openid", "profile", "email"}


def test_where_one_wanted_to_be_is_kept(client: Client, person: User, provider: Provider) -> None:
    client.get("/sign-in?next=/register%3Fkind%3Djudgement")
    assert sign_on(client, provider)["Location"] == "/register?kind=judgement"


def test_nothing_more_of_the_person_is_kept(client: Client, person: User, provider: Provider) -> None:
    provider.claims |= {"phone_number": "07700 900000", "groups": ["a"]}
    for _ in range(2):
        sign_on(client, provider)
        client.post("/sign-out")
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == ("7f3", {})
    assert not SocialToken.objects.exists()
    assert "07700" not in "\n".join(Payload.objects.values_list("body", flat=True))


def test_once_known_the_address_may_change(client: Client, person: User, provider: Provider) -> None:
    sign_on(client, provider)
    client.post("/sign-out")
    provider.claims["email"] = "s.ferrier@cvp.example"
    sign_on(client, provider)
    assert is_in(client)


REFUSED = {
    "an address that is not verified": {"email_verified": False},
    "the word false": {"email_verified": "false"},
    "no word of it": {"email_verified": None},
    "an address of somebody else's": {"email": "sam@other.example"},
    "an address within another": {"email": "sam@evil-cvp.example"},
    "an address below ours": {"email": "sam@sub.cvp.example"},
    "an address with ours in it": {"email": "sam@cvp.example@other.example"},
    "somebody we do not know": {"email": "kim@cvp.example"},
    "letters that look alike": {"email": "ѕam@cvp.example"},
    "a letter that folds to another": {"email": "ſam@cvp.example"},
    "no address": {"email": ""},
}


@pytest.mark.parametrize("claims", REFUSED.values(), ids=REFUSED)
def test_others_are_refused_and_nobody_is_made(
    client: Client, person: User, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims |= claims
    answer = sign_on(client, provider)
    assert answer.status_code == 403
    assert "You cannot sign in this way" in answer.content.decode()
    assert not is_in(client)
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("known_by", ["address", "key"])
def test_who_may_no_longer_sign_in_is_answered_like_a_stranger(
    client: Client, person: User, provider: Provider, known_by: str
) -> None:
    stranger = Client()
    provider.claims["email"] = "kim@cvp.example"
    unknown = words_of(sign_on(stranger, provider))
    provider.claims["email"] = "sam@cvp.example"
    if known_by == "key":
        sign_on(client, provider)
        client.post("/sign-out")
    change_person(person, by=BY, now=NOW, is_active=False)
    answer = sign_on(client, provider)
    assert answer.status_code == 403
    assert words_of(answer) == unknown
    assert not is_in(client)


def test_capitals_of_an_address_do_not_matter(client: Client, person: User, provider: Provider) -> None:
    provider.claims["email"] = "Sam@CVP.example"
    sign_on(client, provider)
    assert is_in(client)


def test_a_provider_of_our_own_may_be_believed_without_saying_verified(
    client: Client, person: User, provider: Provider, settings: Any
) -> None:
    del provider.claims["email_verified"]
    trust(settings, addresses_are_verified=True)
    sign_on(client, provider)
    assert is_in(client)


def test_even_then_only_for_its_own_addresses(
    client: Client, provider: Provider, settings: Any, person: User
) -> None:
    add_person(by=BY, now=NOW, user_name="pcc", name="P", email="p@pcc.example", role="administrator")
    provider.claims |= {"email": "p@pcc.example"}
    trust(settings, addresses_are_verified=True)
    assert sign_on(client, provider).status_code == 403
    assert not is_in(client)


def test_people_are_made_where_the_workspace_says_so(
    client: Client, person: User, provider: Provider, settings: Any
) -> None:
    trust(settings, add_people_to="CVP")
    provider.claims |= {"sub": "9", "email": "kim@cvp.example", "name": "Kim Oxley"}
    sign_on(client, provider)
    assert is_in(client)
    made = User.objects.get(user_name="kim@cvp.example")
    assert (made.role, made.organisation.code, made.name) == ("reader", "CVP", "Kim Oxley")
    assert not made.has_usable_password()
    assert verify(None).problems == []


def test_two_people_with_one_address_are_not_told_apart(client: Client, person: User, provider: Provider) -> None:
    """The actions let no such people in; a row put there by hand must not sign in either of them."""
    User.objects.create(user_name="twin", name="Twin", email="SAM@cvp.example")
    assert sign_on(client, provider).status_code == 403


def test_the_second_step_is_asked_for_all_the_same(
    client: Client, person: User, secret: str, provider: Provider
) -> None:
    assert sign_on(client, provider)["Location"] == "/sign-in/code"
    assert not is_in(client)
    client.post("/sign-in/code", {"code": code_now(secret)})
    assert is_in(client)


def test_unless_the_provider_asks_for_one_itself(
    client: Client, person: User, secret: str, provider: Provider, settings: Any
) -> None:
    trust(settings, asks_second_step=True)
    sign_on(client, provider)
    assert is_in(client)


@pytest.mark.parametrize("asks", [True, False])
def test_a_careful_role_needs_one_from_somebody(
    client: Client, person: User, provider: Provider, settings: Any, asks: bool
) -> None:
    change_person(person, by=BY, now=NOW, role="liaison")
    trust(settings, asks_second_step=asks)
    sign_on(client, provider)
    assert (client.get("/").status_code == 200) is asks


def test_one_proof_there_does_not_do_for_a_password_here(
    client: Client, person: User, secret: str, provider: Provider, settings: Any
) -> None:
    """A session that began there, and then a password in the same browser: the code is asked for."""
    trust(settings, asks_second_step=True)
    sign_on(client, provider)
    client.post("/sign-out")
    assert try_password(client)["Location"] == "/sign-in/code"


# What goes wrong between the two sites


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "made-up"},
        {"state": ""},
        {"code": "stolen"},
        {"error": "access_denied"},
        {"error": "server_error"},
    ],
)
def test_an_answer_that_was_not_asked_for_signs_nobody_in(
    client: Client, person: User, provider: Provider, changed: dict[str, str]
) -> None:
    go_there(client, provider)
    answer = come_back(client, provider, **changed)
    assert answer.status_code == 403
    assert "Signing in did not work" in answer.content.decode()
    assert not is_in(client)


def test_an_answer_for_another_browser_signs_nobody_in(person: User, provider: Provider) -> None:
    """An attacker signs in there and sends the address of the way back to somebody else."""
    attacker, victim = Client(), Client()
    go_there(attacker, provider)
    assert come_back(victim, provider).status_code == 403
    assert not is_in(victim)


def test_an_answer_works_once(client: Client, person: User, provider: Provider) -> None:
    go_there(client, provider)
    back = {"code": provider.give_code(), "state": provider.asked["state"]}
    client.get("/sign-in/with/force/back", back)
    client.post("/sign-out")
    provider.give_code()
    assert client.get("/sign-in/with/force/back", back).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "token",
    [{"aud": "another client"}, {"iss": "https://another.example"}, {"exp": 1_000_000_000}],
)
def test_a_token_for_somebody_else_signs_nobody_in(
    client: Client, person: User, provider: Provider, token: dict[str, Any]
) -> None:
    provider.token = token
    assert sign_on(client, provider).status_code == 403
    assert not is_in(client)


def test_a_provider_that_is_down_is_said_to_be(client: Client, person: User, provider: Provider) -> None:
    provider.broken = True
    answer = client.post("/sign-in/with/force")
    assert answer.status_code == 502
    assert "could not be reached" in answer.content.decode()


def test_one_that_goes_down_on_the_way_back_too(client: Client, person: User, provider: Provider) -> None:
    go_there(client, provider)
    provider.broken = True
    answer = come_back(client, provider)
    assert answer.status_code == 502
    assert "could not be reached" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("place", ["/sign-in/with/nobody", "/sign-in/with/nobody/back"])
def test_an_unknown_provider_is_not_there(client: Client, provider: Provider, person: User, place: str) -> None:
    send = client.get if place.endswith("back") else client.post
    assert send(place).status_code == 404


def test_the_way_there_is_never_a_mere_address(client: Client, provider: Provider, person: User) -> None:
    assert client.get("/sign-in/with/force").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/with/force").status_code == 403


@pytest.mark.parametrize("asked", ["process=connect", "process=redirect&next=https://evil.example", "scope=admin"])
def test_what_an_address_adds_is_not_asked_for(
    client: Client, person: User, provider: Provider, asked: str
) -> None:
    """Nobody's account there is joined to the account of whoever is signed in here, nor more asked for."""
    other = add_person(by=BY, now=NOW, user_name="kim", name="Kim Oxley", email="kim@cvp.example")
    client.force_login(other)
    page = client.post(f"/sign-in/with/force?{asked}")
    onward = re.search(r'href="(http://127[^"]+)"', page.content.decode())
    assert onward is not None
    provider.see_request(html.unescape(onward[1]))
    assert "admin" not in provider.asked["scope"]
    assert come_back(client, provider)["Location"] == "/"
    assert list(SocialAccount.objects.values_list("user__user_name", flat=True)) == ["Sam"]


def test_ending_it_lets_nobody_in_by_the_old_key(client: Client, person: User, provider: Provider) -> None:
    sign_on(client, provider)
    client.post("/sign-out")
    disconnect_sign_on(person, by=person, now=timezone.now())
    provider.claims["email"] = "new@cvp.example"
    assert sign_on(client, provider).status_code == 403
    assert Event.objects.order_by("-sequence")[0].action == "organisations.sign_on_disconnected"


def test_only_one_session_where_the_workspace_says_so(person: User, provider: Provider, choose: Set) -> None:
    choose(one_session=True)
    first, second = Client(), Client()
    try_password(first)
    sign_on(second, provider)
    assert not is_in(first)
    assert is_in(second)
