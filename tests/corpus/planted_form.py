"""Which references point at nothing, which papers ask for what their head does not say, and which only look so?"""

from __future__ import annotations

import datetime as dt

from tests.corpus.made import Draw, Grid, Head, Item, Near, Para, Piece, Plant, Section, opening
from tests.corpus.planted_counting import day_words
from tests.corpus.pools import MEETINGS, OFFENCES


def _appendices(r: Draw, names: tuple[str, ...]) -> list[Piece]:
    pieces: list[Piece] = []
    for name, what in zip(names, r.sample(OFFENCES, len(names)), strict=True):
        pieces += [
            Head(f"Appendix {name} – {what} in detail", 2),
            Para(f"The detail of {what.lower()} is set out here for each area."),
        ]
    return pieces


def missing_appendix(r: Draw, *, wrong: bool = True) -> Section:
    asked = "C" if wrong else r.choice("AB")
    written = r.choice(
        (
            f"The full figures are in Appendix {asked}.",
            f"See Appendix {asked} for the figures of each area.",
            f"The detail is attached at Appendix {asked} of this report.",
            f"A breakdown is shown at Appendix {asked}, with the reasons.",
        )
    )
    pieces = [Para("Appendix A has the method."), Para(written), *_appendices(r, ("A", "B"))]
    return Section(
        pieces,
        [Plant("reference", (f"Appendix {asked}",))] if wrong else [],
        [] if wrong else [Near("reference", (opening(written),))],
    )


def missing_table(r: Draw, *, wrong: bool = True) -> Section:
    asked = 5 if wrong else r.choice((1, 2, 3))
    written = r.choice(
        (
            f"Table {asked} shows the position by area.",
            f"The position is set out in Table {asked}.",
            f"As Table {asked} shows, most areas are on time.",
        )
    )
    pieces: list[Piece] = [Para(written)]
    for number, name in zip((1, 2, 3), r.sample(OFFENCES, 3), strict=True):
        rows = (("Area", "Cases"), ("North", str(r.randint(10, 99))), ("South", str(r.randint(10, 99))))
        pieces += [Para(f"Table {number}: {name}", strong=True), Grid(rows)]
    return Section(
        pieces,
        [Plant("reference", (f"Table {asked}",))] if wrong else [],
        [] if wrong else [Near("reference", (opening(written),))],
    )


def missing_paragraph(r: Draw, *, wrong: bool = True) -> Section:
    asked = "4.9" if wrong else "4.2"
    last = f"4.5 The costs in paragraph {asked} are met from reserves."
    pieces: list[Piece] = [Head("4. Summary of key points", 2)]
    pieces += [
        Para(f"4.{n} The {what} plan is on time and within its budget.")
        for n, what in zip((1, 2, 3, 4), ("fleet", "estates", "training", "custody"), strict=True)
    ]
    pieces += [
        Para(last),
        Para("4.6 A further report follows."),
        Para("5.1 There are no other costs."),
        Para("5.2 There are no risks."),
    ]
    return Section(
        pieces,
        [Plant("reference", (f"paragraph {asked}",))] if wrong else [],
        [] if wrong else [Near("reference", (opening(last),))],
    )


def of_another_paper(r: Draw) -> Section:
    """References to what stands elsewhere, and figures that are pictures."""
    written = r.choice(
        (
            "See Appendix F of the Estates Strategy for the list of sites.",
            "Appendix D (circulated separately) holds the exempt detail.",
            "Table 9 of the inspectorate's report lists the forces.",
            "Paragraph 9.4 of the financial regulations requires this.",
            "Figure 3 shows the trend by month.",
            "As set out in Appendix E to the plan published in 2019, sites are kept for ten years.",
            "The terms of reference are at Annex H to the partnership agreement.",
            "Schedule 7 to the Act and Table 12 in the Code apply.",
        )
    )
    pieces: list[Piece] = [Para(written), *_appendices(r, ("A", "B"))]
    return Section(pieces, nears=[Near("reference", (opening(written),))])


def header(r: Draw, meeting: dt.date, purpose: str) -> Grid:
    rows = (
        (f"For {purpose}", ""),
        ("Public", ""),
        ("Report to:", r.choice(MEETINGS)),
        ("Date of Meeting:", day_words(r, meeting)),
        ("Report of:", "Chief Finance Officer"),
        ("Report Author:", "Head of Service"),
        ("Agenda Item:", str(r.randint(4, 9))),
    )
    return Grid(rows, headed=False)


def purpose(r: Draw, meeting: dt.date, *, wrong: bool = True) -> Section:
    """A head "For Information" over a recommendation that asks for a decision."""
    asks = r.choice(
        (
            "It is recommended that the Commissioner approves the new lease.",
            "The Commissioner is asked to approve the budget for the year.",
            "That the Board agrees the write-off of the debt.",
            "It is recommended that members approve the strategy for the next three years.",
            "The Board is recommended to approve the award of the contract.",
        )
    )
    notes = r.choice(
        (
            "It is recommended that members note the report.",
            "The Board is asked to note progress; the lease was approved by the Commissioner in May.",
            "That the contents of the report be noted.",
            "There are no recommendations. The scheme approved last year goes on.",
        )
    )
    under = "Information" if wrong or r.random() < 0.5 else "Decision"
    said = asks if wrong else notes
    if not wrong and under == "Decision":
        said = asks
    pieces: list[Piece] = [
        header(r, meeting, under), Head(r.choice(("Lease of premises", "Budget of the year",
        "Write-off of debts")), 1),
        Head("1. Purpose of the Report", 2), Para("1.1 To report on the matter named above."),
        Head("2. Recommendations", 2), Para(f"2.1 {said}"),
        Head("3. Reasons for Recommendations", 2), Para("3.1 The matter is one for this meeting."),
    ]  # fmt: skip
    found = (opening(said),)
    return Section(pieces, [Plant("form", found)] if wrong else [], [] if wrong else [Near("form", found)])


def wordless_resolution(r: Draw, *, wrong: bool = True) -> Section:
    year = r.randint(2019, 2023)
    pieces: list[Piece] = [Head(f"Minutes of the meeting held on 9 March {year}", 1)]
    empty = f"RESOLVED {year}/005"
    for position, what in enumerate(r.sample(OFFENCES, 5), start=1):
        pieces += [
            Head(f"{position}. {what}", 2),
            Para("Members discussed the report."),
            Para(f"RESOLVED {year}/{position + 2:03}", strong=True),
        ]
        if not (wrong and position == 3):
            pieces.append(Para(f"That the report on {what.lower()} be noted."))
    return Section(
        pieces, [Plant("form", (f"{year}/005",))] if wrong else [], [] if wrong else [Near("form", (empty,))]
    )


def work_programme(r: Draw, meeting: dt.date, *, wrong: bool = True) -> Section:
    """What the programme lists for this day is on the agenda of this day, in these or other words."""
    titles = [
        "Apologies for absence",
        "Performance report to December",
        "Capital outturn",
        "Custody visiting",
        "Work programme",
    ]
    listed = ["Performance report", "Capital Outturn 2021/22", "Custody visiting scheme"]
    missing = r.choice(("Estates strategy", "Complaints review", "Rural crime update"))
    rows = [("Item", "Report focus", "Author"), *((each, "As usual", "Head of Service") for each in listed)]
    if wrong:
        rows.append((missing, "Annual review", "Head of Service"))
    later = meeting + dt.timedelta(days=90)
    pieces: list[Piece] = [
        Head(f"{r.choice(MEETINGS)}", 1), Para(day_words(r, meeting)), Para("AGENDA", strong=True),
        *(Item(title, str(n)) for n, title in enumerate(titles, start=1)),
        Head("Work programme", 1), Para(day_words(r, meeting), strong=True), Grid(tuple(rows)),
        Para(day_words(r, later), strong=True),
        Grid((("Item", "Report focus", "Author"), ("Grants review", "Annual review", "Head of Service"),
        ("Fleet strategy", "Decision", "Head of Service"))),
    ]  # fmt: skip
    found = (missing,) if wrong else ("Grants review",)
    return Section(pieces, [Plant("form", found)] if wrong else [], [] if wrong else [Near("form", found)])


WRONG = (missing_appendix, missing_table, missing_paragraph, wordless_resolution)
RIGHT = (of_another_paper, of_another_paper)
