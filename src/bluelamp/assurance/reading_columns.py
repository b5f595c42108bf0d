"""What does each column of an assurance template hold, and which section does a heading open?

Offices rearrange the template: columns are recognised by the words of their heads, never by their order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from bluelamp.documents.blocks import Row
from bluelamp.lib.text import fold


class Role(StrEnum):
    REF = "ref"
    PAGE = "page"
    TEXT = "text"
    ACTION = "action"
    REMARK = "remark"  # what the commissioner says of the force's answer beside it
    SECTION = "section"
    OWNER = "owner"
    DUE = "due"
    STATUS = "status"
    OTHER = "other"  # a theme, a priority, the day it was closed: not read here


_SECTIONS = (  # where words hold two ("recommendations linked to cause of concern 1"), the first of them is meant
    ("cause_of_concern", re.compile(r"\bcauses? (?:of|for) concern\b|^cocs?\b")),
    (
        "area_for_improvement",
        re.compile(r"\bareas? (?:for|of|requiring|needing) (?:further )?improvement\b|^afis?\b"),
    ),
    ("recommendation", re.compile(r"\brecommendations?\b|^recs?\b|\bagreed (?:management |audit )?actions?\b")),
    (
        "issue_of_concern",
        re.compile(r"\b(?:issues?|points?|areas?|matters?) (?:of|for) (?:concern|criticism)\b|\bcriticisms?\b"
                   r"|^(?:other )?(?:issues?|concerns?)$|\bother (?:issues|findings|concerns)\b"),
    ),
)  # fmt: skip
_ACTION = re.compile(
    r"\b(?:actions?|responses?|updates?|progress|comments?|commentary|assurance|mitigation|evidence|position)\b"
    r"|\bwhat (?:we|the force) (?:have|has|did|is|are)\b|^(?:where (?:are we|we are)|what has been done)\b"
)
_SAID_BY_INSPECTORS = re.compile(
    r"\b(?:comments?|commentary|evidence)\b.{0,20}\b(?:hmic(?:frs)?|inspect(?:ors?|orate|ion)|report)\b"
    r"|\b(?:hmic(?:frs)?|inspect(?:ors?|orate))(?: s)? (?:comments?|commentary|evidence)\b"
    r"|^what (?:the )?(?:hmic(?:frs)?|inspect(?:ors?|orate|ion)|auditors?|report) (?:has |have )?"
    r"(?:said|says|found|recommended|recommends|asked|told us|asks)\b.{0,20}$"
)
COMMISSIONER = re.compile(r"\b(?:o?pf?cc|(?:deputy )?(?:commissioner|mayor)|lpb|local policing body)\b", re.I)
_OTHER = re.compile(
    r"\b(?:priority|theme|board|grade|sign(?:ed)? ?off|risk|closed|raised|opened|issued|published"
    r"|review(?:ed)?|reported|received|added|start(?:ed)?)\b|^date(?: completed| agreed| of\b.{0,30})?$"
)
_DUE = re.compile(
    r"\b(?:due|deadline|by when|target|timescales?|completion|date)\b|^when\b"
    r"|\b(?:be completed|complete|implement|deliver) by$"
)
_OWNER = re.compile(r"\b(?:owners?|lead|responsible|responsibility|officer)\b|^who\b")
_STATUS = re.compile(r"\b(?:status|b?rag|rating|completed?)\b")
_OF_ACTION = re.compile(r"^actions? (?:owners?|lead|status|due|deadline|target|completed?)\b|\bdue(?: date)?$")
"""What is said of an action, under a head that names the action first."""
_PAGE = re.compile(r"\b(?:page|pages|pg|pp)\b|^p$|\bpage ?no")
_REF = re.compile(r"\b(?:ref|refs|reference|no|nos|number|num|id)\b|^(?:item|row|serial|s/n)$|^#$")
_ROW_NUMBER = re.compile(r"^(?:#|no|nos|number|num|id|row|serial|s/n|item)$")
"""A head over numbers that count the rows of a table, where another column names what was recommended."""
_ASKED_OF = re.compile(
    r"^(?:agreed|recommended|proposed) (?:management |audit )?actions?(?: agreed)?$|^actions? agreed$"
)
"""In an audit's list the agreed action is what is to be done; nothing else says it."""
_SECTION = re.compile(r"^(?:section|type|category|kind|type of (?:finding|issue)|finding type|source type)$")
_TEXT = re.compile(
    r"\b(?:finding|findings|concern|concerns|issue|issues|observation|observations|criticism|criticisms|description"
    r"|detail|details|text|wording|extract|statement|narrative|summary)\b"
)
_STANDING_SAID = "in progress"
"""How an item stands, in a cell of its own; no head."""
_FIGURES = re.compile(r"\d")
_LONGEST_HEAD = 14  # words
_LONGEST_REF = 4
_REFERENCE_NUMBER = re.compile(r"[\d.\-/]+[a-z]?\b.{0,40}$", re.S)
_WORDS = re.compile(r"[^a-z0-9#/]+")


def plain_words(text: str) -> str:
    """Lower case, marks gone: "Ref. No:" is "ref no"."""
    return " ".join(_WORDS.sub(" ", fold(text).lower()).split())


def section_named(text: str) -> str | None:
    """The section whose name these words hold; None where they are too long to be a name, or name none."""
    words = plain_words(text)
    if not words or len(words.split()) > 12:
        return None
    found = [(hit.start(), section) for section, pattern in _SECTIONS if (hit := pattern.search(words))]
    return min(found)[1] if found else None


def section_of_reference(ref: str) -> str | None:
    """The section that a reference begins with: "Rec 1.2", "AFI 3", "CoC 1"; but "CoC 1.1" is often what
    is recommended about it."""
    number = _REFERENCE_NUMBER.search(ref)
    words = plain_words(ref[: number.start()] if number else ref)
    section = section_named(words) if words and len(words.split()) <= _LONGEST_REF else None
    is_part = number is not None and any(mark in number.group() for mark in ".-/")
    return None if is_part and section == "cause_of_concern" else section


def role_of(head: str) -> Role | None:
    """What a column under this head holds; None for words that are no column's head."""
    words = plain_words(head)
    length = len(words.split())
    if not words or length > _LONGEST_HEAD or (length > 3 and fold(head).endswith((".", ";", "!"))):
        return None
    if words == _STANDING_SAID:
        return None
    if _SAID_BY_INSPECTORS.search(words):
        return Role.TEXT
    if "%" in head:
        return Role.OTHER  # how much of it is done, beside its status
    if _OF_ACTION.search(words):
        return _standing_of(words)
    if _ACTION.search(words) and not _PAGE.search(words):
        return Role.ACTION  # "Update March 2017": the only head that holds figures
    if _FIGURES.search(words):
        return None
    if _SECTION.search(words):
        return Role.SECTION
    if _PAGE.search(words):
        return Role.PAGE
    if (standing := _standing_of(words)) is not None:
        return standing
    if length <= _LONGEST_REF and _REF.search(words):
        return Role.REF
    if section_named(words) or _TEXT.search(words):
        return Role.TEXT
    return None


def _standing_of(words: str) -> Role | None:
    """Owner, due date, status, or what is told beside them; None for other words."""
    for role, pattern in ((Role.OTHER, _OTHER), (Role.DUE, _DUE), (Role.OWNER, _OWNER), (Role.STATUS, _STATUS)):
        if pattern.search(words):
            return role
    return None


_STANDING = frozenset({Role.OWNER, Role.DUE, Role.STATUS})


@dataclass(frozen=True)
class Columns:
    """The columns of one table by what they hold, counted from 0."""

    roles: dict[int, Role]
    heads: dict[int, str] = field(default_factory=dict)

    def of(self, role: Role) -> tuple[int, ...]:
        return tuple(column for column, held in sorted(self.roles.items()) if held is role)

    @property
    def width(self) -> int:
        return max(self.roles, default=-1) + 1

    def section(self, column: int) -> str | None:
        return section_named(self.heads.get(column, ""))

    def is_repeated_by(self, row: Row) -> bool:
        return all(plain_words(row.text_at(c)) == plain_words(head) for c, head in self.heads.items())


def find_columns(row: Row) -> Columns | None:
    """The columns, if this row is a template's head: it names a text column and one more."""
    return columns_of_heads({cell.column: cell.text for cell in row.cells})


def columns_of_heads(printed: dict[int, str]) -> Columns | None:
    """The columns under these heads, if they are a template's."""
    known = {column: role for column, head in printed.items() if (role := role_of(head)) is not None}
    known = _without_row_numbers(_with_agreed_actions(known, printed), printed)
    heads = {column: printed[column] for column in known}
    filled = sum(1 for head in printed.values() if head)
    held = set(known.values())
    if Role.TEXT not in held or not (held & _BESIDE_WORDS or _is_tracked(known, heads)):
        return None
    if len(known) < 2 or len(known) * 2 < filled:
        return None
    return Columns(_part_voices(known, heads), heads)


def _with_agreed_actions(roles: dict[int, Role], heads: dict[int, str]) -> dict[int, Role]:
    """Where no column holds a point, the agreed actions with their owners and days are the points."""
    asked = [at for at, role in roles.items() if role is Role.ACTION and _ASKED_OF.search(plain_words(heads[at]))]
    if Role.TEXT in roles.values() or len(asked) != 1 or len(set(roles.values()) & _STANDING) < _FEWEST_STANDING:
        return roles
    return {**roles, asked[0]: Role.TEXT}


_FEWEST_STANDING = 2


def _without_row_numbers(roles: dict[int, Role], heads: dict[int, str]) -> dict[int, Role]:
    named = [at for at, role in roles.items() if role is Role.REF]
    counted = [at for at in named if _ROW_NUMBER.match(plain_words(heads[at]))]
    if not counted or len(counted) == len(named):
        return roles
    return {at: role for at, role in roles.items() if at not in counted}


_BESIDE_WORDS = frozenset({Role.REF, Role.PAGE, Role.ACTION, Role.SECTION})


def _is_tracked(roles: dict[int, Role], heads: dict[int, str]) -> bool:
    """Recommendations by name, with two of owner, due date and status: a tracker without numbers or progress."""
    named = {section_named(heads[column]) for column, role in roles.items() if role is Role.TEXT}
    return len(set(roles.values()) & _STANDING) > 1 and bool(named - {None, "issue_of_concern"})


def _part_voices(roles: dict[int, Role], heads: dict[int, str]) -> dict[int, Role]:
    """Where the force answers in one column and the commissioner remarks in another, they are two."""
    answers = [column for column, role in roles.items() if role is Role.ACTION]
    remarks = [column for column in answers if COMMISSIONER.search(plain_words(heads[column]))]
    if len(remarks) == len(answers):
        return roles
    return {column: Role.REMARK if column in remarks else role for column, role in roles.items()}
