"""Does the page of an item show every place where its point is made, what was merged into it included?"""

from __future__ import annotations

import pytest
from django.test import Client
from tests.register.samples import BY, NOW, make_register, point

from bluelamp.register.actions_links import merge
from bluelamp.register.models import Item

pytestmark = pytest.mark.django_db


def test_a_merged_items_address_leads_to_the_survivor_with_both_mentions(desk: Client) -> None:
    letter, report = make_register("LTR"), make_register("RPT")
    (early,) = letter.add(point(title="Count the tandems"))
    report.force = letter.force
    (late,) = report.add(point(title="Count the bicycles"))
    (child,) = letter.add(point("recommendation", "Buy a bell"))
    Item.objects.filter(pk=child.pk).update(parent=early)
    merge(early, late, by=BY, now=NOW)
    answer = desk.get(f"/register/{early.reference}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/register/{late.reference}")
    page = desk.get(f"/register/{late.reference}").content.decode()
    assert "Report on LTR" in page
    assert "Report on RPT" in page
    assert child.reference in page
    listed = desk.get("/register").content.decode()
    assert f"/register/{late.reference}" in listed
    assert f"/register/{early.reference}" not in listed
