"""What do a meeting's papers say of the meeting itself?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bluelamp.documents.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Attendance(Fact):
    kind: ClassVar[str] = "attendance"
    meeting_date: date | None
    name: str
    role: str = ""
    present: bool = True
    capacity: str = "member"  # member | other


@dataclass(frozen=True, kw_only=True)
class AgendaItem(Fact):
    kind: ClassVar[str] = "agenda_item"
    meeting_date: date | None
    number: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Resolution(Fact):
    kind: ClassVar[str] = "resolution"
    meeting_date: date | None
    number: str  # "2021/001"
    text: str
    item: str = ""  # heading of the minute it stands under


@dataclass(frozen=True, kw_only=True)
class ActionRequest(Fact):
    """Something a meeting asks of someone."""

    kind: ClassVar[str] = "action_request"
    meeting_date: date | None
    text: str
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperHeader(Fact):
    kind: ClassVar[str] = "paper_header"
    title: str
    purpose: str = ""  # For Information / Consideration / Decision
    public: str = ""  # as printed
    report_to: str = ""
    meeting_date: date | None = None
    report_of: str = ""
    author: str = ""
    other_contacts: str = ""
    agenda_item: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkProgrammeItem(Fact):
    kind: ClassVar[str] = "work_programme_item"
    meeting: str  # as printed
    meeting_date: date | None
    title: str
    focus: str = ""
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class SelfAssessmentRow(Fact):
    kind: ClassVar[str] = "self_assessment_row"
    characteristic: str  # "1.5"
    statement: str
    narrative: str
