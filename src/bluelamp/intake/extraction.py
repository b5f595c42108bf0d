"""What does a document say? The family is recognised, the right slice's reader called, and nothing dropped."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document, Part, whole
from bluelamp.documents.facts import Fact, Reading, Unread
from bluelamp.documents.wordless import find_wordless_pages
from bluelamp.inspections.facts import Finding, Mention
from bluelamp.inspections.frameworks import Framework, load_frameworks
from bluelamp.inspections.reading.about import read_about
from bluelamp.inspections.recognition import FrameworkGuess, find_framework
from bluelamp.intake.details import Detail, find_published, find_publisher, find_subject, find_title
from bluelamp.intake.families import Family, recognise_family
from bluelamp.intake.named_bodies import printed_force
from bluelamp.intake.national_reports import tell_recommendations
from bluelamp.intake.readers import is_letter_of_inspectors, read_part
from bluelamp.lib.text import fold
from bluelamp.organisations.bodies import Body, find_force, load_bodies

NO_CYCLE = "thematic"
"""The framework of a report, or of a letter after a revisit, that belongs to no cycle: it has no grades."""


@dataclass(frozen=True, kw_only=True)
class ReadFact:
    """A fact, who read it, and its fingerprint in this document (`id`), which a later reading finds again."""

    id: str
    fact: Fact
    reader: str
    version: int


@dataclass(frozen=True, kw_only=True)
class UnreadPart:
    unread: Unread
    reader: str
    version: int

    @property
    def reason(self) -> str:
        return self.unread.reason

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.unread.citations


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """All that was read of one document."""

    document: Document
    details: tuple[Detail, ...]
    framework: Framework | None
    subject: Body | None
    publisher: Body | None
    facts: tuple[ReadFact, ...]
    unread: tuple[UnreadPart, ...]
    printed_subject: str = ""  # a force of the head that is in no list
    about: Body | None = None  # the force for which a report on many was read

    def detail(self, name: str) -> str:
        """The guessed value, "" where nothing was found."""
        return next((detail.value for detail in self.details if detail.name == name), "")

    @property
    def subject_name(self) -> str:
        """The force that the document is about, by its name in our list or as printed; "" where it names none."""
        return self.subject.name if self.subject else self.printed_subject

    @property
    def publisher_name(self) -> str:
        return self.publisher.name if self.publisher else self.detail("publisher")

    def say_document(self) -> str:
        """What the document is, in a line."""
        about = [self.subject_name, self.detail("framework"), self.detail("published")]
        family = self.detail("family").replace("_", " ")
        known = ", ".join(part for part in about if part)
        return f"{self.detail('title') or 'Without a title'} ({family}{', ' + known if known else ''})"

    def say_counts(self) -> str:
        """How much was read and how much was not understood."""
        kinds = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(self.counts.items()))
        return f"Read {len(self.facts)} facts ({kinds or 'none'}); {len(self.unread)} passages not understood."

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(read.fact.kind for read in self.facts))


def extract(document: Document, *, definitions: Path | None = None, about: str = "") -> Extraction:
    """Read a document whole. `definitions` is a workspace's own folder of definitions, if it has one.

    `about`, a force's code or name, adds what a report on many forces says of that one. Raises UnknownForceError.
    """
    bodies = load_bodies(definitions)
    force = find_force(bodies, about) if about else None
    part = whole(document)
    frameworks = load_frameworks(definitions)
    guess = find_framework(part, frameworks)
    family = recognise_family(part, guess)
    if guess is None and (family.slug == "inspection_report" or is_letter_of_inspectors(part, family.slug)):
        guess = FrameworkGuess(frameworks[NO_CYCLE], 0, None)
    details = _find_details(document, family, guess, bodies)
    if force:
        details = tuple(detail for detail in details if not _is_of_no_one_force(detail, guess))
    found = {detail.name: detail.value for detail in details}
    subject = bodies.get(found.get("subject", ""))
    framework = guess.framework if guess else None
    readings = read_part(part, family.slug, framework, subject)
    if family.slug == "other" or (family.slug == "inspection_report" and not _recommends(readings)):
        readings = (*readings, tell_recommendations(part, readings))
    readings = (*readings, *_pictures(document))
    if force:
        readings = (*readings, _read_about(part, force, bodies, frameworks[NO_CYCLE], readings))
    return Extraction(
        document=document,
        details=details,
        framework=framework,
        subject=subject,
        publisher=bodies.get(found.get("publisher", "")),
        printed_subject="" if "subject" in found else printed_force(document),
        facts=_join_parents(_in_order(_name_facts(readings))),
        unread=tuple(
            UnreadPart(unread=unread, reader=reading.reader, version=reading.version)
            for reading in readings
            for unread in reading.unread
        ),
        about=force,
    )


def _recommends(readings: Iterable[Reading]) -> bool:
    facts = [fact for reading in readings for fact in reading.facts]
    return any(isinstance(fact, Finding) and fact.type == "recommendation" for fact in facts)


def _pictures(document: Document) -> Iterable[Reading]:
    """The pages on which there was nothing to read."""
    told = tuple(Unread(reason=p.words, citations=(), page=p.first) for p in find_wordless_pages(document))
    return [Reading(reader="documents.pages", version=1, unread=told)] if told else []


def _is_of_no_one_force(detail: Detail, guess: FrameworkGuess | None) -> bool:
    """In a report that is read for one of many forces, the force named most often is not what it is about."""
    in_no_cycle = guess is None or guess.framework.slug == NO_CYCLE
    return detail.name == "subject" and (bool(detail.doubt) or in_no_cycle)


def _read_about(
    part: Part, force: Body, bodies: Mapping[str, Body], framework: Framework, readings: Iterable[Reading]
) -> Reading:
    """What the document says of the force. What an inspection's reader found recommended is not sought again."""
    inspected = [reading for reading in readings if reading.reader.startswith("inspections.")]
    findings = [fact for reading in inspected for fact in reading.facts if isinstance(fact, Finding)]
    return read_about(part, force, bodies, framework, findings if inspected else None)


def _find_details(
    document: Document, family: Family, guess: FrameworkGuess | None, bodies: Mapping[str, Body]
) -> tuple[Detail, ...]:
    on_many = family.slug == "inspection_report" and guess is not None and guess.framework.slug == NO_CYCLE
    subject = find_subject(document, bodies, on_many=on_many)
    inspected = guess if family.slug in ("inspection_report", "letter") else None
    details = [
        find_title(document),
        Detail(name="family", value=family.slug, citations=document.cite(*family.evidence[:1])),
        _framework_detail(document, inspected),
        find_publisher(document, family.slug, subject.value if subject else "", bodies, guess),
        subject,
        find_published(document, family.slug),
    ]
    return tuple(detail for detail in details if detail)


def _framework_detail(document: Document, guess: FrameworkGuess | None) -> Detail | None:
    if guess is None:
        return None
    cited = document.cite(guess.evidence)[:1] if guess.evidence else ()
    return Detail(name="framework", value=guess.framework.slug, citations=cited)


def _name_facts(readings: Iterable[Reading]) -> Iterable[ReadFact]:
    """Each fact with a fingerprint of what it is and where its words stand; equal ones are counted through."""
    seen: Counter[str] = Counter()
    for reading in readings:
        for fact in reading.facts:
            key = _identity(fact)
            seen[key] += 1
            digest = hashlib.sha256(f"{key}\x1f{seen[key]}".encode()).hexdigest()
            yield ReadFact(id=digest[:24], fact=fact, reader=reading.reader, version=reading.version)


def _identity(fact: Fact) -> str:
    """What makes a fact the same when it is read again: its kind, its type, and its first cited words."""
    first = fact.citations[0]
    if isinstance(fact, Mention):
        kind_of, named = fact.nature, fact.about
    else:
        kind_of = str(getattr(fact, "type", getattr(fact, "section", "")))
        named = str(getattr(fact, "area", getattr(fact, "code", "")))
    return "\x1f".join((fact.kind, kind_of, named, str(first.line), first.quote[:200]))


def _join_parents(facts: list[ReadFact]) -> tuple[ReadFact, ...]:
    """A recommendation names its cause of concern, a criticism what it supports, by that finding's fingerprint."""
    concerns = _by_words(facts, ("cause_of_concern",))
    supported = _by_words(facts, ("area_for_improvement", "cause_of_concern"))
    return tuple(_with_parent(read, concerns, supported) for read in facts)


def _by_words(facts: Iterable[ReadFact], types: Sequence[str]) -> dict[str, str]:
    """The fingerprints of findings of these types by title and by text, folded; the last type goes first."""
    return {
        fold(name): read.id
        for type_ in types
        for read in facts
        if isinstance(read.fact, Finding) and read.fact.type == type_
        for name in (read.fact.text, read.fact.title)
        if name
    }


def _with_parent(read: ReadFact, concerns: Mapping[str, str], supported: Mapping[str, str]) -> ReadFact:
    if not isinstance(read.fact, Finding) or not read.fact.parent:
        return read
    known = supported if read.fact.type == "issue_of_concern" else concerns
    return replace(read, fact=replace(read.fact, parent=known.get(fold(read.fact.parent), "")))


def _in_order(facts: Iterable[ReadFact]) -> list[ReadFact]:
    return sorted(facts, key=lambda read: (read.fact.citations[0].line, read.fact.kind))
