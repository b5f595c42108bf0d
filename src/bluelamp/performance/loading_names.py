"""Which indicator, and which area, does a list mean?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from bluelamp.performance.loading_mappings import FiguresMapping
from bluelamp.performance.loading_refusals import RefusedError, shown
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.series import FORCE
from bluelamp.register.import_mappings import heading_key

_WHOLE: Final = ("force", "whole force", "force wide", "forcewide", "force total", "all", "all areas", "total")
_CLOSE: Final = 60.0  # how alike, of 100, a code or name must be to be asked about


@dataclass
class Names:
    """What a list may call the plan's indicators and areas."""

    plan: Plan
    mapping: FiguresMapping
    _codes: dict[str, Indicator | None] = field(default_factory=dict)
    _areas: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def _by_key(self) -> dict[str, Indicator]:
        named: dict[str, Indicator | None] = {}
        for indicator in self.plan.indicators:
            for key in {heading_key(words) for words in (indicator.name, *indicator.aliases)}:
                named[key] = None if key in named else indicator  # a name that two share names neither
        found: dict[str, Indicator] = {key: each for key, each in named.items() if each and key}
        found |= {_code_key(indicator.code): indicator for indicator in self.plan.indicators}
        for words, code in self.mapping.codes.items():
            if (named_here := self.plan.indicator(code)) is not None:
                found[heading_key(words)] = named_here
        return found

    @cached_property
    def _area_slugs(self) -> dict[str, str]:
        force = next((area.slug for area in self.plan.areas if area.level == "force"), FORCE)
        found = dict.fromkeys(_WHOLE, force)
        for area in self.plan.areas:
            for words in (area.slug, area.name, *area.aliases):
                found[heading_key(words)] = area.slug
        return found | {heading_key(words): slug for words, slug in self.mapping.areas.items()}

    def knows(self, words: str) -> bool:
        return self.find(words) is not None

    def find(self, words: str) -> Indicator | None:
        """The indicator of that code or name; None where there is none, or two share the name."""
        if words not in self._codes:
            by_key = self._by_key
            self._codes[words] = by_key.get(_code_key(words)) or by_key.get(heading_key(words))
            if self._codes[words] is None and " " in words:  # "1A1 Knife crime", "1A1: Knife crime"
                first, rest = words.split(maxsplit=1)
                told = by_key.get(_code_key(first.rstrip(":.")))
                agrees = told is not None and heading_key(rest) == heading_key(told.name)
                self._codes[words] = told if agrees else None
        return self._codes[words]

    def indicator(self, words: str) -> Indicator:
        if not words:
            raise RefusedError("The row names no indicator: give its code.")
        found = self.find(words)
        if found is None:
            raise RefusedError(f"{shown(words)} is no indicator of {self.plan.name}{self._ask(words)}.")
        return found

    def _ask(self, words: str) -> str:
        """ ": did you mean 1A2 or 1A3?" """
        codes = [indicator.code for indicator in self.plan.indicators]
        names = {indicator.name.lower(): indicator.code for indicator in self.plan.indicators}
        near = [
            found[0] for found in process.extract(words[:80], codes, scorer=fuzz.ratio, limit=2, score_cutoff=66)
        ]
        named = process.extract(words[:80].lower(), list(names), scorer=fuzz.ratio, limit=1, score_cutoff=75)
        near += [names[found[0]] for found in named]
        near = list(dict.fromkeys(near))[:3]
        return f"; did you mean {' or '.join(near)}" if near else ""

    def area(self, words: str | None, sheet: str) -> str:
        """The slug; of a table without a column of areas, its sheet's name or the whole force."""
        if words is None:
            return self._area_slugs.get(heading_key(sheet)) or self._area_slugs["force"]
        if not words:
            raise RefusedError("The row names no area: write its name, or “force” for the whole.")
        if words not in self._areas:
            self._areas[words] = self._area_slugs.get(heading_key(words))
        found = self._areas[words]
        if found is None:
            near = process.extractOne(heading_key(words)[:80], list(self._area_slugs), score_cutoff=_CLOSE)
            meant = self.plan.area(self._area_slugs[near[0]]) if near else None
            ask = f"; did you mean {meant.name}" if meant else ""
            raise RefusedError(f"{shown(words)} is no area of {self.plan.name}{ask}.")
        return found


def _code_key(words: str) -> str:
    return " ".join(words.split()).casefold()
