"""What did a report criticise, gravest first? The points lifted from its prose, and how far they are decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.documents.pictures import has_picture
from bluelamp.documents.sheets import DrawnBox, SheetBlock, find_boxes, find_marks, make_sheet
from bluelamp.documents.windows import Window, around
from bluelamp.inspections.reading.criticism_words import load_words
from bluelamp.intake.models import Proposal
from bluelamp.intake.review import proposals_of
from bluelamp.register.models import Item

LIFTED = "issue_of_concern"


def has_criticism(document: StoredDocument) -> bool:
    """Was any sentence of its prose read as criticism?"""
    return proposals_of(document).filter(kind="finding", fields__type=LIFTED).exists()


@dataclass(frozen=True)
class Row:
    """One criticism. `parent` are the words of the labelled finding that it supports, `reference` its item's."""

    proposal: Proposal
    strength: str
    words: str
    area: str
    parent: str
    reference: str
    line: int

    @property
    def waits(self) -> bool:
        return bool(self.proposal.state == Proposal.PROPOSED)


@dataclass(frozen=True)
class Group:
    """The criticisms of one strength."""

    slug: str
    name: str
    meaning: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Beside:
    """The page that the chosen criticism stands on, its words marked."""

    row: Row
    page: StoredPage
    window: Window
    sheet: Sequence[SheetBlock] = field(default_factory=list)
    boxes: Sequence[DrawnBox] = field(default_factory=list)


@dataclass(frozen=True)
class Harvest:
    groups: Sequence[Group]
    beside: Beside | None
    counts: Counter[str]  # by state: proposed, accepted, rejected
    labelled: int  # labelled findings that still wait

    @property
    def total(self) -> int:
        return self.counts.total()


def make_harvest(document: StoredDocument, *, at: UUID | None, as_text: bool) -> Harvest:
    """Every criticism of the document's prose by strength, the gravest first, then in reading order."""
    proposals = list(proposals_of(document).filter(kind="finding"))
    lifted = [each for each in proposals if _fields(each).get("type") == LIFTED]
    parents = {each.fact_id: _words(each) for each in proposals}
    references = _references(lifted)
    rows = [_row(each, parents, references) for each in lifted]
    groups = [
        Group(strength.slug, strength.name, strength.meaning, [r for r in rows if r.strength == strength.slug])
        for strength in reversed(load_words().strengths)
    ]
    chosen = next((row for row in rows if row.proposal.pk == at), None)
    first = next((row for group in groups for row in group.rows if row.waits), rows[0] if rows else None)
    return Harvest(
        groups=[group for group in groups if group.rows],
        beside=_beside(document, chosen or first, as_text=as_text),
        counts=Counter(each.state for each in lifted),
        labelled=sum(
            each.state == Proposal.PROPOSED for each in proposals if _fields(each).get("type") in LABELLED
        ),
    )


LABELLED = frozenset({"cause_of_concern", "recommendation", "area_for_improvement"})


def _fields(proposal: Proposal) -> dict[str, object]:
    return {**proposal.fields, **(proposal.corrected or {})}


def _words(proposal: Proposal) -> str:
    fields = _fields(proposal)
    return str(fields.get("title") or fields.get("text") or "")


def _row(proposal: Proposal, parents: dict[str, str], references: dict[str, str]) -> Row:
    fields = _fields(proposal)
    known = {strength.slug for strength in load_words().strengths}
    strength = str(fields.get("strength") or "")
    parent = str(fields.get("parent") or "")
    return Row(
        proposal=proposal,
        strength=strength if strength in known else load_words().strengths[0].slug,
        words=" ".join(str(part) for part in (_words(proposal), *(fields.get("parts") or []))),  # type: ignore[misc]
        area=str(fields.get("area") or "").replace("-", " ").capitalize(),
        parent=parents.get(parent, parent),
        reference=references.get(proposal.result_id, ""),
        line=proposal.citations[0]["line"] if proposal.citations else 1,
    )


def _references(proposals: Sequence[Proposal]) -> dict[str, str]:
    keys = [each.result_id for each in proposals if each.result_table == Item._meta.db_table and each.result_id]
    return {str(key): ref for key, ref in Item.objects.filter(pk__in=keys).values_list("pk", "reference")}


def _beside(document: StoredDocument, row: Row | None, *, as_text: bool) -> Beside | None:
    page = document.pages.filter(index=row.proposal.page_index).first() if row else None
    if row is None or page is None:
        return None
    cited = [(str(row.proposal.pk), row.proposal.citations)]
    here = str(row.proposal.pk)
    window = around(page, row.line)
    if as_text or not has_picture(document, page):
        sheet = make_sheet(page, find_marks(page, cited, here=here), window.blocks)
        return Beside(row, page, window, sheet=sheet)
    return Beside(row, page, window, boxes=find_boxes(page, cited, here=here))
