"""Makes the page of plans: every plan with its themes and indicators, and what of it is not verified."""

from __future__ import annotations

from collections.abc import Iterator

from bluelamp.performance.peers import PeerGroups, load_peers
from bluelamp.performance.plans import Indicator, Plan, load_plans


def make_plans_page() -> str:
    """Every plan that is shipped, and every grouping of peers."""
    parts = [
        "# Plans and their indicators",
        "",
        "The aim is what the plan wants; the polarity says whether a rise is good in itself. They are two facts.",
        "`bluelamp indicators check` says what is wrong with a plan; a workspace may add its own in",
        "`definitions/plans` ([how to write one](../guide/plans.md)), and peers in `definitions/peers`.",
        "",
    ]
    for plan in sorted(load_plans().values(), key=lambda each: each.slug):
        parts.extend(_say_plan(plan))
    for groups in load_peers().values():
        parts.extend(_say_peers(groups))
    return "\n".join(parts)


def _say_plan(plan: Plan) -> Iterator[str]:
    when = "; ".join(f"{word} {day}" for word, day in (("from", plan.first), ("to", plan.last)) if day)
    yield from (f"## {plan.name}", "", f"`{plan.slug}`{', ' + when if when else ''}. {plan.source}", "")
    if plan.notes:
        yield from (f"{'' if plan.verified else '**Not verified.** '}{plan.notes}", "")
    if plan.areas:
        areas = (f"{area.name}{'' if area.verified else ' (not verified)'}" for area in plan.areas)
        yield from (f"Areas: {', '.join(areas)}.", "")
    for theme in plan.themes:
        indicators = [each for each in plan.indicators if each.theme == theme.code]
        yield from (f"{'####' if theme.parent else '###'} {theme.code}: {theme.name}", "")
        if indicators:
            yield from (
                "| code | indicator | aim | polarity, and why | what is measured | unit |",
                "|" + "---|" * 6,
            )
            yield from (_say_indicator(each) for each in indicators)
            yield ""


def _say_indicator(each: Indicator) -> str:
    doubt = "" if each.verified else " (not verified)"
    of = f", of: {each.denominator[:1].lower() + each.denominator[1:]}" if each.denominator else ""
    polarity = f"{each.polarity.replace('-', ' ')}. {each.polarity_reason}"
    measured = f"{each.numerator}{of}{'. ' + each.notes if each.notes else ''}"
    cells = (each.code, each.name + doubt, each.aim, polarity, measured, each.unit)
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


def _say_peers(groups: PeerGroups) -> Iterator[str]:
    yield from (f"## {groups.name}", "", f"`{groups.slug}`. {groups.notes}".strip(), "")
    if not groups.memberships:
        yield from ("No membership is shipped, since none is certain: a workspace writes its own.", "")
    for each in groups.memberships:
        doubt = "" if each.verified else " (not verified)"
        when = f"from {each.first} to {each.last or 'now'}"
        yield f"- {each.subject}, {when}: {', '.join(each.members)}{doubt}. {each.source}"
