"""How is each figure worked out? One page a chapter of tests/spec: the tables printed are the tests that ran."""

from __future__ import annotations

from collections.abc import Iterator

from tests.spec.chapter import Case, Chapter, Table, load_chapters

INTRODUCTION = """# How the figures are worked out

Each page says what a method does and shows it: a table goes in, numbers come out. The same tables are run as
tests, so a page cannot say what the program does not do.
"""


def make_methods_pages() -> dict[str, str]:
    """Every page and picture by its name within docs/methods."""
    chapters = load_chapters()
    pages = {f"{name}.md": _say_chapter(chapter) for name, chapter in chapters.items()}
    drawings = {f"{picture.name}.svg": picture.draw() for c in chapters.values() for picture in c.pictures}
    return {"README.md": _say_contents(chapters), **pages, **drawings}


def _say_contents(chapters: dict[str, Chapter]) -> str:
    lines = [f"- [{chapter.title}]({name}.md)" for name, chapter in chapters.items()]
    return "\n".join([INTRODUCTION, *lines])


def _say_chapter(chapter: Chapter) -> str:
    parts = [f"# {chapter.title}\n", chapter.text.strip() + "\n"]
    parts += [f"![{picture.alt}]({picture.name}.svg)\n" for picture in chapter.pictures]
    for case in chapter.cases:
        parts += [f"## {case.title}\n", *([case.text + "\n"] if case.text else []), *_say_case(case)]
    return "\n".join(parts)


def _say_case(case: Case) -> Iterator[str]:
    if case.row_by_row:
        heads = case.given.heads + tuple(f"**{head}**" for head in case.gives.heads)
        cells = tuple(one + other for one, other in zip(case.given.cells, case.gives.cells, strict=True))
        yield _say_table(Table(heads=heads, cells=cells))
        return
    yield _say_table(case.given)
    yield "gives\n"
    yield _say_table(case.gives)


def _say_table(table: Table) -> str:
    lines = [table.heads, ("---",) * len(table.heads), *table.cells]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
