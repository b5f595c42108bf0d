"""What are the lines of a text file, where do they stand in the normalised text, and which page holds them?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bluelamp.documents.blocks import Page
from bluelamp.documents.readers.plain_marks import BREAKS_BUT_LF, CONTROLS, Marked, strip_marks

_TO_BLANK = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x85\u2028\u2029]")
_BOLD_OPENS = re.compile(r"[ \t]*(?:#{1,6}[ \t]+)?\*\*(?=[^\s*])")
_LINK_CLOSES = re.compile(r"([^\[\]]{0,400})\]\([^()\s]{0,2000}\)")
_BOLD_SPAN = 5  # lines over which a bold run may go on


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `text` without marks stands at `start` in the normalised text."""

    text: str
    start: int
    page: int
    level: int = 0  # of a Markdown heading
    strong: bool = False
    fresh: bool = False  # the first words of a page
    rule: bool = False  # it ruled a table's head off and says nothing itself
    link: bool = False  # it is one link and nothing else
    joined: bool = False  # it goes on with the bold words of the line above

    @property
    def is_blank(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def split_lines(text: str) -> list[str]:
    """The lines of the file, as an editor counts them; form feeds are still in them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _TO_BLANK.search(text):
        text = text.translate(BREAKS_BUT_LF).translate(CONTROLS)
    lines = text.split("\n")
    if lines[-1] == "" and len(lines) > 1:
        lines.pop()
    return lines


def normalise(text: str) -> tuple[str, tuple[Line, ...], tuple[Page, ...]]:
    """The normalised text, its lines and its pages (one page without a number if there are no form feeds)."""
    feeds, raw_lines = _place_form_feeds(split_lines(text))
    closed, joined = _close_bold(_close_links(raw_lines))
    marked = [strip_marks(raw) for raw in closed]
    parts: list[str] = []
    lines: list[Line] = []
    starts = [0]
    position = page = 0
    fresh = False
    for number, (feed, mark) in enumerate(zip(feeds, marked, strict=True)):
        starts.extend(range(position, position + feed))
        parts.append("\f" * feed)
        page += feed
        position += feed
        fresh = fresh or bool(feed)
        said = bool(mark.text.strip())
        lines.append(_line(mark, position, page, fresh and said, number in joined))
        fresh = fresh and not said
        parts.append(mark.text)
        parts.append("\n")
        position += len(mark.text) + 1
    whole = "".join(parts)
    return whole, tuple(lines), _pages(starts, len(whole))


def _line(mark: Marked, start: int, page: int, fresh: bool, joined: bool) -> Line:
    return Line(mark.text, start, page, mark.level, mark.strong, fresh, mark.rule, mark.link, joined)


def _pages(starts: list[int], end: int) -> tuple[Page, ...]:
    if len(starts) == 1:
        return (Page(None, 0, end),)
    ends = [*starts[1:], end]
    return tuple(
        Page(number, start, stop) for number, (start, stop) in enumerate(zip(starts, ends, strict=True), 1)
    )


def _place_form_feeds(raw_lines: list[str]) -> tuple[list[int], list[str]]:
    """How many pages begin at each line, and the lines without form feeds.

    A form feed after a line's last word begins its page at the next line; one at the end of the file
    begins none.
    """
    feeds: list[int] = []
    lines: list[str] = []
    pending = 0
    for raw in raw_lines:
        if "\f" not in raw:
            feeds.append(pending)
            lines.append(raw)
            pending = 0
            continue
        words = raw.strip("\f \t\xa0")
        if not words:
            feeds.append(pending)
            lines.append("")
            pending = raw.count("\f")
            continue
        first = raw.index(words)
        last = first + len(words)
        feeds.append(pending + raw[:last].count("\f"))
        pending = raw[last:].count("\f")
        lines.append(raw[:first].replace("\f", "") + words.replace("\f", " ") + raw[last:].replace("\f", ""))
    return feeds, lines


def _close_bold(raw_lines: list[str]) -> tuple[list[str], set[int]]:
    """Close on each line a bold run that opens on one line and ends some lines on; which lines go on so."""
    lines = raw_lines
    joined: set[int] = set()
    for number, raw in enumerate(raw_lines):
        if "**" not in lines[number] or not _opens_bold(lines[number]):
            continue
        last = _find_bold_end(lines, number)
        if last is None:
            continue
        if lines is raw_lines:
            lines = list(raw_lines)
        lines[number] = raw.rstrip() + "**"
        for inner in range(number + 1, last):
            lines[inner] = f"**{lines[inner].strip()}**"
        lines[last] = "**" + lines[last].lstrip()
        joined.update(range(number + 1, last + 1))
    return lines, joined


def _close_links(raw_lines: list[str]) -> list[str]:
    """Take away the marks of a Markdown link whose words are broken over two lines."""
    lines = raw_lines
    for number in range(len(raw_lines) - 1):
        first, second = lines[number], raw_lines[number + 1]
        closes = _LINK_CLOSES.match(second) if "](" in second and "[" in first else None
        at = first.rfind("[")
        if closes is None or "]" in first[at:]:
            continue
        if lines is raw_lines:
            lines = list(raw_lines)
        lines[number] = first[:at].removesuffix("!") + first[at + 1 :]
        lines[number + 1] = closes.group(1) + second[closes.end() :]
    return lines


def _opens_bold(raw: str) -> bool:
    return raw.count("**") % 2 == 1 and _BOLD_OPENS.match(raw) is not None


def _find_bold_end(lines: list[str], first: int) -> int | None:
    for number in range(first + 1, min(first + _BOLD_SPAN, len(lines))):
        if not lines[number].strip():
            return None
        if lines[number].count("**") % 2 == 1:
            return number if lines[number].rstrip().endswith("**") else None
    return None


def with_printed(page: Page, printed: str) -> Page:
    return replace(page, printed=printed)
