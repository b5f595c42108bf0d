"""Is each golden report on many forces read as expected: text, PDF, Word and a web page?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.inspections.reading.about_reports import find_faults, golden_paths


@pytest.mark.parametrize("path", golden_paths(), ids=lambda path: path.name)
def test_a_golden_report_says_of_the_force_what_is_expected(path: Path) -> None:
    assert find_faults(path) == []


def test_every_format_has_its_golden_report() -> None:
    endings = {path.name.partition(".")[2] for path in golden_paths()}
    assert endings >= {"txt", "typ", "docx.md", "html"}
