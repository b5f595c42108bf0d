"""Is a reference read as it is written, and never anything else?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.register.references import Reference, parse_reference

CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
REFERENCES = st.builds(Reference, CODES, st.integers(1990, 2099), CODES, st.integers(1, 99_999))


@given(REFERENCES)
def test_what_is_written_is_read(reference: Reference) -> None:
    assert parse_reference(str(reference)) == reference
    assert parse_reference(f"  {str(reference).lower()} ") == reference


@given(st.lists(st.builds(Reference, st.just("WMC"), st.just(2022), st.just("AFI"), st.integers(1, 99_999))))
def test_places_sort_as_numbers_do(references: list[Reference]) -> None:
    by_place = sorted(references, key=lambda reference: reference.place)
    assert [reference.number for reference in by_place] == sorted(reference.number for reference in references)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("NTS-2022-AFI-07", "NTS-2022-AFI-07"),
        ("nts 2022 afi 7", "NTS-2022-AFI-07"),
        ("NTS-2022-AFI-107", "NTS-2022-AFI-107"),
    ],
)
def test_a_reference_is_read_however_it_is_typed(typed: str, expected: str) -> None:
    assert str(parse_reference(typed)) == expected


@pytest.mark.parametrize(
    "typed", ["", "crime recording", "NTS-22-AFI-07", "NTS-2022-AFI", "ＮＴＳ-2022-AFI-07", "٣-2022-AFI-1"]
)
def test_other_words_are_no_reference(typed: str) -> None:
    assert parse_reference(typed) is None
