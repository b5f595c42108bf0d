"""Do the filters, counts, pages and histories of the register say what its rows say?"""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.register.samples import BY, NOW, Register, make_register, point

from bluelamp.ledger.actions import empty_payload, recording
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.organisations.models import Organisation, User
from bluelamp.register.actions import index_items
from bluelamp.register.facets import find_facets
from bluelamp.register.models import Item
from bluelamp.register.paging import SORTS, page_of
from bluelamp.register.queries import FACETS, NONE, filter_items, find_item, item_history
from bluelamp.register.summary import say_summary, summarise

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def register() -> Register:
    made = make_register("WMC")
    made.add(
        point(area="calls", area_name="Calls", framework="peel-2021-22", text="Operators answer slowly."),
        point(title="Train the operators", area="calls", area_name="Calls", framework="peel-2021-22"),
        point("judgement", "Calls: Good", area="calls", area_name="Calls", grade="good", framework="peel-2021-22"),
        point("judgement", "Beats: not graded", area="beats", area_name="Beats", framework="peel-2021-22"),
    )
    made.add(point("recommendation", "Repair the cells"), year=2017, now=NOW + dt.timedelta(days=1))
    other = make_register("CVP")
    other.add(point("issue_of_concern", "The bicycles rust"), year=2017, source="assurance_template")
    return made


def references(**filters: object) -> list[str]:
    found = filter_items(viewer=None, today=TODAY, **filters)  # type: ignore[arg-type]
    return list(found.order_by("place").values_list("reference", flat=True))


def test_each_filter_narrows(register: Register) -> None:
    assert len(references()) == 6
    assert references(force="cvp") == ["CVP-2017-IOC-01"]
    assert references(kind="recommendation") == ["WMC-2017-REC-01"]
    assert references(area="calls", kind="area_for_improvement") == ["WMC-2022-AFI-01", "WMC-2022-AFI-02"]
    assert references(grade="good") == ["WMC-2022-JUD-01"]
    assert references(kind="judgement", grade=NONE) == ["WMC-2022-JUD-02"]
    assert references(year="2017") == references(year=2017) == ["CVP-2017-IOC-01", "WMC-2017-REC-01"]
    assert references(source="assurance_template") == ["CVP-2017-IOC-01"]
    assert references(framework=NONE, force="WMC") == ["WMC-2017-REC-01"]
    assert len(references(document=register.document)) == 5


def test_words_and_references_find_items(register: Register) -> None:
    assert references(words="operator") == ["WMC-2022-AFI-01", "WMC-2022-AFI-02"]
    assert references(words="slowly operators") == ["WMC-2022-AFI-01"]
    assert references(words="wmc 2022 afi 2") == ["WMC-2022-AFI-02"]
    assert references(words="the") == []
    assert references(words="“") == []


@pytest.mark.parametrize("value", ["nowhere", "'; DROP TABLE", "\x00", "٣", "99999999999999999999", "x" * 400])
@pytest.mark.parametrize("name", ["force", "kind", "area", "grade", "year", "source", "framework", "words"])
def test_a_value_that_is_none_of_ours_finds_nothing(register: Register, name: str, value: str) -> None:
    assert references(**{name: value}) == []


def test_an_item_is_found_by_what_people_say(register: Register) -> None:
    found = find_item("wmc-2022-afi-1", viewer=None)
    assert found is not None
    assert found.title == "Count the bicycles"
    assert find_item("WMC-2022-AFI-99", viewer=None) is None
    assert find_item("bicycles", viewer=None) is None


def test_facets_count_what_each_choice_would_leave(register: Register) -> None:
    filters = {"force": "WMC", "kind": "judgement"}
    facets = find_facets(viewer=None, today=TODAY, **filters)
    assert set(facets) == set(FACETS)
    for name, choices in facets.items():
        for choice in choices:
            assert choice.count == len(references(**{**filters, name: choice.value})), (name, choice)
    assert [(choice.label, choice.count) for choice in facets["area"]] == [("Beats", 1), ("Calls", 1)]
    assert [choice.value for choice in find_facets(viewer=None, today=TODAY)["year"]] == ["2022", "2017"]


def test_nobody_finds_or_counts_what_they_may_not_see(register: Register) -> None:
    item = Item.objects.get(reference="WMC-2022-AFI-01")
    change_item(item, organisation=Organisation.objects.get(code="CVP"))
    viewer = User(user_name="ann", organisation=Organisation.objects.get(code="WMC"))
    assert find_item(item.reference, viewer=viewer) is None
    assert filter_items(viewer=viewer).count() == 5
    assert item_history(item, viewer=viewer) == []
    assert sum(choice.count for choice in find_facets(viewer=viewer, today=TODAY)["kind"]) == 5
    owner = User(user_name="bob", organisation=item.organisation)
    assert find_item(item.reference, viewer=owner) == item


KINDS = ("judgement", "area_for_improvement", "recommendation")
DRAWN = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(["", "beats", "calls", "custody"]),
        st.sampled_from(["", "adequate", "good"]),
        st.sampled_from([2016, 2017, 2022]),
        st.sampled_from([0, 1, 2]),
        st.sampled_from([None, 0, 1, 40]),
    ),
    max_size=14,
)


@given(drawn=DRAWN, size=st.integers(1, 5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_one_after_the_other_are_the_whole_list(db: None, drawn: list[tuple], size: int) -> None:
    code = f"X{Organisation.objects.count():04d}"
    register = make_register(code)
    for kind, area, grade, year, days, due in drawn:
        (item,) = register.add(point(kind, area=area, grade=grade), year=year, now=NOW + dt.timedelta(days=days))
        if due is not None:
            change_item(item, timing="to-meet", due=TODAY + dt.timedelta(days=due))
    items = filter_items(viewer=None, force=code)
    for sort in SORTS.values():
        expected = sorted_slowly(list(items), sort.column, falling=sort.falling)
        forwards, after, last = [], "", ""
        while True:
            page = page_of(items, sort.slug, after=after, size=size)
            forwards += page.items
            last, after = page.before, page.after
            if not after:
                break
        assert [item.reference for item in forwards] == [item.reference for item in expected]
        backwards = list(page.items)
        while last:
            page = page_of(items, sort.slug, before=last, size=size)
            backwards = [*page.items, *backwards]
            last = page.before
        assert backwards == forwards


def change_item(item: Item, **values: object) -> None:
    with recording(by=BY, now=NOW) as book:
        for name, value in values.items():
            setattr(item, name, value)
        book.event("register.item_changed", subject=item, change=[item])
        book.write()
        index_items([item])


def sorted_slowly(items: list[Item], column: str, *, falling: bool) -> list[Item]:
    """Plain Python's opinion of the order."""
    items = sorted(items, key=lambda item: item.place)
    if column == "due":
        return sorted(items, key=lambda item: (item.due is None, item.due or TODAY))
    return sorted(items, key=lambda item: getattr(item, column), reverse=falling) if column else items


@pytest.mark.parametrize("place", ["nonsense", "~", "~~~", "x~y", "\x00~a", "2022", "2022~" + "x" * 400])
@pytest.mark.parametrize("sort", [*SORTS, "nonsense"])
def test_a_place_that_is_none_of_ours_is_no_error(register: Register, sort: str, place: str) -> None:
    page_of(filter_items(viewer=None), sort, after=place)
    page_of(filter_items(viewer=None), sort, before=place)


def test_history_says_who_when_and_what_changed(register: Register) -> None:
    item = Item.objects.get(reference="WMC-2022-AFI-01")
    item.title = "Count every bicycle"
    later = NOW + dt.timedelta(days=3)
    with recording(by=BY, now=later) as book:
        book.event("register.item_corrected", subject=item, change=[item], note={"reason": "a slip"})
    latest, first = item_history(item, viewer=None)
    assert (latest.action, latest.time, latest.actor) == ("register.item_corrected", later, BY.ledger_label)
    assert latest.note == {"reason": "a slip"}
    assert [(c.column, c.before, c.after) for c in latest.changes] == [
        ("title", "Count the bicycles", "Count every bicycle")
    ]
    assert (first.action, first.changes) == ("register.item_accepted", ())
    empty_payload(sequence=first.sequence, reason="names a person", by=BY, now=later)
    assert item_history(item, viewer=None)[-1].redacted
    assert verify(None).problems == []


def test_numbers_count_through_each_series(register: Register) -> None:
    more = register.add(point(), point("recommendation", "Mend the roof"), year=2022)
    assert [item.reference for item in more] == ["WMC-2022-AFI-03", "WMC-2022-REC-01"]
    assert Event.objects.filter(action="register.numbers_given").exists()
    assert verify(None).problems == []


def test_more_than_99_of_a_kind_keep_their_order(db: None) -> None:
    register = make_register("MNY")
    items = register.add(*[point(title=f"Point {number}") for number in range(1, 112)])
    assert items[99].reference == "MNY-2022-AFI-100"
    page = page_of(filter_items(viewer=None, force="MNY"), size=200)
    assert [item.title for item in page.items] == [f"Point {number}" for number in range(1, 112)]


def test_the_summary_is_a_sentence_with_its_numbers(register: Register) -> None:
    summary = summarise(filter_items(viewer=None))
    assert summary.kinds == Counter(Item.objects.values_list("kind", flat=True))
    assert say_summary(summary) == (
        "6 items about 2 forces from 2 documents: 2 judgements, 1 recommendation, 2 areas for improvement,"
        " 1 issue of concern."
    )
    assert "empty" in say_summary(summarise(Item.objects.none()))
