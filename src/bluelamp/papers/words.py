"""What words does a piece of a paper hold, whatever it looks like?"""

from __future__ import annotations

from bluelamp.papers.model import Blank, Cell, Cited, Content, Link, Number, Reference, Run, Text, Unknown, Words


def runs_of(words: Words) -> tuple[Run, ...]:
    return (Text(words),) if isinstance(words, str) else words


def content_of(cell: Content | Cell) -> Content:
    return cell.content if isinstance(cell, Cell) else cell


def say_cited(cited: Cited) -> str:
    """ "PEEL 2021/22, page 8 (printed 6)"; the quote is not part of it."""
    if cited.page is None:
        return f"{cited.title}, printed page {cited.printed_page}" if cited.printed_page else cited.title
    if cited.printed_page and cited.printed_page != str(cited.page):
        return f"{cited.title}, page {cited.page} (printed {cited.printed_page})"
    return f"{cited.title}, page {cited.page}"


def plain_words(content: Content | Cell) -> str:
    """All the words of a cell or of runs, without their looks."""
    content = content_of(content)
    match content:
        case str():
            return content
        case Number(printed=words) | Unknown(words) | Blank(words=words):
            return words
        case _:
            return "".join(_plain_run(run) for run in content)


def _plain_run(run: Run) -> str:
    match run:
        case Cited():
            return say_cited(run) + (f": “{run.quote}”" if run.quote else "")
        case Reference(reference):
            return reference
        case Text(words) | Link(words):
            return words
