"""Who was there by a table with columns of names, posts or bodies, and whether they came?

Such a table needs no heading over it: "Name | Organisation | Attended" says in its own head what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, BlockKind, Row, Span
from bluelamp.scrutiny.reading.vocabulary import meetings, plain

_NAMES = re.compile(r"(?:full )?names?|members?|attendees?|member(?:'s)? name|councillors?")
_POSTS = re.compile(r"(?:role|position|post|job title|title|designation|capacity)(?: on the \w+)?")
_BODIES = re.compile(r"organisation|organization|body|authority|council|representing|force|office|agency|ward")
_CAME = re.compile(
    r"attended|attendance|present|in attendance|present or apologies|present/apologies|attendance/apologies|status"
)
_MOST_ROWS = 60
_ABSENT = frozenset({"a", "apol", "apologies received"})
_HERE = frozenset({"yes", "y", "p", "present"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the table."""

    name: str
    role: str
    present: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class _Columns:
    name: int
    posts: tuple[int, ...]
    came: int | None


def is_attendance_table(block: Block) -> bool:
    """Names, and beside them posts or bodies and whether each came, or both of post and body."""
    if block.kind is not BlockKind.TABLE or not 1 < len(block.rows) <= _MOST_ROWS:
        return False
    columns = _columns(block.rows[0])
    if columns is None:
        return False
    if columns.came is None:
        return len(columns.posts) > 1
    said = [plain(row.text_at(columns.came)) for row in block.rows[1:]]
    return all(words in _known_marks() or not words for words in said) and any(said)


def read_attendance_table(block: Block) -> Iterator[Listed]:
    columns = _columns(block.rows[0])
    for row in block.rows[1:] if columns else ():
        if columns is None:
            return
        name = " ".join(row.text_at(columns.name).split())
        said = plain(row.text_at(columns.came)) if columns.came is not None else ""
        role = ", ".join(dict.fromkeys(words for at in columns.posts if (words := row.text_at(at).strip())))
        spans = tuple(span for cell in row.cells for span in cell.spans)
        if name and spans:
            yield Listed(name, role, said not in (*meetings().absent_marks, *_ABSENT), spans)


def _columns(head: Row) -> _Columns | None:
    named = {cell.column: plain(cell.text) for cell in head.cells if cell.text.strip()}
    names = [at for at, words in named.items() if _NAMES.fullmatch(words)]
    posts = [at for at, words in named.items() if _POSTS.fullmatch(words)]
    bodies = [at for at, words in named.items() if _BODIES.fullmatch(words)]
    came = [at for at, words in named.items() if _CAME.fullmatch(words)]
    if len(names) != 1 or len(came) > 1 or not (posts or bodies or came):
        return None
    if len(names) + len(posts) + len(bodies) + len(came) < len(named):
        return None
    return _Columns(names[0], (*posts, *bodies), came[0] if came else None)


def _known_marks() -> frozenset[str]:
    return frozenset((*meetings().absent_marks, *meetings().present_marks, *_ABSENT, *_HERE))
