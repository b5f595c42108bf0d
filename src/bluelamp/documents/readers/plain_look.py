"""What does a line look like beside its neighbours: wrapped, full, a title, a line of figures?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from bluelamp.documents.readers.plain_lines import Line
from bluelamp.documents.readers.plain_tables import is_row
from bluelamp.documents.readers.structure import (
    ends_open,
    ends_sentence,
    ends_with_stop,
    find_contents,
    find_marker,
    is_title,
    opens_numbered,
    starts_lower,
    trailing_numbers,
)

_WINDOW = 60  # lines on each side that tell how wide the text is wrapped
_LONGEST_WRAPPED = 150  # a line longer than this is a paragraph of its own
_SHORTEST_WRAPPED = 35
_FULL = 0.76  # share of the width from which the next word may not have fitted
_SURELY_FULL = 0.88
_BODY = 60  # characters: a line of running text
_LONGEST_TITLE = 160  # characters of a title broken over lines
_MOST_WORDS = 26
_LABEL = re.compile(r"[ \t]?[A-Z][A-Z ()&/]{2,40}:(?:\s|$)")
_BEFORE_YEAR = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s*$"
)
_YEAR = re.compile(r"[ \t]?(?:19|20)\d\d(?!\d)")
_DASHED = re.compile(r"\w [–—-] \w")
_LOOK_AHEAD = 3  # titles that may stand between a title and its text
_TOTAL = re.compile(r"\s*(?:grand |sub[- ]?)?totals?\b", re.IGNORECASE)
_PAGE_HEAD = re.compile(r"\bpages?(?: no\.?| number)?$", re.IGNORECASE)
_CONTENTS_TITLE = re.compile(r"\s*(?:table of )?contents(?: page)?:?\s*", re.IGNORECASE)
_SHARE_OF_LEADING_SPACES = 0.1  # above this a leading space says nothing about pages


class Looks:
    """The lines of one text, and what can be seen of each."""

    def __init__(self, lines: Sequence[Line], hidden: frozenset[int]) -> None:
        self.lines = lines
        self.said = [n for n, line in enumerate(lines) if not line.is_blank and n not in hidden]
        self._place = {number: place for place, number in enumerate(self.said)}
        self._widths = _find_widths(lines)
        self.contents = _find_contents(lines, self.said)
        spaced = [n for n in self.said if _has_lone_space(lines[n].text)]
        few = len(spaced) < max(8, _SHARE_OF_LEADING_SPACES * len(self.said))
        self._lone_spaces = few and 2 * len(spaced) < len(self.said)

    def width(self, number: int) -> int:
        """The width at which the text is wrapped about here; 0 where each line is a paragraph."""
        return self._widths[number // _WINDOW]

    def is_fresh(self, number: int) -> bool:
        """Does a page begin here: after a form feed, or after one that left a single space behind?"""
        line = self.lines[number]
        return line.fresh or (self._lone_spaces and _has_lone_space(line.text))

    def following(self, number: int) -> int | None:
        """The next line that says something."""
        place = self._place[number] + 1
        return self.said[place] if place < len(self.said) else None

    def is_full(self, number: int, follower: int) -> bool:
        """Was line `number` broken because the next word did not fit?"""
        width, text = self.width(number), self.lines[number].text.rstrip()
        if not width or len(text) > _LONGEST_WRAPPED:
            return False
        word = self.lines[follower].text.split(None, 1)[0]
        share = _SURELY_FULL if ends_with_stop(text) else _FULL
        return len(text) + 1 + min(len(word), 15) >= share * width

    def goes_on(self, number: int, follower: int) -> bool:
        """Does the sentence of line `number` go on in the line directly under it?"""
        above, below = self.lines[number], self.lines[follower]
        if below.joined:
            return True
        if above.strong != below.strong or below.level or _LABEL.match(below.text):
            return False
        if self.is_fresh(follower) and is_title(below.text) and ends_with_stop(above.text):
            return False
        if starts_lower(below.text):
            return not ends_with_stop(above.text) or self.is_full(number, follower)
        if _BEFORE_YEAR.search(above.text) and _YEAR.match(below.text):
            return True
        if opens_numbered(below.text) and above.text.rstrip().endswith((".", ")")):
            return False
        if ends_with_stop(above.text) and self._is_title_over_text(follower):
            return False
        return ends_open(above.text) or self.is_full(number, follower)

    def _is_title_over_text(self, number: int) -> bool:
        """Does a title stand here, directly over a sentence that is not its own? A paragraph's end has a stop."""
        below = self.following(number)
        if below != number + 1 or not is_title(self.lines[number].text):
            return False
        text = self.lines[below].text
        own = starts_lower(text) or ends_open(self.lines[number].text) or self.is_full(number, below)
        return not own and not find_marker(text) and (len(text) >= _BODY or ends_sentence(text))

    def is_wrapped_title(self, first: int, last: int) -> bool:
        """Are these lines, joined to one another, a title over a text: no stop, broken before the text's width?"""
        joined = " ".join(line.text.strip() for line in self.lines[first : last + 1])
        after = self.following(last)
        if after is None or len(joined) > _LONGEST_TITLE or not is_title(joined, words=_MOST_WORDS):
            return False
        below, place = self.lines[after], self._place[first]
        above = self.lines[self.said[place - 1]].text if place else ""
        if _DASHED.search(joined) and _DASHED.search(above):
            return False  # one of a list of names and roles
        if self.is_fresh(after) or starts_lower(below.text) or find_marker(joined) or _LABEL.match(below.text):
            return False
        if any(self.is_full(number, number + 1) for number in range(first, last)) and after == last + 1:
            return False
        return len(below.text) >= _BODY or ends_sentence(below.text)

    def is_heading(self, number: int, *, run: int, gap: int, directly: bool) -> bool:
        """Is this line, which no Markdown makes a heading, one by its look and place?

        `run`: how many short lines stand alone just above it. `gap`: blank lines above it. `directly`: text
        stands directly above it.
        """
        line = self.lines[number]
        if len(line.text) > 200 or line.link or not is_title(line.text) or self._is_column_head(number):
            return False
        after = self.following(number)
        if after is None or self.lines[after].level or _has_label_and_value(line.text):
            return False
        if self.is_fresh(after) and not self._is_column_head(after):
            return False
        if starts_lower(self.lines[after].text) and not find_marker(self.lines[after].text):
            return False
        if after == number + 1 and not self._stands_over(number, after):
            return False
        if directly and not (self.is_fresh(number) or line.strong or after == number + 1):
            return False
        reach = self._text_within(after)
        if run > 1 and not (self.is_fresh(number) or line.strong):
            return reach == 0 and gap >= after - number - 1
        return (reach is not None and reach <= 1) or (reach is None and run == 0 and after != number + 1)

    def _stands_over(self, number: int, after: int) -> bool:
        """May line `number` be a title although a line stands directly under it?"""
        above, below = self.lines[number], self.lines[after]
        if above.strong or self.is_fresh(number) or find_marker(below.text) or is_row(below):
            return not self.goes_on(number, after)
        if starts_lower(below.text) or self.is_full(number, after):
            return False
        says = len(below.text) >= _BODY or (ends_with_stop(below.text) and self._ended_above(number))
        return says or self._is_column_head(after) or above.text.strip().endswith(":")

    def _ended_above(self, number: int) -> bool:
        """Does the line directly above end a sentence?"""
        return number > 0 and not self.lines[number - 1].is_blank and ends_with_stop(self.lines[number - 1].text)

    def _text_within(self, number: int | None) -> int | None:
        """How many titles stand before the next running text; None where it is too far."""
        for titles in range(_LOOK_AHEAD):
            if number is None or (titles and self.is_fresh(number)):
                return None
            if self._is_text(number):
                return titles
            number = self.following(number)
        return None

    def _is_text(self, number: int) -> bool:
        text = self.lines[number].text
        return (
            len(text) >= _BODY
            or ends_sentence(text)
            or find_marker(text) is not None
            or is_row(self.lines[number])
            or trailing_numbers(text) > 0
            or self._is_column_head(number)
        )

    def _is_column_head(self, number: int) -> bool:
        """Words over columns of figures: as many words as a line soon below has figures."""
        words = self.lines[number].text.split() if len(self.lines[number].text) < 120 else []
        if len(words) < 3 or not all(word[0].isupper() for word in words):
            return False
        after: int | None = number
        for _ in range(3):
            after = self.following(after) if after is not None else None
            text = self.lines[after].text if after is not None else ""
            if len(text) < 200 and trailing_numbers(text) == len(words):
                return True
        return False


def _has_label_and_value(text: str) -> bool:
    """Does a label in capitals stand before words of its own ("TITLE: a new way of working")?"""
    label = _LABEL.match(text)
    return label is not None and bool(text[label.end() :].strip())


def _has_lone_space(text: str) -> bool:
    return text[:1] == " " and not text[1:2].isspace() and len(text) > 1


def _find_widths(lines: Sequence[Line]) -> list[int]:
    """The width of wrapped text for each stretch of `_WINDOW` lines, from it and its neighbours."""
    stretches: list[tuple[list[int], int]] = []
    for first in range(0, len(lines), _WINDOW):
        broken, pairs = [], 0
        for number in range(first, min(first + _WINDOW, len(lines) - 1)):
            above, below = lines[number], lines[number + 1]
            if above.is_blank or below.is_blank:
                continue
            length = len(above.text.rstrip())
            pairs += 1
            wrapped = _SHORTEST_WRAPPED <= length <= _LONGEST_WRAPPED and "\t" not in above.text.strip()
            if wrapped and starts_lower(below.text) and not ends_sentence(above.text):
                broken.append(length)
        stretches.append((broken, pairs))
    return [_width_about(stretches, place) for place in range(len(stretches))]


def _width_about(stretches: list[tuple[list[int], int]], place: int) -> int:
    near = stretches[max(0, place - 1) : place + 2]
    broken = sorted(length for lengths, _ in near for length in lengths)
    pairs = sum(count for _, count in near)
    if len(broken) < 2 or len(broken) < 0.15 * pairs:
        return 0
    return broken[math.ceil(0.9 * (len(broken) - 1))]


def _find_contents(lines: Sequence[Line], said: Sequence[int]) -> frozenset[int]:
    """Lines of a table of contents: under its title, or three or more whose page numbers only grow.

    Rows of a table may grow too ("Burglary 112", "Fraud 187" under "Offence", "Recorded"): other rows stand right
    beside them.
    """
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    titled = False

    def close() -> None:
        places = [place for place, _ in run]
        if (titled and run) or (len(run) > 2 and not _among_rows(lines, places)):
            found.update(places)

    for number in said:
        entry = _contents_page(lines[number].text)
        near = not run or number - run[-1][0] <= _LOOK_AHEAD
        if entry is not None and near and (not run or entry >= run[-1][1]):
            run.append((number, entry))
            continue
        close()
        run = [] if entry is None else [(number, entry)]
        titled = bool(_CONTENTS_TITLE.fullmatch(lines[number].text)) if len(lines[number].text) < 60 else False
    close()
    return frozenset(found)


def _among_rows(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Does a row of cells stand right above or below the lines, with no blank line between?"""
    beside = [n for n in (places[0] - 1, places[-1] + 1) if 0 <= n < len(lines)]
    return any("\t" in (words := lines[n].text.strip()) and not _PAGE_HEAD.search(words) for n in beside)


def _contents_page(text: str) -> int | None:
    if len(text) > 400 or ("\t" not in text and ".." not in text and ". ." not in text and "…" not in text):
        return None
    entry = find_contents(text)
    if not entry or _TOTAL.match(entry.group(1)) or "\t" in entry.group(1) or trailing_numbers(entry.group(1)) > 0:
        return None
    return int(entry.group(2)) if entry.group(2).isdigit() else 0
