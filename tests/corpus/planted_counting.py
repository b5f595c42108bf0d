"""Which numbers that count, and which dates, are wrong, and which only look so?"""

from __future__ import annotations

import datetime as dt

from tests.corpus.made import Draw, Head, Item, Near, Para, Piece, Plant, Section, opening
from tests.corpus.pools import OFFENCES

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_words(r: Draw, day: dt.date, *, weekday: str = "") -> str:
    name = f"{weekday} " if weekday else ""
    end = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return r.choice(
        (
            f"{name}{day.day} {MONTHS[day.month - 1]} {day.year}",
            f"{name}{day.day}{end} {MONTHS[day.month - 1]} {day.year}",
        )
    )


def weekday(r: Draw, *, wrong: bool = True) -> Section:
    day = dt.date(r.randint(2014, 2018), r.randint(1, 12), r.randint(1, 28))
    name = DAYS[(day.weekday() + (r.randint(1, 6) if wrong else 0)) % 7]
    words = day_words(r, day, weekday=name)
    written = r.choice(
        (
            f"The working group met on {words} to agree the scope.",
            f"Next meeting: {words}",
            f"Consultation closes on {words}.",
        )
    )
    return Section(
        [Para(written)], [Plant("date", (words,))] if wrong else [], [] if wrong else [Near("date", (words,))]
    )


def no_such_day(r: Draw) -> Section:
    words = r.choice(
        (
            "31 April 2022",
            "30 February 2021",
            "31 June 2023",
            "31st September 2020",
            "29 February 2023",
            "31 November 2021",
        )
    )
    return Section(
        [Para(f"The return covers the period to {words} and was checked twice.")], [Plant("date", (words,))]
    )


def backward_period(r: Draw, *, wrong: bool = True) -> Section:
    one = dt.date(r.randint(2019, 2023), r.randint(1, 12), r.randint(1, 28))
    other = one + dt.timedelta(days=r.randint(40, 300))
    first, last = (other, one) if wrong else (one, other)
    written = r.choice(
        ("Between {} and {} the team ran 14 operations.", "Figures are for the period from {} to {}.")
    )
    a, b = day_words(r, first), day_words(r, last)
    return Section(
        [Para(written.format(a, b))],
        [Plant("date", (a, b))] if wrong else [],
        [] if wrong else [Near("date", (a, b))],
    )


def quarter_months(r: Draw, *, wrong: bool = True) -> Section:
    names = {1: "April to June", 2: "July to September", 3: "October to December", 4: "January to March"}
    quarter = r.randint(1, 4)
    other = names[quarter % 4 + 1] if wrong else names[quarter]
    if wrong and quarter in (4, 2):  # the calendar's quarters
        other = "May to July"
    words = f"Quarter {quarter} ({other}"
    return Section(
        [Para(f"{words}) saw more calls than any before.")],
        [Plant("date", (words,))] if wrong else [],
        [] if wrong else [Near("date", (words,))],
    )


def period_end(r: Draw, *, wrong: bool = True) -> Section:
    year = r.randint(2019, 2023)
    month = (
        r.choice(("May", "August", "November", "February"))
        if wrong
        else r.choice(("June", "September", "December", "March"))
    )
    last = {
        "February": 28,
        "May": 31,
        "August": 31,
        "November": 30,
        "June": 30,
        "September": 30,
        "December": 31,
        "March": 31,
    }[month]
    words = f"quarter ending {last} {month} {year}"
    return Section(
        [Para(f"Figures for the {words} are provisional.")],
        [Plant("date", (words,))] if wrong else [],
        [] if wrong else [Near("date", (words,))],
    )


def decided_later(r: Draw, meeting: dt.date, *, wrong: bool = True) -> Section:
    later = meeting + dt.timedelta(days=r.randint(45, 400))
    earlier = meeting - dt.timedelta(days=r.randint(30, 300))
    day = later if wrong else earlier
    words = r.choice((f"{MONTHS[day.month - 1]} {day.year}", day_words(r, day)))
    link = "in" if words[0].isalpha() else "on"
    written = r.choice(
        (
            f"The plan was approved by the board {link} {words} after consultation.",
            f"These priorities were confirmed {link} {words} by all partners.",
            f"The committee considered the report {link} {words} and asked for more.",
        )
    )
    return Section(
        [Para(written)], [Plant("date", (words,))] if wrong else [], [] if wrong else [Near("date", (words,))]
    )


def told_ahead(r: Draw, meeting: dt.date) -> Section:
    """What a paper may say of days to come."""
    later = meeting + dt.timedelta(days=r.randint(60, 500))
    month, day = f"{MONTHS[later.month - 1]} {later.year}", day_words(r, later)
    written = r.choice(
        (
            f"The board agreed that a further report come to it in {month}.",
            f"Members approved the closure of the site on {day}.",
            f"A deadline of {day} was agreed with the contractor.",
            f"The lease, approved by the panel, ends on {day}.",
            f"It was noted that the grant runs out in {month}.",
            f"The budget that was adopted for the year ending {day} is unchanged.",
            f"The programme agreed with partners reports in {month}.",
            f"The board received the timetable: consultation in {month}, decision after it.",
            f"Members noted the inspection in {month}.",
            f"The force confirmed the opening of the new station on {day}.",
        )
    )
    return Section([Para(written)], nears=[Near("date", (month if month in written else day,))])


def paragraphs(r: Draw, *, wrong: bool = True) -> Section:
    """Numbered paragraphs; one number twice, or one left out."""
    section, total = r.randint(2, 9), r.randint(5, 8)
    numbers = list(range(1, total + 1))
    at = r.randint(1, total - 2)
    if wrong and r.random() < 0.5:
        numbers[at] = numbers[at - 1]
    elif wrong:
        numbers = numbers[:at] + [n + 1 for n in numbers[at:]]
    said = r.sample(OFFENCES, len(numbers))
    pieces: list[Piece] = [Head(f"{section}. Summary of key points", 2)]
    texts = [
        f"{section}.{n} Work on {what.lower()} goes on in every area and is led by one inspector."
        for n, what in zip(numbers, said, strict=True)
    ]
    pieces += [Para(text) for text in texts]
    if not wrong:
        return Section(pieces, nears=[Near("sequence", (opening(texts[0]),))])
    return Section(pieces, [Plant("sequence", (f"{section}.{numbers[at]}", said[at].lower()))])


def resolutions(r: Draw, *, wrong: bool = True) -> Section:
    year, first = r.randint(2019, 2023), r.randint(4, 30)
    numbers = [f"{year}/{first + n:03}" for n in range(6)]
    found: tuple[str, ...] = ()
    if wrong:
        at = r.randint(1, 4)
        other = r.choice((f"{year - 1}/{first + at:03}", f"{year}/{first + at - 1:03}"))
        numbers[at] = other
        found = (other,)
    elif r.random() < 0.5:
        numbers[4:] = [f"{year + 1}/001", f"{year + 1}/002"]
    pieces: list[Piece] = [Head(f"Minutes of the meeting held on 14 June {year}", 2)]
    for position, (number, what) in enumerate(zip(numbers, r.sample(OFFENCES, 6), strict=True), start=1):
        pieces += [
            Head(f"{position}. {what}", 3),
            Para("Members discussed the report."),
            Para(f"RESOLVED {number}", strong=True),
            Para(f"That the report on {what.lower()} be noted."),
        ]
    return Section(
        pieces, [Plant("sequence", found)] if wrong else [], [] if wrong else [Near("sequence", (numbers[4],))]
    )


def agenda(r: Draw, *, wrong: bool = True) -> Section:
    titles = [
        "Apologies for absence",
        "Declarations of interest",
        "Minutes of the previous meeting",
        *r.sample(
            (
                "Performance report",
                "Capital outturn",
                "Estates strategy",
                "Risk register",
                "Complaints review",
                "Custody visits",
                "Work programme",
            ),
            5,
        ),
    ]
    numbers = [str(n) for n in range(1, 9)]
    found: tuple[str, ...] = ()
    if wrong:
        at = r.randint(4, 6)
        if r.random() < 0.5:
            numbers[at] = numbers[at - 1]
        else:
            numbers[at:] = [str(int(n) + 1) for n in numbers[at:]]
        found = (numbers[at], titles[at])
    elif r.random() < 0.4:
        numbers = ["1", "2", "3", "4a", "4b", "5", "6", "7"]
    pieces: list[Piece] = [Para("AGENDA", strong=True)]
    pieces += [Item(title, number) for number, title in zip(numbers, titles, strict=True)]
    return Section(
        pieces, [Plant("sequence", found)] if wrong else [], [] if wrong else [Near("sequence", (titles[4],))]
    )


def captions(r: Draw, *, wrong: bool = True) -> Section:
    from tests.corpus.made import Grid

    numbers = ["1", "2", "2" if wrong else "3"]
    words = r.sample(
        (
            "Recorded crime by area",
            "Complaints by outcome",
            "Spending by head",
            "Calls by hour",
            "Vacancies by team",
        ),
        3,
    )
    pieces: list[Piece] = []
    for number, name in zip(numbers, words, strict=True):
        pieces += [
            Para(f"Table {number}: {name}", strong=True),
            Grid((("Item", "Number"), ("North", str(r.randint(10, 99))), ("South", str(r.randint(10, 99))))),
        ]
    found = (f"Table {numbers[2]}: {words[2]}",)
    return Section(pieces, [Plant("sequence", found)] if wrong else [], [] if wrong else [Near("sequence", found)])


def parts_apart(r: Draw) -> Section:
    """Numbering that starts anew in an annex, and sections of one paragraph."""
    pieces: list[Piece] = []
    for _ in range(2):
        for section in (1, 2):
            pieces += [
                Para(f"{section}.{n} The {r.choice(('team', 'unit', 'squad'))} reports to the board each quarter.")
                for n in (1, 2, 3)
            ]
        pieces.append(Head(r.choice(("Annex to the report", "Further paper", "Background")), 2))
    return Section(pieces, nears=[Near("sequence", ("1.1",))])


WRONG = (
    weekday, no_such_day, backward_period, quarter_months, period_end, paragraphs, resolutions, agenda, captions,
)  # fmt: skip
RIGHT = (parts_apart,)
