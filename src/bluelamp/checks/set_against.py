"""Is a level as far, and on the side, of what it is set against: "£51m, £6m below the limit of £60m"?

Three shapes: so much below or above a named figure; a named figure exceeded or missed by so much; and a level that
is merely told to be above or below ("6.9%, above the national rate of 7.1%"). The level may stand in the sentence
before where "this" or "it" takes it up. Where another number of the sentence would make it true nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.checks.sums_said import judge_sum
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_SIDES: Final = r"(?P<way>below|above|under|over|short of|(?:more|less|higher|lower|fewer) than|in excess of)"
_NAMED: Final = (
    r"(?:averages?|rates?|figures?|levels?|targets?|limits?|budgets?|thresholds?|norms?|benchmarks?|baselines?"
    r"|standards?|means?|medians?|ceilings?|caps?|boundar(?:y|ies)|forecasts?|estimates?|minimum|maximum|goals?|plan"
    r"|allocations?|requirements?|establishment|totals?)"
)
_THE: Final = r"(?:the|our|its|their|an?|that)\s(?:[A-Za-z-]{2,16}\s){0,4}?"
_OF: Final = (
    r"(?:\s(?:for|in|across|set by|among)\s(?:[A-Za-z-]{2,14}\s){1,4}?|\s)?(?:of|at|was|is|which is)?\s?\(?$"
)
_BY_SIDE = re.compile(
    rf"\)?(?:\s(?!but\b|and\b|or\b|yet\b|while\b)[a-z]{{2,12}}){{0,2}}?\s{_SIDES}\s(?:{_THE}{_NAMED}{_OF}|(?:the|our|its|an?)\s"
    r"(?:[a-z-]{2,16}\s){1,5}of\s$)",
    re.I,
)
_PASSED = re.compile(
    rf"\b(?P<way>exceed(?:ed|s|ing)|beat|beats|surpass(?:ed|es)|overshot"
    rf"|(?:is|was|were|are|came in|fell|falls|stood) (?:above|below|over|under|short of)|miss(?:ed|es)"
    rf"|undershot)\s{_THE}{_NAMED}{_OF}",
    re.I,
)
_BY = re.compile(r"\)?,?\sby\s(?:just\s|only\s)?$", re.I)
_IS_SIDE = re.compile(
    r"\)?(?:\s[A-Za-z’'-]{1,16}){0,6}?,?(?:\s(?:which|and|this|it|that))?"
    r"(?:\s(?:is|was|are|were|remains?|stands?|stood|still|now|well|just|slightly|far|also|again)){0,4}"
    rf"\s{_SIDES}\s{_THE}{_NAMED}{_OF}",
    re.I,
)
_TAKES_UP = re.compile(
    r"(?:This|It|That|Which|These|They)\s(?:(?:is|was|are|were|remains?|stands?|still|now|well|just|slightly|far)\s)"
    rf"{{1,3}}{_SIDES}\s{_THE}{_NAMED}{_OF}"
)
_MAY = re.compile(
    r"\b(?:below|above|under|over|short of|than|in excess of|exceed\w{1,3}|beats?|miss(?:ed|es)|surpass\w{1,3})\s"
    r"(?:the|our|its|their|an?|that)\s",
    re.I,
)
_UP: Final = frozenset({"above", "over", "more", "higher", "in"})
_UP_VERBS: Final = ("exceed", "beat", "surpass", "overshot")
_OTHERS = re.compile(
    r"\b(?:from|rank\w{0,3}|respectively|between|places?|grade|aged?|not|neither|nor|no longer)\b", re.I
)
_FAR: Final = Decimal("0.5")


def check_set_against(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                text = block.text
                if len(text) <= LONGEST and len(find_numbers(text)) > 1 and _MAY.search(text):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    text, numbers = block.text, find_numbers(block.text)
    before: list[FoundNumber] = []
    for start, end in split_sentences(text):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        if mine and _MAY.search(text, start, end) and not _OTHERS.search(text, start, end):
            found = list(_far(paper, block, mine)) + list(_passed(paper, block, start, mine, before))
            yield from found or _side(paper, block, start, mine, before)
        before = mine


# -- so far below, or passed by so much -------------------------------------------------------------------


def _far(paper: Paper, block: Block, numbers: Sequence[FoundNumber]) -> Iterator[Result]:
    """ "£51.0m ... £6m below the boundary of £60m"."""
    text = block.text
    for index in range(1, len(numbers) - 1):
        by, base = numbers[index], numbers[index + 1]
        side = _BY_SIDE.fullmatch(text[by.end : base.start])
        if side is not None:
            yield from _distance(paper, block, numbers[:index], by, base, is_up=_is_up(side["way"]))


def _passed(
    paper: Paper, block: Block, start: int, numbers: Sequence[FoundNumber], before: Sequence[FoundNumber]
) -> Iterator[Result]:
    """ "Spending was £5.4m. It exceeded the budget of £4.3m by £1.1m." """
    text = block.text
    for index in range(len(numbers) - 1):
        base, by = numbers[index], numbers[index + 1]
        passed = _PASSED.search(text[max(start, base.start - 100) : base.start])
        if passed is None or not _BY.fullmatch(text[base.end : by.start]):
            continue
        levels = numbers[:index] or (before if text.startswith(("It ", "This ", "That "), start) else [])
        yield from _distance(paper, block, levels, by, base, is_up=_is_up(passed["way"]))


def _distance(
    paper: Paper, block: Block, levels: Sequence[FoundNumber], by: FoundNumber, base: FoundNumber, *, is_up: bool
) -> Iterator[Result]:
    levels = [n for n in levels if _unit(n) == _unit(base) and n.value.value]
    is_points = _unit(by) == "points" or block.text.startswith((" point ", " points "), by.end)
    is_one = _unit(by) == _unit(base) or (_unit(base) == "percent" and is_points)
    if not levels or not is_one or not base.value.value or not by.value.value:
        return
    if by.value.value > base.value.value:
        return  # it is a level of its own
    if any(number.hedge for number in (*levels, by, base)):
        return
    judged = [judge_sum(base, by, level, is_less=not is_up) for level in levels]
    made = base.value.value + (by.value.value if is_up else -by.value.value)
    if None in judged:
        level, wrong = levels[judged.index(None)], None
    else:
        level = min(levels, key=lambda n: abs((n.value.value or Decimal(0)) - made))
        if made <= 0 or abs((level.value.value or Decimal(0)) - made) > made * _FAR:
            return
        is_sure = len(levels) == 1 and judged[0] is Verdict.CONTRADICTION
        wrong = Verdict.CONTRADICTION if is_sure else Verdict.SUSPECT
    what = "more" if is_up else "less"
    shown = f"{by.value.printed} {what} than {base.value.printed} is {_say(made, base)}"
    shown += f", not {level.value.printed}." if wrong else ", as told."
    yield _result(paper, block, (level, by, base), shown, wrong)


# -- on which side ----------------------------------------------------------------------------------------


def _side(
    paper: Paper, block: Block, start: int, numbers: Sequence[FoundNumber], before: Sequence[FoundNumber]
) -> Iterator[Result]:
    text = block.text
    for index, base in enumerate(numbers):
        levels = [n for n in numbers[:index] if _unit(n) == _unit(base)]
        side = _IS_SIDE.fullmatch(text[numbers[index - 1].end : base.start]) if index else None
        is_here = side is not None and bool(levels) and levels[-1] is numbers[index - 1]
        if not is_here and not levels:
            side = _TAKES_UP.fullmatch(text[start : base.start])
            levels = [n for n in before if _unit(n) == _unit(base)]
            levels = levels if len(levels) == 1 else []
        if side is None or not levels or any(n.hedge for n in (*levels, base)):
            continue
        is_up = _is_up(side["way"])
        level = levels[-1]
        right = [n for n in levels if _lies(n, base, is_up=is_up)]
        if right and right[-1] is not level:
            continue  # it may be the other number that is meant
        wrong = None if right else Verdict.CONTRADICTION if is_here and len(levels) == 1 else Verdict.SUSPECT
        one, other = level.value.value or Decimal(0), base.value.value or Decimal(0)
        if wrong and not other / 3 < one < other * 3:
            continue
        than = "more than" if one > other else "less than" if one < other else "just"
        shown = f"{level.value.printed} is {than} {base.value.printed}"
        shown += f", and is told to be {side['way'].lower()} it." if wrong else ", as told."
        yield _result(paper, block, (level, base), shown, wrong)


def _lies(level: FoundNumber, base: FoundNumber, *, is_up: bool) -> bool:
    one, other = level.value.value or Decimal(0), base.value.value or Decimal(0)
    if one == other:  # both may have been rounded
        return level.value.low != level.value.high
    return (one > other) is is_up


def _is_up(way: str) -> bool:
    words = way.lower().split()
    return words[0] in _UP or words[-1] in ("above", "over") or words[0].startswith(_UP_VERBS)


def _unit(number: FoundNumber) -> str:
    return "" if number.value.unit == "number" else number.value.unit


def _say(value: Decimal, like: FoundNumber) -> str:
    if like.value.unit == "gbp":
        return (
            f"£{round(value / 1_000_000, 3).normalize():f}m" if value >= 1_000_000 else f"£{value.normalize():,f}"
        )
    return f"{value.normalize():,f}" + ("%" if like.value.unit == "percent" else "")


def _result(
    paper: Paper, block: Block, numbers: Sequence[FoundNumber], shown: str, wrong: Verdict | None
) -> Result:
    start, end = min(n.start for n in numbers), max(n.end for n in numbers)
    return Result(
        verdict=wrong or Verdict.CONSISTENT,
        check=Check.CHANGE,
        rule="level-against",
        message=f"“{block.text[start:end].strip()[:240]}”: {shown}",
        printed=(paper.print_of((block, start, end)),),
        recomputed=shown.rstrip("."),
    )
