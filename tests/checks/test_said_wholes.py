"""Is what a sentence makes of its own figures what they give?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check

from bluelamp.checks.model import Verdict
from bluelamp.checks.said_wholes import check_wholes

pytestmark = pytest.mark.no_database

RIGHT, DOUBT, WRONG = [Verdict.CONSISTENT], [Verdict.SUSPECT], [Verdict.CONTRADICTION]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Fleet overspent by £1.3m (£5.4m against a budget of £4.3m).", DOUBT),  # one rounded, one cut off
        ("Fleet overspent by £1.5m (£5.4m against a budget of £4.3m).", WRONG),
        ("There is an underspend of £0.2m (£5.4m against a revised budget of £5.9m).", WRONG),
        ("There is an underspend of £0.4m (£5.4m against a revised budget of £5.9m).", RIGHT),
        ("Fleet underspent by £1.1m (£5.4m against a budget of £4.3m).", WRONG),
        ("We spent £5.4m against a budget of £4.3m, an overspend of £1.4m.", WRONG),
        ("Fleet overspent by £1.1m (£5.4m against a budget of £4.3m).", RIGHT),
        ("Fleet overspent by £1.2m (£5.4m against a budget of £4.3m).", RIGHT),  # as it may have been rounded
        ("There is an underspend of £0.5m (£5.4m against a budget of £5.9m).", RIGHT),
        ("Fleet overspent by about £1.3m (£5.4m against a budget of £4.3m).", []),
        ("Fleet overspent by £1.3m (£5.4m against a budget of about £4.3m).", []),
        ("Fleet is underspent by £0.3m (£4.3m against a budget of £4.6m) and overspent by £1.2m on fuel.", RIGHT),
        ("Fleet overspent by £1.3m in May (£5.4m in the year).", []),
        ("Fleet overspent by £1.3m and 5 posts (£5.4m against a budget of £4.3m).", []),
    ],
)
def test_a_budget(text: str, verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in check(check_wholes, text)] == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("112% of officers were trained.", WRONG),
        ("In the year 104 per cent of the audits were completed.", WRONG),
        ("2.4 Over all, 103.5% of victims had a review.", WRONG),
        ("100% of officers were trained.", []),
        ("112% of the target was met.", []),
        ("112% of officers planned were trained.", []),
        ("112% of calls expected were answered.", []),
        ("112% of the establishment was in post.", []),
        ("Officers were 112% of last year's.", []),
        ("Up to 112% of officers were trained, compared with plan.", []),
        ("Income was 112% of cost.", []),
    ],
)
def test_more_than_all(text: str, verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in check(check_wholes, text)] == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Half of the 84 officers (52) were trained.", DOUBT),
        ("Two thirds (35) of the 60 were trained.", DOUBT),
        ("A quarter of 40 sites (15) are old.", DOUBT),
        ("Half of the 84 officers (42) were trained.", RIGHT),
        ("Two thirds (41) of the 60 were trained.", RIGHT),
        ("Half of the 9 sites (5) are old.", RIGHT),
        ("Nearly two thirds (35) of the 60 were trained.", []),
        ("Over half of the 84 officers (52) were trained.", []),
        ("Half of the 84 officers in 52 teams were trained.", []),
        ("Half of the 84 officers (1) were trained. (1) As at May.", []),
        ("Half of 84% (52) were trained.", []),
        ("In the first half of 2024 (52) were trained.", []),
    ],
)
def test_a_fraction_in_words(text: str, verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in check(check_wholes, text)] == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("There is slippage of £4.2m. Of this the estate is £3.9m (83% of the slippage).", DOUBT),
        ("Slippage was £4.2m, and the estate, at £3.9m, 83% of the slippage, is most of it.", DOUBT),
        ("There is slippage of £4.2m. Of this the estate is £3.9m (93% of the slippage).", RIGHT),
        ("The estate is £3.9m (83% of the slippage).", []),
        ("There is slippage of £4.2m. The estate is £3.9m (83% of the programme).", []),
        ("There is slippage of £4.2m, and £4.7m with fees. The estate is £3.9m (83% of the slippage).", []),
        (
            "There is slippage of £4.2m, last year slippage of £4.9m. The estate is £3.9m (83% of the slippage).",
            [],
        ),
        ("There is slippage of around £4.2m. The estate is £3.9m (83% of the slippage).", []),
    ],
)
def test_a_share_of_what_the_paragraph_gives(text: str, verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in check(check_wholes, text)] == verdicts


@pytest.mark.parametrize(
    "piece", ["half of ", "overspent by £1m (£2m against ", "112% of ", "the slippage of £4m ", "a "]
)
def test_a_long_line_does_not_hang(piece: str) -> None:
    check(check_wholes, piece * (19_000 // len(piece)))
