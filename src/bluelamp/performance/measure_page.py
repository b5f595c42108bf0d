"""What stands on the page of a measure, and in the files that are taken from it? The same lines, in both."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.papers.csv_tables import make_csv
from bluelamp.papers.model import Column, Content, Number, Table, Unknown
from bluelamp.performance.cubes.cells import WITHHELD, key_value, plain_number, say_share, say_within
from bluelamp.performance.cubes.coverage_grid import CoverageGrid, State
from bluelamp.performance.cubes.cube_plan import MONTH
from bluelamp.performance.cubes.measuring import Measured
from bluelamp.performance.measure_questions import Loaded, Question, lower_first, say_force, say_value
from bluelamp.performance.suppression_tables import Publication
from bluelamp.performance.warehouse.coverage import Covered, Presence

MOST_NAMED: Final = 2
NOT_PUBLISHED, NOT_LOADED, PARTLY = "not published", "not loaded", "not known"
Answer = Measured | Publication


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a table. `state` says why there is no figure ("" where there is one), `not_given` why there is no
    share of two numbers that are known; `note` is said beside it. Margins are of what is published."""

    key: str
    name: str
    top: float | None = None
    bottom: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    state: str = ""
    note: str = ""
    not_given: str = ""
    top_within: int = 0
    bottom_within: int = 0
    top_words: str = ""
    bottom_words: str = ""
    value_words: str = ""

    @property
    def known(self) -> bool:
        return not self.state


def measured_of(answer: Answer) -> Measured:
    return answer.measured if isinstance(answer, Publication) else answer


def list_lines(
    answer: Answer, key: str, *, name: Callable[[str], str] = str, only: tuple[str, str] = ("", "")
) -> list[Line]:
    """A line for each cell, by its value of `key` ("" for the one that there is); with `only`, of those cells."""
    measured = measured_of(answer)
    columns = {each.key.name: each for each in measured.keys}
    lines = []
    for row in range(len(measured)):
        if only[0] and say_value(key_value(columns[only[0]], row)) != only[1]:
            continue
        said = say_value(key_value(columns[key], row)) if key else ""
        lines.append(_make_line(answer, row, said, name(said)))
    return lines


def list_months(answer: Answer, ends: Sequence[Month], *, only: tuple[str, str] = ("", "")) -> list[Line]:
    """The periods that end so, newest first. One whose cell is not listed had no record where it was published."""
    measured = measured_of(answer)
    by_month = {line.key: line for line in list_lines(answer, MONTH, only=only)}
    grid, window = measured.grid, measured.asked.window
    found = []
    for month in ends:
        column = month.index - grid.start
        if not window - 1 <= column < grid.length:
            continue
        words = period_words(month, measured.asked.span)
        line = by_month.get(str(month))
        if line is None:
            line = _fill(answer, State(int(grid.states[0, column])), grid, month, str(month))
        found.append(_named(line, words))
    return found[::-1]


def make_absent(question: Question, month: Month, loaded: Loaded) -> Line:
    """Of a period of which nothing was published."""
    others = loaded.has_any("", month.plus(1 - question.span.months), month)
    state = NOT_PUBLISHED if others else NOT_LOADED
    return Line(key=str(month), name=period_words(month, question.span), state=state)


def fill_line(answer: Answer, key: str, name: str) -> Line:
    """Of an area that has no cell: none where everything was published, and unknown where it was not."""
    grid = measured_of(answer).grid
    last = Month.at(grid.start + grid.length - 1)
    return _named(_fill(answer, State(int(grid.states[0, -1])), grid, last, key), name)


def _fill(answer: Answer, state: State, grid: CoverageGrid, month: Month, key: str) -> Line:
    if state is not State.COMPLETE:
        return Line(key=key, name=key, state=say_absence(state, grid.find_missing(0, month.index)))
    if measured_of(answer).measure.outputs[0].denominator:
        return Line(
            key=key, name=key, top=0, bottom=0, top_words="0", bottom_words="0", value_words="none to divide by"
        )
    return Line(key=key, name=key, top=0, value=0, top_words="0", value_words="0")


def _named(line: Line, name: str) -> Line:
    return dataclasses.replace(line, name=name)


def _make_line(answer: Answer, row: int, key: str, name: str) -> Line:
    measured = measured_of(answer)
    figures = measured.figures[0]
    state = State(int(measured.states[row]))
    if state is not State.COMPLETE:
        missing = measured.grid.find_missing(int(measured.scopes[row]), int(measured.ends[row]))
        return Line(key=key, name=name, state=say_absence(state, missing))
    published = answer if isinstance(answer, Publication) else None
    if published and published.withheld[0][row]:
        return Line(key=key, name=name, state=WITHHELD)
    top = figures.numerator[row]
    bottom = None if figures.denominator is None else figures.denominator[row]
    margins = [int(each[row]) for each in published.within[0]] if published else [0, 0]
    not_given = published.say_open(0, row) if published else ""
    top_words = say_within(plain_number(top), margins[0])
    ripe = not measured.measure.maturity_months or bool(measured.comparable[row])
    return Line(
        key=key,
        name=name,
        top=None if top is None else float(top),
        bottom=None if bottom is None else float(bottom),
        value=_known(figures.value[row]),
        low=_known(figures.low[row]),
        high=_known(figures.high[row]),
        note="" if ripe else "not yet comparable",
        not_given=not_given,
        top_within=margins[0],
        bottom_within=0 if bottom is None else margins[1],
        top_words=top_words,
        bottom_words="" if bottom is None else say_within(plain_number(bottom), margins[1]),
        value_words=top_words if bottom is None else not_given or say_share(figures, row),
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def say_absence(state: State, missing: Sequence[Covered]) -> str:
    """Why a figure is not known: never a zero, never a dash."""
    if not missing:
        return NOT_LOADED
    said = NOT_PUBLISHED if missing[0].presence is Presence.ABSENT else NOT_LOADED
    if state is State.ABSENT:
        return said if all(each.presence is missing[0].presence for each in missing) else PARTLY
    named = [f"{say_force(each.force)} {each.month.short}" for each in missing[:MOST_NAMED]]
    more = f" and {len(missing) - MOST_NAMED:,} more" if len(missing) > MOST_NAMED else ""
    return f"{PARTLY}: {', '.join(named)}{more} {said}"


# -- as sentences -------------------------------------------------------------------------------------------


def say_answer(question: Question, line: Line) -> str:
    """The figure of the page in a sentence."""
    when = question.words if question.span is Span.MONTH else f"the {question.words}"
    name = question.output.name
    if line.state == WITHHELD:
        return f"{name} in {when}: withheld, because it is small or would give a small number away."
    if not line.known:
        return f"{name} in {when}: {line.state}."
    if not question.output.denominator:
        return f"{line.value_words} {lower_first(name)} in {when}."
    of = f"{line.top_words} of {line.bottom_words}"
    return f"{name} in {when}: {line.value_words}, {of}."


def describe_lines(lines: Sequence[Line]) -> str:
    """A series in words, for who cannot see its chart."""
    known = [line for line in lines if line.known and line.value is not None]
    if not known:
        return "No figure is known."
    values = sorted(known, key=lambda line: line.value or 0.0)
    gaps = len(lines) - len(known)
    said = (
        f"From {lines[-1].name} to {lines[0].name}: the latest known figure is {known[0].value_words}"
        f" ({known[0].name}); the least is {values[0].value_words} ({values[0].name}), the most"
        f" {values[-1].value_words} ({values[-1].name})."
    )
    given = " or not given" if any(line.not_given for line in lines) else ""
    return f"{said} {gaps} {'is' if gaps == 1 else 'are'} not known{given}." if gaps else said


# -- as files -----------------------------------------------------------------------------------------------


def lines_to_csv(question: Question, lines: Sequence[Line], head: str) -> bytes:
    """The lines of a section as they stand, with the names of what they are keyed by."""
    tallies = question.measure.tallies
    margin = ["Within (±)"] if question.published else []
    heads = [head, "Name", tallies[question.output.numerator].name, *margin]
    if question.output.denominator:
        of = ["Of within (±)"] if question.published else []
        heads += [tallies[question.output.denominator].name, *of, question.output.name]
    heads += ["Low (95%)", "High (95%)", "Coverage"]
    rows = tuple(tuple(_cells(question, line)) for line in lines)
    return make_csv(Table(caption=question.measure.name, columns=tuple(Column(each) for each in heads), rows=rows))


def _cells(question: Question, line: Line) -> Iterator[Content]:
    def number(value: float | None, otherwise: str) -> Content:
        return Unknown(line.state or otherwise) if value is None else Number(Decimal(f"{value:.10g}"), "")

    def margin(value: int) -> Iterator[Content]:
        if question.published:
            yield number(value if line.known else None, "none")

    yield line.key or question.measure.slug
    yield line.name
    yield number(line.top, "none")
    yield from margin(line.top_within)
    if question.output.denominator:
        yield number(line.bottom, "none")
        yield from margin(line.bottom_within)
        yield number(line.value, line.not_given or "none to divide by")
    yield number(line.low, "no interval")
    yield number(line.high, "no interval")
    yield line.state or line.note or "complete"
