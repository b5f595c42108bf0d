"""Which planted faults were found, and which findings are false alarms? By the words that a finding cites."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.corpus.made import Case, Near, Plant
from tests.corpus.writing import write

from bluelamp.checks.checking import check_papers
from bluelamp.checks.model import Result, Verdict
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.checking import read_subject

TOLD = (Verdict.CONTRADICTION, Verdict.SUSPECT)


@dataclass
class Score:
    """What was planted and found, by kind; `alarms` by the finding's rule."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    only_doubted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    nears: Counter[str] = field(default_factory=Counter)
    near_alarms: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, Plant]] = field(default_factory=list)
    false: list[tuple[str, Result]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found.total() / max(1, self.planted.total())

    @property
    def precision(self) -> float:
        told = self.right.total() + self.alarms.total()
        return self.right.total() / max(1, told)


def check_case(case: Case) -> tuple[Result, ...]:
    subjects = []
    for file in case.files:
        data = write(file)
        document = read_bytes(data, file_name=file.name)
        subjects.append(read_subject(document, name=file.name))
    return check_papers(subjects).results


def score(cases: Iterable[Case]) -> Score:
    total = Score()
    for case in cases:
        _score_case(case, check_case(case), total)
    return total


def _score_case(case: Case, results: Iterable[Result], total: Score) -> None:
    told = [result for result in results if result.verdict in TOLD]
    hits: set[int] = set()
    for plant in case.plants:
        total.planted[plant.kind] += 1
        own = [n for n, result in enumerate(told) if holds(result, plant.words)]
        hits.update(own)
        if own:
            total.found[plant.kind] += 1
            certain = any(told[n].verdict is Verdict.CONTRADICTION for n in own)
            total.only_doubted[plant.kind] += not certain
        else:
            total.missed.append((case.name, plant))
    for n, result in enumerate(told):
        if n in hits:
            total.right[result.check.value] += 1
        else:
            total.alarms[result.check.value] += 1
            total.false.append((case.name, result))
    wrong = [result for n, result in enumerate(told) if n not in hits]
    _score_nears(case.nears, wrong, total)


def _score_nears(nears: Iterable[Near], wrong: list[Result], total: Score) -> None:
    for near in nears:
        total.nears[near.kind] += 1
        total.near_alarms[near.kind] += any(holds(result, near.words) for result in wrong)


def holds(result: Result, words: tuple[str, ...]) -> bool:
    """Does the finding cite every one of these words?"""
    cited = _plain(" ".join(_cited(result)))
    return all(_within(_plain(each), cited) for each in words)


def _cited(result: Result) -> Iterator[str]:
    for printed in result.printed:
        yield printed.text
        for citation in printed.citations:
            yield citation.quote


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("–", "-").replace("−", "-").replace("’", "'").split())


def _within(words: str, text: str) -> bool:
    """As words of their own: "12" does not stand in "112"."""
    edge = r"(?<![\w.,])" if words[:1].isalnum() else ""
    return re.search(edge + re.escape(words) + (r"(?![\w])" if words[-1:].isalnum() else ""), text) is not None


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
