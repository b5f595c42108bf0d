"""The template of 2017 in ../shared goes out to Word, 60 of its 78 rows are answered, and it comes back."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest
from docx.table import Table
from tests.assurance.template_samples import (
    blank_row_after,
    fill,
    make_order,
    match,
    open_word,
    read_back,
    reference_of,
    row_of,
    rows_of,
    save,
)

from bluelamp.assurance.facts import TemplateRow
from bluelamp.assurance.reading import read_template
from bluelamp.assurance.template_identity import Certainty
from bluelamp.assurance.template_matching import Match, Verdict, count_verdicts
from bluelamp.assurance.template_model import Layout, TemplateItem, TemplateOrder
from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.shared
CODES = {
    "issue_of_concern": "IOC",
    "area_for_improvement": "AFI",
    "cause_of_concern": "COC",
    "recommendation": "REC",
}


@pytest.fixture(scope="module")
def order(shared: Path) -> TemplateOrder:
    path = next((shared / "seeds").glob("001*.txt"))
    rows = read_template(whole(read_bytes(path.read_bytes(), file_name=path.name))).facts
    items = tuple(
        TemplateItem(
            reference=f"NTS-2017-{CODES[row.section]}-{int(row.ref):02d}",
            section=row.section,
            source_number=row.ref,
            page_ref=row.page_ref,
            words=row.text,
        )
        for row in rows
        if isinstance(row, TemplateRow)
    )
    return make_order(items)


def answer_of(reference: str) -> str:
    return f"What was done about {reference} is written here, and it was tested in May."


def right(matches: tuple[Match, ...], answered: list[str]) -> list[str]:
    """Those whose answer came back to them, and to nothing else."""
    wanted = {reference: answer_of(reference) for reference in answered}
    return [
        each.reference
        for each in matches
        if each.has_answer
        and each.verdict is not Verdict.CONFLICT
        and wanted.get(each.reference) == " ".join(each.answer.action.split())
    ]


def wrong(matches: tuple[Match, ...]) -> list[Match]:
    """Answers that were brought to an item they do not name."""
    return [
        each
        for each in matches
        if each.has_answer and answer_of(each.reference) != " ".join(each.answer.action.split())
    ]


def test_what_goes_out_is_read_as_the_template_it_came_from(order: TemplateOrder) -> None:
    from bluelamp.assurance.template_word import make_word

    document = read_bytes(make_word(order, b"key"), file_name="out.docx")
    rows = [row for row in read_template(whole(document)).facts if isinstance(row, TemplateRow)]
    known = [(item.section, item.page_ref, item.words) for item in order.items]
    assert [(row.section, row.page_ref, row.text) for row in rows] == known
    assert [row.ref for row in rows] == [item.source_number for item in order.items]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("layout", [Layout.ANNEX, Layout.FULL])
def test_sixty_answers_come_back_to_their_own_items(order: TemplateOrder, layout: Layout, seed: int) -> None:
    """Rows moved, split and reworded, one by one in their tables, as a person would."""
    order = make_order(order.items, layout)
    chance = random.Random(seed)
    answered = sorted(chance.sample([item.reference for item in order.items], 60))
    column = 3 if layout is Layout.ANNEX else 6
    document = open_word(order)
    fill(document, {reference: answer_of(reference) for reference in answered}, column)
    for reference in chance.sample(answered, 12):
        reword(document, reference, chance)
    for reference in chance.sample(answered, 8):
        split(document, reference, column)
    shuffle(document, chance)

    matches = match(read_back(save(document)), order)
    assert wrong(matches) == []
    assert sorted(right(matches, answered)) == answered
    counts = count_verdicts(matches)
    assert counts["certain"] == 60
    assert counts["unchanged"] == 18
    assert counts["missing"] == counts["conflict"] == counts["new"] == 0


def test_sixty_answers_come_back_without_a_single_mark(order: TemplateOrder) -> None:
    """Copied as plain words into another document: number, page and words are all there is."""
    chance = random.Random(7)
    answered = sorted(chance.sample([item.reference for item in order.items], 60))
    document = open_word(order)
    fill(document, {reference: answer_of(reference) for reference in answered})
    for row in rows_of(document):
        row.cells[0].text = row.cells[0].text.split("\n")[0]
    shuffle(document, chance)
    matches = match(read_back(save(document)), order)
    assert wrong(matches) == []
    assert sorted(right(matches, answered)) == answered
    assert {each.certainty for each in matches if each.has_answer} <= {Certainty.CERTAIN, Certainty.LIKELY}


def reword(document: object, reference: str, chance: random.Random) -> None:
    """A tenth of the words, and no fewer than one, are dropped or written otherwise."""
    cell = row_of(document, reference)[1].cells[2]  # type: ignore[arg-type]
    words = cell.text.split()
    for at in sorted(chance.sample(range(len(words)), max(1, len(words) // 10)), reverse=True):
        words[at : at + 1] = chance.choice([[], ["other"], [words[at], "also"]])
    cell.text = " ".join(words)


def split(document: object, reference: str, column: int) -> None:
    """A new row under it takes the second half of the words and of the answer."""
    row = row_of(document, reference)[1]  # type: ignore[arg-type]
    if not row.cells[column].text:
        return
    added = blank_row_after(row)
    for at in (2, column):
        words = row.cells[at].text.split()
        row.cells[at].text = " ".join(words[: len(words) // 2])
        added.cells[at].text = " ".join(words[len(words) // 2 :])


def shuffle(document: object, chance: random.Random) -> None:
    """Rows change places in their table, and five of the second table go to the end of the first."""
    first, second = document.tables[:2]  # type: ignore[attr-defined]
    for table in document.tables:  # type: ignore[attr-defined]
        groups = groups_of(table)
        chance.shuffle(groups)
        for group in groups:
            for row in group:
                table._tbl.append(row)
    for group in groups_of(second)[-5:]:
        for row in group:
            first._tbl.append(copy.deepcopy(row))
            second._tbl.remove(row)


def groups_of(table: Table) -> list[list[object]]:
    """The rows below the head; one without a reference moves with the row that it was split from."""
    groups: list[list[object]] = []
    for row in table.rows[1:]:
        if reference_of(row) or row.cells[0].text or not groups:
            groups.append([row._tr])
        else:
            groups[-1].append(row._tr)
    return groups
