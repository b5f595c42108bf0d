"""`bluelamp ingest FILE...`: documents come into the workspace, and what they say is proposed or accepted."""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.cli.django import open_workspace, start_django
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name

if TYPE_CHECKING:
    from bluelamp.documents.document import Document
    from bluelamp.intake.taking_in import TakenIn

FILES = Annotated[list[Path], typer.Argument(help="The documents to take in.", show_default=False)]
ACCEPT = Annotated[bool, typer.Option("--accept", help="Accept everything that is read, in one batch a document.")]
FORCE = Annotated[str, typer.Option("--force", metavar="CODE", help="The force they are about, e.g. NTS.")]
ABOUT = Annotated[
    str,
    typer.Option(
        "--about",
        metavar="FORCE",
        help="A force's code or name: propose what a report on many forces says of this one, as its items.",
    ),
]
PUBLISHED = Annotated[str, typer.Option("--published", metavar="DATE", help="When published: 2022-04-14.")]
TITLE = Annotated[str, typer.Option("--title", help="The title, for one document.")]
JSON = Annotated[bool, typer.Option("--json", help="Print what came of each file as JSON.")]


def ingest(
    files: FILES,
    accept: ACCEPT = False,
    force: FORCE = "",
    about: ABOUT = "",
    published: PUBLISHED = "",
    title: TITLE = "",
    as_json: JSON = False,
) -> None:
    """Store documents once, read them, and propose (or accept) what they say. Unreadable files are named."""
    if title and len(files) > 1:
        raise PlainError("A title is for one document: name one file, or leave --title out.")
    reached = _reach_workspace()
    from bluelamp.intake.details_of_documents import check_detail

    said = {"subject": force, "published": published, "title": title}
    details = {name: check_detail(name, value) for name, value in said.items() if value}
    taken, failed = _take_in_all(files, accept, details, _find_force(about))
    if as_json:
        _print_json(taken, failed, reached)
    else:
        _print_lines(taken, failed, reached)
    if failed:
        raise typer.Exit(2)


def _find_force(about: str) -> str:
    """The code of the force that is meant; a PlainError where none is."""
    from django.conf import settings

    from bluelamp.organisations.bodies import find_force, load_bodies

    return find_force(load_bodies(settings.WORKSPACE_DEFINITIONS), about).code if about else ""


def _reach_workspace() -> str:
    """The workspace's folder; it is made where there is none, and said so."""
    workspace = start_django()
    if workspace.exists:
        open_workspace()
        return ""
    from bluelamp.cli.init import make_workspace

    make_workspace(workspace)
    return f"Made a workspace in {workspace.folder}."


Taken = list[tuple[Path, "TakenIn"]]
Failed = list[tuple[Path, str]]


def _take_in_all(files: list[Path], accept: bool, details: dict[str, str], about: str) -> tuple[Taken, Failed]:
    from django.db import DatabaseError

    from bluelamp.cli.screen import make_progress
    from bluelamp.documents.document import UnreadableFileError
    from bluelamp.documents.sandbox import read_files

    taken: Taken = []
    failed: Failed = []
    with make_progress() as progress:
        task = progress.add_task("Taking in", total=len(files))
        for path, document in read_files(files):
            progress.update(task, description=f"Taking in {show_name(path.name)}")
            try:
                if isinstance(document, UnreadableFileError):
                    raise PlainError(str(document))
                taken.append((path, _take_in_file(path, document, accept, details, about)))
            except (PlainError, OSError) as error:
                failed.append((path, str(error)))
            except DatabaseError as error:  # a value it refuses, a full disk: the other files may still come in
                reason = (str(error).splitlines() or ["it gave no reason"])[0]
                failed.append((path, f"The workspace's database could not keep it: {reason}."))
            except Exception as error:  # noqa: BLE001  (a fault of ours in one file must not stop the others)
                failed.append(
                    (path, f"This failed, and the fault is ours: {_say_place(error)}. Please report it.")
                )
            progress.advance(task)
    return taken, failed


def _say_place(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"


def _take_in_file(path: Path, document: Document, accept: bool, details: dict[str, str], about: str) -> TakenIn:
    import datetime as dt

    from bluelamp.intake.taking_in import take_in
    from bluelamp.ledger.actions import Operator

    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise PlainError("This file changed while it was read: close the program that writes it and try again.")
    now = dt.datetime.now(dt.UTC)
    by = Operator("ingest")
    return take_in(document, data, path.name, by=by, now=now, accept=accept, details=details, about=about)


def _print_lines(taken: Taken, failed: Failed, reached: str) -> None:
    from bluelamp.cli.screen import make_console

    console = make_console()
    if reached:
        console.print(reached)
    for path, each in taken:
        console.print(f"{show_name(path.name)}: {_say(each)}", soft_wrap=True)
        for reason, count in _reasons(each).items():
            console.print(f"  {count} left for a person: {reason}", soft_wrap=True)
    for path, reason in failed:
        print(f"{show_name(path.name)}: {reason}", file=sys.stderr)
    if failed and taken:
        print(
            f"{len(failed)} of {len(taken) + len(failed)} files could not be taken in; the others are kept.",
            file=sys.stderr,
        )


def _say(each: TakenIn) -> str:
    """What it is, what is proposed, what was accepted."""
    what = each.extraction.say_document()
    if each.changed_nothing:
        return f"{what}. Already held; nothing changed."
    held = "" if each.is_new else " Already held."
    proposed = f" Proposed {_say_counts(each.proposed)}." if each.proposed else ""
    accepted = f" Accepted {each.outcome.total}." if each.outcome else ""
    unread = len(each.extraction.unread)
    missed = f" Not understood: {unread} passage{'s' if unread != 1 else ''}." if unread and each.proposed else ""
    return f"{what}.{held}{proposed}{accepted}{missed}"


def _say_counts(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(counts.items()))


def _reasons(each: TakenIn) -> Counter[str]:
    return Counter(reason for _, reason in each.outcome.left) if each.outcome else Counter()


def _print_json(taken: Taken, failed: Failed, reached: str) -> None:
    import msgspec

    from bluelamp.cli.screen import print_json

    wire = {
        "schema": "bluelamp.ingest/1",
        "workspace_made": bool(reached),
        "documents": [_to_wire(path, each) for path, each in taken],
        "failed": [{"file": show_name(path.name), "reason": reason} for path, reason in failed],
    }
    print_json(msgspec.json.format(msgspec.json.encode(wire), indent=2))


def _to_wire(path: Path, each: TakenIn) -> dict[str, Any]:
    return {
        "file": show_name(path.name),
        "sha256": each.document.sha256,
        "new": each.is_new,
        "what": each.extraction.say_document(),
        "proposed": dict(each.proposed),
        "accepted": dict(each.outcome.accepted) if each.outcome else {},
        "left": [{"count": count, "reason": reason} for reason, count in _reasons(each).items()],
        "unread": len(each.extraction.unread),
    }
