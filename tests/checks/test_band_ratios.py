"""Are council tax bands held to the ninths that the law gives them, and nothing else that is called A to H?"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.ratio_columns import check_ratio_columns

pytestmark = pytest.mark.no_database

NINTHS = {"A": 6, "B": 7, "C": 8, "D": 9, "E": 11, "F": 13, "G": 15, "H": 18}
SOUND = {"A": "191.04", "B": "222.88", "C": "254.72", "D": "286.56", "E": "350.24", "F": "413.92", "G": "477.60",
         "H": "573.12"}  # fmt: skip


def _rows(values: dict[str, str], label: str = "{}") -> list[str]:
    return [f"{label.format(band)} | {value}" for band, value in values.items()]


@pytest.mark.parametrize("label", ["{}", "Band {}", "Band {} | "])
@pytest.mark.parametrize(
    ("band", "printed", "told"),
    [
        ("F", "419.32", 1),
        ("D", "268.56", 1),
        ("A", "191.40", 1),
        ("H", "573.12", 0),
        ("H", "573.13", 0),
        ("F", "n/a", 0),
    ],
)
def test_one_band_that_does_not_fit(label: str, band: str, printed: str, told: int) -> None:
    head = "Band | 2032/33 £" if label.count("|") == 0 else "Band | Note | 2032/33 £"
    rows = _rows({**SOUND, band: printed}, label)
    found = wrong(check(check_ratio_columns, table(head, *rows)))
    assert [f"prints {printed} under" in each.message for each in found] == [True] * told


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("Band | Dwellings", {**SOUND, "F": "419.32"}),
        ("Band | Increase £", {**SOUND, "F": "419.32"}),
        ("Grade | Pay £", {"A": "20", "B": "24", "C": "30", "D": "37", "E": "45"}),
        ("Band | £", {"A": "191.04", "B": "222.88", "F": "419.32"}),  # too few
        ("Band | £", {**SOUND, "E": "355.24", "F": "419.32", "G": "480.00"}),  # of no ninths
        ("Band | £", {band: str(round(Decimal(value))) for band, value in SOUND.items()}),
    ],
)
def test_what_is_in_no_ninths(head: str, values: dict[str, str]) -> None:
    assert wrong(check(check_ratio_columns, table(head, *_rows(values)))) == []


@given(st.integers(5_000, 300_000), st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]), st.sampled_from(["0.01", "1"]))
def test_bands_that_were_rounded_or_cut_off_are_never_wrong(pence: int, how: str, place: str) -> None:
    of_d = Decimal(pence) / 100
    values = {band: str((of_d * n / 9).quantize(Decimal(place), how)) for band, n in NINTHS.items()}
    assert wrong(check(check_ratio_columns, table("Band | Charge £", *_rows(values)))) == []
