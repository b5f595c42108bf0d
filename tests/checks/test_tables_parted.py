"""Are lists that stand beside or below each other in one table checked each by itself?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, subject_of, table, wrong

from bluelamp.checks.casts import check_casts
from bluelamp.checks.grids import grids_of
from bluelamp.checks.model import Paper, Subject, Verdict
from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database

HEAD = "Assets | £000 | Liabilities | £000"
LISTS = ("Land | 41,200 | Loans | 20,100", "Vans | 6,300 | Creditors | 9,400", "Cash | 4,500 | Pensions | 15,000")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((HEAD, *LISTS, " | | Reserves | 7,500", "Total | 52,000 | Total | 52,000"), []),
        ((HEAD, *LISTS, " | | Reserves | 7,500", "Total | 52,000 | Total | 53,000"), ["prints 53,000"]),
        ((HEAD, *LISTS, " | | Reserves | 7,500", "Total | 51,000 | Total | 52,000"), ["prints 51,000"]),
        # the totals stand where their own lists end
        ((HEAD, *LISTS, "Total | 52,000 | Reserves | 7,500", " | | Total | 52,000"), []),
        ((HEAD, *LISTS, "Total | 52,000 | Reserves | 7,500", " | | Total | 62,000"), ["prints 62,000"]),
        ((HEAD, *LISTS, "Stock | 100 | | ", "Total | 52,100 | Total | 44,500"), []),
        (("Income | 2031 £m | Spending | 2032 £m", "Grants | 100 | Pay | 120", "Tax | 60 | Premises | 30",
          " | | Supplies | 10", "Total | 160 | Total | 160"), []),
        # one table: a word beside a figure is no name of a second list
        (("Area | 2031 | Trend | 2032", "Kelp | 10 | Up | 14", "Marsh | 20 | Up | 24", "Cove | 30 | Down | 24",
          "Total | 60 | Up | 63"), ["prints 63"]),
        (("Area | Cases | Officer in charge | Closed", "Kelp | 10 | Rowe | 4", "Marsh | 20 | Lund | 4",
          "Cove | 30 | Shah | 5", "Total | 60 | | 14"), ["prints 14"]),
    ],
)  # fmt: skip
def test_lists_beside_each_other(rows: tuple[str, ...], told: list[str]) -> None:
    found = wrong(check(check_casts, table(*rows)))
    assert [words in each.message for each, words in zip(found, told, strict=True)] == [True] * len(told)


FIRST = (
    "Head | Budget | Outturn | Variance",
    "Pay | 100 | 104 | 4",
    "Fleet | 50 | 49 | (1)",
    "Total | 150 | 153 | 3",
)
SECOND = ("Reserve | Opening | Closing | ", "General | 40 | 42 | ", "Estates | 20 | 18 | ", "Total | 60 | {} | ")


@pytest.mark.parametrize(("printed", "told"), [("60", []), ("70", ["prints 70 under “Closing”"])])
@pytest.mark.parametrize("title", [(), ("Table 2: what is kept | | | ",)])
def test_a_second_table_with_a_head_of_its_own(printed: str, told: list[str], title: tuple[str, ...]) -> None:
    rows = (*FIRST, *title, *SECOND[:-1], SECOND[-1].format(printed))
    found = wrong(check(check_casts, table(*rows)))
    assert [words in each.message for each, words in zip(found, told, strict=True)] == [True] * len(told)
    grids = grids_of(subject_of(table(*rows)).papers[0])
    assert [len(grid.lines) for grid in grids] == [3, 3]
    assert grids[1].table.title == (title[0].split(" |")[0] if title else grids[0].table.title)


@pytest.mark.parametrize(
    "row",
    [
        "Rating | Green | Red | Amber",  # as wide as the rows above it
        "Travel | n/a | | ",
        "Travel | not known | tbc | ",
        "Travel | | |",
        "Travel | to follow | to follow | ",
        "Travel | 1 van plus 4 bikes | 2 vans plus 4 bikes | ",
    ],
)
def test_a_row_of_words_is_no_head(row: str) -> None:
    rows = (*FIRST[:3], row, "Rent | 10 | 10 | 0", FIRST[3].replace("150", "160").replace("153", "163"))
    grids = grids_of(subject_of(table(*rows)).papers[0])
    assert [len(grid.lines) for grid in grids] == [5]


PAGE = """<table><tr><td>Kelp</td><td>20</td><td>110</td></tr><tr><td>Marsh</td><td>30</td><td>190</td></tr>
<tr><td>Total</td><td>50</td><td>300</td></tr>{}</table>"""
WIDE = "<tr><td>{}</td><td colspan=2>{}</td></tr>"


@pytest.mark.parametrize(("printed", "told"), [("3,000", 0), ("4,000", 1)])
def test_a_table_whose_figures_are_wider_is_another(printed: str, told: int) -> None:
    rows = [("Month", "Spent £"), ("April", "1,000"), ("May", "1,200"), ("June", "800"), ("Total", printed)]
    html = PAGE.format("".join(WIDE.format(*row) for row in rows))
    document = read_bytes(html.encode(), file_name="paper.html")
    paper = Paper(part=whole(document), title="A paper", family="other")
    assert [len(grid.lines) for grid in grids_of(paper)] == [3, 4]
    found = wrong(check_casts([Subject(document=document, name="paper.html", papers=(paper,))]))
    assert len({each.message for each in found}) == told


def test_a_wide_row_among_others_parts_nothing() -> None:
    rows = "".join(WIDE.format(*row) for row in [("Dune", "90"), ("Fell", "80")])
    html = PAGE.format(f"{rows}<tr><td>Cove</td><td>30</td><td>190</td></tr>")
    document = read_bytes(html.encode(), file_name="paper.html")
    paper = Paper(part=whole(document), title="A paper", family="other")
    assert [len(grid.lines) for grid in grids_of(paper)] == [6]


def test_what_is_carried_to_the_next_page_is_counted_once() -> None:
    rows = ("Month | Spent £", "Kit | 3,411", "Cars | 1,602", "Grand total | 5,013", "April | 1,007",
            "May | 1,203", "Carried forward | 2,210", "Brought forward | 2,210", "June | 809",
            "Total | 3,019")  # fmt: skip
    found = check(check_casts, table(*rows))
    assert [each.verdict for each in found] == [Verdict.CONSISTENT] * len(found)
    assert any("“Total” prints 3,019" in each.message for each in found)


@pytest.mark.parametrize("letters", ["AFA", "FAF", "afa"])
def test_adverse_and_favourable_are_left_alone(letters: str) -> None:
    a, b, c = letters
    rows = ("Head | Budget | Outturn | Variance", f"Pay | 1,300 | 1,310 | 10 {a}", f"Fleet | 280 | 275 | 5 {b}",
            f"Estates | 90 | 92 | 2 {c}", f"Total | 1,670 | 1,677 | 7 {a}")  # fmt: skip
    assert wrong(check(check_casts, table(*rows))) == []
