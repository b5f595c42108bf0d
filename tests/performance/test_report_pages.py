"""The pages of a report: what each shows, to whom, and what a form does, with no script running."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from tests.performance.report_office import CODE, DAY, NOW, Office, fresh, insight_of, make_office, signed_in

from bluelamp.ledger.actions import recording
from bluelamp.performance.actions_asking import ask_contributor, make_order_file
from bluelamp.performance.actions_insight import Written, save_insight
from bluelamp.performance.actions_releases import release_report
from bluelamp.performance.actions_reports import make_ready
from bluelamp.performance.models import InsightText, Report, ReportRelease

pytestmark = pytest.mark.django_db
FEW = ("html", "json")


def see(client: Client, name: str, *keys: Any, status: int = 200) -> str:
    response = client.get(reverse(f"performance:{name}", args=keys))
    assert response.status_code == status, (name, response.status_code)
    return str(response.content.decode())


def post(client: Client, name: str, *keys: Any, follow: bool = True, **data: Any) -> Any:
    return client.post(reverse(f"performance:{name}", args=keys), data, follow=follow)


def soon() -> str:
    return str(timezone.localdate() + 7 * DAY)


# -- looking ----------------------------------------------------------------------------------------------


def test_an_empty_list_says_what_the_place_is_for(office: Office) -> None:
    page = see(signed_in(office), "reports")
    assert "Here a quarter’s report is begun" in page
    assert "Begin a report" in page
    assert "Begin a report" not in see(signed_in(office, "reader"), "reports")


def test_every_page_is_there_and_holds_no_script_of_its_own(office: Office, report: Report) -> None:
    client = signed_in(office)
    pages = [
        ("reports",),
        ("report_new",),
        ("report", report.pk),
        ("report_preview", report.pk),
        ("report_ask", report.pk),
        ("report_headlines", report.pk),
        ("report_insight", report.pk, CODE),
        ("report_step", report.pk, "renew-figures"),
        ("report_step", report.pk, "make-ready"),
    ]
    for page in pages:
        words = see(client, *page)
        for mark in (" style=", "<style", " onclick=", "<script>"):
            assert mark not in words, page


def test_what_is_not_there_is_not_found(office: Office, report: Report) -> None:
    client = signed_in(office)
    nowhere = "00000000-0000-0000-0000-000000000000"
    for page in (
        ("report", nowhere),
        ("report_insight", report.pk, "9Z.9"),
        ("report_step", report.pk, "burn"),
        ("release", nowhere),
        ("release_file", nowhere, "pdf"),
    ):
        see(client, *page, status=404)


def test_another_organisation_sees_nothing_of_it(
    office: Office, report: Report, tmp_path: Path, settings: Any
) -> None:
    other = signed_in(make_office(tmp_path / "other", settings, code="OTH-PCC"))
    assert report.title not in see(other, "reports")
    for page in (("report", report.pk), ("report_preview", report.pk), ("report_insight", report.pk, CODE)):
        see(other, *page, status=404)
    assert post(other, "report_remark", report.pk, words="x").status_code == 404


def test_who_may_not_is_told_why(office: Office, report: Report) -> None:
    reader = signed_in(office, "reader")
    assert "You cannot begin a report" in see(reader, "report_new", status=403)
    assert "You cannot ask a contributor" in see(reader, "report_ask", report.pk, status=403)
    assert "You cannot sign the report off" in see(reader, "report_step", report.pk, "sign-off", status=403)
    page = see(reader, "report_insight", report.pk, CODE)
    assert "<textarea" not in page


# -- writing ----------------------------------------------------------------------------------------------


def test_a_report_is_begun_from_its_form_and_a_fault_is_said(office: Office) -> None:
    client = signed_in(office)
    wrong = post(client, "report_new", plan="calder-vale-2018-21", to="March", marking="OFFICIAL")
    assert wrong.status_code == 422
    assert "Write the month as 2021-03." in wrong.content.decode()
    made = post(client, "report_new", plan="calder-vale-2018-21", to="2021-03", marking="OFFICIAL")
    assert made.status_code == 200
    page = made.content.decode()
    assert "1 of 5 indicators is an exception in the quarter to March 2021." in page
    assert "Insight is wanted for 1 and written for 0." in page
    preview = see(client, "report_preview", Report.objects.get().pk)
    assert "1 of 5 indicators is an exception in the quarter to March 2021 (1 negative)." in preview
    assert "it cannot be told" in preview, "the page counts the same of the same, also where some cannot be told"
    again = post(client, "report_new", plan="calder-vale-2018-21", to="2021-03", marking="OFFICIAL")
    assert again.status_code == 422


def test_the_editor_suggests_facts_and_marks_opinion(office: Office, report: Report) -> None:
    client = signed_in(office)
    page = see(client, "report_insight", report.pk, CODE)
    assert insight_of(report).exception_words[:40] in page
    assert "The facts" in page
    words = "It rose. This is due to keyless thefts. Stock was moved because of the fair [1]."
    kept = post(client, "report_insight", report.pk, CODE, words=words, evidence="Fair report, page 2", seen="0")
    assert "This is due to keyless thefts." in kept.content.decode()
    assert "1 sentence says why and cites no evidence" in kept.content.decode()


def test_html_in_a_text_stays_text_everywhere(office: Office, report: Report) -> None:
    hostile = "<script>alert(1)</script> & <b>bold</b> {{ 7|add:1 }}"
    client = signed_in(office)
    post(client, "report_insight", report.pk, CODE, words=hostile, evidence=hostile, seen="0")
    post(client, "report_remark", report.pk, words=hostile)
    headline = report.headlines.order_by("place")[0]
    post(client, "report_headlines", report.pk, headline=headline.pk, words=hostile, seen="1")
    for page in (
        ("report", report.pk),
        ("report_preview", report.pk),
        ("report_headlines", report.pk),
        ("report_insight", report.pk, CODE),
    ):
        words = see(client, *page)
        assert "<script>alert(1)" not in words, page
        assert "&lt;script&gt;alert(1)" in words, page


def test_a_second_editor_is_told_and_loses_nothing(office: Office, report: Report) -> None:
    client = signed_in(office)
    post(client, "report_insight", report.pk, CODE, words="The first.", seen="0")
    second = post(client, "report_insight", report.pk, CODE, words="The second.", seen="0").content.decode()
    assert "Somebody else changed this text while you wrote" in second
    assert "The second." in second
    offered = InsightText.objects.get(state="offered")
    chosen = post(client, "report_text", report.pk, offered.pk, seen="1").content.decode()
    assert "This text stands now" in chosen
    assert insight_of(report).words == "The second."


def test_a_million_letters_and_a_nul_are_answered_in_plain_words(office: Office, report: Report) -> None:
    client = signed_in(office)
    long = post(client, "report_insight", report.pk, CODE, words="x" * 1_000_000, seen="0")
    assert long.status_code == 422
    nul = post(client, "report_remark", report.pk, words="a\x00b")
    assert nul.status_code == 200
    assert report.comments.get().words == "a b"


def test_evidence_on_a_page_must_stand_there(office: Office, report: Report) -> None:
    from tests.intake.samples import DATA

    from bluelamp.documents.readers import read_bytes
    from bluelamp.intake.actions import store_document

    document = store_document(
        by=office["analyst"],
        now=NOW,
        document=read_bytes(DATA, file_name="calder-vale.txt"),
        data=DATA,
        file_name="calder-vale.txt",
        organisation=office.organisation,
    ).document
    client = signed_in(office)
    given = {"words": "It is so because of that [1].", "seen": "0", "document": str(document.pk)}
    wrong = post(client, "report_insight", report.pk, CODE, quote="No such words anywhere.", **given)
    assert wrong.status_code == 422
    assert "does not stand in" in wrong.content.decode()
    quote = next(line for line in DATA.decode().splitlines() if len(line.split()) > 4).strip()
    assert post(client, "report_insight", report.pk, CODE, quote=quote, **given).status_code == 200
    held = insight_of(report)
    assert held.evidence[0]["citations"][0]["document_sha256"] == document.sha256
    again = post(client, "report_insight", report.pk, CODE, words="Still so [1].", seen="1", **{"keep-0": "on"})
    assert again.status_code == 200
    assert insight_of(report).evidence == held.evidence


def test_wanting_by_hand_is_a_form_with_a_reason(office: Office, report: Report) -> None:
    client = signed_in(office)
    assert "say why" in post(client, "report_wanted", report.pk, "2.2", wanted="yes", reason="").content.decode()
    post(client, "report_wanted", report.pk, "2.2", wanted="yes", reason="The board asked.")
    assert insight_of(report, "2.2").wanted


def test_headlines_are_edited_with_their_faults_shown(office: Office, report: Report) -> None:
    client = signed_in(office)
    headline = report.headlines.order_by("place")[0]
    page = post(client, "report_headlines", report.pk, headline=headline.pk, words="Vehicle crime fell.", seen="1")
    assert "“fell” disagrees with the figures" in page.content.decode()
    stale = post(client, "report_headlines", report.pk, headline=headline.pk, words="Mine.", seen="1")
    assert stale.status_code == 422
    assert "Somebody else changed this headline" in stale.content.decode()
    assert "Mine." in stale.content.decode()
    see(client, "report_headlines", report.pk)
    assert post(client, "report_headlines", report.pk, headline="nonsense", words="x", seen="1").status_code == 404
    post(client, "report_headline_new", report.pk, theme="2", words="Residents were asked.")
    assert "Residents were asked." in see(client, "report_headlines", report.pk)


# -- asking -----------------------------------------------------------------------------------------------


def asked(office: Office, report: Report) -> None:
    due = timezone.localdate() + 7 * DAY
    ask_contributor(
        report, owner=office.contributor, codes=[CODE], due=due, by=office["analyst"], now=timezone.now()
    )


def link_of(page: str) -> str:
    found = re.search(r"http://testserver(/insight/[\w-]+)", page)
    assert found, page
    return found[1]


def test_a_contributor_writes_by_a_link_that_works_once(office: Office, report: Report) -> None:
    client = signed_in(office)
    made = post(client, "report_ask", report.pk, codes=[CODE], owner=office.contributor.pk, due=soon())
    assert "1 indicator is asked for." in made.content.decode()
    assert fresh(report).state == "asked"
    page = post(client, "report_link", report.pk, office.contributor.pk).content.decode()
    address = link_of(page)
    stranger = Client()
    shown = stranger.get(address).content.decode()
    assert "please write what lies behind this indicator" in shown
    assert "/register" not in shown
    key = report.requests.get().pk
    empty = stranger.post(address, {f"words-{key}": "  "})
    assert empty.status_code == 422
    sent = stranger.post(address, {f"words-{key}": "Keys were copied.", f"evidence-{key}": "Lab note"})
    assert "Your text is kept." in sent.content.decode()
    for again in (stranger.get(address), stranger.post(address, {f"words-{key}": "Twice."})):
        assert again.status_code == 403
    held = insight_of(report)
    assert (held.words, held.by_name) == ("Keys were copied.", "Head of crime (by link)")
    assert held.texts.count() == 1


def test_a_newer_link_ends_the_older_and_a_closed_report_takes_nothing(office: Office, report: Report) -> None:
    asked(office, report)
    client = signed_in(office)
    first = link_of(post(client, "report_link", report.pk, office.contributor.pk).content.decode())
    second = link_of(post(client, "report_link", report.pk, office.contributor.pk).content.decode())
    assert Client().get(first).status_code == 403
    assert Client().get(second).status_code == 200
    office.write_all(report)
    make_ready(fresh(report), by=office["analyst"], now=NOW)
    closed = Client().get(second)
    assert closed.status_code == 403
    assert "takes no more insight" in closed.content.decode()


def test_a_contributors_text_is_offered_where_one_stands_already(office: Office, report: Report) -> None:
    asked(office, report)
    client = signed_in(office)
    address = link_of(post(client, "report_link", report.pk, office.contributor.pk).content.decode())
    save_insight(insight_of(report), Written(words="Ours."), seen=0, by=office["analyst"], now=NOW)
    key = report.requests.get().pk
    Client().post(address, {f"words-{key}": "Theirs."})
    assert insight_of(report).words == "Ours."
    assert "Two texts: choose" in see(client, "report", report.pk)


def test_links_leave_by_mail_and_name_no_figure(office: Office, report: Report) -> None:
    office.contributor.email = "crime@example.org"
    with recording(by=office["administrator"], now=NOW) as book:
        book.event("organisations.owner_changed", subject=office.contributor, change=[office.contributor])
    asked(office, report)
    page = post(signed_in(office), "report_send", report.pk).content.decode()
    assert "1 message was sent." in page
    (message,) = mail.outbox
    assert message.to == ["crime@example.org"]
    assert insight_of(report).exception_words not in message.body
    assert Client().get(link_of(str(message.body))).status_code == 200


def test_a_contributor_with_an_account_writes_in_the_desk_what_they_were_asked_and_nothing_else(
    office: Office, report: Report
) -> None:
    office.contributor.user = office["reader"]
    with recording(by=office["administrator"], now=NOW) as book:
        book.event("organisations.owner_changed", subject=office.contributor, change=[office.contributor])
    asked(office, report)
    reader = signed_in(office, "reader")
    assert "Keep this text" in see(reader, "report_insight", report.pk, CODE)
    assert "Keep this text" not in see(reader, "report_insight", report.pk, "2.2")
    post(reader, "report_insight", report.pk, CODE, words="Keys were copied.", seen="0")
    refused = post(reader, "report_insight", report.pk, "2.2", words="More.", seen="0")
    assert refused.status_code == 422
    assert "You cannot write insight" in refused.content.decode()
    assert insight_of(report).words == "Keys were copied."
    assert report.requests.get().answered is not None


def test_what_is_withdrawn_is_asked_no_more(office: Office, report: Report) -> None:
    asked(office, report)
    client = signed_in(office)
    post(client, "report_withdraw", report.pk, report.requests.get().pk)
    page = post(client, "report_link", report.pk, office.contributor.pk).content.decode()
    assert "is asked for nothing any more" in page


# -- by Word ----------------------------------------------------------------------------------------------


def fill(data: bytes, words: str, evidence: str = "", *, code: str = CODE) -> bytes:
    document = Document(io.BytesIO(data))
    for table in document.tables:
        for row in table.rows:
            cells = row.cells
            if len(cells) == 4 and code in cells[0]._tc.xpath("string(.)"):
                cells[2].paragraphs[0].add_run(words)
                cells[3].paragraphs[0].add_run(evidence)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def send_word(client: Client, report: Report, data: bytes, name: str = "back.docx") -> str:
    upload = SimpleUploadedFile(name, data)
    return str(post(client, "report_return", report.pk, file=upload).content.decode())


def test_a_word_file_goes_out_and_comes_back(office: Office, report: Report) -> None:
    asked(office, report)
    client = signed_in(office)
    response = post(client, "report_word", report.pk, office.contributor.pk)
    assert response["Content-Disposition"].endswith('-draft.docx"')
    filled = fill(response.content, "Keys were copied [1].", "Lab note 7")
    assert "Texts that stand now: 1; that wait for you to choose: 0." in send_word(client, report, filled)
    held = insight_of(report)
    assert held.words == "Keys were copied [1]."
    assert held.by_name.startswith(f"{office.contributor.name} (in Word, taken in by ")
    assert held.evidence[0]["words"] == "Lab note 7"
    text = held.texts.get()
    assert (text.via, text.owner, text.document.file_name) == ("word", office.contributor, "back.docx")
    assert "taken already" in send_word(client, report, filled)
    assert held.texts.count() == 1


def test_a_file_of_another_report_or_of_none_changes_nothing(office: Office, report: Report) -> None:
    other = office.begin(area="north")
    insight = insight_of(other)
    if not insight.wanted:
        from bluelamp.performance.actions_insight import choose_wanted

        choose_wanted(insight, wanted=True, reason="x", by=office["analyst"], now=NOW)
    asked(office, report)
    asked(office, other)
    theirs = make_order_file(fresh(other), office.contributor, by=office["analyst"], now=timezone.now())
    client = signed_in(office)
    assert "filled in for another report" in send_word(client, report, fill(theirs.data, "Theirs."))
    plain = Document()
    plain.add_paragraph("A letter.")
    stream = io.BytesIO()
    plain.save(stream)
    assert "has no row of the insight" in send_word(client, report, stream.getvalue())
    assert "notice--error" in send_word(client, report, b"not a word file", "x.docx")
    assert InsightText.objects.count() == 0


def test_an_edited_structure_is_offered_with_its_doubt(office: Office, report: Report) -> None:
    asked(office, report)
    made = make_order_file(report, office.contributor, by=office["analyst"], now=timezone.now())
    stripped = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(fill(made.data, "By its code."))) as before,
        zipfile.ZipFile(stripped, "w") as after,
    ):
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename == "word/document.xml":
                data = re.sub(rb"_bl_\w+", b"_gone", data)
                data = re.sub(rb"bluelamp:[0-9a-f]+", b"gone", data)
            after.writestr(entry, data)
    page = send_word(signed_in(office), report, stripped.getvalue())
    assert "It lost its key, and was found by its code." in page
    assert InsightText.objects.get().state == "offered"
    assert insight_of(report).words == ""


def test_a_file_that_says_nothing_new_is_said(office: Office, report: Report) -> None:
    asked(office, report)
    made = make_order_file(report, office.contributor, by=office["analyst"], now=timezone.now())
    assert "nothing was written" in send_word(signed_in(office), report, made.data)


def test_who_wrote_a_part_is_told_on_its_page_why_they_do_not_sign(office: Office, report: Report) -> None:
    office.write_all(report)
    make_ready(fresh(report), by=office["administrator"], now=NOW)
    page = see(signed_in(office, "administrator"), "report", report.pk)
    assert "You cannot sign the report off: you said that it is ready" in page
    assert "an administrator adds a person who reads it and signs" in page
    assert "Sign the report off" not in page
    officer = see(signed_in(office, "lpb_officer"), "report", report.pk)
    assert "Sign the report off" in officer
    assert "You cannot sign" not in officer


# -- the steps --------------------------------------------------------------------------------------------


def test_the_whole_way_in_forms(office: Office, report: Report) -> None:
    analyst, officer = signed_in(office), signed_in(office, "lpb_officer")
    early = post(analyst, "report_step", report.pk, "make-ready", follow=False)
    assert early.status_code == 422
    assert "Insight is wanted and not written for 1A.1" in early.content.decode()
    post(analyst, "report_insight", report.pk, CODE, words="Keys were copied.", seen="0")
    post(analyst, "report_step", report.pk, "make-ready")
    assert "You cannot sign" in post(analyst, "report_step", report.pk, "sign-off").content.decode()
    page = see(officer, "report_step", report.pk, "sign-off")
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    post(officer, "report_step", report.pk, "sign-off", seen=seen[1])
    assert fresh(report).state == "signed-off"
    hour = timezone.localtime() + dt.timedelta(hours=2)
    no_ground = post(
        analyst, "report_step", report.pk, "release", public_from=hour.strftime("%Y-%m-%dT%H:%M"), follow=False
    )
    assert "Say why the release is held back" in no_ground.content.decode()
    released = post(
        analyst,
        "report_step",
        report.pk,
        "release",
        public_from=hour.strftime("%Y-%m-%dT%H:%M"),
        ground="The board meets first.",
    ).content.decode()
    assert "Held back until" in released
    release = ReportRelease.objects.get()
    for file in release.files:
        response = analyst.get(reverse("performance:release_file", args=[release.pk, file["format"]]))
        assert len(response.content) == file["size"]
    see(analyst, "release_file", release.pk, "exe", status=404)
    checked = analyst.get(reverse("performance:release", args=[release.pk]) + "?check=1").content.decode()
    assert "All 6 files are the same" in checked
    post(analyst, "report_step", report.pk, "correct", reason="A sign.")
    assert fresh(report).state == "draft"


def test_an_embargo_shows_to_no_other_organisation_on_any_page(
    office: Office, report: Report, tmp_path: Path, settings: Any
) -> None:
    now = timezone.now()
    release = release_report(
        office.sign(report),
        public_from=now + dt.timedelta(hours=1),
        ground="The board.",
        formats=FEW,
        by=office["analyst"],
        now=now,
    )
    other = make_office(tmp_path / "other", settings, code="OTH-PCC")
    for role in ("analyst", "lpb_officer", "reader"):
        client = signed_in(other, role)
        assert release.title not in see(client, "reports")
        assert "Released by others" not in see(client, "reports")
        see(client, "release", release.pk, status=404)
        see(client, "release_file", release.pk, "html", status=404)
        assert release.title not in client.get(reverse("desk:audit_trail")).content.decode()
    with recording(by=office["administrator"], now=now) as book:
        release.public_from = now
        book.event("test.hour_came", subject=report, change=[release])
    reader = signed_in(other, "reader")
    assert "Released by others" in see(reader, "reports")
    see(reader, "release", release.pk)
    see(reader, "release_file", release.pk, "html")
    see(reader, "report", report.pk, status=404)


def test_the_ledger_names_every_files_hash(office: Office, report: Report) -> None:
    from bluelamp.ledger.models import Event, Payload

    release = release_report(office.sign(report), formats=FEW, by=office["analyst"], now=NOW)
    event = Event.objects.get(action="performance.report_released")
    body = Payload.objects.get(sequence=event.sequence).body
    for file in release.files:
        assert str(file["sha256"]) in body


def test_the_draft_downloads_in_every_format(office: Office, report: Report) -> None:
    client = signed_in(office)
    for form in ("html", "pdf", "docx", "xlsx", "csv", "json"):
        response = client.get(reverse("performance:report_preview", args=[report.pk]), {"format": form})
        assert response.status_code == 200, form
        assert "attachment" in response["Content-Disposition"]
    assert (
        client.get(reverse("performance:report_preview", args=[report.pk]), {"format": "exe"}).status_code == 422
    )


def test_an_area_is_chosen_from_those_of_the_plan(office: Office) -> None:
    client = signed_in(office)
    assert '<option value="north">North Calder</option>' in see(client, "report_new")
    said = {"plan": "calder-vale-2018-21", "to": "2021-03", "marking": "OFFICIAL"}
    assert post(client, "report_new", **said, area="moon").status_code == 422
    assert post(client, "report_new", **said, area="north").status_code == 200
    assert Report.objects.get().area == "north"


def test_numbers_from_elsewhere_are_named_beside_an_insight(office: Office, report: Report) -> None:
    insight = insight_of(report)
    save_insight(insight, Written(words="A rise of 987.6%."), seen=insight.version, by=office["analyst"], now=NOW)
    page = " ".join(see(signed_in(office), "report_insight", report.pk, CODE).split())
    assert "Not among the facts of this report, so look where they come from: 987.6%" in page
