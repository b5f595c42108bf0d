"""Is everyone who owns something due asked, reminded and, in the end, answered for by their lead?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast

from bluelamp.assurance.actions_delivery import allocate, deliver
from bluelamp.assurance.actions_messages import send_waiting
from bluelamp.assurance.actions_rounds import (
    Chased,
    LinkAnswer,
    answer_by_link,
    chase,
    close_round,
    find_link,
    make_answer_link,
    open_round,
)
from bluelamp.assurance.models import Action, Answer, Notification, Round
from bluelamp.assurance.round_rules import LinkError
from bluelamp.ledger.models import Payload
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Owner
from bluelamp.organisations.rules import NotAllowedError


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def give(cast: Cast, owner: Owner, title: str, lead: Owner | None = None) -> Action:
    return allocate(
        cast.item(title), words=f"Do {title}", owner=owner, lead=lead, target=TODAY + 9 * DAY,
        by=cast["liaison"], now=NOW,
    )  # fmt: skip


def open_one(cast: Cast, **rest: object) -> Round:
    return open_round(title="To June", due=TODAY + 14 * DAY, by=cast["liaison"], now=NOW, **rest)  # type: ignore[arg-type]


def test_each_owner_gets_one_list_of_what_is_not_delivered(cast: Cast) -> None:
    contact, custody = cast.owner("Contact"), cast.owner("Custody")
    give(cast, contact, "a"), give(cast, contact, "b"), give(cast, custody, "c")
    done = give(cast, custody, "d")
    deliver(done, claim="Done.", day=TODAY, by=cast["liaison"], now=NOW)
    made = open_one(cast)
    assert [(each.owner.name, each.action.words) for each in made.requests.order_by("action__words")] == [
        ("Contact", "Do a"), ("Contact", "Do b"), ("Custody", "Do c"),
    ]  # fmt: skip
    assert {each.owner.name for each in made.notifications.all()} == {"Contact", "Custody"}
    assert verify(None).problems == []


def test_nobody_to_ask_is_said(cast: Cast) -> None:
    with pytest.raises(PlainError, match="nobody to ask"):
        open_one(cast)
    assert not Round.objects.exists()


def test_who_may_not_run_rounds_is_told(cast: Cast) -> None:
    give(cast, cast.owner(), "a")
    with pytest.raises(NotAllowedError, match="liaison officers"):
        open_round(title="x", due=TODAY, by=cast["owner"], now=NOW)


def test_a_link_answers_its_owners_actions_once_and_nothing_else(cast: Cast) -> None:
    contact, custody = cast.owner("Contact"), cast.owner("Custody")
    first, other = give(cast, contact, "a"), give(cast, custody, "b")
    made = open_one(cast)
    secret = make_answer_link(made, contact, by=cast["liaison"], now=NOW)
    mine, theirs = (made.requests.get(action=action) for action in (first, other))
    with pytest.raises(LinkError):
        answer_by_link(secret, [LinkAnswer(request=theirs, words="Ours now.")], now=NOW)
    assert answer_by_link(secret, [LinkAnswer(request=mine, words="Done.", delivered=TODAY)], now=NOW) == 1
    kept = Answer.objects.get()
    assert (kept.by_name, kept.via, kept.item) == ("Contact", "link", first.item)
    first.refresh_from_db()
    assert (first.state, first.item.assurance) == ("delivered", "untested")
    with pytest.raises(LinkError):
        answer_by_link(secret, [LinkAnswer(request=mine, words="Again.")], now=NOW)
    assert verify(None).problems == []


def test_a_newer_link_spends_the_older_and_age_spends_all(cast: Cast) -> None:
    contact = cast.owner("Contact")
    give(cast, contact, "a")
    made = open_one(cast)
    old, new = (make_answer_link(made, contact, by=cast["liaison"], now=NOW) for _ in range(2))
    with pytest.raises(LinkError):
        find_link(old, now=NOW)
    assert find_link(new, now=NOW).owner == contact
    with pytest.raises(LinkError):
        find_link(new, now=NOW + 90 * DAY)
    with pytest.raises(LinkError):
        find_link("made up", now=NOW)
    close_round(made, by=cast["liaison"], now=NOW)
    with pytest.raises(LinkError):
        find_link(new, now=NOW)


def test_who_has_not_answered_is_reminded_and_then_their_lead_is_told(cast: Cast) -> None:
    contact, custody, chief = cast.owner("Contact"), cast.owner("Custody"), cast.owner("ACC")
    answered = give(cast, custody, "b")
    give(cast, contact, "a", lead=chief)
    made = open_one(cast)
    secret = make_answer_link(made, custody, by=cast["liaison"], now=NOW)
    answer_by_link(secret, [LinkAnswer(request=made.requests.get(action=answered), words="Half.")], now=NOW)
    assert chase(made, by=cast["liaison"], now=NOW) == Chased(0, 0), "they were asked today"
    assert chase(made, by=cast["liaison"], now=NOW + 10 * DAY) == Chased(1, 0)
    assert chase(made, by=cast["liaison"], now=NOW + 10 * DAY) == Chased(0, 0)
    assert chase(made, by=cast["liaison"], now=NOW + 15 * DAY) == Chased(1, 1)
    told = Notification.objects.get(kind="escalation")
    assert (told.owner, "Contact" in told.subject) == (chief, True)


def test_a_message_is_a_row_before_it_is_sent_and_its_link_is_in_no_row(cast: Cast) -> None:
    contact = cast.owner("Contact")
    Owner.objects.filter(pk=contact.pk).update(email="contact@example.org")
    contact.refresh_from_db()
    give(cast, contact, "a")
    made = open_one(cast)
    sent = send_waiting(
        by=cast["liaison"], now=NOW, address_of_link=lambda secret: f"https://desk.test/a/{secret}"
    )
    assert (sent.sent, sent.failed) == (1, 0)
    body = mail.outbox[0].body
    secret = body.split("/a/")[1].split()[0]
    assert find_link(secret, now=NOW).round == made
    assert secret not in "".join(Payload.objects.values_list("body", flat=True))
    assert secret not in Notification.objects.get().body
    again = send_waiting(by=cast["liaison"], now=NOW, address_of_link=str)
    assert again.sent == 0


def test_a_message_that_fails_keeps_its_fault_and_is_tried_again(
    cast: Cast, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = cast.owner("Contact")
    Owner.objects.filter(pk=contact.pk).update(email="contact@example.org")
    give(cast, Owner.objects.get(pk=contact.pk), "a")
    open_one(cast)

    def refuse(*_: object) -> int:
        raise ConnectionRefusedError("the mail server said no")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuse)
        assert send_waiting(by=cast["liaison"], now=NOW, address_of_link=str).failed == 1
    assert Notification.objects.get().fault == "the mail server said no"
    assert send_waiting(by=cast["liaison"], now=NOW + dt.timedelta(1), address_of_link=str).sent == 1
