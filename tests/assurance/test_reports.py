"""Do the papers say what the ledger says, for today and for any past day?"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter

import pytest
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast

from bluelamp.assurance import actions_closing as closing
from bluelamp.assurance.actions_delivery import Said, allocate, answer, ask_new_date, decide_new_date, deliver
from bluelamp.assurance.actions_evidence import accept_evidence, submit_link
from bluelamp.assurance.actions_opinions import give_opinion
from bluelamp.assurance.actions_responses import comment, respond
from bluelamp.assurance.actions_reviews import open_review
from bluelamp.assurance.queries_record import snapshot_of
from bluelamp.assurance.queries_reports import REPORTS, make_report
from bluelamp.assurance.reports.counts import find_movement
from bluelamp.assurance.reports.questions import Before, make_questions_paper
from bluelamp.assurance.watch_rules import Wanted
from bluelamp.ledger.models import Event, Payload
from bluelamp.lib.calendar_days import end_of_day
from bluelamp.lib.errors import PlainError
from bluelamp.papers.model import Cited, Number, Paper, Quote, Table
from bluelamp.papers.rendering import FORMATS, render
from bluelamp.papers.words import content_of
from bluelamp.register.models import Item
from bluelamp.register.queries import filter_items

LATER = TODAY + 100 * DAY


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def live(cast: Cast) -> list[Item]:
    """A quarter of a force's life: on time, late, moved, disputed, signed off, reopened, without an owner."""
    liaison, officer, auditor = cast["liaison"], cast["lpb_officer"], cast["auditor"]
    items = [cast.item(f"Point {n} is not met.", kind=kind) for n, kind in enumerate(KINDS)]
    for n, item in enumerate(items[:6]):
        respond(item, answer="accepted", by=liaison, now=NOW + n * DAY)
        target = TODAY + (10 + 20 * n) * DAY
        action = allocate(item, words=f"Do {n}.", owner=cast.owner(), target=target, by=liaison, now=NOW + n * DAY)
        if n % 2:
            moved = ask_new_date(action, day=target + 30 * DAY, reason="Late.", by=liaison, now=NOW + 9 * DAY)
            decide_new_date(moved, agreed=True, by=cast["administrator"], now=NOW + 12 * DAY)
        if n in (2, 3):
            deliver(action, claim="Done.", day=TODAY + 15 * DAY, by=liaison, now=NOW + 15 * DAY)
    respond(items[6], answer="disputed", reason="It is another force's.", by=liaison, now=NOW + 20 * DAY)
    answer([Said(item=items[0], words="The supplier is late.")], via="desk", by=liaison, now=NOW + 40 * DAY)
    end(cast, items[2], NOW + 30 * DAY)
    end(cast, items[3], NOW + 31 * DAY)
    closing.reopen(items[3], reason="It slid.", by=auditor, now=NOW + 60 * DAY)
    comment(items[0], words="Between ourselves: zanzibar.", by=officer, now=NOW + 61 * DAY)
    return items


KINDS = ["area_for_improvement"] * 5 + ["recommendation", "issue_of_concern", "issue_of_concern"]


def end(cast: Cast, item: Item, now: dt.datetime) -> None:
    offered = submit_link(
        item, proves="It is done.", address="https://example.org/log", by=cast["liaison"], now=now
    )
    accept_evidence(offered, by=cast["lpb_officer"], now=now)
    open_review(item, by=cast["liaison"], now=now)
    give_opinion(item, grade="reasonable", looked_at="The log.", by=cast["auditor"], now=now)
    authority = closing.Authority(kind="minute", words="Minute 23", day=now.date())
    watch = Wanted(kind="date", what="It stays so.", due=now.date() + 20 * DAY)
    closing.sign_off(
        item, code="implemented", reason="Done.", authority=authority, watches=[watch],
        by=cast["lpb_officer"], now=now,
    )  # fmt: skip


def paper(cast: Cast, slug: str, day: dt.date = LATER, **rest: object) -> Paper:
    items = filter_items(viewer=cast["liaison"])
    if REPORTS[slug].one:
        items = items.filter(pk=items.order_by("place")[0].pk)
    return make_report(slug, items, viewer=cast["liaison"], today=LATER, as_of=day, **rest)  # type: ignore[arg-type]


def table(of: Paper, caption: str) -> Table:
    found = [b for s in of.sections for b in s.blocks if isinstance(b, Table) and caption in b.caption]
    assert len(found) == 1, caption
    return found[0]


def numbers(row: tuple[object, ...]) -> list[int]:
    return [int(cell.value) for each in row if isinstance(cell := content_of(each), Number)]  # type: ignore[arg-type]


def recount(day: dt.date) -> list[dict[str, object]]:
    """The slow twin: every event up to the day, one after the other, its rows taken over."""
    held: dict[str, dict[str, object]] = {}
    for event in Event.objects.order_by("sequence"):
        if event.time > end_of_day(day):
            continue
        for row in json.loads(Payload.objects.get(sequence=event.sequence).body)["rows"]:
            if row["table"] == "register_item":
                held[row["fields"]["id"]] = row["fields"]
    return list(held.values())


@pytest.mark.parametrize("days", [0, 5, 14, 25, 35, 100])
def test_the_committees_counts_equal_a_slow_recount_of_that_days_ledger(cast: Cast, days: int) -> None:
    live(cast)
    day = TODAY + days * DAY
    made = paper(cast, "committee", day, since=TODAY)
    rows = recount(day)
    open_ = [row for row in rows if row["closing"] == "open"]
    ends = table(made, "how it ends")
    assert numbers(ends.totals[0])[-1] == len(rows)
    counted = Counter(str(row["closing"]) for row in rows)
    assert sorted(numbers(ends.totals[0])[:-1]) == sorted(counted.values())
    delivery = table(made, "say of delivery")
    assert numbers(delivery.totals[0])[-1] == len(open_)
    assert sorted(numbers(delivery.totals[0])[:-1]) == sorted(Counter(r["delivery"] for r in open_).values())
    late = [row for row in open_ if row["due"] and row["timing"] == "to-meet" and str(row["due"]) < str(day)]
    assert len(table(made, "past the next date").rows) == len(late)


@pytest.mark.parametrize("days", [0, 14, 35, 100])
def test_every_table_of_counts_foots_across_and_down(cast: Cast, days: int) -> None:
    live(cast)
    made = paper(cast, "committee", TODAY + days * DAY, since=TODAY)
    for caption in ("how it ends", "say of delivery", "time since they were taken in"):
        counts = table(made, caption)
        rows = [numbers(row) for row in counts.rows]  # type: ignore[arg-type]
        assert all(sum(row[:-1]) == row[-1] for row in rows)
        assert [sum(column) for column in zip(*rows, strict=True)] == numbers(counts.totals[0])
    movement = table(made, "Open points from")
    assert sum(numbers(row)[0] for row in movement.rows) == numbers(movement.totals[0])[0]  # type: ignore[arg-type]


def test_a_movement_foots_between_any_two_days(cast: Cast) -> None:
    live(cast)
    keys = list(Item.objects.values_list("pk", flat=True))
    days = [TODAY + n * DAY for n in (-1, 0, 10, 30, 45, 70, 100)]
    shots = [snapshot_of(keys, viewer=None, day=day, today=LATER) for day in days]
    for index, then in enumerate(shots):
        for now in shots[index:]:
            assert find_movement(then, now).foots


@pytest.mark.parametrize("slug", sorted(set(REPORTS) - {"response"}))  # see test_statutory.py
def test_every_report_becomes_every_format_and_holds_no_remark(cast: Cast, slug: str) -> None:
    live(cast)
    made = paper(cast, slug)
    for form in FORMATS:
        if form == "csv" and slug == "questions":
            continue  # it has no table
        data = render(made, form).data
        assert data
        if form in ("html", "json", "csv"):
            assert b"zanzibar" not in data


def test_the_brief_asks_of_each_trouble_and_cites_it(cast: Cast) -> None:
    live(cast)
    made = paper(cast, "questions")
    sorts = {section.heading.split(": ")[1] for section in made.sections}
    assert sorts >= {"overdue", "moved dates", "disputed", "the owner’s word alone", "without an owner"}
    assert len(made.sections) <= 10
    references = [section.reference for section in made.sections]
    assert len(set(references)) == len(references)


def test_the_brief_shows_the_earlier_words_beside_the_later(cast: Cast) -> None:
    item = cast.item("The force does not evaluate its problem-solving plans.")
    snapshot = snapshot_of([item.pk], viewer=None, day=LATER, today=LATER)
    before = Before("WMC-2007-AFI-01", 2007, "Plans are not evaluated.", Cited("HMIC 2007", 12))
    made = make_questions_paper(snapshot, {str(item.pk): [before]})
    assert made.sections[0].heading == "Question 1: recurring"
    quotes = [block.words for block in made.sections[0].blocks if isinstance(block, Quote)]
    assert quotes == ["The force does not evaluate its problem-solving plans.", "Plans are not evaluated."]


def test_a_days_paper_is_the_same_whenever_it_is_made(cast: Cast) -> None:
    live(cast)
    day = TODAY + 14 * DAY
    first = paper(cast, "committee", day, since=TODAY)
    respond(Item.objects.get(reference__endswith="AFI-01"), answer="partly-accepted", reason="x",
            by=cast["liaison"], now=NOW + 99 * DAY)  # fmt: skip
    assert paper(cast, "committee", day, since=TODAY) == first


def test_another_organisation_makes_no_paper_of_it(cast: Cast) -> None:
    items = live(cast)
    stranger = make_cast("XYZ")["liaison"]
    everything = Item.objects.filter(pk__in=[item.pk for item in items])
    for slug in ("committee", "summary", "questions", "template"):
        made = make_report(slug, everything, viewer=stranger, today=LATER)
        assert "Point 0" not in json.dumps(render(made, "json").data.decode())


def test_what_cannot_be_made_is_said(cast: Cast) -> None:
    live(cast)
    with pytest.raises(PlainError, match="held none"):
        paper(cast, "committee", TODAY - 30 * DAY)
    with pytest.raises(PlainError, match="begins before"):
        paper(cast, "committee", TODAY, since=LATER)
