"""Does nobody see, count or find what belongs to another organisation? (law 7)"""

from __future__ import annotations

import pytest
from tests.desk.conftest import SignIn, finish, store
from tests.intake.samples import BY, NOW, make_extraction, sample_facts

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.actions import accept_all, propose
from bluelamp.organisations.models import Organisation
from bluelamp.register.models import Item

SECRET = b"Calder Vale Police 2022\n\n" + b"".join(f"Quokka sentence number {n}.\n\n".encode() for n in range(9))


@pytest.fixture
def theirs(organisations: None) -> StoredDocument:
    """A document, with items, of one organisation alone."""
    document = read_bytes(SECRET, file_name="secret.txt")
    stored = store(document, SECRET, organisation=Organisation.objects.get(code="CVP"))
    propose(stored, make_extraction(document, sample_facts(document)), by=BY, now=NOW)
    accept_all(stored, by=BY, now=NOW)
    return stored


def addresses(document: StoredDocument) -> list[str]:
    item = Item.objects.filter(document=document)[0]
    base = f"/documents/{document.pk}"
    return [
        base,
        f"{base}/pages/1",
        f"{base}/review",
        f"{base}/original",
        f"{base}/facts",
        f"/register/{item.reference}",
        f"/register?document={document.pk}",
    ]


def test_others_find_nothing_of_it(sign_in: SignIn, theirs: StoredDocument) -> None:
    stranger = sign_in(organisation=Organisation.objects.get(code="CVP-PCC"))
    for address in addresses(theirs):
        assert stranger.get(address).status_code == 404, address
    for address in (
        "/",
        "/documents",
        "/register",
        "/register.csv",
        "/forces",
        "/forces/CVP",
        "/audit-trail",
        "/search?q=quokka",
        "/register?words=quokka",
    ):
        page = stranger.get(address).content.decode()
        assert "uokka sentence" not in page, address
        assert "CVP-2022" not in page, address
        assert str(theirs.pk) not in page, address
    assert "No passage" in stranger.get("/search?q=quokka").content.decode()


def test_their_own_people_and_administrators_find_it(sign_in: SignIn, theirs: StoredDocument) -> None:
    for who in (
        sign_in(organisation=Organisation.objects.get(code="CVP")),
        sign_in("administrator", name="Robin Ashdown"),
    ):
        for address in addresses(theirs):
            response = who.get(address)
            assert response.status_code == 200, address
            finish(response)
        assert "CVP-2022" in who.get("/audit-trail").content.decode()
