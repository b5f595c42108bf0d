"""`bluelamp report NAME`: a paper of the record, as of any day, in every format."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bluelamp.register.models import Item

NAME = Annotated[
    str, typer.Argument(help="template, response, committee, item, summary, questions or performance.")
]
AS_OF = Annotated[str, typer.Option("--as-of", metavar="DATE", help="As the record stood on this day.")]
SINCE = Annotated[
    str, typer.Option("--since", metavar="DATE", help="Where a movement begins; else 3 months before.")
]
OUT = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder for the files.")]
FORMAT = Annotated[str, typer.Option("--format", help="html, pdf, docx, xlsx, csv and json, with commas between.")]
FORCE = Annotated[str, typer.Option("--force", metavar="CODE", help="Only this force's items.")]
DOCUMENT = Annotated[
    str, typer.Option("--document", help="Only items of this document: its SHA-256, or its name.")
]
ITEM = Annotated[str, typer.Option("--item", metavar="REFERENCE", help="Which item, for its history.")]
PLAN = Annotated[str, typer.Option("--plan", metavar="SLUG", help="Of performance: whose indicators.")]
TO = Annotated[str, typer.Option("--to", metavar="2021-03", help="Of performance: the month it goes to.")]
AREA = Annotated[
    str,
    typer.Option(
        "--area", metavar="AREA", help="Of performance: areas with commas between, a level of areas, or all."
    ),
]
RELEASE = Annotated[
    int,
    typer.Option(
        "--release", metavar="N", min=0, help="Of performance: write release N and make it again to compare."
    ),
]
RULE = Annotated[str, typer.Option("--rule", help="Of performance: the rule of exceptions, by its name.")]


def report(
    name: NAME,
    as_of: AS_OF = "",
    since: SINCE = "",
    out: OUT = Path(),
    form: FORMAT = "pdf",
    force: FORCE = "",
    document: DOCUMENT = "",
    item: ITEM = "",
    plan: PLAN = "",
    to: TO = "",
    area: AREA = "force",
    rule: RULE = "",
    release: RELEASE = 0,
) -> None:
    """Make a paper of the record and print the names of its files."""
    from bluelamp.cli.django import open_workspace

    wanted = _read_formats(form)
    open_workspace()
    if release and name != "performance":
        raise PlainError("Only the performance report has releases: bluelamp report performance --release 1.")
    if release:
        from bluelamp.cli.report_release import AskedRelease, check_release

        check_release(AskedRelease(plan=plan, to=to, area=area, number=release, formats=wanted, out=out))
        return
    if name == "performance":
        from bluelamp.cli.report_performance import Asked, make_performance_report

        day = _read_day("--as-of", as_of)
        make_performance_report(
            Asked(plan=plan, to=to, area=area, rule=rule, formats=wanted, out=out, known_on=day)
        )
        return
    from bluelamp.assurance.queries_reports import make_report
    from bluelamp.lib.calendar_days import london_day
    from bluelamp.papers.rendering import render

    today = london_day(dt.datetime.now(dt.UTC))
    paper = make_report(
        name,
        _find_items(name, force, document, item),
        viewer=None,
        today=today,
        as_of=_read_day("--as-of", as_of),
        since=_read_day("--since", since),
    )
    out.mkdir(parents=True, exist_ok=True)
    for each in wanted:
        rendered = render(paper, each)
        path = out / rendered.file_name
        path.write_bytes(rendered.data)
        print(path)


def _read_formats(said: str) -> list[str]:
    from bluelamp.papers.rendering import FORMATS

    wanted = [each.strip().lower() for each in said.split(",") if each.strip()]
    if unknown := [each for each in wanted if each not in FORMATS]:
        raise PlainError(f"No paper is made as {unknown[0]}; choose from {', '.join(FORMATS)}.")
    return wanted


def _read_day(option: str, said: str) -> dt.date | None:
    if not said:
        return None
    try:
        return dt.date.fromisoformat(said)
    except ValueError as error:
        raise PlainError(f"{option} {said} is not a day: write it as 2026-03-31.") from error


def _find_items(name: str, force: str, document: str, reference: str) -> QuerySet[Item]:
    from bluelamp.register.queries import filter_items, find_item

    if name == "item":
        found = find_item(reference, viewer=None) if reference else None
        if found is None:
            raise PlainError("Name the item whose history it is: --item NTS-2022-AFI-01.")
        return filter_items(viewer=None).filter(pk=found.pk)
    items = filter_items(viewer=None, force=force)
    return items.filter(document=find_document(document)) if document else items


def find_document(said: str) -> str:
    from django.db.models import Q

    from bluelamp.documents.queries import find_documents

    known = Q(sha256__startswith=said.lower()) | Q(file_name=said) | Q(title__iexact=said)
    found = list(find_documents(viewer=None).filter(known)[:2])
    if not found:
        raise PlainError(f"The register holds no document “{said}”.")
    if len(found) > 1:
        raise PlainError(f"More than one document is called “{said}”: name it by its SHA-256.")
    return str(found[0].pk)
