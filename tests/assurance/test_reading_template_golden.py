"""Golden templates and self-assessments of fictional offices, with the rows expected of them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pytest
from tests.golden.documents import GoldenDocument, find_faults

from bluelamp.assurance.reading import read_template
from bluelamp.documents.document import whole
from bluelamp.documents.facts import Reading
from bluelamp.scrutiny.reading.self_assessment import read_self_assessment

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "templates"
READERS = {"assurance_template": read_template, "self_assessment": read_self_assessment}


class GoldenTemplate(GoldenDocument):
    @cached_property
    def reading(self) -> Reading:
        return READERS[str(self.expected["family"])](whole(self.document))


GOLDEN = [GoldenTemplate(path) for path in sorted(FOLDER.glob("*")) if path.suffix != ".yaml"]


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.name)
def test_a_golden_template_is_read_as_expected(golden: GoldenTemplate) -> None:
    assert find_faults(golden) == []
