"""Which number has a paragraph, and on which pages does a table stand?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.papers.samples import AS_OF, committee_update, every_block, sixty_pages

from bluelamp.papers.columns import TURNED, UPRIGHT, break_long, find_widths, fit, is_wide, measure
from bluelamp.papers.model import Block, Column, Figure, Marking, Number, Paper, Paragraph, Section, Table
from bluelamp.papers.outline import flow, is_long, place


def paper_of(*sections: Section, **changes: object) -> Paper:
    return Paper(title="T", kind="k", marking=Marking.OFFICIAL, as_of=AS_OF, sections=sections, **changes)  # type: ignore[arg-type]


def numbered(words: str) -> Paragraph:
    return Paragraph(words, numbered=True)


WIDE = Table("Wide", tuple(Column(f"Heading{nth}") for nth in range(9)), (("several words here",) * 9,))
NARROW = Table("Narrow", (Column("A"), Column("B", numeric=True)), (("one", Number(1, "1")),))


def test_paragraphs_count_within_their_chapter_over_its_subsections() -> None:
    placed = place(
        paper_of(
            Section("Plain", (Paragraph("no number"),)),
            Section("One", (numbered("a"), Paragraph("between"), numbered("b"))),
            Section("Below", (numbered("c"),), level=2),
            Section("Appendix", (NARROW,)),
            Section("Two", ()),
            Section("Below", (numbered("d"),), level=2),
        )
    )
    assert [section.heading.number for section in placed] == ["", "1", "", "", "2", ""]
    blocks = [block.number for section in placed for block in section.blocks]
    assert blocks == ["", "1.1", "", "1.2", "1.3", "", "2.1"]


def test_tables_have_numbers_only_where_there_are_several() -> None:
    assert place(paper_of(Section("S", (NARROW,))))[0].blocks[0].number == ""
    placed = [each for each in flow(committee_update()) if isinstance(each.block, Table | Figure)]
    assert [each.number for each in placed] == ["Table 1", "Figure 1", "Table 3", "Table 4", "Table 5"]
    assert placed[1].behind == "Table 2"


def test_what_was_left_out_is_the_last_section() -> None:
    last = place(committee_update())[-1].section
    assert last.heading == "About this paper"
    assert not place(paper_of(Section("S")))[-1].section.heading.startswith("About")


def turns(*blocks: Block) -> list[bool]:
    return [each.landscape for each in flow(paper_of(Section("S", blocks)))]


def test_a_page_is_turned_for_the_table_that_needs_it_and_what_leads_to_it() -> None:
    words = Paragraph("words")
    assert is_wide(WIDE)
    assert not is_wide(NARROW)
    assert turns(NARROW) == [False, False]
    assert turns(WIDE) == [True, True]
    assert turns(words, WIDE, words) == [True, True, True, False]
    assert turns(words, words, words, WIDE) == [False, False, False, False, True]
    assert turns(WIDE, words, WIDE) == [True, True, True, True]


def test_a_heading_over_a_turned_section_turns_with_it() -> None:
    placed = flow(paper_of(Section("Chapter"), Section("Below", (WIDE,), level=2)))
    assert [each.landscape for each in placed] == [True, True, True]


def test_a_paper_can_lie_on_its_side_as_a_whole() -> None:
    assert all(each.landscape for each in flow(paper_of(Section("S", (NARROW,)), landscape=True)))


def test_only_a_long_paper_has_contents() -> None:
    assert is_long(sixty_pages())
    assert not is_long(committee_update())


CELLS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=200)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), st.booleans())
def test_columns_fill_the_page_and_none_is_lost(rows: list[tuple[str, str, str]], landscape: bool) -> None:
    table = Table("T", (Column("One"), Column("Two", width=None), Column("Three", numeric=True)), tuple(rows))
    widths, size = fit(table, landscape=landscape)
    across = (TURNED if landscape else UPRIGHT) * 9.5 / size
    assert abs(sum(widths) - across) < 0.01
    assert all(width > 1.5 for width in widths)


def test_a_column_is_as_wide_as_its_longest_word_where_there_is_room() -> None:
    table = Table("T", (Column("A"), Column("B")), (("neighbourhoods", "many words " * 80),))
    first, _ = find_widths(table, across=UPRIGHT)
    assert first >= measure("neighbourhoods") + 1


def test_given_shares_are_kept() -> None:
    table = Table("T", (Column("A", width=1), Column("B", width=3)), (("a", "b"),))
    first, second = find_widths(table, across=42.2)
    assert abs((second - 1.1) / (first - 1.1) - 3) < 1e-9


def test_a_share_never_breaks_a_word_that_has_room_elsewhere() -> None:
    columns = (Column("Reference", width=1), Column("Said", width=20), Column("Late by"))
    table = Table("T", columns, (("CAL-2024-AFI-07", "short", "90 days"),))
    reference, said, late = find_widths(table, across=UPRIGHT)
    assert reference >= measure("CAL-2024-AFI-07") + 1.1
    assert late < measure("90 days") + 2
    assert said > 30


def test_shares_that_leave_no_room_are_only_wishes() -> None:
    table = Table("T", (Column("A", width=1), Column("B")), (("x" * 14, "many words " * 40),))
    assert abs(sum(find_widths(table, across=12)) - 12) < 1e-9


@given(st.text(max_size=300), st.floats(min_value=2, max_value=40))
def test_breaking_long_words_adds_nothing_that_shows(text: str, room: float) -> None:
    broken = break_long(text, room)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    pieces = broken.replace("\u200b", " ").split()
    assert all(measure(piece) <= room or len(piece) == 1 for piece in pieces)


def test_every_block_is_placed() -> None:
    paper = every_block()
    assert len(flow(paper)) == sum(1 + len(section.blocks) for section in paper.sections) + 2
