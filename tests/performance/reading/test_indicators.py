"""Indicator tables in many layouts; budget tables; and the other tables of figures."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from bluelamp.documents.document import whole
from bluelamp.documents.facts import Fact, TableRow
from bluelamp.documents.readers import plain
from bluelamp.performance.facts import BudgetRow, IndicatorRow
from bluelamp.performance.reading import read_finance, read_performance

D = Decimal


def read(text: str) -> tuple[Fact, ...]:
    data = text.encode()
    document = plain.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="report.txt")
    reading = read_performance(whole(document))
    assert reading.facts == read_finance(whole(document)).facts
    assert all(document.verify(c) for fact in (*reading.facts, *reading.unread) for c in fact.citations)
    return reading.facts


def indicators(text: str) -> list[IndicatorRow]:
    return [fact for fact in read(text) if isinstance(fact, IndicatorRow)]


def values(row: IndicatorRow) -> list[Decimal | None]:
    return [period.value.value for period in row.periods]


HEAD = "\tAim\t12 months to Jun 2022\t12 months to Sep 2022\t12 months to Dec 2022\tChange over last year\t\n"
UNDER = "\t\t\t\t\t%\tActual\n"


def test_figures_one_column_right_of_their_heads() -> None:
    (row,) = indicators(f"Theme 1\n\n{HEAD}{UNDER}1A.1\tLost dogs\tReduce\t1,010\t990\t700\t-30.7%\t-310\n")
    assert (row.code, row.name, row.aim) == ("1A.1", "Lost dogs", "reduce")
    assert values(row) == [1010, 990, 700]
    assert [period.to for period in row.periods] == [date(2022, 6, 30), date(2022, 9, 30), date(2022, 12, 31)]
    assert row.change_percent is not None
    assert row.change_actual is not None
    assert (row.change_percent.value, row.change_actual.value, row.change_unit) == (D("-30.7"), D(-310), "percent")


@pytest.mark.parametrize(
    ("change", "read_as"),
    [("-00:00:50", -50), ("-0m 50s", -50), ("quicker", None), ("see note 2", None), ("", None)],
)
def test_a_row_that_stands_under_its_heads_is_not_moved_to_where_more_could_be_read(change: str, read_as) -> None:
    head = "Ref\tIndicator\tTarget\tSep 2030\tSep 2031\tChange on year\n"
    first = "3.1\tDogs found\t80%\t71.0%\t72.5%\t1.5 pts\n"
    last = f"3.2\tTime to find a dog\t00:02:00\t00:03:30\t00:02:40\t{change}\n"
    row = indicators(f"Found dogs\n\n{head}{first}{last}")[-1]
    assert (row.code, row.name) == ("3.2", "Time to find a dog")
    assert values(row) == [210, 160]
    assert row.target is not None
    assert row.target.value == 120
    assert (row.change_actual.value if row.change_actual else None) == read_as


@pytest.mark.parametrize(
    ("last", "change", "read_as"),
    [
        ("90", "▼ 10%", "-10"),
        ("90", "10% ↓", "-10"),
        ("90", "▼ -10%", "-10"),
        ("110", "▲ 10%", "10"),
        ("110", "▼ 10%", "10"),  # the arrow says that it is worse
        ("90", "Down 10%", "-10"),
        ("90", "fell by 10%", "-10"),
        ("110", "up 10%", "10"),
        ("90", "down again", None),
    ],
)
def test_which_way_a_change_went_may_be_said_by_an_arrow_or_a_word(last: str, change: str, read_as) -> None:
    head = "Indicator\t12 months to Sep 2030\t12 months to Sep 2031\t% change\n"
    row, _ = indicators(f"Found dogs\n\n{head}Dogs\t100\t{last}\t{change}\nCats\t50\t55\t10.0%\n")
    assert values(row) == [100, int(last)]
    assert (row.change_percent.value if row.change_percent else None) == (D(read_as) if read_as else None)
    assert not row.change_percent or row.change_percent.printed == change
    assert bool(row.doubt) is (read_as is None)


def test_an_aim_run_into_the_first_figure() -> None:
    (row,) = indicators(f"{HEAD}{UNDER}2B.3\tFound dogs\tMonitor 71.5%\t70.0%\t69.9%*\t-1.6% pts\tn/a\n")
    assert (row.aim, row.change_unit) == ("monitor", "points")
    assert values(row) == [D("71.5"), D("70.0"), D("69.9")]
    assert row.periods[2].value.flags == ("starred",)


def test_markers_are_exceptions_only_where_the_report_says_so() -> None:
    rows = "1\tDogs\tReduce\t10\t11\t● 12\t+20%\t+2\n2\tCats\tReduce\t10\t11\t12\t+20%\t+2\n"
    told = indicators(f"Exceptions are marked with a dot.\n\n{HEAD}{UNDER}{rows}")
    assert [row.exception for row in told] == [True, False]
    assert [row.exception for row in indicators(f"{HEAD}{UNDER}{rows}")] == [None, None]


def test_a_row_without_aim_or_code_says_so_and_is_kept() -> None:
    rows = "1A.1\tDogs\t10\t11\t12\t+20%\t+2\n\tCats\tReduce\t10\t11\t12\t+20%\t+2\n"
    rows += "1A.2\tFish\tReduce\t1\t1\t1\t0%\t0\n"
    dogs, cats, fish = indicators(f"{HEAD}{UNDER}{rows}")
    assert (dogs.aim, dogs.doubt) == ("", "The row prints no aim.")
    assert cats.code == ""
    assert cats.doubt.startswith("The row prints no code")
    assert fish.doubt == ""


def test_missing_figures_have_names() -> None:
    (row,) = indicators(f"{HEAD}{UNDER}1A.1\tDogs\tReduce\t10%\tPending\tn/a\tTBC % pts\t-\n")
    assert [period.value.flags for period in row.periods] == [(), ("pending",), ("not_applicable",)]
    assert row.change_percent is not None
    assert (row.change_percent.flags, row.change_unit) == (("pending",), "points")
    assert row.change_actual is not None
    assert row.change_actual.flags == ("not_published",)


def test_a_note_on_six_monthly_data_reaches_the_starred_figures() -> None:
    rows = "1A.1\tDogs\tReduce\t10\t11*\t12\t+20%\t+2\n"
    (row,) = indicators(f"{HEAD}{UNDER}{rows}\n*Data come on a six-monthly basis\n")
    assert [period.value.flags for period in row.periods] == [(), ("starred", "six_monthly"), ()]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Measure\t2021/22\t2022/23\t% change", "Dogs\t10\t12\t20%"),
        ("Indicator\tMar-22\tMar-23\tDifference", "Dogs\t10\t12\t2"),
        ("KPI\tYear ending March 2022\tYear ending March 2023\tChange (%)\tRAG", "Dogs\t10\t12\t20%\tGreen"),
        ("Ref\tMeasure\tObjective\tQ4 2021/22\tQ4 2022/23", "D1\tDogs\tIncrease\t10\t12"),
    ],
)
def test_other_heads_and_two_periods(head: str, row: str) -> None:
    more = row.replace("Dogs", "Cats").replace("D1", "D2")
    found = indicators(f"Pets\n\n{head}\n{row}\n{more}\n")
    assert [(r.name, values(r)) for r in found] == [("Dogs", [10, 12]), ("Cats", [10, 12])]
    assert found[0].periods[0].to == date(2022, 3, 31)


def test_periods_alone_make_no_indicator() -> None:
    facts = read("Pets\n\n\t2021/22\t2022/23\nDogs\t10\t12\nCats\t9\t8\n")
    assert [type(fact) for fact in facts] == [TableRow, TableRow]


BUDGET = """Capital Projects

\tRevised Budget\tActual\tSlippage
\t£'000\t£'000\t£'000
Estates\t\t\t
New cells\t1,300\t1,200\t(100)
New roof\t200\t200\t0
\t1,500\t1,400\t(100)
Fleet\t\t\t
Vans\t90\t95\t-
\t90\t95\t-
Total\t1,590\t1,495\t(100)
"""


def test_a_budget_has_groups_lines_and_totals() -> None:
    rows = [fact for fact in read(BUDGET) if isinstance(fact, BudgetRow)]
    assert [(row.group, row.line, row.is_total) for row in rows] == [
        ("Estates", "New cells", False),
        ("Estates", "New roof", False),
        ("Estates", "", True),
        ("Fleet", "Vans", False),
        ("Fleet", "", True),
        ("", "Total", True),
    ]
    assert [named.name for named in rows[0].columns] == ["Revised Budget £'000", "Actual £'000", "Slippage £'000"]
    slippage = rows[0].columns[2].value
    assert (slippage.value, slippage.low, slippage.high, slippage.unit) == (-100_000, -100_500, -99_500, "gbp")
    assert rows[3].columns[2].value.flags == ("not_published",)
    assert {row.table for row in rows} == {"Capital Projects"}


def test_a_head_that_stands_in_lines_above_its_table() -> None:
    text = (
        "Slippage proposed\n\n\tSlippage to 2023/24\n\t£'000\nEstates\t\nNew cells\t(32)\nNew roof\t(51)\n\t(83)\n"
    )
    rows = [fact for fact in read(text) if isinstance(fact, BudgetRow)]
    assert [(row.group, row.line) for row in rows] == [
        ("Estates", "New cells"),
        ("Estates", "New roof"),
        ("Estates", ""),
    ]
    assert rows[0].columns[0].name == "Slippage to 2023/24 £'000"


@pytest.mark.parametrize(
    "head",
    [
        "£m\t2030/31\t2031/32\t2032/33",
        "Reserves £m\t1 April 2030\tMovement\t31 March 2031",
        "£000\tPlan\tYear 2\tYear 3",
    ],
)
def test_what_holds_nothing_but_money_is_a_finance_table(head: str) -> None:
    rows = read(
        f"Kennels in years to come\n\n{head}\n"
        "Grant\t92.1\t1.4\t93.5\nPay\t(12.4)\t(0.4)\t(12.8)\nTotal\t79.7\t1.0\t80.7\n"
    )
    assert [(type(row), row.line, row.is_total) for row in rows if isinstance(row, BudgetRow)] == [
        (BudgetRow, "Grant", False),
        (BudgetRow, "Pay", False),
        (BudgetRow, "Total", True),
    ]
    assert all(value.value.unit == "gbp" for row in rows for value in row.columns)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Measure\tJune 2030 £000\tJune 2031 £000", IndicatorRow),
        ("Kennel\tValue £\tDogs", TableRow),
        ("Kennel\tValue £000", TableRow),
    ],
)
def test_money_among_indicators_or_beside_counts_makes_no_finance_table(head: str, kind: type) -> None:
    cells = "\t".join(["120", "130"][: head.count("\t")])
    assert {type(row) for row in read(f"Found dogs\n\n{head}\nNorth\t{cells}\nSouth\t{cells}\n")} == {kind}


def test_a_row_may_name_its_own_unit() -> None:
    rows = read(
        "Limits\n\nLimit\t2030/31\tUsed\n"
        "Authorised (£m)\t74.0\t12.5\nLet kennels (%)\t40\t38.5\nDogs (all)\t12\t9\n"
    )
    columns = [[value.value for value in row.columns] for row in rows if isinstance(row, TableRow)]
    assert [(one.unit, one.value) for one, _ in columns] == [("gbp", 74_000_000), ("percent", 40), ("", 12)]


def test_contents_page_numbers_and_words_are_no_figures() -> None:
    assert read("Contents\n\nCars\t4\nDogs\t5\nVans\t9\nCats\t12\n") == ()
    assert read("Plan\n\nItem\tTitle\tPages\n1\tCars\t3 - 8\n2\tDogs\t9 - 12\n") == ()
    assert read("Who\n\nName\tRole\nA Person\tChair\nB Person\tClerk\n") == ()


def test_what_is_no_number_in_a_column_of_figures_is_kept_as_printed() -> None:
    rows = read("Posts\n\nRole\t2018\t2021\nSergeants\t33\t34\nConstables\t1 and a half\t172\nStaff\t7\t9\n")
    row = next(fact for fact in rows if isinstance(fact, TableRow) and fact.row == "Constables")
    assert row.columns[0].value.printed == "1 and a half"
    assert row.columns[0].value.value is None
    assert "1 and a half" in row.doubt


# -- tables known by their own heads ---------------------------------------------------------------------------


def test_a_baseline_and_a_quarter_of_the_year_to_date_are_two_periods_and_the_target_is_kept() -> None:
    rows = indicators(
        "Kennels\n\nMeasure\tBaseline 2030/31 (Q2 YTD)\tTarget\tQ2 YTD 2031/32\tChange\tRAG\n"
        "Lost dogs\t1,010\tn/a\t990\t(20)\tG\nDogs found again\t60%\t65%\t61%\t1pp\tA\n"
    )
    assert [[period.to for period in row.periods] for row in rows] == [[date(2030, 9, 30), date(2031, 9, 30)]] * 2
    assert [row.target.printed if row.target else "" for row in rows] == ["n/a", "65%"]
    assert [values(row) for row in rows] == [[1010, 990], [60, 61]]


def test_a_baseline_of_a_year_is_no_period_beside_a_quarter() -> None:
    (row,) = indicators(
        "Measure\tBaseline 2029/30\tQ2 2030/31\tQ2 2031/32\tChange\nLost dogs\t4,010\t1,010\t990\t-20\n"
    )
    assert values(row) == [1010, 990]
    assert [(other.name, other.value.printed) for other in row.others] == [("Baseline 2029/30", "4,010")]


@pytest.mark.parametrize(
    ("head", "periods", "others"),
    [
        ("Measure\tBaseline\tTarget\tQ2\tChange\tRAG", 0, ["Baseline", "Q2", "RAG"]),
        ("KPI\tLast year\tTarget\tSeptember 2031\tMovement\tRAG", 1, ["Last year", "RAG"]),
    ],
)
def test_indicators_beside_their_targets_need_no_series(head: str, periods: int, others: list[str]) -> None:
    rows = indicators(f"Kennels\n\n{head}\nLost dogs\t1,010\t900\t990\t(20)\tG\nCats\t60\t65\t61\t1\tA\n")
    assert [(row.name, row.target.printed if row.target else "") for row in rows] == [
        ("Lost dogs", "900"),
        ("Cats", "65"),
    ]
    assert all(len(row.periods) == periods for row in rows)
    assert [[other.name for other in row.others] for row in rows] == [others] * 2
    assert [row.change_actual.printed if row.change_actual else "" for row in rows] == ["(20)", "1"]
    assert [(row.others[-1].value.printed, row.others[-1].value.value) for row in rows] == [
        ("G", None),
        ("A", None),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Kennel\tBaseline\tQ2\tChange\nNorth\t10\t9\t-1\nSouth\t6\t7\t1\n",  # no indicators, no target
        "Kennel\tTarget number of dogs\tDogs\nNorth\t10\t9\nSouth\t6\t7\n",  # places
        "Measure\tTarget\tActual\nWalks\tmore\t9\nBaths\tfewer\t7\n",  # a target of no figure
    ],
)
def test_other_tables_of_figures_stay_rows(table: str) -> None:
    facts = read(f"Kennels\n\n{table}")
    assert [type(fact) for fact in facts] == [TableRow, TableRow]
