"""How does a paper read in a browser: alone, as a page kept in a file, or within a page of the desk?"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from bluelamp.papers.characters import clean_all
from bluelamp.papers.html_blocks import HtmlWriter, element, lines
from bluelamp.papers.model import Paper, Paragraph, Quote, Rendered
from bluelamp.papers.outline import PlacedSection, header_pairs, is_long, place

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@cache
def stylesheet() -> str:
    """The looks of a paper: within the file, and for the desk to serve where it shows one."""
    return (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")


def render(paper: Paper) -> Rendered:
    """One page that needs nothing beside it."""
    title = f"{paper.title}: {paper.subtitle}" if paper.subtitle else paper.title
    marking = element("p", escape(paper.marking.value), "paper-marking")
    article = _article(paper, site=paper.site)
    page = (
        f'<!DOCTYPE html>\n<html lang="{escape(paper.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{stylesheet()}</style>\n</head>\n"
        '<body class="paper-page">\n<a class="paper-skip" href="#paper-content">Skip to the paper</a>\n'
        f'<header>{marking}</header>\n<main id="paper-content" tabindex="-1">\n{article}</main>\n'
        f"<footer>{marking}</footer>\n</body>\n</html>\n"
    )
    return Rendered(page.encode(), f"{paper.file_stem}.html", "text/html; charset=utf-8")


def render_fragment(paper: Paper, *, heading_level: int = 1, titled: bool = True) -> str:
    """The paper as an article for a page that serves `stylesheet()`; no inline style or script.

    Its title is a heading of `heading_level`; without `titled` title and subtitle are left to the page. Paths of
    the desk stay paths.
    """
    return _article(clean_all(paper), site="/", level=heading_level, titled=titled)


def _article(paper: Paper, *, site: str, level: int = 1, titled: bool = True) -> str:
    writer = HtmlWriter(site=site, heading_level=level + 1)
    sections = place(paper)
    parts = [_opening(paper, writer, level, titled=titled)]
    if is_long(paper):
        parts.append(_contents(sections, level + 1))
    parts += [writer.section(placed) for placed in sections]
    return element("article", "\n" + "".join(parts), _classes(sections), lang=paper.language)


def _classes(sections: tuple[PlacedSection, ...]) -> str:
    """What stands beside the words: numbers, references."""
    blocks = [each.block for placed in sections for each in placed.blocks]
    referred = any(isinstance(block, Paragraph | Quote) and block.reference for block in blocks)
    counted = any(placed.heading.number for placed in sections)
    return "paper" + " paper-referred" * referred + " paper-counted" * counted


def _opening(paper: Paper, writer: HtmlWriter, level: int, *, titled: bool) -> str:
    parts = []
    if titled:
        parts.append(element(f"h{level}", lines(paper.title), "paper-title"))
        if paper.subtitle:
            parts.append(element("p", lines(paper.subtitle), "paper-subtitle"))
    parts.append(writer.pairs(header_pairs(paper), "paper-header"))
    return "".join(parts)


def _contents(sections: tuple[PlacedSection, ...], level: int) -> str:
    entries = "".join(
        f'<li class="paper-contents-{placed.section.level}"><a href="#paper-section-{placed.heading.nth}">'
        f"{escape(' '.join(filter(None, (placed.heading.number, placed.section.heading))))}</a></li>\n"
        for placed in sections
        if placed.section.level < 3
    )
    heading = element(f"h{level}", "Contents", "paper-heading", id="paper-contents")
    return (
        f'<nav class="paper-contents" aria-labelledby="paper-contents">\n{heading}<ul>\n{entries}</ul>\n</nav>\n'
    )
