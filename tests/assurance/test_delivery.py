"""Who does what about an item, by when, and how far is it?"""

from __future__ import annotations

import datetime as dt

import pytest
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast

from bluelamp.assurance.actions_delivery import (
    Said,
    allocate,
    answer,
    ask_new_date,
    begin,
    change_owner,
    decide_new_date,
    deliver,
    pass_on,
    take_back,
    take_up_again,
    wait_for,
)
from bluelamp.assurance.actions_responses import (
    decide_dispute,
    note_position,
    record_advice,
    refer_dispute,
    respond,
)
from bluelamp.ledger.verification import verify
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def now_of(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def test_an_item_without_an_action_is_unallocated(cast: Cast) -> None:
    item = cast.item()
    assert (item.delivery, item.timing, item.owner) == ("unallocated", "no-date", None)


def test_delivery_follows_the_actions(cast: Cast) -> None:
    item, owner, person = cast.item(), cast.owners["The owner in person"], cast["owner"]
    first = allocate(item, words="Train them.", owner=owner, target=TODAY + 30 * DAY, by=cast["liaison"], now=NOW)
    second = allocate(item, words="Check.", owner=owner, target=TODAY + 60 * DAY, by=cast["liaison"], now=NOW)
    held = now_of(item)
    assert (held.delivery, held.owner, held.due) == ("planned", owner, TODAY + 30 * DAY)
    assert (held.original_target, held.current_target) == (TODAY + 30 * DAY, TODAY + 60 * DAY)
    begin(first, by=person, now=NOW)
    deliver(first, claim="All trained.", day=TODAY, by=person, now=NOW)
    assert (now_of(item).delivery, now_of(item).due) == ("in-progress", TODAY + 60 * DAY)
    deliver(second, claim="Checked.", day=TODAY, by=person, now=NOW)
    held = now_of(item)
    assert (held.delivery, held.timing, held.due) == ("delivered", "met", None)
    assert (held.assurance, held.closing) == ("untested", "open"), "the owner's word tests and closes nothing"
    take_up_again(second, reason="It slid.", by=person, now=NOW)
    assert now_of(item).delivery == "in-progress"
    assert not verify(None).problems


def test_what_is_delivered_after_its_day_is_met_late(cast: Cast) -> None:
    action = allocate(
        cast.item(), words="x", owner=cast.owner(), target=TODAY - 5 * DAY, by=cast["liaison"], now=NOW
    )
    deliver(action, claim="Done.", day=TODAY, by=cast["liaison"], now=NOW)
    assert now_of(action.item).timing == "met-late"


def test_a_date_moves_only_when_the_lead_agrees_and_the_original_stays(cast: Cast) -> None:
    owner, first, later = cast.owners["The owner in person"], TODAY + 10 * DAY, TODAY + 100 * DAY
    action = allocate(cast.item(), words="x", owner=owner, target=first, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="say why"):
        ask_new_date(action, day=later, reason=" ", by=cast["owner"], now=NOW)
    asked = ask_new_date(action, day=later, reason="The supplier is late.", by=cast["owner"], now=NOW)
    assert now_of(action.item).due == first
    with pytest.raises(NotAllowedError, match="you did that yourself"):
        decide_new_date(asked, agreed=True, by=cast["owner"], now=NOW)
    decide_new_date(asked, agreed=True, by=cast["liaison"], now=NOW)
    held = now_of(action.item)
    assert (held.original_target, held.current_target, held.due) == (first, later, later)
    with pytest.raises(NotAllowedError, match="decided already"):
        decide_new_date(asked, agreed=True, by=cast["liaison"], now=NOW)


def test_an_owner_change_moves_no_date(cast: Cast) -> None:
    action = allocate(
        cast.item(), words="x", owner=cast.owner(), target=TODAY + 10 * DAY, by=cast["liaison"], now=NOW
    )
    other = cast.owner("Head of custody")
    changed = change_owner(action, owner=other, reason="She moved on.", by=cast["liaison"], now=NOW)
    held = now_of(action.item)
    assert (changed.current_target, changed.original_target) == (TODAY + 10 * DAY, TODAY + 10 * DAY)
    assert (held.due, held.owner) == (TODAY + 10 * DAY, other)


def test_an_owner_may_only_with_what_is_theirs(cast: Cast) -> None:
    action = allocate(cast.item(), words="x", owner=cast.owner(), by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="only with what is theirs"):
        begin(action, by=cast["owner"], now=NOW)


def test_answers_are_records_of_their_own(cast: Cast) -> None:
    item = cast.item()
    allocate(item, words="x", owner=cast.owners["The owner in person"], by=cast["liaison"], now=NOW)
    for words in ("Begun.", "Half done."):
        answer([Said(item=item, words=words)], via="desk", by=cast["owner"], now=NOW)
    assert [each.words for each in item.answers.all()] == ["Begun.", "Half done."]


def test_all_answers_are_kept_or_none(cast: Cast) -> None:
    mine, other = cast.item(), cast.item("Custody is unsafe.")
    allocate(mine, words="x", owner=cast.owners["The owner in person"], by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError):
        answer([Said(item=mine, words="a"), Said(item=other, words="b")], via="desk", by=cast["owner"], now=NOW)
    assert not mine.answers.exists()


def test_an_item_for_another_body_names_it(cast: Cast) -> None:
    item = cast.item()
    pass_on(item, body="County council", reason="Only they can.", by=cast["liaison"], now=NOW)
    assert (now_of(item).delivery, now_of(item).delivery_body) == ("for-another-body", "County council")
    take_back(item, reason="They will not.", by=cast["liaison"], now=NOW)
    assert (now_of(item).delivery, now_of(item).delivery_body) == ("unallocated", "")


def test_actions_do_not_wait_for_each_other(cast: Cast) -> None:
    item = cast.item()
    first, second = (allocate(item, words=w, owner=cast.owner(), by=cast["liaison"], now=NOW) for w in "ab")
    wait_for(first, needs=second, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="wait for each other"):
        wait_for(second, needs=first, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="waits for action 2"):
        deliver(first, claim="Done.", day=TODAY, by=cast["liaison"], now=NOW)


def test_a_dispute_goes_to_a_committee_and_is_decided_by_somebody_cited(cast: Cast) -> None:
    item = cast.item()
    with pytest.raises(NotAllowedError, match="say why"):
        respond(item, answer="disputed", by=cast["liaison"], now=NOW)
    respond(item, answer="disputed", reason="The figures are another force's.", by=cast["liaison"], now=NOW)
    decision = {"upheld": False, "decided_by_role": "local-policing-body", "cited": "Notice 7", "day": TODAY}
    with pytest.raises(NotAllowedError, match="advice is not recorded"):
        decide_dispute(item, **decision, reason="They are ours.", by=cast["lpb_officer"], now=NOW)
    refer_dispute(item, committee="Joint audit committee", by=cast["liaison"], now=NOW)
    record_advice(item, advice="Accept it.", cited="Minute 4", day=TODAY, by=cast["committee_member"], now=NOW)
    decide_dispute(item, **decision, reason="They are ours.", by=cast["lpb_officer"], now=NOW)
    assert now_of(item).response == "awaiting"


def test_the_latest_day_of_the_inspectorates_words_stands(cast: Cast) -> None:
    item = cast.item()
    said = {"said_in": "Its letter", "by": cast["liaison"], "now": NOW}
    note_position(item, position="closed", day=TODAY, **said)
    note_position(item, position="being-progressed", day=TODAY - 30 * DAY, **said)
    assert now_of(item).position == "closed"
    assert now_of(item).closing == "open", "only this register's own sign-off closes it here"


def test_another_organisations_item_is_as_if_it_were_not_there(cast: Cast) -> None:
    stranger = make_cast("XYZ")["liaison"]
    with pytest.raises(NotAllowedError, match="no such item"):
        respond(cast.item(), answer="accepted", by=stranger, now=NOW + dt.timedelta(1))
