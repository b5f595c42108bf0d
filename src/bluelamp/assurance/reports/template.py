"""How does the assurance template look as a paper: every point in its section, with what was done about each?"""

from __future__ import annotations

from bluelamp.assurance.reports.parts import cite, left_out, marking_of, name_forces, say_words
from bluelamp.assurance.snapshot import ItemThen, Snapshot
from bluelamp.papers.model import Blank, Cell, Column, Content, FormTable, Paper, Row, Section
from bluelamp.register.kinds import load_item_kinds

FIRST = ("issue_of_concern", "area_for_improvement", "cause_of_concern", "recommendation")


def make_template_paper(snapshot: Snapshot) -> Paper:
    """One section a kind, in the order in which offices print them; what has no answer has room for one."""
    kinds = [*FIRST, *(slug for slug in load_item_kinds() if slug not in (*FIRST, "judgement"))]
    sections = [_section(slug, [item for item in snapshot.items if item.kind == slug]) for slug in kinds]
    return Paper(
        title="Assurance template",
        subtitle=f"{name_forces(snapshot)}: every point, and the action taken to address it",
        kind="assurance-template",
        marking=marking_of(snapshot),
        as_of=snapshot.day,
        sections=tuple(section for section in sections if section),
        notes=left_out(snapshot),
        landscape=True,
    )


def _section(slug: str, items: list[ItemThen]) -> Section | None:
    if not items:
        return None
    name = load_item_kinds()[slug].plural
    heading = name[:1].upper() + name[1:]
    table = FormTable(
        caption=f"{heading} ({len(items)})",
        columns=(
            Column("Reference", width=1.2),
            Column("No.", width=0.5),
            Column("Page", width=0.8),
            Column("What was said", width=4),
            Column("Action taken to address it", width=4),
        ),
        rows=tuple(_row(item) for item in items),
    )
    return Section(heading, (table,))


def _row(item: ItemThen) -> Row:
    return (
        Cell(str(item.reference), anchor=str(item.reference)),
        str(item.source_number) or "–",
        _page(item),
        say_words(item),
        _done(item),
    )


def _page(item: ItemThen) -> str:
    cited_pages = next((str(row["cited_pages"]) for row in item.rows("mentions") if row["cited_pages"]), "")
    cited = cite(item)
    return cited_pages or (f"Page {cited.printed_page or cited.page}" if cited.page else "no page")


def _done(item: ItemThen) -> Content:
    answer = item.latest_answer
    return str(answer["words"]) if answer else Blank(2)
