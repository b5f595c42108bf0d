"""Is a template sent from the register, and are its answers looked at and taken, by plain forms?"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.assurance.people import NOW, Cast, make_cast
from tests.assurance.template_samples import WORDS, fill, row_of, save
from tests.desk.test_step_pages import sign_in

from bluelamp.assurance.actions_delivery import allocate
from bluelamp.assurance.models import Answer, TemplateReturn, TemplateSent
from bluelamp.register.models import Item

DONE = "A daily audit began in April."
FORM = {
    "title": "Assurance",
    "layout": "annex",
    "format": "docx",
    "marking": "OFFICIAL",
    "due": "",
    "return_to": "",
}


@pytest.fixture
def cast(db: None, settings: object, tmp_path: Path) -> Cast:
    settings.WORKSPACE = type("Place", (), {"folder": tmp_path, "originals": tmp_path / "originals"})()  # type: ignore[attr-defined]
    return make_cast()


@pytest.fixture
def items(cast: Cast) -> list[Item]:
    return [
        cast.item(words, source_number=str(at), cited_pages=f"Page {at + 4}") for at, words in enumerate(WORDS, 1)
    ]


def send(client: Client, query: str = "", **more: object) -> docx.document.Document:
    response = client.post(reverse("assurance:template_new") + query, {**FORM, **more})
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Disposition"].startswith("attachment; filename=")
    return docx.Document(io.BytesIO(response.content))


def upload(client: Client, data: bytes, name: str = "back.docx") -> str:
    response = client.post(reverse("assurance:return_new"), {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302
    return response["Location"]


def say(client: Client, address: str) -> str:
    """The page's words."""
    html = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main>")[0]))


def test_from_the_register_out_and_back_again(cast: Cast, items: list[Item]) -> None:
    liaison = sign_in(cast["liaison"])
    page = liaison.get(reverse("register:list")).content.decode()
    assert reverse("assurance:template_new") in page
    assert "8 items" in say(liaison, reverse("assurance:template_new"))
    document = send(liaison)
    fill(document, {items[0].reference: DONE, items[1].reference: "See above", items[2].reference: DONE})
    row_of(document, items[2].reference)[1].cells[2].text = items[3].title
    address = upload(liaison, save(document))

    said = say(liaison, address)
    assert "To look at: 2" in said
    assert "Certain: 1" in said
    assert "Without an answer: 5" in said
    assert "Take the 1 certain answer" in said
    assert "points at another answer" in said
    liaison.post(f"{address}/take", {})
    assert [each.words for each in Answer.objects.all()] == [DONE]
    assert "Taken for" in say(liaison, f"{address}?part=decided")

    liaison.post(f"{address}/take", {"place": "table 1, row 4", "reference": items[3].reference, "part": "decide"})
    assert Answer.objects.get(item=items[3]).words == DONE
    liaison.post(f"{address}/leave", {"place": "table 1, row 3", "part": "decide"})
    assert "Left as it is by" in say(liaison, f"{address}?part=decided")
    assert "Decided: 3" in say(liaison, address)
    assert Answer.objects.count() == 2


def test_what_was_left_out_does_not_go(cast: Cast, items: list[Item]) -> None:
    liaison = sign_in(cast["liaison"])
    document = send(liaison, listed="1", item=[items[0].reference, items[4].reference])
    assert TemplateSent.objects.get().item_count == 2
    assert sum(len(table.rows) - 1 for table in document.tables) == 2
    refused = liaison.post(reverse("assurance:template_new"), {**FORM, "listed": "1"})
    assert (refused.status_code, "choose at least one" in refused.content.decode()) == (422, True)


def test_a_file_for_each_owner_comes_as_one_archive(cast: Cast, items: list[Item]) -> None:
    for item, name in zip(items[:2], ("Custody", "Contact"), strict=True):
        allocate(item, words="Do it", owner=cast.owner(name), by=cast["liaison"], now=NOW)
    response = sign_in(cast["liaison"]).post(reverse("assurance:template_new"), {**FORM, "split": "owner"})
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        names = [re.sub(r"-[0-9A-Z]{5}-[0-9A-Z]{5}\.docx$", "", name) for name in archive.namelist()]
    assert names == ["template-contact", "template-custody", "template-unallocated"]


def test_what_cannot_be_read_is_said_and_nothing_is_kept(cast: Cast) -> None:
    liaison = sign_in(cast["liaison"])
    address = upload(liaison, b"%PDF-1.7 no template", "back.pdf")
    assert address == reverse("assurance:templates")
    assert "is Word (.docx) or Excel (.xlsx)" in say(liaison, address)
    liaison.post(reverse("assurance:return_new"), {})
    assert "Choose the file that came back" in say(liaison, address)
    assert not TemplateReturn.objects.exists()


def test_readers_look_and_take_nothing(cast: Cast, items: list[Item]) -> None:
    liaison, reader = sign_in(cast["liaison"]), sign_in(cast["reader"])
    document = send(liaison)
    fill(document, {items[0].reference: DONE})
    address = upload(liaison, save(document))
    assert "Take" not in say(reader, address)
    assert reader.get(reverse("assurance:template_new")).status_code == 403
    assert reader.post(reverse("assurance:return_new"), {}).status_code == 403
    reader.post(f"{address}/take", {})
    assert not Answer.objects.exists()


def test_another_organisation_sees_nothing_of_it(cast: Cast, items: list[Item]) -> None:
    liaison, other = sign_in(cast["liaison"]), sign_in(make_cast("EMC")["liaison"])
    document = send(liaison)
    fill(document, {items[0].reference: DONE})
    address = upload(liaison, save(document))
    for method in (other.get, lambda a: other.post(f"{a}/take"), lambda a: other.post(f"{a}/leave")):
        assert method(address).status_code == 404
    assert "Nothing has gone out yet" in say(other, reverse("assurance:templates"))
    theirs = upload(other, save(document))
    said = say(other, theirs)
    assert "no template that we sent" in said
    assert items[0].title not in said.replace("The words of the row", "")[: said.find("Came back")]
    assert not re.search(r"href=\"/register/WMC-", other.get(theirs).content.decode())


def test_a_place_that_nobody_sent_does_no_harm(cast: Cast, items: list[Item]) -> None:
    liaison = sign_in(cast["liaison"])
    address = upload(liaison, save(send(liaison)))
    for path, values in (("take", {"place": "table 9, row 9"}), ("leave", {"place": "nowhere"})):
        assert liaison.post(f"{address}/{path}", values).status_code == 302
    assert liaison.get(f"{address}?part=x&page=999999").status_code == 200
    assert not Answer.objects.exists()
