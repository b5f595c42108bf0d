"""What is harvested of the real inputs, against what was judged by eye before the rules were written?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document, whole
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.sentences import split_sentences
from bluelamp.inspections.facts import Finding
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.reading import read_inspection
from bluelamp.inspections.reading.criticism_sentences import judge_sentence
from bluelamp.lib.text import fold
from bluelamp.organisations.bodies import load_bodies

pytestmark = pytest.mark.shared

LABELS = Path(__file__).with_name("seed_000_criticism.yaml")


def read_seed(shared: Path, number: str) -> Document:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    return read_bytes(path.read_bytes(), file_name=path.name)


@dataclass(frozen=True)
class Harvest:
    document: Document
    findings: list[Finding]

    @property
    def issues(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.type == "issue_of_concern"]

    @property
    def places(self) -> set[str]:
        """The sentences that are cited, as the labels name them."""
        quoted = " | ".join(citation.quote for issue in self.issues for citation in issue.citations)
        found = set()
        for block in self.document.blocks:
            offsets = self.document.folded(block).offsets
            if block.kind in (BlockKind.TABLE, BlockKind.CONTENTS, BlockKind.FOOTNOTE):
                continue
            for start, end in split_sentences(block.text):
                if len(block.text[start:end]) > 20 and fold(block.text[start:end]) in quoted:
                    line = self.document.line_at(offsets[start])
                    found.add(str(line) if block.kind is BlockKind.HEADING else f"{line}.{start}")
        return found


def harvest(shared: Path, number: str, framework: str) -> Harvest:
    document = read_seed(shared, number)
    reading = read_inspection(whole(document), load_frameworks()[framework], load_bodies()["NTS"])
    return Harvest(document, [fact for fact in reading.facts if isinstance(fact, Finding)])


@pytest.fixture(scope="module")
def of_2022(shared: Path) -> Harvest:
    return harvest(shared, "000", "peel-2021-22")


def test_the_report_of_2022_against_its_labels(of_2022: Harvest) -> None:
    labels: dict[str, list[str]] = yaml.safe_load(LABELS.read_text("utf-8"))
    wanted = set(labels["criticism"]) | set(labels["explaining"])
    unjudged = set(labels["either"]) | set(labels["headings"])
    found = of_2022.places
    right = found & wanted
    assert len(right) / len(wanted) >= 0.9
    assert len(right) / len(found - unjudged) >= 0.9


def test_points_of_the_report_of_2022_name_their_area_and_what_they_support(of_2022: Harvest) -> None:
    issues = of_2022.issues
    assert 65 <= len(issues) <= 95
    assert sum(1 for issue in issues if issue.area) / len(issues) > 0.85
    titles = {finding.title for finding in of_2022.findings if finding.type == "area_for_improvement"}
    named = [issue.parent for issue in issues if issue.parent]
    assert len(named) >= 8
    assert set(named) <= {fold(title) for title in titles}
    assert any(len(issue.citations) > 1 for issue in issues)
    assert {issue.strength for issue in issues} >= {"hedged", "plain", "strong"}


def test_nine_in_ten_rows_that_an_office_lifted_by_hand_hold_a_criticism(shared: Path) -> None:
    from bluelamp.assurance.reading import read_template

    rows = [
        row for row in read_template(whole(read_seed(shared, "001"))).facts if row.section == "issue_of_concern"
    ]
    names = frozenset({"nottinghamshire police", "notts"})
    critical = [
        row
        for row in rows
        if any(judge_sentence(row.text[a:b], names, national=True).strength for a, b in split_sentences(row.text))
    ]
    assert len(rows) == 65
    assert len(critical) >= 59


def test_the_report_of_2007_gives_few_issues_and_none_of_its_lists_of_improvements(shared: Path) -> None:
    found = harvest(shared, "002", "hmic-2007")
    labelled = " ".join(f.text for f in found.findings if f.type == "area_for_improvement")
    assert 12 <= len(found.issues) <= 35
    assert not any(issue.text in labelled for issue in found.issues)
