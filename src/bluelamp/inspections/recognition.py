"""Which framework is this report written to?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Part
from bluelamp.inspections.frameworks import Framework

HEAD_BLOCKS = 40
"""How many blocks count as a document's front, where a report names itself."""

LONGEST_HEADING = 120  # characters


@dataclass(frozen=True)
class FrameworkGuess:
    """`score` grows with what speaks for it; `evidence` is the block that names the framework, if one does."""

    framework: Framework
    score: float
    evidence: Block | None


def find_framework(part: Part, frameworks: Mapping[str, Framework]) -> FrameworkGuess | None:
    """The framework whose own phrases and areas the words print most of; None where nothing speaks for one."""
    words = [(block, block.text.lower()) for block in part.blocks]
    headings = [block.text for block in part.blocks if len(block.text) <= LONGEST_HEADING]
    guesses = [_score(framework, words, headings) for framework in frameworks.values()]
    best = max(guesses, key=lambda guess: guess.score, default=None)
    return best if best and best.score >= 2 else None


def _score(framework: Framework, words: list[tuple[Block, str]], headings: Iterable[str]) -> FrameworkGuess:
    score, evidence = 0.0, None
    for phrase in framework.recognised_by:
        for index, (block, text) in enumerate(words):
            if phrase.lower() in text and block.kind is not BlockKind.CONTENTS:
                score += 3 if index < HEAD_BLOCKS else 1
                evidence = evidence or block
                break
    named = {area.slug for heading in headings if (area := framework.area_named(heading))}
    return FrameworkGuess(framework, score + 0.25 * len(named), evidence)
