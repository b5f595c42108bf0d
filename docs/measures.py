"""Makes the page of measures: what each counts in a list of events, of what, its columns and an example."""

from __future__ import annotations

from collections.abc import Iterator

from bluelamp.lib.definitions import SHIPPED
from bluelamp.performance.measures.definition import Field, Measure, load_measures

EXAMPLE_ROWS = 4


def make_measures_page() -> str:
    """Every measure that is shipped."""
    parts = [
        "# Measures: figures from lists",
        "",
        "A measure counts a list with a row for each event: `bluelamp figures count MEASURE FILE`. Headings are",
        "matched without case and marks. A blank is unknown, never a no. How it is done stands in the",
        "[guide](../guide/figures-from-lists.md); a workspace may add measures in `definitions/measures`.",
        "",
    ]
    for measure in sorted(load_measures().values(), key=lambda each: each.slug):
        parts.extend(_say_measure(measure))
    return "\n".join(parts)


def _say_measure(measure: Measure) -> Iterator[str]:
    yield from (
        f"## {measure.name}",
        "",
        f"`{measure.slug}`{'' if measure.verified else ' **Not verified.**'}",
        "",
    )
    for words in (measure.notes, measure.source):
        if words:
            yield from (words, "")
    yield from ("| figure | what it is | counted | of | unit |", "|---|---|---|---|---|")
    for output in measure.outputs:
        yield _row(f"`{output.slug}`", output.name, output.numerator, output.denominator, output.unit)
    yield from ("", "| column | headed | what stands in it |", "|---|---|---|")
    for name, field in measure.fields.items():
        need = f"{name} (may be missing)" if field.optional else name
        yield _row(need, "; ".join(field.heads), _say_field(field))
    yield ""
    for limit in measure.limits:
        days = [f"{word} {day}" for word, day in (("from", limit.first), ("to", limit.last)) if day]
        doubt = "" if limit.verified else " (not verified)"
        when = f", {' '.join(days)}" if days else ""
        yield f"- {limit.group}: within {limit.limit} {measure.unit}{when}{doubt}. {limit.source}"
    if measure.limits:
        yield ""
    yield from _say_example(measure)


def _say_field(field: Field) -> str:
    if not field.words:
        return field.kind
    return "; ".join(f"{ours}: {', '.join(theirs)}" for ours, theirs in field.words.items())


def _say_example(measure: Measure) -> Iterator[str]:
    path = SHIPPED / "examples" / "measures" / measure.example
    if not measure.example or not path.is_file():
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    yield from (
        f"An example, [{measure.example}](../../src/bluelamp/definitions/examples/measures/{measure.example}):",
        "",
    )
    yield from ("```csv", *lines[: EXAMPLE_ROWS + 1], "```", "")


def _row(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"
