"""Is the day a document was published its own, and never the day of something that it tells of?"""

from __future__ import annotations

import pytest

from bluelamp.documents.readers import read_bytes
from bluelamp.intake.details import find_published

pytestmark = pytest.mark.no_database


def _day(*lines: str, family: str = "other") -> str:
    found = find_published(read_bytes("\n\n".join(("Panel notes", *lines)).encode(), file_name="a.md"), family)
    return found.value if found else ""


@pytest.mark.parametrize(
    "line",
    [
        "The survey was published on 12 December 2023.",
        "Results have been published since 12 December 2023.",
        "Date of next meeting: 5 October 2023",
        "Members noted that the accounts were approved on 28 September 2023.",
    ],
)
@pytest.mark.parametrize("family", ["other", "meeting_pack"])
def test_another_day_is_not_its_own(line: str, family: str) -> None:
    assert _day(line, family=family) == ""


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 12 December 2023", "2023-12-12"),
        ("This document was published on 12 December 2023.", "2023-12-12"),
        ("First published: December 2023", "2023-12"),
        ("Date: 12 December 2023", "2023-12-12"),
        ("Quarterly figures, 12 December 2023", "2023-12-12"),
    ],
)
def test_its_own_day(line: str, day: str) -> None:
    assert _day(line) == day


def test_a_meetings_day_is_that_of_its_head() -> None:
    lines = ("Date of next meeting: Thursday 5 October 2023", "Date: Thursday 7 September 2023")
    assert _day(*lines, family="meeting_pack") == "2023-09-07"
