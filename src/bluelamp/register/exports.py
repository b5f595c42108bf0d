"""How do items leave as a table, so that no cell of it can act as a formula?"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.db.models import QuerySet

from bluelamp.documents.models import StoredDocument
from bluelamp.organisations.visibility import Viewer
from bluelamp.register.links import Linked, links_of_all
from bluelamp.register.models import Item
from bluelamp.register.paging import DEFAULT_SORT, page_of
from bluelamp.register.queries import NO_POINT, say_value
from bluelamp.register.standing import schedule_on

ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
"""What a spreadsheet may take for the beginning of a formula or a command."""
LONGEST_CELL = 32_767  # what a cell of Excel holds

HEADS = (
    "Reference",
    "Force",
    "Kind",
    "Year",
    "Area",
    "Grade",
    "What was said",
    "In full",
    "Response",
    "Delivery",
    "For the body",
    "Assurance",
    "Inspectorate",
    "Schedule",
    "Due",
    "Original target",
    "Current target",
    "Deadline",
    "Deadline as printed",
    "Owner",
    "Closing",
    "Belongs with",
    "Source",
    "Source's number",
    "Framework",
    "Document",
    "Page",
    "Printed page",
    "Line",
    "Quote",
    "Cites pages",
    "Document's SHA-256",
)


@dataclass(frozen=True)
class Export:
    data: bytes
    file_name: str
    media_type: str


def export_rows(
    items: QuerySet[Item], sort: str = DEFAULT_SORT, *, today: dt.date, viewer: Viewer
) -> Iterator[tuple[str, ...]]:
    """One row an item, in the order shown. How an item stands against its dates is said of `today`."""
    items = items.select_related("owner").prefetch_related("mentions")
    after = ""
    while True:
        page = page_of(items, sort, after=after, size=1000)
        links = links_of_all(page.items, viewer=viewer)
        yield from (_row(item, today, links[item.pk]) for item in page.items)
        after = page.after
        if not after:
            return


def _row(item: Item, today: dt.date, links: list[Linked]) -> tuple[str, ...]:
    mention = next(iter(item.mentions.all()), None)
    cited: dict[str, Any] = mention.citations[0] if mention and mention.citations else {}
    quotes = [citation["quote"] for citation in mention.citations] if mention else []
    document: StoredDocument = item.document
    return (
        item.reference,
        item.force.name,
        say_value("kind", item.kind),
        str(item.year),
        item.area_name or item.area,
        _say_grade(item),
        item.title,
        "\n".join([item.text, *item.parts]).strip(),
        *_say_facts(item, today),
        *(_say_day(day) for day in (item.due, item.original_target, item.current_target, item.deadline_date)),
        item.deadline_printed,
        item.owner.name if item.owner else "",
        "" if item.kind == NO_POINT else say_value("closing", item.closing),
        "; ".join(f"{linked.said} {linked.to.reference}" for linked in links),
        say_value("source", item.source),
        item.source_number,
        item.framework,
        document.title or document.file_name,
        str(cited.get("page") or ""),
        str(cited.get("printed_page") or ""),
        str(cited.get("line") or ""),
        " […] ".join(quotes),
        mention.cited_pages if mention else "",
        document.sha256,
    )


def _say_facts(item: Item, today: dt.date) -> tuple[str, ...]:
    """The five facts in their order, the body it is for beside delivery; a grade is nothing to be answered."""
    if item.kind == NO_POINT:
        return ("",) * 6
    return (
        say_value("response", item.response),
        say_value("delivery", item.delivery),
        item.delivery_body,
        say_value("assurance", item.assurance),
        say_value("position", item.position),
        say_value("schedule", schedule_on(item.timing, item.due, today)),
    )


def _say_day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _say_grade(item: Item) -> str:
    if item.kind != NO_POINT:
        return ""
    return say_value("grade", item.grade) if item.grade else "Not graded"


def defuse(cell: str) -> str:
    """The cell with an apostrophe before anything a spreadsheet could run."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(ACTIVE) or cell.startswith(ACTIVE) else cell


def make_csv(rows: Iterable[tuple[str, ...]], file_name: str = "register.csv") -> Export:
    """UTF-8 with a mark at the start, by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows:
        writer.writerow([defuse(cell) for cell in row])
    return Export(text.getvalue().encode("utf-8-sig"), file_name, "text/csv; charset=utf-8")


def make_xlsx(rows: Iterable[tuple[str, ...]], *, now: dt.datetime, file_name: str = "register.xlsx") -> Export:
    """A workbook in which every cell is typed as words, never as a formula or a link."""
    buffer = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **never}) as book:
        book.set_properties({"created": now.replace(tzinfo=None), "title": "Register"})
        sheet = book.add_worksheet("Register")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, head in enumerate(HEADS):
            sheet.write_string(0, column, head, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell[:LONGEST_CELL], wrapped)
        sheet.set_column(0, 5, 18)
        sheet.set_column(6, 7, 60)
        sheet.set_column(8, len(HEADS) - 1, 20)
        sheet.freeze_panes(1, 1)
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Export(buffer.getvalue(), file_name, media_type)
