"""What family is a document, or a paper of a pack, of? Recognised by its structure and the field's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bluelamp.assurance.reading_cards import cards_of
from bluelamp.assurance.reading_prose import begins_item, names_answerer
from bluelamp.documents.blocks import Block, BlockKind, Row
from bluelamp.documents.document import Part
from bluelamp.inspections.recognition import FrameworkGuess
from bluelamp.intake.national_reports import report_of_inspectors
from bluelamp.intake.packs import holds_meeting
from bluelamp.lib.letters import SIGNED
from bluelamp.performance.facts import BudgetRow, IndicatorRow
from bluelamp.performance.reading import read_performance
from bluelamp.scrutiny.reading.agendas import read_agenda
from bluelamp.scrutiny.reading.packs import find_agenda

FAMILIES = (
    "inspection_report",
    "assurance_template",
    "performance_report",
    "finance_report",
    "meeting_pack",
    "self_assessment",
    "letter",
    "other",
)
FRONT = 15  # blocks in which a document says what it is
LETTERHEAD = 40  # blocks in which a letter's address and salutation stand, or its signature and copies
FEWEST_ITEMS = 4
"""Numbered items under the word that make an agenda."""
NAMED_IN_FRONT = 3.0  # a framework's score where the front names it


@dataclass(frozen=True)
class Family:
    """A family and the blocks that show it."""

    slug: str
    evidence: tuple[Block, ...] = ()


_POINT = re.compile(r"\b(concern|recommendation|finding|area for improvement|issue|afi)s?\b", re.I)
_ANSWER = re.compile(r"\b(action|response|update|progress|evidence)s?\b", re.I)
_FINDINGS = re.compile(
    r"^(areas? for (improvement|development)|causes? (of|for) concern|strengths?|work in progress"
    r"|(our |summary of |force summary of )*judge?ments?|main findings|recommendations?|grad(e|es|ed judge?ments?)"
    r"|what is working well|(innovative|promising|developing|notable) practices?)\b",
    re.I,
)
_INSPECTORATE = re.compile(r"\bHMIC(FRS)?\b|HM Inspector|inspectorate of constabulary", re.I)
_IMPRINT = re.compile(
    r"©\W*(HMIC|crown copyright)|\b(an|report on an) (unannounced )?inspection (of|visit)\b", re.I
)
_INSPECTED = re.compile(r"\binspection\b|\binspectors\b|\bwe (inspected|visited|assessed)\b", re.I)
_RESPONSE = re.compile(
    r"\b(response|comments?|reply)\b[^.]{0,120}\b(HMIC(FRS)?|PEEL|inspection|section 55)\b"
    r"|\bsection 55\b[^.]{0,120}\b(response|comments?)\b",
    re.I,
)
_CHARACTERISTIC = re.compile(r"^\s*\d{1,2}\.\d{1,2}\s+(the|our|your) (force|police|constabulary|service)\b", re.I)
_LETTER = re.compile(r"^(dear\b|yours (sincerely|faithfully)\b)", re.I)
_MEETING_SIGNS = (
    re.compile(r"^a\s*g\s*e\s*n\s*d\s*a\b", re.I),
    re.compile(
        r"^(draft |unconfirmed |confirmed )?(minutes|action notes)\b|\b(minutes|notes) of the\b.*\b\w+"
        r"|[–—:-] ?(draft |unconfirmed )?(minutes|(action )?notes|(minutes|notes) and actions)$",
        re.I,
    ),
    re.compile(r"^(it was )?(resolved|agreed)\b", re.I),
    re.compile(r"^(\d+\.? )?apologies\b", re.I),
    re.compile(r"^((also )?(members |others |those )?present|membership|(also )?in attendance)\b", re.I),
    re.compile(r"^work programme\b|^forward plan\b", re.I),
)
_HEADER = re.compile(
    r"^(report to|report of|report by|date of meeting|agenda item|report author|for information)\b", re.I
)


def recognise_family(part: Part, guess: FrameworkGuess | None) -> Family:
    """The first family whose signs are all there; "other" where none is."""
    tests: list[tuple[str, Callable[[], tuple[Block, ...]]]] = [
        ("letter", lambda: _answering_letter(part)),
        ("assurance_template", lambda: _template(part)),
        ("meeting_pack", lambda: _meeting(part)),
        ("inspection_report", lambda: _national_report(part)),
        ("letter", lambda: _response(part)),
        ("letter", lambda: _letter_of_inspectors(part, guess)),
        ("inspection_report", lambda: _inspection(part, guess)),
        ("self_assessment", lambda: _characteristics(part)),
        ("performance_report", lambda: _tables_of(part, IndicatorRow)),
        ("finance_report", lambda: _tables_of(part, BudgetRow)),
        ("letter", lambda: _matching(part, _LETTER)),
    ]
    for slug, find in tests:
        if evidence := find():
            return Family(slug, evidence[:3])
    return Family("other")


def says_inspectorate(part: Part) -> bool:
    """Does a letter come from the inspectorate, rather than answer it?"""
    named = any(_INSPECTORATE.search(block.text) for block in part.blocks[:FRONT])
    return (named or is_signed_by_inspector(part)) and not _response(part)


def _template(part: Part) -> tuple[Block, ...]:
    tables = [block for block in part.blocks if block.kind is BlockKind.TABLE]
    cards = {id(table): len(cards_of(table)) for table in tables}
    found = tuple(t for t in tables if cards[id(t)] or any(_is_template_head(row) for row in t.rows[:4]))
    enough = sum(cards[id(table)] or len(table.rows) - 1 for table in found) >= 2
    return found if enough and not (_meeting(part) and holds_meeting(part)) else ()


def _is_template_head(row: Row) -> bool:
    """A column for the point that was made and another, later one for what was done about it."""
    points = [cell.column for cell in row.cells if len(cell.text) < 60 and _POINT.search(cell.text)]
    answers = [cell.column for cell in row.cells if len(cell.text) < 60 and _ANSWER.search(cell.text)]
    return bool(points) and any(answer > points[0] for answer in answers)


def _meeting(part: Part) -> tuple[Block, ...]:
    """An agenda with its items, an agenda or minutes with another sign of a meeting, or several papers' heads."""
    signs = [_matching(part, sign)[:1] for sign in _MEETING_SIGNS]
    shown = tuple(block for found in signs for block in found)
    headers = _matching(part, _HEADER)
    titled = find_agenda(part.blocks[:LETTERHEAD])
    if not signs[0] and titled is not None:  # "Order of business", "Executive Board – Agenda"
        signs[0] = (part.blocks[titled],)
        shown = (*signs[0], *shown)
    if (signs[0] or signs[1]) and (len(shown) >= 2 or len(headers) >= 2):
        return shown
    if signs[0] and len(read_agenda(part, None)[0]) >= FEWEST_ITEMS:
        return signs[0]
    return headers if len(headers) >= 8 else ()


def _inspection(part: Part, guess: FrameworkGuess | None) -> tuple[Block, ...]:
    """A report that names its cycle in front, or findings under their own heads by those who inspect."""
    findings = tuple(block for block in _short(part, 80) if _FINDINGS.match(block.text))
    if guess and guess.score >= NAMED_IN_FRONT and guess.evidence and findings:
        return (guess.evidence, *findings)
    named = any(_INSPECTORATE.search(block.text) for block in part.blocks) or is_signed_by_inspector(part)
    inspected = named or bool(guess) or any(_INSPECTED.search(block.text) for block in part.blocks[:FRONT])
    own = named and any(_IMPRINT.search(block.text) for block in part.blocks[:FRONT] if len(block.text) <= 200)
    enough = 1 if own or (guess and named) else 2
    return findings if inspected and len(findings) >= enough else ()


def _national_report(part: Part) -> tuple[Block, ...]:
    """A report whose head says that it is by the inspectorate, which is no letter and answers none of its own."""
    answers = _matching(part, _TITLED_RESPONSE)[:1]
    return () if answers or not _holds_its_letters(part) else report_of_inspectors(part)


def _holds_its_letters(part: Part) -> bool:
    """Does every salutation at the head open a letter that the report prints in a section of its own?"""
    opened = [at for at, block in enumerate(part.blocks[:LETTERHEAD]) if _LETTER.match(block.text)]
    ends = {at for at in opened if SIGNED.match(part.blocks[at].text)}
    begun = [at for at in opened if at not in ends]
    if not opened or not begun or any(SIGNED.match(block.text) for block in part.blocks[-SIGNED_IN:]):
        return not opened  # a letter ends the document
    return all(at and _is_letters_head(part.blocks[at - 1]) for at in begun)


def _is_letters_head(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and bool(_LETTERS_HEAD.match(block.text))


SIGNED_IN = 6  # blocks at the end of a letter in which it is signed
_LETTERS_HEAD = re.compile(
    r"^(?:\d{1,2}\.? )?(?:(?:open |covering )?letter (?:to|from|of)|foreword|preface)\b", re.I
)


_TITLED_RESPONSE = re.compile(r"^(?:[^.:]{0,80}\b)?(?:response|reply|comments?) (?:to|on)\b[^.]{0,80}\bHMIC", re.I)


def _letter_of_inspectors(part: Part, guess: FrameworkGuess | None) -> tuple[Block, ...]:
    """What they found, told to somebody: it opens and ends as a letter does."""
    opens = _opens(part)
    ends = [block for block in part.blocks[-LETTERHEAD:] if SIGNED.match(block.text)]
    return (
        (*opens[:1], *ends[:1]) if opens and ends and says_inspectorate(part) and _inspection(part, guess) else ()
    )


def _opens(part: Part) -> list[Block]:
    """Words at the head that open or end a letter."""
    return [block for block in part.blocks[:LETTERHEAD] if _LETTER.match(block.text)]


def finds_under_heads(part: Part) -> bool:
    """Does it state findings under the heads that inspectors use?"""
    return any(_FINDINGS.match(block.text) for block in _short(part, 80))


def _response(part: Part) -> tuple[Block, ...]:
    """Somebody's answer to a report, which quotes its findings: by its words in front, labels, or voice."""
    if is_signed_by_inspector(part):
        return ()
    front = tuple(block for block in part.blocks[:FRONT] if _says_response(block))
    return front or (() if _is_printed_by_inspectors(part) else _answers(part) or _said_by_commissioner(part))


def _says_response(block: Block) -> bool:
    """Words that say what the document is; a table that lists inspections with their responses says it of none."""
    if block.kind is not BlockKind.TABLE:
        said = len(block.text) < LONGEST_STATEMENT and _RESPONSE.search(block.text)
        return bool(said) and (not _is_prose(block) or bool(_OWN_RESPONSE.search(block.text)))
    lists = (
        max((len([cell for cell in row.cells if cell.text]) for row in block.rows), default=0) > WIDEST_OF_LABELS
    )
    return not lists and any(_RESPONSE.search(cell.text) for row in block.rows for cell in row.cells)


def _is_prose(block: Block) -> bool:
    return (
        block.kind is not BlockKind.HEADING and block.text.rstrip().endswith(".") and len(block.text.split()) > 12
    )


_OWN_RESPONSE = re.compile(
    r"\b(?:this|my|our|i|enclos\w{0,4}|below|following|commissioner[’']s|required|statutory|section 55)\b", re.I
)
"""Words by which a sentence speaks of the document that it stands in."""
LONGEST_STATEMENT = 400  # characters
WIDEST_OF_LABELS = 2  # columns of a table of labels and their words


def _answering_letter(part: Part) -> tuple[Block, ...]:
    """A letter under whose items the force and the commissioner answer, whatever tables it holds."""
    return _answers(part) if _opens(part) and _signed(part) and _response(part) else ()


def _answers(part: Part) -> tuple[Block, ...]:
    """Answers of the force or remarks of the commissioner to points, under labels of their own, more than once."""
    said = [block for block in part.blocks if block.kind in _SAID_IN]
    labels = tuple(block for block in said if names_answerer(block.text))
    return labels if len(labels) > 1 and any(begins_item(block.text) for block in said) else ()


_SAID_IN = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_WELCOMES = re.compile(
    r"\bi (?:\w{2,10} )?(?:welcome|accept|have (?:read|considered)|am (?:grateful|pleased|disappointed))\b"
    r"[^.]{0,40}\b(?:this|your|the|hmic(?:frs)?[’']?s?) (?:[\w’']{1,20} ){0,3}(?:report|inspection|findings)\b",
    re.I,
)
_OWN_DUTY = re.compile(
    r"\b(?:i|my|we|our)\b[^.]{0,120}\bsection 55\b|\bsection 55\b[^.]{0,120}\b(?:i|my|our)\b", re.I
)
_COMMISSIONER = re.compile(r"\b(?:police(?:,? fire)? (?:and|&) crime commissioner|mayor (?:of|for))\b", re.I)
_INSPECTOR = re.compile(r"\b(?:HM|(?:his|her) majesty[’']s) (?:chief )?inspector\b(?! of constabulary[’']s)", re.I)
_COPIED = re.compile(r"^(?:cc|copy|copied|copies)\b", re.I)
UNDER_SIGNATURE = 4  # blocks in which whoever signs a letter gives a name and an office


def _signed(part: Part) -> tuple[Block, ...]:
    """Whoever signs a letter: what stands right under its last words, above those it is copied to."""
    ends = [at for at, block in enumerate(part.blocks) if SIGNED.match(block.text)]
    under = part.blocks[ends[-1] : ends[-1] + 1 + UNDER_SIGNATURE] if ends else ()
    copied = next((at for at, block in enumerate(under) if _COPIED.match(block.text)), len(under))
    return tuple(under[:copied])


def is_signed_by_inspector(part: Part) -> bool:
    """Does a letter end in the name of one of His Majesty's inspectors?"""
    return any(_INSPECTOR.search(block.text) for block in _signed(part))


def _is_printed_by_inspectors(part: Part) -> bool:
    return any(_IMPRINT_OF_THEIRS.search(block.text) for block in part.blocks[:FRONT] if len(block.text) <= 200)


_IMPRINT_OF_THEIRS = re.compile(r"©\W*(?:HMIC|crown copyright)", re.I)


def _said_by_commissioner(part: Part) -> tuple[Block, ...]:
    """The commissioner signs it, and welcomes the report or names the duty to answer it."""
    signed = tuple(block for block in _signed(part) if _COMMISSIONER.search(block.text))
    spoken = tuple(b for b in part.blocks if _WELCOMES.search(b.text) or _OWN_DUTY.search(b.text))
    return (*spoken[:1], *signed[:1]) if spoken and (signed or len(spoken) > 1) else ()


def _characteristics(part: Part) -> tuple[Block, ...]:
    found = [block for block in part.blocks for line in _lines(block) if _CHARACTERISTIC.match(line)]
    return tuple(dict.fromkeys(found)) if len(found) >= 2 else ()


def _words(block: Block) -> str:
    """The block's words with the number that stands before them."""
    return f"{block.marker} {block.text}".strip()


def _lines(block: Block) -> Iterable[str]:
    """A table's rows, or the block's words."""
    rows = [" ".join(cell.text for cell in row.cells if cell.text) for row in block.rows]
    return rows or [_words(block)]


def _tables_of(part: Part, kind: type[IndicatorRow] | type[BudgetRow]) -> tuple[Block, ...]:
    """Tables that the reader of figures makes such rows of: structure says more than a title does."""
    tables = tuple(block for block in part.blocks if block.kind is BlockKind.TABLE)
    if not tables:
        return ()
    rows = [fact for fact in read_performance(part).facts if isinstance(fact, kind)]
    return tables if len(rows) >= 2 else ()


def _short(part: Part, longest: int = 200) -> Iterable[Block]:
    """Blocks short enough to be a heading or a field."""
    return (block for block in part.blocks if block.kind is not BlockKind.CONTENTS and len(block.text) <= longest)


def _matching(part: Part, pattern: re.Pattern[str]) -> tuple[Block, ...]:
    return tuple(block for block in _short(part) if pattern.search(block.text))
