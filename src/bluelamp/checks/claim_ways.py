"""Did a figure that a sentence gives come from where it says: "satisfaction of victims rose to 73.8%"?

For a level told with its direction whose words do not name a row whole, nor in its own paper perhaps: the one row
of all documents that prints this level last, shares most of the words, and came from the other side. A doubt, no
more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bluelamp.checks.claim_model import Claim, Kind
from bluelamp.checks.claim_periods import read_when
from bluelamp.checks.claim_rows import loose
from bluelamp.checks.claim_words import read_said
from bluelamp.checks.measures_named import At, Measure
from bluelamp.checks.model import Check, Paper, Result, Verdict
from bluelamp.documents.blocks import Block
from bluelamp.lib.calendar_days import say_day

_DIGITS: Final = 3  # of a level that is no accident
_FEWEST: Final = 2  # words that are shared


def judge_way(claim: Claim, measures: Sequence[Measure], paper: Paper, block: Block) -> Result | None:
    """What is wrong with the way the level is told to have gone; None where nothing is, or nothing is known."""
    number = claim.number
    if claim.kind is not Kind.LEVEL or claim.way not in ("up", "down") or number is None or number.hedge:
        return None
    if claim.is_part or claim.per != 1 or len(_digits(number.bare)) < _DIGITS:
        return None
    last = {id(measure) for measure in measures if _is_last(measure, claim)}
    if not last:
        return None
    start, end = claim.segments[claim.at] if claim.segments else (claim.start, claim.end)
    words = claim.text[max(0, start - claim.offset) : end - claim.offset]
    when = read_when(words)
    if when.base or when.is_quarter or when.years or when.is_other:
        return None
    said = loose(read_said(words).stems)
    shared = [(len(keys & said), measure) for measure in measures if (keys := loose(measure.name.keys)) & said]
    fitting = [(n, m) for n, m in shared if id(m) in last and (n >= _FEWEST or loose(m.name.keys) <= said)]
    most = max((n for n, _ in fitting), default=0)
    best = [m for n, m in fitting if n == most]
    if not best or any(n > most for n, _ in shared) or len({m.label for m in best}) > 1:
        return None
    pairs = [(m.known[-2], m.known[-1]) for m in best if len(m.known) >= _FEWEST]
    moved = {_moved(*pair) for pair in pairs}
    if moved != {"down" if claim.way == "up" else "up"}:
        return None
    return _result(claim, best[0], pairs[0], paper, block)


def _digits(bare: str) -> str:
    return bare.replace(",", "").replace(".", "").strip("0")


def _is_last(measure: Measure, claim: Claim) -> bool:
    """Does the row print the level for its last period, in the same unit?"""
    number, known = claim.number, measure.known
    if number is None or not known:
        return False
    return known[-1].value.value == number.value.value and _is_unit(known[-1], claim)


def _is_unit(figure: At, claim: Claim) -> bool:
    unit = claim.number.value.unit if claim.number else ""
    return unit == figure.value.unit or {unit, figure.value.unit} <= {"", "number", "fte"}


def _moved(before: At, after: At) -> str:
    one, other = before.value.value, after.value.value
    if one is None or other is None or one == other:
        return ""
    return "up" if other > one else "down"


def _result(claim: Claim, measure: Measure, pair: tuple[At, At], paper: Paper, block: Block) -> Result:
    before, after = pair
    went = "fell" if claim.way == "up" else "rose"
    return Result(
        verdict=Verdict.SUSPECT,
        check=Check.CLAIM,
        rule="claim-way-to-level",
        message=f"“{claim.text.strip()[:240]}”: the row “{measure.said}” {went} from {before.value.printed}"
        f" ({say_day(before.to)}) to {after.value.printed} ({say_day(after.to)}).",
        printed=(
            paper.print_of((block, claim.offset, claim.offset + len(claim.text)), text=claim.printed),
            measure.printed(before, after),
        ),
        recomputed=went,
    )
