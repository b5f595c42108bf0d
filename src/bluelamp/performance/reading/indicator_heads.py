"""Which columns has a table of indicators: periods, changes, aim, target, what is a name and what stands aside?

Columns are known by their heads' words. Where the head has two rows, one of them may name the period and the other
what is measured ("Number of offences" over three years, "Rate per 1,000" over the same): each is a series.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bluelamp.documents.blocks import Row
from bluelamp.documents.printed_tables import Table, cells_by_column
from bluelamp.figures.units import unit_of
from bluelamp.lib.days import DatedPeriod, read_period
from bluelamp.performance.reading.figures import shape_of
from bluelamp.performance.reading.indicator_periods import is_baseline_of_another_length, read_head_period
from bluelamp.performance.reading.indicator_titles import is_code, lead_code

_AIM_HEAD = re.compile(
    r"\b(?:aim|desired (?:direction|outcome)|direction sought|polarity|objective|ambition"
    r"|good (?:is|direction|performance))\b",
    re.IGNORECASE,
)
_NAME_HEAD = re.compile(
    r"(?:key\s)?(?:performance\s)?(?:indicators?|measures?|metrics?|kpis?|pis?|descriptions?)"
    r"(?: names?| descriptions?| titles?)?",
    re.IGNORECASE,
)
_INDICATOR_HEAD = re.compile(
    r"(?:key )?(?:performance )?(?:indicators?|measures?|metrics?|kpis?|pis?)", re.IGNORECASE
)
_CODE_HEAD = re.compile(r"(?:ref(?:erence)?|code|no|number|id|#)\.?(?:\s(?:no|number|code)\.?)?", re.IGNORECASE)
_ASIDE_HEAD = re.compile(
    r"(?:(?:strategic |plan |lead )?(?:theme|priority|portfolio|pillar|outcome)s?|lead(?: officer)?s?"
    r"|(?:business )?owners?|responsible(?: officer)?|(?:data )?sources?|frequency|status"
    r"|rag(?: (?:rating|status))?|trend|direction of travel|dot|comments?|commentary)",
    re.IGNORECASE,
)
_RATING_HEAD = re.compile(
    r"(?:brag|rag|status|(?:performance )?rating|trend|direction of travel|dot)(?: (?:rating|status))?",
    re.IGNORECASE,
)
_TARGET_HEAD = re.compile(r"\b(?:targets?|threshold|goal)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:change|diff(?:erence)?|variation|variance|movement|\+/-|growth)(?!\w)|(?<!\S)\+/-(?!\S)", re.IGNORECASE
)
_MONEY_HEAD = re.compile(
    r"\b(?:budget|actual|forecast|outturn|virements?|spend|expenditure|income)\b", re.IGNORECASE
)
_LONGEST_HEAD = 12  # words
_EXCEPTION_HEAD = re.compile(r"\b(?:exceptions?|exceptional|significant)\b", re.IGNORECASE)


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
    ratings: tuple[int, ...] = ()  # words about the figures: a rating, a trend
    names: tuple[int, ...] = ()  # of code and name, in order; () where the heads do not tell them
    aside: tuple[int, ...] = ()  # no part of the name: a theme, a lead, another series' figures
    series: str = ""  # which of the row's series the periods are; "" where it has one

    @property
    def figures(self) -> tuple[int, ...]:
        """The columns by whose figures a row is known."""
        more = (self.percent, self.actual, *(self.others if len(self.periods) < 2 else ()))
        return tuple(sorted([column for column, _ in self.periods] + [c for c in more if c is not None]))


def read_heads(table: Table) -> tuple[Heads, ...]:
    """The heads of an indicator table, one for each series of a row; () where the table is another."""
    heads = _read_columns(table)
    series = _read_series(table, heads) or _without_series(table, heads)
    if not series:
        return ()
    if not _is_of_indicators(table, heads, series):
        return ()
    figures = set(shape_of(table).figures)
    taken = {column for one in series for column, _ in one.periods}
    others = tuple(column for column in heads.others if column in figures - taken)
    named = _name_columns(table, series[0])
    aside = (*named[1], *(sorted(taken) if len(series) > 1 else ()))
    return tuple(replace(one, others=others, names=named[0], aside=aside) for one in series)


def _without_series(table: Table, heads: Heads) -> tuple[Heads, ...]:
    """A table of indicators against their targets prints one period, or none, and says by its heads what it is."""
    figures = set(shape_of(table).figures)
    target = heads.target
    others = tuple(column for column in heads.others if column in figures)
    is_named = any(_INDICATOR_HEAD.fullmatch(table.name_at(c).strip()) for c in range(min(figures, default=0)))
    if target is None or not is_named or not (others or heads.periods) or len(heads.periods) > 1:
        return ()
    if any(_MONEY_HEAD.search(table.name_at(c)) and table.unit_at(c).startswith("gbp") for c in figures):
        return ()
    return (replace(heads, others=others),) if any(_is_figure_at(table, row, target) for row in table.body) else ()


def _is_figure_at(table: Table, row: Row, column: int) -> bool:
    return any(character.isdigit() for character in table.text(row, column))


def _is_of_indicators(table: Table, heads: Heads, series: tuple[Heads, ...]) -> bool:
    """Periods alone make no indicators ("Establishment 2018", "Establishment 2021"): more must say so."""
    first = min(series[0].figures)
    if has_codes(table) or any(_NAME_HEAD.fullmatch(table.name_at(c).strip()) for c in range(max(first, 1))):
        return True
    if len(heads.periods) < 2 and len(table.heads) == 1:
        return False  # the periods were taken out of heads that say more
    told = (heads.percent, heads.actual, heads.aim, heads.exception, heads.target)
    return len(series) > 1 or any(column is not None for column in told)


def _read_columns(table: Table) -> Heads:
    heads = Heads(())
    others: list[int] = []
    figures = set(shape_of(table).figures)
    ratings = tuple(
        c for c, name in enumerate(table.names) if _RATING_HEAD.fullmatch(name.strip()) and c not in figures
    )
    for column, name in enumerate(table.names):
        is_target = bool(_TARGET_HEAD.search(name)) and not _CHANGE.search(name)
        period = None if is_target else read_head_period(name)
        if is_target and heads.target is None:
            heads = replace(heads, target=column)
        elif period:
            heads = replace(heads, periods=(*heads.periods, (column, period)))
        elif _AIM_HEAD.search(name):
            heads = replace(heads, aim=column)
        elif _EXCEPTION_HEAD.search(name) and column not in figures:
            heads = replace(heads, exception=column)
        elif _CHANGE.search(name) or (name.strip() in ("%", "% +/-") and heads.periods):
            if unit_of(name) in ("percent", "points") and heads.percent is None:
                heads = replace(heads, percent=column)
            elif heads.actual is None:
                heads = replace(heads, actual=column)
        elif _EXCEPTION_HEAD.search(name):
            heads = replace(heads, exception=column)
        elif column and name:
            others.append(column)
    return _without_baselines(table, replace(heads, others=tuple(others), ratings=ratings))


def _without_baselines(table: Table, heads: Heads) -> Heads:
    """A baseline of another length than the latest period stands beside the series, not in it."""
    if not heads.periods:
        return heads
    latest = heads.periods[-1][1]
    apart = [c for c, period in heads.periods if is_baseline_of_another_length(table.name_at(c), period, latest)]
    periods = tuple(each for each in heads.periods if each[0] not in apart)
    return replace(heads, periods=periods, others=tuple(sorted((*heads.others, *apart))))


def _read_series(table: Table, heads: Heads) -> tuple[Heads, ...]:
    """One series of two periods or more; or several, where one row of the head names periods and another what."""
    if len(heads.periods) > 1:
        return (heads,)
    grouped: dict[str, list[tuple[int, DatedPeriod]]] = {}
    for column in heads.others:
        found = _split_head(table, column) if len(table.heads) > 1 else _split_words(table.name_at(column))
        if found and not _MONEY_HEAD.search(found[0]):
            grouped.setdefault(found[0], []).append((column, found[1]))
    groups = {group: periods for group, periods in grouped.items() if len(periods) > 1}
    if len(groups) == 1:
        return tuple(replace(heads, periods=tuple(periods)) for periods in groups.values())
    changes = [column for column in (heads.percent, heads.actual, heads.target) if column is not None]
    bare = replace(heads, percent=None, actual=None, target=None, others=(*heads.others, *changes))
    return tuple(replace(bare, periods=tuple(periods), series=group) for group, periods in groups.items())


def _split_head(table: Table, column: int) -> tuple[str, DatedPeriod] | None:
    """The words and the period of a head of two rows, whichever of them stands above."""
    texts = [cell.text.strip() for row in table.heads if (cell := cells_by_column(row).get(column)) and cell.text]
    for at in (-1, 0):
        period = read_period(texts[at]) if texts else None
        if period is not None:
            rest = texts[:-1] if at else texts[1:]
            return " ".join(rest), period
    return None


def _split_words(name: str) -> tuple[str, DatedPeriod] | None:
    """What is measured, or where, and the period behind it or before it: "Force 2022/23", "2022/23 MSG"."""
    words = name.split()
    for cut in range(1, min(len(words), _LONGEST_HEAD)):
        for period, rest in ((words[cut:], words[:cut]), (words[:-cut], words[-cut:])):
            found = read_period(" ".join(period))
            if found is not None:
                return " ".join(rest), found
    return None


def _name_columns(table: Table, heads: Heads) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns before the figures that print code and name, if the heads tell, and those that print neither."""
    labels = range(heads.figures[0])
    names = [column for column in labels if _NAME_HEAD.fullmatch(table.name_at(column).strip())]
    codes = [c for c in labels if c not in names and _CODE_HEAD.fullmatch(table.name_at(c).strip())]
    aside = tuple(column for column in labels if _ASIDE_HEAD.fullmatch(table.name_at(column).strip()))
    if not names:
        return (), aside if len(aside) < len(labels) else ()
    if not codes and not _is_filled(table, names[-1]):
        return (), aside
    first = [column for column in range(names[0]) if column not in aside and _holds_codes(table, column)]
    return tuple(dict.fromkeys([*codes, *first, *names])), aside


def _is_filled(table: Table, column: int) -> bool:
    return 2 * sum(1 for row in table.body if table.text(row, column)) > len(table.body)


def _holds_codes(table: Table, column: int) -> bool:
    return 2 * sum(1 for row in table.body if is_code(table.text(row, column))) > len(table.body)


def is_name_head(head: str) -> bool:
    """Does the head say that indicators stand under it?"""
    return bool(_NAME_HEAD.fullmatch(head.strip()))


def has_codes(table: Table) -> bool:
    led = [row for row in table.body if lead_code(table.text(row, 0))]
    return _holds_codes(table, 0) or 2 * len(led) > len(table.body)
