"""What stands beside a page of a document: its facts, which of them the reader came for, the pages around it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from bluelamp.desk.queries import facts_of, facts_on_page, references_made, unread_on_page
from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.documents.pictures import has_picture
from bluelamp.documents.sheets import DrawnBox, Mark, SheetBlock, find_boxes, find_marks, make_sheet, mark_lines
from bluelamp.documents.windows import Window, part_of
from bluelamp.intake.models import Proposal, UnreadPassage
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.models import Mention

Citations = Sequence[Any]
"""Citations as on the wire."""


@dataclass(frozen=True)
class Place:
    """What the reader came for: the words of a fact or an item, or lines."""

    key: str = ""
    citations: Citations = ()
    lines: tuple[int, int] | None = None

    @property
    def line(self) -> int | None:
        """Where to begin."""
        if self.lines:
            return self.lines[0]
        return int(self.citations[0]["line"]) if self.citations else None


@dataclass(frozen=True)
class PageFact:
    """A fact beside its page. `reference` is that of the item it became, "" where it is none."""

    fact: Proposal
    line: int
    reference: str
    here: bool


@dataclass(frozen=True)
class PageView:
    as_text: bool
    has_picture: bool
    total: int
    window: Window
    sheet: list[SheetBlock] = field(default_factory=list)
    boxes: list[DrawnBox] = field(default_factory=list)
    facts: list[PageFact] = field(default_factory=list)
    unread: list[UnreadPassage] = field(default_factory=list)
    place: Place = field(default_factory=Place)


def make_place(asked: Mapping[str, str], document: StoredDocument, *, viewer: Viewer) -> Place:
    """Read `fact`, `item` or `lines` of an address; what names nothing here is as nothing."""
    if (key := _uuid(asked.get("fact", ""))) and (found := facts_of(document).filter(pk=key).first()):
        return Place(str(found.pk), found.citations)
    if reference := asked.get("item", ""):
        named = Q(item__reference=reference) | Q(item__merged_into__reference=reference)
        mentions = Mention.objects.filter(named, document=document)
        cited = [c for mention in visible_to(viewer, mentions, through="item") for c in mention.citations]
        return Place(f"item {reference}", cited)
    first, _, last = asked.get("lines", "").partition("-")
    if first.isdecimal() and last.isdecimal() and len(first + last) < 15:
        return Place("lines", lines=(int(first), int(last)))
    return Place()


def _uuid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def make_page_view(
    document: StoredDocument, page: StoredPage, place: Place, *, as_text: bool, part: int | None, viewer: Viewer
) -> PageView:
    window = part_of(page, part, line=place.line)
    facts = [fact for fact in facts_on_page(document, page.index) if _stands_in(window, fact.citations)]
    references = references_made(facts, viewer=viewer)
    cited = [(str(fact.pk), fact.citations) for fact in facts if str(fact.pk) != place.key]
    cited.append((place.key, place.citations))
    return PageView(
        as_text=as_text,
        has_picture=has_picture(document, page),
        total=document.pages.count(),
        window=window,
        sheet=make_sheet(page, _marks(page, cited, place), window.blocks) if as_text else [],
        boxes=[] if as_text else find_boxes(page, cited, here=place.key),
        facts=[
            PageFact(fact, _line_of(fact), references.get(fact.pk, ""), here=_is_here(fact, place, references))
            for fact in facts
        ],
        unread=[each for each in unread_on_page(document, page.index) if _stands_in(window, each.citations)],
        place=place,
    )


def _stands_in(window: Window, citations: Citations) -> bool:
    """Does it begin in this part of the page? What names no line stands in the first."""
    return window.holds(citations[0]["line"]) if citations else window.part == 1


def _marks(page: StoredPage, cited: list[tuple[str, Citations]], place: Place) -> list[Mark]:
    marks = find_marks(page, cited, here=place.key)
    return marks + (mark_lines(page, *place.lines) if place.lines else [])


def _line_of(fact: Proposal) -> int:
    return fact.citations[0]["line"] if fact.citations else 1


def _is_here(fact: Proposal, place: Place, references: Mapping[UUID, str]) -> bool:
    return str(fact.pk) == place.key or place.key == f"item {references.get(fact.pk)}"
