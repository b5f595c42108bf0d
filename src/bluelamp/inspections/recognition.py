"""Which framework is this report written to?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Part
from bluelamp.inspections.frameworks import Framework, name_key

FRONT = 40  # blocks in which a report names itself
LONGEST_HEADING = 120  # characters
TITLES = 12  # blocks in which a title may be broken over several
LONGEST_TITLE = 200  # characters of a title broken over blocks
ENOUGH = 0.75
"""The year and one area or one word of the scale. Only asked of documents that name the inspectorate."""
NAMED = 3.0  # the score of a phrase that stands in front
FEWEST_AREAS = 2
"""Chapters of a cycle that a report has which does not name the cycle; a report on one subject may share one."""

_WORD = re.compile(r"[a-z0-9/–-]+")
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+20[0-4]\d\b",
    re.I,
)
"""When it was printed, often the year after the one that its title names."""
_IMPRINT = re.compile(r"©|\bcopyright\b", re.I)
"""Its year is that of printing, and no part of a title that stands beside it."""
_PROGRAMME = re.compile(r"\bPEEL\b|\bbaseline assessment\b", re.I)
_GRADE_LINE = re.compile(r"^(?:overall )?(?:grade|judge?ment)?\W*([a-z ]+?)\W*$", re.I)


@dataclass(frozen=True)
class FrameworkGuess:
    """`score` grows with what speaks for it; `evidence` is the block that names the framework, if one does."""

    framework: Framework
    score: float
    evidence: Block | None


@dataclass(frozen=True)
class _Signs:
    """What a document shows of itself."""

    front: tuple[tuple[Block, str, frozenset[str]], ...]  # in small letters; the words of a short line
    body: tuple[tuple[Block, str], ...]  # what follows, in small letters
    body_text: str  # the same in one piece, since most phrases stand nowhere in it
    headings: frozenset[str]  # name keys
    grades: frozenset[str]  # name keys of short lines and cells
    years: frozenset[int]  # printed in the front or the imprint
    programme: bool  # it says in front that it is of the inspectorate's programme of all forces


def find_framework(part: Part, frameworks: Mapping[str, Framework]) -> FrameworkGuess | None:
    """The framework for which phrases, areas, scale and year speak most; None where too little does."""
    signs = _gather(part)
    guesses = [_score(framework, signs) for framework in frameworks.values() if _may_be(framework, signs)]
    best = max(guesses, key=lambda guess: guess.score, default=None)
    return best if best and best.score >= ENOUGH else None


def _may_be(framework: Framework, signs: _Signs) -> bool:
    """A year and a scale are shared by every report of the year: a cycle is named, or its chapters are there."""
    named = _score_phrases(framework, signs)[0] >= NAMED
    programme = signs.programme and framework.first_year <= max(signs.years, default=0) <= framework.last_year + 1
    return named or programme or len(_areas_shown(framework, signs)) >= FEWEST_AREAS


def _areas_shown(framework: Framework, signs: _Signs) -> list[str]:
    names = {area.slug: {name_key(name) for name in (area.name, *area.aliases)} for area in framework.areas}
    return [slug for slug, keys in names.items() if keys & signs.headings]


def _gather(part: Part) -> _Signs:
    blocks = [block for block in part.blocks if block.kind is not BlockKind.CONTENTS]
    short = [text for block in blocks for text in _short_texts(block)]
    front = [b for b in blocks[:TITLES] if len(b.text) <= LONGEST_HEADING and not _IMPRINT.search(b.text)]
    titles = [(pair[0], " ".join(block.text for block in pair)) for pair in _neighbours(front)]
    edges = [block.text for block in (*blocks[:FRONT], *blocks[-3:]) if len(block.text) <= 2 * LONGEST_HEADING]
    return _Signs(
        front=tuple(
            (block, text.lower(), _words_of_title(text))
            for block, text in (*titles, *((block, block.text) for block in blocks[:FRONT]))
        ),
        body=(body := tuple((block, block.text.lower()) for block in blocks[FRONT:])),
        body_text="\n".join(text for _, text in body),
        headings=frozenset(name_key(text) for text in short),
        grades=frozenset(name_key(found[1]) for text in short if (found := _GRADE_LINE.match(text))),
        years=frozenset(int(year) for text in edges for year in _YEAR.findall(text)),
        programme=any(_PROGRAMME.search(text) for _, text in titles),
    )


def _neighbours(blocks: list[Block]) -> Iterable[list[Block]]:
    """Two or three blocks that follow each other: a title may be broken over them."""
    runs = [blocks[first : first + length] for length in (2, 3) for first in range(len(blocks) - length + 1)]
    return (run for run in runs if sum(len(block.text) for block in run) <= LONGEST_TITLE)


def _short_texts(block: Block) -> Iterable[str]:
    if block.kind is BlockKind.TABLE:
        return (cell.text for row in block.rows for cell in row.cells if cell.text)
    return (block.text,) if len(block.text) <= LONGEST_HEADING else ()


def _score(framework: Framework, signs: _Signs) -> FrameworkGuess:
    score, evidence = _score_phrases(framework, signs)
    score += min(1.5, 0.25 * len(_areas_shown(framework, signs)))
    score += _score_scale(framework, signs)
    score += _score_year(framework, signs)
    return FrameworkGuess(framework, score, evidence)


def _score_year(framework: Framework, signs: _Signs) -> float:
    """The latest year printed in the front is the report's own more often than not."""
    if not signs.years or not framework.areas:
        return 0.0
    latest = max(signs.years)
    if framework.first_year <= latest <= framework.last_year:
        return 0.75
    return 0.4 if latest == framework.last_year + 1 else 0.0


def _score_phrases(framework: Framework, signs: _Signs) -> tuple[float, Block | None]:
    score, evidence = 0.0, None
    for phrase in (each.lower() for each in framework.recognised_by):
        words = frozenset(_WORD.findall(phrase))
        found = next((block for block, text, said in signs.front if phrase in text or words <= said), None)
        if found:
            score += 3
        elif phrase in signs.body_text:
            found = next((block for block, text in signs.body if phrase in text), None)
            score += 1
        evidence = evidence or found
    return score, evidence


def _words_of_title(text: str) -> frozenset[str]:
    """A short line says a phrase in any order of words ("Baseline Assessment - October 2006"); prose does not."""
    if len(text) > LONGEST_TITLE or text.endswith("."):
        return frozenset()
    undated = _DATED.sub(" ", text)
    return frozenset(_WORD.findall((undated if _YEAR.search(undated) else text).lower()))


_ALL_GRADES = frozenset(
    ("excellent", "good", "fair", "poor", "outstanding", "adequate", "requires-improvement", "inadequate")
)


def _score_scale(framework: Framework, signs: _Signs) -> float:
    """Words of the scale that stand alone speak for it; words of another scale speak against it."""
    seen = signs.grades & _ALL_GRADES
    own = {name_key(grade.name) for grade in framework.grades}
    return 0.3 * len(seen & own) - 1.0 * len(seen - own)
