"""Which kinds of point become items, and under which codes?"""

from __future__ import annotations

import re

from bluelamp.register.kinds import becomes_item, item_kinds, load_item_kinds


def test_what_must_be_answered_for_becomes_an_item() -> None:
    assert {kind.slug: kind.code for kind in item_kinds()} == {
        "judgement": "JUD",
        "cause_of_concern": "COC",
        "recommendation": "REC",
        "area_for_improvement": "AFI",
        "issue_of_concern": "IOC",
        "undertaking": "UND",
        "matter_of_concern": "MOC",
        "audit_finding": "AUD",
        "learning_point": "LRN",
    }


def test_what_is_kept_with_the_inspection_does_not() -> None:
    kept = ("strength", "work_in_progress", "main_finding", "practice", "statistic")
    assert [kind for kind in kept if becomes_item(kind)] == []
    assert not becomes_item("something else")


def test_codes_are_three_capitals_and_names_are_words() -> None:
    for kind in load_item_kinds().values():
        assert re.fullmatch("[A-Z]{3}", kind.code)
        assert kind.name
        assert kind.plural != kind.name
