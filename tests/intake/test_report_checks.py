"""Is the paper that a report will become checked before it is signed, and shown to who signs it?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.performance.report_office import CODE, NOW, Office, fresh, insight_of, make_office, signed_in

from bluelamp.intake.actions_report_checks import REPORT_JOB, begin_report_check, fingerprint, read_paper
from bluelamp.intake.models import Job
from bluelamp.intake.queries_report_checks import find_report_check
from bluelamp.intake.worker import work_once
from bluelamp.performance.actions_insight import Written, save_insight
from bluelamp.performance.actions_releases import release_report
from bluelamp.performance.models import Report

pytestmark = pytest.mark.django_db
WRONG = "Of the 241 cars taken, 130 were found, 70 were not and the remaining 40 are being looked for."


def see(client: Client, report: Report, status: int = 200) -> str:
    response = client.get(reverse("intake:report_check", args=[report.pk]))
    assert response.status_code == status
    return str(response.content.decode())


def checked(report: Report, office: Office) -> None:
    begin_report_check(report, by=office["analyst"], now=NOW)
    assert work_once()
    assert Job.objects.order_by("-created")[0].state == Job.DONE


def test_before_the_first_check_the_page_says_what_one_does(office: Office, report: Report) -> None:
    page = see(signed_in(office), report)
    assert "has not been checked yet" in page
    assert "Check the paper" in page
    assert find_report_check(report, now=NOW) is None


def test_what_cannot_be_true_is_shown_with_its_words(office: Office, report: Report) -> None:
    office.write_all(report, WRONG)
    checked(fresh(report), office)
    found = find_report_check(fresh(report), now=NOW)
    assert found is not None
    assert found.is_of_now
    assert found.wrong == 1
    page = see(signed_in(office), report)
    assert "1 thing cannot be true" in page
    assert "the 3 parts sum to 240, not the 241 that is printed" in page


def test_a_paper_that_agrees_with_itself_says_so(office: Office, report: Report) -> None:
    office.write_all(report)
    checked(fresh(report), office)
    found = find_report_check(report, now=NOW)
    assert found is not None
    assert [each.message for each in found.found] == []
    assert "Nothing found" in see(signed_in(office), report)


def test_words_that_changed_since_are_told(office: Office, report: Report) -> None:
    office.write_all(report, WRONG)
    checked(fresh(report), office)
    insight = insight_of(report, CODE)
    save_insight(insight, Written(words="Other words."), seen=insight.version, by=office["analyst"], now=NOW)
    found = find_report_check(fresh(report), now=NOW)
    assert found is not None
    assert not found.is_of_now
    assert "check the paper again" in see(signed_in(office), report)


def test_a_signature_changes_nothing_of_the_paper(office: Office, report: Report) -> None:
    office.write_all(report)
    checked(fresh(report), office)
    before = fingerprint(read_paper(fresh(report), now=NOW))
    signed = office.sign(report)
    assert fingerprint(read_paper(signed, now=NOW)) == before
    found = find_report_check(signed, now=NOW)
    assert found is not None
    assert found.is_of_now


def test_a_report_made_ready_on_its_page_is_checked_unasked_and_its_signer_sees_it(
    office: Office, report: Report
) -> None:
    office.write_all(report, WRONG)
    signed_in(office).post(reverse("performance:report_step", args=[report.pk, "make-ready"]))
    assert [job.kind for job in Job.objects.all()] == [REPORT_JOB]
    page = signed_in(office, "lpb_officer").get(reverse("performance:report_step", args=[report.pk, "sign-off"]))
    assert reverse("intake:report_check", args=[report.pk]) in page.content.decode()
    assert "Waiting for its turn" in see(signed_in(office, "lpb_officer"), report)
    assert work_once()
    assert "1 thing cannot be true" in see(signed_in(office, "lpb_officer"), report)


def test_nothing_found_keeps_nobody_from_signing_or_releasing(office: Office, report: Report) -> None:
    office.write_all(report, WRONG)
    checked(fresh(report), office)
    made = release_report(office.sign(report), formats=("html",), by=office["analyst"], now=NOW)
    assert made.number == 1


def test_a_second_asking_uses_the_job_that_waits(office: Office, report: Report) -> None:
    client = signed_in(office)
    for _ in range(2):
        client.post(reverse("intake:report_check", args=[report.pk]))
    assert Job.objects.count() == 1


def test_who_may_not(office: Office, report: Report, tmp_path: Path, settings: Any) -> None:
    address = reverse("intake:report_check", args=[report.pk])
    reader = signed_in(office, "reader")
    assert "Check the paper" not in see(reader, report)
    assert reader.post(address).status_code == 403
    other = make_office(tmp_path / "other", settings, code="OTH-PCC")
    assert signed_in(other).get(address).status_code == 404
    begin_report_check(report, by=other["analyst"], now=NOW)
    assert work_once()
    job = Job.objects.get()
    assert (job.state, job.result) == (Job.FAILED, None)
    assert "not yours to see" in job.message


def test_what_was_signed_and_is_lost_fails_with_a_sentence(office: Office, report: Report) -> None:
    signed = office.sign(report)
    Report.objects.filter(pk=signed.pk).update(frozen="0" * 64)
    begin_report_check(fresh(report), by=office["analyst"], now=NOW)
    assert work_once()
    assert "What was signed off cannot be read" in Job.objects.get().message
    assert "The last check came to no end" in see(signed_in(office), report)
