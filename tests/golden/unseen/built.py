"""Documents of other formats, made here so that no binary file stands in the tests."""

# ruff: noqa: E501 (the words of the documents)
from __future__ import annotations

import io

import docx
import openpyxl
import pptx
import typst
from docx.enum.section import WD_ORIENT
from docx.table import Table
from pptx.util import Inches

ROWS_OF_TRACKER = (
    (
        "REC 1",
        "By 30 June 2024 the force should audit every open missing person report.",
        "Audit done in May; 14 reports reopened.",
    ),
    ("REC 2", "By 30 September 2024 the force should train its call takers.", "Not started."),
)


def _fill(table: Table, rows: tuple[tuple[str, ...], ...]) -> None:
    for words in rows:
        for cell, text in zip(table.add_row().cells, words, strict=True):
            cell.text = text


def tracker_docx() -> bytes:
    """A commissioner's template: landscape, a band across the table before each section, a footer."""
    word = docx.Document()
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.footer.paragraphs[0].text = "OFFICIAL – Tamarside PCC"
    word.add_heading("Police and Crime Commissioner for Tamarside", 0)
    word.add_paragraph("Assurance on HMICFRS recommendations: Tamarside Constabulary, June 2024")
    table = word.add_table(rows=1, cols=4)
    for cell, text in zip(
        table.rows[0].cells, ("No.", "Recommendation / AFI", "Page", "Action taken by the force"), strict=True
    ):
        cell.text = text
    band = table.add_row().cells
    band[0].merge(band[3]).text = "Recommendations"
    _fill(table, tuple((ref, text, "9", action) for ref, text, action in ROWS_OF_TRACKER))
    band = table.add_row().cells
    band[0].merge(band[3]).text = "Areas for improvement"
    _fill(
        table, (("AFI 1", "The force should brief its special constables.", "11", "Briefings moved to Fridays."),)
    )
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def tracker_xlsx() -> bytes:
    """A register kept in a workbook: a title above the head, a sheet of look-ups beside it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tracker"
    sheet.append(["Oswin Valley Police – HMICFRS improvement register"])
    sheet.append([])
    sheet.append(["Reference", "Type", "Finding", "Page number", "Owner", "Update", "Due date"])
    sheet.append(
        [
            "OV-01",
            "Recommendation",
            "The force should publish its stop and search data.",
            14,
            "Supt Ops",
            "Published in May.",
            "31/07/2024",
        ]
    )
    sheet.append(
        ["OV-02", "AFI", "The force should visit victims within a day.", 15, "Supt North", None, "30/09/2024"]
    )
    sheet.append(
        [
            "OV-03",
            "Cause of concern",
            "The force does not know how many warrants are outstanding.",
            20,
            "ACC",
            "Count under way.",
            "31/08/2024",
        ]
    )
    lists = book.create_sheet("Lists")
    for name in ("Owner", "ACC", "Supt Ops"):
        lists.append([name])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def indicators_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Q3 2023-24"
    sheet.append(["Ferndale Constabulary: performance framework, quarter 3 2023/24"])
    sheet.append(["Indicator", "Aim", "Dec 2022", "Dec 2023", "% change"])
    for row in (
        ("Burglary", "Reduce", 1210, 1105, "-8.7%"),
        ("Robbery", "Reduce", 203, 231, "13.8%"),
        ("Public confidence", "Increase", "71%", "74%", "3pp"),
    ):
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def slides_pptx() -> bytes:
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "Kestrelshire Police"
    first.placeholders[1].text = "Performance briefing to the Police, Fire and Crime Commissioner – March 2023"
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Acquisitive crime"
    rows = (
        ("Measure", "Aim", "12 months to Feb 2022", "12 months to Feb 2023", "Change %"),
        ("Theft from motor vehicle", "Reduce", "2,400", "2,112", "-12.0%"),
        ("Shoplifting", "Reduce", "3,011", "3,990", "+32.5%"),
    )
    table = slide.shapes.add_table(len(rows), 5, Inches(0.5), Inches(1.5), Inches(9), Inches(2)).table
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            table.cell(y, x).text = words
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()


_PEEL = """
#set page(paper: "a4", margin: 2.2cm, footer: context [#counter(page).display() #h(1fr) PEEL 2023–25: An inspection of Tamarside Constabulary])
#set text(11pt)
#let box(it) = block(fill: luma(235), inset: 10pt, width: 100%, it)
#align(horizon)[#text(28pt, weight: "bold")[PEEL 2023–25]

#text(18pt)[Police effectiveness, efficiency and legitimacy]

#text(18pt)[An inspection of Tamarside Constabulary]

#text(14pt)[March 2025]]
#pagebreak()
#outline(depth: 2)
#pagebreak()
= Overall summary
== Our judgments
Our inspection assessed how good Tamarside Constabulary is in nine areas of policing. We make graded judgments in eight of these nine.
#table(columns: 5, fill: (x, y) => if y == 0 { luma(200) }, [Outstanding], [Good], [Adequate], [Requires improvement], [Inadequate],
 [Preventing crime], [Responding to the public], [Investigating crime], [Managing offenders], [],
 [], [Recording data about crime], [], [Leadership and force management], [])
== HM Inspector’s summary
I am pleased with how the constabulary prevents crime.
#pagebreak()
= Preventing and deterring crime and antisocial behaviour, and reducing vulnerability
#text(14pt)[*Outstanding*]

Tamarside Constabulary is outstanding at preventing and deterring crime and antisocial behaviour, and reducing vulnerability.
#box[#text(13pt)[*Innovative practice*]

*The constabulary mapped every broken street light with its postal workers*

Postal workers report dark places. The council mends the lights within four days, and thefts from vehicles fell by 11 percent in those streets.]
== Main findings
In this section, we set out our main findings.

*The constabulary plans its neighbourhood work with schools*

Each school has a named officer.
#pagebreak()
= Managing offenders and suspects
#text(14pt)[*Requires improvement*]

Tamarside Constabulary requires improvement at managing offenders and suspects.
#box[#text(13pt)[*Areas for improvement*]

*The constabulary needs to arrest wanted suspects more quickly and record the reasons why it has not done so*

In 6 of 22 cases, a named suspect was at large for over a month. #lorem(160)

*The constabulary should improve how it manages the risk posed by registered sex offenders*

Visits were late in 31 of 80 files. #lorem(220)]
"""


def peel_pdf() -> bytes:
    built: bytes = typst.compile(_PEEL.encode("utf-8"))
    return built


_MINUTES = """
#set page(paper: "a4", footer: context align(right)[Page #counter(page).display() of 2])
#set text(11pt)
*KESTRELSHIRE POLICE, FIRE AND CRIME PANEL*

*Minutes of the meeting held on 9 September 2022 at 10.00 am*

#table(columns: 2, stroke: none, [*Present:*], [Councillor F Amberley (Chair), Councillor S Dray, Councillor M Quill], [*Apologies:*], [Councillor T Voss], [*Officers:*], [L Hart, Clerk to the Panel])

*14. Minutes*

Agreed as a correct record.

*15. HMICFRS inspection of Kestrelshire Police*

The Panel considered the report of the Police, Fire and Crime Commissioner for Kestrelshire. #lorem(380)

*Resolved:* that the Panel receives a further report in December 2022.

*16. Work programme*

*Resolved:* that the work programme be agreed.
"""


def minutes_pdf() -> bytes:
    built: bytes = typst.compile(_MINUTES.encode("utf-8"))
    return built


BUILT = {
    "tamarside-tracker.docx": tracker_docx,
    "oswin-tracker.xlsx": tracker_xlsx,
    "ferndale-indicators.xlsx": indicators_xlsx,
    "kestrelshire-slides.pptx": slides_pptx,
    "tamarside-peel.pdf": peel_pdf,
    "kestrelshire-minutes.pdf": minutes_pdf,
}
