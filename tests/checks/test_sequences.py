"""Do numbers that count run on, and are numbers that need not left alone?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.made_subjects import agenda, check, resolutions, subject_of, table, wrong

from bluelamp.checks.model import PrintedAgendaItem, Verdict
from bluelamp.checks.sequences import check_sequences

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (("2021/009", "2021/010", "2020/011", "2021/012"),
         ["The resolution 2020/011 stands beside 2021/010 and 2021/012: it should be 2021/011."]),
        (("2021/009", "2021/010", "2021/010", "2021/012"),
         ["The resolution 2021/010 stands beside 2021/010 and 2021/012: it should be 2021/011."]),
        (("2021/009", "2021/010", "2021/012", "2021/013"),
         ["After resolution 2021/010 comes 2021/012: one is missing or out of order."]),
        (("2021/030", "2021/031", "2022/001", "2022/002"), []),
        (("2021/001", "2021/002", "2021/003", "2021/004"), []),
        (("2021/001", "2021/009"), []),
    ],
)  # fmt: skip
def test_resolutions(numbers: tuple[str, ...], told: list[str]) -> None:
    assert [each.message for each in wrong(check_sequences([resolutions(*numbers)]), "resolution")] == told


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (("1 Welcome", "2 Minutes", "3 Estates", "4 Fleet"), []),
        (("1 Welcome", "2 Minutes", "3a Estates", "3b Fleet", "4 Risk", "5 Close"), []),
        (("1 Welcome", "2 Minutes", "3 Estates", "3a Leases", "3b Sales", "4 Risk"), []),
        (("1 Welcome", "2 Minutes", "3a Estates", "3b Fleet", "5 Close", "6 End"),
         ["After agenda item 3 comes 5: 4 is missing."]),
        (("1 Welcome", "2 Minutes", "3 Estates", "3 Fleet", "5 Risk", "6 End"),
         ["Two agenda items are numbered 3: “Estates” and “Fleet”."]),
        (("1 Welcome", "2 Minutes", "3 Estates", "5 Fleet"), ["After agenda item 3 comes 5: 4 is missing."]),
        (("1 Welcome", "2 Minutes", "3 Estates", "3 Fleet", "4 Risk"),
         ["Two agenda items are numbered 3: “Estates” and “Fleet”."]),
    ],
)  # fmt: skip
def test_agenda(items: tuple[str, ...], told: list[str]) -> None:
    assert [each.message for each in wrong(check_sequences([agenda(*items)]), "agenda")] == told


def _paragraphs(*numbers: str) -> str:
    return "\n\n".join(f"{number} Matter {n} of the force is told here." for n, number in enumerate(numbers))


@pytest.mark.parametrize(
    ("numbers", "count"),
    [
        (("3.1", "3.2", "3.3", "3.4"), 0),
        (("3.1", "3.2", "3.2", "3.3"), 1),
        (("3.1", "3.2", "3.4", "3.5"), 1),
        (("1.1", "1.2", "2.1", "2.2", "1.1", "1.2", "2.1", "2.2"), 0),
        (("3.1", "3.1", "3.2", "3.3"), 1),
    ],
)
def test_paragraphs(numbers: tuple[str, ...], count: int) -> None:
    assert len(wrong(check(check_sequences, _paragraphs(*numbers)), "paragraph")) == count


def test_a_paragraph_that_has_only_its_number_is_there() -> None:
    text = _paragraphs("3.1", "3.2") + "\n\n3.3\n\n" + _paragraphs("3.4", "3.5")
    assert wrong(check(check_sequences, text), "paragraph") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("### Table 1: Crime by area\n\n### Table 1: Staff by rank\n", 1),
        ("### Table 1: Crime by area\n\n### Table 2: Staff by rank\n", 0),
        ("### Table 1: Crime by area\n\n### Table 1: Crime by area (continued)\n", 0),
        ("### Table 1: Crime\n\n### Figure 1: Staff\n", 0),
        ("### Table 100: Crime\n\n### Table 1000: Staff\n", 0),
        ("### Table 1000: Crime\n\n### Table 1000: Staff\n", 1),
        ("### Table 1.2: Crime\n\n### Table 1.3: Staff\n", 0),
        ("### Table 1a: Crime\n\n### Table 1b: Staff\n", 0),
        ("### Table 12: Crime\n\n### Table 12 Staff by rank\n", 1),
    ],
)
def test_captions(text: str, count: int) -> None:
    found = wrong(check(check_sequences, text), "caption")
    assert len(found) == count
    assert all(each.verdict is Verdict.SUSPECT for each in found)


def test_a_number_that_stands_twice_in_an_agenda_that_is_a_table() -> None:
    rows = ("1 | Welcome", "2 | Minutes", "3 | Estates", "4 | Fleet", "4 | Risk", "6 | Close")
    text = table("Item | Subject", *rows)
    read = subject_of(text)
    document = read.document
    items = tuple(
        PrintedAgendaItem(number=number, title=title, citations=document.cite(row.cells[0].spans))
        for row in document.blocks[0].rows[1:]
        for number, title in [(row.cells[0].text, row.cells[1].text)]
        if title != "Risk"
    )
    (found,) = wrong(check_sequences([replace(read, agenda=items)]), "agenda")
    assert found.message == "Two agenda items are numbered 4: “Fleet” and “Risk”."
    assert found.verdict is Verdict.CONTRADICTION
