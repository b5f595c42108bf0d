"""Is what must be read of the real inputs read, and is every quote found where it is cited?"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bluelamp.documents.document import Document
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.extraction import Extraction, extract
from bluelamp.intake.wire import extraction_to_wire

pytestmark = pytest.mark.shared
SEEDS = ("000", "001", "002", "003", "004")


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Any]:
    return dict(json.loads((shared / "gold" / "seeds.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def read(shared: Path) -> dict[str, tuple[Document, Extraction]]:
    found = {}
    for seed in SEEDS:
        (path,) = (shared / "seeds").glob(f"{seed}_*.txt")
        document = read_bytes(path.read_bytes(), file_name=path.name)
        found[seed] = (document, extract(document))
    return found


def facts(read: dict[str, tuple[Document, Extraction]], seed: str, kind: str) -> list[dict[str, Any]]:
    return [fact for fact in extraction_to_wire(read[seed][1])["facts"] if fact["kind"] == kind]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_quote_is_found_on_its_page_and_lines(read, seed: str) -> None:
    document, extraction = read[seed]
    assert extraction.facts
    for found in extraction.facts:
        assert [c for c in found.fact.citations if not document.verify(c)] == []
    for part in extraction.unread:
        assert [c for c in part.unread.citations if not document.verify(c)] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_every_fact_has_an_id_of_its_own_which_reading_again_gives_again(read, seed: str) -> None:
    document, extraction = read[seed]
    ids = [found.id for found in extraction.facts]
    assert len(set(ids)) == len(ids)
    assert [found.id for found in extract(document).facts] == ids


@pytest.mark.parametrize("seed", SEEDS)
def test_the_family_is_recognised(read, gold, seed: str) -> None:
    extraction = read[seed][1]
    assert extraction.detail("family") == gold[seed]["family"]
    assert extraction.subject is not None
    assert extraction.subject.code == "NTS"
    assert extraction.detail("framework") == gold[seed].get("framework", "")


def test_seed_000(read, gold) -> None:
    wanted = gold["000"]
    judgements = facts(read, "000", "judgement")
    grades = Counter(judgement["grade"] for judgement in judgements)
    for grade in ("good", "adequate", "requires-improvement"):
        assert grades[grade] == wanted["judgements"][grade]
    assert grades[None] == len(wanted["judgements"]["ungraded"])
    improvements = [f for f in facts(read, "000", "finding") if f["type"] == "area_for_improvement"]
    assert len(improvements) == wanted["areas_for_improvement"]
    assert all(finding["title"] and finding["text"] and finding["area"] for finding in improvements)
    assert len(facts(read, "000", "practice")) == wanted["practices"]["innovative"]
    statistics = facts(read, "000", "statistic")
    for statistic in wanted["statistics"]:
        assert statistic["printed"] in {found["printed"] for found in statistics}
    intervals = {(float(s["value"]), float(s["half_width"])) for s in statistics if s["half_width"]}
    assert intervals == {(86.4, 3.1), (83.6, 4.9), (85.5, 4.6), (93.1, 4.9)}


def test_seed_001(read, gold) -> None:
    rows = facts(read, "001", "template_row")
    assert Counter(row["section"] for row in rows) == gold["001"]["counts"]
    for example in gold["001"]["examples"]:
        (found,) = [row for row in rows if (row["section"], row["ref"]) == (example["section"], example["ref"])]
        assert found["text"] == example["text"]
        assert found["page_ref"] == example["page_ref"]
    assert all(row["text"] and row["page_ref"] for row in rows)


def test_seed_002(read, gold) -> None:
    wanted = gold["002"]
    own = [j for j in facts(read, "002", "judgement") if not j["previous_grade"] and not j.get("doubt")]
    assert Counter(judgement["grade"] for judgement in own) == wanted["judgements"]
    again = {j["area"]: j for j in facts(read, "002", "judgement") if j not in own}
    assert again["improving-forensic-performance"]["previous_grade"] == "poor"
    assert again["improving-forensic-performance"]["grade"] == "fair"
    assert again["volume-crime-reduction"]["grade"] is None
    distributions = facts(read, "002", "grade_distribution")
    assert len(distributions) == 6
    assert {sum(d["counts"].values()) for d in distributions} == {wanted["national_distributions_sum_to"]}
    findings = facts(read, "002", "finding")
    for area, count in wanted["areas_for_improvement"].items():
        assert sum(f["type"] == "area_for_improvement" and f["area"] == area for f in findings) == count
    practices = facts(read, "002", "practice")
    assert len(practices) == wanted["developing_practices"]
    assert all(p["title"] and p["problem"] and p["solution"] and p["outcomes"] for p in practices)
    assert {"strength", "work_in_progress"} <= {finding["type"] for finding in findings}


def test_seed_003(read, gold) -> None:
    wanted = gold["003"]
    assert len(facts(read, "003", "agenda_item")) == wanted["agenda_items"]
    assert len(facts(read, "003", "resolution")) == wanted["resolutions"]
    absent = [a for a in facts(read, "003", "attendance") if not a["present"]]
    assert len(absent) == wanted["absent_at_10_march"]
    assert {a["meeting_date"] for a in absent} == {"2021-03-10"}
    rows = facts(read, "003", "indicator_row")
    assert len(rows) == wanted["indicator_rows"]
    example = wanted["indicator_example"]
    (row,) = [row for row in rows if row["code"] == example["code"]]
    assert [period["value"] for period in row["periods"]] == example["values"]
    assert float(row["change_percent"]) == example["change_percent"]
    assert row["change_actual"] == example["change_actual"]
    assert row["exception"] is example["exception"]
    meetings = {item["meeting"] for item in facts(read, "003", "work_programme_item")}
    assert len(meetings) == wanted["work_programme_meetings"]


def test_seed_004(read, gold) -> None:
    rows = facts(read, "004", "self_assessment_row")
    assert [row["characteristic"] for row in rows] == gold["004"]["characteristics"]
    assert all(row["statement"] and row["narrative"] for row in rows)
