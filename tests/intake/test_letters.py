"""Is an inspectorate's letter read for its findings, and a commissioner's for what it promises?"""

from __future__ import annotations

from bluelamp.documents.readers import read_bytes
from bluelamp.intake.extraction import extract

INSPECTORATE = """HMICFRS

Calder Vale Police: custody revisit

Dear Chief Constable

In September we inspected the custody suites of Calder Vale Police and made three recommendations. In March we
visited again.

Custody

We found that the suites are clean. The force does not record why children are held overnight, and its
staff are not trained to. We will return in a year.

Yours sincerely
"""
COMMISSIONER = """Police and Crime Commissioner for Calder Vale

Dear Sir

I have read the report of HMICFRS. I will publish a plan for the custody suites by 30 June 2025.

Yours faithfully
"""


def kinds(text: str) -> dict[str, int]:
    return extract(read_bytes(text.encode(), file_name="letter.txt")).counts


def test_a_revisits_letter_is_read_for_criticism_and_promises_nothing() -> None:
    found = kinds(INSPECTORATE)
    assert found.get("finding", 0) >= 1
    assert "undertaking" not in found


def test_a_commissioners_letter_is_read_for_what_it_promises() -> None:
    found = kinds(COMMISSIONER)
    assert found.get("undertaking") == 1
    assert "finding" not in found


def test_a_letter_may_end_with_good_wishes() -> None:
    from bluelamp.lib.letters import SIGNED

    assert all(
        SIGNED.match(words) for words in ("With best wishes", "Kind regards,", "Yours truly", "Best wishes")
    )
    assert not SIGNED.match("Best wishes to all who took part in the count of the vans")
