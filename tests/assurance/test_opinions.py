"""Is an opinion given by somebody independent, graded, and the lowest of all that were asked for?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast
from tests.assurance.proofs import SEEN, evidence, now_of, offer, opinions, prove

from bluelamp.assurance.actions_delivery import Said, allocate, answer, change_owner, deliver, take_up_again
from bluelamp.assurance.actions_opinions import Audit, give_opinion, record_audit_test
from bluelamp.assurance.actions_responses import set_handling
from bluelamp.assurance.actions_reviews import open_review
from bluelamp.assurance.models import AuditTest, Opinion
from bluelamp.assurance.opinion_rules import (
    ReviewEnd,
    check_opinion,
    check_sample,
    count_steps_apart,
    find_lowest,
    is_disclosed,
    say_sample,
)
from bluelamp.assurance.queries_testing import find_testing, say_test
from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item

GRADES = ("substantial", "reasonable", "limited", "none")
AUDIT = Audit(title="Calls, spring", tested_on=TODAY, sample=30, passed=28, population=412)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def two(cast: Cast, item: Item) -> Item:
    """An item that asks for two opinions."""
    set_handling(item, risk="ordinary", reviewers=2, reason="It matters.", by=cast["liaison"], now=NOW)
    return item


def test_one_opinion_closes_a_review_that_wants_one(cast: Cast) -> None:
    item = cast.item()
    opinions(cast, item, "limited")
    assert now_of(item).assurance == "limited"
    review = item.reviews.get()
    assert (review.number, review.wanted, review.grade, review.closed) == (1, 1, "limited", NOW)
    assert verify(None).problems == []


def test_the_lowest_of_two_opinions_stands(cast: Cast) -> None:
    item = two(cast, cast.item())
    opinions(cast, item, "substantial")
    assert now_of(item).assurance == "testing"
    give_opinion(item, grade="limited", **SEEN, by=cast["analyst"], now=NOW)
    assert now_of(item).assurance == "limited"


def test_opinions_far_apart_are_shown_as_such(cast: Cast) -> None:
    for grades, far in ((("substantial", "reasonable"), False), (("substantial", "limited"), True)):
        item = two(cast, cast.item())
        opinions(cast, item, *grades)
        assert find_testing(item, viewer=cast["reader"]).reviews[0].far_apart == far


def test_a_cause_of_concern_and_its_recommendations_want_two_opinions(cast: Cast) -> None:
    cause, ordinary = cast.item(kind="cause_of_concern"), cast.item()
    child = cast.item(kind="recommendation")
    Item.objects.filter(pk=child.pk).update(parent=cause)
    wanted = [open_review(item, by=cast["liaison"], now=NOW).wanted for item in (cause, ordinary, child)]
    assert wanted == [2, 1, 2]


def test_two_opinions_are_of_two_people(cast: Cast) -> None:
    item = two(cast, cast.item())
    opinions(cast, item, "reasonable")
    with pytest.raises(NotAllowedError, match="given your opinion"):
        give_opinion(item, grade="reasonable", **SEEN, by=cast["auditor"], now=NOW)
    assert now_of(item).assurance == "testing"


def test_an_opinion_is_somebodys_own(cast: Cast) -> None:
    item = cast.item()
    open_review(item, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="sign in to give it"):
        give_opinion(item, grade="reasonable", **SEEN, by=Operator("test"), now=NOW)


def test_an_opinion_says_what_was_looked_at_and_keeps_to_the_scale(cast: Cast) -> None:
    with pytest.raises(PlainError, match="what you looked at"):
        check_opinion(grade="none", looked_at=" ", grades=GRADES)
    with pytest.raises(PlainError, match="is none of them"):
        check_opinion(grade="untested", looked_at="x", grades=GRADES)
    item = cast.item()
    open_review(item, by=cast["liaison"], now=NOW)
    with pytest.raises(PlainError, match="is none of them"):
        give_opinion(item, grade="good", **SEEN, by=cast["auditor"], now=NOW)


def test_the_evidence_seen_is_the_items(cast: Cast) -> None:
    item, seen, other = cast.item(), None, offer(cast, cast.item())
    seen = evidence(cast, item)
    open_review(item, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="no such evidence"):
        give_opinion(item, grade="none", **SEEN, evidence_seen=[seen, other], by=cast["auditor"], now=NOW)
    row = give_opinion(item, grade="none", **SEEN, evidence_seen=[seen], by=cast["auditor"], now=NOW)
    assert row.evidence_seen == [str(seen.pk)]


@pytest.mark.parametrize("place", ["owner", "deputy", "lead", "leads the item"])
def test_owners_never_give_an_opinion(cast: Cast, place: str) -> None:
    item, mine = cast.item(), cast.owner("The auditor's post", user=cast["auditor"])
    if place == "leads the item":
        set_handling(
            item, risk="ordinary", reviewers=1, lead=mine, reason="It matters.", by=cast["liaison"], now=NOW
        )
    else:
        allocate(item, words="x", **{"owner": cast.owner(), place: mine}, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="somebody else must"):
        opinions(cast, item, "substantial")


@pytest.mark.parametrize("place", ["owner", "deputy", "lead"])
def test_giving_the_action_to_somebody_else_makes_nobody_independent(cast: Cast, place: str) -> None:
    item, mine = cast.item(), cast.owner("The auditor's post", user=cast["auditor"])
    keepers = {"owner": cast.owner(), place: mine}
    action = allocate(item, words="x", **keepers, by=cast["liaison"], now=NOW)
    deliver(action, claim="Done.", day=TODAY, by=cast["liaison"], now=NOW)
    change_owner(action, owner=cast.owner(), reason="She moved on.", by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="owned it when it was said to be delivered"):
        opinions(cast, item, "substantial")
    with pytest.raises(NotAllowedError, match="owned it when it was said to be delivered"):
        record_audit_test([item], audit=AUDIT, grade="substantial", **SEEN, by=cast["auditor"], now=NOW)


def test_who_answered_as_an_owner_does_not_test(cast: Cast) -> None:
    item, mine = cast.item(), cast.owner("The auditor's post", user=cast["auditor"])
    action = allocate(item, words="x", owner=mine, by=cast["liaison"], now=NOW)
    answer([Said(item=item, words="Half done.", owner=mine)], via="template", by=cast["liaison"], now=NOW)
    change_owner(action, owner=cast.owner(), reason="She moved on.", by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="answered for this item"):
        opinions(cast, item, "substantial")


def test_an_owner_by_mistake_who_claimed_nothing_may_test(cast: Cast) -> None:
    item, mine = cast.item(), cast.owner("The auditor's post", user=cast["auditor"])
    action = allocate(item, words="x", owner=mine, by=cast["liaison"], now=NOW)
    change_owner(action, owner=cast.owner(), reason="A slip.", by=cast["liaison"], now=NOW)
    opinions(cast, item, "substantial")
    assert now_of(item).assurance == "substantial"


def test_a_new_claim_of_delivery_has_a_graded_item_tested_anew(cast: Cast) -> None:
    item = cast.item()
    action = allocate(item, words="x", owner=cast.owner(), by=cast["liaison"], now=NOW)
    deliver(action, claim="Done.", day=TODAY, by=cast["liaison"], now=NOW)
    assert now_of(item).assurance == "untested", "a claim asks for no review by itself"
    prove(cast, item)
    take_up_again(action, reason="It slid.", by=cast["liaison"], now=NOW)
    assert now_of(item).assurance == "reasonable"
    deliver(action, claim="Done again.", day=TODAY, by=cast["liaison"], now=NOW)
    assert now_of(item).assurance == "testing"
    assert "said to be delivered" in item.reviews.last().reason


def test_a_change_in_the_middle_of_a_review_begins_it_again(cast: Cast) -> None:
    """One opinion of two was given on what is not so any more: it counts no longer, and stays blind."""
    item = two(cast, cast.item())
    opinions(cast, item, "substantial")
    offer(cast, item)
    first, second = item.reviews.all()
    assert (first.closed, first.grade, second.closed, second.number) == (NOW, "", None, 2)
    assert [each.opinions for each in find_testing(item, viewer=cast["analyst"]).reviews] == [(), ()]
    give_opinion(item, grade="limited", **SEEN, by=cast["analyst"], now=NOW)
    assert now_of(item).assurance == "testing"
    give_opinion(item, grade="reasonable", **SEEN, by=cast["auditor"], now=NOW)
    assert now_of(item).assurance == "limited", "the opinion of the review that was ended is not counted"
    assert len(find_testing(item, viewer=cast["reader"]).reviews[1].opinions) == 1, "and now it may be read"


def test_a_change_before_any_opinion_leaves_the_review_as_it_is(cast: Cast) -> None:
    item = cast.item()
    open_review(item, by=cast["liaison"], now=NOW)
    offer(cast, item)
    assert item.reviews.count() == 1


def test_a_review_is_opened_again_with_a_reason(cast: Cast) -> None:
    item = cast.item()
    opinions(cast, item, "limited")
    with pytest.raises(NotAllowedError, match="say why"):
        open_review(item, by=cast["liaison"], now=NOW)
    assert open_review(item, reason="A complaint.", by=cast["liaison"], now=NOW).number == 2
    with pytest.raises(NotAllowedError, match="while the item is testing"):
        open_review(item, reason="x", by=cast["liaison"], now=NOW)


# -- internal audit ---------------------------------------------------------------------------------------


def test_an_audit_test_covers_many_items(cast: Cast) -> None:
    untested, waiting, graded = (cast.item() for _ in range(3))
    open_review(waiting, by=cast["liaison"], now=NOW)
    opinions(cast, graded, "none")
    row = record_audit_test(
        [untested, waiting, graded], audit=AUDIT, grade="reasonable", **SEEN, by=cast["administrator"], now=NOW
    )
    assert {now_of(item).assurance for item in (untested, waiting, graded)} == {"reasonable"}
    assert row.opinions.count() == 3
    assert say_test(row) == "28 of 30 passed, of a population of 412"
    assert [item.reviews.count() for item in (untested, waiting, graded)] == [1, 1, 2]
    assert verify(None).problems == []


def test_an_audit_test_is_one_opinion_where_two_are_wanted(cast: Cast) -> None:
    item = two(cast, cast.item())
    record_audit_test([item], audit=AUDIT, grade="substantial", **SEEN, by=cast["auditor"], now=NOW)
    assert now_of(item).assurance == "testing"
    give_opinion(item, grade="reasonable", **SEEN, by=cast["analyst"], now=NOW)
    assert now_of(item).assurance == "reasonable"


def test_an_audit_test_covers_all_its_items_or_none(cast: Cast) -> None:
    mine, free = cast.item(), cast.item()
    allocate(mine, words="x", owner=cast.owner("Audit", user=cast["auditor"]), by=cast["liaison"], now=NOW)
    events = Event.objects.count()
    with pytest.raises(NotAllowedError, match=mine.reference):
        record_audit_test([free, mine], audit=AUDIT, grade="none", **SEEN, by=cast["auditor"], now=NOW)
    assert not AuditTest.objects.exists()
    assert not Opinion.objects.exists()
    assert Event.objects.count() == events
    assert now_of(free).assurance == "untested"


def test_an_audit_test_covers_items_of_one_record(cast: Cast) -> None:
    other = make_cast("XYZ")
    items = [cast.item(), other.item()]
    with pytest.raises(NotAllowedError, match="one organisation's record"):
        record_audit_test(items, audit=AUDIT, grade="none", **SEEN, by=cast["administrator"], now=NOW)


def test_an_audit_test_is_not_of_tomorrow_and_has_a_title(cast: Cast) -> None:
    for audit in (Audit(title="x", tested_on=TODAY + DAY), Audit(title=" ", tested_on=TODAY)):
        with pytest.raises(PlainError):
            record_audit_test([cast.item()], audit=audit, grade="none", **SEEN, by=cast["auditor"], now=NOW)


@pytest.mark.parametrize(
    ("sample", "passed", "population"),
    [(None, 3, None), (3, 4, None), (30, 3, 20), (0, 0, None), (3, -1, None), (-3, None, None)],
)
def test_counts_that_cannot_be_of_one_test(sample: int | None, passed: int | None, population: int | None) -> None:
    with pytest.raises(PlainError):
        check_sample(sample=sample, passed=passed, population=population)


def test_a_sample_in_words() -> None:
    assert say_sample(sample=None, passed=None, population=9) == ""
    assert say_sample(sample=30, passed=28, population=None) == "28 of 30 passed"
    assert say_sample(sample=30, passed=None, population=None) == "30 tested, the result not recorded"


# -- properties -------------------------------------------------------------------------------------------

grades = st.sampled_from(GRADES)


@given(st.lists(grades, min_size=1, max_size=4))
def test_what_a_review_comes_to_is_no_better_than_any_opinion(given_grades: list[str]) -> None:
    places = sorted(GRADES.index(grade) for grade in given_grades)
    assert find_lowest(given_grades, GRADES) == GRADES[places[-1]]
    assert count_steps_apart(given_grades, GRADES) == places[-1] - places[0]


@given(st.lists(st.sampled_from(["", *GRADES]), min_size=1, max_size=5), st.data())
def test_an_opinion_is_disclosed_once_its_review_or_a_later_one_has_a_grade(
    ends: list[str], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(ends)))
    slow = False
    for place, grade in enumerate(ends, 1):
        if place >= number and grade != "":
            slow = True
    assert is_disclosed(number, [ReviewEnd(place, grade) for place, grade in enumerate(ends, 1)]) == slow
