"""Does an edited headline still agree with the numbers it is about? If not, where and how?

Each number in the sentence is an interval (law 2) and must be able to stand for a figure or change of the claim;
each period beside a number must be that figure's; each word of direction must go the way the figures went. What
cannot be compared is left alone: silence is no agreement, and `Agreement.compared` says how much was compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bluelamp.checks.directions import SaidWay
from bluelamp.figures.months import Month, Span, period_words
from bluelamp.figures.printed import may_be
from bluelamp.performance.insight_claims import Claim, ClaimedChange, ClaimedFigure
from bluelamp.performance.insight_words import (
    PrintedNumber,
    SaidName,
    SaidPeriod,
    Token,
    read_tokens,
    split_clauses,
)

_MOST_FAULTS = 8
_CITED: Final = re.compile(r"\[\d{1,3}\]")


@dataclass(frozen=True)
class Agreement:
    """How many numbers, periods and directions were compared, and the faults as sentences."""

    compared: int
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def compare_headline(words: str, claims: Sequence[Claim], *, generated: Sequence[str] = ()) -> Agreement:
    """Every disagreement between the words and the claims of a theme's indicators, in reading order.

    What stands after an indicator's name is about it, as far as the next name; what stands before the first is
    about all that are named. Words that name none are compared with all: a number must then be one of theirs.
    `generated` are sentences whose own numbers ("3 of 14 indicators") may be repeated.
    """
    names = [name for claim in claims for name in (claim.name, claim.code)]
    tokens = read_tokens(words, names=names)
    named = list(dict.fromkeys(claims[each.at // 2].code for each in tokens if isinstance(each, SaidName)))
    of_code = {claim.code: claim for claim in claims}
    whole = [of_code[code] for code in named] or list(claims)
    comparing = _Comparing(_numbers_in(tuple(generated)))
    for about, part in _split_by_name(tokens, claims, whole):
        for clause in split_clauses(part):
            comparing.read(clause, about)
    return Agreement(comparing.compared, tuple(dict.fromkeys(comparing.faults))[:_MOST_FAULTS])


def find_other_numbers(words: str, facts: Sequence[str]) -> tuple[str, ...]:
    """The numbers of an insight that its facts do not have, as printed: wrong, or from elsewhere."""
    known = _numbers_in(tuple(facts))
    said = _numbers_in((_CITED.sub(" ", words),))
    others = (each.printed for each in said if not any(_repeats(each, other) for other in known))
    return tuple(dict.fromkeys(others))[:_MOST_FAULTS]


def _split_by_name(
    tokens: Sequence[Token], claims: Sequence[Claim], whole: Sequence[Claim]
) -> Iterator[tuple[Sequence[Claim], list[Token]]]:
    if len(whole) == 1:
        yield whole, [token for token in tokens if not isinstance(token, SaidName)]
        return
    about, part = whole, list[Token]()
    for token in tokens:
        if isinstance(token, SaidName):
            yield about, part
            about, part = [claims[token.at // 2]], []
        else:
            part.append(token)
    yield about, part


@lru_cache(maxsize=256)
def _numbers_in(sentences: tuple[str, ...]) -> list[PrintedNumber]:
    return [token for said in sentences for token in read_tokens(said) if isinstance(token, PrintedNumber)]


class _Comparing:
    """Clause after clause against the claims that each is about."""

    def __init__(self, also: Sequence[PrintedNumber]) -> None:
        self.compared = 0
        self.faults: list[str] = []
        self._also = also

    def read(self, clause: Sequence[Token], claims: Sequence[Claim]) -> None:
        periods = [token for token in clause if isinstance(token, SaidPeriod)]
        moved: dict[str, list[ClaimedChange]] = {}
        for token, period in zip(clause, _periods_of(clause), strict=True):
            if isinstance(token, PrintedNumber):
                self._read_number(token, period, claims, moved)
        for token in clause:
            if isinstance(token, SaidWay):
                self._read_way(token, claims, moved, periods)
        if not any(isinstance(token, PrintedNumber) for token in clause):
            for period in periods:
                self._read_period(period, claims)

    def _read_number(
        self,
        number: PrintedNumber,
        period: SaidPeriod | None,
        claims: Sequence[Claim],
        moved: dict[str, list[ClaimedChange]],
    ) -> None:
        """A number must be a claim's, of the period beside it. `moved` learns which change it may stand for."""
        self.compared += 1
        faults: list[str] = []
        for claim in claims:
            figures = [each for each in claim.figures if _is_figure(number, each, claim.unit)]
            changes = [each for each in claim.changes if _is_change(number, each, signed=True)]
            if not figures and not changes:
                continue
            fault = _check_period(number, figures, changes, period)
            if not fault:
                self.compared += period is not None
                if not figures:
                    moved.setdefault(claim.code, []).extend(changes)
                return
            faults.append(fault)
        if any(_repeats(number, other) for other in self._numbers_beside(claims)):
            return
        self.faults.append(faults[0] if faults else self._say_unknown(number, claims))

    def _numbers_beside(self, claims: Sequence[Claim]) -> Iterator[PrintedNumber]:
        yield from self._also
        for claim in claims:
            yield from _numbers_in(claim.also)

    def _say_unknown(self, number: PrintedNumber, claims: Sequence[Claim]) -> str:
        for claim in claims:
            for change in claim.changes:
                if _is_change(number, change, signed=False):
                    return f"“{number.printed}” has the wrong sign: the change is {_say_change(change)}."
            if other := _other_unit(number, claim):
                return other
        whose = claims[0].name if len(claims) == 1 else "these indicators"
        return f"“{number.printed}” is not among the numbers of {whose}{_say_nearest(number, claims)}."

    def _read_period(self, period: SaidPeriod, claims: Sequence[Claim]) -> None:
        """A period that stands beside no number is at least one that the report shows."""
        figures = [each for claim in claims for each in claim.figures]
        if not figures:
            return
        self.compared += 1
        known = {each.to for each in figures} | {each.before for claim in claims for each in claim.changes}
        if str(period.to) not in known:
            latest = max(figures, key=lambda each: each.to)
            self.faults.append(
                f"“{period.printed}” is no period of this report, whose latest is {_say_period(latest)}."
            )

    def _read_way(
        self,
        way: SaidWay,
        claims: Sequence[Claim],
        moved: Mapping[str, Sequence[ClaimedChange]],
        periods: Sequence[SaidPeriod],
    ) -> None:
        """Of the claims that the clause's numbers belong to; where it has none and names none, of any."""
        about = [claim for claim in claims if claim.code in moved] or list(claims)
        faults = [_check_way(way, claim, moved.get(claim.code, ()), periods) for claim in about]
        known = [fault for fault in faults if fault is not None]
        if not known:
            return
        self.compared += 1
        if all(known):
            self.faults.append(known[0])


def _check_way(
    way: SaidWay, claim: Claim, moved: Sequence[ClaimedChange], periods: Sequence[SaidPeriod]
) -> str | None:
    """ "" where the word agrees, a sentence where it does not, None where there is nothing to compare it with."""
    if way.way in ("as_good", "as_bad"):
        agrees = claim.verdict == ("positive" if way.way == "as_good" else "negative")
        return (
            "" if agrees else f"“{way.printed}” disagrees: {claim.name} is {_VERDICTS.get(claim.verdict, 'none')}."
        )
    changes = list(moved) or [
        each for each in claim.changes if any(_is_period(period, each.before, each.span) for period in periods)
    ]
    changes = changes or list(claim.changes[:1])
    if not changes:
        return None
    if any(_agrees(way, each, claim) for each in changes):
        return ""
    return f"“{way.printed}” disagrees with the figures: {_say_moved(changes[0], claim)}."


_VERDICTS: Final = {
    "positive": "a positive exception",
    "negative": "a negative exception",
    "neither": "an exception, neither good nor bad",
    "none": "no exception",
    "cannot-tell": "not an exception that can be told",
}
_EXCEPTIONS: Final = ("positive", "negative", "neither")


def _agrees(way: SaidWay, change: ClaimedChange, claim: Claim) -> bool:
    direction = change.direction
    match way.way:
        case "up" | "down":
            return direction == (1 if way.way == "up" else -1)
        case "same":
            return direction == 0
        case "level":
            return claim.verdict not in _EXCEPTIONS or direction == 0
    good = {"higher-is-better": 1, "lower-is-better": -1}.get(claim.polarity)
    if good is None:
        return True
    return direction == (good if way.way == "better" else -good)


def _check_period(
    number: PrintedNumber,
    figures: Sequence[ClaimedFigure],
    changes: Sequence[ClaimedChange],
    period: SaidPeriod | None,
) -> str:
    if period is None or any(_is_period(period, each.to, each.span) for each in figures):
        return ""
    if any(
        _is_period(period, each.to, each.span) or _is_period(period, each.before, each.span) for each in changes
    ):
        return ""
    of = _say_period(figures[0]) if figures else f"the change to {_say_month(changes[0].to)}"
    return f"“{number.printed}” is the figure of {of}, not of “{period.printed}”."


def _say_nearest(number: PrintedNumber, claims: Sequence[Claim]) -> str:
    value = number.value.value
    if value is None or len(claims) != 1:
        return ""
    known: list[tuple[Decimal, str]] = []
    shares = number.value.unit in ("percent", "points")
    if not shares or claims[0].unit in ("percentage", "ratio"):
        known += [(Decimal(each.value), f"{each.printed} in {_say_period(each)}") for each in claims[0].figures]
    if shares:
        known += [
            (Decimal(each.share), f"a change of {_say_change(each)}")
            for each in claims[0].changes[:1]
            if each.share
        ]
    if not known:
        return ""
    return f"; the nearest is {min(known, key=lambda each: abs(abs(each[0]) - abs(value)))[1]}"


def _periods_of(clause: Sequence[Token]) -> list[SaidPeriod | None]:
    """For each token the period said of it: the next before another number, or the one that opens the clause."""
    found: list[SaidPeriod | None] = [None] * len(clause)
    following: SaidPeriod | None = None
    for at in range(len(clause) - 1, -1, -1):
        token = clause[at]
        found[at] = following
        if isinstance(token, SaidPeriod):
            following = token
        elif isinstance(token, PrintedNumber):
            following = None
    plain = [at for at, token in enumerate(clause) if not isinstance(token, SaidWay)]
    if len(plain) > 1 and found[plain[1]] is None and isinstance(opening := clause[plain[0]], SaidPeriod):
        found[plain[1]] = opening
    return found


def _is_period(period: SaidPeriod, to: str, span: str) -> bool:
    return str(period.to) == to and (period.span is None or period.span.value == span)


def _is_figure(number: PrintedNumber, figure: ClaimedFigure, unit: str) -> bool:
    if number.signed or (number.value.unit == "points"):
        return False
    if (number.value.unit == "percent") != (unit in ("percentage", "ratio")):
        return False
    return may_be(number.value, Decimal(figure.value)) is True


def _is_change(number: PrintedNumber, change: ClaimedChange, *, signed: bool) -> bool:
    """May the number stand for this change? A bare number for either sign, one with a sign for its own."""
    return any(
        may_be(number.value, each) is True
        for said in _sizes(number, change)
        for each in ([said] if number.signed and signed else [said, -said])
    )


def _sizes(number: PrintedNumber, change: ClaimedChange) -> Iterator[Decimal]:
    unit = number.value.unit
    if change.share and unit == change.unit:
        yield Decimal(change.share)
    if change.actual and unit in ("", "gbp", "days"):
        yield Decimal(change.actual)


def _other_unit(number: PrintedNumber, claim: Claim) -> str:
    """Is it the right size with the wrong unit: per cent where the change is in points, or the other way round?"""
    swapped = {"percent": "points", "points": "percent"}.get(number.value.unit)
    for change in claim.changes:
        if change.share and change.unit == swapped:
            share = Decimal(change.share)
            if may_be(number.value, share) or may_be(number.value, -share):
                named = (
                    "percentage points, not per cent" if swapped == "points" else "per cent, not percentage points"
                )
                return f"“{number.printed}”: this change is in {named} ({_say_change(change)})."
    return ""


def _repeats(number: PrintedNumber, other: PrintedNumber) -> bool:
    """Does it say again, perhaps less exactly, a number of a sentence that was worked out?"""
    if number.value.unit != other.value.unit or other.value.value is None:
        return False
    return any(may_be(number.value, each) is True for each in (other.value.value, -other.value.value))


def _say_period(figure: ClaimedFigure) -> str:
    span = Span(figure.span)
    article = "the " if span is Span.YEAR else ""
    return article + period_words(Month.parse(figure.to), span)


def _say_month(said: str) -> str:
    return Month.parse(said).words


def _say_change(change: ClaimedChange) -> str:
    printed = [each for each in (change.actual_printed, change.share_printed) if each and each != "n/a"]
    if printed:
        return " or ".join(printed)
    share = f"{Decimal(change.share):+.1f}{'%' if change.unit == 'percent' else '% pts'}" if change.share else ""
    return share or f"{Decimal(change.actual):+,}"


def _say_moved(change: ClaimedChange, claim: Claim) -> str:
    by_month = {each.to: each.printed for each in claim.figures}
    now, was = by_month.get(change.to, ""), by_month.get(change.before, "")
    way = {1: "they rose", -1: "they fell", 0: "they did not change"}[change.direction]
    numbers = f", from {was} to {now}" if now and was else ""
    return f"{way}{numbers} between {_say_month(change.before)} and {_say_month(change.to)}"
