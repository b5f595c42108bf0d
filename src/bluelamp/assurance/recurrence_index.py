"""Which of many findings are most like this one? The scores of `recurrence.compare_passages`, for all at once.

Each sense and theme has the list of the sentences that say it, so a question adds up a few short lists: 100,000
findings are asked in milliseconds (bench/recurrence.py). Only numbers are kept, no texts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from bluelamp.assurance.recurrence import (
    APART,
    ENOUGH,
    FEWEST,
    MUCH_THE_SAME,
    Passage,
    Reading,
    weigh_sense,
    weigh_theme,
)

K = TypeVar("K", bound=Hashable)
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass
class _Gathered:
    """The lists as they grow."""

    senses: dict[str, list[int]] = field(default_factory=dict)
    themes: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    weights: list[float] = field(default_factory=list)
    said: list[float] = field(default_factory=list)
    bare: list[bool] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)


class PointIndex(Generic[K]):
    """Findings by what their sentences say. Made once; a changed pool of findings is another index."""

    def __init__(self, findings: Iterable[tuple[K, Reading]]) -> None:
        gathered = _Gathered()
        self.keys: list[K] = []
        for number, (key, reading) in enumerate(findings):
            self.keys.append(key)
            for passage in reading.passages:
                at = len(gathered.weights)
                gathered.weights.append(passage.weight)
                gathered.said.append(passage.said)
                gathered.bare.append(not passage.themes)
                gathered.owners.append(number)
                for sense in passage.senses:
                    gathered.senses.setdefault(sense, []).append(at)
                for theme, far in passage.themes.items():
                    gathered.themes.setdefault(theme, []).append((at, far))
        self._weights: Floats = np.array(gathered.weights, np.float32)
        self._said: Floats = np.array(gathered.said, np.float32)
        self._bare = np.array(gathered.bare, np.bool_)
        self._owners: Ints = np.array(gathered.owners, np.int32)
        self._senses = {sense: np.array(at, np.int32) for sense, at in gathered.senses.items()}
        self._themes: Mapping[str, tuple[Ints, Floats]] = {
            theme: (np.array([at for at, _ in shown], np.int32), np.array([far for _, far in shown], np.float32))
            for theme, shown in gathered.themes.items()
        }

    def __len__(self) -> int:
        return len(self.keys)

    def find(self, reading: Reading, *, at_least: float, at_most: int) -> list[tuple[K, float]]:
        """Findings that score so much against any sentence of this one, best first."""
        if not len(self._weights):
            return []
        best: Floats = np.zeros(len(self.keys), np.float32)
        for passage in reading.passages:
            said, shared, of_a_theme = self._share(passage.senses, passage.themes)
            scores = np.where(of_a_theme, _score(shared, passage.weight, self._weights), 0)
            scores = np.maximum(scores, self._word_for_word(passage, said))
            np.maximum.at(best, self._owners, scores.astype(np.float32))
        return self._rank(best, at_least, at_most)

    def _share(
        self, senses: Iterable[str], themes: Mapping[str, float]
    ) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """With each sentence: the weight of the senses shared, of senses and themes, and is there such a theme?"""
        said: Floats = np.zeros(len(self._weights), np.float32)
        of_a_theme = np.zeros(len(self._weights), np.bool_)
        for sense in senses:
            if sense in self._senses:
                said[self._senses[sense]] += weigh_sense(sense)
        shared = said.copy()
        for theme, far in themes.items():
            if theme in self._themes:
                at, fars = self._themes[theme]
                shared[at] += weigh_theme(theme) * np.minimum(fars, far)
                of_a_theme[at] = True
        return said, shared, of_a_theme

    def _word_for_word(self, passage: Passage, said: Floats) -> Floats:
        """1 where a sentence says so nearly the same that `compare` must look at the letters of both."""
        if len(passage.senses) < FEWEST:
            return np.zeros_like(said)
        asked = self._bare if passage.themes else np.ones_like(self._bare)
        alike = said >= MUCH_THE_SAME * np.maximum(self._said, passage.said) - 1e-4
        return (asked & alike).astype(np.float32)

    def _rank(self, best: Floats, at_least: float, at_most: int) -> list[tuple[K, float]]:
        enough: Sequence[int] = np.flatnonzero(best >= at_least).tolist()
        ranked = sorted(enough, key=lambda number: (-float(best[number]), number))
        return [(self.keys[number], float(best[number])) for number in ranked[:at_most]]


def _score(shared: Floats, here: float, there: Floats) -> Floats:
    """`recurrence.score_shared`, for many."""
    apart = APART * (here - shared + there - shared)
    whole = np.maximum(shared + apart, 1e-6)
    return np.asarray(shared / whole * np.minimum(1.0, shared / ENOUGH), np.float32)
