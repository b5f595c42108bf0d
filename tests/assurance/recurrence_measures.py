"""How well are earlier points found? Precision and recall on labelled pairs, for the tests and the bench."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bluelamp.assurance.facts import TemplateRow
from bluelamp.assurance.recurrence import Reading, compare, read_finding
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Finding
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.intake.extraction import extract

HERE = Path(__file__).parent
YEARS = {"000": 2022, "001": 2017, "002": 2007}
CRITICISMS = ("area_for_improvement", "cause_of_concern", "recommendation", "issue_of_concern")
SECTIONS = {
    "IOC": "issue_of_concern",
    "AFI": "area_for_improvement",
    "COC": "cause_of_concern",
    "REC": "recommendation",
}


@dataclass(frozen=True)
class Measure:
    """Of the pairs said to be the same, how many are; of those that are, how many were said to be."""

    said: int
    right: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.2f} ({self.right} of {self.said}), "
            f"recall {self.recall:.2f} ({self.right} of {self.there})"
        )


def measure_golden(name: str, at_least: float) -> Measure:
    """The invented findings of one set."""
    golden = yaml.safe_load((HERE / "recurrence_golden.yaml").read_text(encoding="utf-8"))[name]
    texts = {each["id"]: [each["text"]] for each in golden["findings"]}
    readings = {each["id"]: read_finding(texts[each["id"]], area_name=each["area"]) for each in golden["findings"]}
    same = {frozenset(pair) for group in golden["same"] for pair in itertools.combinations(group, 2)}
    said = {
        frozenset((one, other))
        for one, other in itertools.combinations(readings, 2)
        if score(readings[one], readings[other], texts[one], texts[other]) >= at_least
    }
    return Measure(len(said), len(said & same), len(same))


def score(one: Reading, other: Reading, one_texts: list[str], other_texts: list[str]) -> float:
    found = compare(one, other, here_texts=one_texts, there_texts=other_texts)
    return found.score if found else 0.0


@dataclass(frozen=True)
class Said:
    """A finding in one of the documents: its places ("000:212", "IOC 36"), its words as they are compared."""

    year: int
    kind: str
    places: frozenset[str]
    texts: tuple[str, ...]
    reading: Reading


def read_seeds(seeds: Path) -> list[Said]:
    """The findings of three documents. A sentence lifted from under a strength's or a work's label is left out."""
    said = []
    names = {area.slug: area.name for each in load_frameworks().values() for area in each.areas}
    for document, year in YEARS.items():
        path = next(seeds.glob(f"{document}*.txt"))
        facts = [found.fact for found in extract(read_bytes(path.read_bytes(), file_name=path.name)).facts]
        labelled = {
            line
            for fact in facts
            if isinstance(fact, Finding) and fact.type in ("strength", "work_in_progress")
            for line in _lines(fact.citations)
        }
        for fact in facts:
            if isinstance(fact, Finding):
                kind, lines = fact.type, _lines(fact.citations)
                if kind == "issue_of_concern" and labelled & set(lines):
                    continue
                places = frozenset(f"{document}:{line}" for line in lines)
                texts: tuple[str, ...] = (fact.title, fact.text, *map(str, fact.parts))
                area = names.get(fact.area, fact.area)
            elif isinstance(fact, TemplateRow):
                places = frozenset(f"{code} {fact.ref}" for code, name in SECTIONS.items() if name == fact.section)
                kind, texts, area = fact.section, (fact.text,), ""
            else:
                continue
            said.append(Said(year, kind, places, texts, read_finding(texts, area_name=area)))
    return said


def _lines(citations: Iterable[Any]) -> list[int]:
    return [line for each in citations for line in range(each.line, each.line_end + 1)]


def read_labels() -> list[Mapping[str, Any]]:
    return list(yaml.safe_load((HERE / "recurrence_labels.yaml").read_text(encoding="utf-8"))["labels"])


def measure_seeds(said: list[Said], at_least: float) -> tuple[Measure, list[str]]:
    """The measure, and a line for each wrong or missing pair: places and score only."""
    said = [each for each in said if each.kind in CRITICISMS]
    counted, right, there, faults = 0, 0, 0, []
    for label in read_labels():
        for one in (each for each in said if label["of"] in each.places):
            for other in (each for each in said if each.year < one.year):
                if other.places & set(label.get("perhaps", ())):
                    continue
                is_same = bool(other.places & set(label["same"]))
                found = score(one.reading, other.reading, list(one.texts), list(other.texts))
                counted += found >= at_least
                there += is_same
                right += is_same and found >= at_least
                if is_same != (found >= at_least):
                    faults.append(
                        f"{label['of']} {min(other.places)} {'missed' if is_same else 'wrong'} {found:.2f}"
                    )
    return Measure(counted, right, there), faults
