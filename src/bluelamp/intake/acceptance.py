"""What is known while proposals of one document are accepted, and what does each acceptance write?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bluelamp.documents.facts import Fact
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.frameworks import Framework, name_key
from bluelamp.inspections.models import Finding, Inspection
from bluelamp.intake.models import Proposal
from bluelamp.intake.years import Year
from bluelamp.ledger.actions import Book
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation, Owner
from bluelamp.register.actions import Point, References, Setting, make_item
from bluelamp.register.models import Item


@dataclass(frozen=True)
class Prepared:
    """A proposal with its fact, parsed and validated before the transaction."""

    proposal: Proposal
    fact: Fact | None  # None for kinds that are kept as they were read
    fields: dict[str, Any]  # as accepted: read, or corrected


@dataclass
class Made:
    """What one acceptance writes. `subject` is what its event is about."""

    subject: Recorded
    add: list[Recorded] = field(default_factory=list)
    change: list[Recorded] = field(default_factory=list)
    item: Item | None = None


@dataclass
class Acceptance:
    """One transaction's acceptances from one document."""

    document: StoredDocument
    force: Organisation | None  # None where it is about no one force: only mentions, which bring theirs
    framework: Framework | None
    year: Year
    now: dt.datetime
    book: Book
    references: References = field(default_factory=References)
    items: list[Item] = field(default_factory=list)
    owners: dict[str, Owner] = field(default_factory=dict)  # new ones of this transaction, by name
    _inspection: Inspection | None = None
    _findings: list[Finding] | None = None

    @property
    def inspection(self) -> Inspection:
        """The document's inspection, made with the first fact that needs it."""
        if self._inspection is None:
            self._inspection = Inspection.objects.filter(document=self.document).first() or self._make_inspection()
        return self._inspection

    def _make_inspection(self) -> Inspection:
        made = Inspection(
            force=self.force,
            framework=self.framework.slug if self.framework else "",
            document=self.document,
            year=self.year.year,
            year_guessed=self.year.guessed,
            published=self.document.published,
        )
        self.book.event("inspections.inspection_recorded", subject=made, add=[made])
        return made

    @property
    def findings(self) -> list[Finding]:
        """The document's findings so far, those of this transaction included."""
        if self._findings is None:
            self._findings = list(
                Finding.objects.filter(inspection__document=self.document).select_related("item")
            )
        return self._findings

    def area_name(self, slug: str) -> str:
        area = self.framework.area(slug) if self.framework and slug else None
        return area.name if area else slug.replace("-", " ").capitalize()

    def grade_name(self, slug: str | None) -> str:
        if not slug:
            return "not graded"
        grades = self.framework.grades if self.framework else ()
        return next((grade.name for grade in grades if grade.slug == slug), slug.replace("-", " "))

    def add_item(self, point: Point, *, source: str, force: Organisation | None = None) -> list[Recorded]:
        """The item, which comes first, and its mention; the item is the document's force's unless one is named."""
        whose = force or self.force
        assert whose, "rules.check_can_accept lets nothing become an item that has no force"
        setting = Setting(self.document, whose, self.year.year, self.year.guessed, source, self.now)
        item, mention = make_item(point, setting, self.references)
        self.items.append(item)
        return [item, mention]


Maker = Callable[[Acceptance, Prepared, Any], Made]

INSPECTORATE, ASSURANCE_TEMPLATE = "inspectorate", "assurance_template"


def first_reading(prepared: Prepared) -> dict[str, Any] | None:
    """The fields as they were read, where a person accepted other ones."""
    return prepared.proposal.fields if prepared.fields != prepared.proposal.fields else None


def same_words(left: str, right: str) -> bool:
    """The same but for white space, case and marks."""
    return bool(left) and name_key(left) == name_key(right)
