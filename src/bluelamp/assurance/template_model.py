"""What is a template that goes out and comes back? The items sent, the answers asked for, the layouts.

Pure: who sends it, when and as of which day are arguments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.errors import PlainError


class Layout(StrEnum):
    ANNEX = "annex"  # four columns, as commissioners' offices have sent it since 2017
    FULL = "full"  # with owner, choices, dates, evidence and the previous answer


class Column(StrEnum):
    """What a column of a template holds."""

    REF = "ref"
    PAGE = "page"
    WORDS = "words"
    OWNER = "owner"
    RESPONSE = "response"
    DELIVERY = "delivery"
    ACTION = "action"
    TARGET = "target"
    EVIDENCE = "evidence"
    PREVIOUS = "previous"
    SECTION = "section"
    MARK = "mark"  # hidden: which item the row belongs to


HEADS: dict[Layout, dict[Column, str]] = {
    Layout.ANNEX: {
        Column.REF: "Report Ref",
        Column.PAGE: "Page Ref",
        Column.WORDS: "ISSUE OF CONCERN",
        Column.ACTION: "ACTION TAKEN TO ADDRESS CONCERN",
    },
    Layout.FULL: {
        Column.REF: "Reference",
        Column.PAGE: "Page",
        Column.WORDS: "What was said",
        Column.OWNER: "Owner and deadline",
        Column.RESPONSE: "Response",
        Column.DELIVERY: "Delivery",
        Column.ACTION: "Action taken",
        Column.TARGET: "Target date",
        Column.EVIDENCE: "Evidence offered",
        Column.PREVIOUS: "Previous answer",
    },
}

SECTIONS = {
    "issue_of_concern": "Issue of concern",
    "area_for_improvement": "Areas for improvement",
    "cause_of_concern": "Cause of concern",
    "recommendation": "Recommendations",
}
"""The sections of the assurance template, in its order; any other kind follows under its own name."""

PLACEHOLDER = "Choose"
"""What stands in a choice that nobody has made."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    slug: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the owner may choose from, in the order shown."""

    response: tuple[Choice, ...] = ()
    delivery: tuple[Choice, ...] = ()

    def of(self, column: Column) -> tuple[Choice, ...]:
        return {Column.RESPONSE: self.response, Column.DELIVERY: self.delivery}.get(column, ())


@dataclass(frozen=True, kw_only=True)
class PastAnswer:
    """An answer already held: what was said, by whom, on which day."""

    words: str
    by: str
    day: dt.date
    made: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FiveFacts:
    """An item's five facts as people read them."""

    response: str = ""
    delivery: str = ""
    assurance: str = ""
    position: str = ""
    schedule: str = ""


@dataclass(frozen=True, kw_only=True)
class TemplateItem:
    """One item as it is sent. `words` are the inspectors' and nobody else's."""

    reference: str
    section: str  # the kind's slug
    section_name: str = ""  # of a kind that has no section of the assurance template
    source_number: str = ""
    page_ref: str = ""
    words: str
    parts: tuple[str, ...] = ()
    area: str = ""
    deadline_printed: str = ""
    deadline: dt.date | None = None
    owner: str = ""
    facts: FiveFacts = FiveFacts()
    answers: tuple[PastAnswer, ...] = ()  # oldest first
    office_notes: tuple[str, ...] = ()  # the office's own; printed apart, and only where asked for

    @property
    def all_words(self) -> str:
        return " ".join([self.words, *self.parts])

    @property
    def notes_shown(self) -> tuple[str, ...]:
        """The office's notes as they are printed under the words."""
        return tuple(f"Office note: {note}" for note in self.office_notes)

    @property
    def shown_section(self) -> str:
        return SECTIONS.get(self.section) or self.section_name or self.section.replace("_", " ").capitalize()


@dataclass(frozen=True, kw_only=True)
class TemplateOrder:
    """What is to go out. `title` names what it is about; `made` is the moment it is made, in UTC."""

    title: str
    items: tuple[TemplateItem, ...]
    layout: Layout
    made: dt.datetime
    as_of: dt.date
    marking: str = "OFFICIAL"
    return_to: str = ""
    due: dt.date | None = None
    owner: str = ""  # the one owner whose items these are, where it was split
    choices: Choices = Choices()
    with_office_notes: bool = False

    def __post_init__(self) -> None:
        if not self.items:
            raise PlainError("No item was chosen for the template: choose at least one.")


@dataclass(frozen=True)
class Section:
    name: str
    slug: str
    items: tuple[TemplateItem, ...]


def make_sections(items: Iterable[TemplateItem]) -> tuple[Section, ...]:
    """The items by section, in the order of the assurance template; within one, in the order given."""
    order = {slug: at for at, slug in enumerate(SECTIONS)}
    ordered = sorted(items, key=lambda item: (order.get(item.section, len(order)), _other(item, order)))
    return tuple(
        Section(group[0].shown_section, slug, group)
        for slug, members in groupby(ordered, key=lambda item: item.section)
        if (group := tuple(members))
    )


def _other(item: TemplateItem, order: dict[str, int]) -> str:
    return "" if item.section in order else item.section


def split_by_owner(items: Iterable[TemplateItem]) -> Iterator[tuple[str, tuple[TemplateItem, ...]]]:
    """Each owner with their items, by name; those of nobody last, under ""."""
    by_owner: dict[str, list[TemplateItem]] = {}
    for item in items:
        by_owner.setdefault(item.owner, []).append(item)
    for owner in sorted(by_owner, key=lambda name: (not name, name.casefold())):
        yield owner, tuple(by_owner[owner])


def instructions(order: TemplateOrder) -> tuple[str, str]:
    """Two lines for whoever fills it in; the second says where it goes and by when."""
    column = HEADS[order.layout][Column.ACTION]
    first = (
        f"Please say under “{column}” what has been done about each point, or why nothing has. Rows may be moved; "
        "please leave the references and the words of the report as they are."
    )
    where = f"Return to {order.return_to}" if order.return_to else "Return it to whoever sent it"
    when = f" by {say_day(order.due)}" if order.due else ""
    return first, f"{where}{when}."


def deadline_line(item: TemplateItem) -> str:
    """The inspectorate's deadline as printed, with the day it comes to."""
    day = say_day(item.deadline) if item.deadline else ""
    printed = item.deadline_printed
    if printed and day and printed.casefold() != f"by {day}".casefold():
        return f"Deadline: {printed} ({day})"
    return f"Deadline: {day or printed}" if day or printed else ""


def previous_answer(item: TemplateItem) -> str:
    """The latest answer with its day and who gave it; "" where there is none."""
    if not item.answers:
        return ""
    last = item.answers[-1]
    return f"{last.words} ({last.by}, {say_day(last.day)})"
