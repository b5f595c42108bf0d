"""Does a claim agree with a row: with the figures of the period it speaks of, or of any that it may speak of?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bluelamp.checks.claim_model import Claim, Kind
from bluelamp.checks.claim_periods import Named, When, find_named
from bluelamp.checks.claim_spans import in_whole, percent_span, place_of, size_span, span_of
from bluelamp.checks.claim_words import says_share
from bluelamp.checks.claims_alone import size_bounds
from bluelamp.checks.measures_named import At, Measure, is_in_unit
from bluelamp.checks.numbers import FoundNumber, find_numbers
from bluelamp.figures.printed import PrintedValue
from bluelamp.figures.recomputing import Span
from bluelamp.lib.calendar_days import add_months, say_day
from bluelamp.lib.days import last_of_month

_COUNTS: Final = ("", "number", "fte")
_NEAR: Final = 2  # times that a level may be off and still be a slip


class Found(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    DOUBTFUL = "doubtful"  # only an unusual reading saves it
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Judged:
    """What came of it, in words that go on from "the row ...", and the figures it rests on."""

    found: Found
    says: str
    figures: tuple[At, ...] = ()
    recomputed: str = ""


def judge(claim: Claim, when: When, measure: Measure) -> Judged:
    """Set one claim beside one row."""
    if any(each.value.value is not None and each.value.value < 0 for each in measure.known):
        return Judged(Found.UNKNOWN, "holds figures below nought")
    if when.is_other and claim.per == 1:
        return Judged(Found.UNKNOWN, "has no figure for the period that the sentence speaks of")
    targets = _targets(when, measure)
    if not targets:
        return Judged(Found.UNKNOWN, "has no figure for the period that the sentence speaks of")
    match claim.kind:
        case Kind.LEVEL:
            return _judge_level(claim, when, measure, targets)
        case Kind.EXTREME:
            return _judge_extreme(claim, when, measure, targets[-1])
        case Kind.FROM_TO:
            return _judge_from_to(claim, when, measure, targets)
        case _:
            return _judge_change(claim, when, measure, targets)


# -- which figures ------------------------------------------------------------------------------------------


def _targets(when: When, measure: Measure) -> list[At]:
    if when.of is None:
        return [measure.known[-1]]
    return [each for each in measure.known if _is_period(each, when.of)]


def _is_period(figure: At, named: Named) -> bool:
    same_month = (figure.to.year, figure.to.month) == (named.to.year, named.to.month)
    return same_month and (named.months is None or figure.months is None or figure.months == named.months)


@dataclass(frozen=True)
class _Bases:
    """What the target may be compared with: those meant, if that is certain, and those that may be."""

    main: tuple[At, ...]
    other: tuple[At, ...]


def _bases(when: When, measure: Measure, target: At) -> _Bases:
    earlier = tuple(each for each in measure.known if each.to < target.to)
    if when.base is not None:
        chosen = tuple(each for each in earlier if _is_base(each, when.base))
        return _Bases(chosen, chosen)
    if when.years is not None:
        chosen = _years_before(earlier, target, when.years)
        return _Bases(chosen, chosen)
    year = _years_before(earlier, target, 1)
    if when.is_quarter:
        quarter = tuple(each for each in earlier if _month_end(target.to, -3) == _month_end(each.to, 0))
        return _Bases((*quarter, *year) if quarter else (), earlier)
    if year and when.of is not None and when.of.months == 12:
        return _Bases(year, year)
    is_pair = len(measure.figures) == 2
    return _Bases(year or (earlier if is_pair else ()), earlier)


def _is_base(figure: At, named: Named) -> bool:
    return (figure.to.year, figure.to.month) == (named.to.year, named.to.month)


def _years_before(earlier: Sequence[At], target: At, years: int) -> tuple[At, ...]:
    return tuple(
        each for each in earlier if (each.to.year + years, each.to.month) == (target.to.year, target.to.month)
    )


def _month_end(day: dt.date, months: int) -> dt.date:
    moved = add_months(day.replace(day=1), months)
    return last_of_month(moved.year, moved.month)


# -- changes ------------------------------------------------------------------------------------------------


def _judge_change(claim: Claim, when: When, measure: Measure, targets: Sequence[At]) -> Judged:
    strained: tuple[At, At] | None = None
    for target in targets:
        bases = _bases(when, measure, target)
        for base in (*bases.main, *bases.other):
            if not _fits(claim, measure, base, target):
                continue
            if not _is_strained(claim, base, target):
                return Judged(Found.AGREES, _say_change(base, target), (base, target))
            strained = strained or (base, target)
    if claim.number is not None and any(_is_printed(claim, each) for each in measure.changes):
        return Judged(Found.AGREES, "prints that change", (targets[-1],))
    if strained is not None:
        return Judged(Found.DOUBTFUL, _say_change(*strained), strained, _shown(*strained))
    target = targets[-1]
    bases = _bases(when, measure, target)
    if not bases.main:
        return Judged(Found.UNKNOWN, "has no figure for what the sentence compares with")
    base = bases.main[0]
    says = _say_change(base, target)
    if claim.kind is Kind.WAY:
        moved = {_moved(each, target) for each in (*bases.main, *bases.other)}
        is_other = moved == {"down" if claim.way == "up" else "up"}
        return Judged(Found.DIFFERS if is_other else Found.UNKNOWN, says, (base, target))
    if claim.kind is Kind.SAME:
        return _judge_same(measure, base, target, says)
    if claim.number is not None and not _is_comparable(claim.number, measure):
        return Judged(Found.UNKNOWN, "counts in another unit")
    unusual = _unusual(claim, measure, base, target)
    shown = _shown(base, target)
    if not unusual and claim.number is not None and _may_be_of_numbers(claim, claim.number, measure):
        return Judged(Found.UNKNOWN, "prints shares, and the sentence may speak of numbers")
    return Judged(Found.DOUBTFUL if unusual else Found.DIFFERS, says + unusual, (base, target), shown)


def _may_be_of_numbers(claim: Claim, number: FoundNumber, measure: Measure) -> bool:
    """ "Alcohol-related violence fell by 12%" beside a row of shares: it may be the count that fell."""
    return number.value.unit == "percent" and measure.unit == "percent" and not says_share(claim.text)


def _is_comparable(number: FoundNumber, measure: Measure) -> bool:
    unit = number.value.unit
    if unit == "percent":
        return True
    if unit == "points":
        return measure.unit in ("percent", "points")
    return is_in_unit(number, measure)


def _fits(claim: Claim, measure: Measure, base: At, target: At) -> bool:
    moved = _moved(base, target)
    if claim.kind is Kind.SAME:
        return not moved or _is_level(measure, base, target)
    if claim.way and moved and claim.way != moved:
        return False
    if claim.kind is Kind.WAY:
        return moved == claim.way
    if claim.kind is Kind.WORDS:
        low, high = size_bounds(claim)
        return _percent(base, target).meets(Span(low=low, high=high))
    if claim.number is None:
        return False
    claimed = span_of(claim.number)
    return any(_meets(size_span(span), claimed) for span in _sizes(claim.number, measure, base, target, claim.per))


def _is_strained(claim: Claim, base: At, target: At) -> bool:
    """Points that fit only if one of the figures was rounded and another was cut off."""
    number, before, after = claim.number, base.value, target.value
    if number is None or number.value.unit != "points" or number.hedge or claim.kind is not Kind.CHANGE:
        return False
    if None in (before.value, before.low, before.high, after.value, number.value.value):
        return False
    assert before.value is not None
    assert before.low is not None
    assert before.high is not None
    assert after.value is not None
    off = abs(abs(after.value - before.value) - abs(number.value.value or Decimal(0)))
    return off >= before.high - before.low + place_of(number) > 0


def _meets(span: Span, claimed: Span) -> bool:
    """A count in a sentence may be a figure with decimals, rounded or cut off."""
    if claimed.low == claimed.high and any(end != end.to_integral_value() for end in (span.low, span.high)):
        claimed = Span(low=claimed.low - Decimal("0.5"), high=claimed.high + 1)
    return span.meets(claimed)


def _sizes(number: FoundNumber, measure: Measure, base: At, target: At, per: int) -> Iterator[Span]:
    """What a number may be of a change: per cent, points, or so many."""
    unit = number.value.unit
    if unit == "percent":
        yield _percent(base, target)
    elif unit == "points":
        if measure.unit in ("percent", "points"):
            yield _points(base, target)
    elif _is_comparable(number, measure):
        yield _points(base, target)
        if per > 1:
            points = _points(base, target)
            yield Span(low=points.low / per - 1, high=points.high / per + 1)


def _unusual(claim: Claim, measure: Measure, base: At, target: At) -> str:
    """Why a change that does not fit may have been printed all the same; "" where nothing explains it."""
    moved = _moved(base, target)
    if claim.number is None or (claim.way and moved and claim.way != moved):
        return ""
    claimed = span_of(claim.number)
    shares = claim.number.value.unit == "percent" and measure.unit == "percent"
    if shares and size_span(_points(base, target)).meets(claimed):
        return "; the sentence gives percentage points as per cent"
    loose = in_whole(claim.number)
    wider = Span(low=claimed.low - loose, high=claimed.high + loose)
    if loose and any(size_span(each).meets(wider) for each in _sizes(claim.number, measure, base, target, 1)):
        return "; the sentence may have rounded it to a whole five or ten"
    return ""


def _is_printed(claim: Claim, printed: PrintedValue) -> bool:
    if claim.number is None or printed.value is None or printed.low is None or printed.high is None:
        return False
    same_unit = printed.unit == claim.number.value.unit or {printed.unit, claim.number.value.unit} <= set(_COUNTS)
    sign = "up" if printed.value > 0 else "down" if printed.value < 0 else ""
    if not same_unit or (claim.way and sign and claim.way != sign):
        return False
    return _meets(size_span(Span(low=printed.low, high=printed.high)), span_of(claim.number))


def _judge_extreme(claim: Claim, when: When, measure: Measure, target: At) -> Judged:
    """Higher (lower) than every figure before it, as far back as the words and the table go."""
    if when.is_quarter or not _is_its_level(claim, measure, target):
        return Judged(Found.UNKNOWN, "may be of another period than the sentence")
    earlier = [each for each in measure.known if each.to < target.to]
    since = find_named(claim.printed)
    if since:  # "the highest since 2020/21": than any after it
        goes_back = any(_is_base(each, since[-1]) for each in earlier)
        earlier = [each for each in earlier if each.to > since[-1].to]
    else:
        first = add_months(target.to, -12 * when.years) if when.years is not None else dt.date.min
        goes_back = when.years is not None and sum(each.to >= first for each in earlier) >= when.years
        earlier = [each for each in earlier if each.to > first]  # that of two years ago may have been more
    beaten = [each for each in earlier if _moved(each, target) == ("down" if claim.way == "up" else "up")]
    if beaten:
        return Judged(Found.DIFFERS, _say_change(beaten[-1], target), (beaten[-1], target))
    if not goes_back or not earlier:
        return Judged(Found.UNKNOWN, "does not go back so far")
    return Judged(Found.AGREES, _say_change(earlier[0], target), (earlier[0], target))


def _is_its_level(claim: Claim, measure: Measure, target: At) -> bool:
    """A record told beside a level is of that level's period: "in March 40, the highest for two years"."""
    told = [n for n in find_numbers(claim.text) if is_in_unit(n, measure) and n.end + claim.offset <= claim.start]
    return not told or any(_is_at(number, target, 1) for number in told)


def _judge_same(measure: Measure, base: At, target: At, says: str) -> Judged:
    percent, points = _percent(base, target), _points(base, target)
    is_far = size_span(points).low > 2 if measure.unit == "percent" else size_span(percent).low > 5
    return Judged(Found.DIFFERS if is_far else Found.UNKNOWN, says, (base, target))


def _is_level(measure: Measure, base: At, target: At) -> bool:
    if measure.unit == "percent":
        return size_span(_points(base, target)).low <= Decimal("0.5")
    return size_span(_percent(base, target)).low <= 1


def _moved(base: At, target: At) -> str:
    before, after = _bounds(base), _bounds(target)
    return "up" if after.low > before.high else "down" if after.high < before.low else ""


def _bounds(figure: At) -> Span:
    assert figure.bounds is not None
    return Span(low=figure.bounds[0], high=figure.bounds[1])


def _percent(base: At, target: At) -> Span:
    return percent_span(_bounds(base), _bounds(target))


def _points(base: At, target: At) -> Span:
    before, after = _bounds(base), _bounds(target)
    return Span(low=after.low - before.high, high=after.high - before.low)


def _say_change(base: At, target: At) -> str:
    return (
        f"goes from {base.value.printed} ({say_day(base.to)}) to {target.value.printed} ({say_day(target.to)}),"
        f" a change of {_shown(base, target)}"
    )


def _shown(base: At, target: At) -> str:
    before, after = base.value.value, target.value.value
    assert before is not None
    assert after is not None
    change = after - before
    said = f"{change:+,f} percentage points" if target.value.unit == "percent" else f"{change:+,f}"
    return f"{said}, or {round(change * 100 / before, 1):+f}%" if before else said


# -- levels -------------------------------------------------------------------------------------------------


def _judge_level(claim: Claim, when: When, measure: Measure, targets: Sequence[At]) -> Judged:
    number = claim.number
    if number is None or not is_in_unit(number, measure):
        return Judged(Found.UNKNOWN, "counts in another unit")
    chosen = next((each for each in targets if _is_at(number, each, claim.per)), None)
    if chosen is not None:
        return _judge_way_to(claim, when, measure, chosen)
    others = [each for each in measure.known if _is_at(number, each, claim.per)]
    target = targets[-1]
    says = _say_level(target, claim.per)
    if others:
        end = f"; {others[-1].value.printed} is its figure to {say_day(others[-1].to)}"
        found = Found.DOUBTFUL if when.of is not None else Found.AGREES
        return Judged(found, says + end if when.of is not None else _say_level(others[-1], claim.per), (target,))
    if claim.is_part:
        return Judged(Found.UNKNOWN, "may hold more than the sentence speaks of")
    if not _is_near(number, target, claim.per):
        return Judged(Found.UNKNOWN, f"{says}, so far off that the sentence must count something else")
    return Judged(Found.DIFFERS, says, (target,))


def _judge_way_to(claim: Claim, when: When, measure: Measure, target: At) -> Judged:
    """ "fell to 519": the figure is right, and it must have come from above."""
    bases = _bases(when, measure, target)
    moved = {_moved(base, target) for base in (*bases.main, *bases.other)}
    if claim.way and bases.main and moved == {"down" if claim.way == "up" else "up"}:
        base = bases.main[0]
        return Judged(Found.DIFFERS, _say_change(base, target), (base, target))
    return Judged(Found.AGREES, _say_level(target, claim.per), (target,))


def _is_at(number: FoundNumber, figure: At, per: int) -> bool:
    claimed, bounds = span_of(number), _bounds(figure)
    if not _is_near(number, figure, per):
        return False
    if per > 1:
        parts = _parts(figure, per)
        if parts is None:
            return False
        bounds = Span(low=bounds.low / parts - 1, high=bounds.high / parts + 1)
    return _meets(bounds, claimed)


def _parts(figure: At, per: int) -> Decimal | None:
    """How many months (weeks, days) of the kind the figure's period has; None where its length is not printed."""
    return Decimal(per) * figure.months / 12 if figure.months else None


def _is_near(number: FoundNumber, figure: At, per: int) -> bool:
    parts = _parts(figure, per) if per > 1 else Decimal(1)
    value, said = figure.value.value, abs(number.value.value or Decimal(0))
    if parts is None or value is None or not said:
        return False
    return value / parts <= said * _NEAR and said <= value / parts * _NEAR


def _say_level(figure: At, per: int) -> str:
    said = f"prints {figure.value.printed} for the period to {say_day(figure.to)}"
    parts = _parts(figure, per) if per > 1 else None
    if parts is None or figure.value.value is None:
        return said
    each = {12: "month", 52: "week", 365: "day", 4: "quarter"}[per]
    return f"{said}, which is {round(figure.value.value / parts, 1):,} a {each}"


# -- from one to another ------------------------------------------------------------------------------------


def _judge_from_to(claim: Claim, when: When, measure: Measure, targets: Sequence[At]) -> Judged:
    first, last = claim.first, claim.number
    if first is None or last is None:
        return Judged(Found.UNKNOWN, "has no such figures")
    if not any(is_in_unit(number, measure) for number in (first, last)):
        return Judged(Found.UNKNOWN, "counts in another unit")
    known = measure.known
    for later in range(len(known) - 1, 0, -1):
        for earlier in range(later):
            if _is_at(first, known[earlier], claim.per) and _is_at(last, known[later], claim.per):
                pair = (known[earlier], known[later])
                return Judged(Found.AGREES, _say_change(*pair), pair)
    target = targets[-1]
    bases = _bases(when, measure, target)
    if not bases.main:
        return Judged(Found.UNKNOWN, "has no figure for what the sentence compares with")
    base = bases.main[0]
    says = _say_change(base, target)
    fits = [_is_at(first, each, claim.per) for each in bases.main], _is_at(last, target, claim.per)
    if any(fits[0]) or fits[1]:
        return Judged(Found.DIFFERS, says, (base, target))
    if _is_near(first, base, claim.per) and _is_near(last, target, claim.per):
        return Judged(Found.DOUBTFUL, says, (base, target))
    return Judged(Found.UNKNOWN, f"{says}, so far off that the sentence must count something else")
