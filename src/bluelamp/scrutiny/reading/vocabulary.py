"""Which words of the field do papers and minutes use? The vocabularies that people write, loaded once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bluelamp.lib.definitions import SHIPPED, read_definition

_EDGES = " \t:;,.*()[]-–—•|"


@dataclass(frozen=True)
class PapersVocabulary:
    header_labels: dict[str, list[str]]
    purposes: list[str]
    public_marks: list[str]
    sections: list[str]
    last_sections: list[str]
    agenda: list[str]
    agenda_asides: list[str]
    work_programme: list[str]
    work_programme_columns: dict[str, list[str]]


@dataclass(frozen=True)
class MeetingsVocabulary:
    minutes: list[str]
    meetings: list[str]
    previous: list[str]
    attendance: dict[str, list[str]]
    absent_marks: list[str]
    present_marks: list[str]
    posts: list[str]
    bodies: list[str]
    roles: list[str]
    honorifics: list[str]


@cache
def papers() -> PapersVocabulary:
    return read_definition(SHIPPED / "vocabularies" / "papers.yaml", PapersVocabulary)


@cache
def meetings() -> MeetingsVocabulary:
    return read_definition(SHIPPED / "vocabularies" / "meetings.yaml", MeetingsVocabulary)


def plain(words: str) -> str:
    """Small letters, single spaces, no punctuation at the ends, letters set apart joined ("A G E N D A")."""
    low = " ".join(words.lower().replace("’", "'").split()).strip(_EDGES)
    if re.fullmatch(r"(?:[a-z] ){3,30}[a-z]", low):
        return low.replace(" ", "")
    return low


def label_field(words: str) -> str | None:
    """The header field that a label fills: "Report Author:" is author; None where it is no label."""
    label = re.sub(r"\s?\(.{0,20}\)$|\(s\)|\*|:$", "", plain(words)).strip(_EDGES)
    return _labels().get(label)


@cache
def _labels() -> dict[str, str]:
    return {label: field for field, labels in papers().header_labels.items() for label in labels}
