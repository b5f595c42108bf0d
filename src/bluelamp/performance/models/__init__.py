"""What does the record keep of performance: figures, records, boundaries, reports with their releases, audits?"""

from __future__ import annotations

from bluelamp.performance.models.audits import (
    Audit,
    AuditCase,
    AuditQuestion,
    AuditStratum,
    CaseReading,
    QuestionAnswer,
)
from bluelamp.performance.models.boundaries import BoundarySet
from bluelamp.performance.models.figures import KeptSeries, Load, ReadToken, WaitingFigures
from bluelamp.performance.models.records import RecordsLoad
from bluelamp.performance.models.reports import (
    Headline,
    Insight,
    InsightLink,
    InsightRequest,
    InsightText,
    Report,
    ReportComment,
    ReportMove,
    ReportRelease,
)

__all__ = [
    "Audit",
    "AuditCase",
    "AuditQuestion",
    "AuditStratum",
    "BoundarySet",
    "CaseReading",
    "Headline",
    "Insight",
    "InsightLink",
    "InsightRequest",
    "InsightText",
    "KeptSeries",
    "Load",
    "QuestionAnswer",
    "ReadToken",
    "RecordsLoad",
    "Report",
    "ReportComment",
    "ReportMove",
    "ReportRelease",
    "WaitingFigures",
]
