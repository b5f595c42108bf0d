"""Templates of a fictional force, and how people fill them in."""

from __future__ import annotations

import copy
import datetime as dt
import io
from dataclasses import replace

import docx
from docx.document import Document as WordDocument
from docx.table import Table, _Row

from bluelamp.assurance.template_excel import make_excel
from bluelamp.assurance.template_history import CurrentItem
from bluelamp.assurance.template_matching import Match, Sent, match_return
from bluelamp.assurance.template_model import Choice, Choices, Layout, TemplateItem, TemplateOrder
from bluelamp.assurance.template_return import ReturnedTemplate, read_return
from bluelamp.assurance.template_word import make_word
from bluelamp.documents.readers.forms import read_form_bytes

KEY = b"the key of Calder Vale"
MADE = dt.datetime(2024, 6, 12, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2024, 7, 1)
CHOICES = Choices(
    response=(Choice(slug="accepted", name="Accepted"), Choice(slug="disputed", name="Disputed")),
    delivery=(Choice(slug="planned", name="Planned"), Choice(slug="delivered", name="Delivered")),
)
WORDS = (
    "The force does not always record crimes within the time that the standard allows.",
    "Neighbourhood officers are too often taken away from the streets they know to answer calls elsewhere.",
    "Supervisors rarely look again at risk assessments which have been made in the control room.",
    "Plans to solve a problem are seldom evaluated, so that nobody learns what worked.",
    "There is no one list of people who are wanted and have not been found.",
    "Victims of stalking wait longer for a first visit than the force's own rule says they should.",
    "The backlog of digital devices has doubled, and no plan says how it will be cleared.",
    "Officers who speak to children at an incident do not write down what the children said.",
)
SECTIONS = (
    ("issue_of_concern", "IOC"),
    ("issue_of_concern", "IOC"),
    ("issue_of_concern", "IOC"),
    ("area_for_improvement", "AFI"),
    ("area_for_improvement", "AFI"),
    ("cause_of_concern", "COC"),
    ("recommendation", "REC"),
    ("recommendation", "REC"),
)


def make_items(words: tuple[str, ...] = WORDS) -> tuple[TemplateItem, ...]:
    """Items numbered within their section, two to a page; one by owner A, the next by owner B."""
    given: dict[str, int] = {}
    items = []
    for at, said in enumerate(words):
        section, code = SECTIONS[at % len(SECTIONS)]
        given[code] = given.get(code, 0) + 1
        items.append(
            TemplateItem(
                reference=f"CDV-2024-{code}-{given[code]:02d}",
                section=section,
                source_number=str(given[code]),
                page_ref=f"Page {at // 2 + 5}",
                words=said,
                owner="Head of Crime" if at % 2 else "Head of Contact",
            )
        )
    return tuple(items)


def make_order(
    items: tuple[TemplateItem, ...] | None = None, layout: Layout = Layout.ANNEX, **more: object
) -> TemplateOrder:
    order = TemplateOrder(
        title="Assurance template: Calder Vale 2024",
        items=items or make_items(),
        layout=layout,
        made=MADE,
        as_of=MADE.date(),
        return_to="inspection@calder-vale.example",
        due=dt.date(2024, 7, 3),
        choices=CHOICES,
    )
    return replace(order, **more)  # type: ignore[arg-type]


def open_word(order: TemplateOrder) -> WordDocument:
    return docx.Document(io.BytesIO(make_word(order, KEY)))


def save(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read_back(data: bytes, name: str = "return.docx", *, key: bytes = KEY) -> ReturnedTemplate:
    return read_return(read_form_bytes(data, file_name=name), CHOICES, key)


def match(
    returned: ReturnedTemplate, order: TemplateOrder, *, current: tuple[CurrentItem, ...] | None = None
) -> tuple[Match, ...]:
    now = current if current is not None else tuple(CurrentItem(item=item) for item in order.items)
    return match_return(returned, Sent(items=order.items, made=order.made), now, today=TODAY)


def fill(document: WordDocument, answers: dict[str, str], column: int = 3) -> None:
    """Type an answer beside each reference."""
    for row in rows_of(document):
        reference = reference_of(row)
        if reference in answers:
            row.cells[column].text = answers[reference]


def rows_of(document: WordDocument) -> list[_Row]:
    return [row for table in document.tables for row in table.rows if reference_of(row)]


def reference_of(row: _Row) -> str:
    words = "".join(each.text or "" for each in row.cells[0]._tc.iter() if each.tag.endswith("}t"))
    at = words.find("-20")
    return words[at - 3 : at + 12].split("/")[0] if at >= 3 else ""


def row_of(document: WordDocument, reference: str) -> tuple[Table, _Row]:
    for table in document.tables:
        for row in table.rows:
            if reference_of(row) == reference:
                return table, row
    raise KeyError(reference)


def blank_row_after(row: _Row) -> _Row:
    """A row that somebody added under this one, with nothing in it."""
    added = copy.deepcopy(row._tr)
    row._tr.addnext(added)
    fresh = _Row(added, row._parent)  # type: ignore[arg-type]
    for cell in fresh.cells:
        cell.text = ""
    return fresh


def excel(order: TemplateOrder) -> bytes:
    return make_excel(order, KEY)
