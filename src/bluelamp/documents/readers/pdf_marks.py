"""What is printed on a page of a PDF? Words, rules and shaded areas, with their places."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import NamedTuple

from bluelamp.documents.blocks import Box


class Word(NamedTuple):
    """Characters without a space between them, in one font. Places are in points from the top left corner."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool = False
    symbol: bool = False  # set in a font of signs (Wingdings, Symbol), so its letters are not letters
    glued: bool = False  # stands directly at the word before it
    turned: bool = False  # does not run from left to right
    broken: bool = False  # ends in a hyphen at the end of its line
    soft: bool = False  # that hyphen is a soft one

    @property
    def top(self) -> float:
        return self.baseline - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.22 * self.size


class Rule(NamedTuple):
    """A thin line. `at` is its height (a horizontal one) or distance from the left (a vertical one)."""

    at: float
    start: float
    end: float


class Area(NamedTuple):
    """A filled or bordered rectangle."""

    box: Box
    filled: bool
    bordered: bool


@dataclass
class Marks:
    """All that is printed on one page."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)  # small round or square shapes
    pictures: int = 0
    pictured: float = 0.0  # share of the page that its largest picture covers
    left_out: bool = False  # more than we are willing to look at
    broken: bool = False  # could not be opened
    turned: int = 0  # quarter turns by which the places here differ from those that one sees

    @property
    def seen_size(self) -> tuple[float, float]:
        return (self.height, self.width) if self.turned % 2 else (self.width, self.height)

    def seen(self, box: Box) -> Box:
        """The box as it stands on the page that one sees."""
        left, top, right, bottom = box
        if self.turned == 1:
            return self.height - bottom, left, self.height - top, right
        if self.turned == 2:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        if self.turned == 3:
            return top, self.width - right, bottom, self.width - left
        return box


class Line:
    """Words on one baseline, to be printed as one line of the normalised text.

    `gaps[i]` is what stands before word i: "", " " or a tab. `start` and `offsets` are filled in when the text
    is written.
    """

    __slots__ = ("baseline", "gaps", "offsets", "page", "size", "tail", "words", "x0", "x1")

    def __init__(self, words: list[Word], page: int, gaps: list[str] | None = None) -> None:
        self.words = words
        self.page = page
        self.gaps = gaps or [" " if i and not w.glued else "" for i, w in enumerate(words)]
        self.offsets: list[int] = []
        self.tail = 0  # words at the end that the line above has taken over
        self.measure()

    def measure(self) -> None:
        words = self.words
        self.x0 = min(w.x0 for w in words)
        self.x1 = max(w.x1 for w in words)
        self.size = _main_size(words)
        self.baseline = next((w.baseline for w in words if w.size >= self.size - 0.1), words[0].baseline)

    @property
    def top(self) -> float:
        return self.baseline - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.22 * self.size

    @property
    def box(self) -> Box:
        return self.x0, min(w.top for w in self.words), self.x1, max(w.bottom for w in self.words)

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words if not w.symbol)

    @property
    def text(self) -> str:
        return "".join(itertools.chain.from_iterable(zip(self.gaps, (w.text for w in self.words), strict=True)))


def _main_size(words: list[Word]) -> float:
    first = words[0].size
    if all(w.size == first for w in words):
        return first
    weights: dict[float, int] = {}
    for w in words:
        weights[w.size] = weights.get(w.size, 0) + len(w.text)
    return max(weights, key=lambda size: (weights[size], size))
