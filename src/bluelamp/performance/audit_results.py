"""What has an audit found so far: how many passed, how surely, who agreed, and how many were missed?

Cases that are not applicable are no part of what is estimated: of every kind as large a share is taken off the
number of all its cases as was found among those read. Cases that cannot be told are left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec

from bluelamp.figures.agreement import FEW, Agreement, find_agreement
from bluelamp.figures.audit_estimates import (
    Estimate,
    Stratum,
    estimate_missed,
    estimate_simple,
    estimate_stratified,
)
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.saying import round_figure
from bluelamp.lib.errors import PlainError
from bluelamp.lib.written import say_many
from bluelamp.performance.audit_rules import CANNOT_TELL, FAIL, NOT_APPLICABLE, PASS

STEPS_SHOWN: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRead:
    """One drawn case and what was said of it; "" where nobody has yet."""

    number: int
    stratum: str = ""
    twice: bool = False
    first: str = ""
    second: str = ""
    settled: str = ""

    @property
    def result(self) -> str:
        """What counts: the settled result, else what the first reader found."""
        return self.settled or self.first

    @property
    def differs(self) -> bool:
        """Two people read it differently, and nobody has settled it."""
        return bool(self.first and self.second and self.first != self.second and not self.settled)

    @property
    def is_read(self) -> bool:
        return bool(self.first) and (bool(self.second) or not self.twice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of case: how many there are; "" where there is one kind."""

    name: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFound:
    """What was found in one kind. `cases` are all there are; `counted` those taken to be applicable."""

    name: str
    cases: int
    counted: int
    read: int
    passed: int
    failed: int
    not_applicable: int
    cannot_tell: int

    @property
    def judged(self) -> int:
        return self.passed + self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a sample audit has found. Shares in per cent; where there is no estimate `why_not` says why."""

    drawn: int
    read: int
    passed: int
    failed: int
    not_applicable: int
    cannot_tell: int
    differ: int
    kinds: tuple[KindFound, ...]
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    half_width: Decimal | None = None
    confidence: Decimal = Decimal(95)
    why_not: str = ""
    read_twice: int = 0
    alike: int = 0
    kappa: Decimal | None = None
    recorded: int | None = None
    missed: Decimal | None = None
    missed_low: Decimal | None = None
    missed_high: Decimal | None = None
    missed_why_not: str = ""

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    @property
    def unread(self) -> int:
        return self.drawn - self.read

    @property
    def stratified(self) -> bool:
        return len(self.kinds) > 1

    @property
    def sentence(self) -> str:
        """ "205 of 240 cases passed: 85.4%, between 80.4 and 89.3." """
        if not self.judged:
            return "No case is judged yet."
        said = f"{self.passed:,} of {say_many(self.judged, 'case')} passed"
        if self.value is None or self.low is None or self.high is None:
            return f"{said}. {self.why_not}"
        weighed = "weighed by how many cases there are of each kind, " if self.stratified else ""
        if self.low == self.high:
            return f"{said}: {weighed}{one_place(self.value)}% of all cases, which were all read."
        return (
            f"{said}: {weighed}{one_place(self.value)}%, between {one_place(self.low)} and {one_place(self.high)}."
        )

    @property
    def left_out_words(self) -> str:
        """ "12 were not applicable and 3 could not be told; they are left out." """
        pieces = [
            f"{count:,} {words}"
            for count, words in (
                (self.not_applicable, "not applicable"),
                (self.cannot_tell, "that could not be told"),
            )
            if count
        ]
        return f"Left out of the share: {' and '.join(pieces)}." if pieces else ""

    @property
    def agreement_words(self) -> str:
        """ "22 of 24 cases read twice came out alike (91.7%); kappa 0.71." """
        if not self.read_twice:
            return ""
        share = one_place(Decimal(100 * self.alike) / self.read_twice)
        said = f"{self.alike:,} of {say_many(self.read_twice, 'case')} read twice came out alike ({share}%)"
        if self.kappa is None:
            return f"{said}; both readers used one word throughout, so kappa says nothing."
        few = f", of fewer than {FEW} cases" if self.read_twice < FEW else ""
        return f"{said}; kappa {round_figure(self.kappa, 2)}{few}."

    @property
    def missed_words(self) -> str:
        """ "About 1,708 were missed, between 1,198 and 2,438, beside 10,000 recorded." """
        if self.recorded is None:
            return ""
        if self.missed is None or self.missed_low is None or self.missed_high is None:
            return f"How many were missed is not known: {self.missed_why_not}."
        low, high = round_figure(self.missed_low), round_figure(self.missed_high)
        return (
            f"About {round_figure(self.missed):,} were missed, between {low:,} and {high:,},"
            f" beside {self.recorded:,} recorded."
        )


def one_place(number: Decimal) -> Decimal:
    return round_figure(number, 1)


def find_result(
    kinds: Sequence[Kind],
    cases: Iterable[CaseRead],
    *,
    confidence: Decimal = Decimal(95),
    recorded: int | None = None,
) -> Found:
    """The audit as it stands. `confidence` in per cent; `recorded` a count, where its misses are asked for."""
    held = list(cases)
    results: dict[str, list[str]] = {}
    for case in held:
        results.setdefault(case.stratum, []).append(case.result)
    found = tuple(_find_kind(kind, results.get(kind.name, [])) for kind in kinds)
    estimate, why_not = _estimate(found, float(confidence) / 100)
    agreement = find_agreement((case.first, case.second) for case in held if case.first and case.second)
    missed = _find_missed(recorded, estimate)
    return Found(
        drawn=len(held),
        read=sum(case.is_read for case in held),
        passed=sum(each.passed for each in found),
        failed=sum(each.failed for each in found),
        not_applicable=sum(each.not_applicable for each in found),
        cannot_tell=sum(each.cannot_tell for each in found),
        differ=sum(case.differs for case in held),
        kinds=found,
        value=_percent(estimate.value) if estimate else None,
        low=_percent(estimate.low) if estimate else None,
        high=_percent(estimate.high) if estimate else None,
        half_width=_percent(estimate.half_width) if estimate else None,
        confidence=confidence,
        why_not=why_not,
        read_twice=agreement.cases,
        alike=agreement.alike,
        kappa=_kappa(agreement),
        recorded=recorded,
        missed=missed[0],
        missed_low=missed[1],
        missed_high=missed[2],
        missed_why_not=missed[3],
    )


def _find_kind(kind: Kind, results: Iterable[str]) -> KindFound:
    counts = Counter(result for result in results if result)
    read = sum(counts.values())
    judged = counts[PASS] + counts[FAIL]
    out = Fraction(counts[NOT_APPLICABLE], read) if read else Fraction(0)
    return KindFound(
        name=kind.name,
        cases=kind.cases,
        counted=max(judged, round(kind.cases * (1 - out))),
        read=read,
        passed=counts[PASS],
        failed=counts[FAIL],
        not_applicable=counts[NOT_APPLICABLE],
        cannot_tell=counts[CANNOT_TELL],
    )


def _estimate(kinds: Sequence[KindFound], confidence: float) -> tuple[Estimate | None, str]:
    """The estimate, or why there is none yet. A kind of which no case read was applicable counts nowhere."""
    if not any(kind.judged for kind in kinds):
        return None, "No case is judged yet."
    for kind in kinds:
        if not kind.judged and kind.read != kind.not_applicable:
            return None, f"There is no share of all cases yet: of {kind.name or 'them'} none could be told."
        if not kind.read:
            return None, f"There is no share of all cases yet: of {kind.name} none is read."
    counting = [kind for kind in kinds if kind.judged]
    try:
        if len(kinds) == 1:
            only = counting[0]
            return estimate_simple(only.passed, only.judged, cases=only.counted, confidence=confidence), ""
        strata = [
            Stratum(name=kind.name, cases=kind.counted, sampled=kind.judged, passed=kind.passed)
            for kind in counting
        ]
        return estimate_stratified(strata, confidence=confidence), ""
    except PlainError as error:
        return None, f"There is no share of all cases yet: {error}"


def _find_missed(
    recorded: int | None, estimate: Estimate | None
) -> tuple[Decimal | None, Decimal | None, Decimal | None, str]:
    if recorded is None:
        return None, None, None, ""
    if estimate is None:
        return None, None, None, "there is no share of all cases yet"
    found = estimate_missed(recorded, estimate)
    if isinstance(found, NotKnown):
        return None, None, None, found.why
    return _exact(found.value), _exact(found.low), _exact(found.high), ""


def _percent(share: float) -> Decimal:
    return _exact(share * 100)


def _exact(number: float) -> Decimal:
    """Six decimals: far finer than anything that is said of a sample, and the same on every machine."""
    return Decimal(str(round(number, 9))).quantize(Decimal("0.000001"))


def _kappa(agreement: Agreement) -> Decimal | None:
    kappa = agreement.kappa
    return None if isinstance(kappa, NotKnown) else _exact(float(kappa))


def find_steps(kinds: Sequence[Kind], cases: Sequence[CaseRead], confidence: Decimal) -> list[tuple[int, Found]]:
    """How the estimate grew: what the first so many cases, in the order drawn, say by themselves."""
    read = sorted((case for case in cases if case.result), key=lambda case: case.number)
    if len(read) < 2 * STEPS_SHOWN:
        return []
    ends = [len(read) * step // STEPS_SHOWN for step in range(1, STEPS_SHOWN + 1)]
    steps = [(end, find_result(kinds, read[:end], confidence=confidence)) for end in ends]
    return [(end, found) for end, found in steps if found.value is not None]


def count_passed_over(cases: Iterable[CaseRead]) -> int:
    """Cases not read though one drawn later of the same kind is: the share may lean until they are."""
    last: dict[str, int] = {}
    held = list(cases)
    for case in held:
        if case.first:
            last[case.stratum] = max(case.number, last.get(case.stratum, 0))
    return sum(not case.first and case.number < last.get(case.stratum, 0) for case in held)


def store_found(found: Found) -> dict[str, object]:
    """As the record keeps it: numbers as exact decimals in words."""
    stored: dict[str, object] = msgspec.to_builtins(found)
    return stored


def restore_found(stored: Mapping[str, object]) -> Found:
    return msgspec.convert(stored, type=Found)
