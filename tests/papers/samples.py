"""Papers of the fictional Calder Vale Police, one of each sort we make, for tests and for looking at.

`python -m tests.papers.samples FOLDER` writes them in every format.
"""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

from bluelamp.papers.model import (
    Blank,
    Bullets,
    Cell,
    Cited,
    Column,
    Facts,
    Figure,
    FormTable,
    GroupRow,
    Link,
    Marking,
    Number,
    NumberedList,
    PageBreak,
    Paper,
    Paragraph,
    Quote,
    Reference,
    Section,
    SignatureLines,
    Table,
    Tag,
    Tags,
    Text,
    Tone,
    Unknown,
)
from bluelamp.papers.rendering import FORMATS, render

AS_OF = dt.date(2024, 9, 4)
SITE = "https://bluelamp.example"
REPORT = "PEEL 2023–2025: Calder Vale Police"
AREAS = (
    "Crime data integrity",
    "Responding to the public",
    "Protecting vulnerable people",
    "Building, supporting and protecting the workforce",
    "Preventing crime and anti-social behaviour",
    "Managing offenders and suspects",
)
CRITICISMS = (
    "The control room doesn't assess the risk to callers in the same way on every shift, and supervisors rarely"
    " check.",
    "Officers on response teams are taken from neighbourhood work at short notice, most often at weekends.",
    "The force can't say how many of its problem-solving plans were evaluated before they were closed.",
    "Partner agencies told us that they wait too long for information about repeat victims, because the shared "
    "system doesn't let them search by address and each request has to be made again by email to a mailbox that is"
    " read once a day.",
    "Training records were out of date.",
)


def count(number: int, address: str = "") -> Number:
    return Number(number, f"{number:,}", address)


def item(nth: int, kind: str = "AFI") -> str:
    return f"CAL-2024-{kind}-{nth:02}"


def cited(nth: int, *, quote: bool = False) -> Cited:
    words = CRITICISMS[nth % len(CRITICISMS)] if quote else ""
    return Cited(REPORT, 6 + nth, str(4 + nth), words, f"/documents/peel/{nth}")


# -- the audit committee's update


def committee_update() -> Paper:
    """Counts that cross-foot, overdue items with their reasons, the closed, the disputed, and a chart."""
    return Paper(
        title="Progress on inspection findings",
        subtitle="Quarterly update to the Joint Audit Committee",
        kind="committee-update",
        marking=Marking.OFFICIAL,
        as_of=AS_OF,
        prepared_by="Office of the Police and Crime Commissioner for Calder Vale",
        header=(
            ("For", "Information"),
            ("Public or not", "Public"),
            ("Report to", "Joint Audit Committee"),
            ("Date of meeting", "18 September 2024"),
            ("Report of", "Head of Governance"),
            ("Agenda item", "7"),
        ),
        sections=(
            Section("Purpose of the report", (_said("purpose"),)),
            Section(
                "Recommendations",
                (
                    Paragraph("The committee is asked:", numbered=True),
                    NumberedList(("to note the progress made since June", "to advise on the two disputed points")),
                ),
            ),
            Section("Where the points stand", (*_summary(), _counts_table(), _chart(), _ageing())),
            Section("Overdue, with reasons", (_said("overdue"), _overdue())),
            Section("Closed with evidence since June", _closed()),
            Section("Disputed", _disputed()),
            Section("Financial implications", (Paragraph("There are none.", numbered=True),)),
            Section("Signed", (SignatureLines(),)),
        ),
        notes=(
            "Internal comments are left out.",
            "Three points that another organisation marked OFFICIAL-SENSITIVE are counted but not shown.",
            (Text("Counts are of "), Text("4 September 2024", bold=True), Text(", recomputed from the ledger.")),
        ),
        site=SITE,
    )


def _said(which: str) -> Paragraph:
    words = {
        "purpose": "To tell the committee how Calder Vale Police is answering what inspectors found, what has "
        "been tested by somebody who doesn't own the work, and what is late.",
        "overdue": "Six points are past the date that was set for them. Each is listed with the reason its owner "
        "gave and the number of times its date has moved.",
    }
    return Paragraph(words[which], numbered=True)


def _summary() -> tuple[Paragraph, ...]:
    return (
        Paragraph(
            (
                Text("Of "),
                Link("93 points", "/items?force=calder-vale"),
                Text(" from three inspections, "),
                Text("14 are overdue", bold=True),
                Text(", 6 have no owner and 2 are disputed. Since June "),
                Reference(item(7), "/items/CAL-2024-AFI-07"),
                Text(" and three others were signed off ("),
                cited(2),
                Text(")."),
            ),
            numbered=True,
        ),
    )


def _counts_table() -> Table:
    rows = tuple(
        (area, *(count(number) for number in numbers), Number(Decimal(share), f"{share}%"))
        for area, numbers, share in zip(
            AREAS,
            (
                (20, 5, 9, 4, 2),
                (18, 3, 8, 3, 4),
                (23, 8, 10, 2, 3),
                (9, 1, 6, 2, 0),
                (13, 4, 6, 1, 2),
                (10, 2, 5, 2, 1),
            ),
            ("10.0", "22.2", "13.0", "0.0", "15.4", "10.0"),
            strict=True,
        )
    )
    return Table(
        "Points by area and by what their owner says",
        (
            Column("Area"),
            *(
                Column(head, numeric=True)
                for head in ("All", "Delivered", "In progress", "Planned", "Unallocated")
            ),
            Column("Unallocated", unit="share of all", numeric=True),
        ),
        rows,
        totals=(("All areas", *(count(n) for n in (93, 23, 44, 14, 12)), Number(Decimal("12.9"), "12.9%")),),
        note="“Delivered” is the owner's claim. What was tested is in table 2.",
    )


CHART = """<svg xmlns="http://www.w3.org/2000/svg" width="560" height="130" viewBox="0 0 560 130">
<g font-family="serif" font-size="13" fill="#0b0c0c">
<text x="0" y="24">Under 3 months</text><rect x="130" y="8" width="300" height="24" fill="#12436D"/>
<text x="440" y="25">31</text>
<text x="0" y="64">3 to 12 months</text><rect x="130" y="48" width="250" height="24" fill="#12436D"/>
<text x="390" y="65">26</text>
<text x="0" y="104">Over a year</text><rect x="130" y="88" width="120" height="24" fill="#12436D"/>
<text x="260" y="105">13</text>
<line x1="130" y1="0" x2="130" y2="130" stroke="#0b0c0c"/></g></svg>"""


def _chart() -> Figure:
    table = Table(
        "How long open points have been open",
        (Column("Open for"), Column("Points", numeric=True)),
        (("Under 3 months", count(31)), ("3 to 12 months", count(26)), ("Over a year", count(13))),
        totals=(("All open points", count(70)),),
    )
    words = "A bar for each age: 31 points under 3 months old, 26 from 3 to 12 months, 13 over a year."
    return Figure(CHART, "Open points by age", words, table)


def _ageing() -> Table:
    return Table(
        "What was tested by somebody who does not own it",
        (
            Column("Opinion"),
            Column("June", numeric=True),
            Column("September", numeric=True),
            Column("Change", numeric=True),
        ),
        (
            ("Substantial", count(3), count(5), Number(2, "+2")),
            ("Reasonable", count(8), count(12), Number(4, "+4")),
            ("Limited", count(4), count(3), Number(-1, "-1")),
            ("None", count(1), count(1), count(0)),
            ("Untested", count(77), count(72), Number(-5, "-5")),
        ),
        totals=(("All points", count(93), count(93), count(0)),),
    )


def _overdue() -> Table:
    rows = tuple(
        (
            (Reference(item(nth), f"/items/{item(nth)}"),),
            CRITICISMS[nth % 5],
            "Superintendent, Contact Management" if nth % 2 else Unknown("no owner"),
            f"{nth} June 2024",
            count(90 - nth),
            "Waiting for the supplier to release the new search screen."
            if nth % 3
            else Unknown("no reason given"),
        )
        for nth in range(1, 7)
    )
    heads = ("Reference", "What the inspectors said", "Owner", "Was due", "Days late", "Reason given")
    return Table(
        "Points past their date", tuple(Column(head, numeric=head == "Days late") for head in heads), rows
    )


def _closed() -> tuple[Paragraph | Quote | Bullets, ...]:
    return (
        Paragraph("Signed off by the chief constable on 2 August 2024 as implemented.", True, item(7)),
        Quote(CRITICISMS[2], cited(2), item(7)),
        Bullets(("Evidence: an audit of 60 closed plans, accepted by the auditor.", "Watched until March 2025.")),
        Paragraph("Signed off on 9 August 2024 as implemented in another way.", True, item(11)),
        Quote(CRITICISMS[3], cited(3), item(11)),
    )


def _disputed() -> tuple[Paragraph | Table, ...]:
    columns = (Column("Reference"), Column("Reason"))
    return (
        Paragraph("The force disputes that two points were still true on the day of the visit.", numbered=True),
        Table("Disputes that the committee has not advised on", columns, (), empty="No dispute waits for advice."),
    )


# -- the template that goes out


def assurance_template(rows: int = 78) -> Paper:
    """A row for each criticism, its last column empty; the rows can be told apart when they come back."""
    columns = (
        Column("Report ref", width=7),
        Column("Page ref", width=8),
        Column("Issue of concern", width=40),
        Column("Action taken to address concern", width=45),
    )
    made = tuple(
        (
            Cell(str(nth), anchor=f"item-{nth}"),
            f"Page {5 + nth // 3}",
            CRITICISMS[nth % 5],
            Cell(Blank(3), anchor=f"answer-{nth}"),
        )
        for nth in range(1, rows + 1)
    )
    table = FormTable("Points of criticism", columns, made, orientation="landscape")
    return Paper(
        title="Assurance template: effectiveness of Calder Vale Police",
        kind="assurance-template",
        landscape=True,
        marking=Marking.OFFICIAL_SENSITIVE,
        as_of=AS_OF,
        prepared_for="Calder Vale Police",
        sections=(
            Section(
                "How to fill this in",
                (
                    Paragraph("Say beside each point what was done, by whom and by when. Please leave the rest."),
                    Facts((("Return by", "30 September 2024"), ("Return to", "assurance@calder-vale.example"))),
                ),
            ),
            Section("Points of criticism", (table,)),
        ),
    )


# -- one item's history


def item_history() -> Paper:
    return Paper(
        title=CRITICISMS[0],
        subtitle=f"{item(1)}: everything that happened to it",
        kind="item",
        name=f"{item(1)}-{AS_OF}".lower(),
        marking=Marking.OFFICIAL,
        as_of=AS_OF,
        sections=(
            Section("Where it stands", (_five_facts(), _item_facts())),
            Section("The inspectors' words", (Quote(CRITICISMS[0], cited(0)), Quote(CRITICISMS[3], cited(3)))),
            Section("Answers", _answers()),
            Section("History", (_events(),)),
        ),
        site=SITE,
    )


def _five_facts() -> Tags:
    return Tags(
        (
            Tag("Response", "Accepted", Tone.GOOD),
            Tag("Delivery", "In progress"),
            Tag("Assurance", "Untested", Tone.NEUTRAL),
            Tag("Inspectorate", "Open with inspectorate", Tone.ATTENTION),
            Tag("Schedule", "Overdue 160 days", Tone.FAILED),
        )
    )


def _item_facts() -> Facts:
    return Facts(
        (
            ("Kind", "Area for improvement"),
            ("Area", AREAS[0]),
            ("Owner", "Superintendent, Contact Management"),
            ("Inspectorate's deadline", Unknown("none printed")),
            ("Original target", "31 March 2024"),
            (
                "Same point before",
                (Reference("CAL-2016-AFI-03", "/items/CAL-2016-AFI-03"), Text(" and two others")),
            ),
        )
    )


def _answers() -> tuple[Paragraph | Bullets, ...]:
    return (
        Paragraph("“A new supervision sheet has been in use on every shift since May.” The owner, 2 June 2024."),
        Paragraph("“Dip samples are now monthly.” The owner, 1 March 2024."),
        Bullets(("Supervision sheet, version 2 (accepted)", "Dip sample of May 2024 (returned: no sample size)")),
    )


def _events() -> Table:
    rows = tuple(
        (
            f"{28 - nth % 28} {('August', 'July', 'May', 'April')[nth // 10]} 2024, 14:{nth:02}",
            ("Liaison officer", "Owner", "Auditor")[nth % 3],
            (
                "Target date moved from 31 March to 30 June 2024: the supplier was late",
                "Answer recorded",
                "Evidence returned",
            )[nth % 3],
        )
        for nth in range(36)
    )
    return Table("Every event, newest first", (Column("When"), Column("Who"), Column("What happened")), rows)


# -- the hearing brief and the summary


def hearing_brief(questions: int = 10) -> Paper:
    asked = tuple(
        Section(
            f"{nth}. Why did the date for {item(nth)} move {nth + 1} times, and who agreed?",
            (
                Quote(CRITICISMS[nth % 5], cited(nth), item(nth)),
                Paragraph("The date has moved from 31 March 2024 to 30 November 2024. No reason was given twice."),
                Bullets(((cited(nth, quote=True),), ("Minute 2024/031, 12 June 2024"))),
            ),
            level=2,
        )
        for nth in range(1, questions + 1)
    )
    return Paper(
        title="Ten questions to ask Calder Vale Police",
        subtitle="Hearing brief for the Police and Crime Panel",
        kind="hearing-brief",
        marking=Marking.OFFICIAL,
        as_of=AS_OF,
        prepared_for="Police and Crime Panel",
        sections=(Section("Questions", (Paragraph("In order of how much rests on the answer."),)), *asked),
        site=SITE,
    )


def one_page_summary() -> Paper:
    return Paper(
        title="What inspectors found, and what became of it",
        kind="summary",
        marking=Marking.OFFICIAL,
        as_of=AS_OF,
        prepared_for="Police and Crime Panel",
        sections=(
            Section("In short", (*_summary()[:1], Paragraph("Twelve points have nobody answering for them."))),
            Section("The figures", (_counts_table(),)),
            Section(
                "What to watch",
                (Bullets(tuple(f"{item(nth)}: {CRITICISMS[nth % 5]}" for nth in (1, 2, 4, 5))),),
            ),
        ),
    )


def every_block() -> Paper:
    """Each block once, with words that are hard to print."""
    hard = "#strong[x] *b* _i_ $x$ `c` <b>& \\ // @ref =SUM(A1) -- ‘’ “” … £ ŵ ł 中文 😀 עברית"
    long = "https://example.org/" + "a-very-long-path/" * 20
    wide = tuple(Column(f"Column number {nth}", unit="GBP thousand", numeric=nth > 1) for nth in range(14))
    cells = ("Group of widest words", "second", *(Number(nth * 1000, f"{nth * 1000:,}") for nth in range(12)))
    return Paper(
        title=f"Every block {hard}",
        kind="every-block",
        marking=Marking.OFFICIAL,
        as_of=AS_OF,
        sections=(
            Section(
                f"Words {hard}",
                (
                    Paragraph(hard, numbered=True, reference=item(1)),
                    Paragraph((Link(long, long), Text("x" * 300))),
                    Paragraph("First line\nsecond line\n\nfourth line"),
                    Bullets((hard, (Text("bold", bold=True), Text(" italic", italic=True)))),
                    NumberedList((hard, "y" * 200)),
                    Quote(hard, cited(1, quote=True)),
                ),
                reference=item(2),
            ),
            Section("Tables", (_counts_table(), _overdue(), PageBreak(), _five_facts(), _item_facts()), level=2),
            Section(
                "Wide",
                (
                    Table("Fourteen columns", wide, (GroupRow("One group"), cells, GroupRow("Another"), cells)),
                    Table(
                        "A row longer than a page",
                        (Column("Ref"), Column("Words")),
                        (("1", "many words " * 2000),),
                    ),
                ),
            ),
            Section("Figure", (_chart(), SignatureLines())),
        ),
        notes=(hard,),
    )


def register_of(rows: int) -> Paper:
    """A table of many rows."""
    heads = ("Reference", "What was said", "Area", "Due")
    made = tuple(
        ((Reference(item(nth)),), CRITICISMS[nth % 5], AREAS[nth % 6], "4 May 2024") for nth in range(rows)
    )
    table = Table("All points", tuple(Column(head) for head in heads), made)
    return Paper(
        title="All points",
        kind="register",
        marking=Marking.OFFICIAL,
        as_of=AS_OF,
        sections=(Section("Points", (table,)),),
    )


def sixty_pages() -> Paper:
    """A paper of about sixty pages of numbered paragraphs, quotes and tables."""
    chapters = tuple(
        Section(
            f"{AREAS[nth % 6]}, part {nth + 1}",
            (
                *(
                    block
                    for each in range(14)
                    for block in (
                        Paragraph(f"{CRITICISMS[each % 5]} {CRITICISMS[3]}", True, item(each + 1)),
                        Quote(CRITICISMS[(each + 1) % 5], cited(each)),
                    )
                ),
                _counts_table(),
                _overdue(),
            ),
        )
        for nth in range(15)
    )
    return Paper(
        title="Everything", kind="long", marking=Marking.OFFICIAL, as_of=AS_OF, sections=chapters, site=SITE
    )


SAMPLES = {
    "committee": committee_update,
    "template": assurance_template,
    "item": item_history,
    "hearing": hearing_brief,
    "summary": one_page_summary,
    "every": every_block,
    "register": lambda: register_of(300),
    "long": sixty_pages,
}


def main(folder: str, *wanted: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name in wanted or SAMPLES:
        for form in FORMATS:
            made = render(SAMPLES[name](), form)
            Path(folder, f"{name}{Path(made.file_name).suffix}").write_bytes(made.data)


if __name__ == "__main__":
    main(*sys.argv[1:])
