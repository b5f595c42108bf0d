"""Do numbers that count run on: resolutions, agenda items, paragraphs, tables and figures?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bluelamp.checks.model import Check, Paper, Printed, PrintedResolution, Result, Subject, Verdict
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.lib.days import find_days

_RESOLUTION = re.compile(r"(?P<year>\d{2,4})(?P<join>[/.-])(?P<number>\d{1,4})")
_PARAGRAPH = re.compile(r"(?:[-•]\s)?(?P<section>\d{1,2})\.(?P<number>\d{1,2})\.?\s+\S")
_MARKER = re.compile(r"(?P<section>\d{1,2})\.(?P<number>\d{1,2})\.?")
_CAPTION = re.compile(
    r"(?P<kind>table|fig(?:ure)?|chart)\.?\s?(?P<number>\d{1,5})(?!\d|[.,]\d|[a-z]\b)\s?[.:–—-]?\s?(?P<rest>.*)",
    re.I | re.S,
)
HEARD_APART: Final = re.compile(
    r"\b(?:exempt|confidential|not for publication|press and public|public and press|in private|restricted"
    r"|(?:closed|private) (?:session|meeting|part|items?)|was excluded|part (?:two|2|ii|b)|extracts?)\b",
    re.I,
)
"""Words of what has a number and is not printed with the rest."""
_AGENDA = re.compile(r"(?P<number>\d{1,2})\.?(?P<letter>[A-Za-z]?)")
_AGENDA_LINE = re.compile(r"[-•–]?\s?(?P<number>\d{1,2})[.)]?\s+[A-Z]")
_AGENDA_CELL = re.compile(r"(?P<number>\d{1,2})[.):]?")
_PAIR: Final = 2
FEWEST: Final = 4
"""Numbers from which on a run is one."""
_LONGEST_CAPTION: Final = 200


@dataclass(frozen=True)
class Numbered:
    """A number that counts, and where it stands."""

    number: int
    printed: Printed
    words: str


def check_sequences(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        yield from _resolutions(subject)
        yield from _agenda(subject)
        for paper in subject.papers:
            yield from _paragraphs(paper)
            yield from _captions(paper)


# -- resolutions ------------------------------------------------------------------------------------------


def _resolutions(subject: Subject) -> Iterator[Result]:
    """Resolutions are numbered within their year: each next is one more, of the year of its neighbours."""
    read = [(each, found) for each in subject.resolutions if (found := _RESOLUTION.fullmatch(each.number.strip()))]
    if len(read) < FEWEST:
        yield from _left_out(subject, read)
        return
    strange: set[int] = set()
    for index in range(len(read)):
        if index - 1 not in strange and (expected := _expected(read, index)):
            strange.add(index)
            yield _wrong_resolution(read, index, expected)
    for index in range(1, len(read)):
        if index in strange or index - 1 in strange:
            continue
        yield from _step(read[index - 1], read[index])


def _left_out(subject: Subject, read: Sequence[_Read]) -> Iterator[Result]:
    """The one between two is missing, and nothing in the paper speaks of it, or of a private part."""
    for one, other in pairwise(read) if len(read) == _PAIR else ():  # more are held as a run
        missing = _called(one[1], 1)
        is_gap = one[1]["year"] == other[1]["year"] and _called(other[1], -1) == missing
        if is_gap and missing not in subject.document.text and not HEARD_APART.search(subject.document.text):
            yield from _step(one, other)


_Read = tuple[PrintedResolution, re.Match[str]]


def _expected(read: Sequence[_Read], index: int) -> str:
    """What a resolution should be called where both neighbours agree on it and it is something else."""
    if index == 0:
        if len(read) > 2 and _one_more(read[1][1], read[2][1]) and not _one_more(read[0][1], read[1][1]):
            return _called(read[1][1], -1)
        return ""
    before = read[index - 1][1]
    wanted = _called(before, 1)
    if read[index][0].number.strip() == wanted:
        return ""
    if index + 1 < len(read):
        after = read[index + 1][1]
        return wanted if _called(after, -1) == wanted else ""
    same_number = int(read[index][1]["number"]) == int(before["number"]) + 1
    return wanted if same_number else ""


def _called(match: re.Match[str], step: int) -> str:
    number = int(match["number"]) + step
    return f"{match['year']}{match['join']}{number:0{len(match['number'])}}" if number > 0 else ""


def _one_more(one: re.Match[str], other: re.Match[str]) -> bool:
    return one["year"] == other["year"] and int(other["number"]) == int(one["number"]) + 1


def _wrong_resolution(read: Sequence[_Read], index: int, expected: str) -> Result:
    here = read[index][0]
    beside = [read[n][0] for n in (index - 1, index + 1) if 0 <= n < len(read)]
    names = " and ".join(each.number for each in beside)
    return Result(
        verdict=Verdict.CONTRADICTION,
        check=Check.SEQUENCE,
        rule="resolution-number",
        message=f"The resolution {here.number} stands beside {names}: it should be {expected}.",
        printed=(_cited(here), *(_cited(each) for each in beside)),
        recomputed=f"{expected} expected",
    )


def _cited(resolution: PrintedResolution) -> Printed:
    return Printed(resolution.number, resolution.citations)


def _step(one: _Read, other: _Read) -> Iterator[Result]:
    before, after = one[1], other[1]
    printed = (_cited(one[0]), _cited(other[0]))
    if one[0].number == other[0].number:
        verdict, words = Verdict.CONTRADICTION, f"Two resolutions are numbered {one[0].number}."
    elif _one_more(before, after):
        verdict, words = Verdict.CONSISTENT, f"The resolution {other[0].number} follows {one[0].number}."
    elif before["year"] != after["year"]:
        verdict, words = Verdict.UNCHECKED, f"{other[0].number} is of another year than {one[0].number}."
    else:
        verdict = Verdict.SUSPECT
        words = f"After resolution {one[0].number} comes {other[0].number}: one is missing or out of order."
    yield Result(verdict=verdict, check=Check.SEQUENCE, rule="resolution-number", message=words, printed=printed)


# -- agenda -----------------------------------------------------------------------------------------------


def _agenda(subject: Subject) -> Iterator[Result]:
    items: list[Numbered] = []
    for each in subject.agenda:
        found = _AGENDA.fullmatch(each.number.strip())
        if found is None or _is_day(f"{each.number} {each.title}"):
            continue
        number = int(found["number"])
        if found["letter"] and any(item.number == number for item in items):
            continue  # 5a, 5b and 5c are parts of 5, or one run that 5a opened
        items.append(Numbered(number, Printed(f"{each.number} {each.title}", each.citations), each.title))
    yield from _run(_with_left_out(subject, items), "agenda item", rule="agenda-number")


def _is_day(words: str) -> bool:
    """Is it a day that opens a line ("7 May 2023") and no numbered item?"""
    return any(found.start == 0 for found in find_days(words[:60]))


def _print(paper: Paper, block: Block) -> Printed:
    """The block with its number, which may stand apart from its words."""
    marker = "" if block.text.startswith(block.marker) else block.marker
    return paper.print_of(block, text=f"{marker} {block.text}".strip())


def _with_left_out(subject: Subject, items: list[Numbered]) -> list[Numbered]:
    """The items, and lines between them that bear a number too: a number that stands twice is read once."""
    if len(items) < FEWEST:
        return items
    lines = {item.printed.citations[0].line for item in items}
    first, last = min(lines), max(lines)
    found = list(items)
    for paper in subject.papers:
        for block in paper.blocks:
            if block.kind is BlockKind.TABLE:
                found += _rows_left_out(paper, block, range(first, last), lines)
                continue
            line = paper.document.line_of(block)
            if not first < line < last or line in lines:
                continue
            match = _AGENDA_LINE.match(f"{block.marker} {block.text}"[:120].strip())
            if match and len(block.text) < 160 and not _is_day(block.text):
                lines.add(line)
                found.append(Numbered(int(match["number"]), _print(paper, block), block.text))
    return sorted(found, key=lambda item: item.printed.citations[0].line)


def _rows_left_out(paper: Paper, block: Block, between: range, lines: set[int]) -> Iterator[Numbered]:
    """Rows of an agenda that is a table, each with its number in the first cell and its title beside it."""
    for row in block.rows:
        filled = [cell for cell in row.cells if cell.text.strip()]
        found = _AGENDA_CELL.fullmatch(filled[0].text.strip()) if len(filled) > 1 else None
        line = paper.document.line_at(filled[0].spans[0][0]) if found and filled[0].spans else 0
        if found and line in between and line not in lines:
            lines.add(line)
            yield Numbered(int(found["number"]), paper.print_of(row), filled[1].text)


def _run(items: Sequence[Numbered], what: str, *, rule: str, named: str = "") -> Iterator[Result]:
    """A run of numbers: one that comes twice, one that is left out, or all in order."""
    if len(items) < FEWEST:
        return
    counts = Counter(item.number for item in items)
    faults = 0
    was_twice = False
    for one, other in pairwise(items):
        is_slip, was_twice = was_twice, False  # 4, 4, 6: one of the two was meant as 5
        if other.number == one.number and one.words != other.words:
            faults, was_twice = faults + 1, True
            message = f"Two {what}s are numbered {named}{one.number}: “{one.words[:60]}” and “{other.words[:60]}”."
            yield _fault(Verdict.CONTRADICTION, rule, message, one, other)
        elif other.number == one.number + 2 and counts[one.number + 1] == 0 and not is_slip:
            faults += 1
            missing = f"{named}{one.number + 1}"
            message = f"After {what} {named}{one.number} comes {named}{other.number}: {missing} is missing."
            yield _fault(Verdict.SUSPECT, rule, message, one, other)
    if not faults:
        message = f"The {len(items)} {what}s from {named}{items[0].number} to {named}{items[-1].number} run on."
        yield _fault(Verdict.CONSISTENT, rule, message, items[0], items[-1])


def _fault(verdict: Verdict, rule: str, message: str, one: Numbered, other: Numbered) -> Result:
    printed = (one.printed, other.printed)
    return Result(verdict=verdict, check=Check.SEQUENCE, rule=rule, message=message, printed=printed)


# -- paragraphs and captions ------------------------------------------------------------------------------


def _paragraphs(paper: Paper) -> Iterator[Result]:
    """Numbered paragraphs (3.1, 3.2) within each section of a paper."""
    for section, items in numbered_sections(paper).items():
        ordered = all(one.number <= other.number for one, other in pairwise(items))
        if items[0].number == 1 and ordered:
            yield from _run(items, "paragraph", rule="paragraph-number", named=f"{section}.")


def numbered_sections(paper: Paper) -> dict[int, list[Numbered]]:
    """The numbered paragraphs of each section of the paper, or of the last document within it."""
    sections: dict[int, list[Numbered]] = {}
    last = 0
    for block in paper.blocks:
        found = _paragraph_number(block)
        if found is None:
            continue
        section, number = found
        known = sections.get(section, [])
        is_twice = section == last and len(known) == 1 and known[0].number == 1
        if section < last - 1 or (known and number == 1 and not is_twice):
            sections, last = {}, 0  # another document within the paper begins to count again
            continue
        last = max(last, section)
        sections.setdefault(section, []).append(Numbered(number, _print(paper, block), block.text))
    return sections


def _paragraph_number(block: Block) -> tuple[int, int] | None:
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING):
        return None
    found = (
        _MARKER.fullmatch(block.marker.strip())
        or _MARKER.fullmatch(block.text[:12].strip())
        or _PARAGRAPH.match(block.text[:40])
    )
    return (int(found["section"]), int(found["number"])) if found else None


def _captions(paper: Paper) -> Iterator[Result]:
    """Two different tables (or figures) under the same number."""
    seen: dict[tuple[str, int], tuple[Block, str]] = {}
    for block in paper.blocks:
        found = _CAPTION.match(block.text[:_LONGEST_CAPTION])
        is_caption = block.kind is BlockKind.HEADING or (
            found and len(block.text) < _LONGEST_CAPTION and found["rest"]
        )
        if not found or not is_caption or block.kind is BlockKind.CONTENTS or block.text.rstrip().endswith("."):
            continue
        key, words = (found["kind"][:3].lower(), int(found["number"])), " ".join(found["rest"].lower().split())
        if key in seen and words and seen[key][1] and words != seen[key][1] and "continued" not in words:
            other = seen[key][0]
            yield Result(
                verdict=Verdict.SUSPECT,
                check=Check.SEQUENCE,
                rule="caption-number",
                message=f"Two captions bear the same number: “{other.text[:80]}” and “{block.text[:80]}”.",
                printed=(paper.print_of(other), paper.print_of(block)),
            )
        seen.setdefault(key, (block, words))
