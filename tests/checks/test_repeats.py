"""Is a pair of figures that stands twice told, and one that comes twice by chance left alone?"""

from __future__ import annotations

import random

import pytest
from tests.checks.made_subjects import check, series, table, wrong

from bluelamp.checks.changes import check_changes
from bluelamp.checks.model import Verdict
from bluelamp.checks.repeats import check_repeats

pytestmark = pytest.mark.no_database

HEAD = "Area | Recorded | Solved | Open"
ROWS = ("North | 412 | 231 | 18", "South | 655 | 302 | 22", "West | 188 | 97 | 4")


def test_two_rows_that_share_a_pair_and_differ_in_the_rest() -> None:
    (found,) = wrong(check(check_repeats, table(HEAD, *ROWS, "East | 655 | 302 | 31")))
    assert found.verdict is Verdict.SUSPECT
    assert found.message.startswith("“South” and “East” both print 655 and 302, and differ in the rest")
    assert [printed.text for printed in found.printed] == ["South 655 302 22", "East 655 302 31"]


@pytest.mark.parametrize(
    "row",
    [
        "East | 655 | 302 | 22",  # nothing differs: the same row under two names
        "East | 655 | 303 | 31",
        "Total | 655 | 302 | 31",
        "of which South | 655 | 302 | 31",
        "South and coast | 655 | 302 | 31",  # one is the other's group
        "East | 302 | 655 | 31",
    ],
)
def test_rows_that_need_not_be_copies(row: str) -> None:
    assert wrong(check(check_repeats, table(HEAD, *ROWS, row))) == []


@pytest.mark.parametrize("pair", ["50 | 10", "600 | 302", "650 | 300", "65 | 30"])
def test_round_and_short_figures_come_twice_by_chance(pair: str) -> None:
    rows = (f"North | {pair} | 18", f"East | {pair} | 31", "West | 188 | 97 | 4")
    assert wrong(check(check_repeats, table(HEAD, *rows))) == []


MONTHS = "Year | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec | Jan | Feb | Mar"


def test_two_years_of_like_months_share_a_pair_now_and_then() -> None:
    rows = (
        "2017 | 278 | 284 | 307 | 273 | 269 | 287 | 259 | 267 | 297 | 281 | 266 | 290",
        "2018 | 271 | 262 | 301 | 288 | 283 | 274 | 263 | 279 | 285 | 291 | 268 | 303",
        "2019 | 280 | 259 | 294 | 276 | 260 | 287 | 272 | 264 | 297 | 284 | 275 | 296",
    )
    assert wrong(check(check_repeats, table(MONTHS, *rows))) == []


def test_a_pair_of_many_figures_is_no_chance_among_months_either() -> None:
    rows = (
        "2017 | 27,814 | 28,451 | 30,702 | 27,318 | 26,933 | 28,742",
        "2018 | 27,814 | 26,215 | 30,702 | 28,872 | 28,316 | 27,455",
        "2019 | 28,015 | 25,934 | 29,417 | 27,666 | 26,045 | 28,713",
    )
    assert len(wrong(check(check_repeats, table("Year | Apr | May | Jun | Jul | Aug | Sep", *rows)))) == 1


@pytest.mark.parametrize(("width", "level"), [(3, 150), (3, 800), (6, 400), (12, 280), (12, 900)])
def test_figures_drawn_at_random_around_one_level_are_seldom_told(width: int, level: int) -> None:
    """Forty tables of ten rows each: the bound on chance lets at most a few of them through."""
    draw = random.Random(f"{width} {level}")
    head = " | ".join(["Area", *(f"Measure {n}" for n in range(width))])
    told = 0
    for _ in range(40):
        rows = [
            f"Area {name} | "
            + " | ".join(str(draw.randint(level * 9 // 10, level * 11 // 10)) for _ in range(width))
            for name in range(10)
        ]
        told += bool(wrong(check(check_repeats, table(head, *rows))))
    assert told <= 4


# -- a count beside two shares, in a row of a performance report ---------------------------------------------


def _row(one: str, other: str) -> list[str]:
    read = series("Burglary", [one, other])
    return [each.message for each in wrong(check_changes([read]), "repeat")]


def test_one_count_beside_two_shares() -> None:
    assert "stands beside" in _row("5.06% (412 / 8,142)", "4.21% (412 / 8,142)")[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5.06% (412 / 8,142)", "5.06% (412 / 8,142)"),
        ("5.06% (412 / 8,142)", "4.21% (343 / 8,142)"),
        ("5.06% (412 / 8,142)", "4.21% (412 / 9,786)"),
        ("5.06%", "4.21%"),
    ],
)
def test_a_count_that_may_stand_still(one: str, other: str) -> None:
    assert _row(one, other) == []
