"""Which printed changes, percentages, averages and margins are wrong, and which only look so?"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from tests.corpus.made import Draw, Grid, Head, Near, Para, Piece, Plant, Section, count, opening
from tests.corpus.pools import AREAS, MEASURES, OFFENCES, SHARES, TOLD


def _round(value: Decimal | float, places: int = 1, *, cut: bool = False) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_DOWN if cut else ROUND_HALF_UP)


def _signed(value: Decimal | int, unit: str = "") -> str:
    return f"{value:+,}{unit}" if value else f"0{unit}"


_PERIODS = (
    ("12 months to March 2021", "12 months to March 2022"),
    ("Year to Sep-20", "Year to Sep-21"),
    ("2020/21", "2021/22"),
    ("Mar 2022", "Jun 2022", "Sep 2022", "Dec 2022"),
    ("31/03/2021", "30/06/2021", "30/09/2021", "31/12/2021", "31/03/2022"),
)


def _indicator_head(r: Draw) -> tuple[str, ...]:
    periods = r.choice(_PERIODS)
    lead = r.choice(
        (("Ref", "Measure", "Aim"), ("No.", "Indicator", "Aim"), ("Code", "Performance measure", "Aim"))
    )
    change = r.choice((("% change", "Actual change"), ("% change", "Change")))
    return (*lead, *periods, *change)


def indicators(r: Draw, *, wrong: bool = True) -> Section:
    """Rows of a performance report: figures over periods and the change between the ends, or the last year's."""
    head = _indicator_head(r)
    width = len(head) - 5
    rows: list[tuple[str, ...]] = [head]
    bad, found = r.randrange(4), ("",)
    for index, name in enumerate(r.take(MEASURES, 4)):
        values = [r.randint(150, 9000)]
        while len(values) < width:
            values.append(max(20, int(values[-1] * r.uniform(0.8, 1.25))))
        change, percent = values[-1] - values[0], _round(Decimal(values[-1] - values[0]) * 100 / values[0])
        shown, shown_percent = change, percent
        if wrong and index == bad:
            which = r.randrange(3)
            if which == 0 and abs(change) > 2:
                shown = -change
            elif which == 1:
                shown = change + r.choice((-20, 30, 7))
            else:
                shown_percent = percent + r.choice((Decimal("3.4"), Decimal(-10), Decimal("1.7")))
            found = (name, _signed(shown) if which < 2 else _signed(shown_percent, "%"))
        row = (f"{index // 2 + 1}A.{index + 1}", name, "Reduce", *map(count, values))
        rows.append((*row, _signed(shown_percent, "%"), _signed(shown)))
    found = found if wrong else (rows[1][1],)
    return Section(
        [Head("Performance against the plan", 2), Grid(tuple(rows))],
        [Plant("change", found)] if wrong else [],
        [] if wrong else [Near("change", found)],
    )


def points(r: Draw, *, wrong: bool = True) -> Section:
    """Rates whose change is in points: a wrong sign, a wrong size; rounding that looks wrong is not."""
    periods = r.choice(_PERIODS[:3])
    rows: list[tuple[str, ...]] = [("Ref", "Measure", "Aim", *periods, "% change", "Actual change")]
    bad, found = r.randrange(4), ("",)
    for index, name in enumerate(r.take(SHARES, 4)):
        one, other = Decimal(r.uniform(20, 60)), Decimal(r.uniform(20, 60))
        change = _round(other - one)
        if wrong and index == bad:
            change = -change if abs(change) > 1 else change + Decimal("4.4")
            found = (name, f"{change:+}")
        rows.append(
            (f"2B.{index + 1}", name, "Increase", f"{_round(one)}%", f"{_round(other)}%", f"{change:+}% pts", "")
        )
    found = found if wrong else (rows[1][1],)
    return Section(
        [Head("Quality of service", 2), Grid(tuple(rows))],
        [Plant("change", found)] if wrong else [],
        [] if wrong else [Near("change", found)],
    )


def plain_changes(r: Draw, *, wrong: bool = True, cut: bool = False) -> Section:
    """A table that is no performance report's: two years, their difference, their change in per cent."""
    names = r.sample(AREAS, r.randint(4, 7))
    order = r.choice((("2021", "2022"), ("Last year", "This year"), ("April 2022", "April 2023")))
    names_of_change = r.choice(
        (("Change", "% change"), ("Difference", "Change %"), ("+/-", "% +/-"), ("Variation", "% variation"))
    )
    rows: list[tuple[str, ...]] = [("Area", *order, *names_of_change)]
    bad, found = r.randrange(4), ("",)
    for index, name in enumerate(names):
        one, other = r.randint(120, 900), r.randint(120, 900)
        change = other - one
        percent = _round(Decimal(change) * 100 / one, cut=cut)
        if wrong and index == bad:
            if r.random() < 0.5:
                change = change + r.choice((-10, 10, 4)) if r.random() < 0.6 or not change else -change
                found = (name, _signed(change))
            else:
                percent += r.choice((Decimal("2.1"), Decimal("-5.5"), Decimal(10)))
                found = (name, f"{percent:+}")
        rows.append((name, count(one), count(other), _signed(change), f"{percent:+}%"))
    found = found if wrong else (names[0],)
    return Section(
        [Head("Files sent by area" if cut else "Change by area", 3), Grid(tuple(rows))],
        [Plant("change", found)] if wrong else [],
        [] if wrong else [Near("change", found)],
    )


def cut_changes(r: Draw) -> Section:
    return plain_changes(r, wrong=False, cut=True)


def change_in_words(r: Draw, *, wrong: bool = True) -> Section:
    """A sentence with both figures and what it calls the change between them."""
    name = r.take(TOLD, 1)[0]
    one = r.randint(300, 4000)
    other = int(one * r.choice((r.uniform(0.6, 0.9), r.uniform(1.1, 1.6))))
    percent = _round(abs(Decimal(other - one)) * 100 / one, r.choice((0, 1)))
    up = other > one
    if wrong:
        which = r.randrange(2)
        up = up if which else not up
        percent = percent + r.choice((3, 7, 12)) if which else percent
    verb, noun = (
        (r.choice(("rose", "increased", "went up")), "an increase")
        if up
        else (r.choice(("fell", "decreased", "dropped")), "a reduction")
    )
    written = r.choice(
        (
            f"{name} {verb} from {count(one)} to {count(other)} in the year, {noun} of {percent}%.",
            f"{name} {verb} by {percent}% in the year, from {count(one)} to {count(other)}.",
            f"There was {noun} of {percent}% in {name.lower()} (from {count(one)} to {count(other)}).",
        )
    )
    found = (count(one), count(other))
    return Section(
        [Para(written)], [Plant("change", found)] if wrong else [], [] if wrong else [Near("change", found)]
    )


def size_in_words(r: Draw, *, wrong: bool = True) -> Section:
    name, one = r.take(TOLD, 1)[0], r.randint(30, 90) * 10
    word, factor, off = r.choice(
        (("doubled", 2.02, 1.55), ("halved", 0.5, 0.72), ("fell by a third", 0.668, 0.81), ("trebled", 3.02, 2.4))
    )
    other = round(one * (off if wrong else factor))
    written = f"{name} {word} in the year, from {count(one)} to {count(other)}."
    found = (count(one), count(other))
    return Section(
        [Para(written)], [Plant("change", found)] if wrong else [], [] if wrong else [Near("change", found)]
    )


def shares_change_in_words(r: Draw, *, wrong: bool = True) -> Section:
    name = r.take(SHARES, 1)[0]
    one, other = r.randint(30, 50), r.randint(55, 80)
    by = other - one + (r.choice((2, 5, -4)) if wrong else 0)
    unit = r.choice(("percentage points", "% points"))
    written = (
        f"{name} rose from {one}% to {other}%, up {by} {unit}."
        if unit[0] == "p"
        else f"{name} rose from {one}% to {other}%, an increase of {by}% points."
    )
    found = (f"{one}%", f"{other}%")
    return Section(
        [Para(written)], [Plant("change", found)] if wrong else [], [] if wrong else [Near("change", found)]
    )


# -- ratios --------------------------------------------------------------------------------------------------


def fraction(r: Draw, *, wrong: bool = True) -> Section:
    bottom = r.randint(24, 900)
    top = r.randint(bottom // 4, bottom - 2)
    places = r.choice((0, 0, 1))
    share = _round(Decimal(top) * 100 / bottom, places, cut=not wrong and r.random() < 0.3)
    if wrong:
        share += r.choice((2, -3, 9))
    written = r.choice(
        (
            f"Of the files read, {top} of {bottom} ({share}%) held a plan.",
            f"A plan was found in {share}% ({top} of {bottom}) of files.",
            f"We found a plan in {top} out of {bottom} files, or {share}%.",
            f"Reviews were timely in {top}/{bottom} cases ({share} per cent).",
            f"{top} out of the {bottom} files ({share}%) were closed in time.",
        )
    )
    found = (str(top), str(bottom), str(share))
    return Section(
        [Para(written)], [Plant("ratio", found)] if wrong else [], [] if wrong else [Near("ratio", found)]
    )


def share_beside_counts(r: Draw, *, wrong: bool = True) -> Section:
    """Upheld / received = rate, in a table of three columns."""
    names = r.sample(AREAS, r.randint(5, 8))
    heads = r.choice(
        (
            ("Cases", "Solved", "% solved"),
            ("Calls", "Answered in time", "% in time"),
            ("Files", "Returned", "Rate %"),
        )
    )
    rows: list[tuple[str, ...]] = [("Area", *heads)]
    bad, found = r.randrange(5), ("",)
    for index, name in enumerate(names):
        bottom = r.randint(60, 800)
        top = r.randint(10, bottom)
        share = _round(Decimal(top) * 100 / bottom)
        if wrong and index == bad:
            share += r.choice((Decimal("3.3"), Decimal("-4.8"), Decimal("10.0")))
            found = (name, f"{share}%")
        rows.append((name, count(bottom), count(top), f"{share}%"))
    found = found if wrong else (names[0],)
    return Section(
        [Head("By area", 3), Grid(tuple(rows))],
        [Plant("ratio", found)] if wrong else [],
        [] if wrong else [Near("ratio", found)],
    )


def per_thousand(r: Draw, *, wrong: bool = True) -> Section:
    names = r.sample(AREAS, r.randint(5, 8))
    head = (
        "Area",
        "Population",
        "Crimes",
        r.choice(("Crimes per 1,000", "Rate per 1,000 population", "Per 1,000 residents")),
    )
    rows: list[tuple[str, ...]] = [head]
    bad, found = r.randrange(5), ("",)
    for index, name in enumerate(names):
        people, crimes = r.randint(20_000, 160_000), r.randint(900, 9_000)
        rate = _round(Decimal(crimes) * 1000 / people)
        if wrong and index == bad:
            rate += r.choice((Decimal("6.1"), Decimal("11.0"), Decimal("7.4")))
            found = (name, f"{rate}")
        rows.append((name, count(people), count(crimes), f"{rate}"))
    found = found if wrong else (names[0],)
    return Section(
        [Head("Crime against population", 3), Grid(tuple(rows))],
        [Plant("ratio", found)] if wrong else [],
        [] if wrong else [Near("ratio", found)],
    )


def monthly_mean(r: Draw, *, wrong: bool = True) -> Section:
    names = r.sample(OFFENCES, 5)
    rows: list[tuple[str, ...]] = [("Offence", "12 months to March 2022", "Monthly average")]
    bad, found = r.randrange(5), ("",)
    for index, name in enumerate(names):
        total = r.randint(400, 9000)
        mean = int(_round(Decimal(total) / 12, 0))
        if wrong and index == bad:
            mean += r.choice((11, 40, 26))
            found = (name, count(mean))
        rows.append((name, count(total), count(mean)))
    found = found if wrong else (names[0],)
    return Section(
        [Head("Monthly averages", 3), Grid(tuple(rows))],
        [Plant("ratio", found)] if wrong else [],
        [] if wrong else [Near("ratio", found)],
    )


# -- what looks wrong and is not -----------------------------------------------------------------------------


def points_as_rounded(r: Draw) -> Section:
    one = Decimal(r.randint(200, 400)) / 10
    gap = Decimal(r.randint(11, 60)) / 10
    true_one, true_other = one + Decimal("0.04"), one + gap - Decimal("0.04")
    shown = _round(true_other - true_one - Decimal("0.02"))
    rows = (
        ("Ref", "Measure", "Aim", "2020/21", "2021/22", "% change", "Actual change"),
        (
            "3C.1",
            r.take(SHARES, 1)[0],
            "Monitor",
            f"{_round(true_one)}%",
            f"{_round(true_other)}%",
            f"{shown:+}% pts",
            "",
        ),
        ("3C.2", r.take(MEASURES, 1)[0], "Monitor", "1,200", "TBC", "TBC", "TBC"),
        ("3C.3", r.take(MEASURES, 1)[0], "Monitor", "0", "14", "n/a", "+14"),
    )
    return Section([Head("Measures with rates", 2), Grid(rows)], nears=[Near("change", (rows[1][1],))])


def restated_base(r: Draw) -> Section:
    """A change against a base that is not printed: last quarter's, or one that was made anew."""
    names = r.sample(AREAS, 4)
    rows: list[tuple[str, ...]] = [("Area", "Baseline 2015", "2021", "2022", "Change on previous quarter")]
    rows += [
        (
            n,
            count(r.randint(200, 900)),
            count(r.randint(200, 900)),
            count(r.randint(200, 900)),
            f"{r.randint(-9, 9):+}%",
        )
        for n in names
    ]
    pieces: list[Piece] = [Grid(tuple(rows)), Para("Changes are against the restated figures published in May.")]
    return Section(pieces, nears=[Near("change", (names[0],))])


def hedged_fraction(r: Draw) -> Section:
    bottom = r.randint(60, 300)
    top = round(bottom * 0.487)
    written = r.choice(
        (
            f"Almost 50% of files ({top} of {bottom}) held a plan.",
            f"Around half ({top} of {bottom}) of files held a plan.",
            f"Of the {bottom} files, {top} were read twice, and 90% of those agreed.",
            f"{top} of {bottom} officers were asked; 12% did not answer.",
            f"{top} of {bottom} wards (up from 40%) met the standard.",
        )
    )
    return Section([Para(written)], nears=[Near("ratio", (str(top), str(bottom)))])


def weighted_mean(r: Draw) -> Section:
    names = r.sample(AREAS, 5)
    rows: list[tuple[str, ...]] = [("Area", "Calls", "% answered in time")]
    answered = total = Decimal(0)
    for name in names:
        calls, share = r.randint(100, 2000), Decimal(r.randint(500, 990)) / 10
        answered, total = answered + calls * share, total + calls
        rows.append((name, count(calls), f"{share}%"))
    rows.append(("Total", count(float(total)), f"{_round(answered / total)}%"))
    return Section([Head("Calls by area", 3), Grid(tuple(rows))], nears=[Near("share", ("Total", rows[-1][2]))])


def other_denominator(r: Draw) -> Section:
    """A percentage beside two counts that is of something else."""
    names = r.sample(AREAS, 5)
    rows = [("Area", "Officers", "Vacancies", "% of budget spent")]
    rows += [(n, count(r.randint(60, 300)), count(r.randint(2, 40)), f"{r.randint(30, 99)}%") for n in names]
    return Section([Head("Teams", 3), Grid(tuple(rows))], nears=[Near("ratio", (names[0],))])


def reductions(r: Draw) -> Section:
    """A column called reduction shows a fall without a sign."""
    names = r.sample(AREAS, 5)
    rows: list[tuple[str, ...]] = [("Area", "2021", "2022", "Reduction", "% reduction")]
    for name in names:
        one = r.randint(300, 900)
        other = one - r.randint(10, 200)
        rows.append(
            (name, count(one), count(other), count(one - other), f"{_round(Decimal(one - other) * 100 / one)}%")
        )
    return Section([Head("Falls in demand", 3), Grid(tuple(rows))], nears=[Near("change", (names[0],))])


def rounded_population(r: Draw) -> Section:
    people = Decimal(r.randint(11, 49)) / 10
    crimes = r.randint(40_000, 160_000)
    true = int(people * 1_000_000) + r.randint(-39_000, 39_000)
    rate = _round(Decimal(crimes) * 1000 / true)
    written = (
        f"With a population of about {people} million, {count(crimes)} crimes are {rate} per 1,000 residents."
    )
    return Section([Para(written)], nears=[Near("ratio", (count(crimes),))])


def sound_words(r: Draw) -> Section:
    """Sentences of change that hold, with hedges and without."""
    one = r.randint(300, 900)
    other = round(one * 1.163)
    written = r.choice(
        (
            f"Tribunal hearings rose by around 16% to {count(other)}.",
            f"Library loans rose slightly, from {count(one)} to {count(one + 4)},"
            f" and are still below the {count(one + 90)} of 2018.",
            f"Referrals grew from {count(one)} to {count(other)}, over 16% more than a year earlier.",
            f"The backlog fell from {count(other)} in May to {count(one)} in June"
            f" and rose again to {count(one + 35)} in July.",
            f"Panel sittings were unchanged at {count(one)}.",
            f"The target rose from {count(one)} to {count(other)} while the outturn fell by 4%.",
            f"Parking appeals nearly doubled from {count(one)} to {count(round(one * 1.94))}.",
        )
    )
    return Section([Para(written)], nears=[Near("change", (opening(written),))])


WRONG = (
    indicators, indicators, points, plain_changes, plain_changes, change_in_words, size_in_words,
    shares_change_in_words,
    fraction, fraction, share_beside_counts, per_thousand, monthly_mean,
)  # fmt: skip
RIGHT = (
    cut_changes, points_as_rounded, restated_base, hedged_fraction, weighted_mean, other_denominator, reductions,
    rounded_population, sound_words, sound_words,
)  # fmt: skip
