"""However rows are moved, split and reworded: an answer comes to its own item or to a person, never to another."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.assurance.template_samples import KEY, MADE, TODAY, make_items

from bluelamp.assurance.template_answers import NOTHING, GivenAnswer
from bluelamp.assurance.template_history import CurrentItem
from bluelamp.assurance.template_identity import Certainty
from bluelamp.assurance.template_mark import make_mark
from bluelamp.assurance.template_matching import Match, Sent, Verdict, match_return
from bluelamp.assurance.template_model import TemplateItem
from bluelamp.assurance.template_return import ReturnedRow, ReturnedTemplate

_WORDS = (
    "force officers victims crime record assess visit control room domestic child risk partner share data "
    "plan review supervise evidence device delay backlog train guidance audit neighbourhood community survey "
    "pattern offender warrant suspect custody missing stalking harassment referral conference hub analyst "
    "profile gang threat harm capacity demand call grade response appointment secure scene statement board "
    "standard national regional unit team skill gap vacancy rota welfare leader culture complaint conduct "
    "property store"
)
VOCABULARY = _WORDS.split()
LINKS = ("the", "does not", "too often", "in some areas", "and", "rarely", "without", "because of", "when", "for")


def make_words(chance: random.Random) -> str:
    """A sentence about policing, of 12 to 40 words."""
    words = []
    for _ in range(chance.randint(6, 20)):
        words += [chance.choice(LINKS), chance.choice(VOCABULARY)]
    return " ".join(words).capitalize() + "."


@dataclass(frozen=True)
class Case:
    items: tuple[TemplateItem, ...]
    chance: random.Random


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Some items are nearly the same as another, as in the public template of 2017."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    words = [make_words(chance) for _ in range(draw(st.integers(3, 14)))]
    for at in range(0, len(words) - 1, 5):
        if draw(st.booleans()):
            words[at + 1] = change(words[at], chance, 0.06)
    return Case(make_items(tuple(words)), chance)


def change(words: str, chance: random.Random, share: float) -> str:
    said = words.split()
    for at in sorted(chance.sample(range(len(said)), max(1, int(len(said) * share))), reverse=True):
        said[at : at + 1] = chance.choice([[], [chance.choice(VOCABULARY)], [said[at], chance.choice(LINKS)]])
    return " ".join(said)


def answer_of(item: TemplateItem, part: str = "") -> GivenAnswer:
    return GivenAnswer(action=f"This was done about {item.reference}, tested in May and told to the board{part}.")


def row_of(item: TemplateItem, **more: object) -> ReturnedRow:
    row = ReturnedRow(
        place="row",
        table=0,
        order=0,
        marks=(make_mark(item, "0000000000", KEY),),
        reference=item.reference,
        number=item.source_number,
        page_ref=item.page_ref,
        section=item.section,
        words=item.all_words,
        answer=answer_of(item),
    )
    return replace(row, **more)  # type: ignore[arg-type]


def give_back(case: Case, rows: list[ReturnedRow], *, known: bool = True) -> tuple[Match, ...]:
    numbered = tuple(replace(row, order=at, place=f"row {at + 1}") for at, row in enumerate(rows))
    sent = Sent(items=case.items, made=MADE) if known else None
    current = [CurrentItem(item=item) for item in case.items]
    return match_return(ReturnedTemplate(rows=numbered, templates=()), sent, current, today=TODAY)


def check_nothing_is_wrong(matches: tuple[Match, ...]) -> None:
    for match in matches:
        if match.item is not None and not match.answer.is_empty:
            for line in match.answer.action.split("\n"):
                assert match.reference in line, f"{match.reference} was given: {line} ({match.reason})"


@settings(max_examples=150, deadline=None)
@given(cases(), st.floats(0, 0.2))
def test_marked_rows_shuffled_and_reworded_all_come_home(case: Case, share: float) -> None:
    rows = [row_of(item, words=change(item.words, case.chance, share)) for item in case.items]
    case.chance.shuffle(rows)
    matches = give_back(case, rows)
    check_nothing_is_wrong(matches)
    taken = {match.reference for match in matches if match.has_answer and match.certainty is not Certainty.UNSURE}
    # A row may be reworded into the very words of an item it nearly repeats; that goes to a person.
    conflicts = {rival for match in matches if match.verdict is Verdict.CONFLICT for rival in match.rivals}
    assert taken | conflicts >= {item.reference for item in case.items}
    assert len(conflicts) <= 2 * (len(case.items) // 5 + 1)


@settings(max_examples=150, deadline=None)
@given(
    cases(), st.lists(st.sampled_from(["mark", "reference", "number", "page_ref"]), max_size=4), st.floats(0, 0.3)
)
def test_whatever_is_lost_no_answer_goes_to_another(case: Case, lost: list[str], share: float) -> None:
    rows = []
    for item in case.items:
        row = row_of(
            item, words=change(item.words, case.chance, share) if case.chance.random() < 0.5 else item.words
        )
        for name in lost:
            row = replace(row, marks=()) if name == "mark" else replace(row, **{name: ""})
        rows.append(row)
    case.chance.shuffle(rows)
    check_nothing_is_wrong(give_back(case, rows))
    check_nothing_is_wrong(give_back(case, rows, known=False))


@settings(max_examples=150, deadline=None)
@given(cases())
def test_rows_split_in_two_come_back_as_one_answer(case: Case) -> None:
    rows: list[list[ReturnedRow]] = []
    halved = set()
    for item in case.items:
        if case.chance.random() < 0.5 or len(item.words) < 60:
            rows.append([row_of(item)])
            continue
        halved.add(item.reference)
        words = item.words.split()
        at = len(words) // 2
        first = row_of(item, words=" ".join(words[:at]), answer=answer_of(item, " first"))
        rest = ReturnedRow(
            place="",
            table=0,
            order=0,
            section=item.section,
            words=case.chance.choice([" ".join(words[at:]), ""]),
            answer=answer_of(item, " then"),
        )
        first = first if rest.words else replace(first, words=item.words)
        rows.append([first, rest])
    case.chance.shuffle(rows)
    matches = give_back(case, [row for group in rows for row in group])
    check_nothing_is_wrong(matches)
    whole = {match.reference for match in matches if len(match.answer.action.split("\n")) == 2}
    conflicts = {rival for match in matches if match.verdict is Verdict.CONFLICT for rival in match.rivals}
    assert whole | conflicts >= halved


@settings(max_examples=100, deadline=None)
@given(cases())
def test_marks_that_changed_places_are_conflicts(case: Case) -> None:
    """Sorted by one column alone: each mark stands beside another item's words. (Of twins, the mark decides.)"""
    assume(len({item.words for item in case.items}) == len(case.items))
    marks = [make_mark(item, "0000000000", KEY) for item in case.items]
    rows = [
        row_of(item, marks=(mark,), reference="", number="", page_ref="")
        for item, mark in zip(case.items, [*marks[1:], marks[0]], strict=True)
    ]
    matches = give_back(case, rows)
    check_nothing_is_wrong(matches)
    assert not [match for match in matches if match.can_be_taken]


@settings(max_examples=100, deadline=None)
@given(cases(), st.booleans())
def test_every_row_and_every_item_is_accounted_for_once(case: Case, with_new: bool) -> None:
    rows = [row_of(item) for item in case.items if case.chance.random() < 0.8]
    rows += [row_of(item) for item in case.items if case.chance.random() < 0.2]
    if with_new:
        words = "A point that nobody has sent and that is about horses, boats and the weather in the hills."
        rows.append(ReturnedRow(place="", table=0, order=0, words=words, answer=GivenAnswer(action="Done.")))
    case.chance.shuffle(rows)
    matches = give_back(case, rows)
    assert sum(len(match.rows) for match in matches) == len(rows)
    named = [match.reference for match in matches if match.verdict is not Verdict.DUPLICATE and match.reference]
    assert len(named) == len(set(named))
    rivals = {rival for match in matches for rival in match.rivals}
    assert set(named) | rivals == {item.reference for item in case.items}
    assert [match.verdict for match in matches].count(Verdict.NEW) == with_new


@settings(max_examples=100, deadline=None)
@given(cases())
def test_nothing_filled_in_is_nothing_taken(case: Case) -> None:
    matches = give_back(case, [row_of(item, answer=NOTHING) for item in case.items])
    assert {match.verdict for match in matches} == {Verdict.UNCHANGED}
