"""Is signing off earned, are many signed off by one minute or none, and does a reopening keep what was signed?"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast
from tests.assurance.proofs import AUTHORITY, SEEN, WATCH, close, evidence, now_of, offer, opinions, prove
from tests.assurance.test_evidence import minutes

from bluelamp.assurance.actions_closing import (
    Closing,
    NotReadyError,
    bring_under_test,
    reopen,
    sign_off_many,
)
from bluelamp.assurance.actions_delivery import allocate
from bluelamp.assurance.actions_evidence import accept_evidence
from bluelamp.assurance.actions_opinions import give_opinion
from bluelamp.assurance.actions_responses import (
    decide_dispute,
    record_advice,
    refer_dispute,
    respond,
    set_handling,
)
from bluelamp.assurance.actions_reviews import open_review
from bluelamp.assurance.actions_watches import explain_slide
from bluelamp.assurance.models import SignOff, Watch
from bluelamp.assurance.queries_closing import (
    count_closings,
    count_proposed_reopenings,
    find_proposed_reopenings,
    find_readiness,
)
from bluelamp.assurance.watch_rules import Wanted
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.actions import index_items
from bluelamp.register.actions_links import Words, merge, split, undo_link
from bluelamp.register.models import Item, ItemLink
from bluelamp.register.queries import item_history


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def lacks_of(error: pytest.ExceptionInfo[NotReadyError]) -> dict[str, tuple[str, ...]]:
    return error.value.lacks


def test_an_item_with_all_its_policy_asks_is_signed_off(cast: Cast) -> None:
    item, document = cast.item(), minutes(cast.organisation)
    prove(cast, item)
    authority = replace(AUTHORITY, document=document, quoted="every call is logged")
    row = close(cast, item, authority=authority)
    held = now_of(item)
    assert (held.closing, held.timing, held.due) == ("signed-off", "finished", None)
    assert (row.code, row.policy, row.grade, len(row.evidence)) == ("implemented", "ordinary", "reasonable", 1)
    assert (row.citations[0]["line"], row.by_name) == (3, cast["lpb_officer"].name)
    assert [(watch.state, watch.due) for watch in row.watches.all()] == [("holding", WATCH.due)]
    assert verify(None).problems == []


def test_what_is_lacking_is_said_all_at_once(cast: Cast) -> None:
    item = cast.item()
    with pytest.raises(NotReadyError, match="accepted evidence") as error:
        close(cast, item, reason=" ", authority=replace(AUTHORITY, words=""), watches=[])
    assert len(lacks_of(error)[item.reference]) == 5
    assert now_of(item).closing == "open"


@pytest.mark.parametrize("state", ["submitted", "returned"])
def test_only_accepted_evidence_counts(cast: Cast, state: str) -> None:
    item = cast.item()
    row = offer(cast, item)
    if state == "returned":
        from bluelamp.assurance.actions_evidence import return_evidence

        return_evidence(row, reason="x", by=cast["auditor"], now=NOW)
    opinions(cast, item, "substantial")
    with pytest.raises(NotReadyError, match="accepted evidence, and has none"):
        close(cast, item)


def test_a_version_that_was_replaced_does_not_count_beside_the_new_one(cast: Cast) -> None:
    item = cast.item()
    first = evidence(cast, item)
    evidence(cast, item, replaces=first)
    opinions(cast, item, "reasonable")
    assert len(close(cast, item).evidence) == 1


def test_an_opinion_below_what_the_policy_asks_signs_nothing_off(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item, "limited")
    with pytest.raises(NotReadyError, match="reasonable or better; it is limited"):
        close(cast, item)


def test_two_opinions_where_the_policy_asks_for_two(cast: Cast) -> None:
    cause = cast.item(kind="cause_of_concern")
    prove(cast, cause, "substantial")
    with pytest.raises(NotReadyError, match="still open: 1 of 2 opinions given"):
        close(cast, cause)
    give_opinion(cause, grade="reasonable", **SEEN, by=cast["analyst"], now=NOW)
    assert close(cast, cause).policy == "high-risk"


def test_risk_that_was_raised_after_the_opinion_asks_for_another(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item)
    set_handling(item, risk="high", reviewers=2, reason="x", by=cast["liaison"], now=NOW)
    with pytest.raises(NotReadyError, match="needs 2 opinions of somebody who does not own it, and has 1"):
        close(cast, item)


def test_an_opinion_of_who_owns_the_item_by_now_does_not_count(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item)
    allocate(item, words="x", owner=cast.owner("Audit", user=cast["auditor"]), by=cast["liaison"], now=NOW)
    with pytest.raises(NotReadyError, match="has none"):
        close(cast, item)


def test_a_grade_of_before_a_change_is_no_grade(cast: Cast) -> None:
    """Signed off without proof while a review is open, then reopened: the earlier grade does not come back."""
    item = cast.item()
    prove(cast, item)
    row = offer(cast, item)
    close(cast, item, code="no-longer-applicable", watches=[])
    assert now_of(item).assurance == "untested"
    reopen(item, reason="It is applicable.", by=cast["liaison"], now=NOW)
    accept_evidence(row, by=cast["auditor"], now=NOW)
    with pytest.raises(NotReadyError, match="needs an opinion"):
        close(cast, item)


@pytest.mark.parametrize("place", ["owner", "deputy", "lead"])
def test_no_owner_signs_off_their_own_item(cast: Cast, place: str) -> None:
    item = cast.item()
    prove(cast, item)
    mine = cast.owner("The officer's post", user=cast["lpb_officer"])
    allocate(item, words="x", **{"owner": cast.owner(), place: mine}, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="somebody else must"):
        close(cast, item)


def test_the_authority_has_a_day_that_has_come_and_a_kind(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item)
    for change, said in (({"day": TODAY + DAY}, "dated after today"), ({"kind": "nod"}, "An authority is one of")):
        with pytest.raises(PlainError, match=said):
            close(cast, item, authority=replace(AUTHORITY, **change))
    document = minutes(cast.organisation)
    with pytest.raises(PlainError, match="does not stand in"):
        close(cast, item, authority=replace(AUTHORITY, document=document, quoted="nowhere"))
    with pytest.raises(PlainError, match="has one of the codes"):
        close(cast, item, code="complete")
    assert now_of(item).closing == "open"


# -- superseded, not accepted, under another point ----------------------------------------------------------


def test_a_superseded_item_names_what_supersedes_it(cast: Cast) -> None:
    old, new = cast.item(), cast.item()
    with pytest.raises(NotReadyError, match="Name the item that supersedes it"):
        close(cast, old, code="superseded", watches=[])
    with pytest.raises(NotReadyError, match="cannot supersede itself"):
        close(cast, old, code="superseded", superseded_by=old, watches=[])
    with pytest.raises(PlainError, match="Only the code"):
        close(cast, old, superseded_by=new)
    row = close(cast, old, code="superseded", superseded_by=new, watches=[])
    assert (row.superseded_by, row.grade, row.evidence) == (new, "", [])
    assert ItemLink.objects.filter(kind="supersedes", item=new, other=old, undone=None).count() == 1
    with pytest.raises(NotReadyError, match="go in a circle"):
        close(cast, new, code="superseded", superseded_by=old, watches=[])
    assert verify(None).problems == []


def test_items_signed_off_together_do_not_supersede_each_other_in_a_circle(cast: Cast) -> None:
    items = [cast.item() for _ in range(3)]
    pairs = zip(items, [*items[1:], items[0]], strict=True)
    closings = [Closing(item=a, code="superseded", reason="x", superseded_by=b) for a, b in pairs]
    with pytest.raises(PlainError, match="in a circle"):
        sign_off_many(closings, authority=AUTHORITY, by=cast["liaison"], now=NOW)
    sign_off_many(closings[:2], authority=AUTHORITY, by=cast["liaison"], now=NOW)
    assert [now_of(item).closing for item in items] == ["signed-off", "signed-off", "open"]


def test_the_parts_of_a_cause_that_was_merged_are_those_of_the_other(cast: Cast) -> None:
    cause, first, second = family(cast)
    other = cast.item("Calls are lost again.", kind="cause_of_concern")
    merge(cause, other, by=cast["liaison"], now=NOW)
    prove(cast, other, "reasonable", "reasonable")
    with pytest.raises(NotReadyError, match=f"{first.reference}, {second.reference} are not signed off"):
        close(cast, other)
    close(cast, first, code="no-longer-applicable", watches=[])
    close(cast, second, code="no-longer-applicable", watches=[])
    assert close(cast, other).policy == "high-risk"
    reopen(second, reason="x", by=cast["liaison"], now=NOW)
    asked = {"viewer": cast["reader"], "day": TODAY}
    assert [each.item for each in find_proposed_reopenings(**asked)] == [other]


def test_the_later_item_shows_what_it_supersedes_to_those_only_who_may_know(cast: Cast) -> None:
    old, new, shared = cast.item(), cast.item(), cast.item()
    Item.objects.filter(pk=shared.pk).update(organisation=None)
    for later, seen in ((new, True), (now_of(shared), False)):
        close(cast, old, code="superseded", superseded_by=later, watches=[])
        shown = repr(item_history(later, viewer=cast["reader"]))
        assert (old.reference in shown) == seen
        reopen(old, reason="x", by=cast["liaison"], now=NOW)
    index_items([now_of(shared)])


def test_what_supersedes_is_seen_by_who_signs_off(cast: Cast) -> None:
    theirs = make_cast("XYZ").item()
    with pytest.raises(NotAllowedError, match="no such item"):
        close(cast, cast.item(), code="superseded", superseded_by=theirs, watches=[])


def test_not_accepted_is_decided_first(cast: Cast) -> None:
    item = cast.item()
    with pytest.raises(NotReadyError, match="decided, and upheld"):
        close(cast, item, code="not-accepted", watches=[])
    respond(item, answer="disputed", reason="The figures are wrong.", by=cast["liaison"], now=NOW)
    prove(cast, item)
    with pytest.raises(NotReadyError, match="dispute is not decided"):
        close(cast, item)
    refer_dispute(item, committee="Joint audit committee", by=cast["liaison"], now=NOW)
    record_advice(item, advice="Uphold.", cited="Minute 4", day=TODAY, by=cast["committee_member"], now=NOW)
    decision = {"upheld": True, "decided_by_role": "chief-officer", "cited": "Notice 7", "day": TODAY}
    decide_dispute(item, **decision, reason="They are.", by=cast["lpb_officer"], now=NOW)
    assert close(cast, item, code="not-accepted", watches=[]).code == "not-accepted"


def family(cast: Cast) -> tuple[Item, Item, Item]:
    cause = cast.item("Calls are lost.", kind="cause_of_concern")
    first, second = (cast.item(f"Answer them {n}.", kind="recommendation") for n in (1, 2))
    Item.objects.filter(pk__in=[first.pk, second.pk]).update(parent=cause)
    return cause, now_of(first), now_of(second)


def test_a_cause_of_concern_comes_after_its_recommendations(cast: Cast) -> None:
    cause, first, second = family(cast)
    for item in (cause, first, second):
        prove(cast, item, "reasonable", "reasonable")
    with pytest.raises(NotReadyError, match=f"{first.reference}, {second.reference} are not signed off"):
        close(cast, cause)
    assert close(cast, first).policy == "high-risk"
    Item.objects.filter(pk=second.pk).update(closing="closed-elsewhere")
    with pytest.raises(NotReadyError, match=f"{second.reference} is not signed off"):
        close(cast, cause)
    Item.objects.filter(pk=second.pk).update(closing="open")
    close(cast, second)
    close(cast, cause)


def test_one_minute_signs_off_a_cause_with_its_recommendations(cast: Cast) -> None:
    items = family(cast)
    for item in items:
        prove(cast, item, "reasonable", "reasonable")
    closings = [Closing(item=item, code="implemented", reason="x", watches=(WATCH,)) for item in items]
    rows = sign_off_many(closings, authority=AUTHORITY, by=cast["liaison"], now=NOW)
    assert [row.item for row in rows] == list(items), "in the order they were asked for"
    assert {now_of(item).closing for item in items} == {"signed-off"}


def test_many_are_signed_off_or_none_and_each_says_what_it_lacks(cast: Cast) -> None:
    ready, bare, signed = cast.item(), cast.item(), cast.item()
    for item in (ready, signed):
        prove(cast, item)
    close(cast, signed)
    closings = [
        Closing(item=item, code="implemented", reason="x", watches=(WATCH,)) for item in (ready, bare, signed)
    ]
    events = Event.objects.count()
    with pytest.raises(NotReadyError, match="Nothing was signed off") as error:
        sign_off_many(closings, authority=AUTHORITY, by=cast["liaison"], now=NOW)
    assert set(lacks_of(error)) == {bare.reference, signed.reference}
    assert len(lacks_of(error)[bare.reference]) == 2
    assert now_of(ready).closing == "open"
    assert Event.objects.count() == events
    with pytest.raises(PlainError, match="there twice"):
        sign_off_many(closings[:1] * 2, authority=AUTHORITY, by=cast["liaison"], now=NOW)
    with pytest.raises(PlainError, match="at least one"):
        sign_off_many([], authority=AUTHORITY, by=cast["liaison"], now=NOW)


def test_many_are_looked_at_in_few_queries(
    cast: Cast, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    items = [cast.item() for _ in range(30)]
    closings = [Closing(item=item, code="no-longer-applicable", reason="x") for item in items]
    with django_assert_max_num_queries(30 + 3 * len(items)):  # type: ignore[operator]
        sign_off_many(closings, authority=AUTHORITY, by=cast["liaison"], now=NOW)


def test_what_is_lacking_can_be_asked_before(cast: Cast) -> None:
    ready, bare = cast.item(), cast.item()
    prove(cast, ready)
    found = find_readiness([ready, bare], viewer=cast["reader"])
    assert found[ready.reference].lacks == ()
    assert len(found[bare.reference].lacks) == 2
    assert find_readiness([ready], viewer=make_cast("XYZ")["liaison"]) == {}


# -- reopening, and what was closed elsewhere ---------------------------------------------------------------


def test_reopening_keeps_the_first_sign_off_and_tests_anew(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item)
    first = close(cast, item)
    with pytest.raises(NotAllowedError, match="say why"):
        reopen(item, reason="", by=cast["auditor"], now=NOW)
    reopen(item, reason="Calls wait again.", by=cast["auditor"], now=NOW + DAY)
    kept = SignOff.objects.get(pk=first.pk)
    assert (kept.reason, kept.made, kept.reopened, kept.reopened_reason) == (
        first.reason, NOW, NOW + DAY, "Calls wait again."
    )  # fmt: skip
    assert (now_of(item).closing, now_of(item).assurance) == ("open", "testing")
    assert Watch.objects.get(item=item).state == "ended"
    with pytest.raises(NotReadyError, match="review of this item is still open"):
        close(cast, item)
    opinions(cast, item, "reasonable")
    close(cast, item, now=NOW + DAY)
    assert item.sign_offs.count() == 2
    assert verify(None).problems == []


def test_a_cause_whose_recommendation_is_reopened_proposes_its_own(cast: Cast) -> None:
    items = family(cast)
    for item in items:
        prove(cast, item, "reasonable", "reasonable")
    closings = [Closing(item=item, code="implemented", reason="x", watches=(WATCH,)) for item in items]
    sign_off_many(closings, authority=AUTHORITY, by=cast["liaison"], now=NOW)
    asked = {"viewer": cast["reader"], "day": TODAY}
    assert find_proposed_reopenings(**asked) == []
    reopen(items[1], reason="x", by=cast["liaison"], now=NOW)
    (proposed,) = find_proposed_reopenings(**asked)
    assert proposed.item == items[0]
    assert proposed.why == (f"This has not stayed true: {items[1].reference} stays signed off. It was reopened: x")
    assert count_proposed_reopenings(**asked) == 1
    opinions(cast, items[1], "reasonable", "reasonable")
    close(cast, items[1])
    assert find_proposed_reopenings(**asked) == [], "signed off again"
    reopen(items[2], reason="y", by=cast["liaison"], now=NOW)
    explain_slide(
        find_proposed_reopenings(**asked)[0].watch,
        words="Soon.",
        next_day=TODAY + DAY,
        by=cast["auditor"],
        now=NOW,
    )
    assert find_proposed_reopenings(**asked) == []
    assert len(find_proposed_reopenings(viewer=cast["reader"], day=TODAY + DAY)) == 1, "and looked at again"


def test_what_was_closed_elsewhere_is_counted_apart_and_can_be_tested_here(cast: Cast) -> None:
    item, signed, _ = cast.item(), cast.item(), cast.item()
    Item.objects.filter(pk=item.pk).update(closing="closed-elsewhere", delivery="delivered")
    prove(cast, signed)
    close(cast, signed)
    counted = count_closings(viewer=cast["reader"])
    assert counted == {"open": 1, "signed-off": 1, "closed-elsewhere": 1}
    assert not item.sign_offs.exists()
    with pytest.raises(NotAllowedError, match="closed elsewhere, not tested here"):
        open_review(item, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="You cannot sign the item off"):
        close(cast, item)
    bring_under_test(item, reason="The committee asks.", by=cast["auditor"], now=NOW)
    assert (now_of(item).closing, now_of(item).assurance, now_of(item).delivery) == (
        "open",
        "untested",
        "delivered",
    )
    prove(cast, item)
    close(cast, item)


def test_a_sign_off_names_a_watch_that_can_slide(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item)
    wrong = (
        Wanted(kind="hope", what="x"),
        Wanted(kind="date", what=" ", due=TODAY + DAY),
        Wanted(kind="date", what="x"),
        Wanted(kind="sample", what="x"),
        Wanted(kind="date", what="x", due=TODAY),
        Wanted(kind="indicator", what="x", indicator="999 in 10 s"),
        Wanted(kind="indicator", what="x", indicator="999 in 10 s", limit="90%", direction="about"),
    )
    for watch in wrong:
        with pytest.raises(PlainError):
            close(cast, item, watches=[watch])
    indicator = Wanted(kind="indicator", what="x", indicator="999 in 10 s", limit="90%", direction="at-least")
    sample = Wanted(kind="sample", what="y", due=TODAY + 30 * DAY)
    row = close(cast, item, watches=[indicator, sample, WATCH])
    days = dict(row.watches.values_list("kind", "due"))
    assert days == {"indicator": TODAY + 91 * DAY, "sample": TODAY + 30 * DAY, "date": WATCH.due}


# -- words ------------------------------------------------------------------------------------------------


def test_the_words_of_what_was_tested_are_not_split_away(cast: Cast) -> None:
    item, part, rest = cast.item(), Words(title="Answer calls."), Words(title="Log them.")
    split(item, [part], stays=rest, by=cast["liaison"], now=NOW)
    link = ItemLink.objects.get(kind="split", other=item)
    opinions(cast, item, "reasonable")
    for words in ({"stays": part}, {}):
        refused = pytest.raises(NotAllowedError, match="tested or signed off as it stands")
        with refused if words else nullcontext():
            split(item, [part], **words, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="tested or signed off as it stands"):
        undo_link(link, by=cast["liaison"], now=NOW)
