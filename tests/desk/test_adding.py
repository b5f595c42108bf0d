"""Does a file that is sent come in, is it read by the worker, and is what is wrong with it said?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.desk.conftest import SignIn
from tests.inspections.reading.about_reports import DEFINITIONS, bodies
from tests.intake.samples import BY, NOW

from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.actions_jobs import SILENCE, claim_job
from bluelamp.intake.models import Job
from bluelamp.intake.uploads import upload_path
from bluelamp.intake.worker import work_once
from bluelamp.ledger.models import Event
from bluelamp.organisations.actions import load_organisations
from bluelamp.register.models import Item

WORDS = b"Calder Vale Police\n\nThe constabulary should count its bicycles.\n"


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading in a child process has tests of its own."""

    def read_upload(data: bytes, file_name: str) -> Document:
        if data.startswith(b"broken"):
            raise UnreadableFileError("This file is damaged: save it again.")
        return read_bytes(data, file_name=file_name)

    monkeypatch.setattr("bluelamp.intake.worker.read_upload", read_upload)


def send(desk: Client, data: bytes = WORDS, name: str = "report.txt", **more: str) -> str:
    response = desk.post("/documents/add", {"file": SimpleUploadedFile(name, data), **more})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def test_a_file_becomes_a_document_with_proposals(desk: Client) -> None:
    job = send(desk, force="CVP")
    page = desk.get(job).content.decode()
    assert "Waiting for its turn" in page
    assert "You can leave this page" in page
    assert work_once()
    assert not work_once()
    page = desk.get(job).content.decode()
    assert "The document has been read" in page
    stored = StoredDocument.objects.get()
    assert f"/documents/{stored.pk}/review" in page
    assert stored.subject is not None
    assert stored.file_name == "report.txt"
    assert not upload_path(Job.objects.get().pk).exists()
    assert (
        Event.objects.order_by("sequence").filter(action="documents.document_stored")[0].actor_name
        == "Sam Ferrier"
    )


def test_the_same_bytes_again_change_nothing(desk: Client) -> None:
    send(desk)
    work_once()
    before = Event.objects.count()
    job = send(desk, name="another name.txt")
    work_once()
    assert "Nothing was changed" in desk.get(job).content.decode()
    assert Event.objects.count() == before


def test_a_file_that_cannot_be_read_is_explained_and_not_kept(desk: Client) -> None:
    job = send(desk, b"broken bytes")
    work_once()
    page = desk.get(job).content.decode()
    assert "This document could not be added" in page
    assert "This file is damaged: save it again." in page
    assert not StoredDocument.objects.exists()
    assert not upload_path(Job.objects.get().pk).exists()


def test_a_fault_of_ours_ends_the_job_and_not_the_worker(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr("bluelamp.intake.worker.take_in", fail)
    job = send(desk)
    assert work_once()
    page = desk.get(job).content.decode()
    assert "the fault is ours" in page
    assert "a secret of the machine" not in page


@pytest.mark.parametrize("files", [{}, {"file": SimpleUploadedFile("empty.txt", b"")}])
def test_no_file_or_an_empty_one_is_said_beside_the_field(desk: Client, files: dict[str, object]) -> None:
    response = desk.post("/documents/add", files)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert not Job.objects.exists()


def test_a_hostile_file_name_is_only_a_name(desk: Client) -> None:
    job = send(desk, name="<script>alert(1)</script>.txt")
    work_once()
    for address in (job, "/documents", "/"):
        assert "<script>alert" not in desk.get(address).content.decode()


def test_a_job_can_be_stopped_before_it_begins(desk: Client) -> None:
    job = send(desk)
    desk.post(f"{job}/stop")
    work_once()
    assert "Nothing was kept" in desk.get(job).content.decode()
    assert not StoredDocument.objects.exists()


def test_work_whose_worker_died_is_taken_up_again(desk: Client) -> None:
    send(desk)
    now = timezone.now()
    assert claim_job(now=now) is not None
    assert claim_job(now=now) is None
    assert claim_job(now=now + SILENCE + dt.timedelta(seconds=1)) is not None


def test_others_do_not_see_what_someone_sends(desk: Client, sign_in: SignIn) -> None:
    job = send(desk)
    assert sign_in(name="Robin Ashdown").get(job).status_code == 403


NATIONAL = b"""# Out of hours

A national inspection by HMICFRS, May 2026

## Recommendations

By 30 April 2027, chief constables should answer the telephone at night.

## Nights

Calder Vale Police could not provide this data. Harbourshire Police could.
"""


def test_a_report_on_many_forces_is_read_for_the_one_that_is_chosen(desk: Client, settings: Any) -> None:
    settings.WORKSPACE_DEFINITIONS = DEFINITIONS
    assert "Is it about many forces?" in desk.get("/documents/add").content.decode()
    send(desk, NATIONAL, "national.md", about="CVP")
    assert work_once()
    stored = StoredDocument.objects.get()
    mentions = stored.proposals.filter(kind="mention")
    assert set(mentions.values_list("fields__nature", flat=True)) == {"exclusion", "recommendation_to_all"}
    review = f"/documents/{stored.pk}/review"
    page = desk.get(review).content.decode()
    assert "This report was read for Calder Vale Police" in page
    assert "its items cannot be numbered yet" not in page
    exclusion = mentions.get(fields__nature="exclusion")
    page = desk.post(f"/documents/{stored.pk}/proposals/{exclusion.pk}/accept", follow=True).content.decode()
    item = Item.objects.get()
    assert (item.force.code, item.kind) == ("CVP", "issue_of_concern")
    assert item.reference in page


def test_the_same_bytes_read_for_another_force_add_what_is_said_of_it(desk: Client, settings: Any) -> None:
    settings.WORKSPACE_DEFINITIONS = DEFINITIONS
    for force in ("CVP", "CVP", "NTS"):
        load_organisations(by=BY, now=NOW, bodies=bodies())
        send(desk, NATIONAL, "national.md", about=force)
        assert work_once()
    mentions = StoredDocument.objects.get().proposals.filter(kind="mention", superseded=False)
    assert list(mentions.values_list("fields__about", flat=True).order_by("fields__about")) == [
        "CVP",
        "CVP",
        "NTS",
    ]
