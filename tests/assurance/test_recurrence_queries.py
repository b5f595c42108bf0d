"""For an item: the same point in other years, as far as its reader may see, as the record stands now."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict

import pytest
from tests.assurance.people import NOW, Cast, make_cast
from tests.register.samples import BY, citation, point

from bluelamp.assurance import recurrence_pool
from bluelamp.assurance.actions_themes import remove_theme
from bluelamp.assurance.queries_recurrence import Recurrences, find_recurrences
from bluelamp.assurance.recurrence_pool import load_pool
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.models import Finding, Inspection
from bluelamp.ledger.actions import recording
from bluelamp.register.actions_links import merge
from bluelamp.register.models import Item

NOW_SAID = "Neighbourhood officers are regularly redeployed to response duties."
BEFORE = "SNTs are too often taken away from their beats."


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def another_document(cast: Cast, name: str) -> StoredDocument:
    document = StoredDocument(
        sha256=name.encode().hex().ljust(64, "0"), file_name=name, title=name, size=1, format="txt",
        reader_version=1, added=NOW, organisation=cast.organisation,
    )  # fmt: skip
    with recording(by=BY, now=NOW) as book:
        book.event("documents.document_stored", subject=document, add=[document])
    return document


def said_in(cast: Cast, year: int, *titles: str, document: str = "") -> list[Item]:
    register = dataclasses.replace(cast.register, document=another_document(cast, document or f"of {year}"))
    return register.add(*(point(title=title) for title in titles), year=year)


def recorded(cast: Cast, year: int, kind: str, text: str, line: int = 7) -> Finding:
    document = another_document(cast, f"inspection {year} {kind}")
    inspection = Inspection(force=cast.register.force, framework="x", document=document, year=year)
    cited = citation(text) | {"line": line, "line_end": line}
    finding = Finding(inspection=inspection, type=kind, text=text, citations=[cited])
    with recording(by=BY, now=NOW) as book:
        book.event("inspections.inspection_recorded", subject=inspection, add=[inspection, finding])
    return finding


def find(item: Item, cast: Cast, role: str = "liaison") -> Recurrences:
    return find_recurrences(item, viewer=cast[role])


def test_the_same_point_before_is_found_in_other_words(cast: Cast) -> None:
    (old,) = said_in(cast, 2014, BEFORE)
    (now,) = said_in(cast, 2022, NOW_SAID)
    found = find(now, cast)
    assert [each.found for each in found.before] == [old]
    assert found.counts_before == [(2014, 1)]
    one = found.before[0]
    assert one.theme_name == "Abstraction of neighbourhood officers"
    assert ("taken away" in dict(one.agreements).values()) or ("redeployed" in dict(one.agreements))
    assert "".join(words for words, _ in one.there.pieces) == BEFORE
    assert any(marked for _, marked in one.there.pieces)
    assert [each.found for each in find(old, cast).again] == [now]
    assert find(old, cast).before == []


def test_another_point_of_the_same_officers_is_not(cast: Cast) -> None:
    said_in(cast, 2014, "Neighbourhood officers have too few vehicles.")
    (now,) = said_in(cast, 2022, NOW_SAID)
    assert find(now, cast).before == []


def test_the_same_year_and_the_same_document_repeat_nothing(cast: Cast) -> None:
    first, _ = said_in(cast, 2022, NOW_SAID, BEFORE)
    said_in(cast, 2022, BEFORE, document="a letter of that year")
    assert find(first, cast).found == []


def test_what_was_praised_and_what_was_under_way_stand_apart(cast: Cast) -> None:
    recorded(cast, 2007, "strength", "The abstraction of beat managers is monitored and rare.")
    recorded(cast, 2009, "work_in_progress", "A policy on the abstraction of beat managers is being written.")
    recorded(cast, 2021, "main_finding", "Neighbourhood officers are seldom redeployed to response duties.")
    (now,) = said_in(cast, 2014, NOW_SAID)
    found = find(now, cast)
    assert found.before == found.again == []
    assert (found.years_praised, [each.year for each in found.under_way]) == ([2007], [2009])
    assert found.years_spoken_of == [2021]


def test_a_promise_is_no_point_of_criticism(cast: Cast) -> None:
    register = dataclasses.replace(cast.register, document=another_document(cast, "a letter"))
    register.add(point("undertaking", "I will ask that beat managers are no longer abstracted."), year=2014)
    (now,) = said_in(cast, 2022, NOW_SAID)
    assert find(now, cast).before == []
    assert find(now, cast).years_spoken_of == [2014]


def test_what_is_only_near_stands_apart(cast: Cast) -> None:
    said_in(
        cast,
        2014,
        "Only seven in ten reported thefts and burglaries of farms in Calder Vale are entered as crimes within "
        "the three days that the standard allows.",
    )
    (now,) = said_in(
        cast, 2022, "NCRS compliance is weak: in a fifth of calls audited an offence was not recorded."
    )
    found = find(now, cast)
    assert (found.before, len(found.near)) == ([], 1)


def test_a_label_says_more_than_a_sentence_lifted_from_under_it(cast: Cast) -> None:
    text = "The abstraction of beat managers is monitored and rare."
    finding = recorded(cast, 2007, "strength", text)
    register = dataclasses.replace(cast.register, document=finding.inspection.document)
    register.add(point("issue_of_concern", text), year=2007)
    (now,) = said_in(cast, 2014, NOW_SAID)
    assert find(now, cast).before == []
    assert len(find(now, cast).praised) == 1


def test_judgements_and_merged_items_are_not_compared(cast: Cast) -> None:
    (old,) = said_in(cast, 2014, BEFORE)
    (now,) = said_in(cast, 2022, NOW_SAID)
    (other,) = said_in(cast, 2013, "Crime recording is poor.")
    merge(old, other, by=cast["liaison"], now=NOW)
    assert find(now, cast).before == []
    judgement = cast.item(NOW_SAID, kind="judgement")
    assert find(judgement, cast).found == ()


def test_nobody_learns_of_what_another_organisation_holds(cast: Cast) -> None:
    """Two offices keep their own record of one force: neither sees the other's points, years or counts."""
    (now,) = said_in(cast, 2022, NOW_SAID)
    other = make_cast("ELS")
    strange = dataclasses.replace(other.register, force=cast.register.force)
    strange.add(point(title=BEFORE), year=2014)
    hidden = recorded(other, 2007, "strength", "The abstraction of beat managers is monitored and rare.")
    hidden.inspection.force = cast.register.force
    with recording(by=BY, now=NOW) as book:
        book.event("inspections.inspection_recorded", subject=hidden.inspection, change=[hidden.inspection])
    assert find(now, cast).found == []
    assert len(find(now, cast, "administrator").before) == 1
    assert find_recurrences(now, viewer=other["liaison"]).found == ()


def test_findings_of_another_force_are_not_compared(cast: Cast) -> None:
    (now,) = said_in(cast, 2022, NOW_SAID)
    make_cast("ELS").register.add(point(title=BEFORE), year=2014)
    assert find(now, cast, "administrator").found == []


def test_a_theme_taken_away_ends_the_recurrence_at_once(cast: Cast) -> None:
    (old,) = said_in(cast, 2014, BEFORE)
    (now,) = said_in(cast, 2022, NOW_SAID)
    assert find(now, cast).before
    remove_theme(old, theme="abstraction", by=cast["liaison"], now=NOW)
    assert find(now, cast).before == []


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside a test, where no transaction stands around everything: what was read is kept."""
    monkeypatch.setattr(recurrence_pool, "_inside_a_writing", lambda: False)
    monkeypatch.setattr(recurrence_pool, "_POOLS", OrderedDict())


def test_what_was_read_is_kept_and_only_what_changed_is_read_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, keeping: None
) -> None:
    (old,) = said_in(cast, 2014, BEFORE)
    read: list[str] = []
    real = recurrence_pool.read_finding
    monkeypatch.setattr(
        recurrence_pool, "read_finding", lambda texts, **more: read.append(texts[0]) or real(texts, **more)
    )
    first = load_pool(cast.register.force)
    assert load_pool(cast.register.force) is first, "the head stands"
    said_in(cast, 2022, NOW_SAID)
    second = load_pool(cast.register.force)
    assert second is not first
    assert read == [BEFORE, NOW_SAID], "the old words were not read again"
    assert set(second.entries) > {old.pk}


def test_few_forces_are_kept_where_there_is_little_room(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, keeping: None
) -> None:
    monkeypatch.setattr(recurrence_pool, "MOST_KEPT", 1)
    said_in(cast, 2014, BEFORE)
    other = make_cast("ELS")
    said_in(other, 2014, BEFORE)
    load_pool(cast.register.force)
    load_pool(other.register.force)
    assert list(recurrence_pool._POOLS) == [other.register.force.pk]
