"""Which force, and which body that holds one to account, does a document name in its title and its head?

What a sentence mentions is not asked: a head is headings, short lines, an addressee, what is over every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Document
from bluelamp.lib.letters import SALUTATION
from bluelamp.organisations.bodies import Body

HEAD = 15  # blocks over a document's first words
RUNNING = 10  # running heads that are looked at
LONGEST_LINE = 200  # characters; what is longer, or ends a sentence, is prose

_AND_CRIME = r"\W{0,3}(?:fire\W{0,3})?(?:and|&)\s{1,3}(?:fire\s{1,3}(?:and|&)\s{1,3})?crime\b"
_WORD = r"[^\W\d_][\w’'-]{0,30}"
_JOINED = r"(?:\s{1,2}(?:and|&|of|the|y|yr)){0,2}\s{1,2}"
_OFFICE = (
    r"(?:Police(?:,? Fire)? (?:and|&) Crime Commissioner|Police,? (?:and )?Crime (?:and|&) Fire Commissioner"
    r"|PF?CC)"
)
_BEFORE = (
    r"(?:^|[:–—|,(/-]\s{0,3}|\b(?:of|by|to|in|at|on|for|and|from|Constable|QPM|KPM|OBE|CBE)\s{1,3}"
    r"(?:the\s{1,3})?)"
)
_NAME = rf"{_WORD}(?:{_JOINED}{_WORD}){{0,3}}?\s{{1,2}}"
_OF_FORCE = (  # what a title says of a force right behind its name
    r"(?:performance|annual|quarter(?:ly)?|monthly|integrated|hmic(?:frs)?|peel|action|improvement|assessment"
    r"|inspection|budget|tracker|report|response|position|statement|self-assessment|20\d\d)"
)
_FORCE = re.compile(
    rf"{_BEFORE}(?=(?P<name>{_NAME}(?:Police(?:\s(?:Service|Force))?|Constabulary))"
    rf"(?:\s{{0,3}}(?:$|[:–—|,()/;-])|\s(?:and|&)\sthe\s|[’']s?\b|\s{_OF_FORCE}\b))",
    re.I,
)
_COMMISSIONER_FOR = re.compile(
    rf"(?P<name>{_OFFICE} for (?:the )?{_WORD}(?:{_JOINED}{_WORD}){{0,4}})",
    re.I,
)
_COMMISSIONER = re.compile(rf"{_BEFORE}(?=(?P<name>{_NAME}{_OFFICE})\b)", re.I)
_PANEL = re.compile(rf"{_BEFORE}(?=(?P<name>{_NAME}Police(?:,? Fire)? (?:and|&) Crime Panel)\b)", re.I)
_NO_NAME = re.compile(
    r"\b(?:the|a|an|our|your|this|that|all|each|no|how|why|what|is|are|for|by|to|with|in|at|from|report|response|reply"
    r"|letter|update|statement|national|british|royal|chief|transport|neighbourhood|local|joint|community|office"
    r"|deputy|former|new|independent|college|future|modern|better|response|civil|peel|hmic|hmicfrs|hm"
    r"|inspect\w{0,8}|majesty\S{0,2}|constabulary|police|policing|meeting|minutes|draft|agenda|qpm|kpm|obe|cbe|mr|mrs"
    r"|ms|dr|sir|dame|annual|quarter\w{0,2})\b",
    re.I,
)


def lines_of_head(document: Document) -> Iterator[tuple[str, Block]]:
    """The lines of the head that are no sentences, each with its block; last what stands over every page."""
    for block in document.blocks[:HEAD]:
        if block.kind is BlockKind.CONTENTS or not block.spans:
            continue
        if block.kind is BlockKind.TABLE:
            yield from (
                (cell.text, block) for row in block.rows[:HEAD] for cell in row.cells if _is_line(cell.text)
            )
        elif _is_line(block.text) and not SALUTATION.match(block.text):
            yield block.text.strip(), block
    running = [block for block in document.asides if block.kind is BlockKind.RUNNING_HEAD and block.spans]
    yield from ((block.text.strip(), block) for block in running[:RUNNING] if _is_line(block.text))


def _is_line(words: str) -> bool:
    said = words.strip()
    return 0 < len(said) <= LONGEST_LINE and not (said.endswith((".", ";")) and len(said.split()) > _LONGEST_NAME)


_LONGEST_NAME = 3  # words of a line that may end in a full stop and be a name all the same


def names_pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(re.escape(name) for name in longest_first) + r")\b", re.I)


def spelt(found: str, names: Mapping[str, Body]) -> str:
    """The name as the list has it."""
    if found in names:
        return found
    return next(name for name in names if name.lower() == found.lower())


def forces_in_head(document: Document, forces: Mapping[str, Body]) -> dict[str, Block]:
    """The listed forces that the head names, by code, where each stands first; a panel has a force's name too."""
    pattern = names_pattern(forces)
    found: dict[str, Block] = {}
    for line, block in lines_of_head(document):
        for hit in pattern.finditer(line):
            if not _CRIME.match(line, hit.end()):
                found.setdefault(forces[spelt(hit.group(), forces)].code, block)
    return found


_CRIME = re.compile(_AND_CRIME, re.I)


def force_of_panel(document: Document, forces: Mapping[str, Body]) -> tuple[str, Block] | None:
    """The listed force whose police and crime panel, or commissioner, the head names."""
    pattern = names_pattern(forces)
    for line, block in lines_of_head(document):
        for hit in pattern.finditer(line):
            if _CRIME.match(line, hit.end()):
                return forces[spelt(hit.group(), forces)].code, block
    return None


def printed_force(document: Document) -> str:
    """The force that the head names, whether or not it is in any list, as printed; "" where it names none."""
    found = _first(document, _FORCE)
    return found[0] if found else ""


def printed_holder(document: Document) -> tuple[str, Block] | None:
    """The commissioner, or else the panel, that the head names, in no list or in one, as printed."""
    return _first(document, _COMMISSIONER_FOR) or _first(document, _COMMISSIONER) or _first(document, _PANEL)


def listed_holder(printed: str, bodies: Mapping[str, Body]) -> Body | None:
    """The local policing body of today whose area a printed office names: that of Kent for "PCC for Kent"."""
    if _PANEL_NAMED.search(printed):
        return None
    area = _OFFICE_NAMED.sub(" ", printed).replace("&", "and")
    wanted = " ".join(word for word in area.lower().split() if word not in {"for", "the", "of"})
    held = [body for body in bodies.values() if body.force and body.end is None and body.area]
    found = [body for body in held if body.area.lower() == wanted]
    return found[0] if len(found) == 1 else None


_OFFICE_NAMED = re.compile(_OFFICE, re.I)
_PANEL_NAMED = re.compile(r"\bpanel\b", re.I)


def _first(document: Document, pattern: re.Pattern[str]) -> tuple[str, Block] | None:
    for line, block in lines_of_head(document):
        for hit in pattern.finditer(line):
            name = _capitals(hit["name"]) if pattern is _COMMISSIONER_FOR else " ".join(_once(hit["name"].split()))
            addressee = hit.group().lower().startswith("constable") and len(name.split()) > _LONGEST_AREA + 1
            if _is_name(name) and not addressee:
                return name, block
    return None


_LONGEST_AREA = 2  # words of a force's area behind "Chief Constable": more of them begin with a person's name


def _capitals(said: str) -> str:
    """Whom a commissioner is for, up to the first word that is no name's ("for Fellshire to the report")."""
    office, area = re.split(r"\sfor\s", said, maxsplit=1, flags=re.I)
    kept: list[str] = []
    for word in area.split():
        if not (word[:1].isupper() or word in _SMALL) or _NO_NAME.fullmatch(word) or word.lower() in _TITLES:
            break
        kept.append(word)
    kept = _once(kept)
    if len(kept) > _LONGEST_ADDRESS and kept[-1].lower() in _BUILDINGS:
        del kept[-2:]  # "for Fellshire Bridge House": an address on the same line
    while kept and kept[-1].lower() in _SMALL:
        kept.pop()
    return f"{' '.join(office.split())} for {' '.join(kept)}" if kept else ""


def _once(words: list[str]) -> list[str]:
    """Of an area named twice, for the office and for the force ("Fellshire and Fellshire Police"), the second."""
    lower = [word.lower() for word in words]
    for at in range(1, len(words)):
        if lower[at] in _AND and lower[at + 1 : 2 * at + 1] == lower[:at]:
            return words[at + 1 :]
    return words


_AND = frozenset({"and", "&"})


def _is_name(name: str) -> bool:
    """Capitals, and no word that a title has before "police" where it names nobody."""
    own = re.split(r"\b(?:Police|Constabulary|PF?CC)\b", name, maxsplit=1, flags=re.I)[0]
    capital = all(word[:1].isupper() or word.lower() in _SMALL for word in name.split())
    return bool(name) and capital and not _NO_NAME.search(own)


_SMALL = frozenset({"and", "&", "of", "the", "y", "yr", "for"})
_LONGEST_ADDRESS = 2  # words of a building's name
_BUILDINGS = frozenset({"house", "hall", "court", "centre", "road", "street", "lane", "headquarters", "chambers"})
_TITLES = frozenset(
    {"budget", "performance", "plan", "decision", "public", "accountability", "strategic", "resources", "board"}
)
