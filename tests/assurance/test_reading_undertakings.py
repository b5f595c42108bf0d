"""Is every promise of a letter found once, with its points, and is politeness no promise?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bluelamp.assurance.facts import Undertaking
from bluelamp.assurance.reading_undertakings import read_promises_of_commissioner, read_undertakings
from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes


def read(text: str) -> list[Undertaking]:
    document = read_bytes(text.encode(), file_name="letter.txt")
    facts = read_undertakings(whole(document)).facts
    assert all(document.verify(citation) for fact in facts for citation in fact.citations)
    return list(facts)  # type: ignore[arg-type]


LETTER = """Dear Chief Inspector

I have read the report with care. I will publish a plan for the custody suites by 30 June 2025.

These steps follow from it:

1. I will ask the audit committee to look at the plan in September.
2. My auditors will visit each suite, and they will:
 - a. count the cells that are closed; and
 - b. report what they find.
3. The suites opened in 1974.

I look forward to your next visit, and I will be pleased to show you the new suites.

If I will be told of any delay, so will you.

Yours sincerely

A N Other

Annex 1

I will not be read.
"""


def test_each_promise_of_a_letter_is_found_once() -> None:
    found = read(LETTER)
    assert [(each.number, each.text.split(".")[0][:40]) for each in found] == [
        ("", "I will publish a plan for the custody su"),
        ("1", "I will ask the audit committee to look a"),
        ("2", "My auditors will visit each suite, and t"),
    ]


def test_a_point_holds_the_points_under_it() -> None:
    point = read(LETTER)[2]
    assert "count the cells" in point.text
    assert "report what they find" in point.text


def test_the_day_it_is_promised_by_is_kept_as_printed() -> None:
    assert read(LETTER)[0].due_printed == "30 June 2025"
    assert read("I have asked the auditors about the fire of 3 May 2024.")[0].due_printed == ""


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("I have asked her to bring a plan for the kennels to my board on 20 May 2031.", "20 May 2031"),
        ("In March 2031 I will publish the rate.", "March 2031"),
        ("On 4 March 2031, I will report to the panel.", "4 March 2031"),
        ("I will look at this at each of my boards, beginning in February 2031.", "February 2031"),
        ("By 20 May 2031 I will have written to each victim.", "20 May 2031"),
        ("I will publish the plan of 3 June 2030 again by the end of May 2031.", "May 2031"),
        ("I will report by 4 March.", "4 March"),
        ("I will report to the panel in March 2031 and again by 30 June 2031.", "30 June 2031"),
    ],
)
def test_the_day_of_a_promise_may_stand_anywhere(said: str, day: str) -> None:
    assert [each.due_printed for each in read(said)] == [day]


@pytest.mark.parametrize(
    "said",
    [
        "I will ask the auditors to test what was closed on 3 May 2030.",
        "I will write to those who were inspected in May 2030.",
        "I will return to the inspection in May 2030.",
        "I will report to the committee before the May meeting.",
        "I will ask whether they may come.",
        "In May 2030 the kennels burned, and I will rebuild them.",
        "I will answer the letter dated 3 May 2030.",
    ],
)
def test_a_day_on_which_something_was_done_is_not_that_of_a_promise(said: str) -> None:
    assert [each.due_printed for each in read(said)] == [""]


@pytest.mark.parametrize(
    "said",
    [
        "I am content, and will ask for weekly counts until the kennels are full.",
        "We welcome this plan but will look at it again.",
        "I expect a count of the dogs at my board in June 2031, and will publish it.",
    ],
)
def test_a_promise_may_leave_out_who_speaks_again(said: str) -> None:
    assert [each.text for each in read(said)] == [said]


@pytest.mark.parametrize(
    "said",
    [
        "I note that the force has done this and will do more.",
        "I am told it is ready and will open soon.",
        "I do not agree and have asked for monthly counts.",
        "I thank the Chief Constable, who agrees and will act.",
    ],
)
def test_what_another_will_do_is_no_promise(said: str) -> None:
    assert read(said) == []


def test_a_sentence_that_promises_twice_is_two() -> None:
    found = read("My office will count the dogs, and I intend to write to each owner by May 2031.")
    assert [(each.text, each.due_printed) for each in found] == [
        ("My office will count the dogs", ""),
        ("I intend to write to each owner by May 2031.", "May 2031"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "I will count the dogs and the cats, and publish both.",
        "I will ask the force and my office what they need.",
        "The dogs bark, and I will count them.",
    ],
)
def test_a_sentence_that_promises_once_is_one(said: str) -> None:
    assert [each.text for each in read(said)] == [said]


def test_a_decision_with_its_day_is_promised_and_whoever_was_asked_besides_is_another() -> None:
    found = read(
        "I have therefore decided to treble the visits to kennels from May 2031, and have asked my clerk to count"
        " the dogs in June 2031."
    )
    assert [(each.text, each.due_printed) for each in found] == [
        ("I have therefore decided to treble the visits to kennels from May 2031", "May 2031"),
        ("have asked my clerk to count the dogs in June 2031.", "June 2031"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "I do not believe that one count is enough, and shall ask for two.",
        "We are glad that the dogs are fed, and shall also ask about the cats.",
    ],
)
def test_whoever_shall_is_the_one_who_speaks(said: str) -> None:
    assert [each.text for each in read(said)] == [said]


@pytest.mark.parametrize(
    "said",
    [
        "I have decided to look closely at the kennels.",
        "I have decided to accept this, as I was told in May 2031.",
        "The force has decided to close the kennels by May 2031.",
        "I am told that they agree, and shall act.",
        "The kennels are full, and have asked the vet to call.",
        "I note that the kennels must, and shall, be clean.",
    ],
)
def test_a_decision_without_its_day_and_anothers_shall_are_no_promise(said: str) -> None:
    assert read(said) == []


_TABLE = "| Ref | What HMICFRS said | Response | Lead |\n|-|-|-|-|\n| AFI 1 | Count the dogs. | Done. | Vet |\n"


@pytest.mark.parametrize(
    ("between", "count"),
    [
        (_TABLE, 1),
        (f"We will count the cats.\n\n{_TABLE}", 0),
        ("| Year | Dogs |\n|---|---|\n| 2031 | 7 |\n", 0),
    ],
)
def test_a_label_right_over_a_table_of_answers_is_of_the_table(between: str, count: int) -> None:
    text = f"Dear Minister\n\nChief Constable’s comments\n\n{between}\nI will ask for more.\n\nYours sincerely\n"
    document = read_bytes(text.encode(), file_name="letter.md")
    assert len(read_undertakings(whole(document)).facts) == count


@pytest.mark.parametrize(
    "said",
    [
        "The audit committee will be asked to look at this on 16 June 2031.",
        "The Chief Constable will report to my board in March 2031.",
        "The Chief Constable has agreed to report each month.",
        "I asked the Chief Constable why dogs were late; she has agreed to report each month.",
    ],
)
def test_what_others_will_do_for_the_commissioner_is_promised(said: str) -> None:
    assert len(read(said)) == 1


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ("Commissioner\u2019s response to the report on kennels", 2),
        ("Police and Crime Plan 2031 to 2035", 2),
        ("Foreword by the Police and Crime Commissioner", 2),
        ("Report of the Chief Finance Officer to the Commissioner", 0),
        ("Notes on dogs", 0),
    ],
)
def test_a_paper_in_which_a_commissioner_speaks_is_read_for_promises(head: str, count: int) -> None:
    text = f"# {head}\n\nIn this time I will:\n\n- count the dogs; and\n- write to each owner by May 2031.\n"
    part = whole(read_bytes(text.encode(), file_name="a.md"))
    assert len(read_promises_of_commissioner(part).facts) == count


def test_a_paper_in_which_nobody_says_i_promises_nothing() -> None:
    text = "# Police and Crime Plan 2031 to 2035\n\nWe will count the dogs.\n"
    assert read_promises_of_commissioner(whole(read_bytes(text.encode(), file_name="a.md"))).facts == ()


LISTS = """The report is welcome. {lead}

- visit every suite by 31 May 2025;
- publish what is found; and
- write to each victim.

The suites opened in 1974.
"""


@pytest.mark.parametrize(
    "lead", ["I will:", "In the light of it, my office will do the following:", "It is my intention to:"]
)
def test_each_point_under_words_that_promise_a_list_is_one(lead: str) -> None:
    found = read(LISTS.format(lead=lead))
    assert [each.text for each in found] == [
        f"{lead} visit every suite by 31 May 2025;",
        f"{lead} publish what is found; and",
        f"{lead} write to each victim.",
    ]
    assert [each.due_printed for each in found] == ["31 May 2025", "", ""]


def test_a_numbered_list_under_a_promise_keeps_its_numbers() -> None:
    found = read("I will:\n\n1. visit every suite\n2. publish what is found\n\nThe suites are closed.\n")
    assert [each.number for each in found] == ["1", "2"]


@pytest.mark.parametrize("lead", ["The force will:", "I saw that they:", "If I will, then:"])
def test_a_list_under_words_that_promise_nothing_is_none(lead: str) -> None:
    assert read(LISTS.format(lead=lead)) == []


@pytest.mark.parametrize(
    "said",
    [
        "I intend to hold the force to this.",
        "It is my intention to return to the matter in the spring.",
        "My office will write to each victim.",
        "We have now commissioned a survey of residents.",
        "I shall also require monthly figures.",
    ],
)
def test_what_promises(said: str) -> None:
    assert len(read(f"{said}\n")) == 1


@pytest.mark.parametrize(
    "said",
    [
        "I will be glad to hear from you.",
        "You will see that the figures have improved.",
        "The force will improve its suites.",
        "I was told that this had been done.",
        "If I will it, so be it.",
    ],
)
def test_what_does_not(said: str) -> None:
    assert read(f"{said}\n") == []


@pytest.mark.shared
def test_the_commissioners_letter_of_2017_promises_three_points_and_an_update(shared: Path) -> None:
    path = next((shared / "seeds").glob("001*.txt"))
    document = read_bytes(path.read_bytes(), file_name=path.name)
    found = read_undertakings(whole(document)).facts
    assert [fact.number for fact in found if isinstance(fact, Undertaking)] == ["1", "2", "3", ""]
    assert all(document.verify(citation) for fact in found for citation in fact.citations)
