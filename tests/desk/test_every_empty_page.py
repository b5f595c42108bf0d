"""Is every page there when nothing was taken in yet, and is what is not there not found?"""

from __future__ import annotations

import pytest
from django.test import Client
from tests.desk.addresses import SHOWN, address, named_patterns

NEEDS_DATA = ("desk:document", "desk:document_page", "desk:document_line", "desk:facts", "desk:fact", "desk:item")


@pytest.mark.parametrize("name", [name for name in SHOWN if "<" not in str(dict(named_patterns())[name].pattern)])
def test_a_page_is_there_on_empty_data(name: str, desk: Client) -> None:
    response = desk.get(address(name, None), follow=True)
    assert response.status_code == 200, name


@pytest.mark.parametrize("name", NEEDS_DATA)
def test_what_is_not_there_is_not_found(name: str, desk: Client) -> None:
    response = desk.get(address(name, None))
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
