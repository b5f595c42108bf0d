"""What does an assurance template say, row by row?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bluelamp.documents.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PageReference:
    """A page of a report we may not hold ("cited by", unverified)."""

    printed: str  # "Page 45/46", "Page 20 Figure 4"
    pages: tuple[str, ...] = ()
    figure: str = ""


@dataclass(frozen=True, kw_only=True)
class TemplateRow(Fact):
    kind: ClassVar[str] = "template_row"
    section: str  # issue_of_concern, area_for_improvement, cause_of_concern, recommendation
    ref: str
    page_ref: str  # as printed
    pages: PageReference | None = None  # as parsed
    text: str = ""
    action: str = ""
    notes: tuple[str, ...] = ()  # footnotes whose sign stands in the row; the commissioner's remarks on the answer
    owner: str = ""  # who is to do it, as printed
    due_printed: str = ""  # the day by which, as printed
    status: str = ""  # "Open", "Red", as printed


@dataclass(frozen=True, kw_only=True)
class Undertaking(Fact):
    """What whoever signs a letter or a response promises to do."""

    kind: ClassVar[str] = "undertaking"
    number: str = ""  # as printed, of a point in a list
    text: str = ""
    due_printed: str = ""  # the day it names, as printed; a meeting it is due at stands in its words
