"""A template goes out of the register and its answers come into it: dated, cited, nothing written over."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import docx
import pytest
from tests.assurance.people import BY, DAY, NOW, Cast, make_cast
from tests.assurance.template_samples import WORDS, blank_row_after, fill, row_of, save

from bluelamp.assurance.actions_delivery import Said, allocate, answer, change_owner
from bluelamp.assurance.actions_rounds import open_round
from bluelamp.assurance.actions_template_returns import leave_answer, take_answers, take_return
from bluelamp.assurance.actions_templates import Outgoing, Wanted, send_templates
from bluelamp.assurance.models import Answer, TemplateDecision, TemplateReturn, TemplateSent
from bluelamp.assurance.queries_templates import Returned, find_templates, match_stored, open_return
from bluelamp.assurance.template_matching import Match, Verdict
from bluelamp.assurance.template_model import Layout
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.verification import verify
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.actions import index_items
from bluelamp.register.models import Item

LATER = NOW + 3 * DAY
DONE = "A daily audit began in April."


@pytest.fixture
def cast(db: None, settings: object, tmp_path: Path) -> Cast:
    settings.WORKSPACE = type("Place", (), {"folder": tmp_path, "originals": tmp_path / "originals"})()  # type: ignore[attr-defined]
    return make_cast()


@pytest.fixture
def items(cast: Cast) -> list[Item]:
    return [
        cast.item(words, source_number=str(at), cited_pages=f"Page {at + 4}") for at, words in enumerate(WORDS, 1)
    ]


def send(cast: Cast, items: list[Item], **wanted: object) -> Outgoing:
    (made,) = send_templates(items, Wanted(title="Assurance", **wanted), by=cast["liaison"], now=NOW)  # type: ignore[arg-type]
    return made


def give_back(cast: Cast, data: bytes, name: str = "back.docx", by: User | None = None) -> TemplateReturn:
    return take_return(data, name, by=by or cast["liaison"], now=LATER)


def filled(outgoing: Outgoing, answers: dict[str, str]) -> bytes:
    document = docx.Document(io.BytesIO(outgoing.data))
    fill(document, answers)
    return save(document)


def look(cast: Cast, found: TemplateReturn, by: str = "liaison") -> Returned:
    returned = open_return(found.pk, viewer=cast[by], today=london_day(LATER))
    assert returned is not None
    return returned


def of(returned: Returned, item: Item) -> Match:
    return next(match for match in returned.matches if item.reference in (match.reference, *match.rivals))


def test_what_went_out_is_a_record_with_its_items_as_they_stood(cast: Cast, items: list[Item]) -> None:
    sent = send(cast, items[:3])
    assert sent.file_name == f"template-{sent.template}.docx"
    held = TemplateSent.objects.get()
    assert (held.item_count, held.layout, held.organisation) == (3, "annex", cast.organisation)
    assert [each["reference"] for each in held.items] == [item.reference for item in items[:3]]
    assert verify(None).problems == []


def test_certain_answers_become_dated_records_that_cite_the_file(cast: Cast, items: list[Item]) -> None:
    sent = send(cast, items)
    found = give_back(cast, filled(sent, {items[0].reference: DONE, items[1].reference: "N/A"}))
    assert found.template == sent.template
    assert take_answers(found, by=cast["liaison"], now=LATER) == 1
    held = Answer.objects.get()
    assert (held.item, held.words, held.via, held.made) == (items[0], DONE, "template", LATER)
    assert held.document == found.document
    assert [each["quote"] for each in held.citations] == [DONE]
    assert TemplateDecision.objects.get().answer == held
    assert of(look(cast, found), items[1]).verdict is Verdict.ANSWER  # waits for a person
    assert verify(None).problems == []


def test_taking_again_takes_nothing_twice(cast: Cast, items: list[Item]) -> None:
    found = give_back(cast, filled(send(cast, items), {items[0].reference: DONE}))
    assert take_answers(found, by=cast["liaison"], now=LATER) == 1
    assert take_answers(found, by=cast["liaison"], now=LATER) == 0
    place = of(look(cast, found), items[0]).rows[0].place
    with pytest.raises(PlainError):
        take_answers(found, places=[place], by=cast["liaison"], now=LATER)
    assert Answer.objects.count() == 1


def test_the_same_file_again_is_the_same_return(cast: Cast, items: list[Item]) -> None:
    data = filled(send(cast, items), {items[0].reference: DONE})
    assert give_back(cast, data) == give_back(cast, data, "copy.docx")
    assert TemplateReturn.objects.count() == StoredDocument.objects.filter(format="docx").count() == 1


def test_an_answer_that_came_in_the_meantime_is_shown_and_not_passed_over(cast: Cast, items: list[Item]) -> None:
    sent = send(cast, items)
    answer([Said(item=items[0], words="By telephone.")], via="desk", by=cast["liaison"], now=NOW + DAY)
    found = give_back(cast, filled(sent, {items[0].reference: DONE}))
    match = of(look(cast, found), items[0])
    assert (match.verdict, match.can_be_taken) == (Verdict.CONFLICT, False)
    assert "after the template went out" in match.reason
    assert take_answers(found, by=cast["liaison"], now=LATER) == 0
    assert take_answers(found, places=[match.rows[0].place], by=cast["liaison"], now=LATER) == 1
    assert [each.words for each in Answer.objects.order_by("made")] == ["By telephone.", DONE]


def test_of_a_conflict_a_person_says_which_item_it_is(cast: Cast, items: list[Item]) -> None:
    document = docx.Document(io.BytesIO(send(cast, items).data))
    fill(document, {items[0].reference: DONE})
    row_of(document, items[0].reference)[1].cells[2].text = items[1].title
    found = give_back(cast, save(document))
    match = of(look(cast, found), items[0])
    assert set(match.rivals) == {items[0].reference, items[1].reference}
    place = match.rows[0].place
    with pytest.raises(PlainError, match="Say which item"):
        take_answers(found, places=[place], by=cast["liaison"], now=LATER)
    with pytest.raises(PlainError, match="none of the items"):
        take_answers(found, places=[place], chosen={place: items[5].reference}, by=cast["liaison"], now=LATER)
    chosen = {place: items[1].reference}
    assert take_answers(found, places=[place], chosen=chosen, by=cast["liaison"], now=LATER) == 1
    assert Answer.objects.get().item == items[1]


def test_a_row_that_was_left_can_be_taken_later(cast: Cast, items: list[Item]) -> None:
    found = give_back(cast, filled(send(cast, items), {items[0].reference: DONE}))
    place = of(look(cast, found), items[0]).rows[0].place
    leave_answer(found, place=place, by=cast["liaison"], now=LATER)
    assert take_answers(found, by=cast["liaison"], now=LATER) == 0
    assert take_answers(found, places=[place], by=cast["liaison"], now=LATER) == 1
    assert TemplateDecision.objects.get().decision == "taken"
    assert verify(None).problems == []


def test_split_by_owner_gives_each_their_own_items(cast: Cast, items: list[Item]) -> None:
    contact, custody = cast.owner("Head of contact"), cast.owner("Custody lead")
    for item, owner in zip(items[:3], (contact, custody, contact), strict=True):
        allocate(item, words="Do it", owner=owner, by=cast["liaison"], now=NOW)
    made = send_templates(items[:4], Wanted(title="A", by_owner=True), by=cast["liaison"], now=NOW)
    assert [(each.template.owner_name, each.template.item_count) for each in made] == [
        ("Custody lead", 1), ("Head of contact", 2), ("Unallocated", 1),
    ]  # fmt: skip
    assert made[1].file_name.startswith("template-head-of-contact-")
    found = give_back(cast, filled(made[1], {items[0].reference: DONE}))
    take_answers(found, by=cast["liaison"], now=LATER)
    assert Answer.objects.get().by_name == "Head of contact"


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("layout", list(Layout))
def test_every_layout_and_format_comes_back(cast: Cast, items: list[Item], form: str, layout: Layout) -> None:
    sent = send(cast, items, layout=layout, format=form)
    found = give_back(cast, sent.data, sent.file_name)
    assert found.template == sent.template
    assert {match.verdict for match in look(cast, found).matches} == {Verdict.UNCHANGED}


def test_an_item_that_is_marked_raises_the_marking_of_its_template(cast: Cast, items: list[Item]) -> None:
    Item.objects.filter(pk=items[0].pk).update(marking="OFFICIAL-SENSITIVE")
    assert send(cast, items[:2]).template.marking == "OFFICIAL-SENSITIVE"
    assert send(cast, items[2:4]).template.marking == "OFFICIAL"


@pytest.mark.parametrize("role", ["reader", "auditor", "committee_member", "owner", "analyst"])
def test_only_those_who_run_the_register_send_and_take(cast: Cast, items: list[Item], role: str) -> None:
    with pytest.raises(NotAllowedError):
        send_templates(items, Wanted(title="A"), by=cast[role], now=NOW)
    data = filled(send(cast, items), {items[0].reference: DONE})
    with pytest.raises(NotAllowedError):
        give_back(cast, data, by=cast[role])
    found = give_back(cast, data)
    with pytest.raises(NotAllowedError):
        take_answers(found, by=cast[role], now=LATER)


def test_another_organisation_learns_nothing_from_a_template_it_was_given(cast: Cast, items: list[Item]) -> None:
    """Another office of the workspace uploads our file: its marks are true, its items are not theirs to see."""
    sent = send(cast, items)
    other = make_cast("EMC")
    found = give_back(other, filled(sent, {items[0].reference: DONE}))
    assert found.template is None
    returned = look(other, found)
    assert all(match.item is None for match in returned.matches)
    assert {match.verdict for match in returned.matches} == {Verdict.CONFLICT}
    assert open_return(found.pk, viewer=cast["liaison"], today=london_day(LATER)) is None
    place = returned.matches[0].rows[0].place
    with pytest.raises(PlainError):
        take_answers(found, places=[place], chosen={place: items[0].reference}, by=other["liaison"], now=LATER)
    assert not Answer.objects.exists()


def test_an_items_owner_cannot_be_made_to_answer_a_closed_item(cast: Cast, items: list[Item]) -> None:
    sent = send(cast, items)
    items[0].closing = "signed-off"
    items[0].save()
    index_items([items[0]])
    found = give_back(cast, filled(sent, {items[0].reference: DONE}))
    match = of(look(cast, found), items[0])
    assert match.verdict is Verdict.CONFLICT
    assert "is closed" in match.reason


def test_rows_added_by_hand_are_part_of_the_answer(cast: Cast, items: list[Item]) -> None:
    document = docx.Document(io.BytesIO(send(cast, items).data))
    fill(document, {items[0].reference: DONE})
    blank_row_after(row_of(document, items[0].reference)[1]).cells[3].text = "It was tested in June."
    found = give_back(cast, save(document))
    take_answers(found, by=cast["liaison"], now=LATER)
    held = Answer.objects.get()
    assert held.words == f"{DONE}\nIt was tested in June."
    assert [each["quote"] for each in held.citations] == [DONE, "It was tested in June."]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"title": " "}, "needs a title"),
        ({"title": "A", "format": "pdf"}, "docx or xlsx"),
        ({"title": "A", "due": NOW.date() - dt.timedelta(days=1)}, "in the past"),
    ],
)
def test_what_cannot_be_sent_is_said_in_a_sentence(cast: Cast, items: list[Item], wanted: dict, said: str) -> None:
    with pytest.raises(PlainError, match=said):
        send_templates(items, Wanted(**wanted), by=cast["liaison"], now=NOW)
    with pytest.raises(PlainError, match="choose at least one"):
        send_templates([], Wanted(title="A"), by=cast["liaison"], now=NOW)
    assert not TemplateSent.objects.exists()


def test_a_file_without_a_template_is_refused_and_not_kept(cast: Cast) -> None:
    document = docx.Document()
    document.add_paragraph("A letter.")
    with pytest.raises(PlainError, match="no table with the columns of a template"):
        give_back(cast, save(document))
    assert not StoredDocument.objects.filter(format="docx").exists()


def test_two_hundred_rows_are_matched_with_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    many = [
        cast.item(f"{WORDS[at % 8]} In district {at} it was worse.", source_number=str(at)) for at in range(60)
    ]
    found = give_back(cast, filled(send(cast, many), {many[0].reference: DONE}))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        match_stored(found, viewer=cast["liaison"], today=london_day(LATER))


def test_what_the_operator_sends_and_reads_is_the_record_of_the_items_organisation(
    cast: Cast, items: list[Item]
) -> None:
    """A command has no organisation of its own; what it makes must not be everybody's to see."""
    other = make_cast("EMC")
    (sent,) = send_templates(items, Wanted(title="A"), by=BY, now=NOW)
    assert sent.template.organisation == cast.organisation
    assert not find_templates(viewer=other["liaison"]).exists()
    found = take_return(filled(sent, {items[0].reference: DONE}), "back.docx", by=BY, now=LATER)
    assert found.organisation == found.document.organisation == cast.organisation
    assert open_return(found.pk, viewer=other["liaison"], today=london_day(LATER)) is None
    with pytest.raises(PlainError, match="more than one organisation"):
        send_templates([*items, other.item()], Wanted(title="A"), by=BY, now=NOW)


def test_a_file_without_a_known_template_is_the_record_of_whose_items_it_names(
    cast: Cast, items: list[Item]
) -> None:
    data = filled(send(cast, items), {items[0].reference: DONE})
    TemplateSent.objects.all().delete()
    found = take_return(data, "back.docx", by=BY, now=LATER)
    assert (found.template, found.organisation) == (None, cast.organisation)


def test_a_template_that_was_overtaken_says_so(cast: Cast, items: list[Item]) -> None:
    old = send(cast, items[:4])
    (new,) = send_templates(items[2:], Wanted(title="Again"), by=cast["liaison"], now=NOW + DAY)
    returned = look(cast, give_back(cast, filled(old, {items[0].reference: DONE})))
    assert returned.newer == (new.template,)
    assert look(cast, give_back(cast, new.data, "new.docx")).newer == ()


def test_a_row_copied_from_an_older_template_is_for_a_person(cast: Cast, items: list[Item]) -> None:
    old, (new,) = (
        send(cast, items[:2]),
        send_templates(items, Wanted(title="B"), by=cast["liaison"], now=NOW + DAY),
    )
    before = docx.Document(io.BytesIO(filled(old, {items[0].reference: DONE})))
    document = docx.Document(io.BytesIO(new.data))
    row = row_of(document, items[0].reference)[1]._tr
    row.addnext(row_of(before, items[0].reference)[1]._tr)
    row.getparent().remove(row)
    match = of(look(cast, give_back(cast, save(document))), items[0])
    assert (match.verdict, match.can_be_taken) == (Verdict.ANSWER, False)
    assert f"went out in template {old.template}" in match.reason


def test_who_was_asked_is_who_answered_though_the_owner_changed_since(cast: Cast, items: list[Item]) -> None:
    action = allocate(items[0], words="Do it", owner=cast.owner("Contact"), by=cast["liaison"], now=NOW)
    (sent,) = send_templates(items[:1], Wanted(title="A", by_owner=True), by=cast["liaison"], now=NOW)
    change_owner(action, owner=cast.owner("Custody"), reason="She moved.", by=cast["liaison"], now=NOW + DAY)
    found = give_back(cast, filled(sent, {items[0].reference: DONE}))
    take_answers(found, by=cast["liaison"], now=LATER)
    held = Answer.objects.get()
    assert (held.by_name, held.owner) == ("Contact", None)


def test_an_answer_in_a_file_answers_what_a_round_asked(cast: Cast, items: list[Item]) -> None:
    contact, custody = cast.owner("Contact"), cast.owner("Custody")
    allocate(items[0], words="Do it", owner=contact, by=cast["liaison"], now=NOW)
    allocate(items[1], words="Do it", owner=custody, by=cast["liaison"], now=NOW)
    allocate(items[1], words="And more", owner=custody, by=cast["liaison"], now=NOW)
    asked = open_round(title="To June", due=LATER.date(), by=cast["liaison"], now=NOW)
    answers = {items[0].reference: DONE, items[1].reference: DONE}
    found = give_back(cast, filled(send(cast, items), answers))
    assert take_answers(found, by=cast["liaison"], now=LATER) == 2
    assert [each.owner for each in asked.requests.exclude(answered=None)] == [contact]
    assert Answer.objects.get(item=items[0]).action.words == "Do it"
    assert Answer.objects.get(item=items[1]).action is None  # it may be about either of two actions
    assert verify(None).problems == []
