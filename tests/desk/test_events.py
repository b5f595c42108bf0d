"""Is everything that actions write to the ledger said in plain words, and are long trails paged?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from tests.desk.conftest import Full
from tests.register.samples import make_register, point

from bluelamp.desk.events import SAID
from bluelamp.ledger.models import Event

SOURCE = Path(__file__).resolve().parents[2] / "src" / "bluelamp"
_EVENT = re.compile(r'(?:book\.event\(|action = )\s*"([a-z_]+\.[a-z_]+)"(?: if [^"]+ else "([a-z_]+\.[a-z_]+)")?')


def actions_in_the_code() -> set[str]:
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if "actions" in path.name:
            for match in _EVENT.finditer(path.read_text(encoding="utf-8")):
                found |= {name for name in match.groups() if name}
    return found


def test_every_action_has_its_words() -> None:
    assert len(actions_in_the_code()) > 10
    assert actions_in_the_code() - set(SAID) == set()


def test_every_event_of_a_full_workspace_is_said(desk: Client, full: Full) -> None:
    assert {event.action for event in Event.objects.all()} - set(SAID) == set()


def test_the_trail_is_paged_without_loss(sign_in: object, db: None) -> None:
    make_register("WMC").add(*(point(title=f"Item {n}") for n in range(130)))
    administrator = sign_in("administrator")  # type: ignore[operator]
    seen: list[int] = []
    address = "/audit-trail"
    while address:
        page = administrator.get(address).content.decode()
        seen += [int(n.replace(",", "")) for n in re.findall(r'<td class="amount">([\d,]+)</td>', page)]
        older = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = f"/audit-trail{older.group(1)}" if older else ""
    assert seen == list(range(Event.objects.count(), 0, -1))


@pytest.mark.parametrize("before", ["x", "-5", "99999999999999999999", "0"])
def test_a_place_that_nobody_of_ours_made_is_no_error(desk: Client, before: str) -> None:
    assert desk.get("/audit-trail", {"before": before}).status_code == 200


def test_pages_ask_a_fixed_number_of_questions(
    desk: Client, full: Full, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    make_register("WMC").add(*(point(title=f"Item {n}") for n in range(60)))
    base = f"/documents/{full.waiting.pk}"
    limits = {
        "/": 20,
        "/documents": 14,
        base: 20,
        f"{base}/pages/1": 18,
        f"{base}/review": 22,
        f"{base}/facts": 14,
        f"/register/{full.item.reference}": 64,  # one for each kind of row that hangs on an item
        "/forces": 10,
        "/forces/CVP": 16,
        "/audit-trail": 20,
        "/search?q=custody": 16,
    }
    for address, limit in limits.items():
        with django_assert_max_num_queries(limit):  # type: ignore[operator]
            assert desk.get(address).status_code == 200
