"""Who was at the meeting, and who was not?

Names stand in lists under headings ("Membership", "Present", "Also in attendance", "Apologies"), one on a line or
in a table. Absence is marked by a letter that a legend explains ("A - denotes absence"), by words beside the name,
by the heading, or in a sentence ("Apologies were received from ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bluelamp.documents.blocks import BlockKind, Span
from bluelamp.documents.document import Document, Part
from bluelamp.scrutiny.facts import Attendance
from bluelamp.scrutiny.reading.attendance_tables import is_attendance_table, read_attendance_table
from bluelamp.scrutiny.reading.lines import Line, lines_of
from bluelamp.scrutiny.reading.vocabulary import meetings, plain

_LEGEND = re.compile(
    r"\(?\s*[‘'\"“]?(?P<mark>[A-Z*†#])[’'\"”]?\s*[-–—=:]?\s*(?:denotes|indicates|means|signifies|=|-|–)?\s*(?:absen|apolog)",
    re.IGNORECASE,
)
_APART = re.compile(r"\s+[-–—]\s+|\s*\t\s*|\s*[-–—]\s+|,\s+(?=[A-Z])|\s*:\s+|\s+(?=\()")
_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž](?:[^\W\d_]|[’'`.\-])*"
_NAME = re.compile(rf"(?:{_WORD}|[Dd]e|[Vv]an|[Oo]f|/)(?:\s+(?:{_WORD}|de|van|von|der|al|el|bin)){{1,5}}")
_MEMBERS = re.compile(r"(?:[\w-]+ ){0,3}members(?: present| in attendance| attending)?")
_FROM = re.compile(r"\s*(?:absence|lateness|non-attendance)?\b[\w\s]{0,40}?\b(?:from|by|on behalf of)\b:?")
_SENTENCE = re.compile(
    r"apolog(?:y|ies)[\w\s]{0,40}?\b(?:from|by|of|for)\b:?(?P<names>[^.]*"
    r"(?:(?:(?<=\b[A-Z])\.|(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bDr)\.|(?<=\bMs)\.|(?<=\bCllr)\.|\.(?=\s?[a-z]))[^.]*)*)",
    re.IGNORECASE,
)
_SPLIT_NAMES = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+")
_LONGEST = 160
_LONGEST_RUN = 1500
_HIDE = str.maketrans({",": "\ue000", ";": "\ue001", " ": "\ue002"})
_SHOW = str.maketrans({"\ue000": ",", "\ue001": ";", "\ue002": " "})
_MANY = 120  # lines of a list of names at most


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    role: str
    present: bool
    capacity: str
    spans: tuple[Span, ...]


def read_attendance(part: Part, meeting_date: date | None) -> list[Attendance]:
    lines = lines_of(part.document, part.blocks)
    people = list(_listed(tuple(_name_lines(part.document, lines))))
    people = _with_apologies([*people, *_in_tables(part, people)], lines)
    return [
        Attendance(
            meeting_date=meeting_date,
            name=person.name,
            role=person.role,
            present=person.present,
            capacity=person.capacity,
            citations=part.document.cite(person.spans),
        )
        for person in people
    ]


def _in_tables(part: Part, known: Sequence[_Person]) -> Iterator[_Person]:
    """Those of tables that say in their own head whom they list, and were not read under a heading."""
    read = {span for person in known for span in person.spans}
    for block in part.blocks[:_NEAR_THE_TOP]:
        if not is_attendance_table(block) or any(
            span in read for row in block.rows for c in row.cells for span in c.spans
        ):
            continue
        for listed in read_attendance_table(block):
            if _is_name(listed.name):
                yield _Person(listed.name, listed.role, listed.present, "member", listed.spans)


_NEAR_THE_TOP = 20  # blocks


@cache
def _headings() -> dict[str, str]:
    return {word: kind for kind, words in meetings().attendance.items() for word in words}


def heading_kind(words: str) -> str | None:
    """member, other or absent: what a heading above names says of them."""
    label = plain(words).removesuffix(":").strip()
    return _headings().get(label) or ("member" if _MEMBERS.fullmatch(label) else None)


def _name_lines(document: Document, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines; names under each other in the cell beside a heading ("Present") each on a line of their own."""
    for line in lines:
        led = _led_heading(line) if line.is_row else None
        if not led or not led[1] or "\t" in led[1] or _run_in(line, led, led[0]):
            yield line
            continue
        label = line.text.partition("\t")[0]
        printed = [
            (words, (start, end))
            for first, last in line.spans
            for words, (start, end) in _printed_lines(document.text, first, last)
        ]
        names = printed[1:] if printed and printed[0][0] == label.strip() else []
        if len(names) < 2:
            yield line
            continue
        for number, (words, span) in enumerate(names):
            yield replace(line, text=words if number else f"{label}\t{words}", spans=(span,), first=number == 0)


def _printed_lines(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    for piece in text[start:end].split("\n"):
        if piece.strip():
            yield " ".join(piece.split()), (start, start + len(piece))
        start += len(piece) + 1


# -- lists ------------------------------------------------------------------------------------------------


def _listed(lines: Sequence[Line]) -> Iterator[_Person]:
    """The people under attendance headings."""
    kind: str | None = None
    mark = ""
    pending: _Person | None = None
    count, told = 0, -1
    alone = _parted_by_lines(lines)
    for line in lines:
        legend = _LEGEND.match(line.text) if len(line.text) < 80 else None
        led = _led_heading(line)
        if legend:
            mark = legend["mark"]
            continue
        if line.index == told:
            continue
        if led or _ends_list(line):
            if pending:
                yield pending
            pending, count = None, 0
            kind = led[0] if led else None
            if not led or not led[1]:
                continue
        apart = line.index in alone
        together = _run_in(line, led, kind, apart=apart) if kind and (line.first or line.is_row or apart) else []
        if together:
            if pending:
                yield pending
            pending = None
            yield from together
            told = line.index if not (line.is_row or apart) else -1
            continue
        if led:
            line = replace(line, text=led[1])
        if kind is None or count > _MANY:
            continue
        count += 1
        if pending and _continues(pending, line):
            words = f"{pending.role} {line.text}".strip()
            pending = replace(pending, role=words, spans=(*pending.spans, *line.spans))
            continue
        if pending:
            yield pending
        pending = _person(line, kind, mark)
    if pending:
        yield pending


def _parted_by_lines(lines: Sequence[Line]) -> set[int]:
    """The blocks whose every line begins with a name and goes on in no other: a list within one paragraph."""
    by_block: dict[int, list[str]] = {}
    headed = set[int]()
    for line in lines:
        if not line.is_row:
            led = _led_heading(line)
            said = led[1] if led else line.text
            by_block.setdefault(line.index, []).extend([said] if said else [])
            if led and not said:
                headed.add(line.index)
    return {
        index
        for index, said in by_block.items()
        if (len(said) > 1 or (said and index in headed)) and all(map(_is_whole, said))
    }


def _is_whole(words: str) -> bool:
    words = _TITLE_OF_MANY.sub("", words.strip())
    parts = [piece.strip(" ()\t,") for piece in _APART.split(words) if piece.strip(" ()\t,")]
    goes_on = words.endswith((",", ";", "&", "(")) or words.lower().endswith(" and")
    first = re.split(r"\sand\s", parts[0])[0] if parts else ""
    return _is_name(first) and not goes_on and words.count("(") == words.count(")")


_TITLE_OF_MANY = re.compile(r"^(?:Councillors|Cllrs)\s")


def _run_in(line: Line, led: tuple[str, str] | None, kind: str, *, apart: bool = False) -> list[_Person]:
    """Names that run on in one paragraph: "Present: Jo Marsh (Chair), Lee Ford and Ann Dell"."""
    if line.is_row or apart:
        text, spans = (led[1] if led else line.text).strip(), line.spans
    else:
        text, spans = line.block.text, line.block.spans
        text = text.partition(":")[2].strip() if led else text
    if len(text) > _LONGEST_RUN or "\t" in text or not re.search(r"[,;]|\sand\s", text):
        return []
    body, text = _led_body(text)
    pieces = [name for piece in _between(text) if piece for name in _names_within(piece)]
    people = []
    for piece in pieces:
        name, _, role = piece.partition("(")
        if ";" in text:
            name, _, rest = name.partition(",")
            role = f"{rest.strip()} {role}".strip()
        name = _TITLE_OF_MANY.sub("", re.sub(r"^(?:and|also)\s", "", name.strip()))
        if _is_name(name.strip(" .")):
            capacity = "other" if kind == "other" else "member"
            role = role.strip(" ().") or body
            people.append(_Person(name.strip(" ."), role, kind != "absent", capacity, spans))
    return people if len(people) >= 2 and len(people) >= 0.7 * len(pieces) else []


def _names_within(piece: str) -> list[str]:
    """Names between commas within a piece between semicolons ("Mr A (Chair); Mrs B, Mr C and Mr D")."""
    within = [words.strip(" .") for words in _between(piece) if words]
    bare = [re.sub(r"^(?:Councillors|Cllrs)\s", "", words.partition("(")[0].strip()) for words in within]
    return within if len(within) > 1 and all(_is_name(words) for words in bare) else [piece]


def _led_body(text: str) -> tuple[str, str]:
    """The body that people are of, said once before their names ("Independent members - Mr A and Mrs B")."""
    found = re.match(r"([A-Z][\w\s&'’]{3,60}?)(?:\s[-–—]\s|:\s)", text)
    if found and not _is_name(found[1].strip()):
        return found[1].strip(), text[found.end() :]
    return "", text


def _between(text: str) -> list[str]:
    """The pieces between semicolons, or else between commas and "and", outside brackets."""
    hidden = re.sub(r"\([^()]*\)", lambda found: found.group().translate(_HIDE), text)
    cut = r"\s*;\s*(?:and\s+)?" if ";" in hidden else r"\s*,\s*(?:and\s+)?|\s+and\s+"
    return [piece.translate(_SHOW).strip() for piece in re.split(cut, hidden)]


def _led_heading(line: Line) -> tuple[str, str] | None:
    """A heading above names, alone or with the first name on its line ("Present: ...", a table's first cell)."""
    kind = heading_kind(line.text)
    if kind:
        return kind, ""
    head, found, rest = line.text.partition("\t") if line.is_row else line.text.partition(":")
    if found and len(head) < 40 and (kind := heading_kind(head)) and rest.strip():
        return kind, rest.strip()
    return None


def _ends_list(line: Line) -> bool:
    """A numbered item, prose, or any heading that is not a person ends a list of names."""
    text = line.text
    if len(text) > _LONGEST or re.match(r"\d{1,3}[./)\s]", text) or re.match(r"\d", line.marker.strip("-( ")):
        return True
    return line.block.kind is BlockKind.HEADING and not _APART.search(text) and not _only_people(text)


def _only_people(words: str) -> bool:
    """Names with titles or initials and nothing else, which stood alone and so were taken for a heading."""
    names = _between(_TITLE_OF_MANY.sub("", words.strip(" .")))
    return len(names) > 1 and all(_is_name(name) and bool(_TITLED.match(name)) for name in names)


_TITLED = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Cllr|Councillor|Ald|Rev)\b|[A-Z]\.? )")


def _continues(person: _Person, line: Line) -> bool:
    """A wrapped line: no name and role of its own, under a line that was full."""
    if line.is_row or line.marker or _APART.search(line.text):
        return False
    return len(person.name) + len(person.role) > (60 if line.first else 45)


def _person(line: Line, kind: str, mark: str) -> _Person | None:
    text = line.text.lstrip("-–•* ").strip() if mark != "*" else line.text.lstrip("-–• ").strip()
    if len(text) > 4 * _LONGEST:
        return None
    absent = kind == "absent"
    if mark and (found := re.match(rf"\(?{re.escape(mark)}\)?[\s.]+(?=[A-Z])", text)):
        text, absent = text[found.end() :], True
    elif mark and (found := re.search(rf"[\s(]+{re.escape(mark)}\)?$", text)):
        text, absent = text[: found.start()], True
    parts = [piece.strip(" ()\t,") for piece in _APART.split(text) if piece.strip(" ()\t,")]
    if not parts:
        return None
    name, rest, before = _name_among(parts)
    for words in list(rest):
        if plain(words) in (*meetings().absent_marks, *meetings().present_marks):
            absent = absent or plain(words) in meetings().absent_marks
            rest.remove(words)
            at = text.rfind(words)
            text = re.sub(r"\(\s*\)", "", text[:at] + text[at + len(words) :]).strip()
    if not _is_name(name) or len(name) > 60:
        return None
    role = _role(text, name, rest)
    if before:
        role = ", ".join(words for words in (before, role) if words)
    name, post = _without_post(name)
    role = ", ".join(words for words in (post, role) if words)
    capacity = "other" if kind == "other" else "member"
    return _Person(name, role, not absent, capacity, line.spans)


def _name_among(parts: Sequence[str]) -> tuple[str, list[str], str]:
    """The name, what stands after it, and the post or body before it ("Fenby Council - Councillor A. Bell")."""
    at = 0
    if not _is_name(parts[0]) and len(parts) > 1 and _is_name(parts[1]) and len(parts[0].split()) > 1:
        at = 1
    return parts[at], list(parts[at + 1 :]), parts[0] if at else ""


def _without_post(name: str) -> tuple[str, str]:
    """ "Chief Constable Ann Shaw" is Ann Shaw, whose post is Chief Constable."""
    words = name.split()
    count = 0
    while count < len(words) and words[count].lower() in meetings().roles and words[count].lower() != "councillor":
        count += 1
    if count > 1 and len(words) - count > 1:
        return " ".join(words[count:]), " ".join(words[:count])
    return name, ""


def _role(text: str, name: str, rest: Sequence[str]) -> str:
    """The words after the name as printed, or what is left of them once a mark ("apologies") is taken away."""
    after = text[text.find(name) + len(name) :].replace("\t", " ").strip(" -–—:,")
    printed = re.sub(r"^\([A-Z]{2,4}\)[\s,:–-]*", "", " ".join(after.split()))  # initials used further down
    rest = [piece for piece in rest if not re.fullmatch(r"[A-Z]{2,4}", piece) or piece in printed]
    if printed.startswith("(") and printed.endswith(")") and printed.count("(") == 1:
        printed = printed[1:-1]
    if bracketed := _POST_AND_BODY.fullmatch(printed):
        return f"{bracketed[1]}, {bracketed[2]}"
    if not rest or any(piece not in printed for piece in rest):
        return ", ".join(rest)
    return printed if len(printed) <= sum(len(piece) + 4 for piece in rest) else ", ".join(rest)


_POST_AND_BODY = re.compile(r"\(([^()]{3,40})\)\s{1,3}([A-Z][^()]{2,60})")
"""A post in brackets and, in the next column, the body that somebody is of."""


def _is_name(words: str) -> bool:
    if not _NAME.fullmatch(words):
        return False
    all_words = plain(words).split()
    bare = [word for word in all_words if word.strip(".") not in meetings().honorifics]
    if len(bare) == len(all_words) and all_words[-1] in (*meetings().posts, *meetings().bodies):
        return False
    if all_words[-1] in meetings().bodies:
        return False
    return len(bare) > 0 and any(word not in meetings().roles for word in bare)


# -- apologies in a sentence ------------------------------------------------------------------------------


def _with_apologies(people: list[_Person], lines: Sequence[Line]) -> list[_Person]:
    """Those for whom a sentence gives apologies are absent; who was not listed is added."""
    for block_lines in _paragraphs(lines):
        text = " ".join(line.text for line in block_lines)
        found = _SENTENCE.search(text) if "polog" in text and len(text) < 1500 else None
        if not found or re.search(r"\b(?:no|any)\s+apolog", text, re.IGNORECASE):
            continue
        spans = tuple(span for line in block_lines for span in line.spans)
        names = found["names"]
        if led := _FROM.match(names):  # "Apologies for absence were received from ..."
            names = names[led.end() :]
        people = _absent(people, names, spans)
    return people


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and line.index != block[-1].index:
            yield block
            block = []
        if not line.is_row:
            block.append(line)
    if block:
        yield block


def _absent(people: list[_Person], names: str, spans: tuple[Span, ...]) -> list[_Person]:
    result = list(people)
    for words in _SPLIT_NAMES.split(names):
        words = re.sub(r"^(?:the\s)?(?:Councillors|Cllrs)\s", "", words.strip(" .()"))
        surname = words.split()[-1].lower() if words else ""
        known = [n for n, person in enumerate(result) if surname and person.name.split()[-1].lower() == surname]
        for n in known:
            if result[n].present:
                result[n] = replace(result[n], present=False, spans=(*result[n].spans, *spans))
        name = _without_roles(words)
        if not known and name:
            result.append(_Person(name, words.replace(name, "").strip(" ,()"), False, "member", spans))
    return result


def _without_roles(words: str) -> str:
    """The name in "the Deputy Chair Jo Marsh"; "" where the words hold no name of two words."""
    kept = words.split()
    while kept and (kept[0].lower().strip(".,") in meetings().roles or kept[0].lower() in ("the", "of")):
        kept.pop(0)
    name = " ".join(kept)
    if len(kept) < 2 or not _NAME.fullmatch(name) or any(w.lower() in meetings().roles for w in kept):
        return ""
    return name
