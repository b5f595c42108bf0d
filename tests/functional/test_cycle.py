"""Does a commissioner's template of 78 points live through the whole cycle, to the committee's paper?"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.cli.whole import begin, run
from tests.functional.conftest import signed_in
from tests.functional.served import Desk, ask_no_code, serving

pytestmark = [pytest.mark.browser, pytest.mark.shared]

PEOPLE = {
    "liaison": "liaison",
    "officer": "lpb_officer",
    "auditor": "auditor",
    "second": "analyst",
    "member": "committee_member",
    "admin": "administrator",
}
ADD_PEOPLE = """
import datetime as dt
from bluelamp.cli.django import open_workspace
open_workspace()
from bluelamp.ledger.actions import Operator
from bluelamp.organisations.actions import add_owner, add_person
from bluelamp.organisations.queries import find_organisation
now, by = dt.datetime.now(dt.UTC), Operator("test")
for name, role in {people}.items():
    add_person(by=by, now=now, user_name=name, name=name.capitalize(), role=role)
add_owner(by=by, now=now, name="Head of contact", kind="post")
"""
ANSWERED = 60


@pytest.fixture
def office(shared: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose register holds the template of 2017, and one person of each role."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    begin(workspace)
    ask_no_code(workspace)
    seed = next((shared / "seeds").glob("001*.txt"))
    done = run(workspace, "ingest", "--accept", seed)
    assert done.returncode == 0, done.stderr
    environment = {**os.environ, "BLUELAMP_WORKSPACE": str(workspace)}
    environment.pop("DATABASE_URL", None)
    environment["DJANGO_SETTINGS_MODULE"] = "bluelamp.config.settings"
    script = ADD_PEOPLE.format(people=PEOPLE)
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=60)
    with serving(workspace) as running:
        yield running


@contextmanager
def everybody(browser: Browser, desk: Desk) -> Iterator[dict[str, Page]]:
    """A page signed in for each of the people."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield {name: stack.enter_context(signed_in(browser, desk, person=name)) for name in PEOPLE}


def take(page: Page, desk: Desk, reference: str, slug: str, fields: dict[str, str], about: str = "") -> None:
    """One step by its page: open it from the item, fill it in, send it, and see that it was done."""
    page.goto(f"{desk.address}/register/{reference}")
    links = page.eval_on_selector_all("a.button", "all => all.map(a => a.getAttribute('href'))")
    address = next(link for link in links if f"/step/{slug}" in link)
    page.goto(desk.address + address)
    fill(page, fields)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(rf"/register/{reference}$"))


def fill(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        kind = field.first.get_attribute("type")
        if kind == "radio":
            page.locator(f"[name={name}][value='{value}']").check()
        elif field.first.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def download(page: Page, address: str) -> bytes:
    """What an address gives, with the person's own session."""
    answer = page.request.get(address)
    assert answer.ok, answer.status
    return answer.body()


def fill_in_as_a_person_would(data: bytes) -> bytes:
    """Sixty answers, two rows that changed places, a few points said in other words."""
    document = docx.Document(io.BytesIO(data))
    answered = 0
    for table in document.tables:
        rows = table.rows[1:]
        for row in rows:
            if answered < ANSWERED:
                row.cells[-1].text = f"We did something about it: number {answered + 1}."
                answered += 1
        if len(rows) > 8:
            rows[2]._tr.addprevious(rows[6]._tr)
            words = rows[4].cells[2]
            words.paragraphs[-1].add_run(" (as discussed)")
    assert answered == ANSWERED
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_78_points_live_through_the_whole_cycle(browser: Browser, office: Desk, tmp_path: Path) -> None:
    with everybody(browser, office) as people:
        references = find_points(people["liaison"], office)
        assert len(references) == 78
        send_and_return(people["liaison"], office, tmp_path)
        close_four_ways(people, office, references)
        dispute(people, office, references[10])
        move_a_date(people, office, references[11])
        reopen(people["auditor"], office, references[0])
        check_committee_paper(people["officer"], office)


def find_points(page: Page, desk: Desk) -> list[str]:
    page.goto(f"{desk.address}/register?source=assurance_template")
    expect(page.locator("main")).to_contain_text("78 items")
    rows = download(page, f"{desk.address}/register.csv?source=assurance_template").decode("utf-8-sig")
    return sorted(set(re.findall(r"^\"?([A-Z]+-\d{4}-[A-Z]+-\d+)", rows, re.M)))


def send_and_return(page: Page, desk: Desk, folder: Path) -> None:
    page.goto(f"{desk.address}/templates/new?source=assurance_template")
    with page.expect_download() as found:
        page.get_by_role("button", name="Make the file").click()
    sent = Path(found.value.path()).read_bytes()
    back = folder / "returned.docx"
    back.write_bytes(fill_in_as_a_person_would(sent))
    page.goto(f"{desk.address}/templates")
    page.set_input_files("#file", str(back))
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name=re.compile("^Take the")).click()
    expect(page.locator("#messages")).to_contain_text(re.compile(r"\d+"))
    # What is not certain (the words that somebody changed) is decided one by one, by a person who looks: a remark
    # beside the inspectors' words is no answer and is left.
    while (
        article := page.locator("article.match", has=page.get_by_role("button", name="Take this answer"))
    ).count():
        answered = "number" in article.first.inner_text()
        article.first.get_by_role("button", name="Take this answer" if answered else "Leave it").click()
        page.wait_for_load_state("load")
    rows = ledger_rows(desk)["assurance_answer"]
    told = Counter(str(row["words"]) for row in rows.values())
    assert (len(rows), told.most_common(1)[0][1]) == (ANSWERED, 1)
    items = ledger_rows(desk)["register_item"]
    words = {row["item_id"]: row["words"] for row in rows.values()}
    assert len(words) == ANSWERED, "each answer at an item of its own"
    for key, said in words.items():
        number = int(re.findall(r"\d+", said)[0])
        assert items[key]["order"] == sorted(items[k]["order"] for k in words)[number - 1]


def prove(people: dict[str, Page], desk: Desk, reference: str, *, reviewers: int) -> None:
    owner = {"words": "Train everyone.", "owner": "Head of contact"}
    take(people["liaison"], desk, reference, "allocate", owner)
    take(people["liaison"], desk, reference, "deliver", {"claim": "All trained.", "day": "2017-06-01"})
    take(
        people["liaison"],
        desk,
        reference,
        "evidence",
        {"proves": "All trained.", "address": "https://example.org/x"},
    )
    take(people["officer"], desk, reference, "decide-evidence", {"decision": "accept"})
    if reviewers == 2:
        take(
            people["liaison"],
            desk,
            reference,
            "handling",
            {"risk": "high", "reviewers": "2", "reason": "It matters."},
        )
    take(people["liaison"], desk, reference, "open-review", {})
    opinion = {"grade": "reasonable", "looked_at": "Forty records."}
    take(people["auditor"], desk, reference, "opinion", opinion)
    if reviewers == 2:
        for name in ("second", "officer", "admin"):
            people[name].goto(f"{desk.address}/register/{reference}")
            expect(people[name].locator("#opinions ~ section").first).to_contain_text("1 of 2")
            assert "Forty records" not in people[name].content()
        take(people["second"], desk, reference, "opinion", opinion | {"grade": "substantial"})


def close_four_ways(people: dict[str, Page], desk: Desk, references: list[str]) -> None:
    authority = {
        "reason": "The panel was content.",
        "authority": "minute",
        "authority_words": "Joint audit committee, minute 7",
        "authority_day": "2017-09-01",
    }
    watch = {
        "watch_kind": "date",
        "watch_what": "They stay trained.",
        "watch_due": str(dt.date.today() + dt.timedelta(90)),
    }
    first, second, third, fourth = references[:4]
    prove(people, desk, first, reviewers=2)
    take(people["officer"], desk, first, "sign-off", authority | watch | {"code": "implemented"})
    prove(people, desk, second, reviewers=1)
    take(people["officer"], desk, second, "sign-off", authority | watch | {"code": "implemented-another-way"})
    gone = {"watch_kind": "", "code": "no-longer-applicable"}
    take(people["officer"], desk, third, "sign-off", authority | gone)
    later = {"watch_kind": "", "code": "superseded", "successor": references[20]}
    take(people["officer"], desk, fourth, "sign-off", authority | later)
    people["liaison"].goto(f"{desk.address}/register?closing=signed-off")
    expect(people["liaison"].locator("main")).to_contain_text("4 items")


def dispute(people: dict[str, Page], desk: Desk, reference: str) -> None:
    take(
        people["liaison"], desk, reference, "respond", {"answer": "disputed", "reason": "Another force's figures."}
    )
    take(people["liaison"], desk, reference, "refer-dispute", {"committee": "Joint audit committee"})
    advice = {"advice": "Accept the point.", "cited": "Minute 9", "day": "2017-09-01"}
    take(people["member"], desk, reference, "record-advice", advice)
    decision = {
        "decision": "not-upheld", "decided_by_role": "local-policing-body", "cited": "Decision notice 4",
        "day": "2017-10-01", "reason": "They are ours.",
    }  # fmt: skip
    take(people["officer"], desk, reference, "decide-dispute", decision)


def move_a_date(people: dict[str, Page], desk: Desk, reference: str) -> None:
    action = {"words": "Write the profile.", "owner": "Head of contact", "target": "2017-06-30"}
    take(people["liaison"], desk, reference, "allocate", action)
    take(people["liaison"], desk, reference, "ask-new-date", {"day": "2099-12-31", "reason": "Partners are late."})
    take(people["admin"], desk, reference, "decide-new-date", {"decision": "agree"})
    expect(people["admin"].locator("main")).to_contain_text("first set for 30 June 2017")


def reopen(page: Page, desk: Desk, reference: str) -> None:
    take(page, desk, reference, "reopen", {"reason": "The sample audit failed."})
    expect(page.locator("main")).to_contain_text("minute 7")


def ledger_rows(desk: Desk) -> dict[str, dict[str, dict[str, object]]]:
    """The slow twin: every event of the ledger, one after the other, straight from the file."""
    rows: dict[str, dict[str, dict[str, object]]] = {}
    with sqlite3.connect(f"file:{desk.workspace / 'record.sqlite3'}?mode=ro", uri=True) as connection:
        for (body,) in connection.execute("SELECT body FROM ledger_payload ORDER BY sequence"):
            for row in json.loads(body)["rows"]:
                rows.setdefault(row["table"], {})[row["fields"]["id"]] = row["fields"]
    return rows


def check_committee_paper(page: Page, desk: Desk) -> None:
    query = "report=committee&since=2017-01-01"
    made = json.loads(download(page, f"{desk.address}/papers?{query}&format=json"))
    items = [row for row in ledger_rows(desk)["register_item"].values() if not row["merged_into_id"]]
    tables = {t["caption"]: t for s in made["sections"] for t in s["blocks"] if t.get("type") == "table"}
    ends = next(table for caption, table in tables.items() if "how it ends" in caption)
    totals = [cell["value"] for cell in ends["totals"][0][1:]]
    assert totals[-1] == len(items)
    assert sorted(totals[:-1]) == sorted(Counter(row["closing"] for row in items).values())
    pdf = download(page, f"{desk.address}/papers?{query}&format=pdf")
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" in pdf, "the compiler refuses what is not PDF/UA-1, and the file says that it is"
