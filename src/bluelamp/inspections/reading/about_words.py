"""What are the standing words of national reports? definitions/vocabularies/national-reports.yaml, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bluelamp.lib.definitions import SHIPPED, read_definition


@dataclass(frozen=True, kw_only=True)
class ExclusionWords:
    data: tuple[str, ...]
    data_asked_for: tuple[str, ...]
    asked: tuple[str, ...]
    cannot: tuple[str, ...]
    giving: tuple[str, ...]
    left_out: tuple[str, ...]
    shown: tuple[str, ...]
    not_there: tuple[str, ...]
    there: tuple[str, ...]
    but_for: tuple[str, ...]
    pointing_back: tuple[str, ...]
    compared: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DemandWords:
    forces: tuple[str, ...]
    one_force: tuple[str, ...]
    quantified: tuple[str, ...]
    others: tuple[str, ...]
    beside: tuple[str, ...]
    reported: tuple[str, ...]
    standards: tuple[str, ...]
    changes: tuple[str, ...]
    orders: tuple[str, ...]
    recommendations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FigureWords:
    labels: tuple[str, ...]
    tables: tuple[str, ...]
    notes: tuple[str, ...]
    reads: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NationalWords:
    exclusions: ExclusionWords
    demands: DemandWords
    figures: FigureWords
    labels: tuple[str, ...]
    references: tuple[str, ...]
    credits: tuple[str, ...]


@lru_cache(maxsize=1)
def load_national_words() -> NationalWords:
    return read_definition(SHIPPED / "vocabularies" / "national-reports.yaml", NationalWords)


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases as whole words, longest first; a space is any white space."""
    return "|".join(_spell(phrase) for phrase in sorted(set(phrases), key=lambda each: (-len(each), each)))


def compile_any(phrases: Iterable[str]) -> re.Pattern[str]:
    """The phrases without case; small words ("us") would be found in names ("US") otherwise rarely enough."""
    return re.compile(rf"(?<!\w)(?:{any_of(phrases)})(?!\w)", re.I)


def _spell(phrase: str) -> str:
    words = re.escape(phrase).replace(r"\ ", r"\s+")
    return re.sub(r"['’]", "['’]", words)
