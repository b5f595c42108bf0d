"""How trackers fail in practice: can any of it happen here?

Each failure was seen in public minutes (DOMAIN.md, "How trackers fail in practice"). Each has its tests here,
named after it, and `FAILURES` holds the list so that none is forgotten.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from django.test import Client
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast
from tests.assurance.proofs import AUTHORITY, WATCH, close, evidence, now_of, offer, opinions, prove, put
from tests.assurance.test_evidence import minutes
from tests.assurance.walks import Move, walk

from bluelamp.assurance.actions_closing import NotReadyError, reopen
from bluelamp.assurance.actions_delivery import (
    Said,
    allocate,
    answer,
    ask_new_date,
    begin,
    change_owner,
    decide_new_date,
    deliver,
)
from bluelamp.assurance.actions_evidence import accept_evidence
from bluelamp.assurance.actions_responses import (
    comment,
    decide_dispute,
    note_position,
    record_advice,
    refer_dispute,
    respond,
)
from bluelamp.assurance.actions_watches import look_at_watches, record_look
from bluelamp.assurance.models import Action, Answer, SignOff
from bluelamp.assurance.queries import find_comments
from bluelamp.assurance.queries_closing import count_closings, find_proposed_reopenings
from bluelamp.assurance.queries_record import snapshot_of
from bluelamp.desk.events import make_event_lines
from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.actions_links import merge, say_same
from bluelamp.register.facets import find_counts
from bluelamp.register.links import find_answered_here, find_carriers
from bluelamp.register.models import Item
from bluelamp.register.queries import item_history

FAILURES = {
    "counts typed by hand and wrong": "counts_typed_by_hand",
    "an owner change that silently moved a date": "an_owner_change_moved_a_date",
    "items closed on the owner's word": "closed_on_the_owners_word",
    "complete with no sustained period": "complete_with_no_sustained_period",
    "dates overwritten": "dates_overwritten",
    "disputed findings with no route": "disputed_findings_with_no_route",
    "internal remarks leaked in public exports": "internal_remarks_leaked",
    "draft minutes leaked into public agendas": "drafts_leaked",
    "the same finding answered three times": "the_same_finding_answered_three_times",
    "statuses that do not say who says so": "one_status_for_three_speakers",
}


def test_every_failure_has_a_test_named_after_it() -> None:
    tests = [name for name in globals() if name.startswith("test_never_")]
    untested = [failure for failure, words in FAILURES.items() if not [t for t in tests if words in t]]
    assert untested == []


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def owned(cast: Cast, item: Item, **said: object) -> Action:
    """An action of the owner in person."""
    told = {"words": "x", "owner": cast.owners["The owner in person"], **said}
    return allocate(item, **told, by=cast["liaison"], now=NOW)  # type: ignore[arg-type]


# -- counts typed by hand and wrong -------------------------------------------------------------------------


def test_never_counts_typed_by_hand(cast: Cast) -> None:
    """In progress, awaiting allocation, signed off, closed: each number is a count of rows, and they add up."""
    items = [cast.item(f"Point {n}.") for n in range(6)]
    begin(owned(cast, items[1]), by=cast["owner"], now=NOW)
    for item in items[2:4]:
        deliver(owned(cast, item), claim="Done.", day=TODAY, by=cast["owner"], now=NOW)
    for item in items[3:5]:
        prove(cast, item)
        close(cast, item)
    merge(items[5], items[0], by=cast["liaison"], now=NOW)
    counts = find_counts(viewer=cast["reader"], today=TODAY)
    rows = list(Item.objects.filter(merged_into=None))
    assert len(rows) == 5
    for fact in ("response", "delivery", "assurance", "position", "closing"):
        shown = {choice.value: choice.count for choice in counts.facets[fact]}
        assert shown == Counter(getattr(row, fact) for row in rows), fact
        assert sum(shown.values()) == counts.total == len(rows), f"{fact} cross-foots"


# -- an owner change that silently moved a date -------------------------------------------------------------


def test_never_an_owner_change_moved_a_date(cast: Cast) -> None:
    action = owned(cast, cast.item(), target=TODAY + 10 * DAY)
    before = now_of(action.item)
    changed = change_owner(action, owner=cast.owner(), reason="Moved on.", by=cast["liaison"], now=NOW + DAY)
    assert (changed.original_target, changed.current_target) == (TODAY + 10 * DAY, TODAY + 10 * DAY)
    after = now_of(action.item)
    assert (after.original_target, after.current_target, after.due, after.timing) == (
        before.original_target, before.current_target, before.due, before.timing
    )  # fmt: skip


def test_never_an_owner_change_moved_a_date_because_no_step_changes_both(cast: Cast) -> None:
    """Of all events, only an agreed date changes a target, and it changes no owner."""
    item = cast.item()
    action = owned(cast, item, target=TODAY + 10 * DAY)
    asked = ask_new_date(action, day=TODAY + 40 * DAY, reason="Late.", by=cast["owner"], now=NOW)
    change_owner(action, owner=cast.owner(), reason="x", by=cast["liaison"], now=NOW)
    assert Action.objects.get().current_target == TODAY + 10 * DAY, "asked for is not agreed"
    decide_new_date(asked, agreed=True, by=cast["liaison"], now=NOW)
    moved = [
        each.action
        for each in item_history(item, viewer=cast["reader"])
        if {change.column for change in each.changes} & {"current_target", "due"}
    ]
    assert moved == ["assurance.date_agreed", "assurance.allocated"]


# -- items closed on the owner's word -----------------------------------------------------------------------


def test_never_closed_on_the_owners_word(cast: Cast) -> None:
    item = cast.item()
    deliver(owned(cast, item), claim="All done, please close.", day=TODAY, by=cast["owner"], now=NOW)
    answer([Said(item=item, words="Complete.", delivery="delivered")], via="desk", by=cast["owner"], now=NOW)
    held = now_of(item)
    assert (held.delivery, held.assurance, held.closing) == ("delivered", "untested", "open")
    with pytest.raises(NotReadyError, match=r"accepted evidence.*somebody who does not own it"):
        close(cast, item)


def test_never_closed_on_the_owners_word_by_another_name(cast: Cast) -> None:
    """Not by accepting their own evidence, nor by an opinion of their own, nor after handing the action over."""
    item, mine = cast.item(), cast.owner("The officer's post", user=cast["lpb_officer"])
    action = allocate(item, words="x", owner=mine, by=cast["liaison"], now=NOW)
    deliver(action, claim="Done.", day=TODAY, by=cast["lpb_officer"], now=NOW)
    plan = [Move("offer", "lpb_officer"), Move("accept", "lpb_officer"), Move("review", "lpb_officer"),
            Move("opine", "lpb_officer"), Move("close", "lpb_officer", 4)]  # fmt: skip
    assert [move.name for move in walk(cast, item, plan)] == ["offer", "review"]
    change_owner(action, owner=cast.owner(), reason="x", by=cast["lpb_officer"], now=NOW)
    assert [move.name for move in walk(cast, item, plan)] == ["offer"]
    assert now_of(item).closing == "open"


# -- "complete" with no sustained period --------------------------------------------------------------------


def test_never_complete_with_no_sustained_period(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item)
    with pytest.raises(NotReadyError, match="Say what should stay true"):
        close(cast, item, watches=[])
    watch = close(cast, item).watches.get()
    with pytest.raises(NotAllowedError, match="watched until"):
        record_look(watch, held=True, words="Still true.", by=cast["analyst"], now=NOW + DAY)
    later = WATCH.due or TODAY
    look_at_watches(day=later, by=Operator("remind"), now=NOW + 90 * DAY)
    assert [each.item for each in find_proposed_reopenings(viewer=cast["reader"], day=later)] == [item]
    record_look(watch, held=False, words="It slid.", by=cast["analyst"], now=NOW + 91 * DAY)
    reopen(item, reason="It slid.", by=cast["liaison"], now=NOW + 92 * DAY)
    assert SignOff.objects.get(item=item).reopened, "and the first sign-off is kept"


# -- dates overwritten --------------------------------------------------------------------------------------


def test_never_dates_overwritten(cast: Cast) -> None:
    action = owned(cast, cast.item(), target=TODAY + 10 * DAY)
    for days in (40, 70):
        asked = ask_new_date(action, day=TODAY + days * DAY, reason=f"{days}", by=cast["owner"], now=NOW)
        decide_new_date(asked, agreed=True, by=cast["liaison"], now=NOW)
    held = now_of(action.item)
    assert (held.original_target, held.current_target) == (TODAY + 10 * DAY, TODAY + 70 * DAY)
    kept = [(each.before, each.after, each.reason) for each in action.target_changes.order_by("after")]
    assert kept == [
        (TODAY + 10 * DAY, TODAY + 40 * DAY, "40"),
        (TODAY + 40 * DAY, TODAY + 70 * DAY, "70"),
    ]


def test_never_dates_overwritten_by_a_new_action(cast: Cast) -> None:
    item = cast.item()
    owned(cast, item, target=TODAY + 10 * DAY)
    owned(cast, item, target=TODAY + 90 * DAY)
    assert now_of(item).original_target == TODAY + 10 * DAY


# -- disputed findings with no route ------------------------------------------------------------------------


def test_never_disputed_findings_with_no_route(cast: Cast) -> None:
    """Disputed, referred, advised on, decided by somebody cited: each in its turn, and only then not accepted."""
    item = cast.item()
    respond(item, answer="disputed", reason="The figures are wrong.", by=cast["liaison"], now=NOW)
    with pytest.raises(NotReadyError, match="decided, and upheld"):
        close(cast, item, code="not-accepted", watches=[])
    advised = {"advice": "Uphold it.", "cited": "Minute 4", "day": TODAY, "now": NOW}
    with pytest.raises(NotAllowedError, match="refer the dispute"):
        record_advice(item, **advised, by=cast["committee_member"])
    refer_dispute(item, committee="Joint audit committee", by=cast["liaison"], now=NOW)
    decided = {"upheld": True, "decided_by_role": "chief-officer", "day": TODAY, "reason": "x", "now": NOW}
    with pytest.raises(NotAllowedError, match="advice is not recorded"):
        decide_dispute(item, **decided, cited="Notice 7", by=cast["lpb_officer"])
    record_advice(item, **advised, by=cast["committee_member"])
    with pytest.raises(NotAllowedError, match="for the roles"):
        decide_dispute(item, **decided, cited="Notice 7", by=cast["committee_member"])
    decide_dispute(item, **decided, cited="Notice 7", by=cast["lpb_officer"])
    assert close(cast, item, code="not-accepted", watches=[]).code == "not-accepted"


# -- internal remarks leaked in public exports --------------------------------------------------------------


def test_never_internal_remarks_leaked(cast: Cast) -> None:
    """In no export, history, trail, search or paper; on the item's page for the writer's own organisation only."""
    item, secret = cast.item(), "The superintendent is difficult."
    put(item, organisation=None)  # everybody sees the item
    comment(item, words=secret, by=cast["liaison"], now=NOW)
    stranger = make_cast("XYZ")["liaison"]
    assert not find_comments(viewer=stranger).exists()
    assert find_comments(viewer=cast["reader"]).exists()
    for viewer in (stranger, cast["reader"]):
        client = Client()
        client.force_login(viewer)
        for address in (
            "/register.csv",
            "/audit-trail",
            "/search?q=superintendent",
            "/register",
        ):
            response = client.get(address)
            assert response.status_code == 200, address
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert b"difficult" not in body, address
        page = client.get(f"/register/{item.reference}").content.decode()
        assert item.title in page
        assert (secret in page) == (viewer == cast["reader"])
        assert secret not in repr(item_history(item, viewer=viewer))
        assert secret not in repr(make_event_lines(Event.objects.all(), viewer=viewer))
        for day in (TODAY, TODAY + DAY):
            assert secret not in repr(snapshot_of([item.pk], viewer=viewer, day=TODAY, today=day))
            asked = snapshot_of([item.pk], viewer=viewer, day=TODAY, today=day, with_remarks=True)
            assert (secret in repr(asked)) == (viewer == cast["reader"])


# -- draft minutes leaked into public agendas ---------------------------------------------------------------


def test_never_drafts_leaked_by_citing_them(cast: Cast) -> None:
    """What one organisation holds is quoted nowhere that others read: not as evidence, not as an authority."""
    draft, item = minutes(cast.organisation), cast.item()
    put(item, organisation=None)
    prove(cast, item)
    authority = replace(AUTHORITY, document=draft, quoted="every call is logged")
    with pytest.raises(NotAllowedError, match="held by one organisation alone"):
        close(cast, item, authority=authority)
    assert close(cast, item, authority=replace(authority, document=None, quoted="")).citations == []


# -- the same finding answered three times ------------------------------------------------------------------


def test_never_the_same_finding_answered_three_times(cast: Cast) -> None:
    """A letter, a report and a national report make one point: one item carries the answer for all."""
    letter, report, national = (cast.item("Calls are answered late.") for _ in range(3))
    merge(letter, report, by=cast["liaison"], now=NOW)
    say_same(report, national, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="merged into another"):
        respond(letter, answer="accepted", by=cast["liaison"], now=NOW)
    assert find_carriers([report], viewer=cast["reader"]) == {report.pk: national}
    assert list(find_answered_here(national, viewer=cast["reader"])) == [report]
    answered = Answer.objects.filter(item=letter)
    assert not answered.exists()


# -- statuses that work keep apart who says so --------------------------------------------------------------


def test_never_one_status_for_three_speakers(cast: Cast) -> None:
    """The owner's delivered, the tester's grade, the inspectorate's closed: each is said by its speaker alone."""
    item = cast.item()
    facts = ("delivery", "assurance", "position", "closing")

    def stands() -> tuple[str, ...]:
        return tuple(getattr(now_of(item), fact) for fact in facts)

    deliver(owned(cast, item), claim="Done.", day=TODAY, by=cast["owner"], now=NOW)
    assert stands() == ("delivered", "untested", "not-stated", "open")
    note_position(item, position="closed", day=TODAY, said_in="Its letter", by=cast["liaison"], now=NOW)
    assert stands() == ("delivered", "untested", "closed", "open")
    accept_evidence(offer(cast, item), by=cast["auditor"], now=NOW)
    opinions(cast, item, "reasonable")
    assert stands() == ("delivered", "reasonable", "closed", "open")
    close(cast, item)
    assert stands() == ("delivered", "reasonable", "closed", "signed-off")


def test_never_one_status_for_three_speakers_counts_what_was_closed_elsewhere_apart(cast: Cast) -> None:
    foreign, ours = cast.item(), cast.item()
    put(foreign, closing="closed-elsewhere", delivery="delivered")
    evidence(cast, ours)
    opinions(cast, ours, "reasonable")
    close(cast, ours)
    assert count_closings(viewer=cast["reader"]) == {"signed-off": 1, "closed-elsewhere": 1}
    assert not SignOff.objects.filter(item=foreign).exists()
