"""Is the way that an arrow points read as the sign of a change, and never as that of a level?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, series, table, wrong

from bluelamp.checks.cast_columns import check_columns
from bluelamp.checks.casts import check_casts
from bluelamp.checks.change_columns import check_change_columns
from bluelamp.checks.changes import check_changes
from bluelamp.checks.model import Verdict
from bluelamp.figures.arrows import points_down, with_arrow
from bluelamp.figures.printed import read_printed

pytestmark = pytest.mark.no_database

HEAD = "Rank | 2031 | 2032 | Change"
ROWS = ("Kelp | 1,300 | 1,310 | ▲ 10", "Marsh | 280 | 275 | ▼ 5", "Cove | 90 | 92 | ▲ 2", "Dune | 60 | 52 | {}")


@pytest.mark.parametrize(
    ("text", "down"),
    [("▼ 5", True), ("5 ↓", True), ("▲ 5", False), ("▼ -5", False), ("(5) ▼", False), ("▲▼ 5", False)],
)
def test_an_arrow_down_is_a_sign_where_there_is_none(text: str, down: bool) -> None:
    assert points_down(text) is down
    printed = read_printed("5")
    assert printed is not None
    assert with_arrow(printed) == printed


@pytest.mark.parametrize(
    ("last", "verdicts"),
    [
        ("▼ 8", []),
        ("▼ -8", []),
        ("-8", []),
        ("▼ 9", [Verdict.CONTRADICTION]),
        ("▲ 8", [Verdict.SUSPECT]),  # the arrow may say that it is better
        ("8", [Verdict.CONTRADICTION]),
    ],
)
def test_changes_in_number(last: str, verdicts: list[Verdict]) -> None:
    rows = [row.format(last) for row in ROWS]
    assert [each.verdict for each in wrong(check(check_columns, table(HEAD, *rows)))] == verdicts


@pytest.mark.parametrize(
    ("last", "verdicts"), [("↓ 13.3%", []), ("↓ 15.3%", [Verdict.CONTRADICTION]), ("↑ 13.3%", [Verdict.SUSPECT])]
)
def test_changes_in_per_cent(last: str, verdicts: list[Verdict]) -> None:
    rows = ("Kelp | 1,300 | 1,310 | ↑ 0.8%", "Marsh | 280 | 275 | ↓ 1.8%", "Cove | 90 | 92 | ↑ 2.2%",
            f"Dune | 60 | 52 | {last}")  # fmt: skip
    found = wrong(check(check_change_columns, table(HEAD, *rows)))
    assert [each.verdict for each in found] == verdicts


@pytest.mark.parametrize(
    ("printed", "verdicts"), [("▼ 10%", []), ("▼ 12%", [Verdict.CONTRADICTION]), ("▲ 10%", [Verdict.SUSPECT])]
)
def test_changes_that_a_reader_of_reports_has_read(printed: str, verdicts: list[Verdict]) -> None:
    subject = series("Burglary", ["100", "95", "92", "91", "90"], percent=printed)
    assert [each.verdict for each in wrong(check_changes([subject]))] == verdicts


def test_an_arrow_beside_a_level_is_no_sign() -> None:
    rows = ("Area | 2031 | 2032", "Kelp | 10 | 14 ▲", "Marsh | 20 | 16 ▼", "Cove | 30 | 24 ▼", "Total | 60 | 54 ▼")
    assert wrong(check(check_casts, table(*rows))) == []
