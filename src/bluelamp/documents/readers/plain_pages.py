"""Which lines of a text are page numbers and running heads, and what number is printed on each page?"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.plain_lines import Line
from bluelamp.documents.readers.structure import ends_with_stop, find_bare_page, find_page_number

_DIGITS = re.compile(r"\d+")
_EDGE = 3  # lines at a page's head and foot that may be a running head
_LONGEST_HEAD = 140
_PAGES_APART = 2  # a chapter's head may stand on every second page
_CHAPTER_PAGES = 3  # pages that bear the same head, for it to be one
_NEAR = 2  # lines of text at most from a page-number line to its running head
_APART = 8  # lines at least between two bare page numbers


@dataclass(slots=True)
class Furniture:
    """Lines (by index) that belong to the page and not to the text; `printed` by page index."""

    asides: dict[int, BlockKind] = field(default_factory=dict)
    printed: dict[int, str] = field(default_factory=dict)


def find_furniture(lines: Sequence[Line], pages: int) -> Furniture:
    return _find_paged(lines, pages) if pages > 1 else _find_unpaged(lines)


def _shape(text: str) -> str:
    return " ".join(_DIGITS.sub("#", text).split()).casefold()


def _find_paged(lines: Sequence[Line], pages: int) -> Furniture:
    edges = _edges(lines, pages)
    found = Furniture()
    for page, numbers in enumerate(edges):
        for number in numbers:
            printed = find_page_number(lines[number].text)
            if printed:
                found.asides[number] = BlockKind.PAGE_NUMBER
                found.printed.setdefault(page, printed)
    _take_bare_numbers(lines, edges, found)
    _take_heads(lines, edges, found)
    _take_chapter_heads(lines, edges, found)
    _take_numbers_in_heads(lines, edges, found)
    _give_titles_back(lines, pages, found)
    return found


def _give_titles_back(lines: Sequence[Line], pages: int, found: Furniture) -> None:
    """A head of some pages that stands nowhere in the text is a chapter's title where it stands first."""
    heads: dict[str, list[int]] = {}
    for number, kind in sorted(found.asides.items()):
        if kind is BlockKind.RUNNING_HEAD:
            heads.setdefault(_shape(lines[number].text), []).append(number)
    some = {shape: numbers[0] for shape, numbers in heads.items() if 2 * len(numbers) <= pages}
    if not some:
        return
    for number, line in enumerate(lines):
        if number not in found.asides and len(line.text) <= _LONGEST_HEAD:
            some.pop(_shape(line.text), None)
    for shape, number in some.items():
        if not _DIGITS.search(lines[number].text) and len(heads[shape]) > 1:
            del found.asides[number]


def _take_heads(lines: Sequence[Line], edges: list[list[int]], found: Furniture) -> None:
    """Lines that many pages share, digits aside, with nothing but furniture between them and the page's edge.

    A chapter's usual title ("Main findings") may open some pages too: fewer than a fifth of them are none.
    """
    seen = Counter(_shape(lines[n].text) for numbers in edges for n in numbers if _may_be_head(lines[n]))
    least = max(min(len(edges), 3), len(edges) // 5)
    for numbers in edges:
        for way in (numbers, numbers[::-1]):
            for number in way[:_EDGE]:
                if number in found.asides:
                    continue
                if not _may_be_head(lines[number]) or seen[_shape(lines[number].text)] < least:
                    break
                found.asides[number] = BlockKind.RUNNING_HEAD


def _take_chapter_heads(lines: Sequence[Line], edges: list[list[int]], found: Furniture) -> None:
    """A chapter's title printed again at the edge of its further pages; where it stands first it is the title."""
    for way in (1, -1):
        outer = [next((n for n in numbers[::way] if n not in found.asides), None) for numbers in edges]
        runs: dict[str, list[tuple[int, int]]] = {}
        for page, number in enumerate(outer):
            if number is None or not _may_be_head(lines[number]):
                continue
            run = runs.setdefault(_shape(lines[number].text), [])
            if run and page - run[-1][0] > _PAGES_APART:
                _put_repeats_aside(run, found)
                run.clear()
            run.append((page, number))
        for run in runs.values():
            _put_repeats_aside(run, found)


def _put_repeats_aside(run: list[tuple[int, int]], found: Furniture) -> None:
    if len(run) >= _CHAPTER_PAGES:
        found.asides.update((number, BlockKind.RUNNING_HEAD) for _, number in run[1:])


def _may_be_head(line: Line) -> bool:
    short = len(line.text) <= _LONGEST_HEAD and not line.level
    return short and any(c.isalpha() for c in line.text) and not ends_with_stop(line.text)


def _edges(lines: Sequence[Line], pages: int) -> list[list[int]]:
    """For each page the indexes of its first and last lines that say something."""
    said: list[list[int]] = [[] for _ in range(pages)]
    for number, line in enumerate(lines):
        if not line.is_blank:
            said[line.page].append(number)
    return [[*numbers[:_EDGE], *[n for n in numbers[-_EDGE:] if n not in numbers[:_EDGE]]] for numbers in said]


def _take_bare_numbers(lines: Sequence[Line], edges: list[list[int]], found: Furniture) -> None:
    """A bare number at a page's edge is its number if its distance from the page's own is shared by others."""
    bare = []
    for page, numbers in enumerate(edges):
        for number in {*numbers[:1], *numbers[-1:]}:
            printed = find_bare_page(lines[number].text)
            if printed and number not in found.asides:
                bare.append((page, number, printed, page - _value(printed)))
    shared = Counter(offset for *_, offset in bare)
    for page, number, printed, offset in sorted(bare):
        if shared[offset] > 1:
            found.asides[number] = BlockKind.PAGE_NUMBER
            found.printed.setdefault(page, printed)


def _take_numbers_in_heads(lines: Sequence[Line], edges: list[list[int]], found: Furniture) -> None:
    """The number at the end or the start of a running head, where it grows with the pages."""
    inside: list[tuple[int, str]] = []
    for page, numbers in enumerate(edges):
        for number in numbers:
            words = lines[number].text.split()
            if found.asides.get(number) is BlockKind.RUNNING_HEAD:
                inside.extend((page, word) for word in {words[0], words[-1]} if word.isascii() and word.isdigit())
    shared = Counter(page - int(word) for page, word in inside if len(word) < 5)
    for page, word in inside:
        if len(word) < 5 and shared[page - int(word)] > 1:
            found.printed.setdefault(page, word)


def _value(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    figures = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}.get(c, 0) for c in printed.lower()]
    pairs = zip(figures, [*figures[1:], 0], strict=True)
    return sum(-here if here < after else here for here, after in pairs) - 100_000  # a numbering of its own


def _find_unpaged(lines: Sequence[Line]) -> Furniture:
    found = Furniture()
    said = [number for number, line in enumerate(lines) if not line.is_blank]
    feet = [place for place, n in enumerate(said) if find_page_number(lines[n].text) and _stands_alone(lines, n)]
    for place in feet:
        found.asides[said[place]] = BlockKind.PAGE_NUMBER
    near = [p for foot in feet for p in range(max(0, foot - _NEAR), min(len(said), foot + _NEAR + 1)) if p != foot]
    seen = Counter(_shape(lines[said[p]].text) for p in set(near) if _may_be_head(lines[said[p]]))
    least = max(2, (len(feet) + 1) // 2)
    for place in near:
        line = lines[said[place]]
        if _may_be_head(line) and seen[_shape(line.text)] >= least and said[place] not in found.asides:
            found.asides[said[place]] = BlockKind.RUNNING_HEAD
    for number in _bare_run(lines, said):
        found.asides[number] = BlockKind.PAGE_NUMBER
    found.asides.update(_headed_numbers(lines, said))
    return found


def _headed_numbers(lines: Sequence[Line], said: Sequence[int]) -> dict[int, BlockKind]:
    """Bare numbers that grow, each directly under or over the same line: a page's foot, and its running head."""
    pairs: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    for number in said:
        text = lines[number].text.strip()
        if not (text.isascii() and text.isdigit() and len(text) < 4):
            continue
        for step in (-1, 1):
            beside = number + step
            if 0 <= beside < len(lines) and not lines[beside].is_blank and _may_be_head(lines[beside]):
                pairs.setdefault((_shape(lines[beside].text), step), []).append((int(text), number, beside))
    found: dict[int, BlockKind] = {}
    for run in pairs.values():
        grows = all(a[0] < b[0] and b[1] - a[1] >= _APART for a, b in itertools.pairwise(run))
        if len(run) > 1 and grows:
            found.update((number, BlockKind.PAGE_NUMBER) for _, number, _ in run)
            found.update((beside, BlockKind.RUNNING_HEAD) for *_, beside in run)
    return found


def _stands_alone(lines: Sequence[Line], number: int) -> bool:
    before = number == 0 or lines[number - 1].is_blank
    after = number + 1 == len(lines) or lines[number + 1].is_blank
    return before or after


def _bare_run(lines: Sequence[Line], said: Sequence[int]) -> Iterator[int]:
    """Bare numbers that stand alone, each one more than the one before, three or more and well apart."""
    run: list[tuple[int, int]] = []
    for number in said:
        text = lines[number].text.strip()
        if not (text.isascii() and text.isdigit() and len(text) < 4 and _stands_alone(lines, number)):
            continue
        if run and int(text) == run[-1][1] + 1 and number - run[-1][0] >= _APART:
            run.append((number, int(text)))
            continue
        if len(run) > 2:
            yield from (place for place, _ in run)
        run = [(number, int(text))]
    if len(run) > 2:
        yield from (place for place, _ in run)
