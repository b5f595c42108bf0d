"""How long do a template of 5,000 items and its return take, and do any answers come to another item?

Prints seconds for each format to write, to read back and to match, beside the same for 500 items; what becomes of
rows whose every mark and reference was lost, which are matched by words alone. Exits 1 where an answer comes to
another item, or where ten times the items take more than twenty times as long to match.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace

from tests.assurance.template_samples import CHOICES, KEY, make_items, make_order, match
from tests.assurance.test_template_matching_properties import make_words

from bluelamp.assurance.template_answers import GivenAnswer
from bluelamp.assurance.template_excel import make_excel
from bluelamp.assurance.template_model import TemplateOrder
from bluelamp.assurance.template_return import ReturnedTemplate, read_return
from bluelamp.assurance.template_word import make_word
from bluelamp.documents.readers.forms import read_form_bytes

MAKERS = {"docx": make_word, "xlsx": make_excel}
MOST_TIMES = 20.0
LOST = 300  # rows that are matched by words alone


def main() -> None:
    matching = {number: _go_out_and_back(number) for number in (500, 5_000)}
    times = matching[5_000] / max(matching[500], 0.01)
    print(f"templates: ten times the items take {times:.0f} times as long to match")
    wrong = _match_by_words(5_000)
    if wrong:
        sys.exit(f"templates: {wrong} answers came to another item")
    if times > MOST_TIMES:
        sys.exit(f"templates: over {MOST_TIMES:.0f} times")


def _make(number: int) -> TemplateOrder:
    chance = random.Random(7)
    return make_order(make_items(tuple(make_words(chance) for _ in range(number))))


def _go_out_and_back(number: int) -> float:
    order = _make(number)
    matching = 0.0
    for form, make in MAKERS.items():
        begun = time.perf_counter()
        data = make(order, KEY)
        written = time.perf_counter()
        returned = read_return(read_form_bytes(data, file_name=f"back.{form}"), CHOICES, KEY)
        read = time.perf_counter()
        match(returned, order)
        matching = max(matching, time.perf_counter() - read)
        told = f"written in {written - begun:.2f} s, read in {read - written:.2f} s"
        print(f"templates: {number:5} items as {form}: {told}, {len(data) / 1024:.0f} KB")
    print(f"templates: {number:5} items matched in {matching:.2f} s")
    return matching


def _match_by_words(number: int) -> int:
    order = _make(number)
    returned = read_return(read_form_bytes(make_excel(order, KEY), file_name="back.xlsx"), CHOICES, KEY)
    chance = random.Random(3)
    rows = []
    for at, row in enumerate(chance.sample(returned.rows, LOST)):
        words = row.words.split()
        words[chance.randrange(len(words))] = "otherwise"
        answer = GivenAnswer(action=f"About {row.reference}.")
        lost = {"marks": (), "reference": "", "number": "", "page_ref": ""}
        rows.append(replace(row, **lost, words=" ".join(words), answer=answer, order=at, place=f"row {at}"))
    begun = time.perf_counter()
    matches = match(ReturnedTemplate(rows=tuple(rows), templates=()), order)
    seconds = time.perf_counter() - begun
    found = [each for each in matches if each.item is not None and not each.answer.is_empty]
    wrong = [each for each in found if each.reference not in each.answer.action]
    print(f"templates: {len(found)} of {LOST} reworded rows without marks came home in {seconds:.1f} s")
    return len(wrong)
