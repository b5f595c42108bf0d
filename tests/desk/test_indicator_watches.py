"""Is a limit that a sign-off promised set against the indicator it names, and only where it names one?"""

from __future__ import annotations

import datetime as dt
import html
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import Full
from tests.desk.indicator_samples import PLAN
from tests.intake.samples import BY, NOW

from bluelamp.assurance.models import SignOff, Watch
from bluelamp.desk.indicator_watches import Kept, find_named, judge, read_limit
from bluelamp.figures.months import Month, Span
from bluelamp.ledger.actions import recording
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.queries_indicators import Known
from bluelamp.performance.reports.model import PeriodFigure
from bluelamp.register.models import Item

SHARE = Indicator(
    code="2.1",
    name="Compliance with NCRS",
    theme="2",
    aim="monitor",
    polarity="higher-is-better",
    unit="percentage",
    decimals=1,
    aliases=("NCRS compliance",),
)
COUNT = Indicator(
    code="1A.1", name="Vehicle crime", theme="1A", aim="reduce", polarity="lower-is-better", unit="count"
)


def watch(**values: Any) -> Watch:
    said = {"kind": "indicator", "what": "It stays high.", "indicator": "2.1", "limit": "90%"}
    return Watch(**(said | {"direction": "at-least"} | values))


def figure(value: str) -> PeriodFigure:
    return PeriodFigure(to=Month(2021, 3), span=Span.YEAR, printed=value, value=Decimal(value), basis="as loaded")


@pytest.mark.parametrize(
    ("value", "limit", "direction", "kept"),
    [
        ("97.6", "90%", "at-least", Kept.HOLDS),
        ("89.9", "90%", "at-least", Kept.SLID),
        ("89.95", "90%", "at-least", Kept.SLID),
        ("90.0", "90%", "at-least", Kept.HOLDS),
        ("89.9", "90%", "at-most", Kept.HOLDS),
        ("90.1", "90%", "at-most", Kept.SLID),
        ("97.6", "ninety", "at-least", Kept.CANNOT_TELL),
        ("97.6", "90%", "", Kept.CANNOT_TELL),
    ],
)
def test_a_limit_has_slid_only_where_no_true_value_keeps_it(
    value: str, limit: str, direction: str, kept: Kept
) -> None:
    assert judge(watch(limit=limit, direction=direction), SHARE, figure(value)) is kept


def test_what_is_not_known_neither_holds_nor_slid() -> None:
    pending = PeriodFigure(to=Month(2021, 3), span=Span.YEAR, printed="pending", unknown="pending")
    assert judge(watch(), SHARE, pending) is Kept.CANNOT_TELL
    assert judge(watch(), SHARE, None) is Kept.CANNOT_TELL


def test_a_limit_in_another_unit_is_none() -> None:
    assert read_limit("90%", COUNT) is None
    assert read_limit("1,200", COUNT) == 1200
    assert read_limit("90", SHARE) == 90
    assert read_limit("90 seconds", SHARE) is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("2.1", "2.1"),
        ("compliance  with ncrs", "2.1"),
        ("NCRS compliance", "2.1"),
        ("2.1 Compliance with NCRS", "2.1"),
        ("1a.1", "1A.1"),
        ("compliance", None),
        ("", None),
    ],
)
def test_an_indicator_is_named_by_its_code_or_a_name(said: str, code: str | None) -> None:
    plan = Plan(slug="p", name="P", body="", force="CVP", indicators=(SHARE, COUNT))
    found = find_named(said, [Known(plan, ())])
    assert (found[1].code if found else None) == code


def test_a_name_that_two_plans_have_is_nobodys() -> None:
    plan = Plan(slug="p", name="P", body="", force="CVP", indicators=(SHARE,))
    assert find_named("2.1", [Known(plan, ()), Known(plan, ())]) is None


@pytest.mark.parametrize(
    ("limit", "words"), [("99%", "it has slid"), ("95%", "it holds"), ("high", "It cannot be told")]
)
def test_an_items_page_says_what_the_figures_propose(desk: Client, full: Full, limit: str, words: str) -> None:
    item = Item.objects.get(pk=full.item.pk)
    sign_off = SignOff(
        item=item,
        code="implemented",
        reason="It was mended.",
        authority="minute",
        authority_words="Minute 4",
        authority_day=dt.date(2026, 2, 1),
        policy="standard",
        by_name="Sam",
        made=NOW,
    )
    row = watch(item=item, sign_off=sign_off, limit=limit, due=dt.date(2026, 9, 1))
    with recording(by=BY, now=NOW) as book:
        book.event("assurance.item_signed_off", subject=item, add=[sign_off, row])
    page = desk.get(f"/register/{item.reference}").content.decode()
    said = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))
    assert "What should stay true, by the figures" in said
    assert words in said
    assert f"/indicators/{PLAN}/2.1" in page
