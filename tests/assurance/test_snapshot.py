"""Does a past day's figure come from that day's ledger, and today's from the same code?"""

from __future__ import annotations

import datetime as dt

import pytest
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast

from bluelamp.assurance.actions_delivery import allocate, ask_new_date, decide_new_date, deliver
from bluelamp.assurance.actions_responses import comment, respond
from bluelamp.assurance.queries_record import snapshot_of
from bluelamp.assurance.snapshot import TABLES, Snapshot, make_snapshot
from bluelamp.ledger.actions import recording
from bluelamp.ledger.past import rows_as_of
from bluelamp.register.models import Item, ItemLink


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def on(cast: Cast, day: dt.date, *, role: str = "liaison", today: dt.date = TODAY + 30 * DAY) -> Snapshot:
    keys = Item.objects.values_list("pk", flat=True)
    return snapshot_of(keys, viewer=cast[role], day=day, today=today)


def live_a_little(cast: Cast) -> Item:
    item, owner = cast.item(), cast.owner()
    cast.item("Custody is unsafe.")
    respond(item, answer="accepted", by=cast["liaison"], now=NOW + DAY)
    action = allocate(
        item, words="Train.", owner=owner, target=TODAY + 5 * DAY, by=cast["liaison"], now=NOW + 2 * DAY
    )
    asked = ask_new_date(action, day=TODAY + 9 * DAY, reason="Late.", by=cast["liaison"], now=NOW + 6 * DAY)
    decide_new_date(asked, agreed=True, by=cast["administrator"], now=NOW + 7 * DAY)
    deliver(action, claim="Done.", day=TODAY + 8 * DAY, by=cast["liaison"], now=NOW + 8 * DAY)
    comment(item, words="Between ourselves.", by=cast["liaison"], now=NOW + 8 * DAY)
    return item


def test_each_day_is_as_it_was_seen_on_that_day(cast: Cast) -> None:
    item = live_a_little(cast)
    seen = []
    for days in (0, 1, 2, 6, 7, 8):
        then = next(each for each in on(cast, TODAY + days * DAY).items if each.key == str(item.pk))
        seen.append((then.response, then.delivery, then.schedule, str(then.current_target or "")))
    assert seen == [
        ("awaiting", "unallocated", "no-date", ""),
        ("accepted", "unallocated", "no-date", ""),
        ("accepted", "planned", "due-soon", "2026-03-07"),
        ("accepted", "planned", "overdue", "2026-03-07"),
        ("accepted", "planned", "due-soon", "2026-03-11"),
        ("accepted", "delivered", "met", "2026-03-11"),
    ]


def test_the_tables_and_the_ledger_say_the_same_of_now(cast: Cast) -> None:
    live_a_little(cast)
    day = TODAY + 30 * DAY
    moment = dt.datetime.combine(day, dt.time.max, dt.UTC)
    from_ledger = make_snapshot(rows_as_of(moment, tables=TABLES).rows, day=day)
    from_tables = on(cast, day)
    assert [each.fields for each in from_tables.items] == [each.fields for each in from_ledger.items]
    for mine, other in zip(from_tables.items, from_ledger.items, strict=True):
        for name in (*mine.hanging, *other.hanging):
            if name != "comments":
                assert mine.rows(name) == other.rows(name), name


def test_an_item_is_not_there_before_it_was_made(cast: Cast) -> None:
    live_a_little(cast)
    assert on(cast, TODAY - DAY).items == ()


def test_remarks_are_in_nothing_unless_asked_for_and_then_only_ones_own(cast: Cast) -> None:
    item = live_a_little(cast)
    assert all(not each.rows("comments") for each in on(cast, TODAY + 20 * DAY).items)
    day = TODAY + 30 * DAY
    asked = snapshot_of([item.pk], viewer=cast["liaison"], day=day, today=day, with_remarks=True)
    assert len(asked.items[0].rows("comments")) == 1


def test_another_organisation_finds_nothing(cast: Cast) -> None:
    item = live_a_little(cast)
    stranger = make_cast("XYZ")["liaison"]
    for day in (TODAY, TODAY + 30 * DAY):
        assert snapshot_of([item.pk], viewer=stranger, day=day, today=TODAY + 30 * DAY).items == ()


def test_a_link_to_somebody_elses_item_has_no_name_here(cast: Cast) -> None:
    item = cast.item()
    other = make_cast("XYZ")
    theirs = other.item("Private.")
    with recording(by=cast["administrator"], now=NOW) as book:
        link = ItemLink(kind="same-as", item=item, other=theirs, made=NOW)
        book.event("register.said_same", subject=item, add=[link])
    for day in (TODAY, TODAY + 30 * DAY):
        found = snapshot_of([item.pk], viewer=cast["liaison"], day=day, today=TODAY + 30 * DAY)
        assert found.items[0].same_as == ()
    everything = snapshot_of([item.pk], viewer=None, day=TODAY, today=TODAY)
    assert everything.items[0].same_as == (theirs.reference,)
