"""Which criticisms are expected of the reports in `harvest/`, and which are found?

In these reports a sentence that criticises is marked "[+]" before it, and one that a reader may well take either
way (what follows from a criticism, a grade said again, a heading) "[~]"; the marks are gone before it is read.
Precision is over sentences: what is proposed and neither marked is invented. Each report was written and marked
before it was first read; `first_read` in its YAML holds what was found, missed and invented then, before any rule
was changed for what it showed. Those with `unseen: true` no rule was ever changed for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from tests.golden.documents import GoldenDocument

from bluelamp.documents.sentences import split_sentences
from bluelamp.inspections.facts import Finding
from bluelamp.lib.text import fold

HERE = Path(__file__).resolve().parent / "harvest"
ISSUE = "issue_of_concern"
_MARK = re.compile(r"\[([+~])\]\s+")
_NUMBER = re.compile(r"^[A-Z]?\d{1,3}(?:\.\d{1,3})*\s+")
_TAG = re.compile(r"<[^>]{1,40}>")


@dataclass(frozen=True)
class Tally:
    """Sentences: criticisms that were found, that were missed, and what was proposed and is none."""

    found: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        return len(self.found) / max(1, len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        return len(self.found) / max(1, len(self.found) + len(self.invented))

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.found + other.found, self.missed + other.missed, self.invented + other.invented)


@dataclass(frozen=True)
class FirstTally:
    """How many sentences were found, missed and invented at the first reading, over `read` reports."""

    found: int = 0
    missed: int = 0
    invented: int = 0
    read: int = 0

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.invented)


@dataclass(frozen=True)
class HarvestDocument(GoldenDocument):
    @property
    def is_unseen(self) -> bool:
        return self.expected.get("unseen") is True

    @property
    def first_read(self) -> FirstTally:
        held = self.expected["first_read"]
        assert isinstance(held, list)
        return FirstTally(*(int(str(count)) for count in held), read=1)

    @cached_property
    def marks_astray(self) -> list[str]:
        """Marked sentences that are no sentence of the document as read."""
        read = {
            _key(part[start:end])
            for block in self.document.blocks
            for part in (block.text, _NUMBER.sub("", block.text))
            for start, end in split_sentences(part)
        }
        return [key for key in self.marked if key not in read]

    @cached_property
    def marked(self) -> dict[str, str]:
        """Each marked sentence by its key, with its mark."""
        marks: dict[str, str] = {}
        for paragraph in re.split(r"\n\s*\n|\f|\n(?=[-•#<])", self.path.read_text("utf-8")):
            plain = fold(_TAG.sub("", paragraph))
            for mark, start in ((m[1], m.end()) for m in _MARK.finditer(plain)):
                rest = _MARK.sub("", plain[start:])
                first, end = split_sentences(rest)[0]
                marks[_key(rest[first:end])] = mark
        return marks

    @cached_property
    def source(self) -> bytes:
        return _MARK.sub("", self.path.read_text("utf-8")).encode()

    @cached_property
    def tally(self) -> Tally:
        wanted = {key for key, mark in self.marked.items() if mark == "+"}
        issues = [f for f in self.reading.facts if isinstance(f, Finding) and f.type == ISSUE]
        proposed = {_key(words): words for issue in issues for words in _sentences(issue)}
        invented = [words for key, words in proposed.items() if key not in self.marked]
        return Tally(tuple(wanted & set(proposed)), tuple(wanted - set(proposed)), tuple(invented))


def _sentences(issue: Finding) -> list[str]:
    """Every sentence that the fact cites, each place of it."""
    quotes = [issue.text, *issue.parts, *(citation.quote for citation in issue.citations)]
    return [quote[start:end] for quote in quotes for start, end in split_sentences(quote)]


def _key(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", words.lower().replace("’", "'")).strip()


@lru_cache(maxsize=1)
def harvest_documents() -> tuple[HarvestDocument, ...]:
    paths = sorted(path for path in HERE.glob("*") if path.suffix not in (".yaml", ".py"))
    return tuple(HarvestDocument(path) for path in paths)


def tally_all(*, unseen: bool = False) -> Tally:
    chosen = [each for each in harvest_documents() if each.is_unseen or not unseen]
    return sum((each.tally for each in chosen), Tally())


def tally_first() -> FirstTally:
    """All reports as they were first read."""
    firsts = [each.first_read for each in harvest_documents()]
    return FirstTally(
        found=sum(each.found for each in firsts),
        missed=sum(each.missed for each in firsts),
        invented=sum(each.invented for each in firsts),
        read=len(firsts),
    )
