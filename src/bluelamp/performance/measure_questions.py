"""Which measure, of which place, to which month, told apart by what? An address is read as far as it is known.

Whatever is not known falls back on what is: an address is typed, linked and kept for years.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.cells import say_key
from bluelamp.performance.cubes.cube_plan import FORCE, MONTH, Filter, Key, Operator
from bluelamp.performance.cubes.measuring import Asked
from bluelamp.performance.cubes.record_measures import Output, RecordMeasure, type_value
from bluelamp.performance.measure_answers import RecordDefinitions
from bluelamp.performance.suppression_rules import PublishingRule
from bluelamp.performance.warehouse.mappings import ColumnKind

SHOWN: Final = 36
"""Months of a series."""
BLANK: Final = "(blank)"
BREAKDOWNS: Final = frozenset({ColumnKind.CATEGORY, ColumnKind.BOOLEAN, ColumnKind.TEXT})
_UNTOLD: Final = frozenset({"lsoa-name", "location", "falls-within", "reported-by"})
"""Words that name places, or repeat who published: no breakdown of anything."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What is there of a kind: its forces, its months from the first to the last, and which of whom are there."""

    forces: tuple[str, ...]
    first: Month
    last: Month
    present: frozenset[tuple[str, int]] = frozenset()  # force and `Month.index`

    def has_any(self, force: str, first: Month, last: Month) -> bool:
        """Of the force ("" for all) in any of these months?"""
        months = range(first.index, last.index + 1)
        return any(
            (each, month) in self.present for each in ([force] if force else self.forces) for month in months
        )


@dataclass(frozen=True, kw_only=True)
class Question:
    """`force`, `level` and `area` are "" where nothing narrower is asked for; `value` is one of `by`."""

    measure: RecordMeasure
    output: Output
    span: Span
    to: Month
    since: Month  # the first that a period of this length can end with
    force: str = ""
    level: str = ""
    area: str = ""
    by: str = ""
    value: str = ""
    published: bool = False
    rule: PublishingRule | None = None  # of what is published

    def is_end(self, month: Month) -> bool:
        """May a period that is shown end with it?"""
        return self.rule is None or self.rule.is_end(month.index)

    @property
    def narrowed(self) -> RecordMeasure:
        """The measure with the one output that is looked at."""
        return dataclasses.replace(self.measure, outputs=(self.output,))

    @property
    def first(self) -> Month:
        """Of the period that ends with `to`."""
        return self.to.plus(1 - self.span.months)

    @property
    def series_from(self) -> Month:
        """The end of the first period that is shown beside it."""
        return max(self.since, self.to.plus(1 - SHOWN))

    @property
    def words(self) -> str:
        return period_words(self.to, self.span)

    @property
    def parameters(self) -> dict[str, str]:
        """What stands in an address after the place."""
        return {
            "output": "" if self.output == self.measure.outputs[0] else self.output.slug,
            "span": self.span.value,
            "to": str(self.to),
            "level": "" if self.area else self.level,
            "by": self.by,
            "value": self.value,
            "published": "yes" if self.published else "",
        }


def read_question(
    said: Mapping[str, str],
    measure: RecordMeasure,
    loaded: Loaded,
    known: RecordDefinitions,
    *,
    force: str = "",
    level: str = "",
    area: str = "",
) -> Question:
    """The place is known; what is said of the rest may be anything."""
    rule = known.find_rule(measure)
    published = said.get("published") == "yes" and rule is not None
    breakdowns = list_breakdowns(measure, known, rule if published else None)
    by = said.get("by", "")
    levels = [] if area else list_levels(measure, known, rule if published else None)
    wanted = level or said.get("level", "")
    spans = list_spans(loaded, rule if published else None)
    span = next((each for each in spans if each == said.get("span")), spans[0])
    since = loaded.first.plus(span.months - 1)
    to = _read_month(said.get("to", ""), since, loaded.last)
    return Question(
        measure=measure,
        output=measure.output(said.get("output", "")) or measure.outputs[0],
        span=span,
        to=_find_end(to, since, rule) if published and rule else to,
        since=since,
        force=force,
        level=level if area else wanted if wanted in levels else levels[0] if levels and force else "",
        area=area,
        by=by if by in breakdowns else "",
        value=_read_value(said.get("value", ""), by, measure, known) if by in breakdowns else "",
        published=published,
        rule=rule if published else None,
    )


def _find_end(to: Month, since: Month, rule: PublishingRule) -> Month:
    """The last of the published periods that end by then."""
    for back in range(12):
        month = to.plus(-back)
        if month < since:
            break
        if rule.is_end(month.index):
            return month
    raise PlainError(
        f"Nothing can be published yet of {rule.kind} records to {to.words}: the table that is published is"
        f" {rule.words}, and no such year is loaded whole."
    )


def _read_value(said: str, by: str, measure: RecordMeasure, known: RecordDefinitions) -> str:
    """Any words may be a value; of yes and no only these."""
    columns = known.columns(measure.kind)
    if columns[known.keys(measure.kind)[by].column] is ColumnKind.BOOLEAN and said not in ("yes", "no", BLANK):
        return ""
    return said[:200]


def _read_month(said: str, since: Month, last: Month) -> Month:
    try:
        month = Month.parse(said)
    except ValueError:
        return last
    return min(max(month, since), last)


def list_spans(loaded: Loaded, rule: PublishingRule | None) -> list[Span]:
    """Twelve months only where so many are there; of what is published in years, nothing else."""
    if rule is not None and rule.by_year:
        return [Span.YEAR]
    year = loaded.last.index - loaded.first.index >= Span.YEAR.months - 1
    return [Span.YEAR, Span.MONTH] if year else [Span.MONTH]


def list_ends(question: Question, loaded: Loaded) -> list[Month]:
    """The months that a period can end with, newest first."""
    ends = (loaded.last.plus(-back) for back in range(loaded.last.index - question.since.index + 1))
    return [month for month in ends if question.is_end(month)]


def list_breakdowns(measure: RecordMeasure, known: RecordDefinitions, rule: PublishingRule | None) -> list[str]:
    """What its records can be told apart by; of what is published, by the rule's keys alone."""
    if rule is not None:
        return list(rule.by)
    columns = known.columns(measure.kind)
    return [
        name
        for name, key in known.keys(measure.kind).items()
        if name not in (FORCE, MONTH)
        and name not in _UNTOLD
        and not key.lookup
        and columns[key.column] in BREAKDOWNS
    ]


def list_levels(measure: RecordMeasure, known: RecordDefinitions, rule: PublishingRule | None) -> list[str]:
    """The levels of areas that its records lie in: those of a lookup first, then the codes themselves."""
    columns = known.columns(measure.kind)
    keys = known.keys(measure.kind)
    levels = [name for name, key in keys.items() if key.lookup]
    levels += [name for name, key in keys.items() if columns.get(key.column) is ColumnKind.AREA and not key.lookup]
    return [each for each in levels if rule is None or each == rule.place]


def say_level(level: str) -> str:
    return "Small area (LSOA)" if level == "lsoa-code" else level.replace("-", " ").capitalize()


def lower_first(words: str) -> str:
    """As they stand within a sentence."""
    return f"{words[:1].lower()}{words[1:]}"


def say_name(key: str) -> str:
    """ "crime-type" is crime type."""
    return key.replace("-", " ")


def say_force(slug: str) -> str:
    """ "avon-and-somerset" is Avon and Somerset."""
    return " ".join(each if each in ("and", "of") else each.capitalize() for each in slug.split("-"))


# -- what is to be counted ----------------------------------------------------------------------------------


def ask_series(question: Question, known: RecordDefinitions) -> Asked:
    """Month by month, to the month that is asked for."""
    keys = (MONTH, *_area_keys(question, known))
    return Asked(
        keys=_keys(keys, question, known),
        span=question.span,
        first=question.series_from,
        last=question.to,
        only=find_filters(question, known),
    )


def ask_period(question: Question, known: RecordDefinitions, *keys: str) -> Asked:
    """The one period, told apart by these keys."""
    if question.published:  # what is published is asked by month: a span is no window of it
        return Asked(
            keys=_keys((MONTH, *keys, *_area_keys(question, known)), question, known),
            span=question.span,
            first=question.to,
            last=question.to,
            only=find_filters(question, known),
        )
    return Asked(
        keys=_keys((*keys, *_area_keys(question, known)), question, known),
        first=question.first,
        last=question.to,
        only=find_filters(question, known),
    )


def _keys(names: Sequence[str], question: Question, known: RecordDefinitions) -> tuple[Key, ...]:
    keys = known.keys(question.measure.kind)
    return tuple(keys[name] for name in dict.fromkeys(names))


def _area_keys(question: Question, known: RecordDefinitions) -> list[str]:
    """An area of a lookup is found among the cells; a code is a filter."""
    keys = known.keys(question.measure.kind)
    return [question.level] if question.area and keys[question.level].lookup else []


def find_filters(question: Question, known: RecordDefinitions) -> tuple[Filter, ...]:
    keys, columns = known.keys(question.measure.kind), known.columns(question.measure.kind)
    found = []
    if question.force:
        found.append(Filter(FORCE, Operator.ANY_OF, (question.force,)))
    if question.area and not keys[question.level].lookup:
        found.append(Filter(keys[question.level].column, Operator.ANY_OF, (question.area,)))
    if question.value:
        column = keys[question.by].column
        if question.value == BLANK:
            found.append(Filter(column, Operator.BLANK))
        else:
            typed = type_value(question.value, columns[column], column)
            found.append(Filter(column, Operator.ANY_OF, (typed,)))
    return tuple(found)


def say_value(value: str | bool | int | None) -> str:
    """As it stands in a table and in an address."""
    return say_key(value)
