"""What does a table say whose rows are periods and whose columns are indicators?"""

from __future__ import annotations

from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, Period, Unread
from bluelamp.documents.printed_tables import Table, read_cell
from bluelamp.lib.days import DatedPeriod, read_period
from bluelamp.performance.facts import IndicatorRow
from bluelamp.performance.reading.figures import shape_of


def read_periods_down(part: Part, table: Table) -> tuple[list[Fact], list[Unread]] | None:
    """A row for each column of figures; None where the table's rows are no periods."""
    periods = [_period(table, table.text(row, 0)) for row in table.body]
    dated = [(row, period) for row, period in zip(table.body, periods, strict=True) if period is not None]
    columns = [column for column in shape_of(table).figures if table.name_at(column)]
    if len(dated) < 2 or len(dated) < len(table.body) or not columns or not table.heads:
        return None
    if len({period.end for _, period in dated}) < len(dated):
        return None
    facts: list[Fact] = []
    for column in columns:
        read: list[Period] = []
        spans = [
            span for head in table.heads for cell in head.cells if cell.column == column for span in cell.spans
        ]
        for row, period in dated:
            cell = table.at(row, column)
            value = read_cell(cell, table.unit_at(column))
            if cell is not None and value is not None:
                read.append(Period(to=period.end, value=value))
                spans += [*(row.cells[0].spans if row.cells else ()), *cell.spans]
        citations = part.document.cite(tuple(spans))
        if len(read) > 1 and citations:
            facts.append(
                IndicatorRow(code="", name=table.name_at(column), aim="", periods=tuple(read), citations=citations)
            )
    return facts, []


def _period(table: Table, words: str) -> DatedPeriod | None:
    """The period of a row, alone or with the head over it ("12 months to" over "March 2022")."""
    return read_period(words) or read_period(f"{table.name_at(0)} {words}")
