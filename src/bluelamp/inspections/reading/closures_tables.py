"""Which causes of concern does a table say are closed, or remain?"""

from __future__ import annotations

import re

from bluelamp.documents.blocks import Block, Row
from bluelamp.documents.document import Document
from bluelamp.inspections.facts import Closure
from bluelamp.inspections.frameworks import name_key
from bluelamp.inspections.reading.deadlines import find_day
from bluelamp.inspections.reading.vocabulary import Role, read_head

_STATUS = re.compile(r"\b(?:status|position|outcome|verdict|decision|progress|result|state)\b", re.I)
_VERDICTS = (
    ("remains", re.compile(r"\b(?:remains?|open|ongoing|not (?:yet )?closed|continues?|in progress)\b", re.I)),
    ("superseded", re.compile(r"\b(?:superseded|replaced|subsumed)\b", re.I)),
    ("closed", re.compile(r"\b(?:closed|discharged|lifted|removed|signed off)\b", re.I)),
)


def read_closures_table(document: Document, block: Block) -> list[Closure]:
    """The verdicts of a table with a column of concerns and one of their status; else nothing."""
    if len(block.rows) < 2:
        return []
    head = block.rows[0]
    concern = next((c.column for c in head.cells if _is_concern(c.text)), None)
    status = next((c.column for c in head.cells if c.column != concern and _STATUS.search(c.text)), None)
    if concern is None or status is None:
        return []
    rows = [(row, _verdict(row.text_at(status))) for row in block.rows[1:] if row.text_at(concern)]
    return [_closure(document, row, concern, status, verdict) for row, verdict in rows if verdict]


def _is_concern(words: str) -> bool:
    head = read_head(words)
    return (head is not None and head.role is Role.CAUSE_OF_CONCERN) or name_key(words) in ("concern", "concerns")


def _verdict(words: str) -> str:
    return next((verdict for verdict, pattern in _VERDICTS if pattern.search(words)), "")


def _closure(document: Document, row: Row, concern: int, status: int, verdict: str) -> Closure:
    others = [c.text for c in row.cells if c.column not in (concern, status) and len(c.text.split()) > 2]
    return Closure(
        concern=row.text_at(concern),
        verdict=verdict,
        reason=" ".join(others),
        date=find_day(" ".join(cell.text for cell in row.cells)),
        citations=document.cite([span for cell in row.cells for span in cell.spans]),
    )
