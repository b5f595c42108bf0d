"""What do the money tables of a finance paper say: which line, in which group, with what under each head?

Finance rows live here until the finance slice comes with its own issue.
"""

from __future__ import annotations

import re

from bluelamp.documents.blocks import Row
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, Unread
from bluelamp.documents.printed_tables import Table, row_spans
from bluelamp.performance.facts import BudgetRow
from bluelamp.performance.reading.figures import Shape, doubt_about, label_of, read_columns, shape_of
from bluelamp.performance.reading.indicator_heads import has_codes, is_name_head

_STRONG = re.compile(
    r"\b(?:budget(?:s|ed)?|outturn|out-turn|variance|variation|forecast|virements?|slippage|under\s?-?spends?"
    r"|over\s?-?spends?|estimates?|re-?profiled?|carry forward|carried forward)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:actuals?|base|spend|spent|expenditure|projected|projection|funding|programme|approvals?|ytd"
    r"|year to date|committed|commitments?|remaining|approved)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:(?:grand|overall|net|gross|sub)[\s-]?)?(?:sub-?\s?)?totals?\b.*|.*\btotals?"
    r"|net (?:revenue )?(?:expenditure|budget|costs?|spend(?:ing)?|position)(?: of services)?",
    re.IGNORECASE,
)
_GRAND = re.compile(
    r"(?:grand|overall|net)?\s?total(?:s)?(?: (?:capital|revenue|net|programme|budget|expenditure).*)?", re.I
)


def is_budget(table: Table) -> bool:
    """Do the heads speak of a budget and what became of it, in money?"""
    heads = " | ".join(table.names)
    strong = {found.lower() for found in _STRONG.findall(heads)}
    money = table.unit.startswith("gbp") or "£" in heads
    if money and (strong or _WEAK.search(heads)):
        return True
    return (len(strong) >= 2 and bool(shape_of(table).figures)) or _is_all_money(table)


def _is_all_money(table: Table) -> bool:
    """Nothing but money, in years or at days: a plan of some years, reserves; no measure among indicators."""
    figures = shape_of(table).figures
    if len(figures) < 2 or not all(table.unit_at(column).startswith("gbp") for column in figures):
        return False
    return not has_codes(table) and not any(is_name_head(name) for name in table.names[: figures[0]])


def read_budget(part: Part, table: Table) -> tuple[list[Fact], list[Unread]]:
    facts: list[Fact] = []
    unread: list[Unread] = []
    shape = shape_of(table)
    group, closed = table.group, False
    for row in table.body:
        first, line = _labels(table, row, shape)
        citations = part.document.cite(row_spans(row))
        columns, strange = read_columns(table, row, shape.figures)
        if not citations:
            continue
        if not columns:
            group, closed = (first or line), False
            continue
        if first:
            group, closed = first, False
        total = _is_total(line, group, has_labels=bool(facts))
        inside = "" if closed and total else group
        if total and _GRAND.fullmatch(line.strip()) and closed:
            inside = ""
        doubt = doubt_about(strange)
        facts.append(
            BudgetRow(
                table=table.title,
                group=inside,
                line=line,
                columns=columns,
                is_total=total,
                citations=citations,
                doubt=doubt,
            )
        )
        if doubt:
            unread.append(Unread(reason=doubt, citations=citations))
        if total:
            closed = True
    if not facts and table.body:
        citations = part.document.cite(table.block)
        unread.append(Unread(reason="A money table in which no row could be read.", citations=citations))
    return facts, unread


def _labels(table: Table, row: Row, shape: Shape) -> tuple[str, str]:
    """The group that a row names itself ("" where it does not) and its line."""
    if len(shape.labels) < 2:
        return "", label_of(table, row, shape)
    first, rest = table.text(row, 0), [table.text(row, column) for column in shape.labels[1:]]
    line = " ".join(dict.fromkeys(text for text in rest if text))
    if not line:
        return "", first
    return first, line


def _is_total(line: str, group: str, *, has_labels: bool) -> bool:
    """A total says so, or has no name at all under lines that have one."""
    if not line:
        return has_labels
    return bool(_TOTAL.fullmatch(line.strip(" :"))) and line.strip(" :").lower() != group.lower()
