"""The report of 2007 in ../shared: every number here was counted by eye on its pages."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from bluelamp.documents.document import Document, whole
from bluelamp.documents.facts import Reading
from bluelamp.documents.readers.plain import read
from bluelamp.inspections.facts import Finding, GradeDistribution, Judgement, Practice
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.reading.hmic import read_hmic

pytestmark = pytest.mark.shared

COUNTED = {  # area: strengths, work in progress, areas for improvement
    "neighbourhood-policing": (26, 8, 2),
    "performance-management": (15, 8, 4),
    "protecting-vulnerable-people": (7, 2, 0),
    "child-abuse": (17, 4, 7),
    "domestic-violence": (16, 6, 2),
    "public-protection": (19, 2, 2),
    "missing-persons": (10, 1, 1),
}


@pytest.fixture(scope="module")
def document(shared: Path) -> Document:
    path = next((shared / "seeds").glob("002*.txt"))
    data = path.read_bytes()
    return read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=path.name)


@pytest.fixture(scope="module")
def reading(document: Document) -> Reading:
    return read_hmic(whole(document), load_frameworks()["hmic-2007"], None)


def test_every_quote_is_found_on_its_page(document: Document, reading: Reading) -> None:
    cited = [citation for fact in reading.facts for citation in fact.citations]
    cited += [citation for unread in reading.unread for citation in unread.citations]
    assert [citation for citation in cited if not document.verify(citation)] == []


def test_six_areas_are_graded_in_the_summary_and_in_their_chapter(reading: Reading) -> None:
    judged = [f for f in reading.facts if isinstance(f, Judgement)]
    graded = {f.area: f.grade for f in judged if f.area in COUNTED}
    assert graded == {
        "neighbourhood-policing": "good",
        "performance-management": "fair",
        "child-abuse": "good",
        "domestic-violence": "good",
        "public-protection": "good",
        "missing-persons": "good",
    }
    assert {len(f.citations) for f in judged if f.area in COUNTED} == {2}


def test_two_frameworks_of_2006_were_inspected_again(reading: Reading) -> None:
    judged = {f.area: f for f in reading.facts if isinstance(f, Judgement)}
    forensic = judged["improving-forensic-performance"]
    assert (forensic.previous_grade, forensic.grade, forensic.direction) == ("poor", "fair", "improved")
    volume = judged["volume-crime-reduction"]
    assert volume.grade is None
    assert volume.doubt
    assert any(unread.citations == volume.citations for unread in reading.unread)
    assert len(judged) == 8


def test_six_distributions_sum_to_43_and_are_cited_twice(reading: Reading) -> None:
    counted = [f for f in reading.facts if isinstance(f, GradeDistribution)]
    assert len(counted) == 6
    assert {sum(count.count for count in f.counts) for f in counted} == {43}
    assert {len(f.citations) for f in counted} == {2}
    assert {f.area: f.counts[0].count for f in counted}["performance-management"] == 6


def test_findings_by_area_are_as_counted_by_eye(reading: Reading) -> None:
    findings = [f for f in reading.facts if isinstance(f, Finding) and f.type != "issue_of_concern"]
    found = Counter((f.area, f.type) for f in findings)
    kinds = ("strength", "work_in_progress", "area_for_improvement")
    assert {area: tuple(found[area, kind] for kind in kinds) for area in COUNTED} == COUNTED
    assert len(findings) == 159
    assert all(f.text.endswith((".", ":")) and not f.text[0].islower() for f in findings)


def test_nested_parts_stay_with_their_bullet(reading: Reading) -> None:
    findings = [f for f in reading.facts if isinstance(f, Finding)]
    assert sorted(len(f.parts) for f in findings if f.parts) == [3, 5, 6, 8]


def test_six_developing_practices_without_their_contacts(reading: Reading) -> None:
    practices = [f for f in reading.facts if isinstance(f, Practice)]
    assert Counter(f.area for f in practices) == {
        "neighbourhood-policing": 1,
        "performance-management": 1,
        "child-abuse": 2,
        "public-protection": 1,
        "missing-persons": 1,
    }
    assert {f.type for f in practices} == {"developing"}
    assert all(f.title and f.problem and f.solution and f.outcomes for f in practices)
    said = " ".join(c.quote for f in practices for c in f.citations)
    assert "CONTACT" not in said
