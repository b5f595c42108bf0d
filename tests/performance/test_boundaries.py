"""Are boundaries read as they are drawn, matched with what records know, and refused in a sentence otherwise?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.measure_samples import NOW, collection, feature, small_areas, square

from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance import boundaries_reading
from bluelamp.performance.actions_boundaries import GivenBoundaries, load_boundaries
from bluelamp.performance.boundaries_reading import BoundariesRead, read_boundaries, read_shapes, write_shapes
from bluelamp.performance.models import BoundarySet
from bluelamp.performance.queries_boundaries import find_drawn_sets, find_shapes

KNOWN = [f"E0{1000000 + each}" for each in range(9)] + ["E01000999", "E01000500"]
BY = Operator("load boundaries")


def read(data: bytes, level: str = "lsoa-code", known: Any = KNOWN, **said: str) -> BoundariesRead:
    return read_boundaries(data, "areas.geojson", known=known, level=level, **said)


def test_the_property_that_records_know_is_found_and_its_name_beside_it() -> None:
    found = read(small_areas())
    assert (found.code_property, found.name_property) == ("LSOA21CD", "LSOA21NM")
    assert (found.matched, found.unmatched, found.missing) == (10, ("E01999999",), ("E01000500",))
    assert found.shapes.name_of["E01000000"] == "Square 0"
    assert found.shapes.areas[0][0][0].tolist()[0] == [-2_000_000, 53_000_000]


def test_forces_are_known_by_their_names() -> None:
    names = ["Avon and Somerset", "CALDER VALE CONSTABULARY", "Moorland Police", 7, None, True]
    data = collection([feature(square(at, 50), PFA23NM=name) for at, name in enumerate(names)])
    found = read(data, "force", {"avon-and-somerset", "calder-vale", "moorland"})
    assert found.shapes.codes == ("7", "avon-and-somerset", "calder-vale", "moorland")
    assert found.unmatched == ("7",)


def test_features_of_one_code_are_one_area_and_holes_stay_holes() -> None:
    hole = square(0.02, 50.02, 0.02)["coordinates"][0]
    ring = square(0, 50)["coordinates"][0]
    parts = {"type": "MultiPolygon", "coordinates": [[ring, hole], square(3, 50)["coordinates"]]}
    found = read(collection([feature(parts, c="A"), feature(square(5, 50), c="A")]), known=["A"]).shapes
    assert [len(polygon) for polygon in found.areas[0]] == [2, 1, 1]


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "is a Point: only polygons"),
        ({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "is a LineString"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}, "encloses nothing"),
        ({"type": "Polygon", "coordinates": [[[1], [3], [1], [1]]]}, "encloses nothing"),
        ({"type": "Polygon", "coordinates": [[["a", 2]]]}, "no polygon that can be read"),
        ({"type": "Polygon", "coordinates": {"a": 1}}, "no polygon that can be read"),
        ({"type": "Polygon"}, "no polygon that can be read"),
        (None, "no polygon that can be read"),
        (7, "no polygon that can be read"),
        (square(457_000, 340_000), "no degrees: export it in longitude and latitude"),
        (square(10, 89.95, 0.2), "no degrees"),
    ],
)
def test_what_is_no_polygon_in_degrees_is_refused_by_its_number(geometry: Any, sentence: str) -> None:
    data = collection([feature(square(0, 50), c="E01000000"), feature(geometry, c="E01000001")])
    with pytest.raises(PlainError, match=r"Feature 2 of areas\.geojson") as refused:
        read(data)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b'{"features": 3}',
        b'{"features": []}',
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b'{"features":[' + b"[" * 200_000 + b"]" * 200_000 + b"]}",
        b'{"features":[{"geometry":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}]}",
        b'{"features":[{"geometry":{"type":"Polygon","coordinates":[[[1e999,0],[0,0],[0,1],[1e999,0]]]}}]}',
    ],
)
def test_a_hostile_file_gets_one_sentence(data: bytes) -> None:
    with pytest.raises(PlainError) as refused:
        read(data)
    assert "\n" not in str(refused.value)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in (("LARGEST", 100), ("LARGEST_FEATURE", 100), ("MOST_POINTS", 10), ("MOST_FEATURES", 2)):
        with monkeypatch.context() as patched:
            patched.setattr(boundaries_reading, name, limit)
            with pytest.raises(PlainError):
                read(small_areas())


def test_what_the_records_do_not_know_is_refused_with_what_there_is() -> None:
    data = collection([feature(square(0, 50), OBJECTID=1, BEAT="N1")])
    with pytest.raises(PlainError, match="its properties are OBJECTID, BEAT"):
        read(data)
    with pytest.raises(PlainError, match="“BEAT” says N1"):
        read(data, code_property="BEAT")
    with pytest.raises(PlainError, match="has the property WARD"):
        read(data, code_property="WARD")
    with pytest.raises(PlainError, match="has the property WARD"):
        read(small_areas(), name_property="WARD")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(
            st.lists(
                st.lists(st.tuples(st.integers(-180, 180), st.integers(-90, 90)), min_size=4, max_size=6),
                min_size=1,
                max_size=2,
            ),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_shapes_are_kept_to_the_point(drawn: list[Any]) -> None:
    data = collection(
        [
            feature({"type": "MultiPolygon", "coordinates": area}, c=f"A{at}", name=f"<b>\N{SNOWMAN}{at}")
            for at, area in enumerate(drawn)
        ]
    )
    shapes = read(data, known=["A0"]).shapes
    again = read_shapes(write_shapes(shapes))
    assert (again.codes, again.names) == (shapes.codes, shapes.names)
    for area, code in zip(again.areas, again.codes, strict=True):
        rings = [ring for polygon in drawn[int(code[1:])] for ring in polygon]
        kept = [ring.tolist() for polygon in area for ring in polygon]
        assert kept == [(np.array(ring) * 1_000_000).tolist() for ring in rings]


# -- as a record ---------------------------------------------------------------------------------------------


def given_of(data: bytes, **more: Any) -> GivenBoundaries:
    return GivenBoundaries(read=read(data), level="lsoa-code", name="areas.geojson", data=data, **more)


@pytest.fixture
def workspace(tmp_path: Path, settings: Any) -> Path:
    from dataclasses import replace

    settings.WORKSPACE = replace(settings.WORKSPACE, folder=tmp_path)
    settings.ORIGINALS = tmp_path / "originals"
    return tmp_path


@pytest.mark.django_db
def test_boundaries_are_one_event_and_the_same_file_changes_nothing(workspace: Path) -> None:
    begun = Event.objects.count()
    row = load_boundaries(given_of(small_areas()), by=BY, now=NOW)
    assert row is not None
    assert (row.areas, row.unmatched, row.unmatched_count, row.missing_count) == (11, ["E01999999"], 1, 1)
    assert Event.objects.count() == begun + 1
    assert load_boundaries(given_of(small_areas()), by=BY, now=NOW) is None
    assert Event.objects.count() == begun + 1
    assert verify(None).problems == []


@pytest.mark.django_db
def test_the_later_file_of_a_level_is_drawn_and_made_again_where_it_is_gone(workspace: Path) -> None:
    from datetime import timedelta

    load_boundaries(given_of(small_areas()), by=BY, now=NOW)
    fewer = collection([feature(square(0, 50), CODE="E01000000")])
    later = load_boundaries(given_of(fewer), by=BY, now=NOW + timedelta(days=1))
    assert find_drawn_sets(viewer=None)["lsoa-code"] == later
    shapes = find_shapes("lsoa-code", viewer=None)
    assert shapes is not None
    assert shapes.codes == ("E01000000",)
    assert later is not None
    kept = list((workspace / "boundaries").glob(f"*{later.sha256[:32]}*.npz"))
    assert len(kept) == 1
    kept[0].write_bytes(b"not what it was")
    boundaries_cache().cache_clear()
    again = find_shapes("lsoa-code", viewer=None)
    assert again is not None
    assert again.codes == shapes.codes
    assert find_shapes("force", viewer=None) is None


def boundaries_cache() -> Any:
    from bluelamp.performance import queries_boundaries

    return queries_boundaries._read_shapes


@pytest.mark.django_db
def test_boundaries_of_an_organisation_are_its_own_people_s(workspace: Path) -> None:
    own = Organisation.objects.create(code="XCV", name="Calder Vale", kind="force")
    other = Organisation.objects.create(code="XMO", name="Moorland", kind="force")
    load_boundaries(given_of(small_areas(), organisation=own), by=BY, now=NOW)
    for organisation, seen in ((own, True), (other, False)):
        person = User(user_name=organisation.code, organisation=organisation, role="analyst", is_active=True)
        assert (find_shapes("lsoa-code", viewer=person) is not None) is seen


@pytest.mark.django_db
def test_only_who_may_load_figures_loads_boundaries(workspace: Path) -> None:
    with pytest.raises(NotAllowedError):
        load_boundaries(given_of(small_areas()), by=User(user_name="reader", role="reader"), now=NOW)
    with pytest.raises(PlainError, match="no marking"):
        load_boundaries(given_of(small_areas(), marking="SECRET"), by=BY, now=NOW)
    assert BoundarySet.objects.count() == 0
