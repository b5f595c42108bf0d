"""What does a published performance or finance table say?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bluelamp.documents.facts import Fact, NamedValue, Period
from bluelamp.figures.printed import PrintedValue


@dataclass(frozen=True, kw_only=True)
class IndicatorRow(Fact):
    kind: ClassVar[str] = "indicator_row"
    code: str
    name: str
    aim: str  # increase | reduce | monitor
    periods: tuple[Period, ...]
    change_percent: PrintedValue | None = None
    change_actual: PrintedValue | None = None
    change_unit: str = ""  # percent | points | number
    exception: bool | None = None  # None: the table has no such marker
    target: PrintedValue | None = None  # None: the table has no column of targets, or the cell is empty
    others: tuple[
        NamedValue, ...
    ] = ()  # further columns: baseline, peers' average, year to date, a rating as printed


@dataclass(frozen=True, kw_only=True)
class BudgetRow(Fact):
    kind: ClassVar[str] = "budget_row"
    table: str
    group: str
    line: str
    columns: tuple[NamedValue, ...]
    is_total: bool = False
