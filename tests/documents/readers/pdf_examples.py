"""PDFs for the tests, made here of our own words: fictional forces only."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import typst

REPORT = r"""
#set page(paper: "a4", margin: (x: 2.2cm, y: 2.4cm),
  header: context if counter(page).get().first() > 1 [#text(8pt)[PEEL 2021/22: Calder Vale Police]],
  footer: context align(center)[#text(9pt)[#counter(page).display()]])
#set text(font: "Liberation Sans", size: 11pt)
#set par(leading: 0.6em, spacing: 1.1em)
#show heading.where(level: 1): set text(22pt)
#show heading.where(level: 2): set text(16pt)
#show heading.where(level: 3): set text(12pt)
#let prose = [Officers told us that the new rota gives them more time with victims, and our audit of ninety
files bears
this out. In most files the plan was reviewed by a supervisor within two days, although in a few it was not
and the
reason was missing. The force knows this and has asked its analysts to look at each case.]
= Overall summary
== Our judgments
Our inspection assessed how good Calder Vale Police is in six areas of policing.

#table(columns: (1fr,) * 5, inset: 5pt,
  table.header(..("Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate").map(g =>
  strong(g))),
  [], [Preventing crime], [Recording data about crime], [], [],
  [], [Managing offenders], [Responding to the public], [Investigating crime], [],
  [], [], [Treatment of the public], [], [])

We also inspected how well the force serves victims. We don't grade this area.

#prose

== Main findings
#prose

=== Supervisors review plans in good time
#prose
- First point about visible patrols in the town centre, which is long enough to run over
  the end of its line and on.
- Second point
  - A point below the second, also long enough to be printed on two lines because it says more
    than it needs to say.
- Third point

#block(fill: rgb("#e8eef4"), inset: 10pt, width: 100%)[
  *Area for improvement*

  The force should make sure that supervisors record why a review was late. #prose
]
#prose
#prose

The last paragraph of this page goes on and on until it reaches the foot, and then it does not stop but
#prose #prose #prose

= Preventing crime
#text(weight: "bold")[Good]

#prose
#prose
"""

TWO_COLUMNS = r"""
#set page(paper: "a4", margin: 2cm, footer: context align(right)[Page #counter(page).display() of 2])
#set text(font: "Liberation Serif", size: 10pt)
#set par(justify: true)
#let prose = [Neighbourhood teams hold a meeting each month in every ward. People who come say what
troubles them and
hear what was done about the things that they raised before. Where a matter needs another body, the team
asks that
body to come to the next meeting and answer for itself.]
= A title across the page
An opening paragraph stands across both columns and is long enough to be printed on two lines of the page,
so that no
gutter runs through it.

#columns(2)[
  == Left first
  #for i in range(1, 6) [Paragraph #i. #prose

  ]
  The teams then said that the paragraph which crosses from the left to the right column would be #prose
  #for i in range(6, 11) [Paragraph #i. #prose

  ]
]
"""

FIGURES = r"""
#set page(paper: "a4", margin: 2cm)
#set text(font: "Liberation Sans", size: 10pt)
= Performance to March 2023
The table shows recorded crime by type.

#table(columns: (3fr, 1fr, 1fr, 1fr), align: (left, right, right, right), stroke: none, inset: 4pt,
  table.hline(), table.header([], [*Year to*\ *March 2022*], [*Year to*\ *March 2023*], [*Change*]),
  table.hline(),
  [Burglary of a home], [1,204], [1,177], [-2.2%],
  [Robbery], [312], [340], [+9.0%],
  [Theft from a vehicle and interference with a vehicle], [2,015], [2,101], [+4.3%],
  [Violence with injury], [5,120], [-], [n/a],
  [*Total*], [*8,651*], [*3,618*], [], table.hline())

Words after the table stand in a paragraph of their own and run over the end of the line on which they began.
"""

LONG_TABLE = r"""
#set page(paper: "a4", margin: 2cm, numbering: "1")
#set text(font: "Liberation Sans", size: 10pt)
= Actions
#table(columns: (1cm, 2cm, 6cm, 6cm), inset: 4pt,
  table.header(repeat: true, [*Ref*], [*Page*], [*Issue of concern*], [*Action*]),
  ..range(1, 31).map(i => (str(i), "Page " + str(i + 3),
    [Issue number #i is that plans are not always reviewed in time, and reasons for this are not always
    written down.],
    if calc.rem(i, 3) == 0 [] else [The lead for area #i will audit ten plans each month until none is
    late.])).flatten())
"""

UNBROKEN = r"""
#set page(paper: "a4", margin: 2cm)
#set text(font: "Liberation Sans", size: 10pt)
= Actions
#block(height: 22.2cm)[]
#table(columns: (1cm, 7cm, 7cm), inset: 4pt,
  [*Ref*], [*Issue of concern*], [*Action*],
  [1], [A short issue.], [Done.],
  [2], [The second issue is told at such length that its cell cannot stand on the first page alone and must
  go on over
  the turn of the page until it has said all that it has to say about the plans that were not reviewed in
  time by any
  supervisor of the unit.], [Under way.],
  [3], [The third issue.], [None.])
"""

NOTES = r"""
#set page(paper: "a4", margin: 2cm, numbering: "i")
#set text(font: "Liberation Serif", size: 11pt)
#set par(leading: 0.65em)
= Letter
The force answered 94 percent of calls in time#footnote[Calls to 999 between April 2022 and March 2023, as
the force
counts them.] and visited most callers within the hour.

Victims were asked#footnote[By telephone; 412 answered.] how they were treated.
#pagebreak()
The second page has no notes.
"""

CONTENTS = r"""
#set page(paper: "a4", margin: 2cm, numbering: "1")
#set text(font: "Liberation Sans", size: 11pt)
#outline()
#pagebreak()
= Overall summary
Words of the summary.
== Our judgments
Words of the judgments.
#pagebreak()
= Preventing crime
Words on prevention.
== Areas for improvement
More words.
"""

SLIDES = r"""
#set page(width: 25.4cm, height: 14.29cm, margin: 1.2cm)
#set text(font: "Liberation Sans", size: 18pt)
#text(30pt, weight: "bold")[Quarterly picture]
- Burglary has fallen
- Robbery has risen in two towns
  - both on Fridays
#pagebreak()
#text(30pt, weight: "bold")[What we did]
#grid(columns: (1fr, 1fr), gutter: 1cm,
  [Before: patrols at noon that few people saw, and visits after a week or even later than that in some of
  the towns.],
  [After: patrols at night where they are wanted, and visits on the day of the call or at the latest on the
  next.])
"""

HMIC = r"""
#set page(paper: "a4", margin: 2.5cm, header: align(center)[#text(9pt)[Westmarch Constabulary: Inspection
Report]],
  footer: align(center)[#context text(9pt)[Page #counter(page).display()]])
#set text(font: "Liberation Sans", size: 11pt)
#align(center)[#text(14pt, weight: "bold")[Summary of Judgements]]

#grid(columns: (10cm, 5cm), row-gutter: 0.9em,
  [*Neighbourhood Policing*], [*Grade*],
  [Neighbourhood Policing], [Fair],
  [Performance Management], [Good],
  [Protecting Vulnerable People – Overview], [Fair],
  [Protecting Vulnerable People – Child Abuse], [Poor])

#v(1em)
*Strengths*
- The chief officer team leads the work and each superintendent answers for the beats.
- Surveys are made each quarter.

*Areas for improvement*
#set enum(numbering: "1.")
+ Plans need an owner.
+ The beat teams are often taken from their beats, and no one counts how often this is done in a month.
#pagebreak()
The second page begins with a paragraph.
"""

WEB_PAGE = """
<html><head><title>PEEL fiction</title><style>
@page{size:A4;margin:2cm} body{font:11pt Arial;line-height:1.4} h1{font-size:24pt;color:#1a3a6a}
h2{font-size:16pt} h3{font-size:12.5pt}
.afi{break-inside:avoid;border:2px solid #346;padding:8px;margin:10px 0}
.side{float:right;width:6cm;border:1px solid
#999;background:#f3f3f3;padding:8px;margin-left:10px;font-size:10pt}
table.g{border-collapse:separate;border-spacing:2px;width:100%} table.g
th{background:#234;color:#fff;padding:5px} table.g td{background:#e6eef6;padding:5px;vertical-align:top}
table,h3{break-inside:avoid} table.f td,table.f th{padding:2px 8px;text-align:right} table.f
td:first-child{text-align:left} table.f{width:100%} table.f th{border-bottom:1px solid #000}
table.z{width:100%;border-collapse:collapse} table.z tr:nth-child(even) td{background:#eee} table.z
td{padding:3px}
.cols{columns:2;column-gap:1cm;text-align:justify}
</style></head><body>
<h1>Calder Vale Police</h1><h2>Our judgments</h2><p>We graded six areas of policing as follows.</p>
<table class=g><tr><th>Outstanding<th>Good<th>Adequate<th>Requires improvement<th>Inadequate</tr>
<tr><td><td>Preventing crime<td>Recording data about crime<td>Supervising offenders<td></tr>
<tr><td><td>Managing offenders<td>Responding to the public<td><td></tr></table>
<h2>Preventing crime</h2><p><b>Good</b></p><p>Calder Vale Police is good at preventing crime and
anti-social behaviour.</p>
<div class=side><b>Innovative practice</b><p>The force lends cameras to shops that were robbed twice in a
year, and takes them back when a quarter has gone by without a robbery.</p></div>
<h3>Officers know their neighbourhoods</h3>
<p>Each ward has a named officer who stays for two years at least and who is taken away for other work
only with the consent of a chief inspector. People told us that they know the officer by name, and that
the officer comes to meetings. This was not so when we were last here, and the force deserves credit for
it. The teams publish what they did each month on the force's website and on paper in shops, where most
people over sixty say that they read it.</p>
<p>In one ward we found that no officer had been named for four months. The force could not say why.</p>
<div class=afi><b>Areas for improvement</b><ul><li>The force should name an officer for each ward within
a month of a vacancy.</li><li>The force should review why a ward went without an officer:<ul><li>by
asking the teams; and</li><li>by looking at the rota of the last twelve months, with particular attention
to the months before summer, when most vacancies arose.</li></ul></li></ul></div>
<h3>Figures</h3>
<table class=f><tr><th><th>Year to<br>March 2022<th>Year to<br>March 2023<th>Change</tr>
<tr><td>Burglary<td>1,204<td>1,177<td>-2.2%</tr><tr><td>Robbery<td>312<td>340<td>+9.0%</tr><tr><td>Vehicle
crime<td>2,015<td>2,101<td>+4.3%</tr></table>
<div class=cols><p>Neighbourhood teams hold a meeting each month in every ward. People who come say what
troubles them and hear what was done about the things that they raised before. Where a matter needs
another body, the team asks that body to come to the next meeting and answer for itself.</p><p>At the
meeting of the spring the panel asked for figures by ward. They came in the summer and showed that two of
the wards had no meeting since the winter. The force has promised that this will not be repeated and that
a deputy will stand in where the named officer is away or ill or has left the force.</p><p>The panel will
look again in the autumn at both wards, and ask for the names of those who stood in and on what days they
did so.</p></div>
<p>Words after the columns stand across the page again and end the report of this inspection of the
force.</p>
</body></html>
"""


def print_with_chromium(chromium: Path, html: str, folder: Path) -> bytes:
    """The page as Chromium prints it."""
    page, made = folder / "page.html", folder / "page.pdf"
    page.write_text(html, encoding="utf-8")
    command = [str(chromium), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}", page.as_uri()]
    subprocess.run(command, check=True, timeout=60, capture_output=True)
    return made.read_bytes()


@cache
def make_pdf(source: str) -> bytes:
    """The Typst source as PDF, the same bytes each time."""
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made
