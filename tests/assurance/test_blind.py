"""Does a reviewer learn anything of the other's opinion before both have given theirs?

Two worlds that differ only in what the first reviewer said, and in who it was, must look the same to everybody
else: every page, export, history, trail, snapshot and count.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast
from tests.assurance.proofs import now_of, offer

from bluelamp.assurance.actions_evidence import return_evidence
from bluelamp.assurance.actions_opinions import Audit, give_opinion, record_audit_test
from bluelamp.assurance.actions_responses import set_handling
from bluelamp.assurance.actions_reviews import open_review
from bluelamp.assurance.models import AuditTest, Evidence, Opinion, Review
from bluelamp.assurance.queries import find_answering
from bluelamp.assurance.queries_closing import count_closings, find_readiness
from bluelamp.assurance.queries_record import snapshot_of
from bluelamp.assurance.queries_testing import find_audit_tests, find_opinions, find_testing
from bluelamp.desk.events import make_event_lines
from bluelamp.ledger.models import Event
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.organisations.visibility import Viewer
from bluelamp.register.models import Item
from bluelamp.register.queries import item_history

SECRET = "Quokkas"
"""What only the first reviewer's opinion says."""
SOURCE = Path(__file__).resolve().parents[2] / "src" / "bluelamp"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def item(cast: Cast) -> Item:
    """Two opinions are asked for, and none is given."""
    made = cast.item()
    set_handling(made, risk="ordinary", reviewers=2, reason="It matters.", by=cast["liaison"], now=NOW)
    offer(cast, made)
    open_review(made, by=cast["liaison"], now=NOW)
    return made


First = Callable[[Cast, Item], object]


def says(grade: str, role: str = "auditor") -> First:
    def give(cast: Cast, item: Item) -> object:
        seen = list(Evidence.objects.filter(item=item)) if grade == "none" else []
        told = {"grade": grade, "looked_at": f"{SECRET} and {grade}", "words": f"{SECRET}, {role}"}
        return give_opinion(item, **told, evidence_seen=seen, by=cast[role], now=NOW)

    return give


def audits(passed: int) -> First:
    def record(cast: Cast, item: Item) -> object:
        audit = Audit(title=f"{SECRET} of {passed}", tested_on=TODAY, sample=30, passed=passed)
        told = {"grade": "limited", "looked_at": SECRET}
        return record_audit_test([item], audit=audit, **told, by=cast["auditor"], now=NOW)

    return record


WORLDS = {
    "the auditor says substantial": says("substantial"),
    "the auditor says none": says("none"),
    "a committee member says limited": says("limited", "committee_member"),
    "an officer says reasonable": says("reasonable", "lpb_officer"),
    "an audit test passes": audits(30),
    "an audit test fails": audits(1),
}
ADDRESSES = (
    "/",
    "/register",
    "/register?assurance=testing",
    "/register?assurance=none",
    f"/register?words={SECRET.lower()}",
    "/register.csv",
    "/audit-trail",
    f"/search?q={SECRET.lower()}",
    "/documents",
    "/forces",
    "/rounds",
)
STEPS = ("opinion", "evidence", "open-review", "sign-off", "reopen")
_PASSING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


def look_at_pages(viewer: User, item: Item) -> dict[str, bytes]:
    client = Client()
    client.force_login(viewer)
    own = f"/register/{item.reference}"
    found = {}
    for address in (*ADDRESSES, own, *(f"{own}/step/{slug}" for slug in STEPS)):
        response = client.get(address)
        assert response.status_code == 200, address
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[address] = _PASSING.sub(b"", body)
    return found


def ask(viewer: Viewer, item: Item) -> dict[str, Any]:
    """What every query that knows of testing gives, as plain words."""
    lines = make_event_lines(Event.objects.order_by("sequence"), viewer=viewer)
    testing = find_testing(item, viewer=viewer)
    snapshots = [
        repr(snapshot_of([item.pk], viewer=viewer, day=TODAY, today=today, with_remarks=True))
        for today in (TODAY, TODAY + DAY)
    ]
    return {
        "item": {field.name: getattr(now_of(item), field.attname) for field in Item._meta.concrete_fields},
        "reviews": [(each.said, each.opinions, each.mine, each.steps_apart) for each in testing.reviews],
        "opinions": list(find_opinions(viewer=viewer)),
        "audit tests": list(find_audit_tests(viewer=viewer)),
        "history": repr(item_history(item, viewer=viewer)),
        "trail": [(line.who, line.said, line.about, line.address) for line in lines if line.about != SECRET],
        "answering": repr(find_answering(item, viewer=viewer)),
        "readiness": find_readiness([item], viewer=viewer),
        "closings": count_closings(viewer=viewer),
        "snapshots": [re.sub(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b|digest=\S+", "", words) for words in snapshots],
    }


def in_world(cast: Cast, item: Item, first: First, viewer: Viewer, *, pages: bool) -> dict[str, Any]:
    """What the viewer sees after the first opinion; then it was never given."""
    saved = transaction.savepoint()
    try:
        first(cast, item)
        seen = ask(viewer, item)
        return seen | (look_at_pages(viewer, item) if pages and viewer else {})
    finally:
        transaction.savepoint_rollback(saved)


@pytest.mark.parametrize("role", ["analyst", "administrator", "liaison", "owner", "reader", "the operator"])
def test_every_world_looks_the_same_to_the_other_reviewer(cast: Cast, item: Item, role: str) -> None:
    viewer = None if role == "the operator" else cast[role]
    before = ask(viewer, item)
    seen = {name: in_world(cast, item, first, viewer, pages=True) for name, first in WORLDS.items()}
    # A test is an event beside its opinion, so its trail is one line longer; it too has no name on it.
    trails = {name: world.pop("trail") for name, world in seen.items()}
    pages = {name: world.pop("/audit-trail", b"") for name, world in seen.items()}
    first, *others = seen.values()
    for other in others:
        assert {key for key in first if first[key] != other[key]} == set()
    assert [said for said, *_ in first["reviews"]] == ["1 of 2 given"]
    assert first["opinions"] == []
    assert SECRET not in repr(first)
    for name in WORLDS:
        assert set(trails[name]) - set(before["trail"]) == {
            ("A reviewer", "gave an opinion, not shown until all are given", "", "")
        }
        assert SECRET.encode() not in pages[name]


def test_the_giver_sees_their_own(cast: Cast, item: Item) -> None:
    given_ = says("substantial")(cast, item)
    view = find_testing(item, viewer=cast["auditor"]).reviews[0]
    assert (view.opinions, view.mine, view.disclosed) == ((given_,), given_, False)


def test_when_both_are_given_everybody_who_sees_the_item_reads_them(cast: Cast, item: Item) -> None:
    audits(30)(cast, item)
    says("substantial", "analyst")(cast, item)
    view = find_testing(item, viewer=cast["reader"]).reviews[0]
    assert {each.grade for each in view.opinions} == {"limited", "substantial"}
    assert (view.review.grade, view.steps_apart, view.far_apart) == ("limited", 2, True)
    assert find_audit_tests(viewer=cast["reader"]).count() == 1
    closing = next(each for each in item_history(item, viewer=cast["reader"]) if "closed" in each.action)
    assert {each["by"]: each["grade"] for each in closing.note["opinions"]} == {
        cast["auditor"].name: "limited",
        cast["analyst"].name: "substantial",
    }
    lines = make_event_lines(Event.objects.all(), viewer=cast["reader"])
    assert "A reviewer" not in {line.who for line in lines}


def test_another_organisation_learns_nothing_even_then(cast: Cast, item: Item) -> None:
    audits(30)(cast, item)
    says("substantial", "analyst")(cast, item)
    stranger = make_cast("XYZ")["administrator"]
    stranger.role = "auditor"
    assert find_testing(item, viewer=stranger).reviews == ()
    assert not find_opinions(viewer=stranger).exists()
    assert not find_audit_tests(viewer=stranger).exists()
    assert not [line for line in make_event_lines(Event.objects.all(), viewer=stranger) if "opinion" in line.said]


def test_opinions_are_read_in_few_places() -> None:
    """A page or a paper that read them by itself would have to know when they are blind."""
    reads = re.compile(r"\bOpinion\.objects|\bAuditTest\.objects|\.opinions\.|assurance_opinion")
    allowed = {
        "assurance/queries_testing.py",  # the way out
        "assurance/queries_record.py",  # of a past day, by the same rule
        "assurance/snapshot.py",  # reads what the former gives it
        "assurance/closing_proofs.py",  # counts them
        "assurance/actions_opinions.py",
        "assurance/actions_reviews.py",
        "assurance/queries_waiting.py",  # has the person who looks given theirs?
        "desk/item_answering.py",  # has the person who looks given theirs?
    }
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and reads.search(path.read_text(encoding="utf-8"))
    }
    assert found - allowed == set()


# -- whatever happens ---------------------------------------------------------------------------------------

GIVERS = ("auditor", "analyst", "committee_member", "administrator")
moves = st.one_of(
    st.tuples(st.just("opinion"), st.sampled_from(GIVERS), st.sampled_from(["substantial", "limited", "none"])),
    st.tuples(st.just("audit"), st.sampled_from(["auditor", "administrator"]), st.sampled_from(["limited"])),
    st.tuples(st.sampled_from(["evidence", "return", "review", "handling"]), st.just(""), st.just("")),
)


def move(cast: Cast, item: Item, kind: str, role: str, grade: str, number: int) -> None:
    told = {"grade": grade, "looked_at": f"<{number}>", "words": f"<{number}>"}
    if kind == "opinion":
        give_opinion(item, **told, by=cast[role], now=NOW)
    elif kind == "audit":
        audit = Audit(title=f"<{number}>", tested_on=TODAY)
        record_audit_test([item], audit=audit, **told, by=cast[role], now=NOW)
    elif kind == "evidence":
        offer(cast, item)
    elif kind == "return":
        row = Evidence.objects.exclude(state="returned").first()
        if row:
            return_evidence(row, reason="x", by=cast["auditor"], now=NOW)
    elif kind == "review":
        open_review(item, reason="x", by=cast["liaison"], now=NOW)
    else:
        set_handling(item, risk="high", reviewers=2, reason="It matters.", by=cast["liaison"], now=NOW)


def slowly_hidden(viewer: Viewer) -> set[str]:
    """The marks of opinions that the viewer must not know, found row by row."""
    marks = set()
    for opinion in Opinion.objects.select_related("review"):
        told = False
        for review in Review.objects.filter(item=opinion.item_id):
            if review.number >= opinion.review.number and review.grade:
                told = True
        if not told and (viewer is None or opinion.by != viewer.ledger_name):
            marks.add(opinion.looked_at)
    return marks


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(moves, max_size=9))
def test_no_sequence_of_steps_shows_an_opinion_too_early(cast: Cast, plan: list[tuple[str, str, str]]) -> None:
    saved = transaction.savepoint()
    try:
        item = cast.item()
        set_handling(item, risk="ordinary", reviewers=2, reason="It matters.", by=cast["liaison"], now=NOW)
        for number, (kind, role, grade) in enumerate(plan):
            try:
                move(cast, item, kind, role, grade, number)
            except PlainError:
                continue
            for viewer in (cast["auditor"], cast["analyst"], cast["administrator"], None):
                hidden = slowly_hidden(viewer)
                seen = ask(viewer, item)
                shown = {row.looked_at for row in seen["opinions"]}
                every = set(Opinion.objects.values_list("looked_at", flat=True))
                assert shown == every - hidden
                assert {test.title for test in seen["audit tests"]} == {
                    test.title for test in AuditTest.objects.all() if test.title not in hidden
                }
                told = repr((seen["history"], seen["answering"], seen["trail"], seen["snapshots"]))
                assert not [mark for mark in hidden if mark in told]
                for _, opinions, *_ in seen["reviews"]:
                    assert not {row.looked_at for row in opinions} & hidden
    finally:
        transaction.savepoint_rollback(saved)
