"""Is a report of the cycle that its title names, whatever year it was printed in?"""

from __future__ import annotations

import pytest

from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.recognition import find_framework

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("title", "printed", "cycle"),
    [
        ("PEEL: Police effectiveness 2016", "March 2017", "peel-2016"),
        ("PEEL: Police legitimacy 2015", "11 February 2016", "peel-2015"),
        ("PEEL: Police efficiency 2017", "November 2017", "peel-2017"),
        ("Baseline Assessment", "October 2006", "baseline-2006"),
    ],
)
def test_the_cycle_is_of_the_title(title: str, printed: str, cycle: str) -> None:
    head = "Her Majesty's Inspectorate of Constabulary"
    text = f"# {title}\n\nDale Police\n\n{printed}\n\n{head}\n\n## Recommendations\n"
    found = find_framework(whole(read_bytes(text.encode(), file_name="report.md")), load_frameworks())
    assert found is not None
    assert found.framework.slug == cycle


def test_the_year_of_an_imprint_between_two_lines_of_a_title_is_none_of_it() -> None:
    text = (
        "PEEL: Police effectiveness 2016\n\nDale Constabulary\n\nMarch 2017\n\n© HMIC 2017\n\n"
        "An inspection of Dale Constabulary\n\nPEEL: Police effectiveness 2016 – Dale Constabulary\n"
    )
    found = find_framework(whole(read_bytes(text.encode(), file_name="report.txt")), load_frameworks())
    assert found is not None
    assert found.framework.slug == "peel-2016"
