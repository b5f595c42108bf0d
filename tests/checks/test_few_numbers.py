"""Is a number that is left out told where few are, and left alone where the paper may not print all of them?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.few_numbers import check_few_numbers
from bluelamp.checks.model import Paper, Result, Subject, Verdict
from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database

HEAD = "# Minutes of the Audit Panel of Orrin Water\n\nHeld at the Guildhall.\n\n"


def _check(text: str, name: str) -> list[Result]:
    document = read_bytes(text.encode(), file_name=name)
    paper = Paper(part=whole(document), title="A paper", family="other")
    return wrong(check_few_numbers([Subject(document=document, name=name, papers=(paper,))]))


def _resolved(*numbers: str, before: str = "") -> str:
    return HEAD + before + "\n\n".join(f"RESOLVED {number}: That the plan be approved." for number in numbers)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_resolved("2024/041", "2024/043", "2024/044"), "2024/042 is missing"),
        (_resolved("2024/07", "2024/08", "2024/10"), "2024/09 is missing"),
        (_resolved("2024/041", "2024/043"), ""),
        (_resolved("2024/041", "2024/042", "2024/043"), ""),
        (_resolved("2024/041", "2024/044", "2024/045"), ""),
        (_resolved("2023/041", "2024/043", "2024/044"), ""),
        (_resolved("2024/041", "2024/043", "2024/045"), ""),
        (
            _resolved(
                "2024/041", "2024/043", "2024/044", before="The public was excluded for an exempt item.\n\n"
            ),
            "",
        ),
        (_resolved("2024/041", "2024/043", "2024/044", before="Extract of the minutes.\n\n"), ""),
        (_resolved("2024/041", "2024/043", "2024/044", before="2024/042 is told below.\n\n"), ""),
        (HEAD + "As set out in resolutions 2024/041, 2024/043 and 2024/044, the plan is approved.", ""),
    ],
)
def test_resolutions(text: str, told: str) -> None:
    found = wrong(check(check_few_numbers, text + "\n"))
    assert [told in each.message for each in found] == ([True] if told else [])
    assert all(each.verdict is Verdict.SUSPECT for each in found)


def _minutes(*numbers: str, words: str = "The Panel noted it.") -> str:
    return HEAD + "\n\n".join(f"## {number} Matter {chr(65 + n)}\n\n{words}" for n, number in enumerate(numbers))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_minutes("44.", "46.", "47."), "45 is missing"),
        (_minutes("44/24", "46/24", "47/24"), "45/24 is missing"),
        (_minutes("1.", "2.", "4."), "3 is missing"),
        (_minutes("44.", "45.", "46."), ""),
        (_minutes("44.", "46."), ""),
        (_minutes("44.", "46.", "48."), ""),
        (_minutes("44.", "46.", "47.", words="Not for publication."), ""),
        (_minutes("44.", "46.", "47.", words="45 Told here."), ""),
        (_minutes("1.", "2.", "1.", "3."), ""),
        (_minutes("44/23", "46/24", "47/24"), ""),
    ],
)
def test_heads_of_minutes(text: str, told: str) -> None:
    assert [told in each.message for each in wrong(check(check_few_numbers, text + "\n"))] == (
        [True] if told else []
    )


def _report(fourth: tuple[str, ...], *, more: str = "", start: str = "Estates of Orrin Water") -> str:
    sections = [("1.1",), ("2.1", "2.2"), ("3.1",), fourth, ("5.1",)]
    lines = [f"# {start}"]
    for n, numbers in enumerate(sections, 1):
        lines.append(f"## {n}. Part {chr(64 + n)}")
        lines += [f"{number} The estate is told here." for number in numbers]
    return "\n\n".join([*lines, more])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_report(("4.1", "4.3")), "4.2 is missing"),
        (_report(("4.1", "4.2", "4.4")), "4.3 is missing"),
        (_report(("4.1", "4.2")), ""),
        (_report(("4.1", "4.4")), ""),
        (_report(("4.2", "4.3")), ""),
        (_report(("4.1", "4.3"), more="4.2 stands at the end."), ""),
        (_report(("4.1 One. 4.2", "4.3")), ""),
        (_report(("4.1", "4.3"), start="Extract of the estates report"), ""),
        (_report(("4.1", "4.3")).replace("5.1", "5.3").replace("3.1", "3.2").replace("2.1", "2.4"), ""),
    ],
)
@pytest.mark.parametrize("name", ["paper.md", "paper.txt"])
def test_paragraphs_of_short_sections(text: str, told: str, name: str) -> None:
    found = [each for each in _check(text + "\n", name) if each.rule == "paragraph-number"]
    assert [told in each.message for each in found] == ([True] if told else [])
