"""Are figures read from every layout, and is everything that cannot be taken named with its cell?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.loading_samples import DAY, PLAN, indicator, make_book, read_all, read_csv, refusals, said

from bluelamp.figures.months import Month, Span
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database

LONG = "Code,Area,Period,Value,Numerator,Denominator,Sample,Half width,Provisional\n"


def test_a_row_for_each_figure() -> None:
    read = read_csv(
        LONG + "1A1,Force,Mar-21,171,,,,,\n1A1,North,2021-03,60,,,,,yes\n1A2,N Div,31/03/2021,77.4%,1553,2006,,,\n"
        "3C1,south calder,Q4 2020/21,52,,,1200,2.8,\n"
    )
    assert refusals(read) == []
    assert said(read) == {
        ("1A1", "force", "2021-03"): "171",
        ("1A1", "north", "2021-03"): "60",
        ("1A2", "north", "2021-03"): "77.4",
        ("3C1", "south", "2021-03"): "52",
    }
    by_code = {(each.key.code, each.key.area): each for each in read.figures}
    assert by_code["1A1", "north"].point.flags == ("provisional",)
    assert by_code["1A2", "north"].point.numerator == 1553
    survey = by_code["3C1", "south"]
    assert (survey.key.span, survey.point.sample, survey.point.half_width) == (Span.QUARTER, 1200, Decimal("2.8"))
    assert by_code["1A1", "force"].point.cell == "D2"


def test_a_column_for_each_period() -> None:
    read = read_csv("Ref;Area;Apr-20;May-20;Trend\n1A1;Force;10;12;up\nKnife crime;South;3;;down\n")
    assert said(read) == {
        ("1A1", "force", "2020-04"): "10",
        ("1A1", "force", "2020-05"): "12",
        ("1A1", "south", "2020-04"): "3",
    }
    assert any("1 cell is empty" in each for each in read.told)
    assert any("“Trend”" in each for each in read.told)


def test_a_column_for_each_indicator() -> None:
    head = "Month,Area,1A1,1A2,1A2 numerator,1A2 denominator,Comment\n"
    read = read_csv(head + "Apr 2020,North,10,50.0,5,10,fine\nMay 2020,North,11,,6,10,\n")
    assert refusals(read) == []
    assert said(read)["1A2", "north", "2020-05"] == "60"
    assert said(read)["1A1", "north", "2020-05"] == "11"


def test_without_a_column_of_areas_it_is_the_whole_force_or_the_area_of_the_sheet() -> None:
    rows = [["Code", "Apr-20", "May-20"], ["1A1", 1, 2]]
    read = read_all({"book.xlsx": make_book({"North": rows, "Totals": rows})})
    assert {key[1] for key in said(read)} == {"north", "force"}


@pytest.mark.parametrize(
    ("cell", "kept", "printed"),
    [
        ("pending", "pending", "pending"),
        ("n/a", "not-applicable", "n/a"),
        ("..", "not-published", ".."),
        ("*", "not-published", "*"),
        ("TBC", "pending", "TBC"),
        ("#N/A", "not-published", "#N/A"),
        ("suppressed", "suppressed", "suppressed"),
        ("<5", "suppressed", "<5"),
        ("fewer than 10", "suppressed", "fewer than 10"),
        ("not recorded", "not-recorded", "not recorded"),
        ("1,234", "1234", ""),
        ("1,234 (p)", "1234", "1,234 (p)"),
        ("171*", "171", "171*"),
        ("0", "0", ""),
        ("nil", "0", "nil"),
        ("around 5,100", "5100", "around 5,100"),
    ],
)
def test_what_a_cell_of_a_count_says(cell: str, kept: str, printed: str) -> None:
    read = read_csv(f'Code,Period,Value\n1A1,Mar-21,"{cell}"\n')
    assert refusals(read) == []
    assert list(said(read).values()) == [kept]
    assert read.figures[0].point.printed == printed


def test_marks_beside_a_number_are_kept_as_what_they_are() -> None:
    read = read_csv('Code,Period,Value\n1A1,Mar-21,171*\n1A1,Feb-21,12 (p)\n1A1,Jan-21,"around 5,100"\n')
    flags = {str(each.point.to): each.point.flags for each in read.figures}
    assert flags == {"2021-03": ("starred",), "2021-02": ("provisional",), "2021-01": ("estimated",)}


def test_a_range_gives_no_figure_and_is_kept_as_it_is_printed() -> None:
    read = read_csv("Code,Period,Value\n1A2,Mar-21,94%-96%\n")
    point = read.figures[0].point
    assert (point.value, point.unknown, point.flags, point.printed) == (
        None,
        "not-published",
        ("range",),
        "94%-96%",
    )


def test_days_are_worked_out_of_their_sum_and_how_many_there_were() -> None:
    days = indicator("3C4", "Days to close a complaint", "days", decimals=1, denominator="Complaints closed")
    plan = replace(PLAN, indicators=(*PLAN.indicators, days))
    text = (
        "Code,Period,Value,Numerator,Denominator\n3C4,Mar-21,,471,6\n3C4,Feb-21,80.0,320,4\n3C4,Jan-21,81,320,4\n"
    )
    read = read_csv(text, plan=plan)
    assert said(read) == {("3C4", "force", "2021-03"): "78.5", ("3C4", "force", "2021-02"): "80.0"}
    assert [(cell, "does not agree with 320 of 4" in why) for cell, why in refusals(read)] == [("C4", True)]


def test_in_a_column_for_each_indicator_an_area_is_refused_at_its_own_cell() -> None:
    read = read_csv("Month,Area,1A1,1A2\nApr 2020,Nroth,10,50\n")
    assert {each.cell for each in read.refused} == {"B2"}


def test_a_ratio_keeps_both_its_numbers_and_may_exceed_a_hundred() -> None:
    read = read_csv('Code,Period,Value\n2B1,Mar-21,"2,124.48/2,087"\n2B1,Feb-21,"98.70% 1,980/2,006"\n')
    assert refusals(read) == []
    first, second = sorted(read.figures, key=lambda each: each.point.cell)
    assert (first.point.numerator, first.point.denominator) == (Decimal("2124.48"), Decimal(2087))
    assert first.point.value == round(Decimal("212448") / 2087, 10).normalize()
    assert second.point.value == Decimal("98.70")


def test_money_in_thousands_by_a_mapping(tmp_path: Path) -> None:
    mapping = tmp_path / "finance.yaml"
    mapping.write_text(
        "slug: finance\nname: F\nlayout: long\ncolumns: {indicator: [Line], period: [To], value: [Sum]}\n"
        "codes: {Overtime: 2B2}\nscale: {money: 1000}\nwords: {pending: ['late']}\n",
        encoding="utf-8",
    )
    read = read_csv(
        "Line,To,Sum\nOvertime,Mar-21,412\nOvertime,Feb-21,£3m\nOvertime,Jan-21,late\n", mapping=str(mapping)
    )
    assert sorted(said(read).values()) == ["3000000", "412000", "pending"]


def test_percentages_as_fractions_by_a_mapping_and_a_doubt_without(tmp_path: Path) -> None:
    text = "Code,Period,Value\n1A2,Mar-21,0.774\n1A2,Feb-21,0.7\n1A2,Jan-21,0.71\n"
    plain = read_csv(text)
    assert any("percentages: fraction" in each for each in plain.told)
    mapping = tmp_path / "shares.yaml"
    mapping.write_text(
        "slug: shares\nname: S\nlayout: long\npercentages: fraction\n"
        "columns: {indicator: [Code], period: [Period], value: [Value]}\n",
        encoding="utf-8",
    )
    assert said(read_csv(text, mapping=str(mapping)))["1A2", "force", "2021-03"] == "77.4"


REFUSED = [
    ("9Z9,North,Mar-21,5,,", "A2", "“9Z9” is no indicator of Calder Vale Police and Crime Plan 2018-21"),
    ("1A4,North,Mar-21,5,,", "A2", "did you mean 1A1"),
    (",North,Mar-21,5,,", "A2", "names no indicator"),
    ("1A1,Nroth,Mar-21,5,,", "B2", "did you mean North Calder."),
    ("1A1,,Mar-21,5,,", "B2", "names no area"),
    ("1A1,North,1900-01,5,,", "C2", "January 1900 is more than 60 years before 19 May 2021"),
    ("1A1,North,,5,,", "C2", "names no period"),
    ("1A1,North,Marchember,5,,", "C2", "is no period"),
    ("1A1,North,Jan-Mar 2021,5,,", "C2", "is a quarter, and the indicator is counted monthly"),
    ("3C1,North,Mar-21,50,,", "C2", "is a month, and the indicator is counted quarterly"),
    ("1A1,North,Apr 2020 to Dec 2020,5,,", "C2", "9 months long"),
    ("1A1,North,15/03/2021,5,,", "C2", "not the last day of a month"),
    ("1A1,North,May-21,5,,", "C2", "ends on 31 May 2021, after 19 May 2021"),
    ("1A1,North,Mar-21,twelve,,", "D2", "“twelve” is no figure and no name for what is missing"),
    ("1A1,North,Mar-21,12%,,", "D2", "is a percentage, and the indicator is a count"),
    ("1A1,North,Mar-21,£12,,", "D2", "is an amount of money, and the indicator is a count"),
    ("1A1,North,Mar-21,-3,,", "D2", "-3 is less than nothing"),
    ("1A1,North,Mar-21,3.5,,", "D2", "no whole number"),
    ("1A1,North,Mar-21,99999999999999999,,", "D2", "too large"),
    ("1A2,North,Mar-21,104.2,,", "D2", "104.2% is over 100"),
    ("1A2,North,Mar-21,,5,0", "D2", "The denominator is zero"),
    ("1A2,North,Mar-21,,12,10", "D2", "The numerator 12 is above the denominator 10"),
    (
        "1A2,North,Mar-21,77.4,50,100",
        "D2",
        "“77.4” does not agree with 50 of 100, which is worked out here as 50.",
    ),
    ("1A2,North,Mar-21,,x,100", "D2", "The numerator “x” is no number"),
    ("1A2,North,Mar-21,50,-1,100", "D2", "cannot be less than nothing"),
    ("1A1,North,Mar-21,#REF!,,", "D2", "is no figure"),
]


@pytest.mark.parametrize(("row", "cell", "words"), REFUSED)
def test_what_cannot_be_is_refused_at_its_cell(row: str, cell: str, words: str) -> None:
    read = read_csv(f"Code,Area,Period,Value,Numerator,Denominator\n{row}\n")
    assert [where for where, _ in refusals(read)] == [cell]
    sentence = refusals(read)[0][1]
    assert words in sentence
    assert sentence.endswith(".")
    assert read.figures == ()
    assert read.refused[0].words.startswith(f"figures.csv, cell {cell}: ")


@pytest.mark.parametrize(
    ("value", "top", "bottom", "agrees"),
    [
        ("77.4", 1553, 2006, True),
        ("77.42", 1553, 2006, True),
        ("77.417746759720836", 1553, 2006, True),
        ("77", 1553, 2006, True),
        ("77.5", 1553, 2006, False),
        ("78", 1553, 2006, False),
        ("77.41", 1553, 2006, False),
    ],
)
def test_a_value_agrees_with_its_parts_as_far_as_it_was_rounded(
    value: str, top: int, bottom: int, agrees: bool
) -> None:
    read = read_csv(f"Code,Period,Value,Numerator,Denominator\n1A2,Mar-21,{value},{top},{bottom}\n")
    assert bool(read.figures) is agrees


def test_a_rate_is_worked_out_per_thousand() -> None:
    read = read_csv("Code,Period,Numerator,Denominator\n1A3,Mar-21,25,10000\n")
    assert said(read) == {("1A3", "force", "2021-03"): "2.5"}


def test_a_period_given_twice_is_refused_at_both_places() -> None:
    read = read_csv("Code,Period,Value\n1A1,Mar-21,5\n1A1,2021-03,6\n1A1,Feb-21,4\n")
    assert [where for where, _ in refusals(read)] == ["C2", "C3"]
    assert "given twice, here and in cell C3" in refusals(read)[0][1]
    assert said(read) == {("1A1", "force", "2021-02"): "4"}


def test_two_files_that_disagree_are_both_named_and_two_that_agree_are_one() -> None:
    one, other = (
        b"Code,Period,Value\n1A1,Mar-21,5\n1A1,Feb-21,4\n",
        b"Code,Period,Value\n1A1,Mar-21,6\n1A1,Feb-21,4\n",
    )
    read = read_all({"one.csv": one, "other.csv": other})
    assert [each.words for each in read.refused] == [
        "one.csv, cell C2: 1A1 in force for March 2021 is 5 here and 6 in other.csv, cell C2:"
        " find out which is right.",
        "other.csv, cell C2: 1A1 in force for March 2021 is 6 here and 5 in one.csv, cell C2:"
        " find out which is right.",
    ]
    assert said(read) == {("1A1", "force", "2021-02"): "4"}
    assert any("agree there" in each for each in read.told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nothing,here\n1,2\n", "None of the first 40 rows of figures.csv has headings of figures"),
        ("Code,Period,Value\n", "has headings and no figure"),
    ],
)
def test_a_file_without_figures_says_so(text: str, words: str) -> None:
    try:
        told = " ".join(read_csv(text).told)
    except PlainError as error:
        told = str(error)
    assert words in told


def test_a_sheet_that_is_not_there_is_named_with_those_that_are() -> None:
    book = make_book({"April": [["Code", "Period", "Value"], ["1A1", "Mar-21", 5]], "Notes": [["x"]]})
    with pytest.raises(PlainError, match="no sheet called May: there is April, Notes"):
        read_all({"book.xlsx": book}, sheet="May")
    assert said(read_all({"book.xlsx": book})) == {("1A1", "force", "2021-03"): "5"}


def test_merged_headings_are_refused_with_their_cells() -> None:
    rows = [["Code", "Area", "2020/21", None, None], ["1A1", "North", 1, 2, 3]]
    with pytest.raises(PlainError, match="headings in cells C1 to E1 are merged"):
        read_all({"book.xlsx": make_book({"S": rows}, merge="C1:E1")})


def test_a_code_merged_over_its_rows_is_each_row_s() -> None:
    rows = [["Code", "Area", "Apr-20", "May-20"], ["1A1", "North", 1, 2], [None, "South", 3, 4]]
    read = read_all({"book.xlsx": make_book({"S": rows}, merge="A2:A3")})
    assert said(read)["1A1", "south", "2020-05"] == "4"


def test_an_unknown_code_over_a_column_of_figures_is_refused_once() -> None:
    read = read_csv("Month,1A1,9Z9\nApr 2020,1,2\nMay 2020,3,4\n")
    assert [where for where, _ in refusals(read)] == ["C1"]
    assert len(read.figures) == 2


def test_a_workbook_s_days_percentages_and_faults() -> None:
    book = make_book({"S": [["Code", "Period", "Value"], ["1A1", dt.date(2021, 3, 31), 5], ["1A2", 44286, 77.4]]})
    assert said(read_all({"b.xlsx": book})) == {
        ("1A1", "force", "2021-03"): "5",
        ("1A2", "force", "2021-03"): "77.4",
    }
    read = read_all({"b.xlsx": make_book({"S": [["Code", "Period", "Value"], ["1A1", "Mar-21", "=1+1"]]})})
    assert refusals(read)[0][0] == "C2"
    assert "formula without a value" in refusals(read)[0][1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_in_another_encoding_and_with_another_separator(encoding: str, separator: str) -> None:
    text = "Code,Period,Value,Remark\n2B2,Mar-21,£412,café\n1A1,Mar-21,7,x\n".replace(",", separator)
    read = read_csv(text.encode(encoding))
    assert said(read) == {("2B2", "force", "2021-03"): "412", ("1A1", "force", "2021-03"): "7"}


def test_a_plan_may_ask_which_layout_is_meant() -> None:
    with pytest.raises(PlainError, match="can be read as wide-by-indicator and wide-by-period: say which"):
        read_csv("Code,Period,Apr-20,1A1\n1A1,Mar-21,5,6\n")


def test_a_figure_for_a_stranger_s_day_is_taken_when_its_day_has_come() -> None:
    text = "Code,Period,Value\n1A1,May-21,5\n"
    assert read_csv(text).figures == ()
    assert len(read_csv(text, day=dt.date(2021, 5, 31)).figures) == 1


codes = st.sampled_from(["1A1", "1A2", "2B2", "Knife crime", "9Z9", ""])
areas = st.sampled_from(["Force", "North", "South Calder", "Nowhere"])
periods = st.sampled_from(["Mar-21", "2021-02", "31/01/2021", "Q4 2020/21", "Dec-21", "soon", "44286"])
values = st.sampled_from(
    ["5", "1,234", "77.4%", "-1", "n/a", "", "x", "1e5", "£3k", "94%-96%", "0.5", "2/0", "5/4"]
)
rows = st.lists(st.tuples(codes, areas, periods, values), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(rows)
def test_every_row_is_taken_or_refused_or_empty_and_never_two_things(
    given: list[tuple[str, str, str, str]],
) -> None:
    text = "Code,Area,Period,Value\n" + "".join(f'{c},{a},{p},"{v}"\n' for c, a, p, v in given)
    read = read_csv(text)
    taken = [int(each.place.row) for each in read.figures]
    refused = [int("".join(filter(str.isdigit, each.cell))) for each in read.refused]
    with_words = [at for at, row in enumerate(given, 2) if row[3]]
    assert sorted(taken + refused) == with_words
    assert len({(each.key, each.point.to) for each in read.figures}) == len(taken)
    assert all(each.point.to.last <= DAY for each in read.figures)
    assert all(each.key.code in {found.code for found in PLAN.indicators} for each in read.figures)


@given(st.integers(0, 10**9), st.sampled_from(["{}", "{:,}", " {} ", "{}.0"]))
def test_a_number_is_the_same_however_it_is_written(number: int, form: str) -> None:
    read = read_csv(f'Code,Period,Value\n1A1,Mar-21,"{form.format(number)}"\n')
    assert read.figures[0].point.value == number


@given(st.integers(2000 * 12, 2021 * 12 + 3))
def test_a_month_is_the_same_however_it_is_written(index: int) -> None:
    month = Month.at(index)
    for words in (str(month), month.short, month.words, month.last.isoformat(), f"{month.first:%d/%m/%Y}"):
        read = read_csv(f"Code,Period,Value\n1A1,{words},5\n")
        assert [each.point.to for each in read.figures] == [month], words
