"""A theme is suggested by words and accepted by a person; each step is an event; others' items stay theirs."""

from __future__ import annotations

import pytest
from tests.assurance.people import NOW, Cast, make_cast
from tests.register.samples import point

from bluelamp.assurance.actions_themes import MOST_AT_ONCE, accept_theme, accept_themes, remove_theme
from bluelamp.assurance.models import ItemTheme
from bluelamp.assurance.queries_themes import (
    find_item_themes,
    find_suggested,
    find_theme_table,
    items_with_theme,
    theme_choices,
)
from bluelamp.assurance.theme_rules import THEMING_ROLES, can_theme
from bluelamp.ledger.models import Event, Payload
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import ROLES, NotAllowedError
from bluelamp.register.actions_links import merge
from bluelamp.register.models import Item

ABSTRACTION = "SNTs are often taken away to other work."


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def names(item: Item, cast: Cast, role: str = "liaison") -> tuple[list[str], list[str]]:
    found = find_item_themes(item, viewer=cast[role])
    return [theme.slug for theme in found.accepted], [theme.slug for theme, _ in found.suggested]


def test_words_suggest_and_a_person_accepts(cast: Cast) -> None:
    item = cast.item(ABSTRACTION)
    assert names(item, cast) == ([], ["abstraction"])
    accept_theme(item, theme="abstraction", by=cast["liaison"], now=NOW)
    assert names(item, cast) == (["abstraction"], [])
    row = ItemTheme.objects.get()
    assert row.suggested
    assert row.score
    event = Event.objects.get(action="assurance.theme_accepted")
    assert event.subject_id == str(item.pk)
    assert "taken away" in Payload.objects.get(sequence=event.sequence).body
    assert not verify(None).problems


def test_a_person_may_name_a_theme_that_no_word_suggests(cast: Cast) -> None:
    item = cast.item("The car park is small.")
    accept_theme(item, theme="wellbeing", by=cast["analyst"], now=NOW)
    assert names(item, cast) == (["wellbeing"], [])
    assert (ItemTheme.objects.get().suggested, ItemTheme.objects.get().score) == (False, None)


def test_what_is_taken_away_is_not_suggested_again(cast: Cast) -> None:
    item = cast.item(ABSTRACTION)
    remove_theme(item, theme="abstraction", by=cast["liaison"], now=NOW)
    assert names(item, cast) == ([], [])
    accept_theme(item, theme="abstraction", by=cast["liaison"], now=NOW)
    remove_theme(item, theme="abstraction", by=cast["liaison"], now=NOW)
    assert names(item, cast) == ([], [])
    assert ItemTheme.objects.count() == 1, "one row, whatever was decided how often"
    assert Event.objects.filter(action__startswith="assurance.theme").count() == 3
    assert not verify(None).problems


def test_accepting_twice_is_one_acceptance(cast: Cast) -> None:
    item = cast.item(ABSTRACTION)
    for _ in range(2):
        accept_theme(item, theme="abstraction", by=cast["liaison"], now=NOW)
    assert Event.objects.filter(action="assurance.theme_accepted").count() == 1


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_or_may_not(cast: Cast, role: str) -> None:
    item = cast.item(ABSTRACTION)
    assert can_theme(cast[role]) is (role in THEMING_ROLES)
    if role in THEMING_ROLES:
        accept_theme(item, theme="abstraction", by=cast[role], now=NOW)
        remove_theme(item, theme="abstraction", by=cast[role], now=NOW)
        return
    for act in (accept_theme, remove_theme):
        with pytest.raises(NotAllowedError, match="Themes are accepted by"):
            act(item, theme="abstraction", by=cast[role], now=NOW)
    assert not ItemTheme.objects.exists()


def test_nobody_says_what_anothers_item_is_about(cast: Cast) -> None:
    item, stranger = cast.item(ABSTRACTION), make_cast("ELS")["liaison"]
    for act in (accept_theme, remove_theme):
        with pytest.raises(NotAllowedError, match="not yours to see"):
            act(item, theme="abstraction", by=stranger, now=NOW)
    accept_theme(item, theme="abstraction", by=cast["liaison"], now=NOW)
    assert theme_choices(stranger) == []
    assert find_item_themes(item, viewer=stranger).accepted == ()
    table = find_theme_table(cast.register.force, viewer=stranger)
    assert (table.rows, table.accepted, table.suggested, table.documents) == ([], 0, 0, [])
    assert find_suggested("abstraction", force=cast.register.force, viewer=stranger, at_most=9) == []


def test_what_cannot_have_a_theme_is_said(cast: Cast) -> None:
    judgement = cast.item("Responding to the public", kind="judgement")
    with pytest.raises(NotAllowedError, match="a grade has an area"):
        accept_theme(judgement, theme="abstraction", by=cast["liaison"], now=NOW)
    item = cast.item(ABSTRACTION)
    with pytest.raises(PlainError, match="There is no theme “cake”"):
        accept_theme(item, theme="cake", by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="nor is it suggested"):
        remove_theme(item, theme="wellbeing", by=cast["liaison"], now=NOW)
    with pytest.raises(PlainError, match="Choose at least one"):
        accept_themes([], by=cast["liaison"], now=NOW)
    with pytest.raises(PlainError, match="at once"):
        accept_themes([(item.pk, str(n)) for n in range(MOST_AT_ONCE + 1)], by=cast["liaison"], now=NOW)


def test_a_merged_item_is_left_to_its_survivor(cast: Cast) -> None:
    survivor, merged = cast.item(ABSTRACTION), cast.item("Beat officers are abstracted.")
    merge(merged, survivor, by=cast["liaison"], now=NOW)
    with pytest.raises(NotAllowedError, match="merged into another"):
        accept_theme(merged, theme="abstraction", by=cast["liaison"], now=NOW)


def test_many_are_accepted_together_or_none_is(cast: Cast) -> None:
    mine = [cast.item(ABSTRACTION), cast.item("SNTs are redeployed to response.")]
    strange = make_cast("ELS").item(ABSTRACTION)
    wanted = [(item.pk, "abstraction") for item in mine]
    with pytest.raises(NotAllowedError):
        accept_themes([*wanted, (strange.pk, "abstraction")], by=cast["liaison"], now=NOW)
    assert not ItemTheme.objects.exists()
    assert len(accept_themes(wanted, by=cast["liaison"], now=NOW)) == 2


def test_the_table_counts_what_its_links_show(cast: Cast) -> None:
    register = cast.register
    old = register.add(point(title=ABSTRACTION), year=2014)[0]
    new = register.add(point(title="Neighbourhood teams are abstracted."), point(title="NCRS compliance is poor."))
    accept_theme(old, theme="abstraction", by=cast["liaison"], now=NOW)
    table = find_theme_table(register.force, viewer=cast["liaison"])
    rows = {row.theme.slug: row for row in table.rows}
    assert (rows["abstraction"].accepted, rows["abstraction"].suggested) == (1, 1)
    assert (rows["crime-recording"].accepted, rows["crime-recording"].suggested) == (0, 1)
    assert list(items_with_theme("abstraction")) == [old]
    suggested = find_suggested("abstraction", force=register.force, viewer=cast["liaison"], at_most=9)
    assert [each.item for each in suggested] == [new[0]]
    assert theme_choices(cast["liaison"]) == [("abstraction", "Abstraction of neighbourhood officers")]
    assert not items_with_theme("cake").exists()
