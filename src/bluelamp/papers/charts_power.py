"""Which changes could be found, by how much is counted and how much it varies? (a chart of the methods)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bluelamp.figures.power import Sight, find_smallest
from bluelamp.papers.charts import COLOURS, DASHES, INK, Rows, compile_template, draw_template

WIDTH, HEIGHT = 520, 300
DISPERSIONS: Final = (1.0, 1.2, 2.0, 3.0)
MEANS: Final = (5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 2000, 3000)
_HIGHEST: Final = 200.0  # per cent; smaller series are drawn to the edge
_TITLE: Final = "The smallest lasting rise that is found nine times in ten"


def list_power(
    means: Sequence[int] = MEANS, dispersions: Sequence[float] = DISPERSIONS, *, family: int = 840
) -> list[tuple[int, float, float | None, float | None]]:
    """Mean a month, dispersion, smallest rise and smallest fall in per cent: the chart's table."""
    rows = []
    for dispersion in dispersions:
        for mean in means:
            sight = Sight(mean=float(mean), dispersion=dispersion, family=family)
            found = [find_smallest(sight, rise=rise) for rise in (True, False)]
            rise, fall = (None if one is None else 100 * one for one in found)
            rows.append((mean, dispersion, rise, fall))
    return rows


def draw_power_chart(*, family: int = 840) -> str:
    """The chart as SVG: one line for each dispersion."""
    table = list_power(family=family)
    lines: list[dict[str, object]] = [
        {"mean": mean, "value": rise, "line": _name(dispersion)}
        for mean, dispersion, rise, _ in table
        if rise is not None and rise <= _HIGHEST
    ]
    data: dict[str, Rows] = {"lines": lines, "mark": [{"value": 25.0, "mean": MEANS[-1]}]}
    return draw_template(
        compile_template(_make_template),
        data,
        {"high": _HIGHEST},
        title=_TITLE,
        description=describe_power(family=family),
    )


def describe_power(*, family: int = 840) -> str:
    """What the chart shows, in words with its numbers."""
    said = [
        f"at a mean of {mean:,} a month {_say(rise)} where the variance is {dispersion:g} times the mean"
        for mean, dispersion, rise, _ in list_power((20, 200, 1000), (1.2, 3.0), family=family)
    ]
    return (
        f"The smallest rise that, lasting two quarters, is found nine times in ten among {family:,} series: "
        + "; ".join(said)
        + ". The larger the series and the less it varies, the smaller the change that can be seen."
    )


def _name(dispersion: float) -> str:
    return "the variance equals the mean" if dispersion == 1 else f"the variance is {dispersion:g} times the mean"


def _say(size: float | None) -> str:
    return "none" if size is None else f"{size:.0f}%"


def _make_template(altair: Any) -> Any:
    across = altair.X(
        "mean:Q",
        scale=altair.Scale(type="log", domain=[MEANS[0], MEANS[-1]], nice=False),
        axis=altair.Axis(title="Mean a month", values=[5, 10, 20, 50, 100, 200, 500, 1000, 3000], grid=True),
    )
    up = altair.Y(
        "value:Q",
        scale=altair.Scale(domain=[0, {"expr": "high"}], nice=False),
        axis=altair.Axis(title=None, tickCount=8, labelExpr="datum.label + '%'"),
    )

    def chart(name: str) -> Any:
        return altair.Chart(altair.NamedData(name=name))

    states = [_name(dispersion) for dispersion in DISPERSIONS]
    key = altair.Legend(title=None, orient="top-right", symbolStrokeWidth=2, symbolSize=400)
    colour = altair.Color("line:N", scale=altair.Scale(domain=states, range=list(COLOURS)), legend=key)
    dash = altair.StrokeDash("line:N", scale=altair.Scale(domain=states, range=list(DASHES)), legend=key)
    layers = [
        chart("mark").mark_rule(color=INK, strokeWidth=0.8, strokeDash=[2, 2]).encode(y=up),
        chart("mark")
        .mark_text(align="right", baseline="bottom", dy=-3, fontSize=11, color=INK, text="a change of 25%")
        .encode(x=across, y=up),
        chart("lines").mark_line(strokeWidth=2).encode(x=across, y=up, color=colour, strokeDash=dash),
    ]
    high = altair.param(name="high", value=_HIGHEST)
    return altair.layer(*layers).properties(width=WIDTH, height=HEIGHT).add_params(high)
