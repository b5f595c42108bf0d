"""Which estimate of an inspection speaks of what a force reports itself, and can both be right?

Which statistic bears on which indicator is data (definitions/vocabularies/indicator-statistics.yaml). Two
printed values contradict each other only where no unrounded values within their margins are equal (law 2). That is
a doubt to be explained and no proof: they measure different things, and the definition says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

from bluelamp.figures.months import Month
from bluelamp.figures.not_known import NotKnown
from bluelamp.lib.definitions import SHIPPED, DefinitionError, read_definition
from bluelamp.lib.wording import PhraseBook, compile_phrases, load_synonyms, read_sentence, with_wider

FILE: Final = "indicator-statistics.yaml"
NEAR_MONTHS: Final = 12
"""How far the end of the indicator's period may lie from that of a statistic which names its own period."""


class ReportedMeasure(Protocol):
    """What a force reports: an indicator of a plan, or a row of a printed table."""

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...  # percentage, count, ...

    @property
    def numerator(self) -> str: ...

    @property
    def denominator(self) -> str: ...

    @property
    def inspection_areas(self) -> Sequence[str]: ...


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A matter that an indicator reports and inspections estimate. The definition's head explains the fields."""

    slug: str
    name: str
    areas: tuple[str, ...]
    indicator: tuple[str, ...]
    statistic: tuple[str, ...]
    whole: tuple[str, ...]
    name_of_whole: tuple[str, ...]
    indicator_measures: str
    statistic_measures: str
    why: str
    indicator_not: tuple[str, ...] = ()
    unit: str = "percentage"
    apart_months: int = 24


@dataclass(frozen=True, kw_only=True)
class _PairList:
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The lowest and the highest true value that may have printed so."""

    low: Decimal
    high: Decimal

    def meets(self, other: Bounds) -> bool:
        return self.low <= other.high and other.low <= self.high


@lru_cache(maxsize=8)
def load_pairs(extra: Path | None = None) -> Mapping[str, Pair]:
    """Every pair by slug; a workspace's own (in `extra/vocabularies`) come beside ours or in their place."""
    paths = [folder / "vocabularies" / FILE for folder in ((SHIPPED, extra) if extra else (SHIPPED,))]
    found: dict[str, Pair] = {}
    for path in paths:
        if path.is_file():
            for pair in read_definition(path, _PairList).pairs:
                _check(pair, path)
                found[pair.slug] = pair
    return found


def _check(pair: Pair, path: Path) -> None:
    for element in (
        element for line in (*pair.indicator, *pair.indicator_not, *pair.statistic) for element in _elements(line)
    ):
        if element.startswith("@") and element[1:] not in load_synonyms():
            raise DefinitionError(f"{path.name}: {pair.slug} names {element}, which is no synonym")


# -- which belong together ----------------------------------------------------------------------------------


def bears_on(pair: Pair, indicator: ReportedMeasure) -> bool:
    """Does the indicator report what the pair is about? By its unit, its inspection areas and its words."""
    if indicator.unit != pair.unit:
        return False
    if indicator.inspection_areas and not set(indicator.inspection_areas) & set(pair.areas):
        return False
    if pair.indicator_not and _shows(pair.indicator_not, (indicator.name,)):
        return False
    return _shows(pair.indicator, (indicator.name, indicator.numerator, indicator.denominator))


def speaks_of(pair: Pair, subject: str, sentence: str) -> bool:
    """Is the statistic, by its subject and the sentence it stands in, an estimate of the pair's matter?"""
    return _shows(pair.statistic, (subject, sentence))


def are_of_the_same(pair: Pair, indicator: ReportedMeasure, subject: str) -> bool:
    """Do both speak of the whole matter? A part (violent offences, hate crime) may well differ from the whole."""
    subject_words, name_words = (set(_WORD.findall(said.lower())) for said in (subject, indicator.name))
    return bool(subject_words) and subject_words <= set(pair.whole) and name_words <= set(pair.name_of_whole)


_WORD = re.compile(r"[^\W_]+")


def _shows(lines: Iterable[str], texts: Iterable[str]) -> bool:
    said = " ; ".join(text for text in texts if text)
    words, synonyms = read_sentence(said)
    named = {name for found in synonyms for name in with_wider(found.name)}

    def stands(element: str) -> bool:
        return element in named if element.startswith("@") else bool(_book(element).find(words))

    return any(all(stands(element) for element in _elements(line)) for line in lines)


def _elements(line: str) -> list[str]:
    return [" ".join(element.split()) for element in line.split(" + ")]


@lru_cache(maxsize=500)
def _book(element: str) -> PhraseBook:
    """Of one element alone, so that a longer one beside it does not silence it."""
    return PhraseBook(compile_phrases(element, [element]))


# -- between which bounds each lies -------------------------------------------------------------------------


def bounds_of_estimate(
    printed: str, value: Decimal, half_width: Decimal | None, n: int | None, unit: str
) -> Bounds | None:
    """In per cent: of an estimate with a printed margin, or of a share of a sample (Wilson, 95%); else None.

    How finely value and margin were printed is read from `printed`; the record keeps more decimals than that.
    """
    if half_width is not None:
        half = half_place(_places(printed))
        width = half_width + half
        return Bounds(low=max(value - half - width, Decimal(0)), high=min(value + half + width, Decimal(100)))
    found = round(value * n / 100) if n and unit == "percent" else value
    if not n or not 0 <= found <= n:
        return None
    from bluelamp.figures.intervals import proportion_interval  # numpy, where there is a sample at all

    share = proportion_interval(float(found), float(n), multiplier=100)
    if isinstance(share, NotKnown):
        return None
    return Bounds(low=Decimal(f"{share.low:.2f}"), high=Decimal(f"{share.high:.2f}"))


_DECIMALS = re.compile(r"\d\.(\d{1,6})")


def _places(printed: str) -> int:
    """The fewest decimals printed in any of its numbers: the margin is no finer than that."""
    numbers = re.findall(r"\d+(?:\.\d{1,6})?", printed)
    return min((len(found[1]) if (found := _DECIMALS.search(number)) else 0 for number in numbers), default=0)


def half_place(places: int) -> Decimal:
    return Decimal(1).scaleb(-places) / 2


# -- which period -------------------------------------------------------------------------------------------

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_YEAR = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{4}})\b", re.I)
_TWO_YEARS = re.compile(r"\b(20\d\d)[/–-](?:20)?(\d\d)\b")
_YEAR = re.compile(r"\b(20\d\d)\b")


def period_end(said: str) -> Month | None:
    """The month in which a period ends, as said: "1 January to 31 December 2020", "2019/20", "2019"."""
    if found := _MONTH_YEAR.findall(said):
        name, year = found[-1]
        return Month(int(year), _MONTHS.index(name.lower()) + 1)
    if pair := _TWO_YEARS.search(said):
        return Month(int(pair[1]) + 1, 3)
    year_said = _YEAR.search(said)
    return Month(int(year_said[1]), 12) if year_said else None


def months_to_compare(*, period: Month | None, published: Month | None, apart: int) -> list[Month]:
    """Ends of an indicator's twelve months to set beside an estimate, the best first.

    Nearest to the period that the estimate names, else the last before it was published.
    """
    if period is not None:
        near = [period.plus(n) for n in range(-NEAR_MONTHS, NEAR_MONTHS + 1)]
        return sorted(near, key=lambda month: (abs(month.index - period.index), month.index))
    return [published.plus(-n) for n in range(apart + 1)] if published is not None else []
