"""Which figures were accepted of a published report, and how do they become a load of a plan?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.figures.months import Span
from bluelamp.figures.printed import PrintedValue
from bluelamp.intake.models import Proposal
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.visibility import Viewer
from bluelamp.performance.actions_figures import REPORT, LoadAsked
from bluelamp.performance.facts import IndicatorRow
from bluelamp.performance.loading_figures import ReadFigures
from bluelamp.performance.loading_mappings import BY_PERIOD, FiguresMapping
from bluelamp.performance.loading_names import Names
from bluelamp.performance.loading_reports import PublishedFigure, PublishedRow, read_report
from bluelamp.performance.plans import Plan

_SHA256 = re.compile(r"[0-9a-f]{8,64}")
_NO_MAPPING = FiguresMapping(slug="published-report", name="As accepted", layout=BY_PERIOD, columns={})


def find_published(sha256: str, *, viewer: Viewer) -> StoredDocument:
    """The stored document of that SHA-256, of which eight letters are enough if only one begins so."""
    key = sha256.strip().lower()
    if not _SHA256.fullmatch(key):
        raise PlainError(f"“{sha256[:80]}” is no SHA-256: give at least its first eight letters.")
    found = list(find_documents(viewer=viewer).filter(sha256__startswith=key)[:2])
    if not found:
        raise PlainError(f"There is no document {key} here: add it, and accept what is read in it.")
    if len({each.sha256 for each in found}) > 1:
        raise PlainError(f"More than one document begins with {key}: give more of it.")
    return found[0]


def read_published(
    document: StoredDocument,
    plan: Plan,
    *,
    area: str = "",
    span: Span = Span.YEAR,
    known_on: dt.date | None = None,
) -> tuple[ReadFigures, LoadAsked]:
    """Its accepted rows of indicators as figures of the plan, and what a load of them is told.

    `span` is how long the periods are that the table prints; reports of plans print 12 months. The figures are
    known from the report's own day on, unless another is given.
    """
    rows = list(accepted_rows(document))
    title = document.title or document.file_name
    if not rows:
        waiting = _rows_of(document).filter(state=Proposal.PROPOSED).count()
        hint = f"{waiting} wait to be accepted" if waiting else "none were read in it"
        raise PlainError(f"Of {title} no rows of indicators are accepted: {hint}.")
    day = known_on or _day_of(document)
    names = Names(plan, _NO_MAPPING)
    whole = names.area(area or None, "")
    read = read_report(rows, plan, names, title=title, day=day, area=whole, span=span)
    asked = LoadAsked(
        plan=plan,
        kind=REPORT,
        name=title,
        known_on=day,
        document=document,
        organisation=document.organisation,
        marking=document.marking,
    )
    return read, asked


def _rows_of(document: StoredDocument) -> Any:
    return Proposal.objects.filter(document=document, kind=IndicatorRow.kind)


def count_accepted_rows(document: StoredDocument) -> int:
    return int(_rows_of(document).filter(state=Proposal.ACCEPTED).count())


def accepted_rows(document: StoredDocument) -> Iterator[PublishedRow]:
    """Each accepted row of indicators, with a person's corrections in it."""
    for each in _rows_of(document).filter(state=Proposal.ACCEPTED).order_by("order"):
        fields = {**each.fields, **(each.corrected or {})}
        cited = each.citations[0] if each.citations else {}
        try:
            figures = tuple(_figure(period) for period in fields.get("periods", ()))
        except (msgspec.ValidationError, KeyError, TypeError, ValueError) as error:
            raise PlainError(
                f"The row “{each.label[:60]}” does not hold figures as they are kept: {error}."
            ) from error
        yield PublishedRow(
            code=str(fields.get("code") or ""),
            name=str(fields.get("name") or ""),
            figures=figures,
            line=int(cited.get("line") or 0),
            page=cited.get("page"),
        )


def _figure(period: Any) -> PublishedFigure:
    printed = {name: value for name, value in period.items() if name != "to"}
    numbers = ("value", "low", "high", "numerator", "denominator")
    for name in numbers:
        if printed.get(name) is not None:
            printed[name] = Decimal(str(printed[name]))
    value = msgspec.convert(printed, PrintedValue, strict=False)
    return PublishedFigure(dt.date.fromisoformat(period["to"]), value)


def _day_of(document: StoredDocument) -> dt.date:
    try:
        return dt.date.fromisoformat(document.published)
    except ValueError as error:
        raise PlainError(
            f"The day on which {document.title or document.file_name} was published is not known: say it on the"
            " document's page, or with --known-on."
        ) from error
