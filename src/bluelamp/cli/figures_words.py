"""What is said of a load of figures, before it is kept and after: what is new, revised, refused?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bluelamp.cli.figures_asking import print_wire

if TYPE_CHECKING:
    from bluelamp.organisations.models import Organisation
    from bluelamp.performance.loading_planning import LoadPlan

MOST_SHOWN = 50


def show_load(
    plan: LoadPlan, number: int, *, as_json: bool, hint: str = "", whose: Organisation | None = None
) -> None:
    """The plan, or its vintage's number; `hint` says how it is kept, where it was not. `whose`: of nobody alone,
    everybody's."""
    if as_json:
        _print_plan_json(plan, number, whose)
        return
    from bluelamp.cli.screen import say
    from bluelamp.lib.written import say_many
    from bluelamp.performance.loading_planning import NEW, REVISED, VERDICTS

    for verdict in (REVISED, "earlier"):
        for each in plan.of(verdict)[:MOST_SHOWN]:
            say(f"{VERDICTS[verdict]}: {each.words}")
        _say_more(len(plan.of(verdict)))
    for refused in plan.refused[:MOST_SHOWN]:
        say(f"Refused: {refused.words}")
    _say_more(len(plan.refused))
    for told in plan.told[:MOST_SHOWN]:
        say(told)
    counts = plan.counts
    said = ", ".join(f"{counts[each]:,} {VERDICTS[each].lower()}" for each in VERDICTS if counts[each])
    refused_said = f"; {len(plan.refused):,} refused" if plan.refused else ""
    say(f"{say_many(len(plan.figures), 'figure')}: {said or 'none'}{refused_said}.")
    if number:
        say(f"Loaded as vintage {number}.")
    elif not plan.writes and not plan.refused:
        say("There is nothing new in it, so nothing was written.")
    elif hint and (counts[NEW] or counts[REVISED]) and not plan.refused:
        say(f"Nothing was written: {hint}.")
    if plan.writes:
        say(_say_whose(whose, done=bool(number)))


def _say_whose(whose: Organisation | None, *, done: bool) -> str:
    be = "is" if done else "would be"
    if whose is None:
        return f"It {be} everybody’s: all who sign in to this workspace see it."
    return (
        f"It {be} the record of {whose.code} ({whose.name}): its own people and administrators see it, and nobody"
        " else. To share it with all who sign in: --organisation everybody."
    )


def _say_more(count: int) -> None:
    from bluelamp.cli.screen import say

    if count > MOST_SHOWN:
        say(f"… and {count - MOST_SHOWN:,} more (--json prints all).")


def _print_plan_json(plan: LoadPlan, number: int, whose: Organisation | None) -> None:
    from bluelamp.performance.loading_planning import SAME

    print_wire(
        {
            "schema": "bluelamp.figures-load/1",
            "vintage": number or None,
            "organisation": whose.code if whose else None,
            "counts": plan.counts,
            "figures": [
                {
                    "verdict": each.verdict,
                    **_key_to_wire(each.figure.key),
                    "now": _point_to_wire(each.figure.point),
                    "before": _point_to_wire(each.before) if each.before else None,
                }
                for each in plan.figures
                if each.verdict != SAME
            ],
            "refused": [
                {"file": each.file, "sheet": each.sheet, "cell": each.cell, "message": each.message}
                for each in plan.refused
            ],
            "told": list(plan.told),
        }
    )


def _key_to_wire(key: Any) -> dict[str, str]:
    return {"code": key.code, "area": key.area, "span": key.span.value, "breakdown": key.breakdown}


def _point_to_wire(point: Any) -> dict[str, Any]:
    from bluelamp.performance.stored_points import store_points

    return dict(store_points([point])[0])
