"""`bluelamp register`: what must be answered for, in a line and then item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bluelamp.register.models import Item

FORCE = Annotated[str, typer.Option("--force", metavar="CODE", help="Only this force's items.")]
KIND = Annotated[str, typer.Option("--kind", help="Only this kind, e.g. recommendation or AFI.")]
WORDS = Annotated[str, typer.Option("--words", help="Only items that hold all of these words.")]
LIMIT = Annotated[int, typer.Option("--limit", min=0, help="How many items to print; 0 prints all.")]
JSON = Annotated[bool, typer.Option("--json", help="Print the summary and every item as JSON.")]
EVERYTHING = 1000


def register(
    force: FORCE = "", kind: KIND = "", words: WORDS = "", limit: LIMIT = 30, as_json: JSON = False
) -> None:
    """Print the register's summary and its items."""
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from bluelamp.register.queries import filter_items

    items = filter_items(viewer=None, force=force, kind=slug_of_kind(kind), words=words)
    if as_json:
        _print_json(items)
    else:
        print_register(items, limit=limit)


def slug_of_kind(said: str) -> str:
    """A kind as people say it ("areas for improvement", "AFI") or as its slug."""
    from bluelamp.register.kinds import load_item_kinds

    kinds = [kind for kind in load_item_kinds().values() if kind.item]
    for kind in kinds:
        if said.lower() in {kind.slug, kind.code.lower(), kind.name.lower(), kind.plural.lower()}:
            return kind.slug
    if said:
        names = ", ".join(kind.name for kind in kinds)
        raise PlainError(f"There is no kind of item called {said}; the kinds are {names}.")
    return ""


def print_register(items: QuerySet[Item], *, limit: int) -> None:
    """The summary, a table of kinds, and the first items. The demo prints it too."""
    from rich.table import Table

    from bluelamp.cli.screen import make_console
    from bluelamp.register.kinds import load_item_kinds
    from bluelamp.register.paging import page_of
    from bluelamp.register.summary import say_summary, summarise

    console = make_console()
    summary = summarise(items)
    console.print(say_summary(summary), soft_wrap=True)
    if not summary.total:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Reference", "Kind", "Area", "What was said", "Where"):
        table.add_column(
            head, overflow="fold" if head == "What was said" else "ellipsis", no_wrap=head == "Reference"
        )
    shown = list(_every(items)) if limit == 0 else page_of(items, size=limit).items
    kinds = load_item_kinds()
    for item in shown:
        table.add_row(item.reference, kinds[item.kind].name, item.area_name, _shorten(item.title), _place(item))
    console.print(table)
    if len(shown) < summary.total:
        console.print(f"{len(shown)} of {summary.total} items shown; --limit 0 prints all.")


def _every(items: QuerySet[Item]) -> Any:
    from bluelamp.register.paging import page_of

    after = ""
    while True:
        page = page_of(items.prefetch_related("mentions"), after=after, size=EVERYTHING)
        yield from page.items
        after = page.after
        if not after:
            return


def _shorten(words: str, longest: int = 110) -> str:
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"


def _place(item: Item) -> str:
    cited = item.mentions.all()[0].citations[0]
    return f"p. {cited['page']}, l. {cited['line']}" if cited["page"] else f"l. {cited['line']}"


def _print_json(items: QuerySet[Item]) -> None:
    import msgspec

    from bluelamp.cli.screen import print_json
    from bluelamp.register.summary import summarise

    summary = summarise(items)
    wire = {
        "schema": "bluelamp.register/1",
        "total": summary.total,
        "forces": list(summary.forces),
        "documents": summary.documents,
        "counts": summary.kinds,
        "items": [_to_wire(item) for item in _every(items)],
    }
    print_json(msgspec.json.format(msgspec.json.encode(wire), indent=2))


def _to_wire(item: Item) -> dict[str, Any]:
    plain = (
        "reference",
        "kind",
        "year",
        "year_guessed",
        "source",
        "source_number",
        "framework",
        "area",
        "area_name",
    )
    words = ("grade", "title", "text", "parts", "deadline_printed")
    return {
        **{name: getattr(item, name) for name in (*plain, *words)},
        "force": item.force.code,
        "document_sha256": item.document.sha256,
        "citations": [citation for mention in item.mentions.all() for citation in mention.citations],
    }
