"""Is a report answered within its 56 days, point by point, and is what was published left as it is?"""

from __future__ import annotations

import datetime as dt

import pytest
from tests.assurance.people import NOW, TODAY, Cast, make_cast

from bluelamp.assurance.actions_statutory import (
    answer_point,
    begin_response,
    invite_chief,
    publish_response,
    record_chief_comments,
    record_sent,
    write_comments,
)
from bluelamp.assurance.models import StatutoryResponse
from bluelamp.assurance.queries_reports import make_report
from bluelamp.assurance.queries_statutory import find_due
from bluelamp.assurance.statutory_clock import read_clock
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.actions import recording
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.papers.rendering import render
from bluelamp.register.queries import filter_items

PUBLISHED = dt.date(2026, 2, 1)


@pytest.mark.parametrize(
    ("published", "last"),
    [
        (dt.date(2024, 7, 11), dt.date(2024, 9, 4)),
        (dt.date(2024, 1, 1), dt.date(2024, 2, 25)),
        (dt.date(2023, 12, 31), dt.date(2024, 2, 24)),
    ],
)
def test_the_last_day_is_publication_and_55_days(published: dt.date, last: dt.date) -> None:
    clock = read_clock(published=published, answered=None, day=published)
    assert (clock.last_day, clock.days_left) == (last, 55)
    days = [published + dt.timedelta(n) for n in range(56)]
    assert days[-1] == last, "the slow twin: the 56th day, counting the first"
    assert not read_clock(published=published, answered=None, day=last).late
    assert read_clock(published=published, answered=None, day=last + dt.timedelta(1)).late
    assert not read_clock(published=published, answered=last, day=last + dt.timedelta(90)).late


def test_a_report_of_before_the_duty_is_never_late() -> None:
    clock = read_clock(published=dt.date(2007, 10, 1), answered=None, day=TODAY)
    assert (clock.late, clock.last_day) == (False, None)


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast()
    document = made.register.document
    document.subject, document.published = made.register.force, PUBLISHED.isoformat()
    with recording(by=made["liaison"], now=NOW) as book:
        book.event("documents.document_described", subject=document, change=[document])
    made.item("Mend the suites.", kind="recommendation")
    made.item("Calls are late.")
    made.item("Cells are cold.", kind="issue_of_concern")
    return made


def begin(cast: Cast) -> StatutoryResponse:
    return begin_response(cast.register.document, by=cast["lpb_officer"], now=NOW)


def test_a_response_is_begun_once_and_says_its_clock(cast: Cast) -> None:
    assert begin(cast) == begin(cast)
    due = find_due(viewer=cast["reader"], day=TODAY)
    assert [(each.report, each.clock.days_left) for each in due] == [(cast.register.document, 26)]


def test_it_is_published_only_with_every_recommendation_answered_and_the_chief_invited(cast: Cast) -> None:
    officer, response = cast["lpb_officer"], begin(cast)
    recommendation, improvement = cast.register.document.items.order_by("place").exclude(kind="issue_of_concern")[
        ::-1
    ]
    with pytest.raises(NotAllowedError, match="invited to comment"):
        publish_response(response, day=TODAY, by=officer, now=NOW)
    invite_chief(response, day=PUBLISHED, by=officer, now=NOW)
    with pytest.raises(NotAllowedError, match="WMC-2022-REC-01"):
        publish_response(response, day=TODAY, by=officer, now=NOW)
    with pytest.raises(PlainError, match="where nothing is, why"):
        answer_point(response, recommendation, stance="none", words=" ", by=officer, now=NOW)
    law = answer_point(response, recommendation, stance="proposed", words="By May.", by=officer, now=NOW)
    practice = answer_point(response, improvement, stance="taken", words="Done.", by=officer, now=NOW)
    assert (law.required_by_law, practice.required_by_law) == (True, False)
    record_chief_comments(response, words="I accept it.", day=TODAY, by=cast["liaison"], now=NOW)
    write_comments(response, words="So do I.", by=officer, now=NOW)
    publish_response(response, day=TODAY, by=officer, now=NOW)
    with pytest.raises(NotAllowedError, match="what it says stays"):
        answer_point(response, recommendation, stance="taken", words="Other.", by=officer, now=NOW)
    record_sent(response, to="inspectorate", day=TODAY, by=officer, now=NOW)
    record_sent(response, to="secretary-of-state", day=TODAY, by=officer, now=NOW)
    assert verify(None).problems == []
    items = filter_items(viewer=cast["reader"])
    page = render(make_report("response", items, viewer=cast["reader"], today=TODAY), "html").data.decode()
    for words in ("By May.", "I accept it.", "So do I.", "in time", "required by law", "not by law"):
        assert words in page
    assert "Cells are cold" not in page


def test_who_may_not_write_it_is_told(cast: Cast) -> None:
    for role in ("owner", "reader", "auditor", "liaison"):
        with pytest.raises(NotAllowedError, match="officers of the local policing body"):
            begin_response(cast.register.document, by=cast[role], now=NOW)
    with pytest.raises(NotAllowedError, match="not yours to see"):
        begin_response(cast.register.document, by=make_cast("XYZ")["lpb_officer"], now=NOW)


def test_a_report_without_its_day_of_publication_is_refused(cast: Cast) -> None:
    StoredDocument.objects.filter(pk=cast.register.document.pk).update(published="2026")
    with pytest.raises(PlainError, match="on which day"):
        begin(cast)
