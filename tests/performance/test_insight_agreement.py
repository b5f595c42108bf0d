"""Does an edited headline agree with the numbers?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.report_rows import make_row

from bluelamp.figures.months import Span
from bluelamp.performance.insight_agreement import compare_headline, find_other_numbers
from bluelamp.performance.insight_claims import Claim, make_claims
from bluelamp.performance.insight_facts import say_change, suggest_facts
from bluelamp.performance.reports.headlines import make_headlines
from bluelamp.performance.reports.model import ReportRow, Verdict

pytestmark = pytest.mark.no_database

SENTENCE = "Knife crime: 171 in January to March 2021, 204 a year before; expected 183 to 228."
KNIFE = make_row(2764, 2700, 2600, 2400, 2317, verdict=Verdict.POSITIVE, sentence=SENTENCE)
VICTIMS = make_row(
    "78.2", "78.0", "77.9", "77.5", "77.4",
    code="2A.1", name="Victims who are satisfied", unit="percentage", decimals=1, polarity="higher-is-better",
)  # fmt: skip
CLAIMS = make_claims([KNIFE, VICTIMS])

AGREE = [
    "Knife crime fell to 2,317 in the 12 months to March 2021, from 2,764 a year before (-447, -16.2%).",
    "Knife crime fell by 16% in the 12 months to March 2021.",
    "Knife crime fell by around 450 to 2,317 in 2020/21, having been 2,764 in 2019/20.",
    "In the year to March 2021, 2,317 offences of knife crime were recorded, the fewest of the last 5 quarters.",
    "Knife crime improved: 2,317 offences, against 2,764 a year before.",
    "Knife crime is better than expected: 171 in the quarter, where 183 to 228 were expected.",
    "Just over 2,300 offences of knife crime.",
    "Knife crime is still to be reduced; up to 2,400 was the aim.",
    "Victims who are satisfied: down 0.8 percentage points to 77.4%.",
    "Victims who are satisfied: stable at 77%.",
    "Knife crime fell to 2,317; victims who are satisfied fell to 77.4%.",
    "Knife crime (-16.2%, to 2,317) and victims who are satisfied (-0.8% pts, to 77.4%).",
]
DISAGREE = [
    ("Knife crime rose to 2,317 in the 12 months to March 2021.", "“rose” disagrees"),
    ("Knife crime fell to 2,371 in the 12 months to March 2021.", "“2,371” is not among"),
    ("Knife crime: 2,317 in the 12 months to March 2020.", "not of “12 months to March 2020”"),
    ("Knife crime: 2,764 in the 12 months to March 2021.", "not of “12 months to March 2021”"),
    ("Knife crime fell by 6.2%.", "“6.2%” is not among"),
    ("Knife crime changed (+16.2%).", "“+16.2%” has the wrong sign"),
    ("Knife crime fell by 16.2 percentage points.", "in per cent, not percentage points"),
    ("Knife crime worsened.", "“worsened” disagrees"),
    ("Knife crime is unchanged at 2,317.", "“unchanged” disagrees"),
    ("Knife crime is stable.", "“stable” disagrees"),
    ("Knife crime is worse than expected.", "is a positive exception"),
    ("Knife crime fell in the 12 months to June 2021.", "no period of this report"),
    ("More than 2,800 offences of knife crime.", "“2,800” is not among"),
    ("Victims who are satisfied fell by 0.8%.", "in percentage points, not per cent"),
    ("Victims who are satisfied rose to 77.4%.", "“rose” disagrees"),
    ("Knife crime fell to 77.4%; victims who are satisfied fell to 2,317.", "“77.4%” is not among"),
    ("Increases: knife crime (to 2,317) and victims who are satisfied (to 77.4%).", "“Increases”"),
    ("Knife crime rose, while victims who are satisfied fell.", "“rose” disagrees"),
]


@pytest.mark.parametrize("words", AGREE)
def test_what_agrees_is_left_alone(words: str) -> None:
    found = compare_headline(words, CLAIMS)
    assert found.faults == ()
    assert found.compared > 0


@pytest.mark.parametrize(("words", "fault"), DISAGREE)
def test_what_disagrees_is_said(words: str, fault: str) -> None:
    faults = compare_headline(words, CLAIMS).faults
    assert any(fault in each for each in faults), faults


def test_an_untrue_word_is_found_however_it_is_written() -> None:
    assert not compare_headline("KNIFE  CRIME\nROSE TO 2,317", CLAIMS).holds


def test_words_that_deny_or_aim_are_no_statement() -> None:
    for words in ("Knife crime did not rise.", "The aim is to increase reports of knife crime.", "It could rise."):
        assert compare_headline(words, CLAIMS[:1]).holds


def test_a_number_of_the_generated_sentence_may_be_said_again_and_another_not() -> None:
    generated = ("3 of 14 indicators are exceptions in January to March 2021.",)
    assert compare_headline("Of 14 indicators, 3 stand out.", CLAIMS, generated=generated).holds
    assert not compare_headline("Of 14 indicators, 4 stand out.", CLAIMS, generated=generated).holds


def test_without_figures_nothing_is_compared_but_its_own_numbers() -> None:
    row = make_row(None, None, None, None, None)
    assert compare_headline("Knife crime rose.", make_claims([row])).compared == 0
    assert not compare_headline("Knife crime rose to 5.", make_claims([row])).holds


counts = st.integers(min_value=0, max_value=99_999)


@given(values=st.lists(counts, min_size=5, max_size=5))
def test_what_is_generated_agrees_with_itself(values: list[int]) -> None:
    row = make_row(*values)
    claims = make_claims([row])
    for words in (*make_headlines([row], row.latest.to), f"{row.indicator.name}: {say_change(row)}"):
        assert compare_headline(words, claims, generated=make_headlines([row], row.latest.to)).faults == ()


@given(values=st.lists(counts, min_size=5, max_size=5), span=st.sampled_from([Span.QUARTER, Span.YEAR]))
def test_the_direction_is_that_of_plain_subtraction(values: list[int], span: Span) -> None:
    claims = make_claims([make_row(*values, span=span)])
    rose = compare_headline("Knife crime rose.", claims).holds
    fell = compare_headline("Knife crime fell.", claims).holds
    assert rose == (values[-1] > values[0])
    assert fell == (values[-1] < values[0])


@given(values=st.lists(counts, min_size=5, max_size=5), said=st.integers(min_value=100, max_value=99_999))
def test_a_bare_number_is_one_of_the_numbers_or_is_said(values: list[int], said: int) -> None:
    """The slow twin: every figure, and every change from each earlier period to the last."""
    moved = {abs(values[-1] - each) for each in values[:-1]}
    known = said in {*values, *moved}
    assert compare_headline(f"Knife crime: {said:,} offences.", make_claims([make_row(*values)])).holds == known


@settings(max_examples=60)
@given(words=st.text(max_size=400))
def test_no_words_break_it(words: str) -> None:
    compare_headline(words, CLAIMS)


@pytest.mark.parametrize("piece", ["9", "12 months to ", "9,", "rose ", "(", "[1] ", "more than ", "£", "% "])
def test_hostile_words_are_read_to_their_end(piece: str) -> None:
    assert compare_headline(piece * 20_000, CLAIMS).compared >= 0


def test_facts_say_numbers_and_never_why() -> None:
    from bluelamp.performance.insight_opinions import find_cause

    facts = suggest_facts(KNIFE)
    assert facts[0] == SENTENCE
    assert (
        "2,317 in the 12 months to March 2021, against 2,764 in the 12 months to March 2020: 447 fewer" in facts[1]
    )
    assert "That is the lowest of the 5 periods shown." in facts
    assert [each for each in facts if find_cause(each)] == []


def test_what_is_not_known_is_a_fact_too() -> None:
    assert suggest_facts(make_row(100, 90, 95, 93, None)) == ("It is pending.",)


def claim_of(row: ReportRow) -> Claim:
    return make_claims([row])[0]


def test_a_claim_survives_being_kept() -> None:
    import msgspec

    kept = msgspec.json.decode(msgspec.json.encode(claim_of(KNIFE)), type=Claim)
    assert kept == claim_of(KNIFE)


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("Burglary rose by 3.9% [1], 121 more.", ()),
        ("It rose by 4% in July 2026 [12].", ()),
        ("It rose by 9.9%; 12 people were charged.", ("9.9%", "12")),
        ("", ()),
    ],
)
def test_numbers_that_the_facts_do_not_have_are_named(words: str, others: tuple[str, ...]) -> None:
    facts = ["3,262 in the 12 months to September 2026, against 3,141: 121 more, or +3.9%."]
    assert find_other_numbers(words, facts) == others
