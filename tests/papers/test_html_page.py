"""Does a paper stand alone in a browser, and within the desk's strict page?"""

from __future__ import annotations

import dataclasses
import itertools
import re

import pytest
from lxml import html
from tests.papers.samples import SAMPLES, committee_update, every_block, item_history, sixty_pages

from bluelamp.lib.errors import PlainError
from bluelamp.papers.html_page import render_fragment, stylesheet
from bluelamp.papers.model import Figure, Link, Paragraph, Section
from bluelamp.papers.pictures import inline_svg, sanitise
from bluelamp.papers.rendering import render

EVIL_SVG = """<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="x()">
<script>alert(1)</script><style>@import "http://evil"</style><foreignObject/><image href="file:///etc/passwd"/>
<g id="a" style="background:url(http://evil)"><rect width="1" height="1" fill="url(http://evil#x)"/></g>
<use xlink:href="#a"/><use href="http://evil#a"/><rect clip-path="url(#a)"/><text>&e;kept</text></svg>"""


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_can_be_read_aloud(name: str) -> None:
    page = html.fromstring(render(SAMPLES[name](), "html").data.decode())
    assert page.get("lang") == "en-GB"
    assert page.find(".//a").get("href") == "#paper-content"
    assert len(page.findall(".//h1")) == 1
    assert all(head.get("scope") for head in page.iter("th"))
    assert all(table.find("caption") is not None for table in page.iter("table"))
    identifiers = [node.get("id") for node in page.iter() if isinstance(node.tag, str) and node.get("id")]
    assert len(identifiers) == len(set(identifiers))
    assert set(page.xpath("//@aria-labelledby")) <= set(identifiers)
    levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_fragment_keeps_to_a_strict_policy() -> None:
    fragment = render_fragment(every_block(), heading_level=2)
    page = html.fromstring(fragment)
    assert page.tag == "article"
    assert not page.findall(".//script")
    assert not page.findall(".//style")
    assert not [node for node in page.iter() if any(key.startswith("on") or key == "style" for key in node.attrib)]
    assert page.find("h2") is not None
    assert page.find(".//h1") is None
    assert re.search(r"\.paper-tags\b", stylesheet())


def test_a_fragment_can_leave_its_title_to_the_page() -> None:
    assert "<h1" not in render_fragment(item_history(), titled=False)


def test_links_that_act_are_words() -> None:
    paper = committee_update()
    evil = Section("Evil", (Paragraph((Link("words", "javascript:alert(1)"), Link("more", "//evil.example"))),))
    said = render_fragment(dataclasses.replace(paper, sections=(evil,)))
    assert "<p>wordsmore</p>" in said


def test_a_fragment_keeps_the_paths_of_the_desk() -> None:
    paper = dataclasses.replace(committee_update(), site="")
    assert 'href="/items?force=calder-vale"' in render_fragment(paper)
    assert 'href="/items' not in render(paper, "html").data.decode()


def test_contents_lead_to_sections() -> None:
    page = html.fromstring(render(sixty_pages(), "html").data.decode())
    targets = [link.get("href") for link in page.find(".//nav").iter("a")]
    assert len(targets) == 15
    assert all(page.get_element_by_id(target[1:]) is not None for target in targets)


def test_a_picture_keeps_only_what_draws() -> None:
    said = inline_svg(EVIL_SVG, "An <evil> picture", prefix="one-")
    assert not re.search(r"script|evil[^&]|passwd|import|style|onload|foreign|image|ENTITY", said)
    assert 'id="one-a"' in said
    assert 'xlink:href="#one-a"' in said
    assert "url(#one-a)" in said
    assert "kept" in said
    assert 'aria-label="An &lt;evil&gt; picture"' in said


def test_a_picture_that_is_none_is_refused_in_words() -> None:
    for svg in ("not xml", "<html/>"):
        with pytest.raises(PlainError, match="no SVG"):
            sanitise(svg)
    paper = dataclasses.replace(committee_update(), sections=(Section("S", (Figure("<p/>", "C", "A"),)),))
    for form in ("html", "pdf", "docx"):
        with pytest.raises(PlainError, match="no SVG"):
            render(paper, form)


def test_a_picture_is_one_picture_with_one_name() -> None:
    """A drawing gives each of its marks a role and no name, which a screen reader would read out one by one."""
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" role="graphics-document" aria-label="its own" viewBox="0 0 9 9">'
        '<g role="graphics-object" aria-roledescription="group mark"><path role="graphics-symbol" d="M0 0h9"'
        ' aria-label="x: 1"/></g></svg>'
    )
    said = inline_svg(drawn, "Burglary fell.", prefix="a-")
    assert said.count("role=") == 1
    assert said.count("aria-") == 1
    assert 'role="img"' in said
    assert 'aria-label="Burglary fell."' in said
    assert 'd="M0 0h9"' in said
