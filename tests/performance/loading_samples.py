"""A plan, and files of its figures, as an office might send them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from bluelamp.documents.readers.values import read_values_bytes
from bluelamp.performance.loading_figures import ReadFigures, read_files
from bluelamp.performance.loading_mappings import find_mappings
from bluelamp.performance.loading_tables import NamedFile
from bluelamp.performance.plans import AreaOfPlan, Indicator, Plan

DAY = dt.date(2021, 5, 19)


def indicator(code: str, name: str, unit: str = "count", **more: Any) -> Indicator:
    given = {"theme": "1", "aim": "monitor", "polarity": "neither", **more}
    return Indicator(code=code, name=name, unit=unit, **given)


PLAN = Plan(
    slug="calder-vale-2018-21",
    name="Calder Vale Police and Crime Plan 2018-21",
    body="CVP-PCC",
    force="CVP",
    areas=(
        AreaOfPlan(slug="force", name="Calder Vale", level="force", aliases=("Calder Vale Police",)),
        AreaOfPlan(slug="north", name="North Calder", level="command", aliases=("North", "N Div")),
        AreaOfPlan(slug="south", name="South Calder", level="command"),
    ),
    indicators=(
        indicator("1A1", "Knife crime"),
        indicator("1A2", "Crimes with a positive outcome", "percentage", decimals=1),
        indicator("1A3", "Burglary per 1,000 homes", "rate", per=1000, decimals=2),
        indicator("2B1", "Officers against establishment", "percentage", denominator="Posts of the establishment"),
        indicator("2B2", "Spend on overtime", "money"),
        indicator("3C1", "Confidence in the police", "percentage", frequency="quarterly"),
        indicator("3C2", "Days to resolve a complaint", "mean", decimals=1),
        indicator("3C3", "Custody visits", frequency="six-monthly"),
    ),
)


def read_csv(text: str | bytes, name: str = "figures.csv", **asked: Any) -> ReadFigures:
    return read_all({name: text.encode() if isinstance(text, str) else text}, **asked)


def read_all(
    files: Mapping[str, bytes], *, mapping: str = "", day: dt.date = DAY, plan: Plan = PLAN, **asked: Any
) -> ReadFigures:
    named = [NamedFile(name, read_values_bytes(data, file_name=name)) for name, data in files.items()]
    return read_files(named, plan, find_mappings(mapping), day=day, **asked)


def make_book(sheets: Mapping[str, Iterable[Sequence[object]]], *, merge: str = "") -> bytes:
    """A workbook of these rows; `merge` merges cells of its first sheet ("C1:F1")."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if merge:
        book.worksheets[0].merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def said(read: ReadFigures) -> dict[tuple[str, str, str], str]:
    """Value, or name of what is missing, by code, area and the month in which the period ends."""
    return {
        (each.key.code, each.key.area, str(each.point.to)): (
            f"{each.point.value:f}" if each.point.value is not None else each.point.unknown
        )
        for each in read.figures
    }


def refusals(read: ReadFigures) -> list[tuple[str, str]]:
    """Cell and sentence of each refusal."""
    return [(each.cell, each.message) for each in read.refused]
