"""Do the pages of indicators say what the figures say, count what they list, and name what is not known?"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
import threading
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import Full, SignIn, finish
from tests.desk.indicator_samples import (
    DEFINITION,
    PLAN,
    TO,
    add_load,
    add_statistic,
    counts,
    whole_load,
    write_plan,
)

from bluelamp.figures.months import Month, Span
from bluelamp.organisations.models import Organisation
from bluelamp.performance import queries_indicators
from bluelamp.performance.series import Point
from bluelamp.register.models import Item

pytestmark = pytest.mark.usefixtures("plan")


def read(desk: Client, address: str) -> str:
    response = desk.get(address)
    assert response.status_code == 200, address
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", finish(response).decode())))


def test_without_figures_the_place_says_what_it_is_for(desk: Client) -> None:
    said = read(desk, "/indicators")
    assert "No figures are loaded yet" in said
    assert "Calder Vale plan 2018 to 2021 , 5 indicators" in said
    assert "No figures of Calder Vale plan 2018 to 2021 are loaded yet" in read(desk, f"/indicators?plan={PLAN}")
    said = read(desk, f"/indicators/{PLAN}/1A.1")
    assert "No figures of this indicator’s plan are loaded yet." in said
    assert "offences recorded" in said


def test_the_list_has_every_indicator_with_its_figure(desk: Client) -> None:
    add_load(whole_load())
    said = read(desk, "/indicators")
    assert "5 indicators to March 2021:" in said
    months = [point.value or 0 for area in (120.0, 80.0, 50.0, 30.0) for point in counts(area, step=1.6)[-12:]]
    assert f"{sum(months):,}" in said
    assert "97.6%" in said
    assert "pending" in said
    assert "vintage 1" in said


def test_numbers_of_the_list_lead_to_what_they_count(desk: Client) -> None:
    add_load(whole_load())
    page = desk.get("/indicators").content.decode()
    for address, number in re.findall(r'<a href="([^"]*verdict=[^"]+)">(\d+)', page):
        listed = desk.get(html.unescape(address if address.startswith("/") else f"/indicators{address}"))
        assert listed.status_code == 200
        assert len(re.findall(r'<th scope="row"', listed.content.decode())) == int(number)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("theme=1A", {"1A.1", "1A.2"}),
        ("theme=1", {"1A.1", "1A.2"}),
        ("theme=2&aim=increase", {"2.2"}),
        ("aim=reduce", {"1A.1"}),
        ("theme=nowhere&aim=nothing&verdict=x", {"1A.1", "1A.2", "2.1", "2.2", "2.3"}),
    ],
)
def test_the_list_is_narrowed_and_leaves_as_it_is_shown(desk: Client, asked: str, codes: set[str]) -> None:
    add_load(whole_load())
    page = desk.get(f"/indicators?{asked}").content.decode()
    assert set(re.findall(rf"/indicators/{PLAN}/([\d.A-Z]+)\?", page)) == codes
    rows = list(csv.DictReader(io.StringIO(desk.get(f"/indicators.csv?{asked}").content.decode("utf-8-sig"))))
    assert {row["Code"] for row in rows} == codes
    assert all(row["Period"] == "12 months to March 2021" for row in rows)


def test_what_is_not_known_leaves_by_its_name(desk: Client) -> None:
    add_load(whole_load())
    body = desk.get("/indicators.csv").content.decode("utf-8-sig")
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(body))}
    assert rows["2.3"]["Figure"] == "pending"
    assert Decimal(rows["2.1"]["Figure"]) == Decimal("97.6")


def test_another_quarter_can_be_asked_for(desk: Client) -> None:
    add_load(whole_load())
    assert "5 indicators to December 2020:" in read(desk, "/indicators?to=2020-12")
    assert "5 indicators to March 2021:" in read(desk, "/indicators?to=1999-01")
    assert "12 months to December 2020" in read(desk, f"/indicators/{PLAN}/1A.1?to=2020-12")


def test_the_page_of_one_says_its_change_and_opens_its_arithmetic(desk: Client) -> None:
    add_load(whole_load())
    said = read(desk, f"/indicators/{PLAN}/1A.1")
    months = [sum(int(points[at].value or 0) for points in _areas()) for at in range(-12, 0)]
    before = sum(sum(int(points[at].value or 0) for points in _areas()) for at in range(-24, -12))
    assert f"In the 12 months to March 2021: {sum(months):,}" in said
    assert f"({abs(sum(months) - before):,}) more than a year before" in said
    assert f"The sum of 12 months: {sum(months):,}." in said
    for month in months:
        assert f"{month:,}" in said
    assert "vintage 1: march.csv" in said
    assert "F49" in said  # the cell of March 2021
    assert "Counted differently from 1 April 2019" in said
    assert "A fall is good. Fewer victims." in said


def _areas() -> list[list[Point]]:
    return [counts(base, step=1.6) for base in (120.0, 80.0, 50.0, 30.0)]


def test_the_parts_of_the_areas_add_up_to_the_change(desk: Client) -> None:
    add_load(whole_load())
    page = desk.get(f"/indicators/{PLAN}/1A.1").content.decode()
    said = read(desk, f"/indicators/{PLAN}/1A.1")
    table = page.split('id="areas"')[1].split("</table>")[0]
    parts = [Decimal(part) for part in re.findall(r'<td class="amount">([+-]\d+\.\d)</td>', table)]
    assert len(parts) == 4
    assert f"The parts add up to the whole’s change of {sum(parts):+}%." in said
    assert "per 1,000" in said


@pytest.mark.parametrize(
    ("code", "size"), [("1A.1", "people who live there"), ("1A.2", "burglaries recorded")], ids=["count", "share"]
)
def test_the_areas_are_drawn_by_size_and_those_beyond_a_limit_are_named(
    desk: Client, code: str, size: str
) -> None:
    """What is named in the picture is what the table says is above or below; the words for it say the same."""
    add_load(whole_load())
    page = desk.get(f"/indicators/{PLAN}/{code}").content.decode()
    table = page.split('id="areas"')[1].split("</table>")[0]
    rows = [re.sub(r"<[^>]+>", " ", row) for row in table.split("<tr>")[2:]]
    names = [name for name in ("North Calder", "South Calder", "East Vale", "West Vale") if name in table]
    assert len(names) == 4
    beyond = {name for row in rows for name in names if name in row and re.search(r"\b(above|below)\b", row)}
    address, words = re.search(r'<img src="([^"]+areas\.svg[^"]*)" alt="([^"]+)"', page).groups()  # type: ignore[union-attr]
    assert {name for name in names if f"{name} is " in words} == beyond
    response = desk.get(html.unescape(address))
    assert response["Content-Type"] == "image/svg+xml"
    drawn = set(re.findall(r">([^<>]+)</text>", response.content.decode()))
    assert {name for name in names if name in drawn} == beyond
    assert size in drawn
    assert f"({size})" in page


def test_areas_that_nothing_places_are_not_drawn(desk: Client) -> None:
    add_load(whole_load())
    assert "areas.svg" not in desk.get(f"/indicators/{PLAN}/2.3").content.decode()
    assert desk.get(f"/indicators/{PLAN}/2.3/areas.svg").status_code == 404


def test_a_percentage_is_never_a_mean_of_percentages(desk: Client) -> None:
    add_load(whole_load())
    said = read(desk, f"/indicators/{PLAN}/2.2")
    assert "never a mean of percentages" in said
    assert "of 108,000 =" in said
    assert "The standard is at least 90.0%" in said


def test_an_area_has_its_own_page(desk: Client) -> None:
    add_load(whole_load())
    by_path = read(desk, f"/indicators/{PLAN}/1A.1/areas/north")
    by_question = read(desk, f"/indicators/{PLAN}/1A.1?area=north")
    assert by_path == by_question
    north = sum(int(point.value or 0) for point in counts(120.0, step=1.6)[-12:])
    assert f"In the 12 months to March 2021: {north:,}" in by_path
    assert "Vehicle crime, North Calder" in by_path
    assert "Areas beside it" in by_path
    for base in (80.0, 50.0, 30.0):
        assert f"{sum(int(point.value or 0) for point in counts(base, step=1.6)[-12:]):,}" in by_path


@pytest.mark.parametrize(
    "address",
    [
        "/indicators?plan=nowhere",
        "/indicators/nowhere/1A.1",
        f"/indicators/{PLAN}/9Z.9",
        f"/indicators/{PLAN}/1A.1?area=moon",
        f"/indicators/{PLAN}/1A.1/areas/moon",
        f"/indicators/{PLAN}/2.3/chart.svg",
    ],
)
def test_what_is_not_there_is_not_found(desk: Client, address: str) -> None:
    add_load(whole_load())
    assert desk.get(address).status_code == 404


def test_what_was_known_before_stays_beside_what_is_known_now(desk: Client) -> None:
    add_load(whole_load(ncrs="97.6"), kind="report", name="The report of May", known_on=dt.date(2021, 5, 19))
    later = {("2.1", "force", Span.YEAR): [Point(to=TO, value=Decimal("95.1"), cell="C4")]}
    add_load(later, name="revised.csv", known_on=dt.date(2021, 9, 1))
    said = read(desk, f"/indicators/{PLAN}/2.1")
    assert "In the 12 months to March 2021: 95.1%" in said
    assert "published as 97.6%" in said
    assert "revised -2.5" in said
    assert "vintage 2: revised.csv known on 1 September 2021" in said


def test_a_gap_is_named_and_not_filled(desk: Client) -> None:
    said = whole_load()
    months = said["1A.1", "force", Span.MONTH]
    said["1A.1", "force", Span.MONTH] = [point for point in months if point.to != Month(2020, 8)]
    add_load(said)
    page = read(desk, f"/indicators/{PLAN}/1A.1")
    assert "For the 12 months to March 2021 the figure is not known: not loaded." in page
    assert "August 2020: not loaded." in page


def test_what_the_months_say_is_told_from_the_quarters_exception(desk: Client) -> None:
    add_load(whole_load(step=1.6))
    said = read(desk, f"/indicators/{PLAN}/1A.1")
    assert "On its control chart, March 2021 is " in said
    assert "The exception above is of the whole quarter, against what was expected of it" in said
    calm = read(desk, f"/indicators/{PLAN}/1A.2")
    assert "The exception above" not in calm
    assert "Latest month" in desk.get("/indicators").content.decode()


def test_the_chart_is_a_picture_with_words_and_a_table(desk: Client) -> None:
    add_load(whole_load())
    svg = desk.get(f"/indicators/{PLAN}/1A.1/chart.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert "<title>1A.1 Vehicle crime, by month</title>" in svg.content.decode()
    assert "<desc>" in svg.content.decode()
    png = desk.get(f"/indicators/{PLAN}/1A.1/chart.png")
    assert png.content.startswith(b"\x89PNG")
    rows = list(
        csv.DictReader(io.StringIO(desk.get(f"/indicators/{PLAN}/1A.1/months.csv").content.decode("utf-8-sig")))
    )
    assert rows[-1]["Ends"] == "2021-03"
    assert Decimal(rows[-1]["Figure"]) == sum(points[-1].value or 0 for points in _areas())


def test_figures_of_another_organisation_are_not_seen(sign_in: SignIn) -> None:
    other = Organisation.objects.get(code="CVP-PCC")
    add_load(whole_load(), organisation=other)
    desk = sign_in("liaison", Organisation.objects.get(code="CVP"))
    assert "No figures are loaded yet" in read(desk, "/indicators")
    assert desk.get("/indicators.csv").content.decode().count("\n") == 1  # heads alone
    assert "No figures of this indicator’s plan" in read(desk, f"/indicators/{PLAN}/1A.1")
    desk = sign_in("liaison", other, "Alex Ferrier")
    assert "5 indicators to March 2021:" in read(desk, "/indicators")


# -- expected against actual ---------------------------------------------------------------------------------


def test_what_came_of_an_event_names_its_model_and_another(desk: Client) -> None:
    add_load(whole_load(step=0.5))
    asked = "event=2021-01-05&name=A+restriction"
    said = read(desk, f"/indicators/{PLAN}/1A.1?{asked}")
    actual = sum(int(points[at].value or 0) for points in _step_areas(0.5) for at in (-3, -2, -1))
    assert f"Vehicle crime: {actual:,} from January 2021 to March 2021; expected" in said
    assert "Quasi-Poisson with a trend" in said
    assert "a step at April 2019" in said  # the recording change before it
    assert "The same month of last year expects" in said
    assert "which chance alone does not explain" in said
    svg = desk.get(f"/indicators/{PLAN}/1A.1/event.svg?{asked}")
    assert svg.status_code == 200
    assert "A restriction" in svg.content.decode()


def _step_areas(step: float) -> list[list[Point]]:
    return [counts(base, step=step) for base in (120.0, 80.0, 50.0, 30.0)]


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("event=spring", "“spring” is no day and no month: write it as 2020-03-23 or 2020-03."),
        ("event=2020-13", "is no day and no month"),
        ("event=2020-03&until=2019-01", "lies before the event, March 2020"),
        ("event=2018-01", "24 are needed to know its season"),
        ("event=2021-03&until=2030-01", "does not lie within them"),
        ("event=0001-01", "months before January 1"),
    ],
)
def test_an_event_that_cannot_be_looked_at_is_a_sentence(desk: Client, asked: str, fault: str) -> None:
    add_load(whole_load())
    assert fault in read(desk, f"/indicators/{PLAN}/1A.1?{asked}")
    assert desk.get(f"/indicators/{PLAN}/1A.1/event.svg?{asked}").status_code == 404


def test_only_counts_by_month_are_asked_for_events(desk: Client) -> None:
    add_load(whole_load())
    assert "What came of an event" in read(desk, f"/indicators/{PLAN}/1A.1")
    for code in ("1A.2", "2.1", "2.3"):
        assert "What came of an event" not in read(desk, f"/indicators/{PLAN}/{code}")
        assert desk.get(f"/indicators/{PLAN}/{code}/event.svg?event=2020-03").status_code == 404


# -- findings and indicators ---------------------------------------------------------------------------------


def test_an_estimate_that_contradicts_the_indicator_is_a_doubt_on_both_pages(desk: Client, full: Full) -> None:
    add_statistic(full.accepted)
    said = read(desk, f"/indicators/{PLAN}/2.1")
    assert "A doubt to be explained." in said
    assert "(83.2% to 89.6%)" in said
    assert "so this proves neither wrong" in said
    assert f"/documents/{full.accepted.pk}/lines/3" in desk.get(f"/indicators/{PLAN}/2.1").content.decode()


def test_margins_that_meet_are_no_doubt(desk: Client, full: Full) -> None:
    add_load(whole_load(ncrs="89.6"), known_on=dt.date(2021, 6, 1))
    add_statistic(full.accepted)
    said = read(desk, f"/indicators/{PLAN}/2.1")
    assert "A doubt to be explained." not in said
    assert "yes, their margins meet" in said


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (
            {"subject": "violent offences", "quote": "Of violent offences 86.4 percent are recorded."},
            "a part",
        ),
        ({"half_width": None, "printed": "86.4 percent"}, "has no margin"),
    ],
)
def test_what_cannot_be_compared_is_shown_and_not_compared(
    desk: Client, full: Full, rest: dict[str, Any], words: str
) -> None:
    add_statistic(full.accepted, **rest)
    said = read(desk, f"/indicators/{PLAN}/2.1")
    assert "A doubt to be explained." not in said
    assert words in said


def test_an_estimate_of_long_after_is_not_set_beside(desk: Client, full: Full) -> None:
    add_statistic(full.accepted, period="the year ending 31 March 2024")
    said = read(desk, f"/indicators/{PLAN}/2.1")
    assert "Estimates of inspections" not in said


def test_an_indicator_names_what_inspectors_found(desk: Client, full: Full) -> None:
    said = read(desk, f"/indicators/{PLAN}/2.2")
    assert "Responding to the public" in said
    assert "Adequate" in said
    assert "Nothing was accepted yet from an inspection of the areas" in read(desk, f"/indicators/{PLAN}/2.1")
    assert "The plan names no area of inspection" in read(desk, f"/indicators/{PLAN}/2.3")


def test_a_finding_and_its_force_name_their_indicators_and_the_doubt(
    desk: Client, full: Full, tmp_path: Path, settings: Any
) -> None:
    add_statistic(full.accepted)
    item = Item.objects.get(kind="judgement")
    said = read(desk, f"/register/{item.reference}")
    assert "999 calls answered within 10 seconds" in said
    assert "A doubt to be explained." not in said
    both = DEFINITION.replace("[crime-data-integrity]", "[crime-data-integrity, responding-to-the-public]")
    settings.WORKSPACE_DEFINITIONS = write_plan(tmp_path / "other", both)
    for address in (f"/register/{item.reference}", "/forces/CVP"):
        said = read(desk, address)
        assert "2.1 Compliance with NCRS : 97.6%, 12 months to March 2021" in said
        assert said.count("A doubt to be explained.") == 1
        assert ", 2.1 Compliance with NCRS, 12 months to March 2021; vintage 1: march.csv" in said


def test_a_plan_that_cannot_be_used_stops_its_pages_and_no_others(
    desk: Client, full: Full, tmp_path: Path, settings: Any
) -> None:
    broken = DEFINITION.replace("theme: 1A", "theme: 9X")
    settings.WORKSPACE_DEFINITIONS = write_plan(tmp_path / "broken", broken)
    for address in ("/indicators", f"/indicators/{PLAN}/1A.1"):
        response = desk.get(address)
        assert response.status_code == 422
        assert "9X" in response.content.decode()
    assert desk.get("/indicators.csv").status_code == 422
    assert desk.get("/forces/CVP").status_code == 200
    assert desk.get(f"/register/{full.item.reference}").status_code == 200


def test_pages_of_indicators_ask_a_fixed_number_of_questions(
    desk: Client, full: Full, django_assert_max_num_queries: Any
) -> None:
    add_statistic(full.accepted)
    for number in range(4):
        add_load(whole_load(step=1 + number / 10), known_on=dt.date(2021, 6, 1 + number))
    first = {"/indicators": 10, f"/indicators/{PLAN}/1A.1": 14, f"/indicators/{PLAN}/2.1": 14}
    again = {"/indicators": 5, f"/indicators/{PLAN}/1A.1": 9, f"/indicators/{PLAN}/2.1": 10}
    for limits in (first, again):
        for address, limit in limits.items():
            with django_assert_max_num_queries(limit):
                assert desk.get(address).status_code == 200


def test_a_page_waits_while_new_figures_are_tested(
    desk: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_load(whole_load())
    settings.WORK_BEHIND_PAGES = True
    begun: list[tuple[Any, ...]] = []
    monkeypatch.setattr(
        queries_indicators, "threading", SimpleNamespace(Thread=lambda **said: begin(said), Lock=threading.Lock)
    )

    def begin(said: dict[str, Any]) -> Any:
        begun.append(said["args"])
        return SimpleNamespace(start=lambda: None)

    for address in ("/indicators", f"/indicators/{PLAN}/1A.1"):
        assert "are new here" in read(desk, address)
    assert len(begun) == 1
    asks = {"X-Waits": "yes", "HX-Request": "true"}
    assert "HX-Refresh" not in desk.get("/indicators", headers=asks).headers
    assert desk.get("/indicators?aim=reduce", headers={"HX-Request": "true"})["HX-Redirect"].endswith("aim=reduce")
    key, known, asked, viewer = begun[0]
    queries_indicators.find_tested(known, asked, viewer=viewer)
    queries_indicators._behind.discard(key)
    assert desk.get("/indicators", headers=asks)["HX-Refresh"] == "true"
    assert "5 indicators to March 2021:" in read(desk, "/indicators")


def test_what_fails_behind_a_page_fails_in_front_of_it(
    desk: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    add_load(whole_load())
    settings.WORK_BEHIND_PAGES = True
    monkeypatch.setattr(queries_indicators, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(
        queries_indicators,
        "threading",
        SimpleNamespace(
            Thread=lambda target, args, daemon: SimpleNamespace(start=lambda: target(*args)), Lock=threading.Lock
        ),
    )

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(queries_indicators, "find_exceptions", fail)
    assert "are new here" in read(desk, "/indicators")
    assert "could not be worked out" in caplog.text
    with pytest.raises(RuntimeError, match="a fault of ours"):
        desk.get("/indicators")


def test_what_every_page_rests_on_is_kept_longest(
    desk: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many pages after each other forget each other, and not the exceptions that all of them need."""
    add_load(whole_load())
    assert desk.get("/indicators").status_code == 200
    settings.WORK_BEHIND_PAGES = True
    monkeypatch.setattr(queries_indicators, "KEPT", 4)
    for code in ("1A.1", "1A.2", "2.1", "2.2", "2.3", "1A.1"):
        assert "are new here" not in read(desk, f"/indicators/{PLAN}/{code}")
