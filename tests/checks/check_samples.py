"""Results and reports of papers that nobody wrote, made by hand."""

from __future__ import annotations

from bluelamp.checks.model import (
    Check,
    Paper,
    Printed,
    PrintedAgendaItem,
    PrintedHeader,
    Report,
    Result,
    Subject,
    Verdict,
)
from bluelamp.documents.document import Document, Part
from bluelamp.documents.readers import read_bytes

TEXT = b"""# Agenda

1 Apologies

2 Minutes of the last meeting

3 Custody in Calder Vale

4 A report on horses

# Minutes of the meeting of March

All were there.

# Custody in Calder Vale: the year

Alder has 40 patrols, and Birch 31.

| Area | Patrols |
|---|---|
| Alder | 40 |
| Birch | 31 |

# Stables

Horses were fed.
"""


def read(data: bytes = TEXT) -> Document:
    return read_bytes(data, file_name="pack.md")


def result(
    document: Document,
    *blocks: int,
    verdict: Verdict = Verdict.CONTRADICTION,
    check: Check = Check.CAST,
    rule: str = "total-down",
    message: str = "One is two.",
) -> Result:
    """A result that cites these blocks."""
    printed = tuple(
        Printed(document.blocks[each].text, document.cite(document.blocks[each])) for each in (blocks or (0,))
    )
    return Result(verdict=verdict, check=check, rule=rule, message=message, printed=printed)


def block_with(document: Document, words: str) -> int:
    return next(n for n, block in enumerate(document.blocks) if block.text.startswith(words))


def make_pack(document: Document, *results: Result, horses: str = "4") -> Report:
    """The pack with its agenda, its minutes, a paper known by its title and one by the number in its head."""
    starts = [
        block_with(document, words) for words in ("Agenda", "Minutes of the meeting", "Custody in", "Stables")
    ]
    ends = [*starts[1:], len(document.blocks)]
    parts = [
        Part(document, document.blocks[a:b], document.blocks[a].text) for a, b in zip(starts, ends, strict=True)
    ]
    stables = PrintedHeader(
        title="Stables", fields={}, meeting=None, agenda_item=horses, citations=document.cite(parts[3].blocks[0])
    )
    papers = tuple(
        Paper(part=part, title=part.title, family="paper", header=stables if part.title == "Stables" else None)
        for part in parts
    )
    titles = ("Apologies", "Minutes of the last meeting", "Custody in Calder Vale", "A report on horses")
    agenda = tuple(
        PrintedAgendaItem(number=str(n), title=title, citations=document.cite(document.blocks[n]))
        for n, title in enumerate(titles, 1)
    )
    return Report((Subject(document=document, name="pack.md", papers=papers, agenda=agenda),), results)
