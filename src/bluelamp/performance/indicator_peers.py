"""How do other forces stand in the same indicator, at the last period that all of them have?

Whose figures may be set beside a force's is a dated membership (definitions/peers). A peer's figures are those of
a plan of its own that has the indicator under the same name and in the same unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.conf import settings

from bluelamp.figures.comparison import Best, Comparison, Months, compare
from bluelamp.figures.months import Month
from bluelamp.figures.not_known import NotKnown
from bluelamp.lib.definitions import DefinitionError
from bluelamp.organisations.bodies import load_bodies
from bluelamp.organisations.visibility import Viewer
from bluelamp.performance.peers import Membership, peers_of
from bluelamp.performance.plans import Indicator
from bluelamp.performance.queries_indicators import Known, find_known, find_plans_with_figures, find_spans
from bluelamp.performance.reports.model import PeerFigure, PeriodFigure, Settings
from bluelamp.performance.reports.periods import find_period
from bluelamp.performance.series import FORCE

BACK: Final = 8
"""Quarter ends before the one asked for at which a common period is sought: two years."""
Figures = Mapping[Month, PeriodFigure]


@dataclass(frozen=True)
class PeersView:
    """The peers' figures in one period, and the sentence that says how the force stands among them."""

    figures: tuple[PeerFigure, ...]
    words: str


def find_peers(known: Known, indicator: Indicator, asked: Settings, *, viewer: Viewer) -> PeersView | None:
    """None where nobody wrote down whom the force is set beside on that day; only the whole force has peers."""
    if asked.area != FORCE or not known.plan.force:
        return None
    try:
        membership = peers_of(known.plan.force, asked.to.last, settings.WORKSPACE_DEFINITIONS)
    except DefinitionError as error:
        return PeersView((), f"Whose figures may be set beside these cannot be read: {error}")
    if membership is None:
        return None
    bodies = load_bodies(settings.WORKSPACE_DEFINITIONS)
    name = bodies[known.plan.force].name
    held = {name: _figures(known, indicator, asked.to, viewer)}
    for code in membership.members:
        held[bodies[code].name] = _figures_of(code, indicator, asked.to, viewer)
    best = Best.LOW if indicator.polarity == "lower-is-better" else Best.HIGH
    compared = compare(name, {each: _months(figures) for each, figures in held.items()}, asked.to, best=best)
    if isinstance(compared, NotKnown):
        return PeersView((), f"They cannot be compared: {compared.why}.")
    others = tuple(
        PeerFigure(name=each, figure=held[each][compared.to]) for each in compared.figures if each != name
    )
    return PeersView(others, _say(compared, indicator, membership))


def _figures_of(force: str, indicator: Indicator, to: Month, viewer: Viewer) -> Figures:
    for plan, _ in find_plans_with_figures(viewer=viewer):
        if plan.force == force:
            for each in plan.indicators:
                if is_same(each, indicator):
                    return _figures(find_known(plan, viewer=viewer), each, to, viewer)
    return {}


def is_same(one: Indicator, other: Indicator) -> bool:
    """Under the same name (or one that it has in print), in the same unit."""
    names = ({each.casefold() for each in (found.name, *found.aliases)} for found in (one, other))
    return (one.unit, one.per) == (other.unit, other.per) and bool(set.intersection(*names))


def _figures(known: Known, indicator: Indicator, to: Month, viewer: Viewer) -> Figures:
    series = find_spans(known, [indicator.code], viewer=viewer).get(indicator.code, {})
    ends = [to.plus(-3 * back) for back in range(BACK + 1)]
    return {end: find_period(indicator, series, end) for end in ends} if series else {}


def _months(figures: Figures) -> Months:
    return {month: _known_or_not(figure) for month, figure in figures.items()}


def _known_or_not(figure: PeriodFigure) -> Decimal | NotKnown:
    return NotKnown(figure.unknown_words) if figure.value is None else figure.value


def _say(compared: Comparison, indicator: Indicator, membership: Membership) -> str:
    if indicator.polarity == "neither":
        place = f"{compared.rank.words} by size"
    else:
        place = f"{compared.rank.words}, the best first"
    said = [f"{compared.subject} is {place}.", compared.note]
    said += [f"Left out: {name}, {why.why}." for name, why in compared.left_out]
    said.append(
        f"Set beside these forces by: {membership.source}{'' if membership.verified else ' (not verified)'}."
    )
    return " ".join(each for each in said if each)
