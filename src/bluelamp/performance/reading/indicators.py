"""What does a table of indicators say: which indicator, over which periods, with what change?

Tables differ: with and without codes and aims, two periods or twelve, one column of change or two, the aim in a
cell of its own or run into the first figure. Columns are known by their heads' words; a row that stands one
column to the right or left of its head (text that came out of a PDF) is moved to where its figures fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bluelamp.documents.blocks import Row
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, NamedValue, Period, Unread
from bluelamp.documents.printed_tables import SIGNED_CLOCK, Table, as_printed, read_cell, row_spans, with_flags
from bluelamp.figures.arrows import turned, with_arrow
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.performance.facts import IndicatorRow
from bluelamp.performance.reading.indicator_heads import Heads, has_codes
from bluelamp.performance.reading.indicator_titles import AIM_FIRST, AIMS, Title, read_title

_MARKS = "●⬤•◆■★⚑❗🔴🟢🟡🟠"
_UPWARDS = "▲△↑⬆⇧↗"
_ARROWS = _UPWARDS + "▼▽↓⬇⇩↘ "

_EXCEPTION_WORD = re.compile(r"exception", re.IGNORECASE)  # a report that marks exceptions says what marks mean
_MINUTES_AND_SECONDS = re.compile(
    r"\b(?:min(?:ute)?s?|mm)\s?(?::|/|and|&)\s?(?:sec(?:ond)?s?|ss)\b", re.IGNORECASE
)
_HOURS_AND_MINUTES = re.compile(r"\b(?:h(?:ou)?rs?|hh)\s?(?::|/|and|&)\s?(?:min(?:ute)?s?|mm)\b", re.IGNORECASE)
_POLARITY = re.compile(
    r"(?:(?P<less>low|lower|less|smaller|fewer|down|decrease)|high|higher|more|bigger|up|increase)\b"
)
_WORDED = re.compile(
    r"\s*(?:(?P<down>down|decreased?|fell|fall|reduced|lower)|up|increased?|rose|rise|higher)(?: (?:by|of))? "
    r"(?P<figure>[\d.,]+ ?(?:%|pts?|pp|percentage points?|per ?cent)?)\s*",
    re.IGNORECASE,
)
_SIX_MONTHLY = re.compile(r"\b(?:6|six)[\s-]?month(?:s|ly)\b", re.IGNORECASE)


# -- rows -------------------------------------------------------------------------------------------------


def read_indicators(
    part: Part, table: Table, series: Sequence[Heads], note: str = ""
) -> tuple[list[Fact], list[Unread]]:
    """The table's indicators. `note` is what the paper says in notes under the table."""
    facts: list[Fact] = []
    unread: list[Unread] = []
    marked = any(_is_marked(row) for row in table.body) and bool(_EXCEPTION_WORD.search(part.document.text))
    coded = has_codes(table)  # once: it looks at every row
    for row in table.body:
        citations = part.document.cite(row_spans(row))
        if not citations:
            continue
        read = [
            _read_indicator(table, row, heads, note, citations, marked=marked, coded=coded) for heads in series
        ]
        facts.extend(fact for fact in read if fact is not None)
        if not any(read) and sum(1 for cell in row.cells if cell.text) > 1:
            unread.append(
                Unread(reason="A row of an indicator table without readable figures.", citations=citations)
            )
    return facts, unread


def _read_indicator(
    table: Table,
    row: Row,
    heads: Heads,
    note: str,
    citations: tuple[Citation, ...],
    *,
    marked: bool,
    coded: bool,
) -> IndicatorRow | None:
    shift = _best_shift(table, row, heads)
    if shift is None:
        return None
    title, periods, missing = _read_row(table, row, heads, shift, note)
    aim = title.aim or _aim_beside(table, row, heads, shift) or _aim_as_target(table, row, heads, shift)
    title = replace(title, aim=aim)
    change_percent, change_actual, unit = _changes(table, row, heads, shift, rises=_rises(periods))
    if unit == "number" and any(period.value.unit == "percent" for period in periods):
        unit = "points"  # the change of a rate, printed without its unit
    target = _target(table, row, heads, shift)
    return IndicatorRow(
        code=title.code,
        name=title.name if not heads.series else f"{title.name}: {heads.series}",
        aim=title.aim,
        periods=periods,
        change_percent=change_percent,
        change_actual=change_actual and _timed(title.name, change_actual),
        change_unit=unit,
        exception=_exception(table, row, heads, shift, marked=marked),
        target=target and _timed(title.name, target),
        others=_others(table, row, heads, shift),
        citations=citations,
        doubt=_doubt(title, heads, missing, coded=coded),
    )


def _aim_as_target(table: Table, row: Row, heads: Heads, shift: int) -> str:
    """The aim where it stands in the column of targets ("Lower")."""
    words = "" if heads.target is None else table.text(row, heads.target + shift).strip().lower()
    return AIMS.get(words, "")


def _is_marked(row: Row) -> bool:
    return any(cell.text.strip()[:1] in _MARKS for cell in row.cells if cell.text.strip())


def _exception(table: Table, row: Row, heads: Heads, shift: int, *, marked: bool) -> bool | None:
    """True or false only where the table marks exceptions at all."""
    if heads.exception is not None:
        words = table.text(row, heads.exception + shift).lower()
        return words not in ("", "no", "n", "-", "–", "none")
    return _is_marked(row) if marked else None


def _target(table: Table, row: Row, heads: Heads, shift: int) -> PrintedValue | None:
    """The target as printed, with an interval where it is a figure; None for an aim ("Reduce")."""
    cell = None if heads.target is None else table.at(row, heads.target + shift)
    if cell is None or not cell.text.strip() or cell.text.strip().lower() in AIMS:
        return None
    return read_cell(cell, "") or as_printed(cell)


def _others(table: Table, row: Row, heads: Heads, shift: int) -> tuple[NamedValue, ...]:
    found = {column: _figure_at(table, row, column, shift) for column in heads.others}
    for column in heads.ratings:
        cell = table.at(row, column + shift)
        found[column] = as_printed(cell) if cell is not None and cell.text.strip() else None
    return tuple(
        NamedValue(name=table.name_at(column), value=value) for column, value in sorted(found.items()) if value
    )


def _best_shift(table: Table, row: Row, heads: Heads) -> int | None:
    """How far right of its heads the row's figures stand, so that most of them fit; None if none do."""
    if _stands_under_heads(table, row, heads):
        return 0
    best, most = None, 0
    for shift in (0, 1, -1, 2, -2):
        fits = sum(1 for column in heads.figures if _figure_at(table, row, column, shift) is not None)
        if shift:
            fits -= sum(1 for column in heads.figures if not table.text(row, column + shift))
        if fits > most:
            best, most = shift, fits
        if most == len(heads.figures):
            break
    return best if 2 * most > len(heads.periods) or most > 1 else None


def _stands_under_heads(table: Table, row: Row, heads: Heads) -> bool:
    """Words where the name is to stand, and a figure for each period: then the row is where it should be."""
    name = table.text(row, heads.names[-1]) if heads.names else ""
    is_named = any(character.isalpha() for character in name) and read_printed(name) is None
    return is_named and all(_figure_at(table, row, column, 0) for column, _ in heads.periods)


def _figure_at(table: Table, row: Row, column: int, shift: int) -> PrintedValue | None:
    cell = table.at(row, column + shift)
    if cell is None:
        return None
    value = read_cell(cell, table.unit_at(column))
    if value is not None:
        return value
    fused = AIM_FIRST.fullmatch(cell.text.strip())
    return read_cell(replace(cell, text=fused["rest"]), table.unit_at(column)) if fused else None


def _read_row(
    table: Table, row: Row, heads: Heads, shift: int, note: str
) -> tuple[Title, tuple[Period, ...], list[str]]:
    first = heads.figures[0] + shift
    changes = [column for column in (heads.percent, heads.actual) if column is not None]
    beside = {column + shift for column in (*heads.others, heads.target) if column is not None}
    if heads.aim is not None and _aim_beside(table, row, heads, shift):
        beside.add(heads.aim + shift)
    texts = _named_texts(table, row, heads) if shift == 0 else []
    texts = texts or [
        cell.text.strip()
        for cell in row.cells
        if cell.column < first
        and (shift or cell.column not in heads.aside)
        and (cell.column not in beside or cell.text.strip().lower() in AIMS)
    ]
    periods: list[Period] = []
    missing: list[str] = []
    for column, period in heads.periods:
        value = _figure_at(table, row, column, shift)
        if value is None:
            missing.append(table.name_at(column))
            continue
        if "starred" in value.flags and _SIX_MONTHLY.search(note):
            value = with_flags(value, "six_monthly")
        periods.append(Period(to=period.end, value=value))
    missing += [
        table.name_at(column)
        for column in changes
        if table.text(row, column + shift) and _change_at(table, row, column, shift) is None
    ]
    title = read_title(texts, table.text(row, first))
    periods = [
        replace(period, value=_timed(title.name, period.value))
        for period in _percent_by_name(title.name, _same_unit(periods))
    ]
    return title, tuple(periods), missing


def _named_texts(table: Table, row: Row, heads: Heads) -> list[str]:
    """Code, name and aim from the columns that are theirs by their heads; [] where the row has no name there."""
    if not heads.names or not table.text(row, heads.names[-1]):
        return []
    aim = "" if heads.aim is None else table.text(row, heads.aim)
    texts = [table.text(row, column) for column in heads.names]
    return [*texts, aim] if aim.lower() in AIMS else texts


def _same_unit(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Percentages among which one lost its sign are percentages all ("103.57" after "101.80%")."""
    units = [period.value.unit for period in periods if period.value.value is not None]
    if units.count("percent") * 2 <= len(units):
        return tuple(periods)
    return tuple(
        replace(period, value=replace(period.value, unit="percent"))
        if period.value.unit == "" and period.value.value is not None and "." in period.value.printed
        else period
        for period in periods
    )


def _percent_by_name(name: str, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """Bare figures of an indicator that names itself a percentage ("Positive outcomes (%)") are percentages."""
    values = [period.value for period in periods if period.value.value is not None]
    if "%" not in name or not values or any(v.unit or v.value is None or abs(v.value) > 100 for v in values):
        return periods
    return tuple(
        replace(period, value=read_printed(period.value.printed, unit="percent") or period.value)
        for period in periods
    )


def _timed(name: str, value: PrintedValue) -> PrintedValue:
    """ "03:12" or "-0:06" of an indicator that names itself in minutes and seconds, or in hours and minutes."""
    times = 1 if _MINUTES_AND_SECONDS.search(name) else 60 if _HOURS_AND_MINUTES.search(name) else 0
    if value.value is not None or value.flags or not times:
        return value
    signed = SIGNED_CLOCK.fullmatch(value.printed)
    read = read_printed(signed["clock"] if signed else value.printed, unit="seconds")
    if read is None or read.value is None or read.low is None or read.high is None:
        return value
    if signed and signed["sign"] != "+":
        read = replace(read, value=-read.value, low=-read.high, high=-read.low)
    low, number, high = (times * each for each in (read.low, read.value, read.high) if each is not None)
    return replace(read, printed=value.printed, low=low, value=number, high=high)


def _aim_beside(table: Table, row: Row, heads: Heads, shift: int) -> str:
    """The aim in a column of its own behind the figures ("Lower is better")."""
    words = "" if heads.aim is None else table.text(row, heads.aim + shift).lower()
    arrow = words[:1]
    words = words.strip(_ARROWS)
    if words in AIMS:
        return AIMS[words]
    if not words and arrow:
        return "increase" if arrow in _UPWARDS else "reduce"
    found = _POLARITY.match(words)
    return "" if not found else "reduce" if found["less"] else "increase"


def _rises(periods: Sequence[Period]) -> bool:
    ends = [period.value.value for period in (*periods[:1], *periods[-1:])]
    return len(ends) == 2 and ends[0] is not None and ends[1] is not None and ends[0] < ends[1]


def _changes(
    table: Table, row: Row, heads: Heads, shift: int, *, rises: bool
) -> tuple[PrintedValue | None, PrintedValue | None, str]:
    def at(column: int | None) -> PrintedValue | None:
        """An arrow down is a minus, but beside figures that rise: there it says that this is worse."""
        found = None if column is None else _change_at(table, row, column, shift)
        return found if rises else with_arrow(found)

    percent, actual = at(heads.percent), at(heads.actual)
    if percent is None and heads.percent is None and actual is not None and actual.unit in ("percent", "points"):
        percent, actual = actual, None  # one column of change, in per cent here and in numbers there
    if percent is not None:
        rests_on_actual = percent.value is None and actual is not None and actual.unit in ("percent", "points")
        unit = actual.unit if actual is not None and rests_on_actual else percent.unit
        return percent, actual, unit or "percent"
    return None, actual, "number" if actual is not None else ""


def _change_at(table: Table, row: Row, column: int, shift: int) -> PrintedValue | None:
    """A change as a figure, or with the word for the way that it went: "Down 10%"."""
    found = _figure_at(table, row, column, shift)
    if found is not None:
        return found
    said = _WORDED.fullmatch(table.text(row, column + shift))
    read = read_printed(said["figure"], unit=table.unit_at(column)) if said else None
    if said is None or read is None or read.value is None or read.value < 0:
        return None
    read = replace(read, printed=said.string.strip())
    return turned(read) if said["down"] else read


def _doubt(title: Title, heads: Heads, missing: Sequence[str], *, coded: bool) -> str:
    doubts = []
    if not title.code and coded:
        doubts.append("The row prints no code, though other rows of the table do.")
    if not title.aim and heads.aim is not None:
        doubts.append("The row prints no aim.")
    if missing:
        doubts.append(f"No figure could be read for {', '.join(missing)}.")
    return " ".join(doubts)
