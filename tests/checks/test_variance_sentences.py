"""Is an overspend that a sentence tells what the row of its table prints?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.variance_sentences import check_variance_sentences

pytestmark = pytest.mark.no_database

HEADS = table(
    "Head | Budget £000 | Forecast £000 | Variance £000",
    "Constables' pay | 78,420 | 77,995 | (425)",
    "Overtime | 3,950 | 4,890 | 940",
    "Vehicle fuel | 1,200 | 1,200 | 0",
    "Income | (8,940) | (9,740) | (800)",
    "Net expenditure | 74,630 | 74,345 | (285)",
)
SCHEMES = table(
    "Scheme | Original budget £m | Revised budget £m | Spend to date £m | Forecast £m | Variance £m",
    "Custody suite | 2.4 | 2.7 | 1.1 | 2.6 | (0.1)",
    "Control room | 1.7 | 2.4 | 0.7 | 2.0 | (0.4)",
    "Total | 4.1 | 5.1 | 1.8 | 4.6 | (0.5)",
)


def told(rows: str, text: str) -> list[Verdict]:
    return [each.verdict for each in wrong(check(check_variance_sentences, f"{rows}\n{text}\n"))]


@pytest.mark.parametrize(
    ("rows", "text", "verdict"),
    [
        (HEADS, "Constables’ pay is forecast to overspend by £0.4m.", Verdict.CONTRADICTION),
        (HEADS, "Constables’ pay is forecast to underspend by £0.6m.", Verdict.SUSPECT),
        (HEADS, "Overtime will overspend by £94,000.", Verdict.SUSPECT),
        (HEADS, "Income is forecast at £9.7m, £0.8m below the budget.", Verdict.CONTRADICTION),
        (HEADS, "The forecast overspend of £285,000 is due to many things.", Verdict.SUSPECT),
        (HEADS, "The forecast underspend of £2.85m is due to many things.", Verdict.SUSPECT),
        (SCHEMES, "The control room is forecast to overspend by £0.4m.", Verdict.CONTRADICTION),
        (SCHEMES, "The forecast underspend of £50,000 is mainly on the control room.", Verdict.SUSPECT),
        (SCHEMES, "The forecast underspend of £50,000 is due to delays.", Verdict.SUSPECT),
    ],
)
def test_what_the_row_does_not_print_is_told(rows: str, text: str, verdict: Verdict) -> None:
    assert told(rows, text) == [verdict]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (HEADS, "Constables’ pay is forecast to underspend by £0.4m."),
        (HEADS, "Constables’ pay is forecast to underspend by £425,000."),
        (HEADS, "Overtime will overspend by £0.9m."),
        (HEADS, "Overtime will overspend by about £1m."),
        (HEADS, "Overtime in the north will overspend by £0.7m."),
        (HEADS, "Overtime has overspent by £0.7m to date."),
        (HEADS, "Overtime would overspend by £1.1m if nothing were done."),
        (HEADS, "Overtime overspent by £1.1m last year."),
        (HEADS, "Income is forecast at £9.7m, £0.8m above the budget."),
        (HEADS, "The forecast underspend of £0.3m is due to many things."),
        (HEADS, "The forecast underspend of £0.7m on agency costs is due to many things."),
        (HEADS, "An overspend of £1.9m was reported in June."),
        (HEADS, "Vehicle fuel may overspend by £0.2m."),
        (SCHEMES, "The control room is forecast to underspend by £0.4m."),
        (SCHEMES, "The control room is forecast to underspend by £0.7m against what was spent."),
        (SCHEMES, "The forecast underspend of £0.5m is due to delays."),
        (SCHEMES, "The forecast underspend of £0.5m is mainly on the control room."),
        (SCHEMES, "The forecast underspend of £0.4m is mainly that of the control room."),
        (SCHEMES, "The underspend of £50,000 on the control room is mainly on glass."),
    ],
)
def test_what_agrees_or_may_mean_another_thing_is_left_alone(rows: str, text: str) -> None:
    assert not told(rows, text)


@settings(deadline=None, max_examples=40)
@given(st.integers(2_000, 9_999), st.integers(-900, 900), st.booleans())
def test_the_slow_difference_agrees(budget: int, over: int, says_over: bool) -> None:
    if not over:
        return
    rows = table(
        "Head | Budget £000 | Outturn £000", f"Fuel | {budget:,} | {budget + over:,}", "Tyres | 310 | 312"
    )
    text = f"Fuel {'overspent' if says_over else 'underspent'} by £{abs(over) * 1000:,}."
    assert bool(told(rows, text)) is ((over > 0) is not says_over)


@pytest.mark.parametrize("piece", ["overspend by £5m ", "£5m below the budget ", "underspend of the of ", "fuel "])
def test_a_long_line_does_not_hang(piece: str) -> None:
    told(HEADS, piece * (19_000 // len(piece)))
    told(HEADS, piece * (200_000 // len(piece)))
