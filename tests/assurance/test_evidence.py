"""Is evidence kept for good, judged by somebody else, and found where it says?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast
from tests.assurance.proofs import close, evidence, now_of, offer, opinions, prove

from bluelamp.assurance.actions_delivery import allocate, change_owner
from bluelamp.assurance.actions_evidence import (
    LARGEST,
    accept_evidence,
    return_evidence,
    submit_file,
    submit_indicator,
    submit_link,
    submit_passage,
)
from bluelamp.assurance.evidence_rules import check_address, check_file
from bluelamp.assurance.models import Evidence
from bluelamp.assurance.queries_testing import find_evidence, find_kept_hashes
from bluelamp.cli.verify import examine
from bluelamp.documents.actions import store_document
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.originals import workspace_originals
from bluelamp.documents.readers import read_bytes
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import OwnerByLink
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.rules import NotAllowedError

MINUTES = b"Minutes of the board\n\nThe board heard that every call\nis logged within a minute.\n"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def minutes(organisation: Organisation | None) -> StoredDocument:
    document = read_bytes(MINUTES, file_name="minutes.txt")
    kept = store_document(
        by=make_cast("MIN")["liaison"], now=NOW, document=document, data=MINUTES, file_name="minutes.txt",
        organisation=organisation,
    )  # fmt: skip
    return kept.document


def file_of(cast: Cast, data: bytes = b"A log.", name: str = "log.csv", **about: object) -> Evidence:
    item = about.pop("item", None) or cast.item()
    return submit_file(item, proves="x", data=data, file_name=name, by=cast["liaison"], now=NOW, **about)  # type: ignore[arg-type]


def test_a_file_is_kept_by_its_hash_and_never_replaced(cast: Cast) -> None:
    item = cast.item()
    first = file_of(cast, b"Version 1.", item=item)
    second = file_of(cast, b"Version 2.", item=item, replaces=first)
    assert workspace_originals().read(first.sha256) == b"Version 1."
    assert workspace_originals().read(second.sha256) == b"Version 2."
    assert second.replaces == first
    assert Evidence.objects.get(pk=first.pk).sha256 == first.sha256
    with pytest.raises(PlainError, match="very file that it replaces"):
        file_of(cast, b"Version 2.", item=item, replaces=second)
    with pytest.raises(NotAllowedError, match="replaced already"):
        file_of(cast, b"Version 3.", item=item, replaces=first)
    assert verify(None).problems == []


def test_a_version_replaces_evidence_of_the_same_item_only(cast: Cast) -> None:
    with pytest.raises(NotAllowedError, match="no such evidence of this item"):
        file_of(cast, item=cast.item(), replaces=file_of(cast))


@pytest.mark.parametrize("size", [0, LARGEST + 1])
def test_a_file_of_no_or_too_great_a_size_is_refused_before_anything_else(size: int) -> None:
    with pytest.raises(PlainError, match=r"empty|larger than 300 MB"):
        check_file(size, largest=LARGEST)


def test_a_refused_person_leaves_no_file_behind(cast: Cast) -> None:
    secret = b"Bytes that nobody else has put here."
    with pytest.raises(NotAllowedError, match="You cannot offer evidence"):
        submit_file(cast.item(), proves="x", data=secret, file_name="a", by=cast["reader"], now=NOW)
    import hashlib

    assert not workspace_originals().path_of(hashlib.sha256(secret).hexdigest()).exists()


def test_a_file_is_handed_out_to_be_saved_and_never_shown(cast: Cast, client: Client) -> None:
    row = file_of(cast, b"<script>alert(1)</script>", "page.html")
    address = reverse("assurance:evidence_file", args=[row.pk])
    assert client.get(address).status_code == 302, "only for people who signed in"
    client.force_login(cast["reader"])
    response = client.get(address)
    assert response["Content-Disposition"] == 'attachment; filename="page.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"


def test_a_file_is_for_those_only_who_may_see_its_item(cast: Cast, client: Client) -> None:
    row = file_of(cast)
    stranger = make_cast("XYZ")
    client.force_login(stranger["liaison"])
    assert client.get(reverse("assurance:evidence_file", args=[row.pk])).status_code == 404
    assert not find_evidence(viewer=stranger["liaison"]).exists()
    assert find_evidence(viewer=cast["reader"]).get() == row


def test_evidence_that_is_no_file_has_none_to_hand_out(cast: Cast, client: Client) -> None:
    client.force_login(cast["liaison"])
    row = offer(cast, cast.item())
    assert client.get(reverse("assurance:evidence_file", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/x",
        "https://",
        "https:///path",
        "//example.org",
        "example.org",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org\\@evil.example",
        "https://name:secret@example.org/",
        "https://[broken/",
        "https://example.org/" + "a" * 3000,
        "",
    ],
)
def test_only_a_page_of_the_web_is_a_link(address: str) -> None:
    if address.strip() == "https://example.org/":
        assert check_address(address) == "https://example.org/"
        return
    with pytest.raises(PlainError):
        check_address(address)


@given(st.text(max_size=60))
def test_whatever_is_taken_for_a_link_begins_as_one(address: str) -> None:
    try:
        kept = check_address(address)
    except PlainError:
        return
    assert kept.lower().startswith(("http://", "https://"))
    assert kept.isprintable()
    assert " " not in kept


def test_a_passage_is_found_in_its_document(cast: Cast) -> None:
    document, item = minutes(cast.organisation), cast.item()
    row = submit_passage(
        item, proves="x", document=document, words="every call is  logged", by=cast["liaison"], now=NOW
    )
    cited = row.citations[0]
    assert (cited["line"], cited["line_end"], cited["quote"]) == (3, 4, "every call is logged")
    again = submit_passage(item, proves="x", document=document, citations=[cited], by=cast["liaison"], now=NOW)
    assert again.citations == [cited]


@pytest.mark.parametrize(
    "change",
    [{"line": 1, "line_end": 1}, {"line": 90, "line_end": 90}, {"page": 7}, {"quote": "no call"}, {"quote": " "},
     {"document_sha256": "0" * 64}, {"line": None}, {"line": 4, "line_end": 3}],
)  # fmt: skip
def test_a_citation_that_does_not_hold_is_no_evidence(cast: Cast, change: dict[str, object]) -> None:
    document, item = minutes(cast.organisation), cast.item()
    good = submit_passage(
        item, proves="x", document=document, words="logged within a minute", by=cast["liaison"], now=NOW
    ).citations[0]
    with pytest.raises(PlainError, match="does not stand in"):
        submit_passage(item, proves="x", document=document, citations=[good | change], by=cast["liaison"], now=NOW)
    with pytest.raises(PlainError, match="does not stand in"):
        submit_passage(item, proves="x", document=document, words="no such words", by=cast["liaison"], now=NOW)
    with pytest.raises(PlainError, match="needs the words"):
        submit_passage(item, proves="x", document=document, by=cast["liaison"], now=NOW)


def test_a_document_of_another_organisation_is_as_if_it_were_not_there(cast: Cast) -> None:
    theirs = minutes(make_cast("XYZ").organisation)
    with pytest.raises(NotAllowedError, match="no such document"):
        submit_passage(cast.item(), proves="x", document=theirs, words="board", by=cast["liaison"], now=NOW)


def test_no_words_become_more_public_than_their_document(cast: Cast) -> None:
    """An administrator sees both; whoever sees the item alone would read the other organisation's words."""
    theirs = minutes(make_cast("XYZ").organisation)
    with pytest.raises(NotAllowedError, match="held by one organisation alone"):
        submit_passage(cast.item(), proves="x", document=theirs, words="board", by=cast["administrator"], now=NOW)


def test_an_indicator_has_a_value_on_a_day_that_has_come(cast: Cast) -> None:
    item, told = cast.item(), {"proves": "x", "indicator": "999 in 10 s", "by": cast["liaison"], "now": NOW}
    row = submit_indicator(item, value="91.5%", day=TODAY - DAY, **told)
    assert (row.indicator, row.indicator_value, row.indicator_day) == ("999 in 10 s", "91.5%", TODAY - DAY)
    with pytest.raises(PlainError, match="day to come"):
        submit_indicator(item, value="91.5%", day=TODAY + DAY, **told)
    with pytest.raises(PlainError, match="as it is printed"):
        submit_indicator(item, value=" ", day=TODAY, **told)


def test_a_day_is_a_day_in_london(cast: Cast) -> None:
    """At half past midnight in summer, today has begun in London and not yet in UTC."""
    at = dt.datetime(2026, 6, 1, 23, 30, tzinfo=dt.UTC)
    told = {"proves": "x", "indicator": "x", "value": "1", "by": cast["liaison"]}
    submit_indicator(cast.item(), day=dt.date(2026, 6, 2), **told, now=at)


def test_evidence_says_what_it_proves(cast: Cast) -> None:
    with pytest.raises(PlainError, match="meant to prove"):
        offer(cast, cast.item(), proves=" ")
    with pytest.raises(PlainError, match="A marking is one of"):
        offer(cast, cast.item(), marking="SECRET")


def test_nobody_judges_what_they_offered(cast: Cast) -> None:
    for decide in (accept_evidence, return_evidence):
        row = offer(cast, cast.item())
        with pytest.raises(NotAllowedError, match="did that yourself"):
            decide(row, reason="x", by=cast["liaison"], now=NOW)


def test_no_owner_judges_the_evidence_of_their_item(cast: Cast) -> None:
    """Whatever their role, and whether they own, deputise for or lead any action of the item."""
    for place in ("owner", "deputy", "lead"):
        item, auditor = cast.item(), cast.owner("The auditor's post", user=cast["auditor"])
        keepers = {"owner": cast.owner(), place: auditor}
        allocate(item, words="x", **keepers, by=cast["liaison"], now=NOW)
        with pytest.raises(NotAllowedError, match="somebody else must"):
            accept_evidence(offer(cast, item), by=cast["auditor"], now=NOW)


def test_an_owner_who_came_by_a_link_does_not_accept_it_later_by_an_account(cast: Cast) -> None:
    item, owner = cast.item(), cast.owner("The liaison's post", user=cast["liaison"])
    action = allocate(item, words="x", owner=owner, by=cast["administrator"], now=NOW)
    row = submit_link(item, proves="x", address="https://example.org", by=OwnerByLink(owner), now=NOW)
    change_owner(action, owner=cast.owner(), reason="She moved on.", by=cast["administrator"], now=NOW)
    with pytest.raises(NotAllowedError, match="offered it yourself"):
        accept_evidence(row, by=cast["liaison"], now=NOW)


def test_what_is_returned_is_offered_anew_and_what_is_accepted_may_still_be_returned(cast: Cast) -> None:
    row = evidence(cast, cast.item())
    with pytest.raises(NotAllowedError, match="accepted already"):
        accept_evidence(row, by=cast["lpb_officer"], now=NOW)
    with pytest.raises(NotAllowedError, match="say why"):
        return_evidence(row, reason=" ", by=cast["lpb_officer"], now=NOW)
    returned = return_evidence(row, reason="It is last year's.", by=cast["lpb_officer"], now=NOW)
    assert (returned.state, returned.reason, returned.decided_name) == (
        "returned", "It is last year's.", cast["lpb_officer"].name
    )  # fmt: skip
    with pytest.raises(NotAllowedError, match="offer it again"):
        accept_evidence(returned, by=cast["lpb_officer"], now=NOW)


def test_an_owner_offers_evidence_for_what_is_theirs_only(cast: Cast) -> None:
    item, owner = cast.item(), cast.owners["The owner in person"]
    with pytest.raises(NotAllowedError, match="only with what is theirs"):
        offer(cast, item, by=cast["owner"])
    action = allocate(item, words="x", owner=owner, by=cast["liaison"], now=NOW)
    assert offer(cast, item, by=cast["owner"], action=action).action == action
    other = allocate(cast.item(), words="x", owner=owner, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="no such action"):
        offer(cast, item, by=cast["owner"], action=other)


def test_new_and_returned_evidence_has_a_graded_item_tested_anew(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item)
    assert now_of(item).assurance == "reasonable"
    row = offer(cast, item, proves="A second log.")
    assert now_of(item).assurance == "testing"
    assert item.reviews.last().reason == "new evidence: A second log."
    opinions(cast, item, "substantial")
    accept_evidence(row, by=cast["auditor"], now=NOW)
    assert now_of(item).assurance == "substantial", "an acceptance changes nothing that was seen"
    return_evidence(row, reason="It is another force's.", by=cast["lpb_officer"], now=NOW)
    assert now_of(item).assurance == "testing"


def test_what_is_signed_off_takes_no_evidence(cast: Cast) -> None:
    item = cast.item()
    prove(cast, item)
    close(cast, item)
    with pytest.raises(NotAllowedError, match="reopen it first"):
        offer(cast, item)


def test_a_file_of_evidence_that_was_altered_or_lost_is_found(cast: Cast) -> None:
    """`bluelamp verify` and `bluelamp doctor` answer for evidence as they do for documents."""
    altered, lost = file_of(cast, b"What was kept."), file_of(cast, b"What will be lost.")
    assert {altered.sha256, lost.sha256} <= set(find_kept_hashes())
    for row, damage in ((altered, b"What was not."), (lost, None)):
        path = workspace_originals().path_of(row.sha256)
        path.unlink()
        if damage:
            path.write_bytes(damage)
    said = " ".join(examine().problems)
    assert f"{altered.sha256} is not as it was stored" in said
    assert f"{lost.sha256} is missing" in said
    workspace_originals().path_of(altered.sha256).unlink()
