"""Is a change told right behind a level what level and base give: "£286.11, up £13.00 (4.8%) on £273.11"?

The base is what "on", "from" or "compared with" names in the same sentence. Where none is named, the level less
its change must give the percentage in the brackets; that the number before is the level is then a guess, so that
what does not agree is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.checks.claim_spans import in_whole, percent_span, size_span, span_of, spans_of
from bluelamp.checks.claims_alone import is_points_as_percent
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences
from bluelamp.figures.recomputing import Span

_LED = re.compile(
    r"[^.;:()]{0,60}?,\s(?:which (?:is|was) |this (?:is|was) |representing |equal to |making )?"
    r"(?:(?:an?|the)\s(?:[a-z]{3,12}\s)?(?P<noun>increase|rise|growth|gain|decrease|reduction|fall|drop|decline)\sof"
    r"|(?P<way>up|down)(?:\sby)?)\s",
    re.I,
)
_MORE_LED = re.compile(r"[^.;:()]{0,60}?,\s(?:which (?:is|was) |this (?:is|was) )?", re.I)
_MORE = re.compile(r"\s?\)\s(?P<way>more|fewer|less|higher|lower)\s(?=than\b)", re.I)
_BASE = re.compile(r"\)?\s(?:on|from|over|compared (?:with|to)|since|than)\s(?P<words>[^\d.;:,()]{0,60})", re.I)
_COMPARED = re.compile(r"[^;:()]{0,60}\bcompared (?:with|to)\s[^;:(),\d]{0,30}", re.I)
_SHARE_OPENS = re.compile(r"\s?\(\s?|\sor\s|,\sor\s", re.I)
_NO_LEVEL = re.compile(
    r"(?:\b(?:per|by|every|each|than|target of|budget of|plan of|out of|of (?:the|all|these|our))|[%\d]\)? of|/)"
    r"\s?£?$",
    re.I,
)
_OTHER_BASE: Final = re.compile(r"\b(?:target|budget|plan|forecast|average|baseline|profile\w*)\b", re.I)
_UP: Final = frozenset({"increase", "rise", "growth", "gain", "up"})


@dataclass(frozen=True)
class _Told:
    """A level, what it is told to have moved by, and the base where that is named."""

    level: FoundNumber
    by: FoundNumber
    share: FoundNumber | None
    base: FoundNumber | None
    is_up: bool

    @property
    def last(self) -> FoundNumber:
        return max((n for n in (self.by, self.share, self.base) if n is not None), key=lambda n: n.end)


def check_changes_beside(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                if len(block.text) > LONGEST or len(find_numbers(block.text)) < 2:
                    continue
                if _LED.search(block.text) or _MORE.search(block.text):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    numbers = find_numbers(block.text)
    for start, end in split_sentences(block.text):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        for index in range(1, len(mine)):
            told = _read(block.text, mine, index)
            if told is not None and not any(n and n.hedge for n in (told.level, told.by, told.share, told.base)):
                yield from _judge(paper, block, start, told)


def _read(text: str, numbers: Sequence[FoundNumber], index: int) -> _Told | None:
    before, by = numbers[index - 1], numbers[index]
    led = _LED.fullmatch(text[before.end : by.start])
    if _NO_LEVEL.search(text[max(0, before.start - 12) : before.start]):
        return None
    if led is None:
        return _read_more(text, numbers, index)
    share, after = None, index + 1
    if after < len(numbers) and _is_share_of(text, by, numbers[after]):
        share, after = numbers[after], after + 1
    level, base = before, None
    if after < len(numbers):
        link = _BASE.fullmatch(text[numbers[after - 1].end : numbers[after].start])
        base = numbers[after] if link and not _OTHER_BASE.search(link["words"]) else None
    if base is None and index > 1 and _COMPARED.fullmatch(text[numbers[index - 2].end : before.start]):
        level, base = numbers[index - 2], before
    is_up = (led["noun"] or led["way"]).lower() in _UP
    told = _Told(level, by, share, base, is_up)
    return told if _is_whole(told, text, numbers, index) else None


def _read_more(text: str, numbers: Sequence[FoundNumber], index: int) -> _Told | None:
    """ "We took 41,208 calls, 1,107 (2.8%) more than in the year before." """
    level, by = numbers[index - 1], numbers[index]
    share = numbers[index + 1] if index + 1 < len(numbers) else None
    if share is None or not _MORE_LED.fullmatch(text[level.end : by.start]) or not _is_share_of(text, by, share):
        return None
    more = _MORE.match(text, share.end)
    if more is None:
        return None
    told = _Told(level, by, share, None, more["way"].lower() in ("more", "higher"))
    return told if _is_whole(told, text, numbers, index) else None


def _is_share_of(text: str, by: FoundNumber, share: FoundNumber) -> bool:
    is_share = share.value.unit in ("percent", "points") and by.value.unit != "percent"
    return is_share and bool(_SHARE_OPENS.fullmatch(text[by.end : share.start]))


def _is_whole(told: _Told, text: str, numbers: Sequence[FoundNumber], index: int) -> bool:
    """Are level and base of one kind; or is, without a base, no other number there that may be the level?"""
    level = told.level
    if told.base is not None:
        return level.value.unit == told.base.value.unit and bool(told.base.value.value)
    alone = [n for n in numbers[:index] if n.value.unit == level.value.unit]
    is_one = alone == [level] and told.share is not None and told.by.value.unit == level.value.unit
    rest = text[told.last.end : told.last.end + 60]
    return is_one and level.value.unit not in ("percent", "points") and not _OTHER_BASE.search(rest)


def _judge(paper: Paper, block: Block, start: int, told: _Told) -> Iterator[Result]:
    level, by, share, base = told.level, told.by, told.share, told.base
    words = block.text[start : told.last.end].strip()[-240:]
    faults: list[str] = []
    is_doubt = base is None
    if base is None:
        a, b = _before(level, by, is_up=told.is_up), span_of(level)
        if a is None or share is None:
            return
        if not size_span(percent_span(a, b)).meets(_loose(share)):
            faults.append(f"{by.bare} on the {_sum(level, by, is_up=told.is_up)} before is {_share(told)}")
    else:
        a, b = spans_of(base, level, *([by] if by.value.unit == level.value.unit else []))
        faults += _against(told, base, a, b)
        if not faults and told.share is None and is_points_as_percent(base, level, by):
            is_doubt, faults = True, ["the sentence gives percentage points as per cent"]
    recomputed = "; ".join(faults)
    yield Result(
        verdict=Verdict.CONSISTENT if not faults else Verdict.SUSPECT if is_doubt else Verdict.CONTRADICTION,
        check=Check.CHANGE,
        rule="change-beside-level",
        message=f"“{words}”: " + (f"{recomputed}." if faults else "level, base and change agree."),
        printed=(paper.print_of((block, level.start, told.last.end)),),
        recomputed=recomputed,
    )


def _against(told: _Told, base: FoundNumber, a: Span, b: Span) -> Iterator[str]:
    """What is wrong with the direction, the size and the share of a change from `a` to `b`."""
    one, other = base.value.value or Decimal(0), told.level.value.value or Decimal(0)
    if one != other and (other > one) is not told.is_up:
        way = "more" if other > one else "less"
        yield f"{told.level.value.printed} is {way} than {base.value.printed}"
        return
    points, percent = Span(low=b.low - a.high, high=b.high - a.low), percent_span(a, b)
    for said in (told.by, told.share):
        if said is None:
            continue
        if said.value.unit == "percent":
            ways = [percent, points] if base.value.unit == "percent" else [percent]
        elif said.value.unit in (base.value.unit, "points", ""):
            ways = [points]
        else:
            continue
        if not any(size_span(way).meets(_loose(said)) for way in ways):
            change = other - one
            shown = f"{round(change * 100 / one, 1):+}%"
            shown = shown if said.value.unit == "percent" else f"{change.normalize():+,f}"
            yield f"from {base.value.printed} to {told.level.value.printed} is {shown}, not {said.value.printed}"


def _loose(said: FoundNumber) -> Span:
    span, room = span_of(said), in_whole(said)
    return Span(low=span.low - room, high=span.high + room)


def _before(level: FoundNumber, by: FoundNumber, *, is_up: bool) -> Span | None:
    """What the level was before it moved."""
    after, moved = spans_of(level, by)
    made = (
        Span(low=after.low - moved.high, high=after.high - moved.low)
        if is_up
        else Span(low=after.low + moved.low, high=after.high + moved.high)
    )
    return made if made.low > 0 else None


def _sum(level: FoundNumber, by: FoundNumber, *, is_up: bool) -> str:
    one, other = level.value.value or Decimal(0), by.value.value or Decimal(0)
    return f"{(one - other if is_up else one + other).normalize():,f}"


def _share(told: _Told) -> str:
    one, other = told.level.value.value or Decimal(0), told.by.value.value or Decimal(0)
    before = one - other if told.is_up else one + other
    return f"{round(other * 100 / before, 1)}%" if before else ""
