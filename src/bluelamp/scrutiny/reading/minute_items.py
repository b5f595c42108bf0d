"""Under which item of the minutes does a passage stand?

The heading of a minute is a heading, a numbered line in capitals or bold, a number beside a title in a row of its
own, or one of a run of numbered titles that go up through the minutes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bluelamp.documents.blocks import Block, BlockKind, Row
from bluelamp.scrutiny.reading.packs import section_of

_WORD = r"(?:(?:minute|item)\s|[A-Z]{1,3}\.?\s?)?"
_NUMBER = re.compile(rf"{_WORD}(?P<a>\d{{1,4}})(?:[/.](?P<b>\d{{1,4}}))?[.):]?", re.IGNORECASE)
_LED = re.compile(
    rf"(?P<led>{_WORD}\d{{1,4}}(?:[/.]\d{{1,4}})?[.):]?)\s+(?P<words>\S.*)", re.IGNORECASE | re.DOTALL
)
_LONGEST = 160
_LONGEST_PLAIN = 110
_FURTHEST = 3  # numbers that may be missing between two minutes


def is_item(block: Block) -> bool:
    """The heading of a minute by its looks alone."""
    text = block.text.strip()
    if block.kind is BlockKind.HEADING:
        return not text.endswith((":", ":-", ":–", ";", ","))
    if block.kind is BlockKind.TABLE:
        return len(block.rows) == 1 and is_item_row(block.rows[0])
    return len(text) < _LONGEST and (text.isupper() or block.strong) and bool(section_of(block)[0])


def is_item_row(row: Row) -> bool:
    """A minute's number in a cell of its own, its title in the next, nothing besides."""
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    return len(texts) == 2 and bool(_NUMBER.fullmatch(texts[0])) and _may_be_title(texts[1])


def item_words(block: Block) -> str:
    marker = block.marker.strip("-–•* ")
    text = block.text.strip()
    return f"{marker} {text}" if marker and not text.startswith(marker) else text


def find_items(blocks: Sequence[Block]) -> dict[int, str]:
    """The minutes' headings by the place of their block.

    A numbered line in plain letters counts where its number follows that of the heading before it, prose or a
    decision comes after it, and at least one more does so, or a heading of its sort has a number.
    """
    items: dict[int, str] = {}
    plain: list[int] = []
    numbers = _numbers(blocks)
    last, headed = -1, 0
    for index, block in enumerate(blocks):
        number = numbers.get(index, -1)
        if is_item(block):
            items[index] = item_words(block)
            last, headed = (number, headed + 1) if number >= 0 else (last, headed)
        elif number >= 0 and _is_plain_title(blocks, index) and (last < 0 or 0 < number - last <= _FURTHEST):
            last = number
            plain.append(index)
    if plain and len(plain) + headed > 1:
        items |= {index: item_words(blocks[index]) for index in plain}
    return items


def _numbers(blocks: Sequence[Block]) -> dict[int, int]:
    """The number that opens each block: of "22/16" and "22/17", or "16/22" and "17/22", the part that changes."""
    pairs: dict[int, tuple[int, int | None]] = {}
    for index, block in enumerate(blocks):
        led = _LED.fullmatch(item_words(block)[:400])
        if led and (found := _NUMBER.fullmatch(led["led"])):
            pairs[index] = int(found["a"]), int(found["b"]) if found["b"] else None
    seconds = {b for _, b in pairs.values() if b is not None}
    firsts = {a for a, b in pairs.values() if b is not None}
    takes_first = len(firsts) > len(seconds)
    return {index: a if b is None or takes_first else b for index, (a, b) in pairs.items()}


def _is_plain_title(blocks: Sequence[Block], index: int) -> bool:
    """A numbered title in plain letters, and not one of a list's entries."""
    block = blocks[index]
    led = _LED.fullmatch(item_words(block)[:400])
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not led or index + 1 >= len(blocks):
        return False
    following = blocks[index + 1]
    in_list = following.kind is BlockKind.LIST_ITEM and len(following.text) <= _LONGEST_PLAIN
    return _may_be_title(led["words"]) and not (in_list and _LED.fullmatch(item_words(following)))


def _may_be_title(words: str) -> bool:
    is_short = len(words) <= _LONGEST_PLAIN and words[:1].isupper()
    return is_short and not words.rstrip().endswith((".", ";", ":", ","))
