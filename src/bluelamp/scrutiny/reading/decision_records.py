"""What does a record of a commissioner's decision say was decided, under which number, on which day?

"Decision number", "Decision" and "Date of decision" stand as labels with their words behind or under them, in
lines or in the rows of a table. One record is one resolution; so is each row of a log of decisions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bluelamp.documents.blocks import BlockKind, Span
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Reading, Unread
from bluelamp.lib.days import find_days
from bluelamp.lib.text import fold
from bluelamp.scrutiny.facts import Resolution
from bluelamp.scrutiny.reading.decision_tables import is_decision_table, read_decision_table
from bluelamp.scrutiny.reading.lines import Line, lines_of

VERSION = 2
NAMED_IN = 6  # lines in which a record says that it is one
_LABELS = {
    "number": r"(?:decision (?:record )?|record |form )(?:number|no\.?|ref(?:erence)?\.?(?: (?:number|no\.?))?)",
    "decision": r"(?:the |formal |pcc )?decision(?: taken| made| of the (?:police and crime )?commissioner)?",
    "day": r"date (?:of|the) decision(?: was)?(?: made)?|decision date|date (?:signed|approved|of approval)|date",
    "title": r"(?:decision )?(?:title|subject)(?: of (?:the )?(?:decision|report))?",
}
_LABEL = {
    name: re.compile(rf"(?:{words})\s{{0,2}}(?P<mark>[:\t–—]|$)\s{{0,4}}", re.I) for name, words in _LABELS.items()
}
_OTHER_LABEL = re.compile(r"(?!I\b)[A-Z][^:.\t]{2,50}(?::\s|:$|\t)|(?i:signed|signature|yours)\b")
_RECORD = re.compile(r"\b(?:record of (?:a |the )?decision|decision (?:record|notice|form|report))\b", re.I)


@dataclass
class _Record:
    said: dict[str, list[str]] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)

    def add(self, name: str, words: str, spans: tuple[Span, ...]) -> None:
        self.said.setdefault(name, []).append(words)
        self.spans.setdefault(name, []).extend(spans)

    def words(self, name: str) -> str:
        return fold(" ".join(self.said.get(name, [])))


def read_decision_records(part: Part) -> Reading:
    """The decision of each record; a record whose decision was not found is told."""
    logs = [block for block in part.blocks if is_decision_table(block)]
    aside = {id(block) for block in logs}
    blocks = [block for block in part.blocks if block.kind is not BlockKind.CONTENTS and id(block) not in aside]
    lines = list(lines_of(part.document, blocks))
    facts = [fact for block in logs for fact in read_decision_table(part, block)]
    unread: list[Unread] = []
    named = any(_RECORD.search(line.text) and len(line.text) < 80 for line in lines[:NAMED_IN])
    for record in _records(lines):
        number, decided = record.words("number"), record.words("decision")
        if not number and not (named and record.words("day")):
            continue
        spans = sorted(span for each in record.spans.values() for span in each)
        cited = part.document.cite(spans)
        if not decided:
            unread.append(Unread(reason="A record of a decision whose decision was not found.", citations=cited))
            continue
        days = find_days(record.words("day"))
        facts.append(
            Resolution(
                meeting_date=days[0].day if days else None,
                number=number,
                text=decided,
                item=record.words("title"),
                citations=cited,
            )
        )
    return Reading(reader="scrutiny.decisions", version=VERSION, facts=tuple(facts), unread=tuple(unread))


def _records(lines: list[Line]) -> list[_Record]:
    """The labelled words of each record; a number where one was said before begins the next."""
    records = [_Record()]
    open_name = ""
    for line in lines:
        name, rest = _label_of(line)
        if name == "number" and "number" in records[-1].said:
            records.append(_Record())
        if name and name not in records[-1].said:
            records[-1].add(name, rest, line.spans)
            open_name = "" if line.is_row else name
            continue
        if name or _ends_field(line):
            open_name = ""
        elif open_name and (open_name == "decision" or not records[-1].words(open_name)):
            records[-1].add(open_name, line.text, line.spans)
    return records


def _ends_field(line: Line) -> bool:
    return line.is_row or line.block.kind is BlockKind.HEADING or _OTHER_LABEL.match(line.text) is not None


def _label_of(line: Line) -> tuple[str, str]:
    """The field that the line begins with, and the words behind its label; "" where it begins with none."""
    for name, pattern in _LABEL.items():
        found = pattern.match(line.text)
        alone = line.block.strong or line.block.kind is BlockKind.HEADING
        if found and (found["mark"] or alone):
            return name, line.text[found.end() :].replace("\t", " ").strip()
    return "", ""
