"""Is a sentence held to the row that it names, and to no other?"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.checks.claim_papers import (
    BRACKENSHIRE,
    FELLMOOR,
    HARROWDALE,
    KESTREL,
    LYNDALE,
    RAVENSMOOR,
    STONEWICK,
    read_paper,
)

from bluelamp.checks.claims import check_claims
from bluelamp.checks.claims_alone import check_sentences
from bluelamp.checks.model import Check, Result, Subject, Verdict

pytestmark = pytest.mark.no_database

CASES = [
    (BRACKENSHIRE, "Residential burglary fell by 12.9% in the 12 months to September 2023.", "consistent"),
    (BRACKENSHIRE, "Residential burglary fell by 19.2% in the 12 months to September 2023.", "contradiction"),
    (BRACKENSHIRE, "Residential burglary rose by 12.9% in the 12 months to September 2023.", "contradiction"),
    (BRACKENSHIRE, "Residential burglaries were down 13% on the previous year.", "consistent"),
    (BRACKENSHIRE, "There were 1,602 residential burglaries in the year ending September 2023.", "consistent"),
    (BRACKENSHIRE, "There were 1,620 residential burglaries in the year ending September 2023.", "contradiction"),
    (BRACKENSHIRE, "Shoplifting climbed by almost a third, from 5,210 to 6,873 offences.", "consistent"),
    (BRACKENSHIRE, "Shoplifting climbed from 5,120 to 6,873 offences.", "contradiction"),
    (BRACKENSHIRE, "Bicycle theft has halved.", "consistent"),
    (BRACKENSHIRE, "Bicycle theft has doubled.", "contradiction"),
    (BRACKENSHIRE, "Vehicle crime was virtually unchanged.", "consistent"),
    (
        BRACKENSHIRE,
        "Theft from the person increased by more than a quarter, with 107 more offences recorded.",
        "consistent",
    ),
    (BRACKENSHIRE, "Theft from the person increased by 107 offences (26%).", "consistent"),
    (BRACKENSHIRE, "Theft from the person decreased to 519.", "contradiction"),
    (BRACKENSHIRE, "Burglary at commercial premises fell by 3% and residential burglary by 13%.", "consistent"),
    (BRACKENSHIRE, "In the north of the county, residential burglary fell by 20%.", ""),
    (BRACKENSHIRE, "Nationally, shoplifting rose by 25% over the same period.", ""),
    (BRACKENSHIRE, "Residential burglary fell by 8% in the quarter.", ""),
    (BRACKENSHIRE, "Our target is to reduce residential burglary by 5% a year.", ""),
    (BRACKENSHIRE, "Residential burglary solved rates rose by 4 percentage points.", ""),
    (BRACKENSHIRE, "Around 6,900 shoplifting offences were recorded.", "consistent"),
    (BRACKENSHIRE, "Nearly 7,000 shoplifting offences were recorded in the year to September 2023.", "consistent"),
    (
        BRACKENSHIRE,
        "Over 7,000 shoplifting offences were recorded in the year to September 2023.",
        "contradiction",
    ),
    (BRACKENSHIRE, "Shoplifting is up by about 32 per cent.", "consistent"),
    (BRACKENSHIRE, "Shoplifting is up by about 23 per cent.", "contradiction"),
    (BRACKENSHIRE, "An average of 573 shoplifting offences a month were recorded.", "consistent"),
    (BRACKENSHIRE, "Residential burglary averaged 134 offences a month.", "consistent"),
    (BRACKENSHIRE, "Residential burglary averaged 184 offences a month.", "contradiction"),
    (FELLMOOR, "Accidental dwelling fires rose by 4.6% in 2022/23, from 284 to 297.", "consistent"),
    (FELLMOOR, "Accidental dwelling fires fell by 4.6% in 2022/23.", "contradiction"),
    (
        FELLMOOR,
        "Deliberate fires have increased in each of the last two years and now stand at 1,158.",
        "consistent",
    ),
    (FELLMOOR, "Deliberate fires increased by 14% last year.", "consistent"),
    (FELLMOOR, "Deliberate fires increased by 28% over two years.", "consistent"),
    (FELLMOOR, "Deliberate fires increased by 41% last year.", "contradiction"),
    (FELLMOOR, "FCT fell from 93.0% to 90.4%, a drop of 2.6 percentage points.", "consistent"),
    (FELLMOOR, "FCT fell from 93.0% to 90.4%, a drop of 6.2 percentage points.", "contradiction"),
    (FELLMOOR, "First call time stood at 94.0% in 2022/23.", "contradiction"),
    (FELLMOOR, "Just over 14,000 home safety visits were completed in 2022/23.", "consistent"),
    (FELLMOOR, "Just over 15,000 home safety visits were completed in 2022/23.", "contradiction"),
    (FELLMOOR, "Home safety visits rose by 3,066 in 2022/23.", "consistent"),
    (FELLMOOR, "Home safety visits rose by 3,660 in 2022/23.", "contradiction"),
    (FELLMOOR, "Firefighter sickness rose to 5.2% in 2022/23.", "contradiction"),
    (FELLMOOR, "The firefighter sickness rate improved slightly, from 5.6% to 5.2%.", "consistent"),
    (FELLMOOR, "In 2021/22 there were 1,012 deliberate fires.", "consistent"),
    (FELLMOOR, "In 2021/22 there were 1,158 deliberate fires.", "suspect"),
    (FELLMOOR, "In 2019/20 there were 1,240 deliberate fires.", ""),
    (FELLMOOR, "Deliberate fires at schools fell by 30% in 2022/23.", ""),
    (FELLMOOR, "Of the home safety visits, 62% were to people aged over 65.", ""),
    (FELLMOOR, "The budget for prevention rose by 3% to £2.4m.", ""),
    (FELLMOOR, "We expect accidental dwelling fires to fall by 10% in 2022/23.", ""),
    (STONEWICK, "A&E attendances rose by 11.8% in March 2024.", "consistent"),
    (STONEWICK, "A&E attendances rose by 18.1% in March 2024 compared with February 2024.", "contradiction"),
    (STONEWICK, "There were 8,955 A&E attendances in March 2024.", "consistent"),
    (STONEWICK, "There were 8,595 A&E attendances in March 2024.", "contradiction"),
    (STONEWICK, "Four-hour performance fell from 73.0% to 69.8%.", "consistent"),
    (STONEWICK, "Four-hour performance rose from 73.0% to 69.8%.", "contradiction"),
    (STONEWICK, "Four-hour performance in March 2024 was 69.8%, its lowest since records began.", "consistent"),
    (STONEWICK, "Ambulance handover delays rose by 84 to 455.", "consistent"),
    (
        STONEWICK,
        "Ambulance handover delays fell by 84 in March 2024 compared with February 2024.",
        "contradiction",
    ),
    (STONEWICK, "Ambulance handover delays of more than an hour fell by 9%.", ""),
    (STONEWICK, "In March 2023 there were 8,100 A&E attendances.", ""),
    (STONEWICK, "Paediatric A&E attendances rose by 4%.", ""),
    (LYNDALE, "Police officers increased by 78 during the year to 31 March 2022, to 1,951.", "consistent"),
    (LYNDALE, "Police officers increased by 87 during the year to 31 March 2022.", "contradiction"),
    (LYNDALE, "The number of special constables has fallen by 23% since March 2020.", "consistent"),
    (LYNDALE, "The number of special constables has fallen by 32% since March 2020.", "contradiction"),
    (LYNDALE, "PCSO numbers fell from 171 to 165.", "consistent"),
    (LYNDALE, "PCSO numbers fell from 117 to 165.", "contradiction"),
    (LYNDALE, "Police staff numbers are at their lowest in two years.", "consistent"),
    (LYNDALE, "Police staff numbers are at their highest in two years.", "contradiction"),
    (LYNDALE, "Police officers have more than doubled since March 2020.", "contradiction"),
    (LYNDALE, "Special constables gave 41,200 hours of duty in 2021/22.", ""),
    (LYNDALE, "The number of police officers on long-term sick leave fell by 6%.", ""),
    (LYNDALE, "Police officer leavers rose by 14% to 132.", ""),
    (LYNDALE, "Nearly 2,000 police officers were in post at 31 March 2022.", "consistent"),
    (LYNDALE, "Over 2,000 police officers were in post at 31 March 2022.", "contradiction"),
    (LYNDALE, "At 31 March 2021 there were 1,873 police officers.", "consistent"),
    (LYNDALE, "At 31 March 2021 there were 1,951 police officers.", "suspect"),
    (HARROWDALE, "Hate crime rose by 5.8% to 1,333 offences.", "consistent"),
    (HARROWDALE, "Hate crime, excluding malicious communications, fell by 2%.", ""),
    (HARROWDALE, "Racially aggravated hate crime rose by 7%.", ""),
    (HARROWDALE, "Hate crime victims who were satisfied rose by 3 points to 81%.", ""),
    (
        HARROWDALE,
        "Domestic abuse crimes fell by 2.2% while domestic abuse arrests rose by 1.4 points.",
        "consistent",
    ),
    (HARROWDALE, "High-risk domestic abuse crimes rose by 9%.", ""),
    (HARROWDALE, "Domestic abuse made up 17.5% of all recorded crime.", ""),
    (HARROWDALE, "One in six recorded crimes is domestic abuse.", ""),
    (HARROWDALE, "Recorded crime rose 5% and is now 14% above its level two years ago.", "consistent"),
    (HARROWDALE, "Across the most similar forces, recorded crime rose by 9%.", ""),
    (HARROWDALE, "Recorded crime rose by 9% in our most similar forces.", ""),
    (HARROWDALE, "Public confidence fell by one percentage point, from 58% to 57%.", "consistent"),
    (HARROWDALE, "Public confidence has fallen by 4 points since 2020.", "consistent"),
    (HARROWDALE, "Public confidence among young people fell by 6 points.", ""),
    (HARROWDALE, "Public confidence in the courts fell by 6 points.", ""),
    (HARROWDALE, "The abandonment rate for 101 calls improved from 14.9% to 11.0%.", "consistent"),
    (HARROWDALE, "The share of 101 calls abandoned fell by 3.9 points, more than a quarter.", "consistent"),
    (HARROWDALE, "101 calls fell by 4% to 310,000.", ""),
    (HARROWDALE, "The average time to answer 999 calls fell from 11 to 9 seconds.", "consistent"),
    (HARROWDALE, "The number of 999 calls rose by 12%.", ""),
    (HARROWDALE, "Stop and search rose by 5%, although it remains 7% below 2020.", "consistent"),
    (HARROWDALE, "Stop and search of children rose by 21%.", ""),
    (HARROWDALE, "Stop and search records scrutinised by the panel rose from 60 to 96.", ""),
    (HARROWDALE, "Without the change in counting rules, hate crime would have fallen by 3%.", ""),
    (HARROWDALE, "Hate crime in December rose by 14% on November.", ""),
    (HARROWDALE, "In the last quarter hate crime fell by 4%.", ""),
    (HARROWDALE, "Compared with the pre-pandemic baseline, hate crime is up by 30%.", ""),
    (HARROWDALE, "Since the launch of Operation Lantern, hate crime has dropped by 18%.", ""),
    (HARROWDALE, "Hate crime rose by 12% in Eastwold and fell by 4% in Westwold.", ""),
    (HARROWDALE, "The increase in hate crime of 5.8% compares with 9% nationally.", "consistent"),
    (HARROWDALE, "A 10% increase in hate crime would mean a further 133 victims.", ""),
    (HARROWDALE, "Hate crime is up by nearly 6%.", "consistent"),
    (HARROWDALE, "Hate crime is up by over 5%.", "consistent"),
    (HARROWDALE, "Hate crime is up by at least 5%.", "consistent"),
    (HARROWDALE, "Hate crime has risen by 231 offences (21%) since December 2020.", "consistent"),
    (HARROWDALE, "Around 1,300 hate crimes were recorded.", "consistent"),
    (HARROWDALE, "Some 9,700 domestic abuse crimes were recorded in the year.", "consistent"),
    (HARROWDALE, "More than 55,000 crimes were recorded in the year to December 2022.", "consistent"),
    (HARROWDALE, "Hate crime fell by 11% last month.", ""),
    (HARROWDALE, "Hate crime funding was increased by £45,000 to £200,000.", ""),
    (HARROWDALE, "Crime recorded by British Transport Police rose by 4%.", ""),
    (HARROWDALE, "The panel asked why hate crime rose by 5.8% when the plan was for a 5% fall.", "consistent"),
    (HARROWDALE, "Recorded crime fell by 5% last year.", "contradiction"),
    (HARROWDALE, "Hate crime rose by 8.5% last year.", "contradiction"),
    (HARROWDALE, "The 101 abandonment rate stood at 11.0% against 19.4% a year earlier.", ""),
    (HARROWDALE, "Public confidence rose from 58% to 57%.", "contradiction"),
    (HARROWDALE, "Domestic abuse crimes fell from 9,870 to 9,565.", "contradiction"),
    (HARROWDALE, "Stop and search fell to 4,102.", ""),
    (
        RAVENSMOOR,
        "2.1 The number of robberies decreased from 318 to 291, representing a reduction of 8.5%.",
        "consistent",
    ),
    (
        RAVENSMOOR,
        "2.1 The number of robberies decreased from 318 to 219, representing a reduction of 8.5%.",
        "contradiction",
    ),
    (RAVENSMOOR, "Robbery was 291 in 2022/23, compared with 318 in 2021/22.", "consistent"),
    (RAVENSMOOR, "Robbery was 291 in 2022/23, compared with 381 in 2021/22.", "contradiction"),
    (
        RAVENSMOOR,
        "Anti-social behaviour (ASB) incidents totalled 14,138, a fall of 9.5% on 2021/22.",
        "consistent",
    ),
    (
        RAVENSMOOR,
        "Anti-social behaviour (ASB) incidents totalled 14,318, a fall of 9.5% on 2021/22.",
        "contradiction",
    ),
    (RAVENSMOOR, "ASB fell by 1,482 incidents.", "consistent"),
    (RAVENSMOOR, "ASB fell by 1,842 incidents.", "contradiction"),
    (RAVENSMOOR, "The positive outcome rate improved by 1.7 percentage points to 19.1%.", "consistent"),
    (RAVENSMOOR, "The positive outcome rate improved by 7.1 percentage points to 19.1%.", "contradiction"),
    (RAVENSMOOR, "The positive outcome rate declined by 1.7 percentage points.", "contradiction"),
    (RAVENSMOOR, "88.9% of 999 calls were answered within 10 seconds in 2022/23.", "consistent"),
    (RAVENSMOOR, "98.8% of 999 calls were answered within 10 seconds in 2022/23.", "contradiction"),
    (RAVENSMOOR, "Officer headcount grew by 61.7 FTE to 2,166.2.", "consistent"),
    (RAVENSMOOR, "Officer headcount grew by around 60 FTE.", "consistent"),
    (RAVENSMOOR, "Officer headcount now stands at 2,166 FTE.", "consistent"),
    (RAVENSMOOR, "Officer headcount now stands at 2,266 FTE.", "contradiction"),
    (RAVENSMOOR, "The total budget rose by £7.3m to £221.9m.", "consistent"),
    (RAVENSMOOR, "The total budget rose by £9.3m to £221.9m.", "contradiction"),
    (RAVENSMOOR, "The total budget is £221.9 million, an increase of 3.4%.", "consistent"),
    (RAVENSMOOR, "Violence with injury increased by 253 offences (6.0%) to 4,463.", "consistent"),
    (RAVENSMOOR, "Violence with injury increased by 253 offences (6.0%) to 4,364.", "contradiction"),
    (RAVENSMOOR, "Domestic burglary fell sharply, by 13.4 per cent.", "consistent"),
    (RAVENSMOOR, "Domestic burglary fell sharply, by 31.4 per cent.", "contradiction"),
    (RAVENSMOOR, "There was a 6% rise in violence with injury and an 8.5% fall in robbery.", "consistent"),
    (RAVENSMOOR, "There was a 6% rise in violence with injury and an 8.5% rise in robbery.", "contradiction"),
    (RAVENSMOOR, "There was a 9% rise in violence with injury over the year.", "contradiction"),
    (RAVENSMOOR, "Both robbery and domestic burglary fell, by 8.5% and 13.4% respectively.", "consistent"),
    (RAVENSMOOR, "Robbery fell by just under 9%.", "consistent"),
    (RAVENSMOOR, "Robbery fell by just under 8%.", "contradiction"),
    (RAVENSMOOR, "Robbery has increased over the past year.", "contradiction"),
    (RAVENSMOOR, "Robbery has decreased over the past year.", "consistent"),
    (RAVENSMOOR, "Robberies are at their lowest level for five years.", ""),
    (RAVENSMOOR, "Fewer than 300 robberies were recorded in 2022/23.", "consistent"),
    (RAVENSMOOR, "Fewer than 250 robberies were recorded in 2022/23.", "contradiction"),
    (RAVENSMOOR, "An average of 24 robberies a month were recorded in 2022/23.", "consistent"),
    (RAVENSMOOR, "Personal robbery fell by 10% and business robbery by 3%.", ""),
    (RAVENSMOOR, "The Home Office grant rose by 2.1%.", ""),
    (RAVENSMOOR, "The capital budget rose by £1.2m.", ""),
    (RAVENSMOOR, "Robbery suspects charged rose by 12%.", ""),
    (RAVENSMOOR, "Robbery fell by 8.5%, against a regional fall of 3%.", "consistent"),
    (RAVENSMOOR, "Robbery victims rated the force 8.1 out of 10.", ""),
    (RAVENSMOOR, "Violence with injury accounted for 21% of recorded crime.", ""),
    (RAVENSMOOR, "Violence without injury rose by 11%.", ""),
    (RAVENSMOOR, "Domestic burglary in the Fenwick district rose by 4%.", ""),
    (RAVENSMOOR, "In the first six months, robbery had risen by 7%.", ""),
    (RAVENSMOOR, "Robbery rose in the first half of the year before falling in the second.", ""),
    (KESTREL, "Rape offences rose by 8% in the year to March 2023.", "consistent"),
    (KESTREL, "Rape offences rose by 58, to 760.", "consistent"),
    (KESTREL, "Rape offences rose by 1.6% in the latest quarter.", "consistent"),
    (KESTREL, "Rape offences rose by 16% in the latest quarter.", "contradiction"),
    (KESTREL, "The charge rate rose from 4.1% to 6.3%.", "consistent"),
    (KESTREL, "The charge rate rose from 4.1% to 3.6%.", "contradiction"),
    (KESTREL, "The charge rate for rape stood at 5.6% at December 2022.", "consistent"),
    (KESTREL, "The charge rate for rape stood at 7.3% in the year to March 2023.", "contradiction"),
    (
        KESTREL,
        "Modern slavery referrals fell by 4.5% over the year, having peaked at 97 in September 2022.",
        "consistent",
    ),
    (KESTREL, "Modern slavery referrals fell by 12.5% on the previous quarter.", "consistent"),
    (KESTREL, "Modern slavery referrals rose by 4.5% over the year.", "contradiction"),
    (KESTREL, "Drug driving arrests increased by 18% over the year and by 8% since December 2022.", "consistent"),
    (KESTREL, "Drug driving arrests increased by 81% over the year.", "contradiction"),
    (KESTREL, "The number of people killed or seriously injured on the roads fell by 4% to 377.", "consistent"),
    (
        KESTREL,
        "The number of people killed or seriously injured on the roads fell by 14% to 377.",
        "contradiction",
    ),
    (KESTREL, "KSI casualties on rural roads fell by 9%.", ""),
    (KESTREL, "Rape offences recorded within 24 hours rose to 91%.", ""),
    (KESTREL, "Of the 760 rape offences, 48 led to a charge.", ""),
    (KESTREL, "Victim withdrawal in rape cases fell from 61% to 54%.", ""),
    (KESTREL, "Drug driving arrests averaged 50 a month.", "consistent"),
    (KESTREL, "Drug driving arrests averaged 60 a month.", "contradiction"),
    (KESTREL, "Drug driving arrests in the December campaign rose by 30%.", ""),
    (KESTREL, "The Commissioner has given £58,000 to modern slavery referral services, a 10% increase.", ""),
    (KESTREL, "Our ambition is for the rape charge rate to rise to 9%.", ""),
    (KESTREL, "Rape offences are up 8.3% and the charge rate is up 2.2 points.", "consistent"),
    (HARROWDALE, "In one area hate crime fell by 12%.", ""),
    (HARROWDALE, "Hate crime fell by 12% in some of the districts.", ""),
]
"""A table, a sentence below it, and the gravest that may be said of it; "" where nothing wrong may be said."""


def check(text: str, sentence: str) -> list[Result]:
    subject = read_paper(f"{text}{sentence}\n")
    return [*check_claims([subject]), *check_sentences([subject])]


@pytest.mark.parametrize(("table", "sentence", "verdict"), CASES, ids=[sentence for _, sentence, _ in CASES])
def test_a_sentence_below_a_table(table: str, sentence: str, verdict: str) -> None:
    found = {result.verdict for result in check(table, sentence)}
    wrong = found & {Verdict.CONTRADICTION, Verdict.SUSPECT}
    assert (Verdict(verdict) in found) if verdict else not wrong
    assert verdict in ("contradiction", "suspect", "") or not wrong


def test_both_places_are_cited_and_the_arithmetic_is_said() -> None:
    (result,) = check(BRACKENSHIRE, "Residential burglary fell by 19.2% in the 12 months to September 2023.")
    assert result.check is Check.CLAIM
    sentence, row = result.printed
    assert "19.2%" in sentence.citations[0].quote
    assert "1,840" in row.citations[0].quote
    assert "-12.9%" in result.message
    assert "1,840 (30 September 2022) to 1,602 (30 September 2023)" in result.message


def test_of_two_rows_that_could_be_meant_one_that_agrees_is_enough() -> None:
    table = BRACKENSHIRE.replace("Bicycle theft", "Theft of bicycles")
    assert {r.verdict for r in check(table, "Theft of bicycles fell by 50%.")} == {Verdict.CONSISTENT}


def test_a_row_beside_it_that_agrees_makes_it_a_doubt() -> None:
    found = check(BRACKENSHIRE, "Theft from the person fell by 49.8% in the 12 months to September 2023.")
    assert [r.verdict for r in found] == [Verdict.SUSPECT]
    assert "Bicycle theft" in found[0].message


def test_points_called_per_cent_are_a_doubt() -> None:
    found = check(HARROWDALE, "The domestic abuse arrests rate rose by 1.4% in the year to December 2022.")
    assert [r.verdict for r in found] == [Verdict.SUSPECT]
    assert "percentage points" in found[0].message


def test_a_share_is_no_number_of_crimes() -> None:
    found = check(HARROWDALE, "101 calls abandoned fell by 12% last year.")
    assert {r.verdict for r in found} <= {Verdict.UNCHECKED, Verdict.CONSISTENT}


def test_an_abbreviation_stands_for_the_words_of_a_row() -> None:
    table = FELLMOOR.replace("Accidental dwelling fires", "Accidental dwelling fires: north")
    found = check(table, "The ADF total for the north rose from 284 to 279.")
    assert Verdict.CONTRADICTION in {r.verdict for r in found}


def test_a_claim_of_another_document_must_name_its_period() -> None:
    table = read_paper(BRACKENSHIRE)
    said = "# Brackenshire Police press notice\n\nResidential burglary fell by 19.2%{} .\n"
    for words, verdict in (
        ("", Verdict.UNCHECKED),
        (" in the 12 months to September 2023", Verdict.CONTRADICTION),
    ):
        notice = read_paper(said.format(words).replace(" .", "."), "notice.md")
        (result,) = check_claims([notice, table])
        assert result.verdict is verdict
        assert [c[0].document_sha256 for c in (p.citations for p in result.printed)] == [
            notice.document.sha256,
            table.document.sha256,
        ]


# -- what the table itself says never contradicts it ----------------------------------------------------------

NAMES = ("Harbour patrols", "Lost dogs found", "Permits granted")


def table_of(rows: list[tuple[int, int]]) -> Subject:
    lines = "\n".join(f"| {name} | {a:,} | {b:,} |" for name, (a, b) in zip(NAMES, rows, strict=False))
    return read_paper(f"# Port report\n\n| Measure | 2020/21 | 2021/22 |\n|---|---|---|\n{lines}\n\nWORDS\n")


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@st.composite
def true_sentences(draw: st.DrawFn) -> tuple[list[tuple[int, int]], str]:
    figures = st.integers(20, 90_000)
    rows = draw(st.lists(st.tuples(figures, figures), min_size=1, max_size=3))
    at = draw(st.integers(0, len(rows) - 1))
    (a, b), name = rows[at], NAMES[at]
    assume(a != b)
    way = draw(st.sampled_from(["rose", "increased", "grew"] if b > a else ["fell", "decreased", "dropped"]))
    percent = rounded(abs(Decimal(b - a)) * 100 / a, draw(st.integers(0, 2)))
    change = draw(st.sampled_from([f"{percent}%", f"{percent} per cent", f"{abs(b - a):,}"]))
    hundreds = (b // 100) * 100
    period = draw(st.sampled_from(["", " in 2021/22", " over the last year", " compared with 2020/21"]))
    shapes = [
        f"{name} {way} by {change}{period}.",
        f"{name} {way} from {a:,} to {b:,}{period}.",
        f"{name} {way} by around {percent}%{period}.",
        f"There were {b:,} {name.lower()} in 2021/22.",
        f"{name} {way} to {b:,}{period}.",
    ]
    if hundreds >= 100:
        shapes += [
            f"Over {hundreds - 1:,} {name.lower()} in 2021/22.",
            f"Around {hundreds:,} {name.lower()} in 2021/22.",
        ]
        shapes += [f"Fewer than {hundreds + 100:,} {name.lower()} in 2021/22."]
    return rows, draw(st.sampled_from(shapes))


@settings(max_examples=150, deadline=None)
@given(true_sentences())
def test_a_sentence_made_from_the_table_never_contradicts_it(made: tuple[list[tuple[int, int]], str]) -> None:
    rows, sentence = made
    subject = table_of(rows)
    text = subject.document.text.replace("WORDS", sentence)
    wrong = [r.message for r in check_claims([read_paper(text)]) if r.verdict is Verdict.CONTRADICTION]
    assert not wrong


@settings(max_examples=80, deadline=None)
@given(st.integers(200, 9_999), st.integers(200, 9_999), st.integers(2, 60))
def test_a_change_that_is_far_off_contradicts(a: int, b: int, off: int) -> None:
    true = abs(Decimal(b - a)) * 100 / a
    assume(true > 1)
    said = rounded(true + off, 1)
    assume("fell" if b < a else "rose")
    way = "fell" if b < a else "rose"
    assume(way == "rose" or said <= 100)
    subject = table_of([(a, b)])
    text = subject.document.text.replace("WORDS", f"Harbour patrols {way} by {said}% in 2021/22.")
    verdicts = {r.verdict for r in check_claims([read_paper(text)])}
    assert verdicts & {Verdict.CONTRADICTION, Verdict.SUSPECT}


@pytest.mark.parametrize(
    "piece", ["patrols fell by ", "from 1 to 2, ", "and patrols ", "(1%) ", "highest in two years, ", "AB ", "1 "]
)
def test_a_megabyte_does_not_hang(piece: str) -> None:
    table = "# Port\n\n| Measure | 2020/21 | 2021/22 |\n|---|---|---|\n| Harbour patrols AB | 10 | 20 |\n\n"
    whole = piece * (1_000_000 // len(piece))
    assert list(check_claims([read_paper(f"{table}{whole}\n")])) is not None


@pytest.mark.shared
def test_the_gold_claims(shared) -> None:  # type: ignore[no-untyped-def]
    path = next((shared / "seeds").glob("003*.txt"))
    subject = read_paper(path.read_text(encoding="utf-8"), path.name)
    results = list(check_claims([subject]))
    grave = [r for r in results if r.verdict is Verdict.CONTRADICTION]
    assert any(
        "199% reduction of FTE" in r.message and "3B.12" in r.message and "-19.3%" in r.message for r in grave
    )
    assert len(grave) == 1
    assert sum(r.verdict is Verdict.CONSISTENT for r in results) >= 55
