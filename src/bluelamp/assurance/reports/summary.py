"""What does a panel need on one page: how much is open, late, untested, disputed, and what ended?"""

from __future__ import annotations

from bluelamp.assurance.reports.counts import find_movement
from bluelamp.assurance.reports.parts import (
    count,
    left_out,
    link_to,
    marking_of,
    name_forces,
    owner_of,
    say_count,
    say_days,
    say_words,
)
from bluelamp.assurance.snapshot import ItemThen, Snapshot
from bluelamp.lib.calendar_days import say_day
from bluelamp.papers.model import Column, Paper, Paragraph, Row, Section, Table
from bluelamp.register.kinds import load_item_kinds

LATEST = 5
"""How many of the latest points a page has room for."""
WORDS = 110


def make_summary_paper(now: Snapshot, then: Snapshot) -> Paper:
    open_ = [item for item in now.items if item.is_open]
    movement = find_movement(then, now)
    rows: list[Row] = [
        ("Points in the register", count(len(now.items))),
        ("Open", count(len(open_))),
        ("Overdue", count(sum(item.schedule == "overdue" for item in open_))),
        ("Without an owner", count(sum(item.delivery == "unallocated" for item in open_))),
        ("In dispute", count(sum(item.response == "disputed" for item in open_))),
        ("Said to be delivered, tested by nobody else yet", count(sum(map(_untested_claim, open_)))),
        ("Signed off, on evidence and an opinion or a reason and an authority", count(_closed(now, "signed-off"))),
        ("Closed elsewhere, not tested here", count(_closed(now, "closed-elsewhere"))),
    ]
    columns = (Column("What", width=4), Column("Points", numeric=True))
    sentence = (
        f"Since {say_day(then.day)}: {say_count(len(movement.new), 'new point')},"
        f" {len(movement.signed_off):,} signed off, {len(movement.reopened):,} reopened."
    )
    return Paper(
        title=f"{name_forces(now)}: what was found and what became of it",
        subtitle="One page for the police and crime panel",
        kind="summary",
        marking=marking_of(now),
        as_of=now.day,
        sections=(
            Section(
                "Where the points stand",
                (
                    Table("Points by where they stand", columns, tuple(rows)),
                    Paragraph(sentence, numbered=True),
                ),
            ),
            Section("Longest overdue", (_late(open_),)),
            Section("By kind", (_kinds(now),)),
        ),
        notes=left_out(now),
    )


def _untested_claim(item: ItemThen) -> bool:
    return item.delivery == "delivered" and item.assurance in ("untested", "testing")


def _closed(now: Snapshot, closing: str) -> int:
    return sum(item.closing == closing for item in now.items)


def _late(open_: list[ItemThen]) -> Table:
    late = sorted((item for item in open_ if item.schedule == "overdue"), key=lambda item: -item.days_overdue)
    rows: list[Row] = [
        (link_to(item), _shorten(say_words(item)), owner_of(item), say_days(item.days_overdue))
        for item in late[:LATEST]
    ]
    more = f"{len(late) - LATEST:,} more are overdue." if len(late) > LATEST else ""
    columns = (
        Column("Reference", width=1.4),
        Column("What was said", width=4),
        Column("Owner", width=1.5),
        Column("Late by"),
    )
    caption = "Points longest past the day they had to meet"
    return Table(caption, columns, tuple(rows), note=more, empty="None is overdue.")


def _shorten(words: str) -> str:
    return words if len(words) <= WORDS else words[: WORDS - 1].rsplit(" ", 1)[0] + "…"


def _kinds(now: Snapshot) -> Table:
    rows: list[Row] = []
    for slug, kind in load_item_kinds().items():
        held = [item for item in now.items if item.kind == slug]
        if held:
            open_ = sum(item.is_open for item in held)
            name = kind.plural[:1].upper() + kind.plural[1:]
            rows.append((name, count(open_), count(len(held) - open_), count(len(held))))
    totals: Row = ("Total", *(count(sum(_value(row, place) for row in rows)) for place in (1, 2, 3)))
    columns = (Column("Kind", width=3), *(Column(head, numeric=True) for head in ("Open", "Ended", "All")))
    return Table(
        "Points by kind", columns, tuple(rows), totals=(totals,) if rows else (), empty="There are no points."
    )


def _value(row: Row, place: int) -> int:
    return int(getattr(row[place], "value", 0))
