"""Does what should stay true fall due by itself, and does what slid propose its item's reopening?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast
from tests.assurance.proofs import WATCH, close, now_of, prove

from bluelamp.assurance.actions_closing import reopen
from bluelamp.assurance.actions_delivery import change_owner
from bluelamp.assurance.actions_watches import explain_slide, look_at_watches, record_look
from bluelamp.assurance.models import Action, Watch
from bluelamp.assurance.queries_closing import count_proposed_reopenings, find_proposed_reopenings
from bluelamp.assurance.watch_rules import DUE, ENDED, HOLDING, SLID, Wanted, is_due, proposes_reopening
from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError

THEN = WATCH.due or TODAY
LATER = NOW + (THEN - TODAY)
BY = Operator("remind")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def watch(cast: Cast) -> Watch:
    item = cast.item()
    prove(cast, item)
    return close(cast, item).watches.get()


def state_of(watch: Watch) -> str:
    return Watch.objects.get(pk=watch.pk).state


def proposed(cast: Cast, day: dt.date) -> list[str]:
    return [each.why for each in find_proposed_reopenings(viewer=cast["reader"], day=day)]


def test_it_falls_due_on_its_day_and_not_before(cast: Cast, watch: Watch) -> None:
    assert look_at_watches(day=THEN - DAY, by=BY, now=LATER) == 0
    assert proposed(cast, THEN - DAY) == []
    assert look_at_watches(day=THEN, by=BY, now=LATER) == 1
    assert state_of(watch) == DUE
    assert look_at_watches(day=THEN + DAY, by=BY, now=LATER) == 0, "once is enough"
    assert proposed(cast, THEN) == [
        "Due to be looked at again since 31 May 2026: Calls are still answered in time."
    ]
    assert now_of(watch.item).closing == "signed-off", "a person decides"
    assert verify(None).problems == []


def test_it_is_due_whether_or_not_anybody_has_marked_it(cast: Cast, watch: Watch) -> None:
    assert len(proposed(cast, THEN)) == 1
    assert count_proposed_reopenings(viewer=cast["reader"], day=THEN) == 1


def test_nobody_else_learns_that_it_is_due(watch: Watch) -> None:
    stranger = make_cast("XYZ")["liaison"]
    assert find_proposed_reopenings(viewer=stranger, day=THEN) == []
    assert count_proposed_reopenings(viewer=stranger, day=THEN) == 0
    with pytest.raises(NotAllowedError, match="no such item"):
        record_look(watch, held=True, words="x", by=stranger, now=LATER)


def test_many_are_marked_in_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bluelamp.assurance.actions_watches.BATCH", 2)
    for _ in range(2):
        item = cast.item()
        prove(cast, item)
        close(cast, item, watches=[WATCH, WATCH])
    assert look_at_watches(day=THEN, by=BY, now=LATER) == 4
    assert Watch.objects.filter(state=DUE).count() == 4


def test_it_held_until_another_day_or_for_good(cast: Cast, watch: Watch) -> None:
    look_at_watches(day=THEN, by=BY, now=LATER)
    with pytest.raises(PlainError, match="what you saw"):
        record_look(watch, held=True, words=" ", by=cast["analyst"], now=LATER)
    with pytest.raises(PlainError, match="after today"):
        record_look(watch, held=True, words="x", next_day=THEN, by=cast["analyst"], now=LATER)
    seen = record_look(watch, held=True, words="93%.", next_day=THEN + 90 * DAY, by=cast["analyst"], now=LATER)
    assert (seen.state, seen.due, seen.last_looked, seen.last_words) == (HOLDING, THEN + 90 * DAY, THEN, "93%.")
    assert proposed(cast, THEN) == []
    record_look(watch, held=True, words="94%.", by=cast["analyst"], now=LATER + 90 * DAY)
    assert state_of(watch) == ENDED
    assert proposed(cast, THEN + 900 * DAY) == []
    with pytest.raises(NotAllowedError, match="not watched any more"):
        record_look(watch, held=False, words="x", by=cast["analyst"], now=LATER)


def test_it_does_not_end_before_its_day(cast: Cast, watch: Watch) -> None:
    with pytest.raises(NotAllowedError, match="watched until 31 May 2026"):
        record_look(watch, held=True, words="It holds.", by=cast["analyst"], now=NOW + DAY)


def test_what_slid_proposes_its_reopening_and_a_person_reopens(cast: Cast, watch: Watch) -> None:
    record_look(watch, held=False, words="Calls wait again.", by=cast["analyst"], now=NOW + DAY)
    assert state_of(watch) == SLID
    assert proposed(cast, TODAY) == [
        "This has not stayed true: Calls are still answered in time. Calls wait again."
    ]
    assert now_of(watch.item).closing == "signed-off"
    with pytest.raises(NotAllowedError, match="slid already"):
        record_look(watch, held=True, words="x", next_day=THEN, by=cast["analyst"], now=NOW)
    reopen(watch.item, reason="Calls wait again.", by=cast["liaison"], now=LATER)
    assert (state_of(watch), now_of(watch.item).closing) == (ENDED, "open")
    assert proposed(cast, THEN) == []
    assert look_at_watches(day=THEN, by=BY, now=LATER) == 0


def test_or_a_person_explains_and_it_is_watched_on(cast: Cast, watch: Watch) -> None:
    with pytest.raises(NotAllowedError, match="nothing to explain"):
        explain_slide(watch, words="x", next_day=THEN, by=cast["auditor"], now=NOW)
    record_look(watch, held=False, words="x", by=cast["analyst"], now=NOW)
    with pytest.raises(NotAllowedError, match="say why"):
        explain_slide(watch, words=" ", next_day=THEN, by=cast["auditor"], now=NOW)
    with pytest.raises(PlainError, match="after today"):
        explain_slide(watch, words="x", next_day=TODAY, by=cast["auditor"], now=NOW)
    kept = explain_slide(watch, words="A strike, now over.", next_day=THEN, by=cast["auditor"], now=NOW)
    assert (kept.state, kept.due, kept.last_words) == (HOLDING, THEN, "A strike, now over.")
    assert len(proposed(cast, THEN)) == 1
    assert verify(None).problems == []


def test_that_it_held_is_not_the_owners_word(cast: Cast) -> None:
    from bluelamp.assurance.actions_delivery import allocate

    item, mine = cast.item(), cast.owner("The analyst's post", user=cast["analyst"])
    allocate(item, words="x", owner=cast.owner(), by=cast["liaison"], now=NOW)
    prove(cast, item, "reasonable")
    watch = close(cast, item).watches.get()
    Action.objects.filter(item=item).update(owner=mine)
    with pytest.raises(NotAllowedError, match="somebody else must"):
        record_look(watch, held=True, words="x", by=cast["analyst"], now=LATER)
    with pytest.raises(NotAllowedError, match="signed off; reopen it first"):
        change_owner(item.actions.get(), owner=mine, reason="x", by=cast["liaison"], now=LATER)


def test_marking_is_an_event_of_the_item(watch: Watch) -> None:
    look_at_watches(day=THEN, by=BY, now=LATER)
    event = Event.objects.order_by("-sequence")[0]
    assert (event.action, event.subject_id, event.actor) == (
        "assurance.watch_due", str(watch.item_id), "command:remind"
    )  # fmt: skip


def test_an_item_is_counted_once_however_many_reasons(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item)
    other = Wanted(kind="sample", what="Ten calls are sampled.", due=THEN)
    close(cast, item, watches=[WATCH, other])
    asked = {"viewer": cast["reader"], "day": THEN}
    assert len(find_proposed_reopenings(**asked)) == 2
    assert count_proposed_reopenings(**asked) == 1


@given(st.sampled_from([HOLDING, DUE, SLID, ENDED]), st.none() | st.dates(TODAY - 5 * DAY, TODAY + 5 * DAY))
def test_due_and_proposing_as_one_would_say_it(state: str, due: dt.date | None) -> None:
    passed = due is not None and due <= TODAY
    expected = {HOLDING: passed, DUE: True, SLID: False, ENDED: False}[state]
    assert is_due(state=state, due=due, day=TODAY) == expected
    assert proposes_reopening(state=state, due=due, day=TODAY) == (expected or state == SLID)
