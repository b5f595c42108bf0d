"""Which totals, parts and shares are wrong, and which only look so?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from tests.corpus.made import Draw, Grid, Head, Near, Para, Piece, Plant, Section, another, count, money, opening
from tests.corpus.pools import AREAS, HEADS, OFFENCES, OUTCOMES, SCHEMES

TOTALS = ("Total", "TOTAL", "Grand total", "Totals", "Overall total", "Total:")


def _names(r: Draw, at_most: int = 9) -> list[str]:
    return r.sample(r.choice((AREAS, OFFENCES, OUTCOMES)), r.randint(4, min(8, at_most)))


def _title(r: Draw, words: str) -> Piece:
    return Head(words, 3) if r.random() < 0.5 else Para(words, strong=True)


def _counts(r: Draw, names: Sequence[str], columns: int, most: int = 900) -> list[list[int]]:
    return [[r.randint(3, most) for _ in range(columns)] for _ in names]


def _sums(rows: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def total_down(r: Draw, *, wrong: bool = True) -> Section:
    names, years = (
        _names(r),
        r.choice((("2021/22", "2022/23"), ("Q1", "Q2", "Q3"), ("Recorded",), ("Open", "Closed"))),
    )
    rows = _counts(r, names, len(years))
    sums = _sums(rows)
    column = r.randrange(len(years))
    if wrong:
        sums[column] = another(r, sums[column])
    label = r.choice(TOTALS)
    head = (r.choice(("", "Area", "Type", "Category")), *years)
    body = [(name, *map(count, row)) for name, row in zip(names, rows, strict=True)]
    table = Grid((head, *body, (label, *map(count, sums))))
    title = _title(
        r,
        f"{r.choice(('Recorded matters', 'Workload', 'Cases handled', 'Demand'))} by {r.choice(('area', 'type'))}",
    )
    found = (label.strip(":"), count(sums[column]))
    return Section([title, table], [Plant("cast", found)] if wrong else [], [] if wrong else [Near("cast", found)])


def total_of_money(r: Draw, *, wrong: bool = True) -> Section:
    """Thousands rounded each for itself: the printed total is the rounded true one, or far beyond rounding."""
    names = r.sample(HEADS, r.randint(5, 9))
    true = [[r.uniform(40_000, 9_000_000) for _ in range(2)] for _ in names]
    sums = [sum(column) / 1000 for column in zip(*true, strict=True)]
    if wrong:
        sums[1] += r.choice((-1, 1)) * r.randint(20, 900)
    label = r.choice(("Total", "Total expenditure", "TOTAL", "Total budget"))
    unit = r.choice(("£'000", "£000", "£k", "£’000s"))
    body = [(name, *(money(value / 1000) for value in row)) for name, row in zip(names, true, strict=True)]
    table = Grid((("Head", f"Budget {unit}", f"Outturn {unit}"), *body, (label, *map(money, sums))))
    found = (label, money(sums[1]))
    plants = [Plant("cast", found)] if wrong and label in ("Total", "TOTAL") else []
    if wrong and not plants:
        return total_of_money(r, wrong=True)
    return Section([_title(r, "Revenue position"), table], plants, [] if wrong else [Near("cast", found)])


def cut_off_millions(r: Draw) -> Section:
    names = r.sample(SCHEMES, r.randint(4, 7))
    true = [Decimal(r.randint(200_000, 9_000_000)) / 1_000_000 for _ in names]
    cut = [value.quantize(Decimal("0.1"), ROUND_DOWN) for value in true]
    total = sum(true, Decimal(0)).quantize(Decimal("0.1"), ROUND_DOWN)
    body = [(name, f"{value}") for name, value in zip(names, cut, strict=True)]
    table = Grid((("Scheme", "£m"), *body, ("Total", f"{total}")))
    return Section([_title(r, "Capital schemes"), table], nears=[Near("cast", ("Total", f"{total}"))])


def subtotals(r: Draw, *, wrong: bool = True) -> Section:
    groups = r.sample(("Pay", "Running costs", "Estates", "Technology", "Vehicles"), 3)
    heads = r.sample(HEADS, 9)
    rows: list[tuple[str, ...]] = [("", "Budget £", "Spent £")]
    sums, bad = [0, 0], r.randrange(4)
    found: tuple[str, ...] = ()
    for g, name in enumerate(groups):
        rows.append((name, "", ""))
        numbers = _counts(r, range(3), 2, 90_000)  # type: ignore[arg-type]
        rows += [(heads[g * 3 + i], *map(money, row)) for i, row in enumerate(numbers)]
        part = _sums(numbers)
        sums = [a + b for a, b in zip(sums, part, strict=True)]
        shown = [another(r, part[0]), part[1]] if wrong and bad == g else part
        rows.append(("Sub-total", *map(money, shown)))
        found = ("Sub-total", money(shown[0])) if wrong and bad == g else found
    last = [another(r, sums[0]), sums[1]] if wrong and bad == 3 else sums
    rows.append(("Total", *map(money, last)))
    found = found or ("Total", money(last[0]))
    return Section(
        [_title(r, "Spending by group"), Grid(tuple(rows))],
        [Plant("cast", found)] if wrong else [],
        [] if wrong else [Near("cast", found)],
    )


def total_across(r: Draw, *, wrong: bool = True) -> Section:
    names = r.sample(AREAS, r.randint(5, 9))
    columns = r.choice((("Q1", "Q2", "Q3", "Q4"), ("Male", "Female", "Not stated"), ("April", "May", "June")))
    rows = _counts(r, names, len(columns), 400)
    shown = [sum(row) for row in rows]
    bad = r.randrange(len(names))
    if wrong:
        shown[bad] = another(r, shown[bad])
    last = r.choice(("Total", "Year total", "All", "Total searches"))
    last = last if wrong is False or last != "All" else "Total"
    body = [(name, *map(count, row), count(total)) for name, row, total in zip(names, rows, shown, strict=True)]
    found = (names[bad], count(shown[bad]))
    table = Grid((("Area", *columns, last), *body))
    return Section(
        [_title(r, "Searches by area"), table],
        [Plant("cast", found)] if wrong else [],
        [] if wrong else [Near("cast", found)],
    )


def total_above(r: Draw, *, wrong: bool = True) -> Section:
    names = r.sample(OFFENCES, r.randint(5, 8))
    numbers = [r.randint(2, 300) for _ in names]
    total = sum(numbers)
    if wrong:
        total += r.choice((-1, 1)) * r.randint(2, max(3, total // 12))
    what, unit = r.choice(
        (
            ("Drone flights", "Flights"),
            ("Dog deployments", "Deployments"),
            ("Firearms warnings", "Warnings"),
            ("Welfare checks", "Checks"),
        )
    )
    written = r.choice(
        (
            f"{what} – {count(total)}",
            f"{what}: {count(total)}",
            f"{what} (total {count(total)})",
            f"In the year there was a total of {count(total)} {what.lower()}, by type as follows.",
            f"The table below shows the {count(total)} {what.lower()} of the year by type.",
            f"{what} totalled {count(total)}; the types are shown below.",
        )
    )
    lead: Piece = Para(written) if written.endswith(".") else Head(written, 3)
    table = Grid((("Type", unit), *((name, count(value)) for name, value in zip(names, numbers, strict=True))))
    found = (count(total),)
    return Section([lead, table], [Plant("cast", found)] if wrong else [], [] if wrong else [Near("cast", found)])


def not_the_total_above(r: Draw) -> Section:
    """Numbers above a table that are no total of it: the most frequent only, staff, hedged."""
    names = r.sample(OFFENCES, 5)
    numbers = sorted((r.randint(60, 400) for _ in names), reverse=True)
    total = sum(numbers)
    step = 10 ** (len(str(total)) - 2)
    about = round(total / step) * step
    written = r.choice(
        (
            f"Of the {count(int(total * 1.4))} incidents in the year, the five most frequent types are below.",
            f"The incident team – {r.randint(500, 900)} shifts worked",
            f"Around {count(about)} incidents were attended, as the table shows.",
            f"Incidents, by type (population {count(total * 90)})",
            f"Incidents recorded in the five largest types; total of all types {count(total + 310)}",
        )
    )
    table = Grid(
        (("Type", "Incidents"), *((name, count(value)) for name, value in zip(names, numbers, strict=True)))
    )
    return Section([Para(written), table], nears=[Near("cast", (opening(written),))])


def part_of(r: Draw, *, wrong: bool = True) -> Section:
    whole, other = r.randint(400, 900), r.randint(100, 300)
    part = whole + r.randint(5, 90) if wrong else r.randint(50, whole - 5)
    lead = r.choice(("of which", "Of which", "Including", "of which:"))
    names = r.sample(OFFENCES, 3)
    rows = (
        ("Category", "Number"),
        (names[0], count(whole)),
        (f"{lead} repeat cases", count(part)),
        (names[1], count(other)),
        ("Total", count(whole + other)),
    )
    found = ("repeat cases", count(part))
    return Section(
        [_title(r, "Cases"), Grid(rows)],
        [Plant("cast", found)] if wrong else [],
        [] if wrong else [Near("cast", ("Total", count(whole + other)))],
    )


def parts_in_prose(r: Draw, *, wrong: bool = True) -> Section:
    parts = [r.randint(12, 180) for _ in range(3)]
    whole = sum(parts)
    shown = whole + r.choice((-1, 1)) * r.randint(2, 9) if wrong else whole
    what = r.choice(("complaints", "referrals", "warrants", "reviews"))
    written = r.choice(
        (
            f"Of the {shown} {what}, {parts[0]} were closed, {parts[1]} were passed"
            f" on and the remaining {parts[2]} are open.",
            f"There were {shown} {what}: {parts[0]} were closed, {parts[1]} were passed on"
            f" and {parts[2]} are open.",
            f"Of {shown} {what} received, {parts[0]} were closed and {parts[1]} passed on, leaving {parts[2]}.",
        )
    )
    found = (str(shown), str(parts[0]))
    return Section(
        [Para(written)], [Plant("cast", found)] if wrong else [], [] if wrong else [Near("cast", found)]
    )


def shares_of_whole(r: Draw, *, wrong: bool = True) -> Section:
    names = r.sample(OUTCOMES, 5)
    numbers = [r.randint(20, 300) for _ in names]
    whole = sum(numbers)
    shares = [round(number * 1000 / whole) / 10 for number in numbers]
    bad = r.randrange(5)
    if wrong:
        shares[bad] = round(shares[bad] + r.choice((4.0, 9.0, 6.3)), 1)
    sign = r.choice(("%", ""))
    head = ("Outcome", "Cases", r.choice(("%", "% of total", "Share %")))
    body = [(name, count(n), f"{share}{sign}") for name, n, share in zip(names, numbers, shares, strict=True)]
    rows = (head, *body, ("Total", count(whole), f"100{sign}"))
    found = (names[bad], f"{shares[bad]}")
    return Section(
        [_title(r, "Outcomes of cases"), Grid(rows)],
        [Plant("share", found)] if wrong else [],
        [] if wrong else [Near("share", found)],
    )


def budget_arithmetic(r: Draw, *, wrong: bool = True) -> Section:
    """Revised = original + virements; variance = actual - revised."""
    names = r.sample(HEADS, r.randint(5, 8))
    body, bad = [], r.randrange(5)
    found: tuple[str, ...] = ()
    for index, name in enumerate(names):
        original, moved = r.randint(900, 9000), r.randint(-400, 400)
        revised = original + moved
        actual = revised + r.randint(-300, 300)
        shown = actual - revised
        if wrong and index == bad:
            shown = -shown if abs(shown) > 3 and r.random() < 0.5 else shown + r.choice((-100, 90, 27))
            found = (name, money(shown))
        body.append((name, money(original), money(moved), money(revised), money(actual), money(shown)))
    head = ("Head £'000", "Original budget", "Virements", "Revised budget", "Actual", "Variance")
    found = found or (names[0],)
    return Section(
        [_title(r, "Outturn against budget"), Grid((head, *body))],
        [Plant("cast", found)] if wrong else [],
        [] if wrong else [Near("cast", found)],
    )


# -- what looks wrong and is not -----------------------------------------------------------------------------


def unique_people(r: Draw) -> Section:
    names = r.sample(AREAS, 5)
    rows = _counts(r, names, 2, 200)
    sums = _sums(rows)
    total = [int(value * r.uniform(0.7, 0.9)) for value in sums]
    label, note = r.choice(
        (
            ("Total (unique individuals)", ""),
            ("Total people", "A person may be seen in more than one area and is counted once in the total."),
            ("Total", "Figures do not sum to the total, as people may appear in more than one area."),
            ("Distinct total", ""),
            ("Total", "Note: some cases fall under more than one heading, so the columns will not sum."),
        )
    )
    table = Grid(
        (
            ("Area", "2021", "2022"),
            *((n, *map(count, row)) for n, row in zip(names, rows, strict=True)),
            (label, *map(count, total)),
        )
    )
    pieces: list[Piece] = [_title(r, "People supported"), table]
    return Section(pieces + ([Para(note)] if note else []), nears=[Near("cast", (label, count(total[0])))])


def rates_under_total(r: Draw) -> Section:
    names = r.sample(AREAS, 5)
    numbers = [r.randint(100, 900) for _ in names]
    days = [r.randint(20, 90) for _ in names]
    mean = round(sum(n * d for n, d in zip(numbers, days, strict=True)) / sum(numbers))
    upheld = [r.randint(5, 60) for _ in names]
    head = (
        "Area",
        "Complaints",
        r.choice(("Average days", "Mean days to close", "Days (median)", "Timeliness (days)")),
        r.choice(("Upheld %", "Rate per 1,000", "% upheld")),
    )
    body = [(a, count(n), str(d), str(u)) for a, n, d, u in zip(names, numbers, days, upheld, strict=True)]
    table = Grid((head, *body, ("Total", count(sum(numbers)), str(mean), str(round(sum(upheld) / 5)))))
    return Section([_title(r, "Complaints by area"), table], nears=[Near("cast", ("Total", str(mean)))])


def hierarchy(r: Draw) -> Section:
    """Rows that head their own parts, which the total does not count twice."""
    with_injury, without = r.randint(300, 900), r.randint(300, 900)
    theft, parts = 0, [r.randint(40, 400) for _ in range(3)]
    theft = sum(parts)
    other = r.randint(30, 200)
    dash = r.choice(("- ", "– ", "   ", "• "))
    rows = (
        ("Offence", "Recorded"),
        ("Violence against the person", count(with_injury + without)),
        (f"{dash}with injury", count(with_injury)),
        (f"{dash}without injury", count(without)),
        ("Theft", count(theft)),
        (f"{dash}from shops", count(parts[0])),
        (f"{dash}from vehicles", count(parts[1])),
        (f"{dash}other theft", count(parts[2])),
        ("Other offences", count(other)),
        (r.choice(("Total", "All crime", "Total recorded crime")), count(with_injury + without + theft + other)),
    )
    return Section([_title(r, "Recorded crime"), Grid(rows)], nears=[Near("cast", (rows[-1][0], rows[-1][1]))])


def missing_cells(r: Draw) -> Section:
    names = r.sample(AREAS, 6)
    numbers = [r.randint(40, 400) for _ in names]
    hidden = r.randrange(6)
    mark = r.choice(("n/a", "TBC", "-", "*", "not held", ""))
    body = [(n, mark if i == hidden else count(v)) for i, (n, v) in enumerate(zip(names, numbers, strict=True))]
    table = Grid((("Area", "Returns"), *body, ("Total", count(sum(numbers)))))
    return Section([_title(r, "Returns received"), table], nears=[Near("cast", ("Total", count(sum(numbers))))])


def total_first(r: Draw) -> Section:
    names = r.sample(AREAS, 5)
    rows = _counts(r, names, 2, 300)
    label = r.choice(("Total", "Force", "All areas", "Force total"))
    table = Grid(
        (
            ("", "2021", "2022"),
            (label, *map(count, _sums(rows))),
            *((n, *map(count, row)) for n, row in zip(names, rows, strict=True)),
        )
    )
    return Section([_title(r, "Incidents by area"), table], nears=[Near("cast", (label, count(_sums(rows)[0])))])


def total_without_some(r: Draw) -> Section:
    names = r.sample(OFFENCES[:11], 5)
    numbers = [r.randint(40, 400) for _ in names]
    fraud = r.randint(50, 200)
    label = r.choice(("Total (excluding fraud)", "Total excl. fraud", "Total crime less fraud"))
    table = Grid(
        (
            ("Offence", "Recorded"),
            *((n, count(v)) for n, v in zip(names, numbers, strict=True)),
            ("Fraud", count(fraud)),
            (label, count(sum(numbers))),
        )
    )
    return Section([_title(r, "Recorded crime by type"), table], nears=[Near("cast", (label,))])


def net_rows(r: Draw) -> Section:
    names = r.sample(HEADS, 4)
    numbers = [r.randint(400, 4000) for _ in names]
    income = r.randint(200, 900)
    rows = (
        ("Head", "£'000"),
        *((n, money(v)) for n, v in zip(names, numbers, strict=True)),
        ("Total expenditure", money(sum(numbers))),
        ("Fees and charges", money(-income)),
        ("Net expenditure", money(sum(numbers) - income)),
        ("Transfer to reserves", money(r.randint(-90, 90))),
    )
    return Section([_title(r, "Net position"), Grid(rows)], nears=[Near("cast", ("Total expenditure",))])


def many_answers(r: Draw) -> Section:
    names = r.sample(OFFENCES, 5)
    people = r.randint(300, 900)
    numbers = [r.randint(80, 290) for _ in names]
    body = [(n, count(v), f"{round(v * 100 / people)}%") for n, v in zip(names, numbers, strict=True)]
    table = Grid((("Concern", "Residents", "%"), *body))
    note = Para(f"{people} residents answered and could name more than one concern.")
    return Section([_title(r, "What worries residents"), table, note], nears=[Near("share", (names[0],))])


def running_total(r: Draw) -> Section:
    months = ("September", "October", "November")
    names = r.sample(AREAS, 4)
    rows = _counts(r, names, 3, 90)
    body = [
        (n, *map(count, row), count(sum(row) + r.randint(50, 300))) for n, row in zip(names, rows, strict=True)
    ]
    table = Grid((("Area", *months, "Year to date"), *body))
    return Section([_title(r, "Warrants executed"), table], nears=[Near("cast", (names[0],))])


def balances(r: Draw) -> Section:
    names = r.sample(
        ("General reserve", "Insurance reserve", "Estates reserve", "Change reserve", "Grants unapplied"), 4
    )
    rows = [(r.randint(900, 9000), r.randint(-800, 900)) for _ in names]
    body = [(n, money(a), money(b), money(a + b)) for n, (a, b) in zip(names, rows, strict=True)]
    sums = _sums([(a, b, a + b) for a, b in rows])
    table = Grid(
        (("Reserve £'000", "Balance 1 April", "Movement", "Balance 31 March"), *body, ("Total", *map(money, sums)))
    )
    return Section([_title(r, "Reserves"), table], nears=[Near("cast", ("Total", money(sums[2])))])


WRONG = (
    total_down, total_of_money, subtotals, total_across, total_above, part_of, parts_in_prose, shares_of_whole,
    budget_arithmetic,
)  # fmt: skip
RIGHT = (
    cut_off_millions, not_the_total_above, unique_people, rates_under_total, hierarchy, missing_cells, total_first,
    total_without_some, net_rows, many_answers, running_total, balances,
)  # fmt: skip
