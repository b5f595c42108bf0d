"""Is an overspend that a sentence tells what the row of its table prints: "pay is forecast to overspend by £0.4m"?

For tables of money with a column of the budget and one of the forecast, the outturn or the spending. The row is
the one that the sentence names, or the last total where it names none. A sum told the wrong way round, ten times
too much or too little, or that no cell of a row named whole prints, is doubted; the wrong way round beside its own
size and its own row it cannot be true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.checks.claim_spans import span_of
from bluelamp.checks.claim_words import Name, name_of, read_said, unexplained
from bluelamp.checks.grids import Figure, Grid, Line, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_SPEND: Final = r"(?P<spend>over|under)[- ]?(?:spen[dt]\w{0,3})"
_BEFORE = re.compile(
    rf"\b{_SPEND}(?:\s(?:of|by|is|was|at|will|be|forecast|projected|now|an?|some)){{0,5}}\s$", re.I
)
_AFTER = re.compile(
    rf"\)?\s(?:(?:net|year-end|forecast|projected|overall|total)\s){{0,2}}{_SPEND}\b"
    r"|\)?\s(?P<side>below|under|above|over|more than|less than)\s"
    r"(?:the |its |their |our )?(?:[a-z]{4,9}\s)?(?P<budget>budget)\b",
    re.I,
)
_BUDGET = re.compile(r"\b(?:budget|allocation|plan)\b", re.I)
_REVISED = re.compile(r"\b(?:revised|current|latest|approved)\b", re.I)
_SPENT = re.compile(r"\b(?:forecast|outturn|projected|projection|estimated)\b", re.I)
_ACTUAL = re.compile(r"\b(?:actuals?|spend|spent|spending|expenditure)\b", re.I)
_TO_DATE = re.compile(r"\bto date\b|\bto \d|\bytd\b|\bprofile", re.I)
_VARIANCE = re.compile(r"\b(?:variance|variation|difference|over|under)\b|over/?\(?under|under/?\(?over", re.I)
_NOT_IT = re.compile(
    r"\b(?:last year|previous|prior|last (?:report|quarter|month)|to date|so far|since|from £|of which|at quarter"
    r"|per cent of|more than|less|further|another|additional|part(?:ly)?|each|per|would|could|risk|if|instead"
    r"|offset|except|excluding|including|respectively|both|on (?:the|an?)|reported (?:in|at|last))\b",
    re.I,
)
_BECAUSE = re.compile(
    r"\b(?:mainly|largely|chiefly|mostly|primarily|due to|because|owing to|driven by|caused by|as a result)\b",
    re.I,
)
_FINANCE = frozenset(
    name_of(
        "overspend underspend overspending underspending forecast budget outturn spend spending net total overall"
        " programme expenditure variance projected year end revenue capital position revised full main mainly"
        " pounds million thousand will expected"
    ).stems
)
_TOTAL = re.compile(r"\b(?:total|net (?:expenditure|budget|position|spend\w{0,3})|overall|net)\b", re.I)
_TEN: Final = (Decimal(10), Decimal("0.1"), Decimal(1000), Decimal("0.001"))


@dataclass(frozen=True, eq=False)
class _Row:
    """A row with its budget and what is spent of it."""

    grid: Grid
    line: Line
    budget: Figure
    spent: Figure

    @property
    def over(self) -> Decimal:
        return (self.spent.value or Decimal(0)) - (self.budget.value or Decimal(0))

    @property
    def name(self) -> Name:
        return name_of(self.line.label)

    @property
    def keys(self) -> frozenset[str]:
        return self.name.keys - _FINANCE


@dataclass(frozen=True)
class _Told:
    by: FoundNumber
    is_over: bool
    is_side: bool  # "below the budget", which income may be too


def check_variance_sentences(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            rows: tuple[_Row, ...] | None = None
            for block in paper.prose:
                text = block.text
                if len(text) > LONGEST or "£" not in text or not ("spen" in text or "budget" in text):
                    continue
                rows = tuple(_rows(paper)) if rows is None else rows
                if rows:
                    yield from _in_block(paper, block, rows)


def _rows(paper: Paper) -> Iterator[_Row]:
    for grid in grids_of(paper):
        columns = _columns(grid)
        if columns is None:
            continue
        for line in grid.lines:
            budget, spent = line.figures.get(columns[0]), line.figures.get(columns[1])
            if budget and spent and all(f.unit == "gbp" and f.value is not None for f in (budget, spent)):
                yield _Row(grid, line, budget, spent)


def _columns(grid: Grid) -> tuple[int, int] | None:
    """Of the budget and of what it is held against, where it is plain which."""
    named = [(column, grid.name_of(column)) for column in grid.columns]
    plain = [(column, name) for column, name in named if not _VARIANCE.search(name) and "%" not in name]
    budgets = [(column, name) for column, name in plain if _BUDGET.search(name) and not _SPENT.search(name)]
    revised = [(column, name) for column, name in budgets if _REVISED.search(name)]
    spent = [(column, name) for column, name in plain if _SPENT.search(name) and not _TO_DATE.search(name)]
    spent = spent or [
        (c, name)
        for c, name in plain
        if _ACTUAL.search(name) and not _BUDGET.search(name) and not _TO_DATE.search(name)
    ]
    budgets = revised if len(revised) == 1 else budgets
    return (budgets[0][0], spent[0][0]) if len(budgets) == 1 and len(spent) == 1 else None


# -- what is told -----------------------------------------------------------------------------------------


def _in_block(paper: Paper, block: Block, rows: Sequence[_Row]) -> Iterator[Result]:
    text, numbers = block.text, find_numbers(block.text)
    for start, end in split_sentences(text):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        told = [each for number in mine if (each := _told(text, start, number)) is not None]
        if len(told) != 1:
            continue
        because = _BECAUSE.search(text, told[0].by.end, end)  # "... of £285,000 is mainly on fuel" is of the total
        words = text[start : because.start() if because else end]
        if _NOT_IT.search(words.replace("less than the", "").replace("more than the", "")):
            continue
        found = _row_of(read_said(words).stems, rows)
        if found is not None:
            yield from _judge(paper, (block, start, end), told[0], *found)


def _told(text: str, start: int, number: FoundNumber) -> _Told | None:
    if number.value.unit != "gbp" or not number.value.value:
        return None
    before = _BEFORE.search(text[max(start, number.start - 60) : number.start])
    if before is not None:
        return _Told(number, before["spend"].lower() == "over", is_side=False)
    after = _AFTER.match(text, number.end)
    if after is None:
        return None
    if after["spend"]:
        return _Told(number, after["spend"].lower() == "over", is_side=False)
    return _Told(number, after["side"].lower() in ("above", "over", "more than"), is_side=True)


def _row_of(said: frozenset[str], rows: Sequence[_Row]) -> tuple[_Row, bool] | None:
    """The row, and whether the sentence names it."""
    named = [row for row in rows if row.keys and row.keys <= said]
    most = max((len(row.keys) for row in named), default=0)
    best = [row for row in named if len(row.keys) == most]
    if best:
        return (best[0], True) if len(best) == 1 else None
    if any(row.keys & said for row in rows):
        return None  # it speaks of a part, or of another thing
    grids = list({id(row.grid): row.grid for row in rows}.values())
    totals = [row for row in rows if row.line.is_total or (row.line.is_whole and not row.keys)]
    totals = totals or [row for row in rows if _TOTAL.search(row.line.label) and not row.keys]
    return (totals[-1], False) if totals and len(grids) == 1 else None


# -- judging ----------------------------------------------------------------------------------------------


def _judge(
    paper: Paper, place: tuple[Block, int, int], told: _Told, row: _Row, is_named: bool
) -> Iterator[Result]:
    block, start, _ = place
    by, over, budget, spent = told.by, row.over, row.budget.value or Decimal(0), row.spent.value or Decimal(0)
    if budget < 0 and spent < 0:
        if not told.is_side:
            return  # less income than was planned is no spending
        over = -over
    elif budget < 0 or spent < 0:
        return
    said = span_of(by)
    is_size = said.low <= abs(over) <= said.high
    goes_so = over == 0 or (over > 0) is told.is_over
    others = [
        f for f in row.line.figures.values() if f.unit == "gbp" and f.value is not None and f is not row.budget
    ]
    is_printed = any(said.low <= abs(f.value or Decimal(0)) <= said.high for f in others)
    way = "over" if over > 0 else "under" if over < 0 else "just on"
    shown = (
        f"the row “{row.line.label}” prints {row.spent.text} against {row.budget.text}, {way} by £{abs(over):,.0f}"
    )
    if is_size:
        wrong = None if goes_so else Verdict.CONTRADICTION if is_named and not by.hedge else Verdict.SUSPECT
        yield _result(paper, place, row, shown, wrong)
        return
    if by.hedge or is_printed or not over:
        return
    is_ten = goes_so and any(said.low <= abs(over) * ten <= said.high for ten in _TEN)
    ratio = (by.value.value or Decimal(0)) / abs(over)
    is_whole = is_named and not _narrowed(block.text[start : by.end], row)
    if is_ten or (is_whole and goes_so and Decimal("0.5") < ratio < 2):
        yield _result(paper, place, row, shown, Verdict.SUSPECT)


def _narrowed(words: str, row: _Row) -> bool:
    """Do other words say that it is a part of the row that is meant?"""
    also = _FINANCE | name_of(row.grid.table.title).stems
    return any(not any(c.isdigit() for c in word.exact) for word in unexplained(read_said(words), row.name, also))


def _result(paper: Paper, place: tuple[Block, int, int], row: _Row, shown: str, wrong: Verdict | None) -> Result:
    block, start, end = place
    return Result(
        verdict=wrong or Verdict.CONSISTENT,
        check=Check.CLAIM,
        rule="claim-variance",
        message=f"“{block.text[start:end].strip()[:240]}”: {shown}" + ("." if wrong else ", as said."),
        printed=(paper.print_of(place), paper.print_of(row.line.row)),
        recomputed=f"{row.over:+,.0f}",
    )
