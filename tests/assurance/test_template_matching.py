"""What becomes of each kind of returned row: taken, left as it is, new, or a conflict with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.assurance.template_samples import KEY, MADE, TODAY, make_items

from bluelamp.assurance.template_answers import NOTHING, GivenAnswer
from bluelamp.assurance.template_history import CurrentItem
from bluelamp.assurance.template_identity import Certainty, How
from bluelamp.assurance.template_mark import make_mark
from bluelamp.assurance.template_matching import Match, Sent, Verdict, count_verdicts, match_return
from bluelamp.assurance.template_model import PastAnswer, TemplateItem
from bluelamp.assurance.template_return import ReturnedRow, ReturnedTemplate

ITEMS = make_items()
FIRST, SECOND, THIRD = ITEMS[:3]
DONE = GivenAnswer(action="A daily audit began in April and its results go to the board.")


def row_of(item: TemplateItem, **more: object) -> ReturnedRow:
    row = ReturnedRow(
        place="table 1, row 2",
        table=0,
        order=0,
        marks=(make_mark(item, "0000000000", KEY),),
        reference=item.reference,
        number=item.source_number,
        page_ref=item.page_ref,
        section=item.section,
        words=item.words,
        answer=DONE,
    )
    return replace(row, **more)  # type: ignore[arg-type]


def unmarked(item: TemplateItem, **more: object) -> ReturnedRow:
    return row_of(item, marks=(), reference="", **more)


def give(*rows: ReturnedRow, current: tuple[CurrentItem, ...] = (), known: bool = True) -> tuple[Match, ...]:
    """The matches of the rows; the items that are missing are left out."""
    numbered = tuple(replace(row, order=at, place=f"table 1, row {at + 2}") for at, row in enumerate(rows))
    now = {item.reference: CurrentItem(item=item) for item in ITEMS}
    now |= {each.item.reference: each for each in current}
    sent = Sent(items=ITEMS, made=MADE) if known else None
    found = match_return(ReturnedTemplate(rows=numbered, templates=()), sent, now.values(), today=TODAY)
    return tuple(match for match in found if match.verdict is not Verdict.MISSING)


def only(*rows: ReturnedRow, current: tuple[CurrentItem, ...] = (), known: bool = True) -> Match:
    (match,) = give(*rows, current=current, known=known)
    return match


def test_an_answer_with_its_mark_and_words_is_certain() -> None:
    match = only(row_of(FIRST))
    assert (match.verdict, match.certainty, match.how) == (Verdict.ANSWER, Certainty.CERTAIN, How.HIDDEN)
    assert match.reference == FIRST.reference
    assert match.can_be_taken


@pytest.mark.parametrize(
    ("row", "how", "certainty"),
    [
        (row_of(FIRST, marks=()), How.REFERENCE, Certainty.CERTAIN),
        (unmarked(FIRST), How.NUMBER_AND_PAGE, Certainty.CERTAIN),
        (unmarked(FIRST, page_ref=""), How.NUMBER_AND_PAGE, Certainty.CERTAIN),
        (unmarked(FIRST, number="", page_ref=""), How.WORDS, Certainty.CERTAIN),
        (unmarked(FIRST, words=""), How.NUMBER_AND_PAGE, Certainty.LIKELY),
        (row_of(FIRST, marks=(), words=""), How.REFERENCE, Certainty.LIKELY),
        (row_of(FIRST, words=""), How.HIDDEN, Certainty.CERTAIN),
        (unmarked(FIRST, words=FIRST.words.replace("always ", "")), How.NUMBER_AND_PAGE, Certainty.LIKELY),
        (
            unmarked(FIRST, number="", page_ref="", words=FIRST.words.replace("always ", "")),
            How.WORDS,
            Certainty.LIKELY,
        ),
    ],
)
def test_what_names_the_item_when_more_and_more_is_lost(row: ReturnedRow, how: How, certainty: Certainty) -> None:
    match = only(row)
    assert (match.reference, match.how, match.certainty) == (FIRST.reference, how, certainty)


def test_reworded_words_are_said_so_and_still_the_items() -> None:
    match = only(row_of(FIRST, words=FIRST.words.replace("does not always", "sometimes does not")))
    assert (match.verdict, match.reference) == (Verdict.REWORDED, FIRST.reference)
    assert match.can_be_taken
    assert "changed a little" in match.reason


def test_a_mark_beside_anothers_words_is_a_conflict_that_names_both() -> None:
    match = only(row_of(FIRST, words=SECOND.words, reference="", number="", page_ref=""))
    assert match.verdict is Verdict.CONFLICT
    assert set(match.rivals) == {FIRST.reference, SECOND.reference}
    assert match.item is None


def test_a_mark_beside_words_of_no_item_is_a_conflict() -> None:
    match = only(row_of(FIRST, words="Horses and boats are kept in the hills, whatever the weather may be there."))
    assert (match.verdict, match.rivals) == (Verdict.CONFLICT, (FIRST.reference,))


def test_an_edited_reference_that_is_anothers_is_a_conflict() -> None:
    match = only(row_of(FIRST, reference=SECOND.reference))
    assert (match.verdict, set(match.rivals)) == (Verdict.CONFLICT, {FIRST.reference, SECOND.reference})


def test_rows_numbered_anew_keep_their_items() -> None:
    match = only(row_of(FIRST, number=SECOND.source_number, reference=""))
    assert match.reference == FIRST.reference
    assert match.can_be_taken


def test_two_rows_put_into_one_carry_two_marks() -> None:
    marks = tuple(make_mark(item, "0000000000", KEY) for item in (FIRST, SECOND))
    match = only(row_of(FIRST, marks=marks))
    assert (match.verdict, match.rivals) == (Verdict.CONFLICT, (FIRST.reference, SECOND.reference))


def test_the_same_row_twice_with_different_answers_is_a_conflict_of_both() -> None:
    matches = give(row_of(FIRST), row_of(SECOND), row_of(FIRST, answer=GivenAnswer(action="Nothing was done.")))
    assert [match.verdict for match in matches] == [Verdict.CONFLICT, Verdict.ANSWER, Verdict.CONFLICT]
    assert "table 1, row 2 and table 1, row 4" in matches[0].reason


@pytest.mark.parametrize("second", [DONE, NOTHING])
def test_the_same_row_twice_with_one_answer_is_a_duplicate(second: GivenAnswer) -> None:
    matches = give(row_of(FIRST), row_of(SECOND), row_of(FIRST, answer=second))
    assert [match.verdict for match in matches] == [Verdict.ANSWER, Verdict.ANSWER, Verdict.DUPLICATE]


def test_an_answer_in_a_row_of_its_own_goes_on_with_the_one_above() -> None:
    further = ReturnedRow(place="", table=0, order=0, answer=GivenAnswer(action="It was tested in June."))
    matches = give(row_of(FIRST), further, row_of(SECOND))
    assert [match.reference for match in matches] == [FIRST.reference, SECOND.reference]
    assert matches[0].answer.action == f"{DONE.action}\nIt was tested in June."
    assert matches[0].can_be_taken


def test_an_answer_between_two_empty_points_goes_to_a_person() -> None:
    alone = ReturnedRow(place="", table=0, order=0, answer=DONE)
    first, second = give(row_of(FIRST, answer=NOTHING), alone, row_of(SECOND, answer=NOTHING))
    assert (first.verdict, first.certainty) == (Verdict.ANSWER, Certainty.LIKELY)
    assert "between two points" in first.reason
    assert second.verdict is Verdict.UNCHANGED


def test_an_answer_before_every_point_is_a_conflict() -> None:
    alone = ReturnedRow(place="", table=0, order=0, answer=DONE)
    first, second = give(alone, row_of(FIRST))
    assert (first.verdict, first.item) == (Verdict.CONFLICT, None)
    assert second.can_be_taken


def test_a_row_split_in_two_is_joined() -> None:
    words = FIRST.words.split()
    half = len(words) // 2
    first = row_of(FIRST, words=" ".join(words[:half]), answer=GivenAnswer(action="A daily audit began."))
    rest = ReturnedRow(
        place="",
        table=0,
        order=0,
        section=FIRST.section,
        words=" ".join(words[half:]),
        answer=GivenAnswer(action="It goes on."),
    )
    match = only(first, rest)
    assert match.answer.action == "A daily audit began.\nIt goes on."
    assert (match.reference, match.verdict, match.certainty) == (
        FIRST.reference,
        Verdict.ANSWER,
        Certainty.CERTAIN,
    )


def test_half_a_row_alone_is_for_a_person() -> None:
    match = only(row_of(FIRST, words=" ".join(FIRST.words.split()[:7])))
    assert (match.verdict, match.certainty) == (Verdict.ANSWER, Certainty.LIKELY)


def test_an_added_row_is_a_new_point() -> None:
    words = "Nobody has looked at how the horses are kept, and the stables stand open at night."
    matches = give(row_of(FIRST), ReturnedRow(place="", table=0, order=0, number="9", words=words, answer=DONE))
    assert [match.verdict for match in matches] == [Verdict.ANSWER, Verdict.NEW]
    assert not matches[1].can_be_taken


def test_what_was_sent_and_did_not_return_is_missing() -> None:
    returned = ReturnedTemplate(rows=(row_of(FIRST),), templates=())
    current = [CurrentItem(item=item) for item in ITEMS]
    matches = match_return(returned, Sent(items=ITEMS, made=MADE), current, today=TODAY)
    counts = count_verdicts(matches)
    assert (counts["answer"], counts["missing"], counts["certain"]) == (1, len(ITEMS) - 1, 1)


@pytest.mark.parametrize(
    "words", ["N/A", "n/a.", "TBC", "-", "none", "See above", "As above.", "ditto", "as per 2"]
)
def test_an_answer_that_says_nothing_by_itself_goes_to_a_person(words: str) -> None:
    match = only(row_of(FIRST, answer=GivenAnswer(action=words)))
    assert (match.verdict, match.certainty) == (Verdict.ANSWER, Certainty.LIKELY)
    assert match.answer.action == words
    assert words.rstrip(".") in match.reason


def test_an_answer_that_points_at_another_number_says_which_item() -> None:
    assert f"points at {SECOND.reference}" in only(row_of(FIRST, answer=GivenAnswer(action="see point 2"))).reason
    pointing = GivenAnswer(action=f"See {THIRD.reference}")
    assert f"points at {THIRD.reference}" in only(row_of(FIRST, answer=pointing)).reason


def test_a_long_answer_may_mention_another_point() -> None:
    words = "A daily audit began in April, as per 2 above, and its results go to the board every month."
    assert only(row_of(FIRST, answer=GivenAnswer(action=words))).can_be_taken


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"words": f"{FIRST.words} A daily audit began."}, "after the words of the report"),
        ({"page_ref": f"{FIRST.page_ref} A daily audit began."}, "in the column for pages"),
        ({"number": f"{FIRST.source_number} A daily audit began."}, "in the column for references"),
    ],
)
def test_an_answer_in_the_wrong_column_is_found_and_shown(changed: dict[str, str], where: str) -> None:
    match = only(row_of(FIRST, answer=NOTHING, **changed))
    assert match.answer.action.rstrip(".") == "A daily audit began"
    assert match.certainty is Certainty.LIKELY
    assert where in match.reason


def test_a_comment_is_kept_beside_an_empty_answer() -> None:
    match = only(row_of(FIRST, answer=NOTHING, notes=("Comment: A. Reader: ask the hub",)))
    assert match.verdict is Verdict.UNCHANGED
    assert match.notes == ("Comment: A. Reader: ask the hub",)
    assert "notes stand beside it" in match.reason


def answered(item: TemplateItem, words: str, when: dt.datetime) -> TemplateItem:
    past = PastAnswer(words=words, by="Head of Crime", day=when.date(), made=when)
    return replace(item, answers=(*item.answers, past))


AFTER = MADE + dt.timedelta(days=3)


@pytest.mark.parametrize(
    ("current", "said"),
    [
        (CurrentItem(item=FIRST, closing="signed off as implemented"), "is closed: signed off as implemented"),
        (CurrentItem(item=FIRST, merged_into=SECOND.reference), f"merged into {SECOND.reference}"),
        (CurrentItem(item=answered(FIRST, "Another answer.", AFTER)), "Another answer came from Head of Crime"),
        (CurrentItem(item=replace(FIRST, words=f"{FIRST.words} And more.")), "were changed since"),
    ],
)
def test_what_happened_since_it_went_out_makes_a_conflict(current: CurrentItem, said: str) -> None:
    match = only(row_of(FIRST), current=(current,))
    assert (match.verdict, match.reference) == (Verdict.CONFLICT, FIRST.reference)
    assert said in match.reason
    assert match.answer == DONE


def test_an_answer_that_we_have_already_changes_nothing() -> None:
    current = CurrentItem(item=answered(FIRST, DONE.action, AFTER))
    match = only(row_of(FIRST), current=(current,))
    assert match.verdict is Verdict.UNCHANGED


def test_nothing_of_a_template_that_is_not_ours_is_certain() -> None:
    theirs = row_of(FIRST, marks=(make_mark(FIRST, "0000000000", b"another workspace"),))
    theirs = replace(theirs, marks=tuple(replace(mark, is_ours=False) for mark in theirs.marks))
    match = only(theirs, known=False)
    assert (match.reference, match.how, match.certainty) == (FIRST.reference, How.REFERENCE, Certainty.LIKELY)
    assert any("not made by this workspace" in note for note in match.notes)


def test_a_target_in_the_past_is_read_by_a_person() -> None:
    late = GivenAnswer(action=DONE.action, target=dt.date(2023, 9, 1), target_printed="1 September 2023")
    assert "has passed already" in only(row_of(FIRST, answer=late)).reason
    assert only(row_of(FIRST, answer=replace(late, delivery="delivered"))).can_be_taken


def test_an_item_that_nobody_may_answer_here_is_a_conflict() -> None:
    other = replace(
        FIRST, reference="ZZZ-2024-AFI-01", words="Something that nobody in this workspace has seen before."
    )
    match = only(row_of(other, reference="", number="", page_ref=""))
    assert match.verdict is Verdict.CONFLICT
    assert "not among the items" in match.reason
