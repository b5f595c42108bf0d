"""Is a paper checked from its page, are findings answered and remembered, do certificate and copy come down?"""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone
from tests.desk.conftest import SignIn, finish
from tests.intake.paper_samples import RIGHT, paper_docx, paper_pdf, paper_text, store_paper

from bluelamp.documents.document import Document
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.actions_jobs import SILENCE
from bluelamp.intake.models import CheckAnswer, Job, PaperCheck
from bluelamp.intake.worker import work_once
from bluelamp.ledger.models import Event
from bluelamp.organisations.models import Organisation

WRONG = RIGHT + 3


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading in a child process has tests of its own."""

    def read_upload(data: bytes, file_name: str) -> Document:
        return read_bytes(data, file_name=file_name)

    monkeypatch.setattr("bluelamp.intake.paper_checks.read_upload", read_upload)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", finish(response).decode())))


def run_check(desk: Client, paper: StoredDocument, **more: Any) -> str:
    """Check the paper as a person would, and give the words of the page it ends on."""
    begun = desk.post(f"/documents/{paper.pk}/check/start", more)
    assert begun.status_code == 302, words(begun)
    assert work_once()
    return words(desk.get(begun["Location"], follow=True))


def key_of(paper: StoredDocument, verdict: str = "contradiction") -> str:
    from bluelamp.intake.check_wire import read_kept_report

    report = read_kept_report(PaperCheck.objects.filter(document=paper).latest("checked").found)
    return next(each.key for each in report.results if each.verdict.value == verdict)


def answer(desk: Client, paper: StoredDocument, said: str, reason: str = "", seen: str = "") -> Any:
    address = f"/documents/{paper.pk}/check/findings/{key_of(paper)}"
    return desk.post(address, {"answer": said, "reason": reason, "seen": seen})


def test_before_a_check_the_page_says_what_one_does(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    page = words(desk.get(f"/documents/{paper.pk}/check"))
    assert "has not been checked yet" in page
    assert f"/documents/{paper.pk}/check" in finish(desk.get(f"/documents/{paper.pk}")).decode()


def test_a_check_finds_the_total_and_marks_its_words(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    page = run_check(desk, paper)
    assert re.search(r"Checked \d+ figures and dates: 1 cannot be true ?, none doubtful", page), page[:900]
    assert f"sum to {RIGHT}" in page
    assert "1 waits for an answer" in page
    html = finish(desk.get(f"/documents/{paper.pk}/check?finding={key_of(paper)}")).decode()
    assert re.search(rf"<mark[^>]*>[^<]*{WRONG}", html), html
    event = Event.objects.get(action="intake.paper_checked")
    assert (event.actor_name, event.subject_id) == ("Sam Ferrier", str(paper.pk))


def test_each_number_leads_to_what_it_counts(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    run_check(desk, paper)
    counts = PaperCheck.objects.get().counts
    assert counts["consistent"] > 0
    for verdict, number in counts.items():
        html = finish(desk.get(f"/documents/{paper.pk}/check?verdict={verdict}")).decode()
        assert html.count('<li id="finding-') == number, verdict


def test_a_check_is_kept_once(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    run_check(desk, paper)
    before = Event.objects.count()
    run_check(desk, paper)
    assert PaperCheck.objects.count() == 1
    assert Event.objects.count() == before


def test_a_newer_checker_asks_for_a_new_check(
    desk: Client, organisations: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = store_paper(paper_text(WRONG))
    run_check(desk, paper)
    assert "A newer checker" not in words(desk.get(f"/documents/{paper.pk}/check"))
    monkeypatch.setattr("bluelamp.intake.queries_checks.CHECKER_VERSION", 999)
    monkeypatch.setattr("bluelamp.intake.actions_checks.CHECKER_VERSION", 999)
    assert "A newer checker" in words(desk.get(f"/documents/{paper.pk}/check"))
    assert "A newer checker" not in run_check(desk, paper)
    assert PaperCheck.objects.count() == 2


def test_papers_are_checked_together_and_both_are_named(desk: Client, organisations: None) -> None:
    paper, other = store_paper(paper_text(WRONG)), store_paper(paper_text(RIGHT, "Other"), "other.md")
    choose = words(desk.get(f"/documents/{paper.pk}/check/with"))
    assert "other.md" in choose
    page = run_check(desk, paper, beside=[str(other.pk), "nonsense"])
    assert "together with" in page
    assert PaperCheck.objects.get().beside[0]["document"] == str(other.pk)


def test_too_many_papers_are_refused_in_a_sentence(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    others = [store_paper(paper_text(RIGHT, f"Number {n}"), f"{n}.md") for n in range(10)]
    response = desk.post(f"/documents/{paper.pk}/check/start", {"beside": [str(each.pk) for each in others]})
    assert response.status_code == 422
    assert "At most 10 papers" in words(response)


def test_an_answer_is_kept_with_who_and_when(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    run_check(desk, paper)
    assert answer(desk, paper, "explained").status_code == 422
    assert "Say the reason" in words(answer(desk, paper, "explained"))
    assert "Say whether" in words(answer(desk, paper, ""))
    response = answer(desk, paper, "explained", "A shared post\n counts twice.")
    assert response.status_code == 302
    page = words(desk.get(f"/documents/{paper.pk}/check"))
    assert "Explained by Sam Ferrier on" in page
    assert "A shared post counts twice." in page
    assert "Every one of them has an answer." in page
    assert Event.objects.filter(action="intake.finding_explained", subject_id=str(paper.pk)).count() == 1


def test_two_people_who_answer_at_once_do_not_overwrite_each_other(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    run_check(desk, paper)
    assert answer(desk, paper, "fixed").status_code == 302
    second = answer(
        desk, paper, "not-an-error", "It is read wrongly."
    )  # the page was read before the first answer
    assert second.status_code == 422
    assert "Sam Ferrier answered this while you were writing" in words(second)
    held = CheckAnswer.objects.get()
    assert answer(desk, paper, "not-an-error", "It is read wrongly.", str(held.pk)).status_code == 302
    assert [each.answer for each in CheckAnswer.objects.filter(withdrawn=False)] == ["not-an-error"]
    history = words(desk.get(f"/documents/{paper.pk}/check/findings/{key_of(paper)}"))
    assert "no longer stands" in history


def test_an_answer_can_be_taken_back(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    run_check(desk, paper)
    answer(desk, paper, "fixed")
    held = CheckAnswer.objects.get()
    address = f"/documents/{paper.pk}/check/answers/{held.pk}/take-back"
    assert desk.post(address).status_code == 302
    assert "1 waits for an answer" in words(desk.get(f"/documents/{paper.pk}/check"))
    assert "taken back already" in words(desk.post(address, follow=True))
    assert answer(desk, paper, "fixed", seen=str(held.pk)).status_code == 422


def test_the_next_version_remembers(desk: Client, organisations: None) -> None:
    first = store_paper(paper_text(WRONG))
    run_check(desk, first)
    answer(desk, first, "explained", "A shared post counts twice.")
    second = store_paper(paper_text(WRONG, "A second version"), "second.md")
    assert "counts twice" not in run_check(desk, second)
    chosen = desk.post(f"/documents/{second.pk}/check/version", {"earlier": str(first.pk)})
    assert chosen.status_code == 302
    page = words(desk.get(f"/documents/{second.pk}/check"))
    assert "Explained in the version before by Sam Ferrier" in page
    assert "Every one of them has an answer." in page


def test_what_was_said_to_be_fixed_is_gone_or_still_here(desk: Client, organisations: None) -> None:
    first = store_paper(paper_text(WRONG))
    run_check(desk, first)
    answer(desk, first, "fixed")
    still, mended = (
        store_paper(paper_text(WRONG, "Still"), "still.md"),
        store_paper(paper_text(RIGHT, "Mended"), "mended.md"),
    )
    for each in (still, mended):
        desk.post(f"/documents/{each.pk}/check/version", {"earlier": str(first.pk)})
    page = run_check(desk, still)
    assert "but it is still here" in page
    assert "1 waits for an answer" in page
    page = run_check(desk, mended)
    assert "Fixed, as Sam Ferrier said on" in page
    assert "Gone since the version before" in page


def test_versions_never_run_in_a_ring(desk: Client, organisations: None) -> None:
    first, second = store_paper(paper_text(WRONG)), store_paper(paper_text(WRONG, "Second"), "second.md")
    assert desk.post(f"/documents/{second.pk}/check/version", {"earlier": str(first.pk)}).status_code == 302
    ring = desk.post(f"/documents/{first.pk}/check/version", {"earlier": str(second.pk)})
    assert ring.status_code == 422
    assert "later version of this one" in words(ring)
    assert desk.post(f"/documents/{first.pk}/check/version", {"earlier": str(first.pk)}).status_code == 422


def test_a_worker_that_was_killed_is_followed_by_another_that_keeps_the_same_once(
    desk: Client, organisations: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        """As a signal would end the process: nothing after it runs."""

    def die(*_: object, **__: object) -> None:
        raise KilledError

    paper = store_paper(paper_text(WRONG))
    begun = desk.post(f"/documents/{paper.pk}/check/start")
    with monkeypatch.context() as patched:
        patched.setattr("bluelamp.intake.paper_checks.keep_check", die)
        with pytest.raises(KilledError):
            work_once()
    assert "Checking" in words(desk.get(begun["Location"]))
    assert not work_once()  # its worker may still be at it
    Job.objects.update(heartbeat=timezone.now() - SILENCE * 2)
    assert work_once()
    assert PaperCheck.objects.count() == 1
    assert "cannot be true" in words(desk.get(begun["Location"], follow=True))


def test_a_check_can_be_stopped_before_it_begins_and_is_begun_once(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    first, second = (desk.post(f"/documents/{paper.pk}/check/start")["Location"] for _ in range(2))
    assert first == second
    assert "is under way" in words(desk.get(f"/documents/{paper.pk}/check"))
    key = Job.objects.get().pk
    stopped = desk.post(f"/jobs/{key}/stop", follow=True)
    assert stopped.redirect_chain[-1][0] == first
    assert work_once()
    assert "Stopped before it began" in words(desk.get(first))
    assert not PaperCheck.objects.exists()


def test_somebody_elses_work_is_not_shown(sign_in: SignIn, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    begun = sign_in("liaison", name="First").post(f"/documents/{paper.pk}/check/start")["Location"]
    assert sign_in("liaison", name="Second").get(begun).status_code == 403
    assert sign_in("administrator").get(begun).status_code == 200


def test_an_original_that_is_gone_ends_the_check_with_a_sentence(desk: Client, organisations: None) -> None:
    from bluelamp.documents.originals import workspace_originals

    paper = store_paper(paper_text(WRONG, "Gone soon"))
    begun = desk.post(f"/documents/{paper.pk}/check/start")
    workspace_originals().path_of(paper.sha256).unlink()
    assert work_once()
    page = words(desk.get(begun["Location"]))
    assert "could not be checked" in page
    assert "The original of" in page


@pytest.mark.parametrize(
    ("role", "checks", "answers"),
    [
        ("administrator", True, True),
        ("liaison", True, True),
        ("lpb_officer", True, True),
        ("owner", True, True),
        ("analyst", True, True),
        ("auditor", True, False),
        ("committee_member", True, False),
        ("reader", False, False),
    ],
)
def test_who_may_check_and_who_may_answer(
    sign_in: SignIn, organisations: None, role: str, checks: bool, answers: bool
) -> None:
    paper = store_paper(paper_text(WRONG))
    run_check(sign_in("liaison", name="First"), paper)
    desk = sign_in(role)
    page = words(desk.get(f"/documents/{paper.pk}/check"))
    assert ("Check it with other papers" in page) is checks
    assert ("and answer it" in page) is answers
    assert (desk.post(f"/documents/{paper.pk}/check/start").status_code == 302) is checks
    assert (answer(desk, paper, "fixed").status_code == 302) is answers
    assert (desk.post(f"/documents/{paper.pk}/check/version", {"earlier": ""}).status_code == 302) is answers


def test_a_check_beside_another_organisations_paper_is_not_shown(sign_in: SignIn, organisations: None) -> None:
    body = Organisation.objects.get(code="CVP-PCC")
    paper = store_paper(paper_text(WRONG))
    secret = store_paper(paper_text(WRONG, "Not for all"), "secret.md", organisation=body)
    run_check(sign_in("liaison", body, name="Own"), paper, beside=[str(secret.pk)])
    assert "secret.md" in words(sign_in("liaison", body, name="Own two").get(f"/documents/{paper.pk}/check"))
    stranger = sign_in("liaison", name="Stranger")
    assert "has not been checked yet" in words(stranger.get(f"/documents/{paper.pk}/check"))
    assert stranger.get(f"/documents/{paper.pk}/check/findings/{key_of(paper)}").status_code == 404
    assert stranger.get(f"/documents/{secret.pk}/check").status_code == 404
    assert "secret.md" not in words(stranger.get(f"/documents/{paper.pk}/check/with"))


def test_the_certificate_says_what_was_checked_and_never_that_all_is_right(
    desk: Client, organisations: None
) -> None:
    paper = store_paper(paper_text(WRONG))
    run_check(desk, paper)
    answer(desk, paper, "explained", "A shared post counts twice.")
    page = words(desk.get(f"/documents/{paper.pk}/check/certificate.html"))
    assert "Totals and sums" in page
    assert "Explained by Sam Ferrier" in page
    assert "may be wrong together" in page
    assert "no errors" not in page.lower()
    pdf = desk.get(f"/documents/{paper.pk}/check/certificate.pdf")
    assert finish(pdf).startswith(b"%PDF")
    assert "attachment" in pdf["Content-Disposition"]
    assert finish(desk.get(f"/documents/{paper.pk}/check/certificate.docx")).startswith(b"PK")
    assert desk.get(f"/documents/{paper.pk}/check/certificate.exe").status_code == 404


def test_a_word_paper_comes_back_with_comments_and_its_original_stays(desk: Client, organisations: None) -> None:
    data = paper_docx(WRONG)
    paper = store_paper(data, "patrols.docx")
    run_check(desk, paper)
    answer(desk, paper, "not-an-error", "The fourth area is secret.")
    response = desk.get(f"/documents/{paper.pk}/check/copy")
    assert "patrols-checked.docx" in response["Content-Disposition"]
    comments = list(docx.Document(io.BytesIO(finish(response))).comments)
    assert any(f"sum to {RIGHT}" in each.text and "The fourth area is secret." in each.text for each in comments)
    assert finish(desk.get(f"/documents/{paper.pk}/original")) == data


def test_a_pdf_comes_back_with_highlights(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_pdf(WRONG), "patrols.pdf")
    page = run_check(desk, paper)
    assert f"sum to {RIGHT}" in page
    copy = finish(desk.get(f"/documents/{paper.pk}/check/copy"))
    assert b"/Highlight" in copy
    html = finish(desk.get(f"/documents/{paper.pk}/check")).decode()
    assert 'class="box' in html  # the picture of the page with boxes


def test_a_text_is_refused_a_copy_in_a_sentence(desk: Client, organisations: None) -> None:
    paper = store_paper(paper_text(WRONG))
    page = run_check(desk, paper)
    assert "A text file has no room for notes" in page
    assert "has no room for notes" in words(desk.get(f"/documents/{paper.pk}/check/copy", follow=True))


def test_hostile_names_are_words_and_nothing_else(desk: Client, organisations: None) -> None:
    name = '"><script>alert(1)</script>\r\nSet-Cookie: x=y.docx'
    paper = store_paper(paper_docx(WRONG), name)
    run_check(desk, paper)
    html = finish(desk.get(f"/documents/{paper.pk}/check")).decode()
    assert "<script>alert" not in html
    response = desk.get(f"/documents/{paper.pk}/check/copy")
    assert "Set-Cookie" not in response
    assert "\n" not in response["Content-Disposition"]
    assert finish(desk.get(f"/documents/{paper.pk}/check/certificate.html")).decode().count("<script") == 0


@pytest.mark.parametrize(
    "query",
    [
        "finding=none",
        "verdict=evil",
        "page=99999999999",
        "page=-1",
        "part=x",
        "from=9999999",
        "check=nobody",
        "show=text",
    ],
)
def test_an_address_that_names_nothing_shows_the_page(desk: Client, organisations: None, query: str) -> None:
    paper = store_paper(paper_text(WRONG))
    run_check(desk, paper)
    assert desk.get(f"/documents/{paper.pk}/check?{query}").status_code == 200


def test_verify_is_content_with_checks_and_answers(desk: Client, organisations: None) -> None:
    from bluelamp.ledger.verification import verify

    paper = store_paper(paper_text(WRONG))
    run_check(desk, paper)
    answer(desk, paper, "fixed")
    answer(desk, paper, "explained", "No.", str(CheckAnswer.objects.get().pk))
    assert verify(None).problems == []
