"""Does a total in a heading or a sentence above a table agree with the rows below it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.checks.casts import in_table
from bluelamp.checks.grids import Grid, Line, add_bounds, grids_of, overlap
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import FoundNumber, find_numbers
from bluelamp.checks.table_notes import Note
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.lib.text import fold

_ABOVE: Final = 6  # blocks above a table among which its heading may stand
_SHORT: Final = 200  # characters of a heading; of a sentence all that stands before the number
_FEWEST: Final = 3  # rows
_WORD = re.compile(r"[a-z]{4,}")
_DASHED = re.compile(r"[-–—:(]\s*$")
_TOTAL_OF = re.compile(r"\btotal(?:l?ed|ling)?(?:\s+(?:of|to|number of [\w -]{1,40}(?:was|is|of)?))?\s*$", re.I)
_SHOWN = re.compile(
    r"\b(?:table (?:below|shows|sets out)|below (?:shows|sets out)|(?:shown|set out|listed|given"
    r"|broken down) (?:below|in the table)"
    r"|as follows|by (?:type|area|category|outcome|reason|offence)|the (?:following )?(?:table|breakdown))\b",
    re.I,
)
_SUMMED = re.compile(
    r"\b(?:totals?|totall?ed|combined|altogether|in all|sum(?:s|med)? to|c[oa]me to|amounts? to|amounted to)\b",
    re.I,
)
_TOTALLED = re.compile(r"\btotal(?:l?ed|s)\s$", re.I)
_SOME = re.compile(
    r"\b(?:most|top|largest|main|selected|frequent|common|some|others?|of which|of these|include\w*"
    r"|among|sample|example"
    r"|population|previous|last year|compared|target|since|budget)\b",
    re.I,
)
_OUT_OF = re.compile(r"\bof (?:the |these |all |our )?$", re.I)
_COMMON: Final = frozenset(
    {"number", "total", "figures", "table", "between", "from", "with", "this", "that", "there"}
)
_EMPTY: Final = frozenset(
    {"made", "held", "recorded", "received", "carried", "undertaken", "reported", "attended", "completed",
     "during", "year", "quarter", "month", "ending", "ended", "overall", "count", "volume", "january", "february",
     "march", "april", "june", "july", "august", "september", "october", "november", "december"}
)  # fmt: skip
"""Words of a heading that narrow nothing."""


@dataclass(frozen=True)
class _Claimed:
    """A number above a table that may be the total of one of its columns."""

    block: Block
    number: FoundNumber
    explicit: bool  # it calls itself a total, or stands at the end of a heading


def check_headings(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Tables without a total row of their own, under words that give one."""
    for subject in subjects:
        for paper in subject.papers:
            blocks = list(paper.blocks)
            places = {id(block): index for index, block in enumerate(blocks)}
            for grid in grids_of(paper):
                index = places.get(id(grid.table.block))
                if index is not None and grid.note not in (Note.NEED_NOT_SUM, Note.HIDES):
                    yield from _check_table(paper, grid, blocks, index)


def _check_table(paper: Paper, grid: Grid, blocks: Sequence[Block], index: int) -> Iterator[Result]:
    lines = [line for line in grid.lines if line.has_figures]
    totals = [line for line in lines if line.is_total]
    if len(totals) == 1 and len(lines) > _FEWEST:
        yield from _beside_total(
            paper, grid, totals[0], [line for line in lines if line is not totals[0]], blocks, index
        )
        return
    if len(lines) < _FEWEST or any(line.is_total or line.is_whole for line in lines):
        return
    for column in grid.columns:
        if not grid.is_additive(column):
            continue
        claimed = next(iter(_claims(grid, column, lines, blocks, index)), None)
        if claimed is not None:
            yield _judge(paper, grid, column, lines, claimed)
        else:
            yield from _told_below(paper, grid, column, lines, blocks[index + 1 : index + 2])


def _told_below(
    paper: Paper, grid: Grid, column: int, lines: Sequence[Line], below: Sequence[Block]
) -> Iterator[Result]:
    """ "The four contracts have a combined annual value of £860,800" under a column of annual values."""
    named = _words(grid.name_of(column))
    figures = [f for line in lines if not line.is_part and (f := line.figures.get(column)) is not None]
    bounds, units = add_bounds(figures), {figure.unit for figure in figures}
    if not named or bounds is None or len(figures) < len(lines) or len(units) > 1:
        return
    total = sum((figure.value or Decimal(0) for figure in figures), Decimal(0))
    for block in below:
        if block.kind is BlockKind.TABLE or len(block.text) > _SHORT or _SOME.search(block.text):
            return
        for number in find_numbers(block.text):
            value, low, high = number.value.value, number.value.low, number.value.high
            before = block.text[: number.start]
            if value is None or low is None or high is None or not value or number.hedge:
                continue
            alike = number.value.unit in units or {number.value.unit, *units} <= {"", "number"}
            if not alike or not _SUMMED.search(before) or not named <= _words(before):
                continue
            agrees = overlap(bounds, (low, high))
            if not agrees and abs(total - value) * 8 > value:
                continue
            said = block.text[: number.end].strip()[-120:]
            yield Result(
                verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
                check=Check.CAST,
                rule="total-below",
                message=in_table(
                    f"“{said}” is printed below; the {len(figures)} rows above it sum to {total.normalize():,f}.",
                    grid,
                ),
                printed=(
                    paper.print_of((block, number.start, number.end), text=said),
                    paper.print_of(*[line.row for line in lines]),
                ),
                recomputed=f"{total.normalize():,f}",
            )
            return


def _beside_total(
    paper: Paper, grid: Grid, total: Line, lines: Sequence[Line], blocks: Sequence[Block], index: int
) -> Iterator[Result]:
    """A heading that gives a total ("Visits made: 214") beside the row that prints it."""
    for column in grid.columns:
        figure = total.figures.get(column)
        if figure is None or figure.bounds is None or not grid.is_additive(column):
            continue
        for claimed in _claims(grid, column, lines, blocks, index):
            said = claimed.block.text[: claimed.number.end][-120:].strip()
            printed = claimed.number.value
            if not claimed.explicit or claimed.number.hedge or printed.low is None or printed.high is None:
                continue
            named, words = _words(grid.name_of(column)), _words(said)
            if not named & words or words - named - _EMPTY or printed.value is None or figure.value is None:
                continue
            agrees = overlap(figure.bounds, (printed.low, printed.high))
            if not agrees and abs(figure.value - printed.value) * 5 > printed.value:
                continue
            text = f"“{said}” is printed above; the row “{total.label}” prints {figure.text}"
            yield Result(
                verdict=Verdict.CONSISTENT if agrees else Verdict.CONTRADICTION,
                check=Check.CAST,
                rule="total-above",
                message=in_table(f"{text} under “{grid.name_of(column)}”.", grid),
                printed=(
                    paper.print_of((claimed.block, claimed.number.start, claimed.number.end), text=said),
                    paper.print_of(total.row),
                ),
                recomputed=figure.text,
            )
            break


def _claims(
    grid: Grid, column: int, lines: Sequence[Line], blocks: Sequence[Block], index: int
) -> Iterator[_Claimed]:
    about = _words(f"{grid.name_of(column)} {grid.table.title}")
    values = [f.value for line in lines if (f := line.figures.get(column)) and f.value is not None]
    largest = max(values, default=Decimal(0))
    if len(values) < _FEWEST or min(values) < 0:
        return
    nearest = blocks[index - 1] if index else None
    for block in reversed(blocks[max(0, index - _ABOVE) : index]):
        if block.kind is BlockKind.TABLE:
            continue
        for number in find_numbers(block.text):
            value = number.value.value
            if value is None or number.value.unit not in ("", "number") or value < largest or value == 0:
                continue
            before = block.text[: number.start]
            if len(before) > _SHORT or not about & _words(before + " " + _next_words(block.text, number.end)):
                continue
            is_total = bool(_TOTAL_OF.search(before))
            is_head = bool(_DASHED.search(before)) and number.start < 80
            is_head = is_head and not _counts_other(block.text[number.end :], _words(grid.name_of(column)))
            is_told = block is nearest and _is_told(block.text, number)
            if is_total or is_head or is_told:
                yield _Claimed(block, number, explicit=is_total or is_head)
        if block.kind is BlockKind.HEADING and block.level <= 2:
            return


def _counts_other(after: str, about: frozenset[str]) -> bool:
    """Do words go on after the number that name something else ("88 shifts worked")?"""
    found = re.match(r"\s+([a-z]\S*(?:\s\S+)?)", after[:60])
    return bool(found) and not about & _words(found[1] if found else "")


def _is_told(text: str, number: FoundNumber) -> bool:
    """A sentence that says that the table shows so many, and not some of them."""
    shown = _SHOWN.search(text) or _TOTALLED.search(text[: number.start])
    before = text[: number.start]
    return bool(shown) and not _SOME.search(text) and not _OUT_OF.search(before) and not number.hedge


def _next_words(text: str, end: int) -> str:
    return " ".join(text[end : end + 60].split()[:3])


def _words(text: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in _WORD.findall(fold(text).lower())) - _COMMON


def _judge(paper: Paper, grid: Grid, column: int, lines: Sequence[Line], claimed: _Claimed) -> Result:
    figures = [line.figures[column] for line in lines if column in line.figures and not line.is_part]
    known = [figure for figure in figures if figure.bounds is not None]
    total = sum((figure.value or Decimal(0) for figure in known), Decimal(0))
    bounds = add_bounds(known)
    printed = claimed.number.value
    if printed.low is None or printed.high is None or bounds is None:
        raise ValueError("a number that was found has its bounds")
    words = claimed.block.text[: claimed.number.end][-120:]
    if overlap(bounds, (printed.low, printed.high)):
        verdict, end = Verdict.CONSISTENT, f"the {len(known)} rows below sum to {total:,f}."
    elif len(known) < len(figures):
        verdict, end = Verdict.UNCHECKED, "a row below has no figure that can be added."
    else:
        near = (
            abs(total - printed.value) * (5 if claimed.explicit else 8) <= printed.value
            if printed.value
            else False
        )
        verdict = Verdict.CONTRADICTION if near else Verdict.UNCHECKED
        end = f"the {len(known)} rows below sum to {total:,f}."
        if not near:
            end = f"the {len(known)} rows below sum to {total:,f}, so far off that they must count something else."
    return Result(
        verdict=verdict,
        check=Check.CAST,
        rule="total-above",
        message=in_table(f"“{words.strip()}” is printed above; {end}", grid),
        printed=(
            paper.print_of((claimed.block, claimed.number.start, claimed.number.end), text=words.strip()),
            paper.print_of(*[line.row for line in lines]),
        ),
        recomputed=f"{total:,f}",
    )
