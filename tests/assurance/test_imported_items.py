"""Do the dates and claims that came in with another office's list stay until somebody here says otherwise?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from tests.assurance.people import NOW, TODAY, Cast, make_cast
from tests.register.lists import MAPPING, make_csv, read, row

from bluelamp.assurance.actions_closing import bring_under_test
from bluelamp.assurance.actions_delivery import allocate
from bluelamp.assurance.actions_responses import respond
from bluelamp.documents.readers import read_bytes
from bluelamp.register.actions_imports import import_items
from bluelamp.register.import_planning import Asked
from bluelamp.register.models import Item

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 6, 1)


@pytest.fixture
def cast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(django_settings.WORKSPACE.__class__, "originals", tmp_path / "originals")
    return make_cast()


def take_in(cast: Cast, status: str) -> Item:
    data = make_csv(row("R1", due="01/06/2026", status=status))
    rows, cited = read(data)
    asked = Asked(mapping=MAPPING, force=cast.register.force.code, organisation=cast.organisation)
    document = read_bytes(data, file_name="list.csv")
    import_items(
        rows, cited, asked, document=document, data=data, file_name="list.csv", by=cast["liaison"], now=NOW
    )
    return Item.objects.get()


def test_no_step_moves_the_date_of_a_foreign_list_in_silence(cast: Cast) -> None:
    item = take_in(cast, "Ongoing")
    respond(item, answer="accepted", reason="", by=cast["liaison"], now=NOW)
    item.refresh_from_db()
    assert (item.due, item.current_target, item.original_target, item.timing) == (DUE, DUE, DUE, "to-meet")
    allocate(item, words="Count them.", owner=cast.owner(), by=cast["liaison"], now=NOW)
    item.refresh_from_db()
    assert (item.due, item.current_target) == (DUE, DUE)
    later = TODAY + dt.timedelta(days=200)
    allocate(item, words="Count again.", owner=cast.owner(), target=later, by=cast["liaison"], now=NOW)
    item.refresh_from_db()
    assert (item.due, item.current_target, item.original_target) == (later, later, DUE)


def test_what_was_closed_elsewhere_is_open_and_untested_once_it_is_brought_under_test(cast: Cast) -> None:
    item = take_in(cast, "Complete")
    bring_under_test(item, reason="It matters.", by=cast["auditor"], now=NOW)
    item.refresh_from_db()
    assert (item.closing, item.delivery, item.assurance) == ("open", "delivered", "untested")
    assert (item.due, item.timing) == (None, "no-date")
