"""Which sentences, papers side by side and repeated figures are wrong, and which only look so?

A section here may give pieces for a second paper of the pack (`other`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.corpus.made import Draw, Grid, Head, Near, Para, Piece, Plant, Section, count, opening
from tests.corpus.pools import AREAS, MEASURES


@dataclass
class Pair(Section):
    """A section and what stands in another file that is checked with it."""

    other: list[Piece] = field(default_factory=list)


def _table(r: Draw, names: list[str], values: list[list[int]]) -> Grid:
    periods = r.choice((("12 months to March 2021", "12 months to March 2022"), ("2020/21", "2021/22")))
    head = ("Ref", "Measure", "Aim", *periods, "% change", "Actual change")
    rows = []
    for index, (name, row) in enumerate(zip(names, values, strict=True), start=1):
        change = row[1] - row[0]
        rows.append(
            (f"1A.{index}", name, "Reduce", *map(count, row), f"{change * 100 / row[0]:+.1f}%", f"{change:+,}")
        )
    return Grid((head, *rows))


def claim(r: Draw, *, wrong: bool = True) -> Section:
    """A sentence about a row of a table: direction, size or value."""
    names = r.take(MEASURES, 4)
    values = []
    for _ in names:
        one = r.randint(400, 6000)
        values.append([one, int(one * r.choice((r.uniform(0.7, 0.92), r.uniform(1.08, 1.4))))])
    which = r.randrange(4)
    name, (one, other) = names[which], values[which]
    up, percent = other > one, abs(other - one) * 100 / one
    kind = r.randrange(3)
    if kind == 0:  # direction
        said = up if not wrong else not up
        written = f"{name} {'rose' if said else 'fell'} by {percent:.0f}% in the year to March 2022."
    elif kind == 1:
        shown = percent + (r.choice((4, 9, 15)) if wrong else 0)
        verb = r.choice(("increased", "went up") if up else ("decreased", "reduced"))
        written = f"{name} {verb} by {shown:.1f}%."
    else:
        shown_value = other + (r.choice((-1, 1)) * max(31, other // 7) if wrong else 0)
        written = f"There were {count(shown_value)} {name[0].lower() + name[1:]} in 2021/22."
    pieces: list[Piece] = [Head("Performance", 2), Para(written), _table(r, names, values)]
    found = (opening(written),)
    return Section(pieces, [Plant("claim", found)] if wrong else [], [] if wrong else [Near("claim", found)])


def sound_claims(r: Draw) -> Section:
    """Hedged, about something else, or about another period."""
    names = r.take(MEASURES, 4)
    values = [[one, int(one * 1.158)] for one in (r.randint(400, 6000) for _ in names)]
    other = values[0][1]
    step = 10 ** (len(str(other)) - 2)
    low = names[0][0].lower() + names[0][1:]
    written = r.choice(
        (
            f"There were around {count(round(other / step) * step)} {low} in 2021/22.",
            f"{names[0]} rose by almost 16% in the year.",
            f"In one area {low} fell by 12%.",
            f"{names[0]} had fallen by 9% in the year to March 2019.",
            f"If {low} rise by 30% more staff will be needed.",
            f"Nationally, {low} fell by 4%.",
            f"{names[0]} at weekends fell by 21%.",
            f"The target is to reduce {low} by 10%.",
            f"Over {count(other // step * step)} {low} were dealt with.",
            f"In the final quarter {low} fell by 6%.",
        )
    )
    return Section(
        [Head("Performance", 2), Para(written), _table(r, names, values)],
        nears=[Near("claim", (opening(written),))],
    )


def across(r: Draw, *, wrong: bool = True) -> Pair:
    """The same measure for the same period in two papers."""
    names = r.take(MEASURES, 4)
    values = [[one, int(one * r.uniform(0.8, 1.2))] for one in (r.randint(400, 6000) for _ in names)]
    which = r.randrange(4)
    others = [list(row) for row in values]
    if wrong:
        others[which][1] += r.choice((-1, 1)) * max(17, others[which][1] // 9)
    state = r.getstate()
    here = _table(r, names, values)
    r.setstate(state)
    there = _table(r, names, others)
    found = (names[which], count(values[which][1]), count(others[which][1]))
    return Pair(
        [Head("Performance", 2), here],
        [Plant("cross_document", found)] if wrong else [],
        [] if wrong else [Near("cross_document", (names[0],))],
        [Head("Performance report", 2), there],
    )


def repeated_pairs(r: Draw, *, wrong: bool = True) -> Section:
    """One row's two figures stand again in another row: one of them was copied."""
    names = r.sample(AREAS, 6)
    rows = [[r.randint(1000, 9000) for _ in range(3)] for _ in names]
    if wrong:
        rows[4][0], rows[4][1] = rows[1][0], rows[1][1]
    head = ("Area", "2019/20", "2020/21", "2021/22")
    table = Grid((head, *((name, *map(count, row)) for name, row in zip(names, rows, strict=True))))
    found = (names[4], count(rows[4][0]), count(rows[4][1]))
    return Section(
        [Head("Demand by area", 3), table],
        [Plant("repeat", found)] if wrong else [],
        [] if wrong else [Near("repeat", found)],
    )


def copied_companion(r: Draw) -> Section:
    """The same count beside two different shares."""
    days = count(r.randint(9000, 30_000))
    rows = (
        ("Ref", "Measure", "Aim", "Mar 2021", "Sep 2021", "Mar 2022", "% change", "Actual change"),
        (
            "4B.1",
            "Days lost to sickness: officers",
            "Monitor",
            f"5.06% {days}",
            f"4.{r.randint(10, 40)}% {days}",
            f"4.8% {count(r.randint(31_000, 40_000))}",
            "-0.3% pts",
            "",
        ),
        (
            "4B.2",
            "Days lost to sickness: staff",
            "Monitor",
            "5.10% 8,104",
            "4.90% 7,998",
            "4.7% 7,610",
            "-0.4% pts",
            "",
        ),
    )
    return Section([Head("Our people", 2), Grid(rows)], [Plant("repeat", (days, "5.06%"))])


def small_repeats(r: Draw) -> Section:
    """Small counts that are the same by chance, and targets that are the same by decision."""
    names = r.sample(AREAS, 6)
    rows = [("Area", "2020/21", "2021/22", "Target")]
    rows += [(name, str(r.randint(1, 4)), str(r.randint(1, 4)), "100") for name in names]
    return Section([Head("Small numbers", 3), Grid(tuple(rows))], nears=[Near("repeat", (names[0],))])


WRONG = (claim, claim, claim, across, repeated_pairs, copied_companion)
RIGHT = (sound_claims, sound_claims, sound_claims, small_repeats)
