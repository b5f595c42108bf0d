"""Do the things of which a sentence tells how they stand add up: "Of the 24, 15 were closed, six open, two new"?

Only where every part says how the things stand (closed, open, withdrawn; upheld, dismissed; met, missed) in states
of one kind, so that none is counted twice: "20 were women, 15 were sergeants" is no sum. Counts may be in words.
A sum that misses by little is doubtful; where the sentence says "the remaining" it cannot be true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber
from bluelamp.checks.worded_counts import find_counts, has_counts, value_of
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_OPENS = re.compile(
    r"\W{0,3}(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?\s)?of (?:the |these |those |our |its |all |all the )?$", re.I
)
_OF_WHICH = re.compile(r"[^.;:()]{0,60},?\s(?:of which|of whom|of these|of those)[,:]?\s$", re.I)
_MAY = re.compile(r"of (?:which|whom|these|those)\b")
_NOUN = re.compile(r"[^.;:()]{0,80}[,:]\s$")
_JOINED = re.compile(
    r"(?:[,;]|\sand|,\sand|;\sand|\swhile|,\swhile)\s(?P<rest>the (?:remaining|other|last) )?$", re.I
)
_NEITHER: Final = (
    r"withdrawn|deferred|pending|cancelled|postponed|awaiting|not (?:yet )?(?:been )?(?:decided|assessed)"
)
_KINDS: Final = tuple(
    re.compile(rf"\b(?:{words}|{_NEITHER})\b", re.I)
    for words in (
        r"completed?|closed|done|implemented|in progress|under ?way|on-?going|open|superseded|overdue|outstanding"
        r"|on track|delayed|late|discharged|live|not (?:yet )?(?:been )?(?:begun|started|due)",
        r"(?:not |partly |partially )?upheld|dismissed|resolved|unresolved|discontinued|settled|still open"
        r"|unfounded",
        r"(?:not |partly |partially )?(?:accepted|agreed)|rejected|refused|granted|approved|declined|not approved",
        r"(?:not |partly |partially )?met|missed|passed|failed|exceeded",
        r"substantial|reasonable|moderate|limited|no assurance|adequate|inadequate|good"
        r"|requir(?:es?|ing) improvement",
        r"red|amber|green|blue|black",
    )
)
_MAY_OVERLAP = re.compile(r"\b(?:overdue|late|delayed|outstanding|on track|not (?:yet )?due|exceeded)\b", re.I)
_TWICE = re.compile(
    r"\b(?:including|includes?|both|also|again|respectively|each|compared|previous|last year|than|target|at least"
    r"|some|more|further|several|half|most|average|rose|fell|increased?|decreased?|up|down|of these|of those"
    r"|of them|were also|whose|which had|where|within|after|from|on time|so far|example"
    r"|(?:last|the|this|that|each|any|no|every) one|one of)\b",
    re.I,
)
_FEWEST: Final = 3
_NEAR: Final = 10
_SMALL: Final = 6  # from so many on, one more or less is near


@dataclass(frozen=True)
class _Told:
    whole: FoundNumber
    parts: tuple[FoundNumber, ...]
    says_rest: bool
    may_overlap: bool


def check_statuses(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                text = block.text
                if (
                    len(text) <= LONGEST
                    and "," in text
                    and ("Of " in text or _MAY.search(text))
                    and has_counts(text, _FEWEST + 1)
                    and any(k.search(text) for k in _KINDS)
                ):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    numbers = find_counts(block.text, with_one=True)
    for start, end in split_sentences(block.text):
        mine = [n for n in numbers if start <= n.start and n.end <= end and n.value.unit != "percent"]
        told = _read(block.text, start, end, mine)
        if told is not None:
            yield from _judge(paper, block, (start, end), told)


def _read(text: str, start: int, end: int, numbers: Sequence[FoundNumber]) -> _Told | None:
    """The whole, and parts of which each opens a clause that says how so many stand."""
    if len(numbers) <= _FEWEST or any(value_of(number) is None for number in numbers):
        return None
    whole, *parts = numbers
    link = text[whole.end : parts[0].start]
    is_of = bool(_OPENS.fullmatch(text[start : whole.start])) and bool(_NOUN.fullmatch(link))
    if not is_of and not _OF_WHICH.fullmatch(link):
        return None
    if _TWICE.search(text[parts[0].start : end]):
        return None
    ends = [*(part.start for part in parts[1:]), end]
    clauses = [text[part.end : until] for part, until in zip(parts, ends, strict=True)]
    joins = [_JOINED.search(clause) for clause in clauses[:-1]]
    if not all(joins) or not any(all(kind.search(clause) for clause in clauses) for kind in _KINDS):
        return None
    says_rest = any(found["rest"] for found in joins if found)
    return _Told(whole, tuple(parts), says_rest, any(_MAY_OVERLAP.search(clause) for clause in clauses))


def _judge(paper: Paper, block: Block, place: tuple[int, int], told: _Told) -> Iterator[Result]:
    whole = value_of(told.whole) or Decimal(0)
    total = sum((value_of(part) or Decimal(0) for part in told.parts), Decimal(0))
    off = abs(total - whole)
    is_near = off * _NEAR <= whole or (off == 1 and whole >= _SMALL)
    if off and (not is_near or (total > whole and told.may_overlap)):
        return
    wrong = Verdict.CONTRADICTION if told.says_rest and not told.may_overlap else Verdict.SUSPECT
    words = block.text[place[0] : place[1]].strip()
    yield Result(
        verdict=wrong if off else Verdict.CONSISTENT,
        check=Check.CAST,
        rule="states-in-sentence",
        message=f"“{words[:200]}”: the {len(told.parts)} parts sum to {total:,f}"
        + (f", not the {whole:,f} that they are of." if off else ", as printed."),
        printed=(paper.print_of((block, *place)),),
        recomputed=f"{total:,f}",
    )
