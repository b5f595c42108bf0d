"""Whom is a document about: the force that it is on, and not one that it mentions?"""

from __future__ import annotations

import pytest

from bluelamp.documents.readers import read_bytes
from bluelamp.intake.details import find_subject
from bluelamp.organisations.bodies import Body

pytestmark = pytest.mark.no_database

BODIES = {
    code: Body(code=code, name=name, kind="force", fictional=True)
    for code, name in (("CVP", "Calder Vale Police"), ("TMC", "Tolmere Constabulary"))
}
FILLING = "\n\n".join(f"Officers of shift {number} keep their vans clean." for number in range(60))
PASSING = "Tolmere Constabulary could not give its figures."


def subject_of(text: str) -> str:
    found = find_subject(read_bytes(text.encode(), file_name="report.md"), BODIES)
    return found.value if found else ""


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (f"# Calder Vale Police\n\n## PEEL\n\n{FILLING}\n\n{PASSING}", "CVP"),
        (f"# Fellwater Police\n\n## PEEL\n\n{FILLING}\n\n{PASSING}", ""),
        (f"# Fellwater Police\n\n## PEEL\n\n{PASSING}", ""),
        (f"# PEEL\n\nAn inspection of Fellwater Constabulary\n\n{PASSING}", ""),
        (f"# Who is lost\n\n{FILLING}\n\n{PASSING}", ""),
        (f"# Our vans\n\n{FILLING}\n\n{PASSING}\n\n{PASSING}\n\n{PASSING}", "TMC"),
        (f"# Our vans\n\n{PASSING}\n\n{FILLING}", "TMC"),
        (f"# Fellwater Police\n\nA report to Tolmere Constabulary\n\n{FILLING}", "TMC"),
    ],
)
def test_a_force_that_is_only_mentioned_is_not_the_subject(text: str, subject: str) -> None:
    assert subject_of(text) == subject
