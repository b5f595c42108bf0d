"""What does the audit committee hear: counts that foot, what moved, what is late, what ended and on what?"""

from __future__ import annotations

from collections.abc import Sequence

from bluelamp.assurance.reports.counts import AGE_BANDS, CrossTable, Movement, age_band, cross, find_movement
from bluelamp.assurance.reports.parts import (
    count,
    day_or,
    left_out,
    link_to,
    marking_of,
    name_forces,
    owner_of,
    say_count,
    say_days,
    say_or_no_day,
    say_words,
    words_or,
)
from bluelamp.assurance.snapshot import Fields, ItemThen, Snapshot, read_day
from bluelamp.lib.calendar_days import say_day
from bluelamp.papers.model import Bullets, Column, Content, Paper, Paragraph, Row, Section, Table, Unknown
from bluelamp.register.kinds import load_item_kinds
from bluelamp.register.standing import load_states, name_state


def make_committee_paper(now: Snapshot, then: Snapshot) -> Paper:
    """The update as of `now.day`; movement since `then.day`."""
    movement = find_movement(then, now)
    return Paper(
        title="Progress on what inspectors and others found",
        subtitle=f"{name_forces(now)}: update to the audit committee",
        kind="committee-update",
        marking=marking_of(now),
        as_of=now.day,
        header=(
            ("For", "Information"),
            ("Movement since", say_day(then.day)),
        ),
        sections=(
            Section("Where the points stand", _standing(now)),
            Section("Movement", _movement(movement, then, now)),
            Section("Overdue, with reasons", _overdue(now)),
            Section("Signed off since", _signed_off(movement.signed_off)),
            Section("Disputed", _disputed(now)),
            Section("Due to be looked at again", _watched(now)),
            Section("How long points have been open", _ageing(now)),
        ),
        notes=left_out(now, _notes(now)),
    )


def _notes(now: Snapshot) -> list[str]:
    elsewhere = sum(item.closing == "closed-elsewhere" for item in now.items)
    if not elsewhere:
        return []
    verb = "was" if elsewhere == 1 else "were"
    return [f"{say_count(elsewhere, 'point')} {verb} closed elsewhere and not tested here: counted apart."]


def _standing(now: Snapshot) -> tuple[Paragraph | Table, ...]:
    open_ = [item for item in now.items if item.is_open]
    overdue = sum(item.schedule == "overdue" for item in open_)
    claimed = [item for item in open_ if item.delivery == "delivered"]
    untested = sum(item.assurance in ("untested", "testing") for item in claimed)
    sentences = [
        f"Of {say_count(len(now.items), 'point')}, {len(open_):,} {_are(len(open_))} open: {overdue:,} overdue,"
        f" {sum(i.delivery == 'unallocated' for i in open_):,} without an owner,"
        f" {sum(i.response == 'disputed' for i in open_):,} disputed.",
        f"Owners say that {say_count(len(claimed), 'open point')} {_are(len(claimed))} delivered; {untested:,} of"
        " those nobody else has tested yet.",
    ]
    states = load_states("delivery")
    table = cross(
        open_,
        lambda item: _kind_name(item),
        lambda item: str(item.delivery),
        rows=[_plural(slug) for slug in load_item_kinds()],
        columns=list(states),
    )
    closings = cross(
        now.items,
        lambda item: _kind_name(item),
        lambda item: str(item.closing),
        rows=[_plural(slug) for slug in load_item_kinds()],
        columns=list(load_states("closing")),
    )
    return (
        *(Paragraph(sentence, numbered=True) for sentence in sentences),
        _cross_table("Every point by how it ends", closings, "closing"),
        _cross_table("Open points by what their owners say of delivery", table, "delivery"),
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _plural(slug: str) -> str:
    kind = load_item_kinds()[slug]
    return kind.plural[:1].upper() + kind.plural[1:]


def _kind_name(item: ItemThen) -> str:
    return _plural(str(item.kind)) if item.kind in load_item_kinds() else str(item.kind)


def _cross_table(caption: str, table: CrossTable, fact: str) -> Table:
    """With totals down and across, each computed from the cells."""
    rows: list[Row] = [
        (row, *(count(table.cells.get((row, column), 0)) for column in table.columns), count(table.row_total(row)))
        for row in table.rows
    ]
    totals: Row = (
        "Total",
        *(count(table.column_total(column)) for column in table.columns),
        count(table.total),
    )
    heads = [Column(name_state(fact, column), numeric=True) for column in table.columns]
    return Table(
        caption=caption,
        columns=(Column("Kind"), *heads, Column("Total", numeric=True)),
        rows=tuple(rows),
        totals=(totals,) if rows else (),
        empty="There are no points of this sort.",
    )


def _movement(movement: Movement, then: Snapshot, now: Snapshot) -> tuple[Paragraph | Table, ...]:
    rows: list[Row] = [
        (f"Open on {say_day(then.day)}", count(movement.before)),
        ("New since", count(len(movement.new))),
        ("Reopened since", count(len(movement.reopened))),
        ("Signed off since", count(-len(movement.signed_off))),
        ("Closed elsewhere since, not tested here", count(-len(movement.closed_elsewhere))),
        ("Merged into another point since", count(-len(movement.gone))),
    ]
    moved = _moved_dates(then, now)
    return (
        Table(
            caption=f"Open points from {say_day(then.day)} to {say_day(now.day)}",
            columns=(Column("What happened"), Column("Points", numeric=True)),
            rows=tuple(rows),
            totals=((f"Open on {say_day(now.day)}", count(movement.now)),),
        ),
        Paragraph(
            f"{say_count(moved, 'target date')} {'was' if moved == 1 else 'were'} moved since.", numbered=True
        ),
    )


def _moved_dates(then: Snapshot, now: Snapshot) -> int:
    changes = [change for item in now.items for change in item.target_changes if change["state"] == "agreed"]
    return sum(_after(change["decided"], then) for change in changes)


def _after(moment: object, then: Snapshot) -> bool:
    day = read_day(moment)
    return bool(day and day > then.day)


def _overdue(now: Snapshot) -> tuple[Paragraph | Table, ...]:
    late = sorted(
        (item for item in now.items if item.is_open and item.schedule == "overdue"),
        key=lambda item: (-item.days_overdue, str(item.place)),
    )
    rows: list[Row] = [
        (
            link_to(item),
            say_words(item),
            owner_of(item),
            day_or(item.original_target, "no date set"),
            day_or(item.due, "no date set"),
            say_days(item.days_overdue),
            _reason(item),
        )
        for item in late
    ]
    return (
        Table(
            caption="Points past the next date they had to meet",
            columns=(
                Column("Reference", width=1.3), Column("What was said", width=3), Column("Owner", width=1.4),
                Column("First target", width=1.1), Column("Due", width=1.1), Column("Late by", width=0.9),
                Column("Latest answer", width=2.4),
            ),
            rows=tuple(rows),
            empty="No point is overdue.",
            orientation="landscape",
        ),
    )  # fmt: skip


def _reason(item: ItemThen) -> Content:
    answer = item.latest_answer
    if answer is None:
        return Unknown("no answer yet")
    day = read_day(answer["made"])
    said = f" ({answer['by_name']}, {say_day(day)})" if day else ""
    return f"{answer['words']}{said}"


def _signed_off(items: Sequence[ItemThen]) -> tuple[Table, ...]:
    rows: list[Row] = []
    for item in items:
        ended: Fields = item.sign_off or {}
        rows.append(
            (
                link_to(item),
                say_words(item),
                name_state("closing_code", str(ended.get("code", ""))),
                _rests_on(item, ended),
                _authority(ended),
                _watches(item),
            )
        )
    return (
        Table(
            caption="Points signed off, what each rests on and what should stay true",
            columns=(
                Column("Reference", width=1.3), Column("What was said", width=3), Column("Ended as", width=1.3),
                Column("Rests on", width=2), Column("Decided by", width=1.6), Column("Watched", width=1.8),
            ),
            rows=tuple(rows),
            empty="Nothing was signed off in this time.",
            orientation="landscape",
        ),
    )  # fmt: skip


def _rests_on(item: ItemThen, ended: Fields) -> Content:
    keys = set(ended.get("evidence") or [])
    shown = [str(row["proves"]).rstrip(".") for row in item.rows("evidence") if str(row["id"]) in keys]
    grade = name_state("assurance", str(ended.get("grade", ""))) if ended.get("grade") else ""
    said = "; ".join([*shown, *([f"opinion: {grade}"] if grade else [])])
    return words_or(said, "no evidence and no opinion: a reason alone")


def _authority(ended: Fields) -> Content:
    day = read_day(ended.get("authority_day"))
    return f"{ended.get('authority_words', '')}, {say_day(day)}" if day else Unknown("not recorded")


def _watches(item: ItemThen) -> Content:
    held = [f"{row['what']} (look again by {say_or_no_day(row['due'])})" for row in item.rows("watches")]
    return words_or("; ".join(held), "nothing is watched")


def _disputed(now: Snapshot) -> tuple[Table, ...]:
    rows: list[Row] = []
    for item in now.items:
        for dispute in item.rows("disputes"):
            if dispute["decided"] and item.response != "disputed":
                continue
            rows.append((link_to(item), say_words(item), str(dispute["reason"]), _stage(dispute)))
    return (
        Table(
            caption="Points in dispute, and how far each dispute is",
            columns=(Column("Reference", width=1.2), Column("What was said", width=3), Column("Why", width=2),
                     Column("How far", width=2)),
            rows=tuple(rows),
            empty="No point is in dispute.",
        ),
    )  # fmt: skip


def _stage(dispute: Fields) -> str:
    if dispute["decided"]:
        who = "chief officer" if dispute["decided_by_role"] == "chief-officer" else "local policing body"
        return (
            f"{str(dispute['decision']).replace('-', ' ').capitalize()} by the {who} ({dispute['decided_cited']})"
        )
    if dispute["advice"]:
        return f"Advice given ({dispute['advice_cited']}); not decided"
    if dispute["referred"]:
        return f"Referred to {dispute['referred_to']}; no advice yet"
    return "Not referred to a committee yet"


def _watched(now: Snapshot) -> tuple[Table, ...]:
    rows: list[Row] = [
        (
            link_to(item),
            str(watch["what"]),
            "Slid" if watch["state"] == "slid" else f"Due {say_or_no_day(watch['due'])}",
        )
        for item in now.items
        if item.closing == "signed-off"
        for watch in item.rows("watches")
        if watch["state"] == "slid" or _is_due(watch, now)
    ]
    return (
        Table(
            caption="Points signed off that propose to be opened again",
            columns=(Column("Reference"), Column("What should stay true", width=3), Column("Why now")),
            rows=tuple(rows),
            empty="Nothing that should stay true is due to be looked at.",
        ),
    )


def _is_due(watch: Fields, now: Snapshot) -> bool:
    due = read_day(watch["due"])
    return watch["state"] in ("holding", "due") and bool(due and due <= now.day)


def _ageing(now: Snapshot) -> tuple[Table | Bullets, ...]:
    table = cross(
        [item for item in now.items if item.is_open],
        lambda item: age_band(item, now.day),
        lambda item: str(item.assurance),
        rows=AGE_BANDS,
        columns=list(load_states("assurance")),
    )
    shown = _cross_table("Open points by time since they were taken in, and what was tested", table, "assurance")
    return (
        Table(
            shown.caption, (Column("Taken in"), *shown.columns[1:]), shown.rows, shown.totals, empty=shown.empty
        ),
    )
