"""Are titles over several lines, words cut at a line's end and rows cut by a page put together, and no more?"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pdf_examples as examples
import pytest

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document
from bluelamp.documents.readers.pdf import read

PAGE = """#set page(paper: "a4", margin: 2.4cm)
#set text(font: "Liberation Sans", size: 11pt)
#set par(leading: 0.62em, spacing: 1em)
"""
TITLE = (
    "The force should make sure that supervisors review the plans of repeat callers and record their reasons, so "
    "that the quality of its service can be assessed each month"
)
PROSE = (
    "Supervisors told us that they review plans when they find the time. In our audit most files held a plan, and "
    "a few held the reason for it. The force knows this and has asked its analysts to look at each case."
)


def read_bytes(data: bytes) -> Document:
    return read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="example.pdf")


def read_typst(source: str) -> list[tuple[str, str]]:
    return shown(read_bytes(examples.make_pdf(PAGE + source)))


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in document.blocks]


@pytest.mark.parametrize("space", ["0.7em", "1.1em"])
def test_a_bold_title_over_two_lines_is_one_heading_and_the_paragraph_another_block(space: str) -> None:
    source = f"#set par(spacing: {space})\n{PROSE}\n\n*{TITLE}*\n\n{PROSE}\n\n*{TITLE}*\n\n{PROSE}"
    assert read_typst(source) == [
        ("paragraph", PROSE),
        ("heading", TITLE),
        ("paragraph", PROSE),
        ("heading", TITLE),
        ("paragraph", PROSE),
    ]


def test_a_paragraph_in_bold_with_two_sentences_is_not_cut_at_the_second() -> None:
    said = (
        "The force should improve how it reviews the use of its powers, as the law asks it to do. It should "
        "tell its officers what the panels of residents found and what it means for the way that they are to "
        "record their grounds"
    )
    assert read_typst(f"{PROSE}\n\n*{said}.*\n\n{PROSE}")[1] == ("paragraph", f"{said}.")


def test_two_short_titles_below_each_other_are_two() -> None:
    source = f"{PROSE}\n\n*Category 1 (registered)*\n\n*Category 2 (violent)*\n\n{PROSE}"
    assert [kind for kind, _ in read_typst(source)] == ["paragraph", "heading", "heading", "paragraph"]


def test_a_title_goes_on_at_the_top_of_the_next_page() -> None:
    title = "The force answers most of its calls in time and it understands why callers hang up"
    first, rest = title[:50], title[51:]
    source = f"{PROSE}\n#v(1fr)\n*{first}*\n#pagebreak()\n*{rest}*\n\n{PROSE}"
    assert read_typst(source) == [("paragraph", PROSE), ("heading", title), ("paragraph", PROSE)]


def test_a_word_cut_in_a_title_whose_rest_is_the_whole_second_line() -> None:
    source = "#set text(hyphenate: true)\nThe workforce\n\n"
    source += "#block(width: 7cm)[#text(16pt)[*Supporting the workforce*]]"
    for width in ("4.4cm", "4.7cm", "5cm", "5.3cm"):
        found = read_typst(source.replace("7cm", width))
        assert found[-1] == ("heading", "Supporting the workforce")


def test_letters_each_placed_by_itself_are_words(tmp_path: Path) -> None:
    """Chromium does so at 11pt, and cuts "problem-solving" after its hyphen: it is still one word."""
    chromium = Path("/usr/bin/chromium")
    if not chromium.exists():
        pytest.skip("Chromium is absent: apt-get install chromium")
    said = [f"We saw {'very ' * n}good plans of problem-solving. The force shared them." for n in range(12)]
    paragraphs = "".join(f"<p>{words}</p>" for words in said)
    html = "<meta charset=utf-8><style>@page{size:A4} body{font:11pt/1.35 Liberation Sans;width:210pt}</style>"
    document = read_bytes(examples.print_with_chromium(chromium, html + paragraphs, tmp_path))
    assert [text for _, text in shown(document)] == said


def test_the_last_row_of_a_ruled_table_alone_on_its_page(tmp_path: Path) -> None:
    chromium = Path("/usr/bin/chromium")
    if not chromium.exists():
        pytest.skip("Chromium is absent: apt-get install chromium")
    rows = "".join(f"<tr><td>T{i}<td>term of the list</tr>" for i in range(1, 5))
    html = f"""<meta charset=utf-8><style>@page{{size:A4;margin:2cm}} body{{font:11pt Arial}}
table{{border-collapse:collapse}} td{{border:1px solid #888;padding:3px}}
tr:last-child{{break-before:page}}</style>
<p>Words before.</p><table>{rows}</table><p>Words after.</p>"""
    document = read_bytes(examples.print_with_chromium(chromium, html, tmp_path))
    (table,) = (block for block in document.blocks if block.kind is BlockKind.TABLE)
    assert [row.text_at(0) for row in table.rows] == ["T1", "T2", "T3", "T4"]


def test_a_paper_of_single_lines_keeps_its_paragraphs_apart() -> None:
    """Nothing shows its leading: the distance of its paragraphs must not be taken for it."""
    lines = [
        "Crime inspection 2014",
        "Calder Vale Police",
        "November 2014",
        "How well does it reduce crime?",
        "Good",
    ]
    assert [text for _, text in read_typst("\n\n".join(lines))] == lines


def test_the_short_last_line_of_an_item_in_a_short_paper_is_its_own() -> None:
    item = "The force should make better use of what its partners know when it plans how to prevent the harm"
    source = "#set par(leading: 0.85em)\nGood\n\nWhat we found\n\n" + "\n\n".join(
        f"Question {n}\n\n- {item} in towns." for n in range(2)
    )
    found = read_typst(source)
    assert [text for kind, text in found if kind == "list_item"] == [f"{item} in towns."] * 2


# -- tables in smaller letters -----------------------------------------------------------------------------------

SMALL_TABLE = "#table(columns: 5, " + ", ".join(
    f"text(size: 9pt)[Kennel of the {name} district {n}]" for name in ("north", "south", "east") for n in range(15)
)  # fmt: skip
LARGE_TITLE = "#text(size: 14pt)[Counts of dogs]"


def test_sentences_above_a_long_table_in_smaller_letters_are_no_titles() -> None:
    source = (
        f"{LARGE_TITLE}\n\nDated 3 May 2031.\n\n{PROSE}\n\n{SMALL_TABLE})\n\nThe dogs were counted again in June."
    )
    found = read_typst(source)
    assert [(kind, words) for kind, words in found if kind != "table"] == [
        ("heading", "Counts of dogs"),
        ("paragraph", "Dated 3 May 2031."),
        ("paragraph", PROSE),
        ("paragraph", "The dogs were counted again in June."),
    ]


def test_a_title_over_prose_in_small_letters_is_one() -> None:
    source = f"#set text(size: 9pt)\n#text(size: 11pt)[Counts of dogs]\n\n{PROSE} {PROSE}\n\n{SMALL_TABLE})"
    assert read_typst(source)[0] == ("heading", "Counts of dogs")
