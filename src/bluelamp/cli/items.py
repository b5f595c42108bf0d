"""`bluelamp items`: the register as it stands, with the five facts of each item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.cli.owners import key_of_owner
from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from bluelamp.register.links import Linked
    from bluelamp.register.models import Item

FORCE = Annotated[str, typer.Option("--force", metavar="CODE", help="Only this force's items.")]
KIND = Annotated[str, typer.Option("--kind", help="Only this kind, e.g. recommendation or AFI.")]
SOURCE = Annotated[str, typer.Option("--source", help="Only from this source, e.g. coroner.")]
DOCUMENT = Annotated[
    str, typer.Option("--document", metavar="D", help="Only items of this document: its SHA-256, name or title.")
]
AREA = Annotated[str, typer.Option("--area", help="Only this area, as its slug; none: of no area.")]
RESPONSE = Annotated[str, typer.Option("--response", help="Only with this response, e.g. disputed.")]
DELIVERY = Annotated[str, typer.Option("--delivery", help="Only with this delivery, e.g. in-progress.")]
ASSURANCE = Annotated[str, typer.Option("--assurance", help="Only with this assurance, e.g. untested.")]
POSITION = Annotated[str, typer.Option("--position", help="Only with this position of the inspectorate.")]
SCHEDULE = Annotated[
    str, typer.Option("--schedule", help="Only so against their dates, e.g. overdue or due-soon.")
]
OWNER = Annotated[str, typer.Option("--owner", metavar="NAME", help="Only this owner's items; none: unallocated.")]
CLOSING = Annotated[str, typer.Option("--closing", help="Only open, signed-off or closed-elsewhere.")]
WORDS = Annotated[str, typer.Option("--words", help="Only items that hold all of these words.")]
DAY = Annotated[
    str, typer.Option("--as-of-day", metavar="DATE", help="The day that dates are held against; today.")
]
LIMIT = Annotated[int, typer.Option("--limit", min=0, help="How many items the table shows; 0 shows all.")]
JSON = Annotated[bool, typer.Option("--json", help="Print every item as JSON (bluelamp.items/1).")]
CHUNK = 500


def items(
    force: FORCE = "",
    kind: KIND = "",
    source: SOURCE = "",
    document: DOCUMENT = "",
    area: AREA = "",
    response: RESPONSE = "",
    delivery: DELIVERY = "",
    assurance: ASSURANCE = "",
    position: POSITION = "",
    schedule: SCHEDULE = "",
    owner: OWNER = "",
    closing: CLOSING = "",
    words: WORDS = "",
    as_of_day: DAY = "",
    limit: LIMIT = 30,
    as_json: JSON = False,
) -> None:
    """Print the items of the register with their five facts, their owner and the latest answer of each."""
    from bluelamp.cli.django import open_workspace

    open_workspace()
    states = {
        "response": response,
        "delivery": delivery,
        "assurance": assurance,
        "position": position,
        "schedule": schedule,
        "closing": closing,
    }
    day = _read_day(as_of_day)
    chosen = _find_items(day, states, force, kind, source, document, area, owner, words)
    if as_json:
        _print_json(chosen, day)
    else:
        _print_table(chosen, day, limit)


def _read_day(said: str) -> dt.date:
    from bluelamp.lib.calendar_days import london_day

    if not said:
        return london_day(dt.datetime.now(dt.UTC))
    try:
        return dt.date.fromisoformat(said)
    except ValueError as error:
        raise PlainError(f"--as-of-day {said} is no day: write it as 2026-09-30.") from error


def _find_items(
    day: dt.date,
    states: Mapping[str, str],
    force: str,
    kind: str,
    source: str,
    document: str,
    area: str,
    owner: str,
    words: str,
) -> QuerySet[Item]:
    from bluelamp.cli.register import slug_of_kind
    from bluelamp.cli.report import find_document
    from bluelamp.documents.models import StoredDocument
    from bluelamp.register.queries import filter_items
    from bluelamp.register.vocabulary import sources

    return filter_items(
        viewer=None,
        today=day,
        force=force,
        kind=slug_of_kind(kind),
        source=_slug_among("source", source, {slug: each.name for slug, each in sources().items()}),
        document=StoredDocument.objects.get(pk=find_document(document)) if document else None,
        area=area,
        owner=key_of_owner(owner),
        words=words,
        **{fact: _slug_of_state(fact, said) for fact, said in states.items()},
    )


def _slug_of_state(fact: str, said: str) -> str:
    from bluelamp.register.vocabulary import states_of

    return _slug_among(fact, said, {slug: state.name for slug, state in states_of(fact).items()})


def _slug_among(what: str, said: str, known: Mapping[str, str]) -> str:
    """The slug of what was said, as its slug or its name; a PlainError where it is none of them."""
    for slug, name in known.items():
        if said.lower() in (slug, name.lower()):
            return slug
    if said:
        raise PlainError(f"There is no {what} {said}; it is one of {', '.join(known)}.")
    return ""


def _in_chunks(items: QuerySet[Item]) -> Iterator[list[Item]]:
    from bluelamp.register.paging import page_of

    items, after = items.select_related("owner").prefetch_related("mentions__document"), ""
    while True:
        page = page_of(items, after=after, size=CHUNK)
        if page.items:
            yield page.items
        after = page.after
        if not after:
            return


def _print_json(items: QuerySet[Item], day: dt.date) -> None:
    import msgspec

    from bluelamp.cli.screen import print_json
    from bluelamp.register.links import links_of_all

    made: list[dict[str, Any]] = []
    for chunk in _in_chunks(items):
        links = links_of_all(chunk, viewer=None)
        answers = say_latest_answers([item.pk for item in chunk])
        made += [_to_wire(item, day, links[item.pk], answers.get(item.pk)) for item in chunk]
    print_json(msgspec.json.format(msgspec.json.encode({"schema": "bluelamp.items/1", "items": made}), indent=2))


def say_latest_answers(keys: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """By an item's key what was last said of it, by whom and when."""
    from bluelamp.assurance.queries import find_latest_answers

    return {
        key: {
            "words": answer.words,
            "by": answer.by_name,
            "day": answer.made.date(),
            "delivery": answer.delivery or None,
            "target": answer.target,
            "via": answer.via,
        }
        for key, answer in find_latest_answers(keys, viewer=None).items()
    }


def _to_wire(item: Item, day: dt.date, links: list[Linked], answer: dict[str, Any] | None) -> dict[str, Any]:
    mentions = list(item.mentions.all())
    plain = ("kind", "title", "text", "parts", "source", "source_number", "framework", "year", "area", "area_name")
    return {
        "reference": item.reference,
        **{name: getattr(item, name) for name in (*plain, "grade", "deadline_printed")},
        "force": item.force.code,
        "document_sha256": item.document.sha256,
        "citations": [citation for mention in mentions for citation in mention.citations],
        **make_facts(item, day),
        "owner": {"name": item.owner.name, "kind": item.owner.kind} if item.owner else None,
        "closing": _say("closing", item.closing),
        "links": [
            {"kind": linked.link.kind, "says": linked.said, "reference": linked.to.reference} for linked in links
        ],
        "latest_answer": answer,
    }


def make_facts(item: Item, day: dt.date) -> dict[str, dict[str, Any]]:
    """The five facts in their order, each with its state, its name and what belongs to it."""
    from bluelamp.register.standing import schedule_on

    return {
        "response": _say("response", item.response),
        "delivery": {**_say("delivery", item.delivery), "body": item.delivery_body or None},
        "assurance": _say("assurance", item.assurance),
        "inspectorate": _say("position", item.position),
        "schedule": {
            **_say("schedule", schedule_on(item.timing, item.due, day)),
            "due": item.due,
            "original_target": item.original_target,
            "current_target": item.current_target,
            "deadline": item.deadline_date,
        },
    }


def _say(fact: str, slug: str) -> dict[str, Any]:
    from bluelamp.register.vocabulary import states_of

    state = states_of(fact).get(slug)
    return {"state": slug, "name": state.name if state else slug}


def _print_table(items: QuerySet[Item], day: dt.date, limit: int) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console
    from bluelamp.register.paging import page_of

    console = make_console()
    total = items.count()
    if not total:
        console.print("No item of the register answers.", soft_wrap=True)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in (
        "Reference",
        "What was said",
        "Response",
        "Delivery",
        "Assurance",
        "Inspectorate",
        "Due",
        "Owner",
    ):
        table.add_column(
            head, overflow="fold", no_wrap=head == "Reference", ratio=3 if head == "What was said" else 1
        )
    shown = page_of(items.select_related("owner"), size=limit or total).items
    for item in shown:
        facts = make_facts(item, day)
        due = f", {item.due.isoformat()}" if item.due else ""
        table.add_row(
            item.reference,
            _shorten(item.title),
            *(facts[name]["name"] for name in ("response", "delivery", "assurance", "inspectorate")),
            facts["schedule"]["name"] + due,
            item.owner.name if item.owner else "nobody",
        )
    console.print(table)
    items_word = "item" if total == 1 else "items"
    rest = "; --limit 0 shows all" if len(shown) < total else ""
    console.print(f"{len(shown):,} of {total:,} {items_word} shown{rest}.", soft_wrap=True)


def _shorten(words: str, longest: int = 110) -> str:
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"
