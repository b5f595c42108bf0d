"""Is what must be read with a passage found: a list's opening, a note's sentence, the figure that is meant?"""

from __future__ import annotations

import pytest
from tests.documents.readers.office_examples import W, edit_part, rewrite, word_with_body
from tests.inspections.reading.about_reports import mentions_in, read_mentions

from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Mention

FOOTNOTES = (
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"'
)
REPORT = "# Out of hours\n\nAn inspection by HMICFRS\n\n## Nights\n\n"


def only(text: str, nature: str = "") -> Mention:
    (found,) = [each for each in mentions_in(REPORT + text) if nature in ("", each.nature)]
    return found


def test_a_name_in_a_list_is_read_with_the_lists_opening() -> None:
    found = only("Three forces had no plan:\n\n- Elmshire Police\n- Calder Vale Police\n- North Oxley\n")
    assert found.text == "Three forces had no plan: Calder Vale Police"
    assert found.listed_with == ("ELM", "NOX")
    assert [citation.line for citation in found.citations] == [7, 10]


def test_a_sentence_in_a_list_stands_by_itself() -> None:
    found = only("We saw this:\n\n- Calder Vale Police has no plan for the night.\n- Elmshire has one.\n")
    assert found.text == "Calder Vale Police has no plan for the night."
    assert len(found.citations) == 1


def test_a_list_of_those_who_gave_no_data_is_an_exclusion_of_each() -> None:
    found = only("The following forces could not provide this data:\n\n- Calder Vale\n- Elmshire\n")
    assert (found.nature, found.listed_with) == ("exclusion", ("ELM",))


def test_a_sentence_that_lists_is_read_with_the_one_before_in_one_citation() -> None:
    found = only("Two forces could not provide data on parrots. These were Calder Vale and Elmshire.\n")
    assert (found.nature, found.subject) == ("exclusion", "data on parrots")
    assert found.text.startswith("Two forces could not")
    (citation,) = found.citations
    assert citation.quote == found.text


def test_a_list_of_forces_between_semicolons_is_one_clause() -> None:
    assert only("No data was provided by: Elmshire; Calder Vale; and North Oxley.\n").nature == "exclusion"


@pytest.mark.parametrize("sign", ["¹", "[^1]", "1"])
def test_a_footnote_belongs_to_the_sentence_with_its_sign(sign: str) -> None:
    text = (
        f"# Out of hours\n\nHMICFRS\n\n## Nights\n\nEleven forces could not say how many calls they lost.{sign}"
        " Others could.\n\n## Days\n\nDays are easy.\n\n"
        + {"¹": "¹ ", "[^1]": "[^1]: ", "1": "1 "}[sign]
        + "Calder Vale and Elmshire among them.\n"
    )
    found = [each for each in mentions_in(text) if each.nature == "exclusion"]
    assert [each.section for each in found] == ["Nights"]
    assert found[0].text.startswith("Eleven forces could not say how many calls they lost. Calder Vale")
    assert found[0].subject == "how many calls they lost"


def test_a_footnote_that_only_refers_elsewhere_is_no_mention() -> None:
    text = (
        "Calls are lost.[^1]\n\n[^1]: Calder Vale Police, *Calls policy*, 2025. Available from www.example.org.\n"
    )
    assert mentions_in(REPORT + text) == []


def test_a_note_under_a_figure_speaks_of_it() -> None:
    text = "Figure 4: Calls lost, by force, 2025\n\nNote: Calder Vale is not shown.\n\nCallers wait.\n"
    found = only(text)
    assert (found.nature, found.subject, found.number) == ("exclusion", "Calls lost, by force, 2025", "4")


def test_this_graph_is_the_figure_nearest_above_and_a_numbered_one_is_found_anywhere() -> None:
    text = (
        "Figure 4: Calls lost, by force\n\nFigure 5: Calls answered, by force\n\nCallers wait a long time for a"
        " person to answer them in most of the forces that we saw.\n\nCalder Vale is excluded from this graph.\n\n"
        "Calder Vale was also left out of figure 4.\n"
    )
    found = [each for each in mentions_in(REPORT + text) if each.nature == "exclusion"]
    assert [(each.number, each.subject) for each in found] == [
        ("5", "Calls answered, by force"),
        ("4", "Calls lost, by force"),
    ]


def test_a_sentence_that_reads_a_figure_and_a_caption_that_names_the_force_are_figures() -> None:
    text = (
        "Figure 4: Calls lost, most in Calder Vale\n\nFigure 4 shows that Calder Vale lost one call in nine.\n\n"
        "Calder Vale lost more than Elmshire.\n"
    )
    found = mentions_in(REPORT + text)
    assert [each.nature for each in found] == ["figure", "figure", "sentence"]


def test_a_value_in_a_line_under_its_figure_is_a_figure_and_a_bare_name_is_not() -> None:
    text = "Figure 4: Calls lost\n\nCalder Vale 24%\n\nElmshire\n\nFigure 5: Calls, by force\n\nCalder Vale\n"
    found = only(text)
    assert (found.nature, found.text, found.subject) == ("figure", "Calder Vale 24%", "Calls lost")


def test_the_same_remark_under_two_figures_is_two() -> None:
    remark = "Note: Calder Vale could not provide this data.\n\n"
    text = f"Figure 4: Calls lost\n\n{remark}Figure 5: Calls answered\n\n{remark}"
    assert [each.number for each in mentions_in(REPORT + text)] == ["4", "5"]


def test_the_same_sentence_in_two_places_is_one() -> None:
    said = "Calder Vale Police lost one call in nine.\n\n"
    found = only(f"{said}## Days\n\nIt rings. {said}")
    assert [citation.line for citation in found.citations] == [7, 11]
    assert found.section == "Nights"


def test_under_a_forces_name_the_force_is_that_force() -> None:
    text = "## Case study: Calder Vale Police\n\nThe force has a van.\n\nIt rusts.\n\n## Elmshire\n\nThe force.\n"
    found = only(text)
    assert (found.text, found.named_as) == ("The force has a van.", "Calder Vale Police")
    assert [citation.quote for citation in found.citations] == [
        "The force has a van.",
        "Case study: Calder Vale Police",
    ]


def test_a_whole_report_under_a_forces_name_is_not_all_of_it_mentions() -> None:
    text = "# Calder Vale Police\n\nHMICFRS\n\n" + "The force has a van.\n\nIt is slow.\n\n" * 40
    assert mentions_in(text) == []


def test_names_alone_in_a_drawing_are_nothing() -> None:
    assert mentions_in(REPORT + "Elmshire Calder Vale North Oxley\n") == []


def test_a_picture_credit_is_no_mention() -> None:
    assert mentions_in(REPORT + "Photograph: Calder Vale Police\n\n© Calder Vale Police\n") == []


def test_a_row_a_column_and_a_cell_of_prose() -> None:
    text = (
        "Table 1: Calls\n\n| Force | Calls | Lost (%) |\n|---|---|---|\n| Elmshire | 12 | 1.5 |\n"
        "| Calder Vale | 1,200 | 9.5 |\n\nMore follows.\n\n| Measure | Elmshire | Calder Vale |\n|---|---|---|\n"
        "| Calls | 12 | 1,200 |\n| Lost | 1 | No data supplied |\n"
    )
    row, column = mentions_in(REPORT + text)
    assert [(value.name, value.value.printed) for value in row.columns] == [
        ("Calls", "1,200"),
        ("Lost (%)", "9.5"),
    ]
    assert row.columns[1].value.unit == "percent"
    assert (row.subject, row.number, row.nature) == ("Calls", "1", "table_row")
    assert [value.name for value in column.columns] == ["Calls", "Lost"]


def test_a_row_that_says_in_words_that_nothing_was_given_is_an_exclusion() -> None:
    text = (
        "| Force | 2024 | 2025 |\n|---|---|---|\n| Elmshire | 1 | 2 |\n| Calder Vale | No data | Not supplied |\n"
    )
    found = only(text)
    assert (found.nature, len(found.columns)) == ("exclusion", 2)


def test_a_caption_below_its_table_is_the_tables() -> None:
    rows = "| Force | Calls |\n|---|---|\n| Elmshire | 1 |\n| Calder Vale | 2 |\n\n"
    assert only(f"{rows}Table 3: Calls by force\n\nMore follows.\n").subject == "Calls by force"
    assert only(f"{rows}Table 3: Days\n\n| Day | Calls |\n|---|---|\n| Monday | 1 |\n").subject != "Days"


def test_a_document_that_names_no_force_says_nothing_of_one() -> None:
    assert mentions_in("Nothing here.\n") == []
    assert mentions_in(".\n") == []


def test_a_footnote_in_word_belongs_to_its_paragraph() -> None:
    """Word keeps a note apart from the words, without a sign in them."""
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>Elmshire and Calder Vale.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    body = (
        "<w:p><w:r><w:t>Route A2, which is long.</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Two forces could not provide data on parrots.</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t> Parrots are loud.</w:t></w:r></w:p>"
    )
    data = edit_part(
        rewrite(word_with_body(body), {"word/footnotes.xml": notes.encode()}),
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace("</Relationships>", f'<Relationship Id="rFoot" {FOOTNOTES}/></Relationships>'),
    )
    (found,) = read_mentions(read_bytes(data, file_name="report.docx"))
    assert found.text == "Two forces could not provide data on parrots. Elmshire and Calder Vale."
    assert (found.nature, found.subject, found.listed_with) == ("exclusion", "data on parrots", ("ELM",))


def test_columns_that_are_lists_are_read_down_and_not_across() -> None:
    text = "| Did not return data | Did |\n|---|---|\n| Elmshire | North Oxley |\n| Calder Vale | South Oxley |\n"
    found = only(text)
    assert (found.nature, found.text) == ("exclusion", "Did not return data Calder Vale")
    assert (found.listed_with, found.columns) == (("ELM",), ())


def test_a_label_over_a_list_of_forces_is_read_with_it() -> None:
    found = only("Good: Elmshire, Calder Vale\n\nInadequate: North Oxley\n")
    assert (found.text, found.listed_with) == ("Good: Elmshire, Calder Vale", ("ELM",))


def test_a_figures_caption_ends_with_the_heading_after_it() -> None:
    text = "Figure 1: Calls\n\n## Days\n\n| Force | Calls |\n|---|---|\n| Elmshire | 1 |\n| Calder Vale | 2 |\n"
    assert only(text).subject == "Days"
