"""Are a victim's own words no criticism of their own, and is what the report says of them one?"""

from __future__ import annotations

import pytest
from tests.inspections.reading.reports import findings, read_report

from bluelamp.inspections.reading.criticism_quotes import is_said_by_somebody

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("“Nobody came to see me,” said one.", True),
        ("“They never wrote.” said another victim.", True),
        ("‘I was not told,’ a resident told us.", True),
        ("One of them told us: “I was never told his name.”", True),
        ("“Nobody came,” said one, and in nine of the twelve files nobody had.", False),
        ("“We have no vans,” said one sergeant.", False),
        ("One said that nobody came.", False),
        ("Nobody came to see her.", False),
        ("The “night van” was never on the road.", False),
        ("“" * 5000, False),
    ],
)
def test_words_of_somebody_else(words: str, expected: bool) -> None:
    assert is_said_by_somebody(words) is expected


def test_what_stands_beside_them_is_told_alone() -> None:
    said = "We met ten victims. “Nobody wrote to me,” said one. Nine had not been told the outcome."
    text = f"# Vans\n\n## Victims\n\n{said}\n"
    found = findings(read_report(text, "thematic")[1], "issue_of_concern")
    assert [each.text for each in found] == ["Nine had not been told the outcome."]
