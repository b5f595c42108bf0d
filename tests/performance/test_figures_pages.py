"""Can somebody load, type, compare and withdraw figures in a browser, and a spreadsheet read them with a token?"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import SignIn, finish
from tests.performance.loading_samples import PLAN, make_book

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.figures.months import Span
from bluelamp.figures.printed import read_printed
from bluelamp.intake.models import Proposal
from bluelamp.intake.wire import to_wire
from bluelamp.ledger.actions import recording
from bluelamp.organisations.models import User
from bluelamp.performance.actions_figures import end_read_token, make_read_token
from bluelamp.performance.models import Load, ReadToken, WaitingFigures
from bluelamp.performance.queries_figures import find_series
from bluelamp.performance.series import SeriesKey

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
FIGURES = "Code,Area,Feb-21,Mar-21\n1A1,Force,168,171\n1A2,North,77.4%,pending\n"


@pytest.fixture(autouse=True)
def _one_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages know the plan of the samples only."""
    for module in ("views_figures", "views_figures_loading", "views_figures_analysts"):
        monkeypatch.setattr(f"bluelamp.performance.{module}.plans", lambda: {PLAN.slug: PLAN})


def send(desk: Client, data: bytes, name: str = "figures.csv", **more: str) -> Any:
    form = {"plan": PLAN.slug, "known_on": "2026-03-01", "marking": "OFFICIAL", **more}
    return desk.post(
        reverse("performance:load_new"), {**form, "file": SimpleUploadedFile(name, data)}, follow=True
    )


def page_of(response: Any) -> str:
    return " ".join(finish(response).decode().split())


def test_a_file_is_looked_at_then_loaded_then_there(sign_in: SignIn) -> None:
    desk = sign_in("analyst")
    looked = send(desk, FIGURES.encode())
    assert looked.status_code == 200
    assert "4 figures: 4 new, 0 revised, 0 here already." in page_of(looked)
    assert Load.objects.count() == 0
    waiting = WaitingFigures.objects.get()
    done = desk.post(reverse("performance:load_waiting", args=[waiting.pk]), {"do": "load"}, follow=True)
    assert "Loaded as vintage 1: 4 figures." in page_of(done)
    assert WaitingFigures.objects.count() == 0
    load = Load.objects.get()
    page = page_of(desk.get(reverse("performance:load", args=[load.pk])))
    assert "Knife crime" in page
    assert '<span class="quiet">pending</span>' in page
    original = desk.get(reverse("performance:load_file", args=[load.pk, 1]))
    assert original.content == FIGURES.encode()
    assert "attachment" in original["Content-Disposition"]
    assert desk.get(reverse("performance:load_file", args=[load.pk, 2])).status_code == 404
    assert "1 load of figures" in page_of(desk.get(reverse("performance:loads")))


def test_what_cannot_be_taken_is_shown_and_left_out_only_when_told(sign_in: SignIn) -> None:
    desk = sign_in("lpb_officer")
    looked = page_of(send(desk, (FIGURES + "9Z9,Force,1,<b>2</b>\n").encode()))
    assert "1 cannot be taken." in looked
    assert "<strong>A4</strong>: “9Z9” is no indicator" in looked
    assert "<b>" not in looked.partition("<main")[2]
    address = reverse("performance:load_waiting", args=[WaitingFigures.objects.get().pk])
    stopped = desk.post(address, {"do": "load"})
    assert stopped.status_code == 422
    assert "Nothing was loaded" in page_of(stopped)
    desk.post(address, {"do": "leave-out"})
    assert len(Load.objects.get().refused) == 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.4 nothing", "figures.csv", "nothing was loaded"),
        (b"PK\x03\x04broken", "figures.xlsx", "damaged"),
        (b"nothing,here\n1,2\n", "figures.csv", "None of the first 40 rows"),
        (b"   \n", "figures.csv", "nothing but blank space"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(sign_in: SignIn, data: bytes, name: str, words: str) -> None:
    response = send(sign_in("analyst"), data, name)
    assert response.status_code == 422
    assert words.lower() in page_of(response).lower()
    assert Load.objects.count() == 0


def test_a_file_waits_for_whoever_sent_it_and_can_be_thrown_away(sign_in: SignIn) -> None:
    desk = sign_in("analyst")
    send(desk, make_book({"S": [["Code", "Mar-21"], ["1A1", 5]]}), "figures.xlsx")
    address = reverse("performance:load_waiting", args=[WaitingFigures.objects.get().pk])
    sign_in("administrator")
    assert desk.get(address).status_code == 404
    desk.force_login(User.objects.get(user_name="analyst"))
    assert "thrown away" in page_of(desk.post(address, {"do": "throw"}, follow=True))
    assert not WaitingFigures.objects.exists()


def test_the_plan_whose_figures_came_last_is_offered_first(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(PLAN, slug="a-plan-without-figures", name="A plan without figures")
    known = {other.slug: other, PLAN.slug: PLAN}
    monkeypatch.setattr("bluelamp.performance.views_figures.plans", lambda: known)
    desk = sign_in()
    names = ("load_new", "by_hand", "compare", "analysts")

    def first(name: str) -> str:
        page = page_of(desk.get(reverse(f"performance:{name}")))
        return min(known, key=lambda slug: page.index(known[slug].name))

    assert {first(name) for name in names} == {other.slug}
    send(desk, FIGURES.encode())
    desk.post(reverse("performance:load_waiting", args=[WaitingFigures.objects.get().pk]), {"do": "load"})
    assert Load.objects.get().plan == PLAN.slug
    assert {first(name) for name in names} == {PLAN.slug}


def test_a_day_to_come_is_nobody_s_knowledge(sign_in: SignIn) -> None:
    response = send(sign_in("analyst"), FIGURES.encode(), known_on="2999-01-01")
    assert response.status_code == 422
    assert "give today or an earlier day" in page_of(response)


@pytest.mark.parametrize("role", ["reader", "owner", "committee_member"])
def test_a_reader_sees_loads_and_cannot_load(sign_in: SignIn, role: str) -> None:
    desk = sign_in("analyst")
    send(desk, FIGURES.encode())
    desk.post(reverse("performance:load_waiting", args=[WaitingFigures.objects.get().pk]), {"do": "load"})
    load = Load.objects.get()
    desk = sign_in(role)
    assert desk.get(reverse("performance:loads")).status_code == 200
    assert desk.get(reverse("performance:load", args=[load.pk])).status_code == 200
    for name in ("load_new", "by_hand"):
        assert desk.get(reverse(f"performance:{name}")).status_code == 403
    assert desk.get(reverse("performance:load_file", args=[load.pk, 1])).status_code == 403
    said = desk.post(reverse("performance:load_withdraw", args=[load.pk]), {"reason": "No"}, follow=True)
    assert "Only a performance analyst" in page_of(said)
    assert Load.objects.get().withdrawn is None


def test_figures_are_typed_in_beside_those_before_them(sign_in: SignIn) -> None:
    desk = sign_in("analyst")
    send(desk, FIGURES.encode())
    desk.post(reverse("performance:load_waiting", args=[WaitingFigures.objects.get().pk]), {"do": "load"})
    asked = {"plan": PLAN.slug, "area": "force", "span": "month", "to": "2021-03"}
    form = page_of(desk.get(reverse("performance:by_hand"), asked))
    assert ">168</span>" in form
    assert "Confidence in the police" not in form  # it is counted by quarter
    wrong = desk.post(reverse("performance:by_hand"), {**asked, "value-1A1": "-2"})
    assert wrong.status_code == 422
    assert "1A1: -2 is less than nothing" in page_of(wrong)
    typed = {"value-1A1": "172", "numerator-1A2": "50", "denominator-1A2": "80", "unknown-2B2": "pending"}
    done = page_of(desk.post(reverse("performance:by_hand"), {**asked, **typed}, follow=True))
    assert "Loaded as vintage 2: 3 figures." in done
    found = find_series(viewer=None, plan=PLAN.slug)
    assert found[SeriesKey(PLAN.slug, "1A2")].points[-1].value == 62.5
    assert found[SeriesKey(PLAN.slug, "2B2")].points[-1].unknown == "pending"
    assert "Nothing was typed" in page_of(desk.post(reverse("performance:by_hand"), asked))


def test_what_changed_since_is_shown_and_a_load_is_withdrawn(sign_in: SignIn) -> None:
    desk = sign_in("analyst")
    for text in (FIGURES, FIGURES.replace("171", "175")):
        send(desk, text.encode())
        desk.post(reverse("performance:load_waiting", args=[WaitingFigures.objects.get().pk]), {"do": "load"})
    compared = page_of(desk.get(reverse("performance:compare"), {"plan": PLAN.slug, "since": "1"}))
    assert "1 figure is otherwise now than then" in compared
    assert ">171<" in compared
    assert ">175<" in compared
    assert desk.get(reverse("performance:compare"), {"plan": PLAN.slug, "since": "soon"}).status_code == 422
    second = Load.objects.get(number=2)
    bare = desk.post(reverse("performance:load_withdraw", args=[second.pk]), {"reason": ""})
    assert bare.status_code == 422
    desk.post(reverse("performance:load_withdraw", args=[second.pk]), {"reason": "The wrong month."})
    assert "The wrong month." in page_of(desk.get(reverse("performance:load", args=[second.pk])))
    compared = page_of(desk.get(reverse("performance:compare"), {"plan": PLAN.slug, "since": "1"}))
    assert "0 figures are otherwise now" in compared


def report_rows() -> StoredDocument:
    """A stored report, two rows of which were accepted and one was not."""
    from tests.desk.conftest import store
    from tests.intake.samples import BY, DATA

    document = store(read_bytes(DATA, file_name="calder-vale.txt"), DATA)
    periods = [
        {"to": "2021-03-31", **to_wire(read_printed("171*"))},
        {"to": "2020-12-31", **to_wire(read_printed("n/a"))},
    ]
    rows = [("1A1", "Knife crime", "accepted"), ("", "No such thing", "accepted"), ("1A2", "Left", "proposed")]
    proposals = [
        Proposal(
            document=document,
            kind="indicator_row",
            fact_id=str(at),
            fingerprint=str(at),
            reader="tests",
            reader_version=1,
            order=at,
            label=name,
            fields=json.loads(json.dumps({"code": code, "name": name, "periods": periods}, default=str)),
            citations=[{"line": at + 3, "page": None}],
            state=state,
        )
        for at, (code, name, state) in enumerate(rows)
    ]
    with recording(by=BY, now=NOW) as book:
        for each in proposals:
            book.event("intake.reading_proposed", subject=each, add=[each])
    return document


def test_a_published_report_becomes_a_vintage_as_it_was_printed(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bluelamp.intake.views_published.load_plans", lambda extra: {PLAN.slug: PLAN})
    document = report_rows()
    address = reverse("intake:published_figures", args=[document.pk])
    desk = sign_in("analyst")
    assert "Load its figures" in page_of(desk.get(reverse("desk:document", args=[document.pk])))
    assert "2 rows of indicators of this document are accepted" in page_of(desk.get(address))
    asked = {"plan": PLAN.slug, "span": "12-months", "known_on": "2021-05-19"}
    looked = page_of(desk.post(address, {**asked, "do": "look"}))
    assert "2 figures: 2 new, 0 revised, 0 here already." in looked
    assert "“No such thing” is no indicator" in looked
    assert desk.post(address, {**asked, "do": "load"}).status_code == 422
    assert Load.objects.count() == 0
    desk.post(address, {**asked, "do": "leave-out"})
    load = Load.objects.get()
    assert (load.kind, load.document, str(load.known_on), load.figures) == ("report", document, "2021-05-19", 2)
    series = find_series(viewer=None, plan=PLAN.slug)[SeriesKey(PLAN.slug, "1A1", span=Span.YEAR)]
    assert [(point.value, point.unknown, point.flags, point.cell) for point in series.points] == [
        (None, "not-applicable", (), "line 3"),
        (171, "", ("starred",), "line 3"),
    ]
    desk.post(address, {**asked, "do": "leave-out"})
    assert Load.objects.count() == 1
    sign_in("reader")
    assert desk.get(address).status_code == 403
    assert "Load its figures" not in page_of(desk.get(reverse("desk:document", args=[document.pk])))


def ask(client: Client, header: str, file: str = "fact_figure.csv") -> Any:
    return client.get(reverse("performance:star_file", args=[PLAN.slug, file]), headers={"authorization": header})


def test_a_spreadsheet_reads_what_its_person_may_see_until_the_token_ends(sign_in: SignIn) -> None:
    desk = sign_in("analyst")
    send(desk, FIGURES.encode())
    desk.post(reverse("performance:load_waiting", args=[WaitingFigures.objects.get().pk]), {"do": "load"})
    person = User.objects.get(user_name="analyst")
    shown = page_of(desk.post(reverse("performance:analysts"), {"name": "My workbook"}))
    secret = shown.partition("<code>")[2].partition("</code>")[0]
    assert ReadToken.objects.get().user == person
    assert secret not in page_of(desk.get(reverse("performance:analysts")))
    sheet = Client()
    basic = base64.b64encode(f"anything:{secret}".encode()).decode()
    for header in (f"Bearer {secret}", f"Basic {basic}"):
        rows = list(csv.DictReader(io.StringIO(ask(sheet, header).content.decode("utf-8-sig"))))
        assert [(row["indicator_key"].rpartition("/")[2], row["value"], row["unknown"]) for row in rows] == [
            ("1A1", "168", ""),
            ("1A1", "171", ""),
            ("1A2", "77.4", ""),
            ("1A2", "", "pending"),
        ]
    assert ask(sheet, f"Bearer {secret}", "dim_area.parquet").content.startswith(b"PAR1")
    assert ask(sheet, f"Bearer {secret}", "columns.csv").status_code == 200
    assert ask(sheet, f"Bearer {secret}", "nothing.csv").status_code == 404
    for header in ("", "Bearer", "Bearer wrong", "Basic !!!", f"Digest {secret}", "Basic " + "A" * 5000):
        response = ask(sheet, header)
        assert response.status_code == 401, header
        assert response["WWW-Authenticate"].startswith("Basic")
    assert sheet.get(reverse("performance:loads")).status_code == 302  # the token opens nothing else
    end_read_token(ReadToken.objects.get(), by=person, now=NOW)
    assert ask(sheet, f"Bearer {secret}").status_code == 401


def test_a_token_of_somebody_who_may_not_sign_in_opens_nothing(sign_in: SignIn) -> None:
    sign_in("reader")
    person = User.objects.get(user_name="reader")
    now = dt.datetime.now(dt.UTC)
    _token, secret = make_read_token(name="x", by=person, now=now)
    assert ask(Client(), f"Bearer {secret}").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert ask(Client(), f"Bearer {secret}").status_code == 401
    User.objects.filter(pk=person.pk).update(is_active=True)
    _old, spent = make_read_token(name="y", by=person, now=now - dt.timedelta(days=366))
    assert ask(Client(), f"Bearer {spent}").status_code == 401


def test_one_ends_one_s_own_tokens_and_an_administrator_all(sign_in: SignIn) -> None:
    desk = sign_in("reader")
    token, _secret = make_read_token(name="x", by=User.objects.get(user_name="reader"), now=NOW)
    sign_in("auditor")
    assert desk.post(reverse("performance:token_end", args=[token.pk])).status_code == 404
    sign_in("administrator")
    assert desk.post(reverse("performance:token_end", args=[token.pk])).status_code == 302
    assert ReadToken.objects.get().ended is not None


def test_somebody_signed_in_downloads_the_tables(sign_in: SignIn) -> None:
    desk = sign_in("reader")
    for file in ("fact_figure.csv", "fact_vintage.parquet", "dim_indicator.csv", "columns.csv"):
        assert desk.get(reverse("performance:star_download", args=[PLAN.slug, file])).status_code == 200
    assert desk.get(reverse("performance:star_download", args=["no-plan", "dim_area.csv"])).status_code == 404
