"""`bluelamp template out` and `in`: points go out to be answered in Word or Excel, and their answers come back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.cli.owners import key_of_owner
from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bluelamp.assurance.actions_templates import Outgoing
    from bluelamp.assurance.queries_templates import Returned
    from bluelamp.assurance.template_matching import Match
    from bluelamp.register.models import Item

app = typer.Typer(
    help="Send points out to be answered in Word or Excel, and read the answers back.", no_args_is_help=True
)

FILE = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, ending in .docx or .xlsx.")]
BACK = Annotated[Path, typer.Argument(metavar="FILE", help="The file that came back, .docx or .xlsx.")]
DOCUMENT = Annotated[
    str, typer.Option("--document", metavar="D", help="Only items of this document: its SHA-256, name or title.")
]
FORCE = Annotated[str, typer.Option("--force", metavar="CODE", help="Only this force's items.")]
KIND = Annotated[str, typer.Option("--kind", help="Only this kind, e.g. recommendation or AFI.")]
AREA = Annotated[str, typer.Option("--area", help="Only this area, as its slug.")]
SOURCE = Annotated[str, typer.Option("--source", help="Only from this source, e.g. inspectorate.")]
YEAR = Annotated[str, typer.Option("--year", help="Only of this year.")]
OWNER = Annotated[str, typer.Option("--owner", metavar="NAME", help="Only this owner's items; none: unallocated.")]
RESPONSE = Annotated[str, typer.Option("--response", help="Only with this response, e.g. awaiting.")]
DELIVERY = Annotated[str, typer.Option("--delivery", help="Only with this delivery, e.g. in-progress.")]
SCHEDULE = Annotated[str, typer.Option("--schedule", help="Only with this schedule, e.g. overdue.")]
WORDS = Annotated[str, typer.Option("--words", help="Only items that hold all of these words.")]
LAYOUT = Annotated[str, typer.Option("--layout", help="annex: four columns; full: with choices and dates.")]
SPLIT = Annotated[str, typer.Option("--split-by", metavar="owner", help="One file for each owner.")]
DUE = Annotated[str, typer.Option("--due", metavar="DATE", help="The day by which it should be back.")]
RETURN_TO = Annotated[str, typer.Option("--return-to", help="To whom it goes back, e.g. an address.")]
TITLE = Annotated[str, typer.Option("--title", help="What the template is called.")]
MARKING = Annotated[str, typer.Option("--marking", help="OFFICIAL or OFFICIAL-SENSITIVE.")]
NOTES = Annotated[bool, typer.Option("--office-notes", help="Print the office's own notes, apart from the words.")]
ACCEPT = Annotated[bool, typer.Option("--accept", help="Take every certain answer into the register.")]
JSON = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command("out")
def template_out(
    file: FILE,
    document: DOCUMENT = "",
    force: FORCE = "",
    kind: KIND = "",
    area: AREA = "",
    source: SOURCE = "",
    year: YEAR = "",
    owner: OWNER = "",
    response: RESPONSE = "",
    delivery: DELIVERY = "",
    schedule: SCHEDULE = "",
    words: WORDS = "",
    layout: LAYOUT = "annex",
    split_by: SPLIT = "",
    due: DUE = "",
    return_to: RETURN_TO = "",
    title: TITLE = "",
    marking: MARKING = "OFFICIAL",
    office_notes: NOTES = False,
    as_json: JSON = False,
) -> None:
    """Write a template of these items, with an empty column for what was done."""
    form = _read_format(file)
    day = _read_day(due)
    if split_by not in {"", "owner"}:
        raise PlainError(f"A template can be split by owner, not by {split_by}.")
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from bluelamp.assurance.actions_templates import Wanted, send_templates
    from bluelamp.ledger.actions import Operator

    filters = {
        "force": force,
        "area": area,
        "source": source,
        "year": year,
        "response": response,
        "delivery": delivery,
        "schedule": schedule,
        "words": words,
    }
    items, named = _find_items(filters, kind, owner, document)
    wanted = Wanted(
        title=title or f"Assurance template{named}",
        layout=_read_layout(layout),
        format=form,
        due=day,
        return_to=return_to,
        by_owner=split_by == "owner",
        with_office_notes=office_notes,
        marking=_read_marking(marking),
    )
    made = send_templates(items, wanted, by=Operator("template out"), now=dt.datetime.now(dt.UTC))
    paths = _write_files(made, file, split=split_by == "owner")
    _print_sent(made, paths, as_json)


def _read_format(file: Path) -> str:
    form = file.suffix.lower().lstrip(".")
    if form not in {"docx", "xlsx"}:
        raise PlainError(f"{file.name} ends in neither .docx nor .xlsx: name the file that is to be written.")
    return form


def _read_day(said: str) -> dt.date | None:
    from bluelamp.lib.days import read_day

    day = read_day(said) if said else None
    if said and day is None:
        raise PlainError(f"--due {said} is no day: write it as 2026-09-30.")
    return day


def _read_layout(said: str) -> Any:
    from bluelamp.assurance.template_model import Layout

    if said not in set(Layout):
        raise PlainError(f"There is no layout {said}; the layouts are {', '.join(Layout)}.")
    return Layout(said)


def _read_marking(said: str) -> str:
    from bluelamp.documents.models import MARKINGS

    known = [marking for marking, _ in MARKINGS]
    if said.upper() not in known:
        raise PlainError(f"There is no marking {said}; the markings are {', '.join(known)}.")
    return said.upper()


def _find_items(filters: dict[str, str], kind: str, owner: str, document: str) -> tuple[QuerySet[Item], str]:
    """The chosen items in reading order, and what the title says of them."""
    from bluelamp.assurance.queries_templates import in_reading_order
    from bluelamp.cli.register import slug_of_kind
    from bluelamp.cli.report import find_document
    from bluelamp.documents.models import StoredDocument
    from bluelamp.lib.calendar_days import london_day
    from bluelamp.register.queries import filter_items

    held = StoredDocument.objects.get(pk=find_document(document)) if document else None
    today = london_day(dt.datetime.now(dt.UTC))
    chosen = filter_items(
        viewer=None, document=held, today=today, kind=slug_of_kind(kind), owner=key_of_owner(owner), **filters
    )
    chosen = chosen.exclude(kind="judgement") if not kind else chosen
    return in_reading_order(chosen), f": {held}" if held else ""


def _write_files(made: list[Outgoing], file: Path, *, split: bool) -> list[Path]:
    """Beside one another, each named after its owner, where there are several."""
    paths = []
    for each in made:
        path = file.with_name(f"{file.stem}-{each.file_name.removeprefix('template-')}") if split else file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.data)
        paths.append(path)
    return paths


def _print_sent(made: list[Outgoing], paths: list[Path], as_json: bool) -> None:
    from bluelamp.cli.screen import make_console, print_json

    rows = [
        {
            "file": str(path),
            "template": str(each.template),
            "owner": each.template.owner_name,
            "items": each.template.item_count,
            "marking": each.template.marking,
        }
        for each, path in zip(made, paths, strict=True)
    ]
    if as_json:
        import msgspec

        wire = {"schema": "bluelamp.template-sent/1", "templates": rows}
        print_json(msgspec.json.format(msgspec.json.encode(wire), indent=2))
        return
    console = make_console()
    for row in rows:
        whose = f" for {row['owner']}" if row["owner"] else ""
        console.print(
            f"{row['file']}: template {row['template']}, {_say_items(row['items'])}{whose}.", soft_wrap=True
        )


def _say_items(number: object) -> str:
    return f"{number} item{'' if number == 1 else 's'}"


@app.command("in")
def template_in(file: BACK, accept: ACCEPT = False, as_json: JSON = False) -> None:
    """Read a filled-in template and say what matched, what is new and what conflicts."""
    if not file.is_file():
        raise PlainError(f"{file} is not there or not a file: check the name and try again.")
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from bluelamp.assurance.actions_template_returns import take_answers, take_return
    from bluelamp.assurance.queries_templates import match_stored
    from bluelamp.ledger.actions import Operator
    from bluelamp.lib.calendar_days import london_day

    by, now = Operator("template in"), dt.datetime.now(dt.UTC)
    found = take_return(file.read_bytes(), file.name, by=by, now=now)
    taken = take_answers(found, by=by, now=now) if accept else 0
    returned = match_stored(found, viewer=None, today=london_day(now))
    if as_json:
        _print_wire(returned, taken)
    else:
        _print_matches(returned, taken, accept=accept)


def _print_wire(returned: Returned, taken: int) -> None:
    import msgspec

    from bluelamp.assurance.template_matching import count_verdicts
    from bluelamp.cli.screen import print_json

    template = returned.of.template
    wire = {
        "schema": "bluelamp.template-return/1",
        "template": template and {
            "number": str(template),
            "title": template.title,
            "layout": template.layout,
            "made": template.made.isoformat(),
            "as_of": template.as_of.isoformat(),
            "owner": template.owner_name,
            "items": template.item_count,
        },
        "document_sha256": returned.of.document.sha256,
        "rows": [_row_to_wire(match, returned) for match in returned.matches],
        "newer_templates": [str(each) for each in returned.newer],
        "loose": list(returned.read.loose),
        "notes": list(returned.read.notes),
        "counts": {**count_verdicts(returned.matches), "taken": taken},
    }  # fmt: skip
    print_json(msgspec.json.format(msgspec.json.encode(wire), indent=2))


def _row_to_wire(match: Match, returned: Returned) -> dict[str, Any]:
    import msgspec

    decision = returned.decision_of(match)
    return {
        "places": [row.place for row in match.rows],
        "item": match.reference or None,
        "how": match.how,
        "certainty": match.certainty,
        "verdict": match.verdict,
        "reason": match.reason,
        "rivals": list(match.rivals),
        "reference": match.row.reference if match.row else "",
        "number": match.row.number if match.row else "",
        "page_ref": match.row.page_ref if match.row else "",
        "words": " ".join(row.words for row in match.rows if row.words),
        "answer": msgspec.to_builtins(match.answer),
        "notes": list(match.notes),
        "decision": decision.decision if decision else None,
    }


def _print_matches(returned: Returned, taken: int, *, accept: bool) -> None:
    from rich.table import Table

    from bluelamp.assurance.template_matching import count_verdicts
    from bluelamp.cli.screen import make_console

    console = make_console()
    template = returned.of.template
    origin = f"Template {template} of {template.made:%d %B %Y}" if template else "No template that we sent"
    counts = count_verdicts(returned.matches)
    summed = ", ".join(f"{number} {name}" for name, number in counts.items() if number and name != "certain")
    console.print(f"{origin}: {summed}. {counts['certain']} certain.", soft_wrap=True)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Where", "Item", "Verdict", "Answer", "Why"):
        table.add_column(head, overflow="fold", no_wrap=head == "Item")
    told = [match for match in returned.matches if match.verdict not in {"unchanged", "duplicate"}]
    for match in sorted(told, key=lambda match: match.can_be_taken):  # what a person must look at comes first
        places = ", ".join(row.place for row in match.rows)
        item = match.reference or " or ".join(match.rivals)
        decision = returned.decision_of(match)
        verdict = decision.decision if decision else f"{match.verdict}, {match.certainty}"
        table.add_row(places, item, verdict, _shorten(match.answer.action), match.reason)
    if table.row_count:
        console.print(table)
    if accept:
        console.print(f"{taken} answers were taken into the register.")
    elif counts["certain"]:
        console.print("Nothing was taken; --accept takes the certain answers.")


def _shorten(words: str, longest: int = 80) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
