"""Do stocks go on as their rows say, and are totals beside their parts believed in short tables?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.cast_flows import check_flows
from bluelamp.checks.model import Paper, Subject, Verdict
from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database

FLOW = "Unit | Opening | In | Out | Closing"
SOUND = ("Kelp | 40 | 12 | 10 | 42", "Marsh | 31 | 8 | 9 | 30", "Dune | 19 | 3 | 2 | 20")


@pytest.mark.parametrize(
    ("rows", "rows_told"),
    [
        ((FLOW, *SOUND, "Cove | 25 | 5 | 7 | 25"), ["Cove"]),
        (("Type | Brought forward | New | Closed | Carried forward", *SOUND[:2], "Cove | 25 | 5 | 7 | 25",
          "Total | 96 | 25 | 26 | 97"), ["Cove", "Total"]),
        (("Fund | Opening balance £ | Income £ | Expenditure £ | Closing balance £", *SOUND,
          "Cove | 250 | 50 | 70 | 240"), ["Cove"]),
        (("Team | At 1 April | Joiners | Transfers in | Leavers | At 31 March",
          "Kelp | 40 | 10 | 2 | 10 | 42", "Marsh | 31 | 8 | 0 | 9 | 30", "Cove | 25 | 5 | 1 | 7 | 26"), ["Cove"]),
        ((FLOW, *SOUND, "Cove | 25 | 5 | 7 | 23"), []),
        ((FLOW, *SOUND, "Cove | 25 | 5 | – | 32"), []),  # not known
        ((FLOW, *SOUND, "Cove | 25 | 5 | 7 | 230"), []),  # counts something else
        ((FLOW, SOUND[0], "Marsh | 31 | 8 | 9 | 33", "Dune | 19 | 3 | 2 | 22"), []),  # it mostly does not hold
        (("Unit | Opening | In | Moved | Out | Closing", "Kelp | 40 | 12 | 3 | 10 | 42",
          "Marsh | 31 | 8 | 1 | 9 | 30", "Dune | 19 | 3 | 1 | 2 | 20", "Cove | 25 | 5 | 2 | 7 | 25"), []),
        (("Unit | Opening hours | In | Out | Closing hours", *SOUND[:1]), []),
        # two days, what went out with its sign, and a total that carries the error
        (("Fund | 1 April 2031 £000 | In £000 | Out £000 | 31 March 2032 £000", "Kelp | 620 | 130 | 0 | 750",
          "Marsh | 215 | 40 | (31) | 224", "Cove | 389 | 0 | (120) | 279", "Dune | 504 | 75 | (90) | 489",
          "Total | 1,728 | 245 | (241) | 1,742"), ["Cove", "Total"]),
        (("Fund | 1 April 2031 £000 | In £000 | Out £000 | 31 March 2032 £000", "Kelp | 620 | 130 | – | 750",
          "Marsh | 215 | 40 | (31) | 224", "Cove | 389 | – | (120) | 279"), ["Cove"]),  # a dash is a nought
        (("Fund | 1 April 2031 £000 | In £000 | Out £000 | 31 March 2032 £000", "Kelp | 620 | 130 | – | 750",
          "Marsh | 215 | 40 | (31) | 224", "Cove | 389 | – | (120) | 269"), []),
        # small numbers, and a total that is not what its own columns give
        (("Grade | Brought forward | New | Closed | Carried forward", "1 | 3 | 1 | 2 | 2", "2 | 11 | 1 | 4 | 8",
          "3 | 7 | 1 | 5 | 4", "Total | 21 | 3 | 11 | 14"), ["3", "Total"]),
        # what stands outside of the two ends is no part of the stock
        (("Team | 31 March 2031 | Joiners | Leavers | 31 March 2032 | Posts", "Kelp | 40 | 3 | 2 | 41 | 40",
          "Marsh | 30 | 2 | 4 | 28 | 35", "Cove | 20 | 1 | 1 | 21 | 22"), ["Cove"]),
        (("Team | 31 March 2032 | 31 March 2031 | Joiners | Leavers", "Kelp | 41 | 40 | 3 | 2",
          "Marsh | 28 | 30 | 2 | 4", "Cove | 20 | 20 | 1 | 1"), []),
        (("Team | Opening | Transfers in/(out) | Leavers | Closing", "Kelp | 40 | (3) | 2 | 35",
          "Marsh | 30 | 2 | 4 | 28", "Cove | 20 | (1) | 1 | 19"), ["Cove"]),
        # one period at its end, the other at its start: no stock goes from one to the other
        (("Team | March 2031 | Joiners | Leavers | Target | March 2032", "Kelp | 40 | 3 | 2 | 40 | 41",
          "Marsh | 30 | 2 | 4 | 30 | 28", "Cove | 20 | 1 | 1 | 20 | 25"), []),
        (("Team | Closed by 31 March | New by 31 March | Open at 31 March", "Kelp | 4 | 3 | 2",
          "Marsh | 3 | 2 | 4", "Cove | 2 | 1 | 1"), []),
    ],
)  # fmt: skip
def test_a_stock_goes_on(rows: tuple[str, ...], rows_told: list[str]) -> None:
    found = wrong(check(check_flows, table(*rows)))
    assert [each.message.split("“")[1].split("”")[0] for each in found] == rows_told
    assert all(each.verdict is Verdict.CONTRADICTION for each in found)


@pytest.mark.parametrize(
    ("rows", "rows_told"),
    [
        (("Area | Q1 | Q2 | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 18", "Dune | 4 | 6 | 10"), ["Marsh"]),
        (("Area | Incidents Q1 | Incidents Q2 | Year to date", "Kelp | 120 | 131 | 251", "Marsh | 89 | 91 | 190",
          "Dune | 45 | 46 | 91"), ["Marsh"]),
        (("Audit | High | Medium | Low | Total", "Pay | 1 | 2 | 3 | 6", "Fleet | 0 | 4 | 1 | 5",
          "Estates | 1 | 3 | 2 | 7", "Risk | 1 | 2 | 1 | 4", "Total | 3 | 11 | 7 | 22"), ["Estates", "Total"]),
        (("Area | Q1 | Q2 | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 17", "Dune | 4 | 6 | 10"), []),
        # an average or a stock at the end of the year stands under the same head
        (("Area | Q1 | Q2 | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 17", "Open at end | 4 | 6 | 6"), []),
        (("Area | Q1 | Q2 | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 17", "Mean days | 44 | 46 | 45"), []),
        (("Area | Q1 | Q2 | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 17", "Share | 44% | 46% | 47%"), []),
        (("Area | Q1 | Q2 | Year to date", "Kelp | 100 | 120 | 220", "Marsh | 8 | 9 | 17",
          "Individuals | 30 | 28 | 51"),
         []),
        (("Area | Q1 | Target | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 18", "Dune | 4 | 6 | 10"), []),
        (("Area | Q1 | Q2 | Total staff", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 18", "Dune | 4 | 6 | 10"), []),
        (("Area | Men | Women | Total", "Kelp | 12 | 13 | 26", "Marsh | 8 | 9 | 18", "Dune | 4 | 6 | 10"), []),
        # people over columns that are no periods: one too many is no double counting, one too few may be
        (("Audit | High | Low | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 17", "Persons | 4 | 6 | 11"),
         ["Persons"]),
        (("Audit | High | Low | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 17", "Persons | 4 | 6 | 9"), []),
        (("Audit | May | June | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 17", "Persons | 4 | 6 | 11"), []),
        (("Audit | High | Low | Total", "Kelp | 12 | 13 | 25", "Marsh | 8 | 9 | 17", "Mean | 40 | 60 | 103"), []),
    ],
)  # fmt: skip
def test_a_total_beside_its_parts(rows: tuple[str, ...], rows_told: list[str]) -> None:
    found = wrong(check(check_flows, table(*rows)))
    assert [each.message.split("“")[1].split("”")[0] for each in found] == rows_told


LOANS = "Lender | 31 March 2031 | New | Repaid | 31 March 2032"
ONE = ("| Number of cases", "Open at start of year | 40", "New | 12", "Closed | 10")
YEARS = ("| Q1 | Q2 | Q3", "Brought forward | 40 | 45 | 41", "Received | 12 | 10 | 9", "Closed | 7 | 14 | 13")


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        ((*YEARS, "Carried forward | 45 | 41 | 38"), [Verdict.CONTRADICTION]),
        ((*YEARS, "Carried forward | 45 | 41 | 37"), []),
        ((*YEARS, "Carried forward | 45 | 41 | 370"), []),  # of something else
        ((*YEARS, "Carried forward | 47 | 45 | 37"), []),  # it mostly does not hold
        ((*YEARS[:3], "Moved | 1 | 2 | 3", YEARS[3], "Carried forward | 45 | 41 | 38"), []),  # not known
        ((*ONE, "Open at end of year | 45"), [Verdict.SUSPECT]),  # a single column, by its words only
        ((*ONE, "Open at end of year | 42"), []),
        ((*ONE, "Of which late | 4", "Open at end of year | 45"), []),
        ((FLOW, "Kelp | 40 | 12 | 10 | 44", "Cove | 25 | 5 | 7 | 23"), [Verdict.SUSPECT]),
        ((FLOW, "Kelp | 40 | 12 | 10 | 44", "Cove | 25 | 5 | 7 | 25"), []),
        ((LOANS, "Bank | 34.6 | 6.0 | (2.1) | 38.5", "Market | 5.0 | 0.0 | 0.0 | 5.0",
          "Councils | 4.0 | 7.5 | (4.0) | 5.7"), [Verdict.SUSPECT]),
        ((LOANS, "Bank | 34.6 | 6.0 | (2.1) | 38.5", "Market | 5.0 | 0.0 | 0.0 | 5.0",
          "Councils | 4.0 | 7.5 | (4.0) | 7.5"), []),
        ((LOANS, "Market | 5.0 | 0.0 | 0.0 | 5.0", "Bonds | 6.0 | 0.0 | 0.0 | 6.0",
          "Councils | 4.0 | 7.5 | (4.0) | 5.7"), []),  # nothing came or went where it holds
        (("| 2030/31 £m | 2031/32 £m", "Opening balance | 10.2 | 9.5", "Income | 3.1 | 2.0",
          "Expenditure | (3.8) | (2.9)", "Closing balance | 9.5 | 8.6"), []),
        (("| 2030/31 £m | 2031/32 £m", "Opening balance | 10.2 | 9.5", "Income | 3.1 | 2.0",
          "Expenditure | (3.8) | (2.9)", "Closing balance | 9.5 | 9.6"), [Verdict.SUSPECT]),
    ],
)  # fmt: skip
def test_a_stock_goes_on_down_a_column_or_in_a_single_row(rows: tuple[str, ...], verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in wrong(check(check_flows, table(*rows)))] == verdicts


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(*[st.integers(20, 400)] * 3), min_size=3, max_size=6), st.integers(-4, 4))
def test_the_slow_sum_agrees(rows: list[tuple[int, int, int]], off: int) -> None:
    lines = [FLOW]
    for n, (opening, came, went) in enumerate(rows):
        closing = 400 + opening
        for _ in range(came):
            closing += 1
        for _ in range(went):
            closing -= 1
        lines.append(f"U{n} | {400 + opening} | {came} | {went} | {closing + (off if n == 1 else 0)}")
    assert len(wrong(check(check_flows, table(*lines)))) == (1 if off else 0)


def test_a_table_of_a_page() -> None:
    rows = [FLOW, *SOUND, "Cove | 25 | 5 | 7 | 25"]
    cells = ["".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) for row in rows]
    html = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells).replace("td>", "th>", 10) + "</table>"
    document = read_bytes(html.encode(), file_name="paper.html")
    paper = Paper(part=whole(document), title="A paper", family="other")
    assert len(wrong(check_flows([Subject(document=document, name="paper.html", papers=(paper,))]))) == 1


@pytest.mark.parametrize(("printed", "verdict"), [("18", Verdict.SUSPECT), ("16", Verdict.CONTRADICTION)])
def test_more_than_the_parts_may_be_of_a_kind_without_a_column(printed: str, verdict: Verdict) -> None:
    rows = ("Area | Men | Women | Total", "Kelp | 12 | 13 | 25", f"Marsh | 8 | 9 | {printed}", "Dune | 4 | 6 | 10")
    assert [each.verdict for each in wrong(check(check_flows, table(*rows)))] == [verdict]
