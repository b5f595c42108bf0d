"""Who published a document, about whom, when, and what is it called? Guesses, each with the words it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.organisations.bodies import Body

FRONT = 40  # blocks in which a document names itself
DETAILS = ("title", "family", "framework", "publisher", "subject", "published")


@dataclass(frozen=True, kw_only=True)
class Detail:
    """One thing guessed of the whole document. `value` is a slug, a body's code, an ISO date or words."""

    name: str  # of DETAILS
    value: str
    citations: tuple[Citation, ...] = ()
    doubt: str = ""


def find_subject(document: Document, bodies: Mapping[str, Body]) -> Detail | None:
    """The force named most often, its name in the front counting more."""
    forces = {
        name: body for body in bodies.values() if body.kind == "force" for name in (body.name, *body.aliases)
    }
    if not forces:
        return None
    pattern = _names_pattern(forces)
    counts: Counter[str] = Counter()
    first: dict[str, Block] = {}
    for index, block in enumerate(document.blocks):
        for found in pattern.finditer(block.text):
            code = forces[_spelt(found.group(), forces)].code
            counts[code] += 10 if index < FRONT else 1
            first.setdefault(code, block)
    if not counts:
        return None
    (code, most), *others = counts.most_common(2)
    doubt = "Another force is named nearly as often." if others and others[0][1] * 2 > most else ""
    return Detail(name="subject", value=code, citations=_cite(document, first[code]), doubt=doubt)


def _names_pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(re.escape(name) for name in longest_first) + r")\b", re.I)


def _spelt(found: str, names: Mapping[str, Body]) -> str:
    if found in names:
        return found
    return next(name for name in names if name.lower() == found.lower())


_HMICFRS = re.compile(r"\bHMICFRS\b|Constabulary and Fire (&|and) Rescue Services", re.I)
_HMIC = re.compile(r"\bHMIC\b|Inspectorate of Constabulary", re.I)


def find_publisher(document: Document, family: str, subject: str, bodies: Mapping[str, Body]) -> Detail | None:
    """The inspectorate for its reports; else the local policing body, or the force, that speaks in the front.

    A meeting's papers often name the body that holds the meeting only in its minutes, so they are read whole.
    """
    if family == "inspection_report":
        return _find_inspectorate(document)
    held_by = [body for body in bodies.values() if subject and body.force == subject]
    force = [bodies[subject]] if subject in bodies else []
    front, everything = document.blocks[:FRONT], document.blocks if family == "meeting_pack" else ()
    for candidates, blocks in ((held_by, front), (held_by, everything), (force, front)):
        for body in candidates:
            pattern = _names_pattern((body.name, *body.aliases))
            for block in blocks:
                if pattern.search(block.text.replace("&", "and")):
                    return Detail(name="publisher", value=body.code, citations=_cite(document, block))
    return None


def _find_inspectorate(document: Document) -> Detail | None:
    for value, pattern in (("HMICFRS", _HMICFRS), ("HMIC", _HMIC)):
        for block in document.blocks:
            if pattern.search(block.text):
                return Detail(name="publisher", value=value, citations=_cite(document, block))
    return None


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_NUMBER = {month.lower(): index for index, month in enumerate(_MONTHS.split("|"), 1)}
_DATE = re.compile(rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({_MONTHS})\s+((?:19|20)\d\d)\b", re.I)
_MEETING_DAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\bat \d{1,2}[.:]\d\d", re.I)
_ALONE = re.compile(rf"^\W*{_DATE.pattern}\W*$", re.I)
_IMPRINT = re.compile(r"©|\bpublished\b|\bpublication\b|\bcopyright\b", re.I)


def find_published(document: Document, family: str) -> Detail | None:
    """A meeting's own day for its papers; else a date in an imprint, or one that stands alone at either end."""
    front, end = document.blocks[:FRONT], document.blocks[-5:]
    if family == "meeting_pack":
        tries = [
            (front, _MEETING_DAY, ""),
            (front, _ALONE, "The date stands alone; the page does not say of what."),
        ]
    else:
        tries = [
            (document.blocks, _IMPRINT, ""),
            ((*front, *end), _ALONE, "The date stands alone; the page does not say of what."),
        ]
    for blocks, sign, doubt in tries:
        for block in blocks:
            found = _DATE.search(block.text) if len(block.text) <= 160 else None
            if found and sign.search(block.text):
                return Detail(name="published", value=_iso(found), citations=_cite(document, block), doubt=doubt)
    return None


def _iso(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    number = _MONTH_NUMBER[month.lower()]
    return f"{year}-{number:02d}-{int(day):02d}" if day else f"{year}-{number:02d}"


def find_title(document: Document) -> Detail | None:
    """The first heading, with a subtitle that follows at once where the heading is short."""
    front = [block for block in document.blocks[:FRONT] if block.kind is not BlockKind.CONTENTS and block.text]
    headings = [block for block in front if _may_be_title(block)]
    if not headings:
        return None
    first = headings[0]
    after = front[front.index(first) + 1 : front.index(first) + 2]
    words = first.text
    used = [first]
    if len(words) < 25 and after and after[0].kind is BlockKind.HEADING and len(after[0].text) < 120:
        words, used = f"{words}: {after[0].text}", [first, after[0]]
    return Detail(name="title", value=words[:300], citations=document.cite(*used))


def _may_be_title(block: Block) -> bool:
    wordy = len(block.text) >= 6 and any(letter.islower() or letter.isupper() for letter in block.text)
    return wordy and len(block.text) <= 250 and (block.kind is BlockKind.HEADING or not block.text.endswith("."))


def _cite(document: Document, block: Block) -> tuple[Citation, ...]:
    return document.cite(block)[:1]
