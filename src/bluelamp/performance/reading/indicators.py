"""What does a table of indicators say: which indicator, over which periods, with what change?

Tables differ: with and without codes and aims, two periods or twelve, one column of change or two, the aim in a
cell of its own or run into the first figure. Columns are known by their heads' words; a row that stands one
column to the right or left of its head (text that came out of a PDF) is moved to where its figures fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bluelamp.documents.blocks import Row
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, NamedValue, Period, Unread
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.figures.units import unit_of
from bluelamp.lib.days import DatedPeriod, read_period
from bluelamp.performance.facts import IndicatorRow
from bluelamp.performance.reading.figures import shape_of
from bluelamp.performance.reading.tables import Table, as_printed, read_cell, row_spans, with_flags

AIMS = {
    "increase": "increase",
    "higher": "increase",
    "reduce": "reduce",
    "reduction": "reduce",
    "decrease": "reduce",
    "lower": "reduce",
    "monitor": "monitor",
    "maintain": "maintain",
    "improve": "improve",
    "stabilise": "stabilise",
}
_AIM = "|".join(AIMS)
_AIM_FIRST = re.compile(rf"(?P<aim>{_AIM})\b[\s:]*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_AIM_LAST = re.compile(rf"(?P<rest>.*\S)\s+(?P<aim>{_AIM})", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(
    r"(?:(?:KPI|PI|PM|NPI|SPI|Ref)\s?)?[A-Z]{0,3}-?\d{1,3}[A-Za-z]{0,2}(?:[.\-/]\d{1,3}[a-z]?){0,3}[.):]?",
    re.IGNORECASE,
)
_LED_CODE = re.compile(
    r"(?P<code>(?:KPI|PI|PM|NPI|SPI)\s?\d{1,3}[a-z]?|[A-Z]{0,3}\d{1,2}[A-Z]?(?:\.\d{1,3}[a-z]?){1,3}|[A-Z]{1,2}\d{1,3}[a-z]?)"
    r"[.:)]?\s+(?:[–—-]\s+)?(?P<name>[A-Za-z%(‘“'].*)",
    re.DOTALL,
)
_MARKS = "●⬤•◆■★⚑❗🔴🟢🟡🟠"

_AIM_HEAD = re.compile(
    r"\b(?:aim|desired (?:direction|outcome)|direction sought|polarity|objective|ambition)\b", re.I
)
_NAME_HEAD = re.compile(
    r"(?:performance\s)?(?:indicators?|measures?|metrics?|kpis?)(?: name| description)?", re.IGNORECASE
)
_TARGET_HEAD = re.compile(r"\b(?:targets?|threshold|goal)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:change|diff(?:erence)?|variation|variance|movement|\+/-|growth)(?!\w)|^\+/-$", re.IGNORECASE
)
_ACTUAL = re.compile(r"\b(?:actual|number|numeric|volume|count|no)\b|#", re.IGNORECASE)
_EXCEPTION_HEAD = re.compile(r"\b(?:exceptions?|exceptional|significant)\b", re.IGNORECASE)
_EXCEPTION_WORD = re.compile(r"exception", re.IGNORECASE)  # a report that marks exceptions says what marks mean
_MINUTES_AND_SECONDS = re.compile(
    r"\b(?:min(?:ute)?s?|mm)\s?(?::|/|and|&)\s?(?:sec(?:ond)?s?|ss)\b", re.IGNORECASE
)
_POLARITY = re.compile(
    r"(?:(?P<less>low|lower|less|smaller|fewer|down|decrease)|high|higher|more|bigger|up|increase)\b"
)
_SIX_MONTHLY = re.compile(r"\b(?:6|six)[\s-]?month(?:s|ly)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Heads:
    """The columns of an indicator table by what their heads say."""

    periods: tuple[tuple[int, DatedPeriod], ...]
    percent: int | None = None
    actual: int | None = None
    aim: int | None = None
    exception: int | None = None
    target: int | None = None
    others: tuple[int, ...] = ()

    @property
    def figures(self) -> tuple[int, ...]:
        more = (self.percent, self.actual)
        return tuple(sorted([column for column, _ in self.periods] + [c for c in more if c is not None]))


def read_heads(table: Table) -> Heads | None:
    """The heads of an indicator table; None where the table is another."""
    periods: list[tuple[int, DatedPeriod]] = []
    percent = actual = aim = exception = target = None
    others: list[int] = []
    for column, name in enumerate(table.names):
        is_target = bool(_TARGET_HEAD.search(name)) and not _CHANGE.search(name)
        period = None if is_target else read_period(name)
        if is_target and target is None:
            target = column
        elif period:
            periods.append((column, period))
        elif _AIM_HEAD.search(name):
            aim = column
        elif _CHANGE.search(name) or (name.strip() in ("%", "% +/-") and periods):
            if unit_of(name) in ("percent", "points") and percent is None:
                percent = column
            elif actual is None:
                actual = column
        elif _EXCEPTION_HEAD.search(name):
            exception = column
        elif column and name:
            others.append(column)
    if len(periods) < 2:
        return None
    told = (percent, actual, aim, exception, target)
    if (
        all(column is None for column in told)
        and not _has_codes(table)
        and not _NAME_HEAD.fullmatch(_corner(table))
    ):
        return None
    figures = set(shape_of(table).figures)
    further = tuple(column for column in others if column in figures)
    return Heads(tuple(periods), percent, actual, aim, exception, target, further)


def _corner(table: Table) -> str:
    return table.name_at(0).strip()


def _has_codes(table: Table) -> bool:
    coded = [row for row in table.body if _CODE.fullmatch(table.text(row, 0))]
    led = [row for row in table.body if _LED_CODE.match(table.text(row, 0))]
    return 2 * max(len(coded), len(led)) > len(table.body)


# -- rows -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Title:
    code: str
    name: str
    aim: str


def read_indicators(part: Part, table: Table, heads: Heads, note: str = "") -> tuple[list[Fact], list[Unread]]:
    """The table's indicators. `note` is what the paper says in notes under the table."""
    facts: list[Fact] = []
    unread: list[Unread] = []
    marked = any(_is_marked(row) for row in table.body) and bool(_EXCEPTION_WORD.search(part.document.text))
    for row in table.body:
        citations = part.document.cite(row_spans(row))
        if not citations:
            continue
        shift = _best_shift(table, row, heads)
        if shift is None:
            if sum(1 for cell in row.cells if cell.text) > 1:
                unread.append(
                    Unread(reason="A row of an indicator table without readable figures.", citations=citations)
                )
            continue
        title, periods, missing = _read_row(table, row, heads, shift, note)
        periods = _times_by_name(title.name, _percent_by_name(title.name, periods))
        aim = title.aim or _aim_beside(table, row, heads, shift)
        title = replace(title, aim=aim)
        change_percent, change_actual, unit = _changes(table, row, heads, shift)
        if unit == "number" and any(period.value.unit == "percent" for period in periods):
            unit = "points"  # the change of a rate, printed without its unit
        facts.append(
            IndicatorRow(
                code=title.code,
                name=title.name,
                aim=title.aim,
                periods=periods,
                change_percent=change_percent,
                change_actual=change_actual,
                change_unit=unit,
                exception=_exception(table, row, heads, shift, marked=marked),
                target=_target(table, row, heads, shift),
                others=_others(table, row, heads, shift),
                citations=citations,
                doubt=_doubt(title, heads, table, missing),
            )
        )
    return facts, unread


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
    found = ((column, _figure_at(table, row, column, shift)) for column in heads.others)
    return tuple(NamedValue(name=table.name_at(column), value=value) for column, value in found if value)


def _best_shift(table: Table, row: Row, heads: Heads) -> int | None:
    """How far right of its heads the row's figures stand, so that most of them fit; None if none do."""
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


def _figure_at(table: Table, row: Row, column: int, shift: int) -> PrintedValue | None:
    cell = table.at(row, column + shift)
    if cell is None:
        return None
    value = read_cell(cell, table.unit_at(column))
    if value is not None:
        return value
    fused = _AIM_FIRST.fullmatch(cell.text.strip())
    return read_cell(replace(cell, text=fused["rest"]), table.unit_at(column)) if fused else None


def _read_row(
    table: Table, row: Row, heads: Heads, shift: int, note: str
) -> tuple[_Title, tuple[Period, ...], list[str]]:
    first = heads.figures[0] + shift
    changes = [column for column in (heads.percent, heads.actual) if column is not None]
    beside = {column + shift for column in (*heads.others, heads.target) if column is not None}
    texts = [
        cell.text.strip()
        for cell in row.cells
        if cell.column < first and (cell.column not in beside or cell.text.strip().lower() in AIMS)
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
        if table.text(row, column + shift) and _figure_at(table, row, column, shift) is None
    ]
    return _title(texts, table.text(row, first)), _same_unit(periods), missing


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


def _times_by_name(name: str, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """ "03:12" of an indicator that names itself in minutes and seconds."""
    if not _MINUTES_AND_SECONDS.search(name):
        return periods
    return tuple(
        replace(period, value=read_printed(period.value.printed, unit="seconds") or period.value)
        if period.value.value is None and not period.value.flags
        else period
        for period in periods
    )


def _aim_beside(table: Table, row: Row, heads: Heads, shift: int) -> str:
    """The aim in a column of its own behind the figures ("Lower is better")."""
    words = "" if heads.aim is None else table.text(row, heads.aim + shift).lower()
    if words in AIMS:
        return AIMS[words]
    found = _POLARITY.match(words)
    return "" if not found else "reduce" if found["less"] else "increase"


def _title(texts: Sequence[str], first_figure: str) -> _Title:
    """Code, name and aim from the cells before the figures; the aim may be run into the first figure."""
    words = [text for text in texts if text]
    code = aim = ""
    if len(words) > 1 and _CODE.fullmatch(words[0]):
        code, words = words[0].rstrip(".):"), words[1:]
    elif words and (led := _LED_CODE.fullmatch(words[0])):
        code, words = led["code"], [led["name"], *words[1:]]
    if len(words) > 1 and words[-1].lower() in AIMS:
        aim, words = AIMS[words[-1].lower()], words[:-1]
    elif fused := _AIM_FIRST.fullmatch(first_figure):
        aim = AIMS[fused["aim"].lower()]
    elif words and (last := _AIM_LAST.fullmatch(words[-1])):
        aim, words = AIMS[last["aim"].lower()], [*words[:-1], last["rest"]]
    return _Title(code, " ".join(words), aim)


def _changes(
    table: Table, row: Row, heads: Heads, shift: int
) -> tuple[PrintedValue | None, PrintedValue | None, str]:
    def at(column: int | None) -> PrintedValue | None:
        return None if column is None else _figure_at(table, row, column, shift)

    percent, actual = at(heads.percent), at(heads.actual)
    if percent is None and heads.percent is None and actual is not None and actual.unit in ("percent", "points"):
        percent, actual = actual, None  # one column of change, in per cent here and in numbers there
    if percent is not None:
        rests_on_actual = percent.value is None and actual is not None and actual.unit in ("percent", "points")
        unit = actual.unit if actual is not None and rests_on_actual else percent.unit
        return percent, actual, unit or "percent"
    return None, actual, "number" if actual is not None else ""


def _doubt(title: _Title, heads: Heads, table: Table, missing: Sequence[str]) -> str:
    doubts = []
    if not title.code and _has_codes(table):
        doubts.append("The row prints no code, though other rows of the table do.")
    if not title.aim and heads.aim is not None:
        doubts.append("The row prints no aim.")
    if missing:
        doubts.append(f"No figure could be read for {', '.join(missing)}.")
    return " ".join(doubts)
