"""`bluelamp search WORDS`: where does it say so?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bluelamp.documents.search import Hit, Hits
    from bluelamp.register.models import Item

WORDS = Annotated[list[str], typer.Argument(help="Words, a “quoted phrase”, or a reference.", show_default=False)]
LIMIT = Annotated[int, typer.Option("--limit", min=1, max=500, help="How many passages to print.")]
JSON = Annotated[bool, typer.Option("--json", help="Print the passages as JSON.")]


def search(words: WORDS, limit: LIMIT = 10, as_json: JSON = False) -> None:
    """Find the passages that hold all of these words, or the item with this reference."""
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from bluelamp.documents.search import search_passages
    from bluelamp.register.queries import find_item

    asked = " ".join(words)
    item = find_item(asked, viewer=None)
    found = search_passages(asked, viewer=None, limit=limit)
    if as_json:
        _print_json(asked, item, found)
    else:
        _print_lines(asked, item, found)


def _print_lines(asked: str, item: Item | None, found: Hits) -> None:
    from bluelamp.cli.screen import make_console

    console = make_console()
    if item:
        console.print(f"{item.reference}  {item.title}", soft_wrap=True)
    for hit in found.hits:
        console.print(_heading(hit), style="bold", soft_wrap=True)
        console.print(_marked(hit), soft_wrap=True)
    if found.total:
        shown = f", the best {len(found.hits)} shown" if len(found.hits) < found.total else ""
        console.print(f"{found.total} passages hold these words{shown}.")
    elif not item:
        console.print(
            f"Nothing holds “{asked}”. Search takes whole words; very common ones (the, of) find nothing."
        )


def _heading(hit: Hit) -> str:
    page = f", page {hit.passage.page.number}" if hit.passage.page.number else ""
    return f"{hit.passage.document}{page}, line {hit.passage.line}"


def _marked(hit: Hit) -> Any:
    from rich.text import Text

    snippet = hit.snippet
    text = Text(snippet.text)
    for start, end in snippet.hits:
        text.stylize("bold reverse", start, end)
    before, after = "…" if snippet.cut_before else "", "…" if snippet.cut_after else ""
    return Text.assemble("  ", before, text, after)


def _print_json(asked: str, item: Item | None, found: Hits) -> None:
    import msgspec

    from bluelamp.cli.screen import print_json

    wire = {
        "schema": "bluelamp.search/1",
        "words": asked,
        "item": {"reference": item.reference, "title": item.title} if item else None,
        "total": found.total,
        "passages": [_to_wire(hit) for hit in found.hits],
    }
    print_json(msgspec.json.format(msgspec.json.encode(wire), indent=2))


def _to_wire(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "document_sha256": passage.document.sha256,
        "document": str(passage.document),
        "page": passage.page.number,
        "printed_page": passage.page.printed or None,
        "line": passage.line,
        "line_end": passage.line_end,
        "snippet": hit.snippet.text,
        "hits": [list(hit_) for hit_ in hit.snippet.hits],
    }
