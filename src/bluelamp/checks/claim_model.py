"""What is one claim of a sentence, and which stretch of the sentence is its own?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from bluelamp.checks.numbers import FoundNumber


class Kind(StrEnum):
    CHANGE = "change"  # by so much
    FROM_TO = "from-to"
    LEVEL = "level"
    WORDS = "words"  # doubled, halved, fell by a third
    SAME = "same"
    EXTREME = "extreme"  # the highest on record, the lowest in two years
    WAY = "way"  # which way, and no number


@dataclass(frozen=True)
class Claim:
    """One thing a sentence claims. Places are those of the block's text. `segments[at]` holds what is claimed."""

    kind: Kind
    start: int
    end: int
    text: str  # the sentence
    offset: int  # of the sentence in the block
    segments: tuple[tuple[int, int], ...]
    at: int
    way: str = ""  # up, down or ""
    number: FoundNumber | None = None  # by, or the level, or the end of from-to
    first: FoundNumber | None = None  # the beginning of from-to
    also: tuple[tuple[FoundNumber, str], ...] = ()  # the changes that a from-to prints besides, and which way
    size: Decimal | None = None  # of a change said in words, in per cent
    is_over: bool = False  # "more than doubled"
    per: int = 1  # a monthly figure of a yearly one: 12
    is_part: bool = False  # "a further 45": not the whole

    @property
    def printed(self) -> str:
        return self.text[self.start - self.offset : self.end - self.offset]


def place(claim: Claim, start: int, end: int) -> Claim:
    """The claim with its own segment; a number alone in brackets belongs to the words before them."""
    at = next((i for i, (a, b) in enumerate(claim.segments) if a <= start < b), 0)
    return replace(claim, start=start, end=end, at=at)


# -- one number ---------------------------------------------------------------------------------------------
