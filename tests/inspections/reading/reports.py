"""How does a test turn a few lines of a report into a reading?"""

from __future__ import annotations

from bluelamp.documents.document import Document, whole
from bluelamp.documents.facts import Reading
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Closure, Finding, Judgement, Practice, Statistic
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.reading import read_inspection


def read_report(text: str, framework: str = "peel-2021-22") -> tuple[Document, Reading]:
    document = read_bytes(text.encode("utf-8"), file_name="report.md")
    return document, read_inspection(whole(document), load_frameworks()[framework], None)


def findings(reading: Reading, kind: str) -> list[Finding]:
    return [fact for fact in reading.facts if isinstance(fact, Finding) and fact.type == kind]


def judgements(reading: Reading) -> dict[str, str | None]:
    return {fact.area: fact.grade for fact in reading.facts if isinstance(fact, Judgement)}


def practices(reading: Reading) -> list[Practice]:
    return [fact for fact in reading.facts if isinstance(fact, Practice)]


def closures(reading: Reading) -> list[Closure]:
    return [fact for fact in reading.facts if isinstance(fact, Closure)]


def statistics(reading: Reading) -> list[Statistic]:
    return [fact for fact in reading.facts if isinstance(fact, Statistic)]


def reasons(reading: Reading) -> list[str]:
    return [unread.reason for unread in reading.unread]
