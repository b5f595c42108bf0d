"""Do two papers of a pack say the same thing with other figures: six areas for improvement and eight; 212 and 221?

Of numbers in sentences only two things are held: how many findings a report is said to have, and the same digits
in another order beside the same words, which is what a slip of the pen looks like. Either is doubtful, never more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from bluelamp.checks.claim_periods import find_named
from bluelamp.checks.claim_words import is_plain, read_said, stem_of
from bluelamp.checks.claims_alone import SKIPPED
from bluelamp.checks.cross_counts import COUNTED, number_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_STATED = re.compile(
    r"\b(?:mak(?:e|es|ing)|made|contain(?:s|ed)?|set(?:s)? out|identif(?:y|ies|ied)|issued?|and)"
    rf" (?:a total of |the force |us |also |identif(?:y|ies|ied) )*?{COUNTED}"
    r" (?P<what>recommendations|areas for improvement|causes of concern)\b",
    re.I,
)
_OPEN = re.compile(
    r"\b(?:of which|of these|of them|further|another|more|remaining|previous|last (?:year|report))\b", re.I
)
_NAME = re.compile(r"\b[A-Z][a-z]{3,}")
_COMMON: Final = frozenset(
    {"report", "annual", "fire", "rescue", "service", "police", "authority", "inspection", "council", "news",
     "release", "constabulary", "committee", "panel", "board", "paper", "budget", "cover", "plan", "performance",
     "summary", "chief", "force"}
)  # fmt: skip
_REACH: Final = 60  # characters either side of a number whose words say what it counts
_FEWEST_DIGITS: Final = 3
_ALIKE: Final = 2
_MOST: Final = 3_000  # numbers of one document


@dataclass(frozen=True)
class _Count:
    subject: Subject
    paper: Paper
    block: Block
    place: tuple[int, int]
    number: int
    what: str


@dataclass(frozen=True)
class _Said:
    subject: Subject
    paper: Paper
    block: Block
    place: tuple[int, int]
    number: FoundNumber
    digits: str
    stems: frozenset[str]
    beside: frozenset[str]  # the words right after it
    words: frozenset[str]  # all of them near it, plain or not


def check_cross_sentences(subjects: Sequence[Subject]) -> Iterator[Result]:
    if len(subjects) < 2:
        return
    names = {id(subject): _names(subject) for subject in subjects}
    pairs = [(one, other) for one, other in combinations(subjects, 2) if names[id(one)] & names[id(other)]]
    counts = {id(subject): list(_counts(subject)) for subject in subjects}
    said = {id(subject): list(_said(subject)) for subject in subjects} if pairs else {}
    for one, other in pairs:
        yield from _count_pairs(counts[id(one)], counts[id(other)])
        yield from _slips(said[id(one)], said[id(other)])


def _names(subject: Subject) -> frozenset[str]:
    """Capitalised words of the document's titles that name somebody."""
    texts = [subject.document.title, *(paper.title for paper in subject.papers[:40])]
    texts += [block.text[:160] for paper in subject.papers[:1] for block in paper.blocks[:2]]
    found = {word.lower() for text in texts for word in _NAME.findall(text)}
    return frozenset(found - _COMMON)


# -- how many findings --------------------------------------------------------------------------------------


def _counts(subject: Subject) -> Iterator[_Count]:
    for paper in subject.papers:
        for block in paper.blocks:
            if block.kind in SKIPPED or len(block.text) > LONGEST:
                continue
            for start, end in split_sentences(block.text):
                sentence = block.text[start : min(end, start + 1_500)]
                for match in _STATED.finditer(sentence):
                    if not _OPEN.search(sentence[max(0, match.start() - 20) : match.end() + 20]):
                        number = number_of(match["n"])
                        yield _Count(subject, paper, block, (start, end), number, match["what"].lower())


def _count_pairs(ones: Sequence[_Count], others: Sequence[_Count]) -> Iterator[Result]:
    for what in sorted({each.what for each in ones} & {each.what for each in others}):
        here, there = [c for c in ones if c.what == what], [c for c in others if c.what == what]
        if len({c.number for c in here}) > 1 or len({c.number for c in there}) > 1:
            continue
        one, other = here[0], there[0]
        agrees = one.number == other.number
        link = "and" if agrees else "but"
        message = (
            f"“{_sentence(one)}” speaks of {one.number} {what}, {link} “{_sentence(other)}” of {other.number}."
        )
        yield _result("counts-across", message, one, other, agrees=agrees)


def _sentence(each: _Count | _Said) -> str:
    return each.block.text[each.place[0] : each.place[1]].strip()[:160]


# -- slips of the pen ---------------------------------------------------------------------------------------


def _said(subject: Subject) -> Iterator[_Said]:
    found = 0
    for paper in subject.papers:
        for block in paper.blocks:
            if block.kind in SKIPPED or len(block.text) > LONGEST or found > _MOST:
                continue
            numbers = find_numbers(block.text)
            for start, end in split_sentences(block.text):
                for number in numbers:
                    if not (start <= number.start and number.end <= end) or number.value.value is None:
                        continue
                    digits = re.sub(r"\D", "", number.bare)
                    if len(digits.strip("0")) < 2 or len(digits) < _FEWEST_DIGITS or number.hedge:
                        continue
                    found += 1
                    near = (max(start, number.start - _REACH), min(end, number.end + _REACH))
                    after = block.text[number.end : min(end, number.end + 24)]
                    yield _Said(
                        subject, paper, block, (start, end), number, digits,
                        _stems(block.text[near[0] : near[1]]), _stems(after),
                        frozenset(re.findall(r"[a-z]{4,}", block.text[near[0] : near[1]].lower())),
                    )  # fmt: skip


def _stems(text: str) -> frozenset[str]:
    said = read_said(text)
    words = [said.text[w.start : w.end] for w in said.words if not is_plain(w)]
    return frozenset(stem_of(word) for word in words if len(word) > 2 and not word[0].isdigit())


def _slips(ones: Sequence[_Said], others: Sequence[_Said]) -> Iterator[Result]:
    by_digits: dict[tuple[str, str, int], list[_Said]] = {}
    for each in others:
        by_digits.setdefault(_shuffled(each), []).append(each)
    right = {_exactly(each) for each in ones} & {_exactly(each) for each in others}
    for one in ones:
        for other in by_digits.get(_shuffled(one), ()):
            if one.digits == other.digits or {_exactly(one), _exactly(other)} & right:
                continue
            common = one.stems & other.stems
            is_beside = bool(one.beside & other.beside)
            is_alike = len(common) >= _ALIKE and (is_beside or len(common) > _ALIKE)
            if not (is_alike or (is_beside and len(one.words & other.words) > _ALIKE)) or _of_other_periods(
                one, other
            ):
                continue
            message = (
                f"“{_sentence(one)}” prints {one.number.value.printed}, and “{_sentence(other)}”"
                f" {other.number.value.printed}: the same digits in another order."
            )
            yield _result("digits-changed-places", message, one, other, agrees=False)


def _of_other_periods(one: _Said, other: _Said) -> bool:
    """Does each sentence name a period, and not the same?"""
    first, last = (
        {named.to for named in find_named(each.block.text[slice(*each.place)])} for each in (one, other)
    )
    return bool(first and last and not first & last)


def _exactly(each: _Said) -> tuple[str, str]:
    return each.digits, each.number.value.unit


def _shuffled(each: _Said) -> tuple[str, str, int]:
    return "".join(sorted(each.digits)), each.number.value.unit, len(each.number.bare.partition(".")[2])


def _result(rule: str, message: str, one: _Count | _Said, other: _Count | _Said, *, agrees: bool) -> Result:
    return Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
        check=Check.CROSS_DOCUMENT,
        rule=rule,
        message=message,
        printed=(one.paper.print_of((one.block, *one.place)), other.paper.print_of((other.block, *other.place))),
    )
