"""Do the pages of audits show what may be seen, take what may be said, and refuse the rest in a sentence?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import Full, SignIn, finish
from tests.performance.audit_samples import FIGURE, NOW, answer_all, begin, closed, drawn, read_all, review

from bluelamp.assurance.models import AuditTest, Evidence, Opinion
from bluelamp.organisations.models import Organisation, User
from bluelamp.performance.actions_audits import close_audit, read_case
from bluelamp.performance.models import Audit, CaseReading, QuestionAnswer

pytestmark = pytest.mark.django_db

SAMPLE = {
    "title": "Was it recorded?",
    "question": "How many?",
    "passes": "A number stands in the log.",
    "margin": "10",
    "confidence": "95",
    "expected": "50",
    "minimum": "2",
    "second_percent": "10",
    "span": "12-months",
    "marking": "OFFICIAL-SENSITIVE",
}


def at(name: str, audit: Audit, *args: Any) -> str:
    space = "desk" if name == "audit_evidence" else "performance"
    return reverse(f"{space}:{name}", args=[audit.pk, *args])


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return finish(response).decode("utf-8", "replace")


def make_full() -> dict[str, Callable[[], tuple[str, Audit, tuple[int, ...]]]]:
    return {
        "designed": lambda: ("audit", begin(), ()),
        "design": lambda: ("audit_design", begin(), ()),
        "design of questions": lambda: ("audit_design", review(), ()),
        "draw": lambda: ("audit_draw", begin(), ()),
        "drawn": lambda: ("audit", drawn(), ()),
        "read": lambda: ("audit", read_all(drawn(recorded=900)), ()),
        "case": lambda: ("audit_case", drawn(), (1,)),
        "list": lambda: ("audit_drawn", drawn(), ()),
        "population": lambda: ("audit_population", begin(), ()),
        "close": lambda: ("audit_close", read_all(drawn()), ()),
        "closed": lambda: ("audit", closed(), ()),
        "evidence": lambda: ("audit_evidence", closed(), ()),
        "review": lambda: ("audit", answer_all(review()), ()),
        "question": lambda: ("audit_question", review(), (3,)),
    }


def _numbered() -> dict[str, Any]:
    from bluelamp.performance.actions_audit_designs import Population

    return {"population": Population(sizes={"": 400})}


@pytest.mark.parametrize("stage", list(make_full()))
def test_every_stage_has_its_page(stage: str, desk: Client) -> None:
    name, audit, args = make_full()[stage]()
    shown = page(desk, at(name, audit, *args))
    assert " style=" not in shown
    assert "<style" not in shown


def test_cases_known_by_number_have_their_pages(desk: Client) -> None:
    audit = drawn(**_numbered())
    assert "known by their number only" in page(desk, at("audit", audit))


def test_the_list_is_empty_then_full(desk: Client) -> None:
    assert "There is no audit yet" in page(desk, "/audits")
    closed()
    shown = page(desk, "/audits")
    assert "Was it recorded?" in shown
    assert "cases passed" in shown


def test_the_sentence_comes_first(desk: Client) -> None:
    audit = closed(**_numbered(), margin="10")
    shown = page(desk, at("audit", audit))
    found = f"{audit.size - 2} of {audit.size} cases passed: "
    assert found in shown
    assert shown.index(found) < shown.index("<table")


def test_a_design_is_begun_from_a_file_and_only_its_identifiers_are_kept(desk: Client) -> None:
    rows = "Victim,Crime number,Stratum\n" + "\n".join(f"A Person,C/{n},North" for n in range(60))
    file = SimpleUploadedFile("crimes.csv", rows.encode(), "text/csv")
    response = desk.post("/audits/new", SAMPLE | {"file": file})
    assert response.status_code == 302, finish(response)
    audit = Audit.objects.get()
    assert (audit.population, audit.list_name, audit.state) == (60, "crimes.csv", "designed")
    assert "Person" not in audit.strata.get().identifiers
    shown = page(desk, at("audit", audit))
    assert f"{audit.size} cases of 60 must be read. Nothing is drawn yet." in shown


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, "Choose a list of the cases"),
        ({"sizes": "no"}, "is no number of cases"),
        ({"sizes": "400", "margin": "0"}, "The margin is a number from 0.5 to 50"),
        ({"sizes": "400", "margin": "0.5", "confidence": "99.9"}, ""),
        ({"sizes": "900000", "margin": "0.5"}, "allow a wider margin"),
        ({"sizes": "400", "passes": ""}, "required"),
    ],
)
def test_a_design_that_cannot_be_is_refused_in_words(desk: Client, said: dict[str, str], fault: str) -> None:
    response = desk.post("/audits/new", SAMPLE | said)
    assert response.status_code == (422 if fault else 302)
    if fault:
        assert fault in finish(response).decode()
        assert not Audit.objects.exists()


def test_a_file_that_is_no_list_is_refused(desk: Client) -> None:
    file = SimpleUploadedFile("x.csv", b"Name\nx\n", "text/csv")
    response = desk.post("/audits/new", SAMPLE | {"file": file})
    assert response.status_code == 422
    assert "headed Case" in finish(response).decode()


def test_a_figure_needs_its_month(desk: Client, plan: str) -> None:
    response = desk.post("/audits/new", SAMPLE | {"sizes": "400", "indicator": f"{plan} 2.1"})
    assert response.status_code == 422
    assert "its last month" in finish(response).decode()


def test_from_the_draw_to_the_last_case(desk: Client) -> None:
    audit = begin(second_percent=0)
    assert desk.post(at("audit_draw", audit), {"seed": "", "seen": audit.version}).status_code == 302
    address = desk.get(at("audit_next", audit))["Location"]
    for _ in range(audit.size):
        response = desk.post(address, {"result": "pass", "words": ""})
        assert response.status_code == 302
        address = response["Location"]
    assert address == at("audit", audit)
    assert CaseReading.objects.count() == audit.size
    assert desk.post(at("audit_close", audit), {"conclusion": "All were."}).status_code == 302
    assert Audit.objects.get().state == "closed"


def test_the_second_reader_is_told_nothing(desk: Client) -> None:
    audit = drawn(second_percent=100)
    case = audit.cases.get(number=1)
    read_case(case, result="fail", words="A telling word.", by=_other(), now=NOW)
    for address in (
        at("audit_case", audit, 1),
        at("audit", audit) + "?show=twice",
        at("audit", audit) + "?show=fail",
    ):
        shown = page(desk, address)
        assert "A telling word." not in shown
        assert "tag--failed" not in shown
    assert "hidden until it is read twice" in page(desk, at("audit_drawn", audit))


def test_a_difference_is_settled(desk: Client) -> None:
    audit = drawn(second_percent=100)
    case = audit.cases.get(number=1)
    read_case(case, result="fail", by=_other(), now=NOW)
    desk.post(at("audit_case", audit, 1), {"result": "pass", "words": ""})
    assert "1 case was read differently" in page(desk, at("audit", audit))
    response = desk.post(at("audit_settle", audit, 1), {"result": "fail", "words": "The log says so."})
    assert response.status_code == 302
    case.refresh_from_db()
    assert case.settled == "fail"
    assert desk.get(at("audit_settle", audit, 1)).status_code == 302


def test_a_reading_without_its_reason_is_refused(desk: Client) -> None:
    audit = drawn(second_percent=0)
    response = desk.post(at("audit_case", audit, 1), {"result": "cannot-tell", "words": ""})
    assert response.status_code == 422
    assert "Say in a few words why" in finish(response).decode()


def test_a_question_is_answered_and_the_next_opens(desk: Client) -> None:
    audit = review()
    response = desk.post(at("audit_question", audit, 1), {"answer": "green", "words": "Seen."})
    assert response["Location"] == at("audit_question", audit, 2)
    assert QuestionAnswer.objects.get().answer == "green"
    assert "1 green of 1 answer: 5 of 5 points, 100%." in page(desk, at("audit", audit))


@pytest.mark.parametrize("role", ["reader", "owner", "committee_member"])
def test_readers_look_and_do_not_touch(role: str, sign_in: SignIn) -> None:
    audit = drawn(second_percent=0)
    desk = sign_in(role)
    shown = page(desk, at("audit", audit))
    assert "Read the next case" not in shown
    for name, args in (("audit_case", (1,)), ("audit_close", ())):
        assert desk.post(at(name, audit, *args), {"result": "pass"}).status_code == 403
    assert desk.get("/audits/new").status_code == 403
    assert not CaseReading.objects.exists()


def test_another_organisation_sees_nothing(sign_in: SignIn) -> None:
    desk = sign_in("auditor")
    ours, theirs = list(Organisation.objects.all()[:2])
    User.objects.update(organisation=theirs)
    audit = drawn(organisation=ours)
    for name, args in (
        ("audit", ()),
        ("audit_case", (1,)),
        ("audit_drawn", ()),
        ("audit_population", ()),
        ("audit_next", ()),
    ):
        assert desk.get(at(name, audit, *args)).status_code == 404, name
    assert "Was it recorded?" not in page(desk, "/audits")


def test_the_result_is_made_a_figure(sign_in: SignIn, plan: str) -> None:
    desk = sign_in("analyst")
    audit = closed(about=FIGURE)
    assert "Make the result a figure of 2.1" in page(desk, at("audit", audit))
    desk.post(at("audit_figure", audit))
    assert "It is vintage 1." in page(desk, at("audit", audit))


def test_an_open_audit_proves_nothing_yet(desk: Client) -> None:
    audit = drawn()
    assert desk.get(at("audit_evidence", audit))["Location"] == at("audit", audit)


def test_a_closed_audit_is_evidence_of_an_item(desk: Client, full: Full) -> None:
    audit = closed()
    response = desk.post(at("audit_evidence", audit), {"reference": full.item.reference, "use": "evidence"})
    assert response.status_code == 302, finish(response).decode()
    row = Evidence.objects.get(item=full.item)
    assert row.address.endswith(at("audit", audit))
    assert "cases passed" in row.proves
    assert row.marking == "OFFICIAL-SENSITIVE"


def test_a_closed_audit_stands_behind_an_auditors_opinion(full: Full, sign_in: SignIn) -> None:
    desk = sign_in("auditor")
    audit = closed()
    response = desk.post(at("audit_evidence", audit), {"reference": full.item.reference, "use": "limited"})
    assert response.status_code == 302, finish(response).decode()
    test = AuditTest.objects.get()
    assert (test.population, test.sample, test.passed) == (100, audit.size, audit.size - 2)
    assert Opinion.objects.get().grade == "limited"


def test_an_item_that_is_not_there_is_said_so(desk: Client) -> None:
    response = desk.post(at("audit_evidence", closed()), {"reference": "CVP-1999-AFI-01", "use": "evidence"})
    assert response.status_code == 422
    assert "There is no item of that reference." in finish(response).decode()


def test_a_review_is_closed_with_what_nobody_answered(desk: Client) -> None:
    audit = review()
    desk.post(at("audit_question", audit, 1), {"answer": "amber", "words": ""})
    assert desk.post(at("audit_close", audit), {"conclusion": "Fair.", "why": "No time."}).status_code == 302
    held = Audit.objects.get()
    assert held.result["left_out"] == [["not answered", 48]]
    with pytest.raises(Exception, match="closed"):
        close_audit(held, conclusion="x", by=_other(), now=NOW)


def _other() -> Any:
    from tests.intake.samples import BY

    return BY
