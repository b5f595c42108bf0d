"""Which sentences, captions and notes name the force, and what do they say is not there?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bluelamp.documents.citations import Citation
from bluelamp.inspections.facts import Mention
from bluelamp.inspections.reading.about_captions import Caption, reads_figure
from bluelamp.inspections.reading.about_context import Report, Stretch
from bluelamp.inspections.reading.about_criticism import find_strength
from bluelamp.inspections.reading.about_exclusions import (
    Exclusion,
    find_exclusion,
    points_back,
    says_exclusion,
    speaks_of_this,
    subject_named,
)
from bluelamp.inspections.reading.about_lists import is_only_names, listed_with
from bluelamp.inspections.reading.about_names import Name
from bluelamp.inspections.reading.about_passages import Passage, PassageKind
from bluelamp.inspections.reading.about_statements import credit_pattern, is_reference, is_statement, labels_list
from bluelamp.inspections.reading.criticism_sentences import judge_sentence
from bluelamp.inspections.reading.vocabulary import is_sentence
from bluelamp.lib.text import fold

_LONGEST_SUBJECT = 300


@dataclass(frozen=True)
class _Unit:
    """Words that name the force, with what must be read before them. `figure`: whose caption or note it is."""

    stretches: tuple[Stretch, ...]  # the last one names the force
    names: tuple[Name, ...]  # of the whole text
    figure: Caption | None = None

    @property
    def own(self) -> Stretch:
        return self.stretches[-1]

    @property
    def text(self) -> str:
        return " ".join(stretch.text for stretch in self.stretches)

    def cite(self) -> tuple[Citation, ...]:
        """One citation for what stands together."""
        first, last = self.stretches[0], self.own
        between = first.passage.text[first.end : last.start] if first.passage is last.passage else "apart"
        if not between.strip(" ¹²³⁴⁵⁶⁷⁸⁹⁰0123456789"):
            return first.passage.cite(first.start, last.end)
        return tuple(citation for stretch in self.stretches for citation in stretch.cite())


def read_sentences(report: Report, passages: Sequence[Passage] | None = None) -> Iterator[Mention]:
    """A mention for each sentence of prose, caption or note that names the force."""
    for passage in report.passages if passages is None else passages:
        if passage.kind is PassageKind.TABLE:
            continue
        if report.naming.may_name(passage.text):
            yield from _read_passage(report, passage)
        elif report.stands_under_name(passage):
            yield from _read_under_name(report, passage)


def _read_passage(report: Report, passage: Passage) -> Iterator[Mention]:
    if credit_pattern().match(passage.text) or (
        passage.kind is PassageKind.HEADING and not _head_states(report, passage)
    ):
        return
    for start, end in passage.sentences:
        stretch = Stretch(passage, start, end)
        names = report.naming.find(stretch.text)
        if not names:
            if report.stands_under_name(passage):
                yield from _under_name(report, stretch)
        elif unit := _make_unit(report, stretch, names):
            yield _make_mention(report, unit)


def _head_states(report: Report, passage: Passage) -> bool:
    """Is a heading a finding ("Calder Vale Police lacks a plan"), or a line that lost its type ("Good: ...")?"""
    return is_sentence(passage.text) or labels_list(passage.text, report.naming.find(passage.text))


# -- what belongs to it -----------------------------------------------------------------------------------


def _make_unit(report: Report, stretch: Stretch, names: Sequence[Name]) -> _Unit | None:
    """The words with what must be read before them; None where they state nothing."""
    passage = stretch.passage
    if is_reference(stretch):
        return None
    before, figure = _what_stands_before(report, stretch, names)
    if before is None and not figure and not _states(stretch, names):
        return None
    stretches = (before, stretch) if before else (stretch,)
    text = " ".join(each.text for each in stretches)
    found = report.naming.find(text) if before else names
    if figure is None and passage.kind in (PassageKind.CAPTION, PassageKind.REMARK):
        figure = passage.caption
    return _Unit(stretches, tuple(found), figure)


def _what_stands_before(
    report: Report, stretch: Stretch, names: Sequence[Name]
) -> tuple[Stretch | None, Caption | None]:
    passage, only_names = stretch.passage, is_only_names(stretch.text, names)
    if passage.kind is PassageKind.NOTE:
        noted = report.note_of(passage)
        if noted is None:
            return None, None
        if noted.passage.kind in (PassageKind.CAPTION, PassageKind.TABLE):
            return None, noted.passage.caption
        return (None if is_sentence(stretch.text) else noted), None
    if points_back(stretch.text, names) and (earlier := _sentence_before(report, stretch)):
        return earlier, None
    if only_names or (passage.kind is PassageKind.ITEM and not is_statement(stretch.text)):
        if opening := report.opening_of(passage):
            return opening, None
        earlier = _sentence_before(report, stretch)
        if earlier and says_exclusion(earlier.text, of_figure=False) and only_names:
            return earlier, None
    if _is_figures_line(stretch, names):
        return None, passage.near_caption
    return None, None


def _sentence_before(report: Report, stretch: Stretch) -> Stretch | None:
    passage = stretch.passage
    earlier = [span for span in passage.sentences if span[1] <= stretch.start]
    if earlier:
        return Stretch(passage, *earlier[-1])
    before = report.before(passage)
    if before is None or before.kind is PassageKind.CAPTION or not before.sentences:
        return None
    return Stretch(before, *before.sentences[-1])


def _is_figures_line(stretch: Stretch, names: Sequence[Name]) -> bool:
    """ "Calder Vale 24%": a value read off a figure, in a line of its own under its caption."""
    caption = stretch.passage.near_caption
    has_value = any(letter.isdigit() for letter in stretch.text[names[-1].end :])
    return caption is not None and has_value and is_only_names(stretch.text, names)


def _states(stretch: Stretch, names: Sequence[Name]) -> bool:
    kind = stretch.passage.kind
    if kind in (PassageKind.CAPTION, PassageKind.REMARK):
        return True
    if is_only_names(stretch.text, names):
        return False
    if labels_list(stretch.text, names):
        return True
    # A line without a verb may say it too: "Calder Vale: data not supplied".
    return is_statement(stretch.text) or says_exclusion(stretch.text, of_figure=False)


# -- the mention ------------------------------------------------------------------------------------------


def _make_mention(report: Report, unit: _Unit) -> Mention:
    naming, passage = report.naming, unit.own.passage
    own = next(name for name in unit.names if name.code == naming.own.code)
    exclusion = _find_exclusion(unit, naming.own.code)
    reads = reads_figure().match(unit.text) is not None
    listed = listed_with(unit.text, unit.names, naming.own.code)
    if len(unit.stretches) > 1:
        listed = tuple(dict.fromkeys((*listed, *report.listed_beside(passage))))
    nature, subject, number = "sentence", "", ""
    figure = unit.figure or (report.figure_meant(unit.own) if exclusion or reads else None)
    if exclusion:
        nature, subject = "exclusion", _subject(report, unit, exclusion, figure)
    elif unit.figure or reads:
        nature = "table_row" if _is_row(unit) else "figure"
        subject = figure.plain_title if figure else ""
    if figure and nature != "sentence":
        number = figure.number
    return Mention(
        about=naming.own.code,
        nature=nature,
        text=unit.text,
        critical=find_strength(unit.text, unit.names, naming.own.code),
        named_as=own.words,
        listed_with=listed,
        subject=subject[:_LONGEST_SUBJECT],
        section=_section(report, unit),
        number=number,
        citations=unit.cite(),
    )


def _is_row(unit: _Unit) -> bool:
    line = unit.own.passage.kind is PassageKind.TEXT
    return line and unit.figure is not None and unit.figure.label == "table"


def _find_exclusion(unit: _Unit, code: str) -> Exclusion | None:
    found = find_exclusion(unit.text, unit.names, code, of_figure=unit.figure is not None)
    if found or len(unit.stretches) == 1:
        return found
    opening = unit.stretches[0].text
    if says_exclusion(opening, of_figure=False):
        return Exclusion(subject_named(opening), 0)
    return None


def _section(report: Report, unit: _Unit) -> str:
    passage = unit.own.passage
    noted = report.note_of(passage) if passage.kind is PassageKind.NOTE else None
    return noted.passage.section if noted else passage.section


def _subject(report: Report, unit: _Unit, exclusion: Exclusion, figure: Caption | None) -> str:
    """What is not there: as the sentence says, else the figure that it speaks of, else the sentence before."""
    if exclusion.subject:
        return exclusion.subject
    if figure:
        return figure.plain_title
    stretch = unit.stretches[0]
    if stretch.passage.kind is PassageKind.NOTE and (noted := report.note_of(stretch.passage)):
        return fold(noted.text)
    first = stretch.passage.sentences[0][0] == stretch.start if stretch.passage.sentences else True
    if first and (caption := stretch.passage.near_caption):
        return caption.plain_title
    earlier = _sentence_before(report, stretch) if speaks_of_this(unit.text, exclusion) else None
    if earlier and not (first and earlier.passage.section != stretch.passage.section):
        return subject_named(earlier.text) or fold(earlier.text)
    return ""


# -- under a force's name ---------------------------------------------------------------------------------

_THE_FORCE = re.compile(r"\bthe\s(?:force|constabulary)(?:['’]s)?\b", re.I)


def _read_under_name(report: Report, passage: Passage) -> Iterator[Mention]:
    for start, end in passage.sentences:
        yield from _under_name(report, Stretch(passage, start, end))


def _under_name(report: Report, stretch: Stretch) -> Iterator[Mention]:
    """ "The force has no plan." under "Case study: Calder Vale Police": the heading says which force."""
    passage = stretch.passage
    if (
        not _THE_FORCE.search(stretch.text)
        or not is_statement(stretch.text)
        or report.naming.find_all(stretch.text)
    ):
        return
    head = report.heading_of(passage)
    if head is None:
        return
    names = report.naming.find(head.text)
    yield Mention(
        about=report.naming.own.code,
        nature="sentence",
        text=stretch.text,
        critical=judge_sentence(stretch.text, national=True).strength or None,
        named_as=names[0].words if names else "",
        section=head.text,
        citations=(*stretch.cite(), *head.cite()),
    )
