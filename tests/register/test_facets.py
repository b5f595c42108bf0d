"""Do counts by the five facts, owner and dates say what the rows say, after every change and for every viewer?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.register.samples import BY, NOW, Register, make_register, point

from bluelamp.ledger.actions import recording
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.visibility import Viewer
from bluelamp.register import facets, tallies
from bluelamp.register.actions import index_items
from bluelamp.register.actions_tallies import rewrite_tallies
from bluelamp.register.facets import count_items, find_counts, find_facets
from bluelamp.register.models import Item, TallyBlock, TallyValue
from bluelamp.register.paging import page_of
from bluelamp.register.queries import FACETS, NONE, filter_items
from bluelamp.register.standing import TIMINGS, VOCABULARIES, load_states, schedule_on
from bluelamp.register.tallies import load_columns, tallies_stand, values_of

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAYS = (-400, -1, 0, 28, 29, 400)


def change(items: list[Item], **values: Any) -> None:
    """As an action of assurance would: the rows with their event, then what follows from them."""
    with recording(by=BY, now=NOW) as book:
        for item in items:
            for name, value in values.items():
                setattr(item, name, value)
            book.event("register.item_changed", subject=item, change=[item])
        book.write()
        index_items(items)


def make_owner(name: str, organisation: Organisation | None = None) -> Owner:
    owner = Owner(kind="post", name=name, organisation=organisation)
    with recording(by=BY, now=NOW) as book:
        book.event("organisations.owner_added", subject=owner, add=[owner])
    return owner


@pytest.fixture
def register(db: None) -> Register:
    return make_register("WMC")


STATES = {
    fact: st.sampled_from(list(load_states(fact)))
    for fact in ("response", "delivery", "assurance", "position", "closing")
}
DRAWN = st.fixed_dictionaries(
    {
        **STATES,
        "area": st.sampled_from(["", "beats", "calls"]),
        "grade": st.sampled_from(["", "good"]),
        "timing": st.sampled_from(TIMINGS),
        "due": st.none() | st.sampled_from(DAYS).map(lambda days: TODAY + dt.timedelta(days=days)),
        "owner": st.integers(0, 2),
        "organisation": st.integers(0, 2),
        "words": st.sampled_from(["bicycles", "doors"]),
    }
)
ASKED = st.fixed_dictionaries(
    {},
    optional={
        **{fact: states | st.just("nowhere") for fact, states in STATES.items()},
        "schedule": st.sampled_from([*load_states("schedule"), "to-meet", "nowhere"]),
        "area": st.sampled_from(["beats", NONE]),
        "grade": st.sampled_from(["good", NONE]),
        "owner": st.sampled_from(["0", "1", "2", NONE, "nobody"]),
        "year": st.sampled_from(["2022", "1999", "20x2"]),
        "words": st.sampled_from(["doors", "nothing"]),
    },
)


@given(drawn=st.lists(DRAWN, max_size=12), asked=ASKED, who=st.integers(0, 3))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_are_those_of_a_slow_look_at_every_row(
    db: None, drawn: list[dict[str, Any]], asked: dict[str, str], who: int
) -> None:
    count = Organisation.objects.count()
    register, other = make_register(f"X{count:04d}"), make_register(f"Y{count:04d}")
    bodies = [None, register.force, other.force]
    owners = [None, make_owner("Head of crime"), make_owner("Chief clerk", other.force)]
    for values in drawn:
        words = values.pop("words")
        (item,) = register.add(point(title=f"Count the {words}", area=values["area"], area_name="An area"))
        change(
            [item],
            **{**values, "owner": owners[values["owner"]], "organisation": bodies[values["organisation"]]},
        )
    viewers: list[Viewer] = [None, *(User(user_name="ann", organisation=body) for body in bodies)]
    keys = {"0": "0", "1": str(owners[1].pk), "2": str(owners[2].pk)}  # type: ignore[union-attr]
    filters = {"force": register.force.code, **asked}
    if filters.get("owner") in keys:
        filters["owner"] = keys[filters["owner"]]
    found = find_facets(viewer=viewers[who], today=TODAY, **filters)
    assert set(found) == set(FACETS)
    for name, choices in found.items():
        assert {c.value: c.count for c in choices} == count_slowly(viewers[who], name, filters), name
    items = list(filter_items(viewer=viewers[who], today=TODAY, **filters))
    assert count_items(viewer=viewers[who], today=TODAY, **filters) == len(items)
    assert {item.pk for item in items} == {item.pk for item in seen_slowly(viewers[who]) if fits(item, filters)}


def test_few_items_are_found_by_their_keys_and_many_by_a_walk(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, two, three = register.add(point(), point(), point("recommendation"))
    change([two, three], delivery="planned")
    asked = {"viewer": None, "today": TODAY, "delivery": "planned"}
    few = find_counts(**asked)
    assert (few.total, len(few.few or ())) == (2, 2)
    assert list(few.narrow(filter_items(**asked)).order_by("place")) == [two, three]
    assert list(find_counts(viewer=None, today=TODAY, delivery="delivered").narrow(Item.objects.all())) == []
    monkeypatch.setattr(facets, "FEW", 1)
    load_columns().kept.clear()
    many = find_counts(**asked)
    assert (many.total, many.few) == (2, None)
    assert list(many.narrow(filter_items(**asked)).order_by("place")) == [two, three]


def seen_slowly(viewer: Viewer) -> list[Item]:
    items = list(Item.objects.select_related("force"))
    return [i for i in items if viewer is None or i.organisation_id in (None, viewer.organisation_id)]


def value_of(item: Item, name: str) -> str:
    match name:
        case "force":
            return item.force.code
        case "schedule":
            return schedule_on(item.timing, item.due, TODAY)
        case "owner":
            return str(item.owner_id or NONE)
        case "area" | "grade" | "framework":
            return getattr(item, name) or NONE
        case "words":
            return item.title
        case _:
            return str(getattr(item, name))


def fits(item: Item, filters: dict[str, str]) -> bool:
    return all(
        wanted in value_of(item, name) if name == "words" else value_of(item, name) == wanted
        for name, wanted in filters.items()
    )


def count_slowly(viewer: Viewer, name: str, filters: dict[str, str]) -> dict[str, int]:
    others = {other: value for other, value in filters.items() if other != name}
    return dict(Counter(value_of(item, name) for item in seen_slowly(viewer) if fits(item, others)))


def test_no_assurance_is_an_opinion_and_not_a_blank(register: Register) -> None:
    tested, untested = register.add(point(), point())
    change([tested], assurance="none")
    assert list(filter_items(viewer=None, assurance="none")) == [tested]
    assert list(filter_items(viewer=None, assurance="untested")) == [untested]
    assert [(c.value, c.label) for c in find_facets(viewer=None, today=TODAY)["assurance"]] == [
        ("untested", "Untested"),
        ("none", "No assurance"),
    ]


def test_what_is_due_is_asked_of_a_day(register: Register) -> None:
    (item,) = register.add(point())
    change([item], timing="to-meet", due=TODAY)
    later = TODAY + dt.timedelta(days=1)
    assert list(filter_items(viewer=None, schedule="due-soon", today=TODAY)) == [item]
    assert list(filter_items(viewer=None, schedule="overdue", today=later)) == [item]
    assert [c.value for c in find_facets(viewer=None, today=later)["schedule"]] == ["overdue"]
    with pytest.raises(TypeError):
        filter_items(viewer=None, schedule="overdue")
    with pytest.raises(TypeError):
        filter_items(viewer=None, colour="red")


def test_the_states_of_a_fact_stand_in_the_order_of_their_vocabulary(register: Register) -> None:
    items = register.add(*[point() for _ in load_states("delivery")])
    for item, state in zip(items, reversed(load_states("delivery")), strict=True):
        change([item], delivery=state)
    assert [c.value for c in find_facets(viewer=None, today=TODAY)["delivery"]] == list(load_states("delivery"))
    assert set(VOCABULARIES) - {"closing_code"} < set(FACETS)


def test_the_owner_of_another_organisation_is_not_named(register: Register) -> None:
    (item,) = register.add(point())
    owner = make_owner("Head of crime", register.force)
    change([item], owner=owner)
    stranger = User(user_name="ann", organisation=make_register("CVP").force)
    assert [c.label for c in find_facets(viewer=stranger, today=TODAY)["owner"]] == [
        "An owner of another organisation"
    ]
    assert [c.label for c in find_facets(viewer=None, today=TODAY)["owner"]] == ["Head of crime"]


def test_items_that_something_else_chose_are_counted_among_themselves(register: Register) -> None:
    one, *_ = register.add(point(), point(), point("recommendation"))
    among = Item.objects.filter(reference=one.reference).values("pk")
    assert list(filter_items(viewer=None, among=among)) == [one]
    assert [(c.value, c.count) for c in find_facets(viewer=None, today=TODAY, among=among)["kind"]] == [
        ("area_for_improvement", 1)
    ]


def test_a_change_writes_the_counts_of_its_items_alone(
    register: Register, django_assert_max_num_queries: Any
) -> None:
    items = register.add(*[point() for _ in range(300)])
    blocks = dict(TallyBlock.objects.values_list("number", "codes"))
    items[0].response = "accepted"
    items[0].save()
    with django_assert_max_num_queries(9):
        index_items([items[0]])
    after = dict(TallyBlock.objects.values_list("number", "codes"))
    assert [number for number in after if after[number] != blocks[number]] == [min(after)]


def test_a_page_costs_the_same_however_many_owners(register: Register, django_assert_num_queries: Any) -> None:
    items = register.add(*[point() for _ in range(6)])
    for number, item in enumerate(items):
        change([item], owner=make_owner(f"Post {number}"))
    with django_assert_num_queries(1):
        page = page_of(filter_items(viewer=None))
        assert len({item.owner.name for item in page.items if item.owner}) == 6


def test_counts_are_made_anew_from_the_items_after_an_upgrade(register: Register) -> None:
    register.add(*[point() for _ in range(5)])
    TallyBlock.objects.all().delete()
    TallyValue.objects.all().delete()
    assert not tallies_stand()
    rewrite_tallies()
    assert tallies_stand()
    assert load_columns().rows() == Counter(map(values_of, Item.objects.all()))


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run in a transaction of their own; what is kept between requests is kept outside of any."""
    monkeypatch.setattr(tallies, "_inside_a_writing", lambda: False)
    monkeypatch.setattr(tallies, "_HELD", [])


def test_columns_are_kept_while_the_ledgers_head_stands(register: Register, outside: None) -> None:
    register.add(point())
    first = load_columns()
    assert load_columns() is first
    register.add(point())
    assert load_columns() is not first
    assert find_facets(viewer=None, today=TODAY)["kind"][0].count == 2


def test_after_a_writing_only_what_was_written_is_read(register: Register, outside: None) -> None:
    items = register.add(*[point() for _ in range(600)])
    before = load_columns()
    change([items[0], items[599]], response="accepted", owner=make_owner("Head of crime"))
    register.add(*[point("recommendation", area="beats") for _ in range(300)])
    with CaptureQueriesContext(connection) as queries:
        after = load_columns()
    assert "written_after" in queries.captured_queries[2]["sql"]
    assert after.rows() == Counter(map(values_of, Item.objects.all()))
    assert before.rows().total() == 600
    assert "accepted" not in before.values["response"].values()


def test_a_ledger_that_is_another_now_is_read_whole(register: Register, outside: None) -> None:
    register.add(point())
    load_columns()
    tallies._HELD[0] = replace(tallies._HELD[0], digest="of a workspace that was restored since")
    register.add(point())
    assert load_columns().rows() == Counter(map(values_of, Item.objects.all()))
