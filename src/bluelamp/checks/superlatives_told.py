"""Is what a sentence calls the highest or the lowest the highest or the lowest of its table?

"The find rate was lowest for going equipped": the column is named whole, so is the row, and one table of the paper
has both. Rows for the rest ("Other", "Not stated"), for all, and for other places are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.checks.grids import Figure, Grid, Line, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, says_any
from bluelamp.checks.told_places import is_of_all, lines_named, told_by
from bluelamp.documents.blocks import Block, Row
from bluelamp.documents.sentences import split_sentences

_SUPERLATIVES: Final = ("highest", "lowest", "greatest", "smallest", "largest", "longest", "shortest")
_MAY = re.compile(rf"\b(?:{'|'.join(_SUPERLATIVES)})\b", re.I)
_MOST: Final = frozenset({"highest", "greatest", "largest", "longest"})
_WHICH = rf"(?P<which>{'|'.join(_SUPERLATIVES)})"
_WAS = re.compile(
    rf"^\W{{0,3}}(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}\.?\s)?(?P<what>[^.;:,()]{{2,70}}?)\s(?:was|were|is|are)\s(?:the\s)?"
    rf"{_WHICH}\s(?:for|in|among|at)\s(?P<where>[^.;:,()]{{2,60}})[.;]?$",
    re.I,
)
_THE = re.compile(
    rf"^\W{{0,3}}(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}\.?\s)?The\s{_WHICH}\s(?P<what>[^.;:,()]{{3,60}}?)\s(?:was|were|is|are)"
    r"\s(?:for|in|among|at)\s(?P<where>[^.;:,()]{2,60})[.;]?$",
    re.I,
)
_IT: Final = frozenset({"it", "this", "they", "these", "that"})
_HEDGED = re.compile(
    rf"\b(?:(?:second|third|fourth|next)[ -](?:{'|'.join(_SUPERLATIVES)})"
    r"|joint(?:ly)?|among|amongst|one of|nationally|ever|record|previous(?:ly)?|usually|increase|decrease|rise"
    r"|fall|growth|change|proportion(?:ate|al)ly|relative|since|historically)\b",
    re.I,
)
_ASIDE = re.compile(
    r"\b(?:others?|not (?:stated|known|recorded)|unknown|none|unspecified|miscellaneous|national(?:ly)?|england"
    r"|wales|uk|average|mean|median|target|benchmark|similar|region(?:al)?|comparators?|msg|forces|totals?|all"
    r"|overall|year|cumulative|to date)\b",
    re.I,
)
_NO_SIZE = re.compile(r"\b(?:rank(?:ing)?|position|place|priority|grade|band|league|order|year|date)\b", re.I)
"""Columns of which the highest is the one that prints least, or that have none."""
_QUARTER = re.compile(
    r"(?:the )?(?:(?P<word>first|second|third|fourth|last) quarter|q(?:uarter )?\s?(?P<n>[1-4]))", re.I
)
_QUARTERS: Final = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "4"}
_ROW_OF_QUARTER = re.compile(r"q(?:uarter|tr)?\s?(?P<n>[1-4])", re.I)
_FEWEST: Final = 3


@dataclass(frozen=True)
class _Place:
    """The figure that is called the highest, and those it stands among."""

    name: str
    row: Row
    figure: Figure
    others: tuple[tuple[str, Row, Figure], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.figure, *(figure for _, _, figure in self.others)


def check_superlatives(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            if not paper.tables:
                continue
            for block in paper.prose:
                if len(block.text) <= LONGEST and says_any(block.text, _SUPERLATIVES):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    before = ""
    for start, end in split_sentences(block.text):
        sentence = block.text[start:end].strip()
        if _MAY.search(sentence) and not _HEDGED.search(sentence):
            found = _WAS.match(sentence) or _THE.match(sentence)
            if found is not None:
                yield from _judge(paper, block, (start, end), found, before)
        before = sentence


def _judge(
    paper: Paper, block: Block, place: tuple[int, int], found: re.Match[str], before: str
) -> Iterator[Result]:
    what = told_by(found["what"])
    is_it = found["what"].lower() in _IT
    places = [
        each
        for grid in grids_of(paper)
        for each in (
            *_down(grid, what, found["where"], before if is_it else ""),
            *_across(grid, what, found["where"]),
        )
    ]
    if len(places) != 1 or _NO_SIZE.search(found["what"]) or any((f.value or 0) < 0 for f in places[0].figures):
        return  # of what is owed or over and under, the largest may be either way
    (one,) = places
    is_most = found["which"].lower() in _MOST
    beaten = [each for each in one.others if _is_beyond(each[2], one.figure, is_most=is_most)]
    said = (
        f"“{block.text[place[0] : place[1]].strip()[:200]}”: the table prints {one.figure.text} for “{one.name}”"
    )
    printed = (paper.print_of((block, *place)), paper.print_of(one.row))
    if not beaten:
        yield Result(
            verdict=Verdict.CONSISTENT,
            check=Check.CLAIM,
            rule="superlative-in-table",
            message=f"{said}, and nothing beyond it.",
            printed=printed,
        )
        return
    name, row, figure = beaten[0]
    yield Result(
        verdict=Verdict.SUSPECT if is_it else Verdict.CONTRADICTION,
        check=Check.CLAIM,
        rule="superlative-in-table",
        message=f"{said}, and {figure.text} for “{name}”.",
        printed=(*printed, *((paper.print_of(row),) if row is not one.row else ())),
        recomputed=figure.text,
    )


def _is_beyond(other: Figure, figure: Figure, *, is_most: bool) -> bool:
    if other.bounds is None or figure.bounds is None or other.unit != figure.unit:
        return False
    return other.bounds[0] > figure.bounds[1] if is_most else other.bounds[1] < figure.bounds[0]


# -- where in a table -------------------------------------------------------------------------------------------


def _down(grid: Grid, what: frozenset[str], where: str, before: str) -> Iterator[_Place]:
    """A column that is named, and one of its rows."""
    at = _lines_at(grid, where)
    if len(at) != 1:
        return
    columns = [c for c in grid.columns if _column_said(grid, c, before) if before] or [
        c for c in grid.columns if what and told_by(grid.name_of(c)) == what
    ]
    if len(columns) != 1 or (figure := at[0].figures.get(columns[0])) is None or figure.value is None:
        return
    others = [
        (line.label, line.row, other)
        for line in grid.lines
        if line is not at[0] and not (is_of_all(line) or line.is_part or _ASIDE.search(line.label))
        if (other := line.figures.get(columns[0])) is not None and other.value is not None
    ]
    if len(others) + 1 >= _FEWEST and not (is_of_all(at[0]) or _ASIDE.search(at[0].label)):
        yield _Place(at[0].label, at[0].row, figure, tuple(others))


def _column_said(grid: Grid, column: int, before: str) -> bool:
    """Did the sentence before name the column and print the figure that it has for all?"""
    wholes = [line for line in grid.lines if is_of_all(line) or _ASIDE.search(line.label)]
    name = told_by(grid.name_of(column))
    printed = [line.figures[column].text for line in wholes if column in line.figures]
    return len(name & told_by(before)) > 1 and any(
        len(text) > 1 and re.search(rf"(?<![\d.,]){re.escape(text)}(?![\d%]|[.,]\d)", before) for text in printed
    )


def _lines_at(grid: Grid, where: str) -> list[Line]:
    quarter = _QUARTER.fullmatch(where.strip())
    if quarter is None:
        return lines_named(grid, told_by(where))
    number = quarter["n"] or _QUARTERS[quarter["word"].lower()]
    rows = [
        line for line in grid.lines if (f := _ROW_OF_QUARTER.fullmatch(line.label.strip())) and f["n"] == number
    ]
    return rows if len(rows) == 1 else []


def _across(grid: Grid, what: frozenset[str], where: str) -> Iterator[_Place]:
    """A row that is named, and one of the quarters or years that its columns are for."""
    rows = lines_named(grid, what)
    quarter = _QUARTER.fullmatch(where.strip())
    if len(rows) != 1 or quarter is None:
        return
    number = quarter["n"] or _QUARTERS[quarter["word"].lower()]
    heads = {c: found["n"] for c in grid.columns if (found := _ROW_OF_QUARTER.fullmatch(grid.name_of(c).strip()))}
    at = [c for c, n in heads.items() if n == number]
    if len(heads) < _FEWEST or len(at) != 1 or len(set(heads.values())) != len(heads):
        return
    line = rows[0]
    figures = {c: line.figures[c] for c in heads if c in line.figures and line.figures[c].value is not None}
    if at[0] in figures:
        others = tuple((grid.name_of(c), line.row, figure) for c, figure in figures.items() if c != at[0])
        yield _Place(grid.name_of(at[0]), line.row, figures[at[0]], others)
