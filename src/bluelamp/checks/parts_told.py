"""Does a sentence that tells what became of so many things tell of all: "that of the 24, 15 had closed, six not"?

Wherever in the sentence the whole is named, and however each part's state is worded, so long as some are told to
be done and some not, so that none is counted twice. Counts may be in words. Where every part is of one vocabulary
and the sentence opens with the whole, `cast_statuses` says the same of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber
from bluelamp.checks.worded_counts import find_counts, has_counts, value_of
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_MAY = re.compile(r"\b[Oo]f (?:the |these |those |our |its |all |all the )?(?:\d|[a-z]{3})|:\s(?:\d|[a-z]{3})")
_OF = re.compile(
    r"(?:^\W{0,3}(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?\s)?|\b(?:that|and|but)\s|[,;:–—-]\s)(?:out )?of "
    r"(?:the |these |those |our |its |all |all the )?$",
    re.I,
)
_TO_PARTS = re.compile(r"(?:\s(?!of which|of whom|of these|of those)[^\s.;:(),]{1,20}){1,14}[,:]\s$")
_TO_LIST = re.compile(r"(?:\s[^\s.;:()]{1,20}){1,12}:\s$")
_JOINED = re.compile(
    r"(?:[,;]|\sand|,\sand|;\sand|\swhile|,\swhile|\swith|,\swith)\s(?P<rest>the (?:remaining|other|last) )?$",
    re.I,
)
_SHARE = re.compile(r"\s?\(\s?\d{1,3}(?:\.\d{1,2})?\s?(?:%|per cent)\s?\)")
_DONE = re.compile(
    r"(?<!partly )(?<!partially )(?<!not )(?<!not been )(?<!not yet been )(?<!not yet )(?<!to be )(?<!being )"
    r"\b(?:completed?|closed|done|implemented|delivered|finished|achieved|discharged|resolved|met|finalised|issued"
    r"|concluded|signed off|at final|final)\b",
    re.I,
)
_NOT_DONE = re.compile(
    r"\b(?:in progress|under ?way|on-?going|open|outstanding|not|draft(?:ed)?|(?:in|at) (?:draft|fieldwork|plan)"
    r"|being [a-z]{4,14}|planned|scheduled|yet to|to be|awaiting|pending|live|deferred|withdrawn|cancelled"
    r"|postponed|paused|on hold|(?:partly|partially) [a-z]{3,14}|overdue|delayed|on track|remain(?:s|ed)?)\b",
    re.I,
)
_KINDS: Final = tuple(
    re.compile(rf"\b(?:{words})\b", re.I)
    for words in (
        r"red|amber|green|blue|black",
        r"(?:not |partly |partially )?upheld|dismissed|withdrawn|discontinued",
        r"outstanding|good|adequate|inadequate|requir(?:es?|ing) improvement",
        r"substantial|reasonable|moderate|limited|no assurance",
        r"high|medium|low",
        r"(?:not |partly |partially )?met|missed",
    )
)
"""Vocabularies of which a thing has one word only."""
_MAY_BE_KIND = re.compile(r"\b(?:red|amber|green|upheld|dismissed|inadequate|limited|medium|met)\b", re.I)
_TOLD = re.compile(r"\s(?:has|have|had|is|are|was|were)\s(?:been\s|now\s)?[a-z]{3,14}(?:ed|en|wn|un|led)\b", re.I)
_TWICE = re.compile(
    r"\b(?:including|includes?|both|also|again|respectively|each|compared|previous|last year|than|target|at least"
    r"|some|more|further|several|half|most|average|rose|fell|increased?|decreased?|up|down|of these|of those"
    r"|of them|of which|of whom|whose|which|who|where|within|after|from|on time|so far|example|by|only"
    r"|(?:last|the|this|that|each|any|no|every) one|one of|million)\b",
    re.I,
)
_OVERLAPS = re.compile(r"\b(?:overdue|late|delayed|outstanding|on track|not (?:yet )?due|exceeded)\b", re.I)
_FEWEST: Final = 3
_NEAR: Final = 10
_SMALL: Final = 6  # from so many on, one more or less is near
_LONGEST: Final = 500


def check_parts_told(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                text = block.text
                if len(text) > LONGEST or "," not in text or not has_counts(text, _FEWEST + 1):
                    continue
                if _MAY.search(text) and (_MAY_BE_KIND.search(text) or _NOT_DONE.search(text)):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    numbers = find_counts(block.text, with_one=True)
    for start, end in split_sentences(block.text):
        mine = [n for n in numbers if start <= n.start and n.end <= end and n.value.unit != "percent"]
        if len(mine) <= _FEWEST or end - start > _LONGEST:
            continue
        found = next((at for at in range(len(mine) - _FEWEST) if _opens(block.text, start, mine, at)), None)
        if found is not None and _are_told(block.text, end, mine[found + 1 :]):
            yield from _judge(paper, block, (start, end), mine[found], mine[found + 1 :])


def _opens(text: str, start: int, numbers: Sequence[FoundNumber], at: int) -> bool:
    """Is it named as what the parts are of?"""
    whole, first = numbers[at : at + 2]
    link = _SHARE.sub("", text[whole.end : first.start])
    if _OF.search(text[max(start, whole.start - 40) : whole.start]):
        return bool(_TO_PARTS.fullmatch(link))
    is_worded = any(not text[n.start].isdigit() for n in numbers)  # in figures alone, `cast_sentences` reads it
    return at == 0 and is_worded and bool(_TO_LIST.fullmatch(link))


def _are_told(text: str, end: int, parts: Sequence[FoundNumber]) -> bool:
    """Does each part open a clause that says how so many stand, some done and some not?"""
    if _TWICE.search(text, parts[0].start, end) or any(value_of(part) is None for part in parts):
        return False
    ends = [*(part.start for part in parts[1:]), end]
    clauses = [_SHARE.sub("", text[part.end : until]) for part, until in zip(parts, ends, strict=True)]
    if not all(_JOINED.search(clause) for clause in clauses[:-1]):
        return False
    if any(all(kind.search(clause) for clause in clauses) for kind in _KINDS):
        return True
    done = [bool(_DONE.search(clause)) for clause in clauses]
    undone = [bool(_NOT_DONE.search(clause)) for clause in clauses]
    known = [one or other for one, other in zip(done, undone, strict=True)]
    is_told = all(is_known or _TOLD.search(clause) for is_known, clause in zip(known, clauses, strict=True))
    return is_told and any(done) and any(undone) and sum(known) >= len(known) - 1 and known[-1]


def _judge(
    paper: Paper, block: Block, place: tuple[int, int], named: FoundNumber, parts: Sequence[FoundNumber]
) -> Iterator[Result]:
    whole = value_of(named)
    if whole is None:
        return
    told = block.text[parts[0].start : place[1]]
    total = sum((value_of(part) or Decimal(0) for part in parts), Decimal(0))
    off, overlaps = abs(total - whole), bool(_OVERLAPS.search(told))
    is_near = off * _NEAR <= whole or (off == 1 and whole >= _SMALL)
    if off and (not is_near or (total > whole and overlaps)):
        return
    says_rest = "the remaining " in told
    wrong = Verdict.CONTRADICTION if says_rest and not overlaps else Verdict.SUSPECT
    words = block.text[place[0] : place[1]].strip()
    yield Result(
        verdict=wrong if off else Verdict.CONSISTENT,
        check=Check.CAST,
        rule="states-in-sentence",
        message=f"“{words[:200]}”: the {len(parts)} parts sum to {total:,f}"
        + (f", not the {whole:,f} that they are of." if off else ", as printed."),
        printed=(paper.print_of((block, *place)),),
        recomputed=f"{total:,f}",
    )
