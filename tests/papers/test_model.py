"""What can't be a paper is refused where it is made, not where it is printed."""

from __future__ import annotations

import dataclasses

import pytest
from tests.papers.samples import AS_OF, CHART, committee_update

from bluelamp.papers.addresses import find_target
from bluelamp.papers.anchors import bookmark_of, read_anchor, tag_of
from bluelamp.papers.model import Cell, Column, Figure, Marking, Paper, Section, Table


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Table("T", (Column("A"), Column("B")), (("one",),))


def test_a_figure_has_alternative_text() -> None:
    with pytest.raises(ValueError, match="alternative"):
        Figure(CHART, "Caption", " ")


@pytest.mark.parametrize("anchor", ["a b", "é", "x" * 37, "a.b", "a_b"])
def test_an_anchor_is_what_a_bookmark_can_be(anchor: str) -> None:
    with pytest.raises(ValueError, match="anchor"):
        Cell("words", anchor=anchor)


def test_an_anchor_is_found_again_behind_its_names() -> None:
    anchor = "0b5f2d1e-7c3a-4f0e-9d6b-1a2b3c4d5e6f"
    assert Cell("words", anchor=anchor).anchor == anchor
    assert len(bookmark_of(anchor)) == 40
    assert read_anchor(bookmark_of(anchor)) == read_anchor(tag_of(anchor)) == anchor
    assert read_anchor("_Toc000001") == read_anchor("other:x") == ""


def test_headings_skip_no_level() -> None:
    sections = (Section("A"), Section("B", level=3))
    with pytest.raises(ValueError, match="skips a level"):
        Paper(title="T", kind="k", marking=Marking.OFFICIAL, as_of=AS_OF, sections=sections)


@pytest.mark.parametrize("changed", [{"title": " "}, {"kind": "Not A Slug"}, {"name": "../up"}])
def test_a_paper_has_a_title_and_a_name_that_can_be_a_file(changed: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"title|slug"):
        dataclasses.replace(committee_update(), **changed)


@pytest.mark.parametrize(
    ("address", "site", "target"),
    [
        ("https://example.org/a?b=1#c", "", "https://example.org/a?b=1#c"),
        ("mailto:a@b.example", "", "mailto:a@b.example"),
        ("/items/1", "https://desk.example/", "https://desk.example/items/1"),
        ("/items/1", "", ""),
        ("//evil.example", "https://desk.example", ""),
        ("/\\evil.example", "https://desk.example", ""),
        ("javascript:alert(1)", "https://desk.example", ""),
        ("data:text/html,x", "", ""),
        ("file:///etc/passwd", "", ""),
        ("https://a b", "", ""),
        ('https://a"onclick=x', "", ""),
        ("", "https://desk.example", ""),
    ],
)
def test_a_link_leads_only_where_nothing_acts(address: str, site: str, target: str) -> None:
    assert find_target(address, site) == target
