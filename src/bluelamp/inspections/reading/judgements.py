"""Which grade was given to which area, and do the places that print it agree?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bluelamp.documents.blocks import Block
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.facts import Finding, Judgement
from bluelamp.inspections.frameworks import Area, Grade
from bluelamp.inspections.reading.judgements_named import Judgements, read_named_judgements
from bluelamp.inspections.reading.judgements_tables import Sighting, read_grade_table
from bluelamp.inspections.reading.peel_areas import Names
from bluelamp.inspections.reading.peel_outline import Piece, PieceKind, Section
from bluelamp.inspections.reading.peel_words import find_sentences
from bluelamp.inspections.reading.vocabulary import Role

CONFLICT = "The report prints two grades for this area: {}."
UNGRADED_AREA = "A grade is printed for an area that is not graded in this framework."
NO_GRADE = "No grade was found for this area, which has a chapter of its own."
NO_AREA = "A grade stands here, but not under an area of the framework."
UNKNOWN_AREA = "A grade is printed for an area that this framework does not name."
NO_CONCERN = "The area is graded inadequate and no cause of concern was found in it."
MISCOUNT = "The report speaks of {} graded judgments and {} were found."
CARRIED = "The grade was carried over from an earlier inspection."
DOUBT = "Another place in the report prints {}."

_CARRIED = re.compile(
    r"\b(?:carried over|has been retained|stands? from|not (?:been )?(?:subject to|re-?inspected)"
    r"|did not (?:re-?)?inspect)\b",
    re.I,
)
_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen",
)  # fmt: skip
_NUMBER = "|".join(_WORDS)
_COUNT = re.compile(rf"\bgraded judge?ments? in ({_NUMBER}) of\b|\b({_NUMBER}) graded judge?ments?\b", re.I)
_PILLAR = re.compile(r"\bpolice (effectiveness|efficiency|legitimacy|leadership)\b(?!,| and\b)", re.I)
_SAID = frozenset({PieceKind.TEXT, PieceKind.ITEM})
_OPENING = (None, Role.OTHER, Role.OVERALL)


def read_judgements(document: Document, sections: list[Section], names: Names, title: str) -> Judgements:
    if not names.framework.grades:
        return Judgements()  # custody and child protection: nothing is graded, so no area is left ungraded
    if names.framework.many_bodies:
        return read_named_judgements(document, sections, names)
    reader = _Reader(document, names, title)
    for section in sections:
        reader.take(section)
    return reader.finish()


class _Reader:
    def __init__(self, document: Document, names: Names, title: str) -> None:
        self.document = document
        self.names = names
        self.sightings: list[Sighting] = []
        self.chapters: dict[str, Section] = {}
        self.carried: set[str] = set()
        self.counts: list[tuple[int, Block]] = []
        self.found = Judgements()
        self.pillar = _only_pillar(names, title)
        self.overall = names.framework.area(self.pillar)

    def take(self, section: Section) -> None:
        for piece in section.pieces:
            if piece.kind is PieceKind.TABLE:
                table = read_grade_table(self.document, piece.block, self.names, self.overall)
                self.sightings += table.sightings
                for citations in table.unknown:
                    self._report(UNKNOWN_AREA, citations)
            else:
                self._note_count(piece.block)
        if section.role is None:
            known = self.chapters.get(section.area)
            if known is None or not known.pieces:
                self.chapters[section.area] = section
        if section.role in _OPENING:
            self._take_opening(section)
        else:
            self._take_lines(section)

    def _take_opening(self, section: Section) -> None:
        """The first lines of a chapter: the grade alone on a line, and the sentence that repeats it."""
        area = self._overall_area(section) if section.role is Role.OVERALL else section.area
        if not area:
            self._take_lines(section)
            return
        told: tuple[Area, Grade] | None = None
        for piece in section.pieces:
            if piece.kind in _SAID and self._take_pairs(piece.block):
                told = None
                continue
            before, told = told, self._told_elsewhere(area, section, piece)
            if told:
                self._see(told[0].slug, told[0].name, told[1], self._cite([piece.block]))
            elif piece.kind is PieceKind.GRADE and piece.grade is not None:
                if before and before[1] == piece.grade:
                    self._see(before[0].slug, before[0].name, piece.grade, self._cite([piece.block]))
                else:
                    head = section.head_block
                    heads = [head] if head and head is not piece.block else []
                    self._see(area, section.printed_area, piece.grade, self._cite([*heads, piece.block]))
            elif piece.kind is PieceKind.TEXT:
                self._take_sentence(area, section, piece)
        if section.role is None and any(
            _CARRIED.search(p.text) for p in section.pieces if p.kind is PieceKind.TEXT
        ):
            self.carried.add(area)

    def _told_elsewhere(self, area: str, section: Section, piece: Piece) -> tuple[Area, Grade] | None:
        """A sentence that grades another area by its name: in a summary of a pillar, or at a chapter's end."""
        if piece.kind is not PieceKind.TEXT:
            return None
        told = self._told_area(piece.text)
        if told is None and (both := self.names.area_and_grade(piece.text)) and isinstance(both[1], Grade):
            told = both[0], both[1]
        return told if told and told[0].slug != area else None

    def _overall_area(self, section: Section) -> str:
        """ "Overall judgment" is the pillar's; "Judgment" is that of the area it stands under."""
        says_overall = section.head_block is not None and section.head_block.text.lower().startswith("overall")
        area = self.names.framework.area(section.area)
        if area is None or (self.pillar and says_overall and area.parent == self.pillar):
            return self.pillar
        return section.area

    def _take_sentence(self, area: str, section: Section, piece: Piece) -> None:
        found = find_graded_sentence(piece.text, self.names) or self._find_later(area, piece.text)
        if found is None:
            return
        grade, start, end = found
        spans = self.document.spans_within(piece.block, start, end)
        head = self.document.cite(section.head_block) if section.head_block else ()
        known = any(s.area == area for s in self.sightings)
        self._see(area, section.printed_area, grade, (() if known else head) + self.document.cite(spans))

    def _find_later(self, slug: str, words: str) -> tuple[Grade, int, int] | None:
        """A sentence after the first one is the judgment only if it speaks of the area in its own words."""
        area = self.names.framework.area(slug)
        own = {w for name in (area.name, *area.aliases) for w in _content_words(name)} if area else set()
        for start, end in list(find_sentences(words[:_OPENING_LONGEST]))[1:]:
            found = find_graded_sentence(words[start:end], self.names)
            if found and len(own & _content_words(words[start:end])) >= _OWN_WORDS:
                return found[0], start, end
        return None

    def _take_lines(self, section: Section) -> None:
        """ "Investigating crime: Good" in a summary; a grade alone where no area is open is reported."""
        last_title: Block | None = None
        told: tuple[Area, Grade] | None = None
        for piece in section.pieces:
            before, told = told, self._told_area(piece.text) if piece.kind is PieceKind.TEXT else None
            if piece.kind in (PieceKind.TEXT, PieceKind.ITEM):
                self._take_line(piece.block)
            elif piece.kind is PieceKind.GRADE and isinstance(piece.grade, Grade):
                if before and before[1] == piece.grade:
                    self._see(before[0].slug, before[0].name, piece.grade, self._cite([piece.block]))
                    continue
                if self.pillar and piece.text.lower().startswith("overall"):
                    self._see(self.pillar, "", piece.grade, self._cite([piece.block]))
                    continue
                self._report(NO_AREA, self._cite([b for b in (last_title, piece.block) if b]))
            last_title = piece.block if piece.kind is PieceKind.TITLE else None

    def _take_pairs(self, block: Block) -> bool:
        """A table of areas and grades that lost its rows."""
        pairs = self.names.pairs(block.text, self.overall)
        for area, printed, grade in pairs:
            self._see(area.slug, printed, grade, self._cite([block]))
        return bool(pairs)

    def _take_line(self, block: Block) -> None:
        if self._take_pairs(block):
            return
        if told := self._told_area(block.text):
            self._see(told[0].slug, told[0].name, told[1], self._cite([block]))
        elif both := self.names.area_and_grade(block.text):
            area, grade = both
            self._see(area.slug, area.name, grade, self._cite([block]))
        elif listed := self.names.grade_and_areas(block.text):
            for area, printed in listed[1]:
                self._see(area.slug, printed, listed[0], self._cite([block]))

    def _told_area(self, words: str) -> tuple[Area, Grade] | None:
        """ "The force is good at investigating crime." alone, in a summary."""
        found = find_graded_sentence(words, self.names)
        if found is None or found[2] < len(words.rstrip()):
            return None
        after = _AFTER_GRADE.search(words) or _PERFORMS.match(words)
        area = self.names.area(after[1]) if after else None
        return (area, found[0]) if area else None

    def _note_count(self, block: Block) -> None:
        for match in _COUNT.finditer(block.text):
            self.counts.append((_WORDS.index((match[1] or match[2]).lower()) + 1, block))

    def _see(self, area: str, printed: str, grade: Grade | str, citations: tuple[Citation, ...]) -> None:
        slug = grade.slug if isinstance(grade, Grade) else None
        self.sightings.append(Sighting(area, printed, slug, citations))

    def _cite(self, blocks: Iterable[Block]) -> tuple[Citation, ...]:
        return tuple(c for block in blocks for c in self.document.cite(block))

    def _report(self, reason: str, citations: tuple[Citation, ...]) -> None:
        if citations:
            self.found.unread.append(Unread(reason=reason, citations=citations))

    def finish(self) -> Judgements:
        for area in self.names.framework.areas:
            self._judge(area, [s for s in self.sightings if s.area == area.slug])
        self._check_count()
        return self.found

    def _judge(self, area: Area, sightings: list[Sighting]) -> None:
        graded = [s for s in sightings if s.grade is not None]
        chapter = self.chapters.get(area.slug)
        is_pillar = any(other.parent == area.slug for other in self.names.framework.areas)
        if graded:
            self._judge_graded(area, graded)
        elif sightings:
            self._add(area, None, sightings)
        elif chapter and chapter.head_block and not area.graded and not is_pillar:
            cited = [chapter.head_block, *[p.block for p in chapter.pieces if p.kind is PieceKind.TEXT][:1]]
            self._add(area, None, [Sighting(area.slug, chapter.printed_area, None, self._cite(cited))])
        elif chapter and chapter.head_block and area.graded and not is_pillar:
            self._report(NO_GRADE, self._cite([chapter.head_block]))

    def _judge_graded(self, area: Area, graded: list[Sighting]) -> None:
        slugs = list(dict.fromkeys(s.grade for s in graded))
        if not area.graded:
            self._report(UNGRADED_AREA, graded[0].citations)
        if len(slugs) > 1:
            names = " and ".join(str(slug) for slug in slugs)
            self._report(CONFLICT.format(names), _all_citations(graded))
        for slug in slugs:
            others = [str(other) for other in slugs if other != slug]
            doubt = DOUBT.format(" and ".join(others)) if others else CARRIED if area.slug in self.carried else ""
            self._add(area, slug, [s for s in graded if s.grade == slug], doubt)

    def _add(self, area: Area, grade: str | None, sightings: list[Sighting], doubt: str = "") -> None:
        self.found.facts.append(
            Judgement(
                area=area.slug,
                printed_area=self._printed(sightings) or area.name,
                grade=grade,
                previous_grade=next((s.previous for s in sightings if s.previous), None),
                citations=_all_citations(sightings),
                doubt=doubt,
            )
        )

    def _printed(self, sightings: list[Sighting]) -> str:
        """The area's name as it is first printed; "Overall judgment" only where it has no other."""
        printed = [s.printed_area for s in sightings if s.printed_area]
        named = [words for words in printed if not self.names.is_overall(words)]
        return next(iter(named or printed), "")

    def _check_count(self) -> None:
        graded = len({fact.area for fact in self.found.facts if fact.grade})
        for count, block in self.counts[:1]:
            if graded and count != graded:
                self._report(MISCOUNT.format(count, graded), self._cite([block]))


def _all_citations(sightings: list[Sighting]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citation for sighting in sightings for citation in sighting.citations))


def _only_pillar(names: Names, title: str) -> str:
    """A report on one pillar ("Police effectiveness 2016") gives its overall judgment without naming it."""
    named = {match[1].lower() for match in _PILLAR.finditer(title)}
    pillar = named.pop() if len(named) == 1 else ""
    return pillar if names.framework.area(pillar) else ""


_AFTER_GRADE = re.compile(
    r"\b(?:good|outstanding|adequate|inadequate|improvement) (?:at|in|with) ([^.]{4,200})\.?\W*$", re.I
)
_OPENING_LONGEST = 4_000  # characters
_OWN_WORDS = 2


def _content_words(words: str) -> set[str]:
    return {
        word for word in re.findall(r"[a-z]{5,}", words.lower()) if word not in ("force", "which", "effective")
    }


_SUBJECT = (
    r"(?:overall,? )?(?:the force|it"
    r"|(?:[A-Z][\w’'-]*(?:,? (?:and|&|of|the))? ){1,5}(?:Police Service|Police|Constabulary))"
)
_AT = r"(?= (?:at|in|with|for|overall)\b|[.,]|$)"
_JUDGED = re.compile(
    rf"^\W*{_SUBJECT}(?:[’']s \w+(?: \w+)?)? (?:is|was|has been|is being)"
    rf"(?: (?:judged|graded|assessed|rated)(?: (?:to be|as|as being))?)? (\w+(?: improvement)?){_AT}",
    re.I,
)
_REQUIRES = re.compile(
    rf"^\W*{_SUBJECT} (?:is judged to |has been judged to |was judged to )?requires? improvement{_AT}", re.I
)
_WE_JUDGE = re.compile(
    r"^\W*(?:HMIC(?:FRS)?|we)(?: have| has)? (?:judged?s?|graded?s?|rated?s?|assess(?:ed|es)?) "
    rf"{_SUBJECT} (?:to be|as)(?: being)? (\w+(?: improvement)?){_AT}",
    re.I,
)
_PERFORMS = re.compile(
    rf"^\W*(?:{_SUBJECT}(?:[’']s?)?|its) performance (?:in|at|on) ([^.,;]{{3,120}}?) (?:is|was|has been)"
    r"(?: (?:judged|graded|assessed|rated)(?: (?:to be|as))?)? (\w+(?: improvement)?)\W*$",
    re.I,
)
_EXTENT = re.compile(
    r"^\W*the extent to which [^.]{5,200}? (is good|is outstanding|is inadequate|requires improvement)\.", re.I
)
_LABELLED = re.compile(r"^\W*(?:(?:our|overall|the|graded) ){0,2}judge?ment\s*[:–—-]\s+(?=\w)", re.I)
_FIRST_SENTENCE = re.compile(r"[.!?](?=\s+[A-Z])")


def find_graded_sentence(words: str, names: Names) -> tuple[Grade, int, int] | None:
    """The grade that the first sentence of a chapter states, with that sentence's place in `words`."""
    plain = words
    stop = _FIRST_SENTENCE.search(plain)
    end = stop.end() if stop else len(plain)
    sentence = _LABELLED.sub("", plain[:end])
    if names.subject and sentence.lower().startswith(names.subject.name.lower()):
        sentence = "The force" + sentence[len(names.subject.name) :]
    if match := _JUDGED.match(sentence) or _WE_JUDGE.match(sentence):
        printed = match[1]
    elif _REQUIRES.match(sentence):
        printed = "requires improvement"
    elif match := _PERFORMS.match(sentence):
        printed = match[2]
    elif match := _EXTENT.match(sentence):
        printed = match[1].removeprefix("is ")
    else:
        return None
    grade = names.framework.grade_named(printed)
    return (grade, 0, end) if grade else None


def check_inadequate(judgements: list[Judgement], findings: list[Finding]) -> list[Unread]:
    """Inadequate implies a cause of concern; a pillar's may stand in one of its areas."""
    concerned = {finding.area for finding in findings if finding.type == "cause_of_concern"}
    return [
        Unread(reason=NO_CONCERN, citations=judgement.citations)
        for judgement in judgements
        if judgement.grade == "inadequate" and judgement.area not in concerned and not judgement.doubt
    ]
