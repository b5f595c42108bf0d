"""Who published a document, about whom, when, and what is it called? Guesses, each with the words it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document, whole
from bluelamp.inspections.recognition import FrameworkGuess
from bluelamp.intake.families import UNDER_SIGNATURE, says_inspectorate
from bluelamp.intake.named_bodies import (
    HEAD,
    force_of_panel,
    forces_in_head,
    lines_of_head,
    listed_holder,
    names_pattern,
    printed_force,
    printed_holder,
    spelt,
)
from bluelamp.intake.national_reports import line_of_author
from bluelamp.intake.own_days import AGREED_FOR, TITLE, find_day_in_head, find_day_of_position
from bluelamp.lib.letters import SALUTATION, SIGNED
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


def find_subject(document: Document, bodies: Mapping[str, Body], *, on_many: bool = False) -> Detail | None:
    """The force that the head names; where it names none, neither one of no list, the one named most often.

    A report on many forces (`on_many`) is about none of them unless its head says so.
    """
    forces = {
        name: body for body in bodies.values() if body.kind == "force" for name in (body.name, *body.aliases)
    }
    if not forces:
        return None
    counts, first = _count_forces(document, forces)
    if headed := forces_in_head(document, forces):
        named = Counter({code: max(counts[code], 1) for code in headed})
        return _most_named(document, named, headed)
    if held := _subject_of_holder(document, bodies, lines_of_head(document)) or _subject_of_panel(
        document, forces
    ):
        return held
    if on_many or printed_force(document):
        return None
    if printed := printed_holder(document):
        office = listed_holder(printed[0], bodies)
        citations = _cite(document, printed[1])
        return (
            Detail(name="subject", value=office.force, citations=citations, doubt=_OF_HOLDER) if office else None
        )
    if not counts:
        front = ((block.text, block) for block in document.blocks[:FRONT])
        return _subject_of_holder(document, bodies, front)
    return _most_named(document, counts, first) if max(counts.values()) >= NAMED_IN_PASSING else None


NAMED_IN_PASSING = 3
"""A force named less often, and never in front, is one that the document mentions."""


def _count_forces(document: Document, forces: Mapping[str, Body]) -> tuple[Counter[str], dict[str, Block]]:
    """How often each is named, its name in the front counting more, and where first."""
    pattern = names_pattern(forces)
    counts: Counter[str] = Counter()
    first: dict[str, Block] = {}
    for index, block in enumerate(document.blocks):
        for found in pattern.finditer(block.text):
            code = forces[spelt(found.group(), forces)].code
            counts[code] += 10 if index < HEAD else 1
            first.setdefault(code, block)
    return counts, first


def _most_named(document: Document, counts: Counter[str], where: Mapping[str, Block]) -> Detail:
    (code, most), *others = counts.most_common(2)
    doubt = "Another force is named nearly as often." if others and others[0][1] * 2 > most else ""
    return Detail(name="subject", value=code, citations=_cite(document, where[code]), doubt=doubt)


def _subject_of_holder(
    document: Document, bodies: Mapping[str, Body], lines: Iterable[tuple[str, Block]]
) -> Detail | None:
    """No force is named in the lines: the one that the local policing body there holds to account."""
    held = {name: body for body in bodies.values() if body.force for name in (body.name, *body.aliases)}
    pattern = names_pattern(held) if held else None
    for line, block in lines if pattern else ():
        found = pattern.search(line.replace("&", "and")) if pattern else None
        if found:
            code = held[spelt(found.group(), held)].force
            return Detail(name="subject", value=code, citations=_cite(document, block), doubt=_OF_HOLDER)
    return None


_OF_HOLDER = "The document names the local policing body, not the force."


def _subject_of_panel(document: Document, forces: Mapping[str, Body]) -> Detail | None:
    """The same for a panel, which has the force's name in its own."""
    panel = force_of_panel(document, forces)
    if panel is None:
        return None
    return Detail(name="subject", value=panel[0], citations=_cite(document, panel[1]), doubt=_OF_HOLDER)


_HMICFRS = re.compile(r"\bHMICFRS\b|Constabulary and Fire (&|and) Rescue Services", re.I)
_HMIC = re.compile(r"\bHMIC\b|Inspectorate of Constabulary", re.I)


def find_publisher(
    document: Document, family: str, subject: str, bodies: Mapping[str, Body], guess: FrameworkGuess | None = None
) -> Detail | None:
    """The inspectorate for its reports and letters; else the local policing body, or the force, in front.

    A meeting's papers often name the body that holds the meeting only in its minutes, so they are read whole. A
    report that names no inspectorate is by the one whose framework (`guess`) it is written to.
    """
    if family == "inspection_report":
        named = _find_inspectorate(document.blocks, document)
        return named or _by_framework(document, guess) or _find_inspector(document, bodies)
    if family == "letter" and says_inspectorate(whole(document)):
        found = _find_inspectorate(document.blocks[:LETTERHEAD], document) or _find_inspector(document, bodies)
        if found:
            return found
    office = _find_office(document, family, subject, bodies)
    unsaid = family == "other" and salutation(document.blocks) is None and (not office or office.value == subject)
    author = line_of_author(whole(document)) if unsaid else None
    return (_find_inspectorate((author,), document) if author else None) or office


def _find_office(document: Document, family: str, subject: str, bodies: Mapping[str, Body]) -> Detail | None:
    """Whom the front names: the local policing body that we know, another or a panel as printed, or the force."""
    held_by = [body for body in bodies.values() if subject and body.force == subject]
    front, everything = document.blocks[:FRONT], document.blocks if family == "meeting_pack" else ()
    printed = printed_holder(document)
    for blocks in (front, () if printed else everything):
        for body in held_by:
            pattern = names_pattern((body.name, *body.aliases))
            for block in blocks:
                if pattern.search(block.text.replace("&", "and")):
                    return Detail(name="publisher", value=body.code, citations=_cite(document, block))
    if printed:
        known = listed_holder(printed[0], bodies)
        value, doubt = (known.code, "") if known else (printed[0], _AS_PRINTED)
        return Detail(name="publisher", value=value, citations=_cite(document, printed[1]), doubt=doubt)
    force = bodies.get(subject)
    names = dict.fromkeys((force.name, *force.aliases), force) if force else {}
    at = forces_in_head(document, names).get(subject) if force else None
    if force and family == "self_assessment":  # what a force says of itself
        at = at or next((block for block in front if names_pattern(names).search(block.text)), None)
    return Detail(name="publisher", value=subject, citations=_cite(document, at)) if at else None


_AS_PRINTED = "This body is in no list of ours; its name is as printed."


def _find_inspectorate(blocks: Iterable[Block], document: Document) -> Detail | None:
    for value, pattern in (("HMICFRS", _HMICFRS), ("HMIC", _HMIC)):
        for block in blocks:
            if pattern.search(block.text):
                return Detail(name="publisher", value=value, citations=_cite(document, block))
    return None


_INSPECTOR = re.compile(r"\b(?:HM|(?:his|her) majesty[’']s) (?:chief )?inspector of constabulary\b", re.I)


def _find_inspector(document: Document, bodies: Mapping[str, Body]) -> Detail | None:
    """A letter in the name of an inspector, in its head or under its last words, is the inspectorate's."""
    at = salutation(document.blocks)
    ends = [n for n, block in enumerate(document.blocks) if SIGNED.match(block.text)]
    if at is None:
        return None
    signed = document.blocks[ends[-1] : ends[-1] + UNDER_SIGNATURE] if ends else ()
    by = next((block for block in (*document.blocks[:at], *signed) if _INSPECTOR.search(block.text)), None)
    dated = _day_of_letter(document)
    code = next((c for c in _INSPECTORATES if c in bodies and dated and _was(bodies[c], dated.value)), "")
    if by is None or not code:
        return None
    doubt = "The letter names an inspector; its day says by which name the inspectorate then went."
    return Detail(name="publisher", value=code, citations=_cite(document, by), doubt=doubt)


_INSPECTORATES = ("HMICFRS", "HMIC")


def _was(body: Body, day: str) -> bool:
    return body.start is None or body.start.isoformat() <= day


def _by_framework(document: Document, guess: FrameworkGuess | None) -> Detail | None:
    if guess is None or guess.evidence is None:
        return None
    doubt = "The document does not name the inspectorate; its framework does."
    return Detail(
        name="publisher",
        value=guess.framework.publisher,
        citations=_cite(document, guess.evidence),
        doubt=doubt,
    )


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_NUMBER = {month.lower(): index for index, month in enumerate(_MONTHS.split("|"), 1)}
_DATE = re.compile(rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({_MONTHS})\s+((?:19|20)\d\d)\b", re.I)
_FIGURES = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)\b")
_MEETING_DAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\bat \d{1,2}[.:]\d\d", re.I)
_MEETING_HELD = re.compile(r"\b(minutes|notes) of\b.{0,160}\b(held )?on\b|\bdate( of meeting)?\W*:", re.I)
_ALONE = re.compile(rf"^\W*(?:date\W+)?(?:\w+day,?\s+)?{_DATE.pattern}\W*$", re.I)
_TITLE_END = re.compile(rf"[^.]{{4,}}\W{_DATE.pattern}\W*$", re.I)
_IMPRINT = re.compile(r"©|\bpublished\b|\bpublication\b|\bcopyright\b", re.I)
_ISSUED = re.compile(
    r"\b(last )?(updated|issued|dated)\b|\bdate\W*:|\bversion\b"
    r"|(?:^|\W{2})(?:extracted|exported|downloaded|generated)(?: on)?\W{1,2}\d",
    re.I,
)
_ANOTHERS = re.compile(r"\breport (was )?published\b|\bpublication of\b", re.I)
_TO_COME = re.compile(r"\b(?:next|future|forthcoming|following|previous|last)\b.{0,40}\bmeetings?\b", re.I)
_WAS_PUBLISHED = re.compile(
    r"(?<!\bthis document )(?<!\bthis paper )"
    r"\b(?:was|were|been|be|being|is|are|has|had|have|they|we|it) (?:\w{3,12} )?published\b",
    re.I,
)
"""Another thing's publication, told in a sentence."""
_NAMED_WITH_DAY = re.compile(
    r"^(?:[^():]{0,40}:)?[^():]*\b(?:PEEL|HMIC(?:FRS)?|inspections?|custody|thematics?)\b[^()]{0,120}"
    r"\([^()]{0,30}\b(?:published|issued|dated|of)\b|^(?:inspection|inspectorate report|source)\s{0,2}:",
    re.I,
)
"""An inspection that a line names, with the day on which that was published."""
_TELLS_OF_PUBLICATION = re.compile(
    r"(?<!\bthis report )(?<!\bthis document )(?<!\bwe )\b(?:was|were|been|be) (?:\w{3,12} )?published\b", re.I
)
_COPYRIGHT_YEAR = re.compile(r"©[^\d]{0,60}\b((?:19|20)\d\d)\b")
_WHEN_INSPECTED = re.compile(
    r"\b(between|during|fieldwork|inspected|visit|dates? of inspection|held on|as at|end of|ending|position|to"
    r"|until|by|from|period)\b",
    re.I,
)

LETTERHEAD = 15  # blocks of a letter above its first words
LONGEST_LABEL = 60  # characters of a label over a date
LONGEST_IMPRINT = 250  # characters; a title page may be one line
_OF_POSITION = "The paper prints no other day than that of the position it tells."
_LONE = "The date stands alone; the page does not say of what."


def find_published(document: Document, family: str) -> Detail | None:
    """A meeting's own day for its papers; else a date in an imprint, standing alone, or in the title."""
    if dated := _day_of_letter(document):
        return dated
    front, end = document.blocks[:FRONT], document.blocks[-5:]
    everywhere, edges, head = document.blocks, (*front, *end), document.blocks[:LETTERHEAD]
    tries: list[_Try]
    later: list[_Try] = []
    if family == "meeting_pack":
        tries = [(front, _MEETING_DAY, ""), (front, _MEETING_HELD, ""), (front, _ALONE, _LONE)]
    elif family == "inspection_report":
        told = [block for block in everywhere if not _TELLS_OF_PUBLICATION.search(block.text)]
        title = [block for block in told[:TITLE] if _is_line(block.text)]
        tries = [(title, _IMPRINT, ""), (title, _ALONE, _LONE), (told, _IMPRINT, ""), (edges, _ALONE, _LONE)]
    else:  # the days of a table's rows are of what it lists
        edges = tuple(block for block in edges if block.kind is not BlockKind.TABLE)
        head = tuple(block for block in head if block.kind is not BlockKind.TABLE)
        tries = [(edges, _IMPRINT, "")]
        later = [(edges, _ALONE, _LONE), (edges, _ISSUED, "")]
    own = family != "inspection_report"
    if found := _first_dated(document, tries, own=own):
        return found
    if later and (printed := find_day_in_head(document)):
        return Detail(name="published", value=printed[0], citations=_cite(document, printed[1]))
    if found := _first_dated(document, (*later, (head, _TITLE_END, "The date stands in the title.")), own=own):
        return found
    if later and (position := find_day_of_position(document)):
        return Detail(
            name="published", value=position[0], citations=_cite(document, position[1]), doubt=_OF_POSITION
        )
    return _find_copyright(document, edges) if family == "inspection_report" else None


def _is_line(words: str) -> bool:
    """No sentence, but for a short one and one that speaks of the report itself."""
    said = words.strip()
    return not said.endswith(".") or len(said.split()) < SENTENCE or "this report" in said.lower()


SENTENCE = 6  # words


_Try = tuple[Sequence[Block], re.Pattern[str], str]
"""Where to look, for which sign, and the doubt about a day found by it."""


def _first_dated(document: Document, tries: Iterable[_Try], *, own: bool) -> Detail | None:
    for blocks, sign, doubt in tries:
        before = ""
        for block in blocks:
            label, before = before, block.text
            if sign is _ALONE and len(label) < LONGEST_LABEL and AGREED_FOR.search(label):
                continue
            found = _date_in(block, sign, own=own)
            if found:
                return Detail(name="published", value=found, citations=_cite(document, block), doubt=doubt)
    return None


def salutation(blocks: Sequence[Block]) -> int | None:
    """At which block a letter begins to speak ("Dear ..."); None for what is no letter."""
    for index, block in enumerate(blocks[:FRONT]):
        if SALUTATION.match(block.text):
            return index
    return None


def _day_of_letter(document: Document) -> Detail | None:
    """The date over the salutation: in a letter every other date is of something that it tells."""
    at = salutation(document.blocks)
    for block in reversed(document.blocks[:at] if at else ()):
        told = _ANOTHERS.search(block.text) or _WAS_PUBLISHED.search(block.text) or _TO_COME.search(block.text)
        found = None if told or len(block.text) > LONGEST_IMPRINT else _DATE.search(block.text)
        if found and found[1]:
            return Detail(name="published", value=_iso(found), citations=_cite(document, block))
    return None


def _date_in(block: Block, sign: re.Pattern[str], *, own: bool) -> str:
    """The date of a short block that shows the sign; "" where none is. `own`: not that of another's report."""
    if len(block.text) > LONGEST_IMPRINT or not sign.search(block.text) or _TO_COME.search(block.text):
        return ""
    if own and (
        _ANOTHERS.search(block.text)
        or _NAMED_WITH_DAY.search(block.text)
        or (sign is _IMPRINT and _WAS_PUBLISHED.search(block.text))
    ):
        return ""
    if own and AGREED_FOR.search(block.text):
        return ""
    if sign is _TITLE_END and (_WHEN_INSPECTED.search(block.text) or block.text.rstrip().endswith(".")):
        return ""
    found = _DATE.search(block.text)
    if found:
        return _iso(found)
    figures = _FIGURES.search(block.text)
    return _iso_of_figures(figures) if figures else ""


def _find_copyright(document: Document, blocks: Iterable[Block]) -> Detail | None:
    for block in blocks:
        found = _COPYRIGHT_YEAR.search(block.text) if len(block.text) <= LONGEST_IMPRINT else None
        if found:
            doubt = "Only the year of the copyright is printed."
            return Detail(name="published", value=found[1], citations=_cite(document, block), doubt=doubt)
    return None


def _iso_of_figures(found: re.Match[str]) -> str:
    day, month, year = (int(part) for part in found.groups())
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= 31 and 1 <= month <= 12 else ""


def _iso(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    number = _MONTH_NUMBER[month.lower()]
    return f"{year}-{number:02d}-{int(day):02d}" if day else f"{year}-{number:02d}"


def find_title(document: Document) -> Detail | None:
    """The first heading, or a page's own, with a subtitle that follows at once where the heading is short."""
    blocks = document.blocks
    if document.format == "html":
        at = next(
            (n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level == 1), None
        )
        if at is None and document.title:
            return Detail(name="title", value=_SITE.split(document.title.strip(), maxsplit=1)[0][:300])
        blocks = blocks[at or 0 :]
    front = [block for block in blocks[:FRONT] if block.kind is not BlockKind.CONTENTS and block.text]
    headings = [block for block in front if _may_be_title(block)]
    if not headings:
        return None
    if matter := _matter_beside_salutation(document, front):
        return Detail(name="title", value=matter.text[:300], citations=document.cite(matter))
    first = _subject_line(front) or headings[0]
    after = front[front.index(first) + 1 : front.index(first) + 2]
    words = first.text
    used = [first]
    subtitled = after and after[0].kind is BlockKind.HEADING and not _ALONE.match(after[0].text)
    if len(words) < 25 and subtitled and len(after[0].text) < 120:
        words, used = f"{words}: {after[0].text}", [first, after[0]]
    return Detail(name="title", value=words[:300], citations=document.cite(*used))


_SITE = re.compile(r"\s[|»·]\s")
"""Between a page's title and the name of its site."""


def _matter_beside_salutation(document: Document, front: Sequence[Block]) -> Block | None:
    """The same, where it lost its line break ("Dear Ash, Calder Vale Police: a visit to the cells")."""
    at = salutation(front)
    spoken = SALUTATION.match(front[at].text) if at is not None else None
    if at is None or spoken is None or any(block.kind is BlockKind.HEADING for block in front[:at]):
        return None
    rest = front[at].text[spoken.end() :]
    start = len(front[at].text) - len(rest.lstrip())
    matter = replace(
        front[at],
        text=rest.strip(),
        spans=document.spans_within(front[at], start, len(front[at].text)),
        kind=BlockKind.PARAGRAPH,
    )
    return matter if _may_be_title(matter) and _names_a_matter(matter) else None


def _subject_line(front: Sequence[Block]) -> Block | None:
    """What a letter says it is about, right under its salutation, where no heading stands over the addressee."""
    at = salutation(front)
    if at is None or any(block.kind is BlockKind.HEADING for block in front[:at]):
        return None
    under = front[at + 1] if at + 1 < len(front) else None
    if under is None or not _may_be_title(under):
        return None
    typed = under.strong or under.kind is BlockKind.HEADING
    return under if typed or _names_a_matter(under) else None


def _names_a_matter(block: Block) -> bool:
    """A line of its own that ends no sentence and opens no list."""
    short = len(block.text.split()) <= SUBJECT_LONGEST and block.text[:1].isupper()
    return block.kind is BlockKind.PARAGRAPH and short and block.text.rstrip()[-1:] not in ".,:;!?"


SUBJECT_LONGEST = 20  # words


_MARKING = re.compile(
    r"\W*(official|restricted|not protectively marked|protect|confidential|unclassified|skip to)\b", re.I
)


_INSPECTORATE_ALONE = re.compile(
    r"\W*(?:HMIC(?:FRS)?|(?:HM|h(?:is|er) majesty[’']s) inspectorate of constabulary"
    r"(?:,? and fire (?:and|&) rescue services)?(?: \(HMIC(?:FRS)?\))?)\W*",
    re.I,
)
"""A letterhead, and the name of no paper."""


def _may_be_title(block: Block) -> bool:
    if _INSPECTORATE_ALONE.fullmatch(block.text):
        return False
    if len(block.text) < 60 and (_MARKING.match(block.text) or _ALONE.match(block.text)):
        return False
    wordy = len(block.text) >= 6 and any(letter.islower() or letter.isupper() for letter in block.text)
    return wordy and len(block.text) <= 250 and (block.kind is BlockKind.HEADING or not block.text.endswith("."))


def _cite(document: Document, block: Block) -> tuple[Citation, ...]:
    return document.cite(block)[:1]
