"""Are the real documents read for a force without a flood, and is what was found by hand found again?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bluelamp.documents.document import Document
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Mention
from bluelamp.intake.extraction import extract


def read_seed(shared: Path, number: str) -> tuple[Document, list[Mention]]:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    document = read_bytes(path.read_bytes(), file_name=path.name)
    found = extract(document, about="Nottinghamshire")
    return document, [read.fact for read in found.facts if isinstance(read.fact, Mention)]


@pytest.mark.shared
@pytest.mark.parametrize(("number", "most"), [("000", 40), ("001", 25), ("002", 30), ("003", 180), ("004", 10)])
def test_a_document_on_the_one_force_gives_no_flood(shared: Path, number: str, most: int) -> None:
    document, found = read_seed(shared, number)
    assert 0 < len(found) <= most
    assert all(document.verify(citation) for mention in found for citation in mention.citations)


@pytest.mark.shared
def test_the_rows_that_were_lifted_from_a_national_report_are_found_as_what_they_are(shared: Path) -> None:
    """Rows 59 to 65 of the template: who was excluded, with whom, from what."""
    _, found = read_seed(shared, "001")
    excluded = [mention for mention in found if mention.nature == "exclusion"]
    assert len(excluded) == 5
    assert {"CAM", "GMP", "MER"} < set(excluded[0].listed_with)
    assert [len(mention.listed_with) for mention in excluded[1:3]] == [11, 11]
    assert {"COL", "TVP", "DYP"} < set(excluded[1].listed_with)
    assert any(mention.listed_with == ("GMP",) and mention.nature == "sentence" for mention in found)


@pytest.mark.shared
def test_what_a_meeting_pack_quotes_of_national_recommendations_is_for_all_forces(shared: Path) -> None:
    _, found = read_seed(shared, "003")
    assert Counter(mention.nature for mention in found)["recommendation_to_all"] >= 3
