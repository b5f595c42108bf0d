"""Is what a sentence makes of its own figures what they give: an overspend, more than all, half of 84, a share?

"Overspent by £1.3m (£5.4m against a budget of £4.3m)": the difference and which way it goes. "112% of officers
were trained": nothing that is counted by heads is more than all. "Half of the 84 officers (52)": a fraction in
words beside its count. "£3.9m (83% of the slippage)" where the paragraph gives the slippage itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.checks.claim_spans import place_of
from bluelamp.checks.fraction_sentences import gives
from bluelamp.checks.grids import Figure
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences
from bluelamp.figures.recomputing import Span

_SPEND: Final = r"(?P<way>over|under)[- ]?(?:spend|spent|spending)"
_SPENT_FIRST = re.compile(rf"\b{_SPEND}(?:\s(?!against\b|on\b)[a-z]{{2,10}}){{0,3}}\s?\(?$", re.I)
_AGAINST = re.compile(
    r"\s(?:of )?(?:spend |spent |actual |outturn )?(?:against|compared (?:with|to)|on|vs\.?)\s"
    r"(?:an? |the |its |our )?"
    r"(?:[a-z]{3,10}\s){0,2}?(?:budget|plan|allocation|provision)\s(?:of|was)\s$",
    re.I,
)
_SPENT_LAST = re.compile(
    rf"\)?,?\s?(?:which is |that is |so |leaving |giving )?(?:an? )?{_SPEND}(?:\sof|\sby)?\s$", re.I
)
_PEOPLE: Final = (
    r"officers|staff|employees|victims|calls|complaints|cases|crimes|respondents|detainees|students|recruits|forces"
    r"|recommendations|actions|incidents|vehicles|sites|stations|audits|teams|members|people|residents|files|visits"
    r"|probationers|sergeants|constables|PCSOs|specials|volunteers|custody records|investigations|searches"
)
_OVER_ALL = re.compile(
    rf"\s?of\s(?:all |the |our |its |these |those |all the )?(?:[a-z-]{{3,14}}\s){{0,2}}?(?:{_PEOPLE})\s"
    r"(?:were|was|had|have|has|are|said|felt|agreed|completed|passed|attended|received|responded)\b",
    re.I,
)
_NOT_ALL = re.compile(
    r"\b(?:target\w*|plan\w*|expect\w*|forecast|budget\w*|establishment|required?|allocat\w*|baseline|last year"
    r"|previous|compared|capacity|funded|than|increase|rise|growth|contract\w*)\b",
    re.I,
)
_FRACTION = re.compile(
    r"(?P<hedge>\b(?:more than|over|just over|under|less than|nearly|almost|about|around|some|at least|only)\s)?"
    r"\b(?P<words>two[- ]thirds|three[- ]quarters|a third|one[- ]third|a quarter|one[- ]quarter|half)\s"
    r"(?:\((?P<count>\d{1,3}(?:,\d{3})*)\)\s)?of\s(?:the |our |all |its )?(?P<whole>\d{1,3}(?:,\d{3})*)"
    r"(?![\d.,]\d|%|\s?per cent|k\b|m\b)(?:(?:\s[A-Za-z’'-]{1,20}){0,4}\s\((?P<after>\d{1,3}(?:,\d{3})*)\))?",
    re.I,
)
_FRACTION_WORD = re.compile(r"[Hh]alf |hird|uarter")
_FRACTIONS: Final = {"two": Decimal(2) / 3, "thr": Decimal("0.75"), "a t": Decimal(1) / 3, "one": Decimal(1) / 3,
                     "a q": Decimal("0.25"), "hal": Decimal("0.5")}  # fmt: skip
_ROOM: Final = Decimal("0.12")  # of the fraction: nobody says "half" of 0.57
_SHARE_OF = re.compile(
    r"\s?\(?(?:,\s)?(?:or |which is |that is |is |was |accounts? for |represents? |makes up )?(?:about )?$", re.I
)
_OF_NAMED = re.compile(
    r"\s?of (?:the |this |that |our |its )(?:total |overall |whole )?(?P<noun>[a-z]{5,20})\b", re.I
)


def check_wholes(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                if len(block.text) <= LONGEST:
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    text = block.text
    asked: list[Callable[[Paper, Block, int, int, Sequence[FoundNumber]], Iterator[Result]]] = []
    if "spen" in text:
        asked.append(_spending)
    if "%" in text or "per cent" in text:
        asked += [_over_all, _share_of_named]
    if "(" in text and _FRACTION_WORD.search(text):
        for found in _FRACTION.finditer(text):
            yield from _fraction(paper, block, found)
    if not asked:
        return
    numbers = find_numbers(text)
    for start, end in split_sentences(text):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        for ask in asked:
            yield from ask(paper, block, start, end, mine)


# -- spending against a budget ----------------------------------------------------------------------------


def _spending(
    paper: Paper, block: Block, start: int, end: int, numbers: Sequence[FoundNumber]
) -> Iterator[Result]:
    text = block.text
    for index in range(len(numbers) - 2):
        one, two, three = numbers[index : index + 3]
        first = _SPENT_FIRST.search(text[max(start, one.start - 60) : one.start])
        if first and _AGAINST.fullmatch(text[two.end : three.start]) and _opens(text[one.end : two.start]):
            yield from _budget(paper, block, first["way"], one, two, three)
            continue
        last = _SPENT_LAST.fullmatch(text[two.end : three.start])
        if last and _AGAINST.fullmatch(text[one.end : two.start]):
            yield from _budget(paper, block, last["way"], three, one, two)


def _opens(between: str) -> bool:
    return bool(re.fullmatch(r"\s?\((?:spend(?:ing)? (?:of|was) |spent )?", between))


def _budget(
    paper: Paper, block: Block, way: str, by: FoundNumber, spent: FoundNumber, budget: FoundNumber
) -> Iterator[Result]:
    found = (by, spent, budget)
    if any(n.value.unit != "gbp" or n.hedge or n.value.value is None for n in found):
        return
    verdict = _over_by(way.lower() == "over", by, spent, budget)
    difference = (spent.value.value or Decimal(0)) - (budget.value.value or Decimal(0))
    shown = f"{spent.value.printed} against {budget.value.printed} is {'over' if difference > 0 else 'under'}"
    shown += f" by £{_plain(abs(difference))}"
    first, last = min(n.start for n in found), max(n.end for n in found)
    says = f"{shown}, as told." if verdict is None else f"{shown}, not {way.lower()} by {by.value.printed}."
    yield _result(paper, (block, first, last), Check.CHANGE, "budget-in-sentence", says, verdict)


def _over_by(is_over: bool, by: FoundNumber, spent: FoundNumber, budget: FoundNumber) -> Verdict | None:
    """What is wrong with it: all three rounded or all cut off is usual, one of each is not."""
    fits = []
    for down, up in ((Decimal("0.5"), Decimal("0.5")), (Decimal(0), Decimal(1)), (Decimal("0.5"), Decimal(1))):
        said, one, other = (_span(number, down, up) for number in (by, spent, budget))
        made = Span(low=one.low - other.high, high=one.high - other.low)
        fits.append((made if is_over else Span(low=-made.high, high=-made.low)).meets(said))
    if fits[0] or fits[1]:
        return None
    return Verdict.SUSPECT if fits[2] else Verdict.CONTRADICTION


def _span(number: FoundNumber, down: Decimal, up: Decimal) -> Span:
    value, place = number.value.value or Decimal(0), place_of(number)
    return Span(low=value - down * place, high=value + up * place)


def _plain(value: Decimal) -> str:
    if value >= 1_000_000:
        return f"{round(value / 1_000_000, 3).normalize():f}m"
    return f"{value.normalize():,f}"


# -- more than all ----------------------------------------------------------------------------------------


def _over_all(
    paper: Paper, block: Block, start: int, end: int, numbers: Sequence[FoundNumber]
) -> Iterator[Result]:
    text = block.text
    for number in numbers:
        value = number.value
        if value.unit != "percent" or number.hedge or value.low is None or value.low <= 100:
            continue
        if _OVER_ALL.match(text, number.end) and not _NOT_ALL.search(text, start, end):
            says = f"no more than all of them can be, and {value.printed} is printed."
            place = (block, number.start, min(end, number.end + 60))
            yield _result(paper, place, Check.CLAIM, "share-over-all", says, Verdict.CONTRADICTION)


# -- a fraction in words ----------------------------------------------------------------------------------


def _fraction(paper: Paper, block: Block, found: re.Match[str]) -> Iterator[Result]:
    printed = found["count"] or found["after"]
    if not printed or found["hedge"]:
        return
    words = found["words"].lower()
    meant = Decimal("0.25") if words.endswith("quarter") else _FRACTIONS[words[:3]]
    count, whole = (Decimal(each.replace(",", "")) for each in (printed, found["whole"]))
    if not whole or not meant / 2 <= count / whole <= min(2 * meant, Decimal(1)):
        return  # a note's sign, or a count of something else
    agrees = abs(count / whole - meant) <= max(meant * _ROOM, 1 / whole)
    share = f"{round(count * 100 / whole, 1).normalize():f}%"
    says = f"{printed} of {found['whole']} is {share}" + (", as told." if agrees else f", not {words}.")
    place = (block, found.start(), found.end())
    yield _result(paper, place, Check.RATIO, "fraction-in-words", says, None if agrees else Verdict.SUSPECT)


# -- a share of what the paragraph gives ------------------------------------------------------------------


def _share_of_named(
    paper: Paper, block: Block, start: int, end: int, numbers: Sequence[FoundNumber]
) -> Iterator[Result]:
    text = block.text
    for index in range(1, len(numbers)):
        part, share = numbers[index - 1], numbers[index]
        named = _OF_NAMED.match(text, share.end)
        if share.value.unit != "percent" or share.hedge or part.hedge or named is None:
            continue
        if not _SHARE_OF.fullmatch(text[part.end : share.start]):
            continue
        wholes = _wholes(text, named["noun"].lower(), part)
        bounds = Figure(share.value, share.value.printed).bounds
        if len({n.value.value for n in wholes}) != 1 or bounds is None:
            continue
        others = [n for n in find_numbers(text) if n.value.unit == part.value.unit and n is not part]
        if any(gives(part, other, bounds) for other in others if other not in wholes):
            continue
        whole = wholes[0]
        if (part.value.value or 0) > (whole.value.value or 0):
            continue
        agrees = gives(part, whole, bounds)
        made = (part.value.value or Decimal(0)) * 100 / (whole.value.value or Decimal(1))
        says = f"{part.value.printed} of {whole.value.printed} is {round(made, 1).normalize():f}%"
        says += ", as printed." if agrees else f", not {share.value.printed}."
        place = (block, part.start, named.end())
        yield _result(paper, place, Check.RATIO, "share-of-named", says, None if agrees else Verdict.SUSPECT)


def _wholes(text: str, noun: str, part: FoundNumber) -> list[FoundNumber]:
    """What the paragraph gives for the thing itself: "slippage of £4.2m", "£4.2m of slippage"."""
    found = []
    name = re.escape(noun)
    after = re.compile(rf"\b{name}\s(?:of|is|was|totals?|totalled|stands at|stood at|amounts to)\s$", re.I)
    before = re.compile(rf"\s(?:of |total |in )?{name}\b", re.I)
    for number in find_numbers(text):
        if number is part or number.value.unit != part.value.unit or number.hedge or not number.value.value:
            continue
        if after.search(text[max(0, number.start - 40) : number.start]) or before.match(text, number.end):
            found.append(number)
    return found


def _result(
    paper: Paper, place: tuple[Block, int, int], check: Check, rule: str, says: str, wrong: Verdict | None
) -> Result:
    block, start, end = place
    return Result(
        verdict=wrong or Verdict.CONSISTENT,
        check=check,
        rule=rule,
        message=f"“{block.text[start:end].strip()}”: {says}",
        printed=(paper.print_of(place),),
        recomputed=says.rstrip("."),
    )
