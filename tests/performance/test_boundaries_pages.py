"""Can those who may bring boundaries in a browser, after looking at them, whatever the file is?"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.conftest import SignIn, finish
from tests.performance.measure_samples import collection, feature, small_areas, square

from bluelamp.documents.sandbox import Limits
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Organisation, User
from bluelamp.performance import forms_figures, queries_boundaries
from bluelamp.performance.boundaries_reading import Features, find_extent, match_features, read_boundaries
from bluelamp.performance.boundaries_sandbox import _read_answer, read_boundaries_apart, read_in_child
from bluelamp.performance.models import BoundarySet, WaitingFigures
from bluelamp.performance.queries_boundaries import find_shapes

pytestmark = pytest.mark.django_db
AREAS = [f"E0{1000000 + each}" for each in range(9)]


def words_of(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", finish(response).decode())))


def send(desk: Client, data: bytes, name: str = "areas.geojson", **more: str) -> Any:
    said = {"level": "lsoa-code", "marking": "OFFICIAL", **more, "file": SimpleUploadedFile(name, data)}
    return desk.post(reverse("performance:boundaries_new"), said, follow=True)


def waiting_address() -> str:
    return reverse("performance:boundaries_waiting", args=[WaitingFigures.objects.get().pk])


def loaded_events() -> int:
    return Event.objects.filter(action="performance.boundaries_loaded").count()


# -- the way in -----------------------------------------------------------------------------------------------


def test_a_file_is_looked_at_then_drawn_and_its_map_is_there(desk: Client) -> None:
    before = words_of(desk.get("/measures/street-crime/calder-vale?level=lsoa-code"))
    assert "no boundaries of these areas are loaded. Bring boundaries" in before
    looked = send(desk, small_areas())
    assert looked.status_code == 200
    said = words_of(looked)
    assert "11 areas; the records know 10 of them." in said
    assert "Codes from LSOA21CD" in said
    assert "Lies at 2.00° west to 0.90° west, 53.00° north to 53.10° north" in said
    assert "nothing: no map of this level is drawn yet" in said
    assert "Known to no record E01999999" in said
    assert (BoundarySet.objects.count(), loaded_events()) == (0, 0)

    done = desk.post(waiting_address(), {"do": "load"}, follow=True)
    assert "are drawn with areas.geojson from now on" in words_of(done)
    row = BoundarySet.objects.get()
    assert (row.level, row.areas, row.unmatched_count, row.organisation) == ("lsoa-code", 11, 1, None)
    assert (WaitingFigures.objects.count(), loaded_events()) == (0, 1)
    assert verify(None).problems == []
    page = desk.get("/measures/street-crime/calder-vale?level=lsoa-code")
    assert "map.svg" in finish(page).decode()


def test_the_same_file_again_says_that_there_is_nothing_to_change(desk: Client) -> None:
    send(desk, small_areas())
    desk.post(waiting_address(), {"do": "load"})
    again = send(desk, small_areas())
    assert "The same file is drawn already" in words_of(again)
    assert "Draw maps with it" not in words_of(again)
    forced = desk.post(waiting_address(), {"do": "load"}, follow=True)
    assert "nothing was changed" in words_of(forced)
    assert (BoundarySet.objects.count(), loaded_events()) == (1, 1)
    other = send(desk, small_areas(), "other.geojson", marking="OFFICIAL-SENSITIVE")
    assert "Instead of areas.geojson, loaded on" in words_of(other)


def test_a_form_sent_twice_is_done_once(streets: Path, sign_in: SignIn) -> None:
    sign_in()
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(User.objects.get(user_name="analyst"))
    page = finish(desk.get(reverse("performance:boundaries_new"))).decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    said = {"csrfmiddlewaretoken": token.group(1)}
    first, second = (send(desk, small_areas(), **said) for _ in range(2))
    assert first.redirect_chain == second.redirect_chain
    assert WaitingFigures.objects.count() == 1
    address = waiting_address()
    for _ in range(2):
        assert desk.post(address, {**said, "do": "load"}).status_code == 302
    assert (BoundarySet.objects.count(), loaded_events()) == (1, 1)


def test_a_file_can_be_thrown_away(desk: Client) -> None:
    send(desk, small_areas())
    assert "thrown away" in words_of(desk.post(waiting_address(), {"do": "throw"}, follow=True))
    assert (WaitingFigures.objects.count(), BoundarySet.objects.count()) == (0, 0)


def test_properties_may_be_named_and_a_wrong_one_is_told(desk: Client) -> None:
    fault = send(desk, small_areas(), code_property="WARD")
    assert fault.status_code == 422
    assert "No feature of areas.geojson has the property WARD" in words_of(fault)
    assert "Draw maps with it" not in words_of(fault)
    stopped = desk.post(waiting_address(), {"do": "load"})
    assert (stopped.status_code, BoundarySet.objects.count()) == (422, 0)


# -- who ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("analyst", True),
        ("lpb_officer", True),
        ("administrator", True),
        ("liaison", False),
        ("owner", False),
        ("auditor", False),
        ("committee_member", False),
        ("reader", False),
    ],
)
def test_who_may_load_figures_may_bring_boundaries(streets: Path, sign_in: SignIn, role: str, may: bool) -> None:
    desk = sign_in(role)
    assert desk.get(reverse("performance:boundaries_new")).status_code == (200 if may else 403)
    assert send(desk, small_areas()).status_code == (200 if may else 403)
    assert WaitingFigures.objects.count() == may
    assert ("Bring boundaries" in words_of(desk.get("/measures"))) is may
    place = words_of(desk.get("/measures/street-crime/calder-vale?level=lsoa-code"))
    assert ("Bring boundaries" in place) is may


def test_a_file_waits_for_whoever_sent_it_alone(desk: Client, sign_in: SignIn) -> None:
    send(desk, small_areas())
    address = waiting_address()
    other = sign_in("administrator")
    assert other.get(address).status_code == 404
    assert other.post(address, {"do": "load"}).status_code == 404
    other.force_login(User.objects.get(user_name="analyst"))
    assert other.get(address).status_code == 200
    figures = reverse("performance:load_waiting", args=[WaitingFigures.objects.get().pk])
    assert other.get(figures).status_code == 404, "it is no file of figures"


def test_somebody_of_an_organisation_shares_only_by_saying_so(streets: Path, sign_in: SignIn) -> None:
    own = Organisation.objects.get(code="CVP")
    desk = sign_in(organisation=own)
    form = finish(desk.get(reverse("performance:boundaries_new"))).decode()
    assert re.search(r'name="own_only"[^>]*checked', form)
    assert "people of Calder Vale" in words_of(send(desk, small_areas(), own_only="on"))
    desk.post(waiting_address(), {"do": "load"})
    assert BoundarySet.objects.get().organisation == own
    stranger = User(user_name="other", role="analyst", is_active=True)
    assert find_shapes("lsoa-code", viewer=stranger) is None


# -- whatever the file is -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "is no GeoJSON collection"),
        (b"[" * 200_000, "is no GeoJSON collection"),
        (b'{"features":[{"geometry":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}]}", "is no GeoJSON coll"),
        (collection([feature(square(457_000, 340_000), c="A")]), "no degrees"),
        (collection([feature(square(0, 50), BEAT="<script>alert(1)</script>")]), "its properties are BEAT"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_a_sentence_and_not_kept(desk: Client, data: bytes, said: str) -> None:
    response = send(desk, data)
    assert response.status_code == 422
    page = finish(response).decode()
    assert said in html.unescape(page)
    assert "Nothing was kept." in page
    assert "<script>alert" not in page
    assert desk.post(waiting_address(), {"do": "load"}).status_code == 422
    assert BoundarySet.objects.count() == 0


def test_what_is_too_large_or_empty_is_refused_by_the_form(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms_figures, "LARGEST", 1_000)
    large = send(desk, small_areas())
    assert large.status_code == 422
    assert "split it, or load it with the command" in words_of(large)
    assert send(desk, b"").status_code == 422
    assert send(desk, small_areas()[:900], level="moon").status_code == 422
    assert not WaitingFigures.objects.exists()


def test_without_records_the_page_says_what_comes_first(workspace: Path, sign_in: SignIn) -> None:
    desk = sign_in()
    assert "No records are loaded yet" in words_of(desk.get(reverse("performance:boundaries_new")))


def test_the_file_is_opened_in_a_child_that_is_bound(workspace: Path) -> None:
    with pytest.raises(PlainError, match="took longer than"):
        read_boundaries_apart(small_areas(), "a", known=AREAS, level="x", limits=Limits(seconds=0.01))
    with pytest.raises(PlainError, match="the largest we read"):
        read_boundaries_apart(small_areas(), "a", known=AREAS, level="x", limits=Limits(file_bytes=10))


def test_shapes_that_are_gone_are_made_again_in_the_child(desk: Client, workspace: Path, monkeypatch: Any) -> None:
    send(desk, small_areas())
    desk.post(waiting_address(), {"do": "load"})
    kept = next((workspace / "boundaries").glob("*.npz"))
    before = kept.read_bytes()
    kept.unlink()
    queries_boundaries._read_shapes.cache_clear()
    shapes = find_shapes("lsoa-code", viewer=None)
    assert shapes is not None
    assert len(shapes.codes) == 11
    assert kept.read_bytes() == before


# -- the child says what would have been read here ------------------------------------------------------------

WORDS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(1 - 2**63, 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=300),
)


@given(st.lists(st.dictionaries(st.sampled_from(["CODE", "NAME", "x"]), WORDS), min_size=1, max_size=5))
def test_the_child_hands_back_what_is_read_without_it(said: list[dict[str, Any]]) -> None:
    features = [feature(square(n, 50), **each) for n, each in enumerate(said)]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    answer = _read_answer(read_in_child(data, {"file_name": "a"}))
    assert isinstance(answer, Features)
    known = {str(each["CODE"]).strip()[:200] for each in said if isinstance(each.get("CODE"), str | int)}
    known -= {""}

    def outcome(make: Any) -> Any:
        try:
            read = make()
        except PlainError as error:
            return str(error)
        return read.shapes.codes, read.shapes.names, read.unmatched, read.missing

    here = outcome(lambda: read_boundaries(data, "a", known=known, level="x", code_property="CODE"))
    apart = outcome(lambda: match_features(answer, "a", known=known, level="x", code_property="CODE"))
    assert apart == here


def test_the_extent_is_of_every_area() -> None:
    shapes = read_boundaries(small_areas(), "a", known=AREAS, level="x").shapes
    points = [point for area in shapes.areas for polygon in area for point in polygon[0].tolist()]
    found = find_extent(shapes)
    assert (found.west, found.south) == (min(p[0] for p in points) / 1e6, min(p[1] for p in points) / 1e6)
    assert (found.east, found.north) == (max(p[0] for p in points) / 1e6, max(p[1] for p in points) / 1e6)
