"""Do the first real documents become a register in which every line is cited and sound?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from bluelamp.documents.citations import Citation
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.search import search_passages
from bluelamp.inspections.models import GradeDistribution, Judgement, Practice, Statistic
from bluelamp.intake.taking_in import take_in
from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.organisations.actions import load_organisations
from bluelamp.organisations.bodies import load_bodies
from bluelamp.register.models import Item, Mention

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BY = Operator("test")

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def take_in_seed(path: Path):
    data = path.read_bytes()
    document = read_bytes(data, file_name=path.name)
    return document, take_in(document, data, path.name, by=BY, now=NOW, accept=True)


@pytest.fixture
def seeds(shared: Path, db: None) -> list[Path]:
    load_organisations(by=BY, now=NOW, bodies=load_bodies())
    return sorted((shared / "seeds").glob("*.txt"))


def test_the_seeds_become_a_cited_register(seeds: list[Path]) -> None:
    taken = [take_in_seed(path) for path in seeds]
    assert all(not each.outcome.left for _, each in taken)
    documents = {document.sha256: document for document, _ in taken}
    for mention in Mention.objects.all():
        for wire in mention.citations:
            citation = Citation(**{**wire, "box": None})
            assert documents[citation.document_sha256].verify(citation), citation.quote
    template = Item.objects.filter(source="assurance_template").values_list("kind", flat=True)
    assert Counter(template) == {
        "issue_of_concern": 65,
        "area_for_improvement": 10,
        "cause_of_concern": 1,
        "recommendation": 2,
    }
    assert Item.objects.filter(framework="peel-2021-22", kind="area_for_improvement").count() == 12
    graded = Judgement.objects.filter(inspection__framework="peel-2021-22").values_list("grade", flat=True)
    assert Counter(graded) == {"good": 2, "adequate": 6, "requires-improvement": 1, "": 3}
    assert [sum(each.counts.values()) for each in GradeDistribution.objects.all()] == [43] * 6
    assert Practice.objects.filter(inspection__framework="hmic-2007").count() == 6
    assert {statistic.half_width is not None for statistic in Statistic.objects.all()} >= {True}
    assert search_passages("crime recording", viewer=None).total > 0
    assert verify(None).problems == []


def test_taking_a_seed_in_again_changes_nothing(seeds: list[Path]) -> None:
    take_in_seed(seeds[0])
    events = Event.objects.count()
    _, again = take_in_seed(seeds[0])
    assert again.changed_nothing
    assert Event.objects.count() == events
