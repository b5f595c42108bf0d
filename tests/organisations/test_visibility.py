"""Does each person see what they may, and nothing else?"""

from __future__ import annotations

import datetime as dt

import pytest

from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.actions import Operator, recording
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.visibility import visible_to

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisations() -> dict[str, Organisation]:
    made = {code: Organisation(code=code, name=code, kind="force") for code in ("AAA", "BBB")}
    documents = [
        StoredDocument(
            sha256=f"{index}" * 64,
            file_name=name,
            size=1,
            format="txt",
            reader_version=1,
            added=NOW,
            organisation=made.get(name),
        )
        for index, name in enumerate(("AAA", "BBB", "shared"))
    ]
    with recording(by=Operator("test"), now=NOW) as book:
        for organisation in made.values():
            book.event("organisations.organisation_added", subject=organisation, add=[organisation])
        for document in documents:
            book.event("documents.document_stored", subject=document, add=[document])
    return made


@pytest.mark.parametrize(
    ("role", "of", "active", "sees"),
    [
        ("reader", "AAA", True, {"AAA", "shared"}),
        ("liaison", "BBB", True, {"BBB", "shared"}),
        ("liaison", None, True, {"shared"}),
        ("administrator", None, True, {"AAA", "BBB", "shared"}),
        ("administrator", "AAA", False, set()),
        ("reader", "AAA", False, set()),
    ],
)
def test_a_user_sees_their_own_and_what_belongs_to_nobody(
    organisations: dict[str, Organisation], role: str, of: str | None, active: bool, sees: set[str]
) -> None:
    viewer = User(user_name="ann", role=role, organisation=organisations.get(of or ""), is_active=active)
    found = visible_to(viewer, StoredDocument.objects.all())
    assert set(found.values_list("file_name", flat=True)) == sees


def test_the_operator_sees_all(organisations: dict[str, Organisation]) -> None:
    assert visible_to(None, StoredDocument.objects.all()).count() == 3
