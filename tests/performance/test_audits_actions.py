"""Is an audit drawn as anybody can draw it, read blind, settled, closed for good, and carried into the plan?"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.performance.audit_samples import (
    CASES,
    FIGURE,
    NOW,
    answer_all,
    begin,
    closed,
    design,
    drawn,
    read_all,
    review,
)
from tests.performance.report_office import Office, make_office

from bluelamp.figures.months import Month, Span
from bluelamp.ledger.models import Event, Payload
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_audit_designs import Population, change_sample
from bluelamp.performance.actions_audit_figures import load_result
from bluelamp.performance.actions_audits import answer_question, close_audit, draw_sample, read_case, settle_case
from bluelamp.performance.models import Audit, AuditCase, CaseReading
from bluelamp.performance.queries_audit_cases import find_cases, find_next_number, find_rows, make_case_row
from bluelamp.performance.queries_audits import (
    find_audit,
    find_audits,
    find_found,
    find_population,
    find_review_found,
    find_strata,
    say_standings,
)
from bluelamp.performance.queries_figures import find_series
from bluelamp.performance.series import SeriesKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(tmp_path: Path, settings: Any) -> Office:
    return make_office(tmp_path, settings)


def test_the_size_is_known_before_anything_is_drawn() -> None:
    """5 points at 95% of 4,000: 350.7, so 351."""
    audit = begin(population=Population(sizes={"": 4_000}), margin="5")
    assert (audit.size, audit.population, audit.state) == (351, 4_000, "designed")
    assert not AuditCase.objects.exists()


def test_small_kinds_get_their_minimum() -> None:
    audit = begin(population=Population(sizes={"large": 10_000, "small": 10}), margin="10", minimum=5)
    assert {each.name: each.size for each in find_strata(audit)} == {"large": 91, "small": 5}


def test_the_draw_is_the_first_by_sha256_of_seed_and_case() -> None:
    """By hand: sort by the hash, take the first so many of each kind."""
    audit = drawn(seed="a seed")
    sizes = {each.name: each.size for each in find_strata(audit)}
    wanted = set()
    for name, cases in CASES.items():
        order = sorted(cases, key=lambda case: hashlib.sha256(f"a seed\n{case}".encode()).hexdigest())
        wanted |= set(order[: sizes[name]])
    held = list(audit.cases.order_by("number"))
    assert {case.identifier for case in held} == wanted
    hashes = [hashlib.sha256(f"a seed\n{case.identifier}".encode()).hexdigest() for case in held]
    assert hashes == sorted(hashes)
    assert sum(case.twice for case in held) == -(-len(held) // 2)


def test_numbers_stand_for_cases_of_which_only_the_number_is_known() -> None:
    audit = drawn(population=Population(sizes={"": 500}), margin="20")
    assert all(1 <= int(case.identifier) <= 500 for case in audit.cases.all())


def test_a_seed_by_chance_is_another_each_time() -> None:
    one, two = drawn(seed=""), drawn(seed="")
    assert one.seed != two.seed
    assert not one.seed_given


def test_a_design_that_changed_is_not_drawn_unseen() -> None:
    audit = begin()
    change_sample(audit, design(margin="25", population=None), by=_by(), now=NOW)
    with pytest.raises(NotAllowedError, match="changed the design"):
        draw_sample(audit, seen=1, by=_by(), now=NOW)


def test_another_design_keeps_the_list_or_forgets_it() -> None:
    audit = begin()
    kept = change_sample(audit, design(population=None, margin="25"), by=_by(), now=NOW)
    assert find_population(kept) == {name: list(cases) for name, cases in CASES.items()}
    changed = change_sample(kept, design(population=Population(sizes={"": 90})), by=_by(), now=NOW)
    assert changed.strata.exclude(identifiers="").count() == 0
    assert (changed.population, changed.from_list, changed.list_sha256) == (90, False, "")


def test_after_the_draw_the_design_stays() -> None:
    audit = drawn()
    with pytest.raises(NotAllowedError, match="under way"):
        change_sample(audit, design(), by=_by(), now=NOW)
    with pytest.raises(NotAllowedError):
        draw_sample(audit, by=_by(), now=NOW)


def test_too_fine_a_margin_is_refused_in_a_sentence() -> None:
    with pytest.raises(PlainError, match="allow a wider margin"):
        begin(population=Population(sizes={"": 1_000_000}), margin="0.5")


def test_an_indicator_must_be_a_percentage_of_the_plan(office: Office) -> None:
    from dataclasses import replace

    for code, fault in (("1A.1", "no percentage"), ("9.9", "no indicator")):
        with pytest.raises(PlainError, match=fault):
            begin(about=replace(FIGURE, code=code))
    with pytest.raises(PlainError, match="no area"):
        begin(about=replace(FIGURE, area="nowhere"))


# -- reading -------------------------------------------------------------------------------------------------


def test_the_second_reader_is_another_and_reads_blind(office: Office) -> None:
    first, second, third = office["auditor"], office["analyst"], office["liaison"]
    audit = drawn(by=first)
    case = audit.cases.filter(twice=True).first()
    assert case is not None
    read_case(case, result="pass", by=first, now=NOW)
    seen = _row(audit, case, second)
    assert (seen.shown, seen.readings, seen.hidden, seen.turn) == ("", (), True, 2)
    assert _row(audit, case, first).shown == "pass"
    read_case(case, result="fail", by=second, now=NOW)
    assert _row(audit, case, third).differs
    with pytest.raises(NotAllowedError, match="as many people"):
        read_case(case, result="pass", by=third, now=NOW)
    for person in (first, second):
        with pytest.raises(NotAllowedError, match="both stay"):
            read_case(case, result="fail", by=person, now=NOW)


def test_a_reader_may_think_again_and_both_stand_in_the_ledger() -> None:
    audit = drawn(second_percent=0)
    case = audit.cases.order_by("number")[0]
    read_case(case, result="pass", by=_by(), now=NOW)
    read_case(case, result="fail", words="Not within a day.", by=_by(), now=NOW)
    assert CaseReading.objects.get().result == "fail"
    notes = [
        json.loads(body)["note"] for body in Payload.objects.order_by("sequence").values_list("body", flat=True)
    ]
    assert [note["result"] for note in notes if "result" in note] == ["pass", "fail"]


def test_nobody_reads_the_case_of_another_audit(office: Office) -> None:
    audit = drawn(by=office["auditor"])
    stranger = make_office_again(office)
    with pytest.raises(NotAllowedError, match="not yours to see"):
        read_case(audit.cases.first(), result="pass", by=stranger, now=NOW)
    assert not find_audits(viewer=stranger).exists()
    assert find_audit(audit.pk, viewer=stranger) is None


def test_a_difference_stops_the_closing_until_it_is_settled(office: Office) -> None:
    first, second = office["auditor"], office["analyst"]
    audit = drawn(by=first)
    case = audit.cases.filter(twice=True).first()
    assert case is not None
    read_case(case, result="fail", by=second, now=NOW)
    for each in audit.cases.all():
        read_case(each, result="pass", by=first if each.pk != case.pk else office["liaison"], now=NOW)
        if each.twice and each.pk != case.pk:
            read_case(each, result="pass", by=second, now=NOW)
    with pytest.raises(NotAllowedError, match="settle that first"):
        close_audit(audit, conclusion="x", by=first, now=NOW)
    settle_case(case, result="fail", words="The log says so.", by=office["liaison"], now=NOW)
    assert find_found(audit).failed == 1
    with pytest.raises(NotAllowedError, match="stay as they are"):
        read_case(case, result="pass", by=second, now=NOW)
    assert close_audit(audit, conclusion="One failed.", by=first, now=NOW).state == "closed"


def test_the_next_case_is_the_first_that_waits_for_this_person(office: Office) -> None:
    first, second = office["auditor"], office["analyst"]
    audit = drawn(by=first)
    cases = find_cases(audit)
    twice = [case.read.number for case in cases if case.read.twice]
    read_all(audit, by=first)
    cases = find_cases(audit)
    assert find_next_number(cases, by=first.ledger_name) is None
    assert find_next_number(cases, by=second.ledger_name) == twice[0]
    assert find_next_number(cases, by=second.ledger_name, after=twice[0]) == twice[1]
    assert find_next_number(cases, by=second.ledger_name, after=twice[-1]) == twice[0]


# -- closing and after ---------------------------------------------------------------------------------------


def test_a_closed_audit_stays_as_it_is() -> None:
    audit = closed()
    before = find_found(audit)
    for act in (
        lambda: read_case(audit.cases.first(), result="pass", by=_by(), now=NOW),
        lambda: close_audit(audit, conclusion="y", by=_by(), now=NOW),
        lambda: change_sample(audit, design(), by=_by(), now=NOW),
    ):
        with pytest.raises(NotAllowedError, match="closed and stays"):
            act()
    assert find_found(Audit.objects.get()) == before
    assert before.failed == 2


def test_what_is_not_read_is_said_with_the_conclusion() -> None:
    audit = drawn(second_percent=0)
    for case in audit.cases.order_by("number")[:10]:
        read_case(case, result="pass", by=_by(), now=NOW)
    with pytest.raises(PlainError, match="say why"):
        close_audit(audit, conclusion="Good.", by=_by(), now=NOW)
    done = close_audit(audit, conclusion="Good.", why="The files are at court.", by=_by(), now=NOW)
    assert f"Not read: {audit.size - 10}." in done.conclusion


def test_the_result_becomes_a_figure_with_its_sample_and_margin(office: Office) -> None:
    audit = closed(by=office["analyst"], about=FIGURE, population=Population(sizes={"": 100}))
    load = load_result(audit, by=office["analyst"], now=NOW)
    key = SeriesKey(FIGURE.plan, "2.1", "force", Span.YEAR)
    point = find_series(viewer=office["analyst"], plan=FIGURE.plan)[key].at(Month(2021, 3))
    found = find_found(Audit.objects.get())
    assert point.value == Decimal(found.passed) * 100 / found.judged
    assert (point.sample, point.half_width, point.load) == (found.judged, found.half_width, str(load.pk))
    assert (point.numerator, point.denominator) == (found.passed, found.judged)
    assert (load.kind, load.marking, load.organisation) == ("hand", "OFFICIAL-SENSITIVE", office.organisation)
    with pytest.raises(NotAllowedError, match="already"):
        load_result(Audit.objects.get(), by=office["analyst"], now=NOW)


def test_a_weighed_share_has_no_plain_fraction(office: Office) -> None:
    audit = closed(by=office["analyst"], about=FIGURE)
    load_result(audit, by=office["analyst"], now=NOW)
    key = SeriesKey(FIGURE.plan, "2.1", "force", Span.YEAR)
    point = find_series(viewer=office["analyst"], plan=FIGURE.plan)[key].at(Month(2021, 3))
    assert point.numerator is None
    assert point.value == find_found(audit).value


def test_a_load_whose_audit_was_not_told_is_found_again(office: Office) -> None:
    """As after a kill between the two: the load is there, the audit does not name it."""
    audit = closed(by=office["analyst"], about=FIGURE)
    first = load_result(audit, by=office["analyst"], now=NOW)
    again = Audit.objects.get()
    again.load = None
    Audit.objects.bulk_update([again], ["load"])
    assert load_result(Audit.objects.get(), by=office["analyst"], now=NOW) == first


def test_an_auditor_closes_and_an_analyst_makes_it_a_figure(office: Office) -> None:
    audit = closed(by=office["auditor"], about=FIGURE)
    with pytest.raises(NotAllowedError, match="make the result a figure"):
        load_result(audit, by=office["auditor"], now=NOW)
    assert load_result(audit, by=office["lpb_officer"], now=NOW).number == 2


# -- reviews -------------------------------------------------------------------------------------------------


def test_a_peer_review_comes_to_its_score(office: Office) -> None:
    audit = answer_all(review(by=office["auditor"]), by=office["auditor"])
    assert find_review_found(audit).sentence == "38 green and 11 amber of 49 answers: 223 of 245 points, 91%."
    answer_all(audit, by=office["analyst"], amber=0)
    whole = find_review_found(audit).whole
    assert (whole.points, whole.possible) == (223 + 245, 490)


def test_a_score_becomes_a_figure(office: Office) -> None:
    audit = answer_all(review(by=office["analyst"], about=FIGURE), by=office["analyst"])
    done = close_audit(audit, conclusion="Good.", by=office["analyst"], now=NOW)
    load_result(done, by=office["analyst"], now=NOW)
    key = SeriesKey(FIGURE.plan, "2.1", "force", Span.YEAR)
    point = find_series(viewer=office["analyst"], plan=FIGURE.plan)[key].at(Month(2021, 3))
    assert (point.numerator, point.denominator, point.printed) == (223, 245, "91.0%")


def test_an_answer_stands_in_place_of_the_same_reviewers_earlier_one() -> None:
    audit = review()
    answer_question(audit, number=1, answer="red", by=_by(), now=NOW)
    answer_question(audit, number=1, answer="green", by=_by(), now=NOW)
    whole = find_review_found(audit).whole
    assert whole.points == 5
    with pytest.raises(PlainError, match="An answer is one of green, amber, red, not applicable"):
        answer_question(audit, number=1, answer="blue", by=_by(), now=NOW)


# -- what the record holds -----------------------------------------------------------------------------------


def test_the_ledger_verifies_and_holds_no_identifier(office: Office) -> None:
    audit = read_all(drawn(by=office["auditor"]), by=office["auditor"], second=office["analyst"])
    change = begin(by=office["auditor"])
    change_sample(change, design(population=Population(sizes={"": 90})), by=office["auditor"], now=NOW)
    answer_all(review(by=office["auditor"]), by=office["auditor"])
    close_audit(audit, conclusion="All is well.", by=office["auditor"], now=NOW)
    assert verify(None).problems == []
    kept = "\n".join(Payload.objects.values_list("body", flat=True))
    assert not any(case in kept for cases in CASES.values() for case in cases)
    assert Event.objects.filter(action="performance.audit_drawn").count() == 1


def test_a_list_of_audits_asks_the_same_few_questions(office: Office, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        drawn(by=office["auditor"])
        review(by=office["auditor"])
    held = list(find_audits(viewer=office["auditor"]))
    with django_assert_num_queries(2):
        said = say_standings(held)
    assert {words for _, words in said} == {"0 questions answered.", "0 of 23 cases read."}


def _by() -> Any:
    from tests.intake.samples import BY

    return BY


def _row(audit: Audit, case: AuditCase, person: Any) -> Any:
    found = audit.cases.prefetch_related("readings").get(pk=case.pk)
    return make_case_row(found, by=person.ledger_name)


def make_office_again(office: Office) -> Any:
    """Somebody of another organisation."""
    from bluelamp.ledger.actions import recording
    from bluelamp.organisations.actions import add_person
    from bluelamp.organisations.models import Organisation

    other = Organisation(code="OTHER", name="Another", kind="force", fictional=True)
    with recording(by=_by(), now=NOW) as book:
        book.event("organisations.organisation_added", subject=other, add=[other])
    return add_person(by=_by(), now=NOW, user_name="x", name="X", role="auditor", organisation=other)


def test_however_many_cases_the_same_few_questions_are_asked(
    office: Office, django_assert_num_queries: Any
) -> None:
    by = office["auditor"]
    for margin in ("18.5", "5"):
        audit = read_all(drawn(by=by, margin=margin), by=by)
        with django_assert_num_queries(5):
            cases = find_cases(audit)
            find_found(audit, cases)
            find_rows(audit, cases, by=by.ledger_name)
    assert len(cases) > 70


def test_a_row_is_the_same_alone_and_among_all(office: Office) -> None:
    first, second = office["auditor"], office["analyst"]
    audit = read_all(drawn(by=first), ["fail", "pass", "not-applicable"] * 3, by=first, second=second)
    for person in (first, second, office["liaison"]):
        rows = find_rows(audit, find_cases(audit), by=person.ledger_name)
        assert rows == [_row(audit, row.case, person) for row in rows]
