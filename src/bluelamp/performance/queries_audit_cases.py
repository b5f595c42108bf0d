"""Which drawn cases are read, by whom, which is next for somebody, and what may they see of each?

An audit has up to 5,000 cases: all of them are asked for as plain columns, whole rows only for one page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from bluelamp.performance.audit_results import CaseRead
from bluelamp.performance.audit_rules import CLOSED, find_turn, may_see_first
from bluelamp.performance.models import Audit, AuditCase, CaseReading


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """A drawn case: what is said of it, and who said it ("" where nobody has)."""

    pk: UUID
    read: CaseRead
    first_by: str = ""
    second_by: str = ""

    def turn(self, by: str) -> int:
        """Which reading is this person's; 0 where others read it."""
        return find_turn(twice=self.read.twice, first_by=self.first_by, second_by=self.second_by, by=by)

    def waits(self, by: str) -> bool:
        """May they read it, and have not yet?"""
        turn = self.turn(by)
        return bool(turn) and not (self.read.first if turn == 1 else self.read.second)

    def sees(self, by: str, *, closed: bool) -> bool:
        """May they see what was found in it? Whoever may still be its second reader may not."""
        return closed or may_see_first(
            twice=self.read.twice, first_by=self.first_by, second_by=self.second_by, by=by
        )


def find_cases(audit: Audit) -> list[CaseStanding]:
    """Every drawn case in the order drawn. Two queries."""
    readings: dict[tuple[UUID, int], tuple[str, str]] = {
        (case, turn): (result, by_key)
        for case, turn, result, by_key in CaseReading.objects.filter(case__audit=audit).values_list(
            "case_id", "turn", "result", "by_key"
        )
    }
    columns = ("pk", "number", "stratum", "twice", "settled")
    found = []
    for pk, number, stratum, twice, settled in audit.cases.order_by("number").values_list(*columns):
        first, first_by = readings.get((pk, 1), ("", ""))
        second, second_by = readings.get((pk, 2), ("", ""))
        read = CaseRead(number=number, stratum=stratum, twice=twice, first=first, second=second, settled=settled)
        found.append(CaseStanding(pk, read, first_by, second_by))
    return found


def find_next_number(cases: Sequence[CaseStanding], *, by: str, after: int = 0) -> int | None:
    """The next case, in the order drawn, that waits for this person; after the last from the start again.

    None where nothing is left for them.
    """
    waiting = [case.read.number for case in cases if case.waits(by)]
    return next((number for number in waiting if number > after), waiting[0] if waiting else None)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A drawn case as one person may see it: nothing is shown where they may still read it blind."""

    case: AuditCase
    readings: tuple[CaseReading, ...]
    shown: str
    hidden: bool  # somebody has read it, and they may not see it yet
    turn: int  # theirs; 0 where others read it
    differs: bool


def find_case(audit: Audit, number: int) -> AuditCase | None:
    return audit.cases.prefetch_related("readings").filter(number=number).first()


def find_rows(audit: Audit, cases: Iterable[CaseStanding], *, by: str) -> list[CaseRow]:
    """The rows of some cases, for a page. Two queries."""
    wanted = list(cases)
    rows = audit.cases.filter(pk__in=[case.pk for case in wanted]).prefetch_related("readings").in_bulk()
    return [_make_row(rows[case.pk], case, by=by, closed=audit.state == CLOSED) for case in wanted]


def make_case_row(case: AuditCase, *, by: str) -> CaseRow:
    """Of one case, whose readings are at hand."""
    return _make_row(case, _make_standing(case), by=by, closed=case.audit.state == CLOSED)


def _make_row(case: AuditCase, standing: CaseStanding, *, by: str, closed: bool) -> CaseRow:
    sees = standing.sees(by, closed=closed)
    return CaseRow(
        case=case,
        readings=tuple(read_of(case).values()) if sees else (),
        shown=standing.read.result if sees else "",
        hidden=bool(standing.read.first) and not sees,
        turn=standing.turn(by),
        differs=standing.read.differs,
    )


def _make_standing(case: AuditCase) -> CaseStanding:
    held = read_of(case)
    read = CaseRead(
        number=case.number,
        stratum=case.stratum,
        twice=case.twice,
        first=held[1].result if 1 in held else "",
        second=held[2].result if 2 in held else "",
        settled=case.settled,
    )
    return CaseStanding(case.pk, read, **readers_of(case))


def read_of(case: AuditCase) -> dict[int, CaseReading]:
    """Its readings by turn."""
    return {reading.turn: reading for reading in sorted(case.readings.all(), key=lambda each: each.turn)}


def readers_of(case: AuditCase) -> dict[str, str]:
    """Who read it first and second, as the rules ask for them."""
    held = read_of(case)
    return {
        "first_by": held[1].by_key if 1 in held else "",
        "second_by": held[2].by_key if 2 in held else "",
    }
