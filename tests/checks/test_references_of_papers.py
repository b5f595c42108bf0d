"""Is a reference to nothing doubted, and one that may point elsewhere left alone?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, said, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.references import check_references

pytestmark = pytest.mark.no_database
APPENDICES = "\n\n## Appendix A – Method\n\nHow it was done.\n\n## Appendix B – Figures\n\nWhat was found.\n"
TABLES = "\n\n### Table 1: Crime\n\nOne.\n\n### Table 2: Staff\n\nTwo.\n"
PARAGRAPHS = "\n\n".join(f"4.{n} The {n} thing that is done." for n in range(1, 6)) + "\n\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The full figures are in Appendix C." + APPENDICES, Verdict.SUSPECT),
        ("The full figures are in Appendix B." + APPENDICES, Verdict.CONSISTENT),
        ("See Appendix C of this report." + APPENDICES, Verdict.SUSPECT),
        ("Table 5 shows the position." + TABLES, Verdict.SUSPECT),
        ("The position is set out in Table 2." + TABLES, Verdict.CONSISTENT),
        (PARAGRAPHS + "4.6 The cost in paragraph 4.9 is met.", Verdict.SUSPECT),
        (PARAGRAPHS + "4.6 The cost in paragraph 4.2 is met.", Verdict.CONSISTENT),
        ("Figure 3 shows the trend by month.", Verdict.UNCHECKED),
        ("The list is at Appendix 1.", Verdict.UNCHECKED),
    ],
)
def test_a_reference(text: str, verdict: Verdict) -> None:
    found = check(check_references, text)
    assert [each.verdict for each in found] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "See Appendix F of the Estates Strategy for the list of sites.",
        "Appendix D (circulated separately) holds the exempt detail.",
        "Schedule 7 to the Act and Annex C in the Code apply.",
        "Appendix E to the plan published in 2019 says so.",
    ],
)
def test_a_reference_elsewhere(text: str) -> None:
    assert wrong(check(check_references, text + APPENDICES)) == []


def test_the_message_says_what_is_there() -> None:
    found = said(check(check_references, "It is in Appendix D." + APPENDICES), Verdict.SUSPECT)[0]
    assert found.message == "“Appendix D” is referred to, and is not there: it prints appendices A, B."
    assert found.printed[0].citations[0].quote == "Appendix D"
