"""Does what a sentence says of a measure agree with the row of a table that prints it?

A sentence is wrong only where it can mean no other row, no other period and no other reading of its numbers;
where two rows could be meant it is unchecked, or consistent if any agrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bluelamp.checks.claim_judging import Found, Judged, judge
from bluelamp.checks.claim_links import Link, Measures, Place, siblings
from bluelamp.checks.claim_model import Claim, Kind
from bluelamp.checks.claim_periods import When, find_named, read_when
from bluelamp.checks.claim_reading import HARD, claims_of
from bluelamp.checks.claim_rows import judge_by_row, rows_of_changes
from bluelamp.checks.claim_ways import judge_way
from bluelamp.checks.claim_words import read_said
from bluelamp.checks.claims_alone import SKIPPED
from bluelamp.checks.measures_named import Measure, gather_measures
from bluelamp.checks.model import Check, Result, Subject, Verdict
from bluelamp.checks.numbers import find_numbers
from bluelamp.documents.blocks import BlockKind

_LONGEST_HEADING = 120
_OTHERWISE = re.compile(
    r"^\s*as (?:in|for|during)\b"
    r"|\b(?:as (?:much|many|high|low|large|often)|twice|double|half|thirds?|quarters?|times)\b"
    r"[^,;]{0,40}\b(?:as|than|of)\b",
    re.I,
)
"""Another comparison than the claim's, with a period of its own: "nearly half as much again as in 2022"."""
_YEAR = re.compile(r"\b(?:year|12[ -]months?|twelve[ -]months?|annual)", re.I)


def check_claims(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Every sentence of every paper beside the tables of all papers."""
    measures = Measures([m for subject in subjects for m in gather_measures(subject)], subjects)
    for subject in subjects:
        for paper in subject.papers:
            if not measures.all and not rows_of_changes(paper):
                continue
            heading, table = "", None
            for block in paper.blocks:
                if block.kind is BlockKind.TABLE:
                    table = block
                elif block.kind is BlockKind.HEADING and not _is_sentence(block.text):
                    heading = block.text[:_LONGEST_HEADING]
                elif block.kind not in SKIPPED and not _is_row(block.text):
                    yield from _check_block(measures, Place(subject, paper, block, heading, table))


def _is_sentence(text: str) -> bool:
    """A line that a reader took for a heading, and that ends as no heading does."""
    return text.rstrip().endswith(".") and bool(find_numbers(text))


def _is_row(text: str) -> bool:
    """A table's row that was read as a line of text: as many figures as words, and no end of a sentence."""
    if text.rstrip().endswith((".", ";", ":", "?", "!")):
        return False
    words = text.split()
    figures = sum(any(character.isdigit() for character in word) for word in words)
    return 3 * figures >= len(words) and figures > 1


def _check_block(measures: Measures, place: Place) -> Iterator[Result]:
    changed: set[int] = set()  # sentences whose change is wrong: the way to its level need not be told again
    for claim in claims_of(place.paper, place.block, names=measures.figures_in_names):
        links = measures.find(claim, place)
        when = _when(claim, place.block.text) if links else None
        result = _judge(measures, claim, when, links, place) if when else None
        if result is None or result.verdict is Verdict.UNCHECKED:
            result = _agrees_near(measures, claim, when, place) or result
        if result is None or result.verdict is Verdict.UNCHECKED:
            by_row = judge_by_row(claim, when, place.paper, place.block)
            if by_row is None and claim.offset not in changed:
                by_row = judge_way(claim, measures.all, place.paper, place.block)
            result = by_row or result
        if result is not None:
            if claim.kind is Kind.CHANGE and result.verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT):
                changed.add(claim.offset)
            yield result


def _agrees_near(measures: Measures, claim: Claim, when: When | None, place: Place) -> Result | None:
    """A number that is surely the figure of a row near by, though the claim's own words do not name it whole."""
    if not _is_telling(claim):
        return None
    for measure in (*measures.named_in(claim, place), *measures.named_near(claim, place)):
        when = when or _when(claim, place.block.text)
        judged = judge(claim, when, measure)
        said = read_said(claim.text if _digits(claim) < 3 else place.block.text).stems
        if judged.found is Found.AGREES and (measure.name.keys & said or _digits(claim) >= 4):
            return _result(Verdict.CONSISTENT, claim, measure, judged, place, "")
    return None


def _judge(measures: Measures, claim: Claim, when: When, links: Sequence[Link], place: Place) -> Result | None:
    judged = [(link, judge(claim, when, link.measure)) for link in links]
    agreeing = next(((link, each) for link, each in judged if each.found is Found.AGREES), None)
    if agreeing is not None:
        if not agreeing[0].is_strict and not _is_telling(claim):
            return None
        return _result(Verdict.CONSISTENT, claim, agreeing[0].measure, agreeing[1], place, "")
    strict = [(link, each) for link, each in judged if link.is_strict and _may_be_wrong(claim, when, link, place)]
    doubted = [(link, each) for link, each in strict if each.found in (Found.DIFFERS, Found.DOUBTFUL)]
    names = {link.measure.name.keys for link, _ in judged}
    if not doubted or len(names) > 1 or len(doubted) < len(judged):
        if claim.kind is Kind.WAY or (claim.kind is Kind.LEVEL and not _is_near_to(judged)):
            return None
        link, each = judged[0]
        return _result(Verdict.UNCHECKED, claim, link.measure, each, place, _why(judged))
    link, each = doubted[0]
    if each.found is Found.DOUBTFUL:
        return _result(Verdict.SUSPECT, claim, link.measure, each, place, "")
    for other in measures.named_in(claim, place):
        if other is not link.measure and judge(claim, when, other).found is Found.AGREES:
            return _result(Verdict.CONSISTENT, claim, other, judge(claim, when, other), place, "")
    for other in siblings(link.measure, measures.all):
        if claim.kind is not Kind.WAY and judge(claim, when, other).found is Found.AGREES:
            end = f"; it agrees with the row “{other.said}”, which may be meant"
            return _result(Verdict.SUSPECT, claim, link.measure, each, place, end)
    if claim.kind is Kind.WAY and not link.measure.is_read:
        return _result(Verdict.SUSPECT, claim, link.measure, each, place, "")
    return _result(Verdict.CONTRADICTION, claim, link.measure, each, place, "")


def _when(claim: Claim, text: str) -> When:
    """The period that is named nearest: in the claim's own stretch, else in those that belong to it."""
    own = [s for s in claim.segments[claim.at :] if s != HARD and s[0] <= claim.end][:1] or [
        (claim.start, claim.end)
    ]
    if claim.kind is Kind.FROM_TO:
        own = [(own[0][0], max(own[0][1], claim.end))]
    first, last = claim.at, claim.at
    while first > 0 and claim.segments[first - 1] != HARD:
        first -= 1
    while last + 1 < len(claim.segments) and claim.segments[last + 1] != HARD:
        last += 1
    named = find_named(text)
    others = [n.start for n in find_numbers(text) if not any(p.start <= n.start < p.end for p in named)]
    around = claim.segments[first : last + 1]
    wide = [s for s in around if not (_holds(s, others) or _compares(text, s)) or s == own[0]] or own
    for stretch in (own, wide):
        said = " , ".join(text[start:end] for start, end in stretch)
        when = read_when(said)
        if not when.is_default or _YEAR.search(said):
            return when
    rest = [s for s in claim.segments if s != HARD and not _holds(s, others) and not _compares(text, s)]
    return read_when(" , ".join(text[start:end] for start, end in rest))


def _compares(text: str, segment: tuple[int, int]) -> bool:
    return bool(_OTHERWISE.search(text[segment[0] : segment[1]]))


def _holds(segment: tuple[int, int], places: Sequence[int]) -> bool:
    """Does the stretch hold a number of its own, and so perhaps a period of its own?"""
    return any(segment[0] <= place < segment[1] for place in places)


def _is_telling(claim: Claim) -> bool:
    """Would it be no accident that the number agrees with a row that may not be meant?"""
    if claim.number is None:
        return claim.kind in (Kind.WORDS, Kind.SAME)
    is_marked = bool(claim.number.value.unit) or bool(claim.number.hedge) or claim.kind is not Kind.LEVEL
    return is_marked or _digits(claim) >= 3


def _digits(claim: Claim) -> int:
    return len(claim.number.bare.replace(",", "").replace(".", "").strip("0")) if claim.number else 0


def _is_near_to(judged: Sequence[tuple[Link, Judged]]) -> bool:
    return any(each.found in (Found.DIFFERS, Found.DOUBTFUL) for _, each in judged)


def _may_be_wrong(claim: Claim, when: When, link: Link, place: Place) -> bool:
    """In another paper, or of another document, only a claim that names its period."""
    return link.measure.paper is place.paper or when.of is not None


def _why(judged: Sequence[tuple[Link, Judged]]) -> str:
    if len(judged) > 1:
        return "several rows could be meant"
    link, each = judged[0]
    if each.found is Found.UNKNOWN:
        return f"the row {each.says}"
    return "the words may speak of a part of the row" if not link.is_strict else "it names no period"


def _result(verdict: Verdict, claim: Claim, measure: Measure, judged: Judged, place: Place, more: str) -> Result:
    said = claim.text.strip()
    words = f"“{said if len(said) <= 240 else claim.printed}”"
    row = f"the row “{measure.said}”"
    if verdict is Verdict.UNCHECKED:
        message = f"{words} could not be held to {row}, since {more}."
    else:
        message = f"{words}: {row} {judged.says}{more}{', as said' if verdict is Verdict.CONSISTENT else ''}."
    printed = place.paper.print_of((place.block, claim.offset, claim.offset + len(claim.text)))
    return Result(
        verdict=verdict,
        check=Check.CLAIM,
        rule=f"claim-{claim.kind.value}",
        message=message,
        printed=(replace(printed, text=claim.printed), measure.printed(*judged.figures)),
        recomputed=judged.recomputed,
    )
