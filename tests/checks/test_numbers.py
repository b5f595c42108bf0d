"""Which figures in running text are numbers, and what may they stand for?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.checks.numbers import find_numbers

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Missing person reports fell by 16% in the year.", ["16 percent"]),
        ("There were around 5,100 stop and searches.", ["5100 around"]),
        (
            "The rate went from 41% to 39%, a fall of 2 percentage points.",
            ["41 percent", "39 percent", "2 points"],
        ),
        ("On 3 March 2021 the 4C.2 rate of 2020/21 was 0.48%.", ["0.48 percent"]),
        ("See page 12, paragraph 3.2 and appendix 4 for 2021.", []),
        ("It spent £1.2 million on 12 cars (3 electric).", ["1200000 gbp", "12", "3"]),
        ("A total of (674) deployments at 10:30 on the 2nd floor.", ["674"]),
        ("just over £25k was saved in 78.5 days", ["25000 gbp just over", "78.5 days"]),
        ("It rose by +4.36 and fell by -0.5 pts.", ["4.36", "-0.5 points"]),
        ("1980 records were read in 1980", []),
        ("1,980 records were read", ["1980"]),
        ("They rose from 950¹ to 1,000³, by 5.3%² or £1.2m¹,².", ["950", "1000", "5.3 percent", "1200000 gbp"]),
        ("A yard of 950 m², and one of 40m², held 10⁶ seeds.", ["950"]),
    ],
)
def test_numbers_of_a_sentence(text: str, said: list[str]) -> None:
    found = [
        " ".join(filter(None, [f"{(each.value.value or Decimal(0)).normalize():f}", each.value.unit, each.hedge]))
        for each in find_numbers(text)
    ]
    assert found == said


@given(st.integers(0, 10**9), st.sampled_from(["There were {} calls.", "{} of them came", "from {} to five"]))
def test_a_count_is_found_with_its_commas(count: int, sentence: str) -> None:
    text = sentence.format(f"{count:,}")
    found = find_numbers(text)
    if 1900 <= count < 2100 and "," not in f"{count:,}":
        return
    assert [each.value.value for each in found] == [Decimal(count)]
    assert text[found[0].start : found[0].end] == f"{count:,}"


@pytest.mark.parametrize("piece", ["1,", "(", "9", "about ", "£ ", "1.", "- "])
def test_a_megabyte_does_not_hang(piece: str) -> None:
    find_numbers(piece * (1_000_000 // len(piece)))


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("3.1 Of the 61 actions 38 are open.", ["61", "38"]),
        ("12.4.2 A total of 61 are open.", ["61"]),
        ("3.1 million calls were taken.", ["3.1"]),
        ("4.5 FTE posts are vacant.", ["4.5"]),
        ("61 Recommendations are open.", ["61"]),
    ],
)
def test_a_paragraphs_own_number_is_no_figure(text: str, bare: list[str]) -> None:
    assert [number.bare for number in find_numbers(text)] == bare
