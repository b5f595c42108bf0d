"""What does a report on many forces say of one of them, and what does it ask of all?

The passages are laid out once (`about_passages`); the force's names are looked for in them (`about_names`); what
must be read with a passage is found (`about_context`); and sentences, tables and recommendations are read from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from bluelamp.documents.blocks import Block, Cell
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Reading
from bluelamp.inspections.facts import Finding, Mention
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading.about_abbreviations import find_abbreviations
from bluelamp.inspections.reading.about_context import Report
from bluelamp.inspections.reading.about_criticism import find_strength_of_cells
from bluelamp.inspections.reading.about_hyphens import find_hyphens
from bluelamp.inspections.reading.about_joining import join_repeats
from bluelamp.inspections.reading.about_names import Naming
from bluelamp.inspections.reading.about_passages import Passage, PassageKind, read_passages
from bluelamp.inspections.reading.about_recommendations import read_demands, read_findings
from bluelamp.inspections.reading.about_sentences import read_sentences
from bluelamp.inspections.reading.about_tables import TableEntry, read_table
from bluelamp.inspections.reading.about_words import load_national_words
from bluelamp.inspections.reading.concerns import read_concerns
from bluelamp.inspections.reading.peel_areas import Names
from bluelamp.inspections.reading.peel_outline import read_outline
from bluelamp.organisations.bodies import Body

READER = "inspections.about"
VERSION = 1


def read_about(
    part: Part,
    force: Body,
    bodies: Mapping[str, Body],
    framework: Framework,
    findings: Sequence[Finding] | None = None,
) -> Reading:
    """The mentions of `force`, in reading order, each once with every place where it is printed.

    `bodies` are all that may be named. `findings` are those that the family's own reader made, None where it made
    none; `framework` is then the one by which recommendations are looked for.
    """
    hyphens = find_hyphens(part.document.text, known_words(bodies))
    passages = read_passages(part, hyphens)
    naming = Naming(bodies, force, find_abbreviations((p.text for p in passages), bodies))
    report = Report(passages, naming, hyphens)
    sure = findings is not None
    if findings is None:
        findings = read_concerns(part.document, read_outline(part, Names(framework)), Names(framework)).findings
    recommended = list(read_findings(report, findings, sure=sure))
    mentions = [
        *recommended,
        *read_demands(report, recommended),
        *_read_tables(report),
        *read_sentences(report),
    ]
    asked = {citation.quote for m in mentions if m.nature == "recommendation_to_all" for citation in m.citations}
    kept = [m for m in mentions if m.nature != "sentence" or m.citations[0].quote not in asked]
    joined = sorted(join_repeats(kept), key=lambda m: m.citations[0].line)
    return Reading(reader=READER, version=VERSION, facts=tuple(joined))


@lru_cache(maxsize=8)
def _known_words(names: tuple[str, ...]) -> frozenset[str]:
    words = load_national_words()
    phrases = (*words.exclusions.giving, *words.exclusions.left_out, *words.exclusions.data, *words.demands.forces)
    return frozenset(word.lower() for said in (*names, *phrases) for word in said.split())


def known_words(bodies: Mapping[str, Body]) -> frozenset[str]:
    """Words that are looked for: of names, and of the standing phrases."""
    return _known_words(tuple(name for body in bodies.values() for name in (body.name, *body.aliases)))


def _read_tables(report: Report) -> Iterator[Mention]:
    for passage in report.passages:
        if not passage.block.rows or not report.naming.may_name(passage.text):
            continue
        found = read_table(report.rows_of(passage), report.naming, _title_of(report, passage))
        for entry in found.entries:
            yield _mention_of(report, passage, entry)
        for cell in found.prose:
            yield from read_sentences(report, [_as_text(report, passage, cell)])


def _as_text(report: Report, passage: Passage, cell: Cell) -> Passage:
    """A cell of prose as a passage of its own."""
    words = passage.document.folded(replace(passage.block, spans=cell.spans)).text
    block = Block(passage.block.kind, words, cell.spans, passage.block.page)
    return replace(passage, block=block, mended=report.hyphens.mend(words), kind=PassageKind.TEXT, caption=None)


_LONGEST_TITLE = 200


def _title_of(report: Report, passage: Passage) -> str:
    """Its caption; else a short line before it; else the heading."""
    if caption := report.caption_of(passage):
        return caption.plain_title
    before = report.passages[passage.order - 1] if passage.order else None
    is_prose = before is not None and before.kind in (PassageKind.TEXT, PassageKind.ITEM)
    if before and is_prose and len(before.text) <= _LONGEST_TITLE and not before.text.rstrip().endswith("."):
        return before.text.rstrip(" :")
    return passage.section


def _mention_of(report: Report, passage: Passage, entry: TableEntry) -> Mention:
    caption = report.caption_of(passage)
    spans = [span for cell in entry.cells for span in cell.spans]
    return Mention(
        about=report.naming.own.code,
        nature="exclusion" if entry.without_data else "table_row",
        text=entry.text,
        critical=find_strength_of_cells([cell.text for cell in entry.cells]),
        named_as=entry.name.words,
        listed_with=entry.listed_with,
        subject=_title_of(report, passage),
        section=passage.section,
        number=caption.number if caption else "",
        columns=entry.columns,
        citations=passage.document.cite(spans),
    )
