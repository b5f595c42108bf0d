"""PDFs for the tests, made here of our own words: fictional forces only."""

from __future__ import annotations

from functools import cache

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
#let prose = [Officers told us that the new rota gives them more time with victims, and our audit of ninety files bears
this out. In most files the plan was reviewed by a supervisor within two days, although in a few it was not and the
reason was missing. The force knows this and has asked its analysts to look at each case.]
= Overall summary
== Our judgments
Our inspection assessed how good Calder Vale Police is in six areas of policing.

#table(columns: (1fr,) * 5, inset: 5pt,
  table.header(..("Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate").map(g => strong(g))),
  [], [Preventing crime], [Recording data about crime], [], [],
  [], [Managing offenders], [Responding to the public], [Investigating crime], [],
  [], [], [Treatment of the public], [], [])

We also inspected how well the force serves victims. We don't grade this area.

#prose

== Main findings
#prose

=== Supervisors review plans in good time
#prose
- First point about visible patrols in the town centre, which is long enough to run over the end of its line and on.
- Second point
  - A point below the second, also long enough to be printed on two lines because it says more than it needs to say.
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
#let prose = [Neighbourhood teams hold a meeting each month in every ward. People who come say what troubles them and
hear what was done about the things that they raised before. Where a matter needs another body, the team asks that
body to come to the next meeting and answer for itself.]
= A title across the page
An opening paragraph stands across both columns and is long enough to be printed on two lines of the page, so that no
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
  table.hline(), table.header([], [*Year to*\ *March 2022*], [*Year to*\ *March 2023*], [*Change*]), table.hline(),
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
    [Issue number #i is that plans are not always reviewed in time, and reasons for this are not always written down.],
    if calc.rem(i, 3) == 0 [] else [The lead for area #i will audit ten plans each month until none is late.])).flatten())
"""

UNBROKEN = r"""
#set page(paper: "a4", margin: 2cm)
#set text(font: "Liberation Sans", size: 10pt)
= Actions
#block(height: 22.2cm)[]
#table(columns: (1cm, 7cm, 7cm), inset: 4pt,
  [*Ref*], [*Issue of concern*], [*Action*],
  [1], [A short issue.], [Done.],
  [2], [The second issue is told at such length that its cell cannot stand on the first page alone and must go on over
  the turn of the page until it has said all that it has to say about the plans that were not reviewed in time by any
  supervisor of the unit.], [Under way.],
  [3], [The third issue.], [None.])
"""

NOTES = r"""
#set page(paper: "a4", margin: 2cm, numbering: "i")
#set text(font: "Liberation Serif", size: 11pt)
#set par(leading: 0.65em)
= Letter
The force answered 94 percent of calls in time#footnote[Calls to 999 between April 2022 and March 2023, as the force
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
  [Before: patrols at noon that few people saw, and visits after a week or even later than that in some of the towns.],
  [After: patrols at night where they are wanted, and visits on the day of the call or at the latest on the next.])
"""

HMIC = r"""
#set page(paper: "a4", margin: 2.5cm, header: align(center)[#text(9pt)[Westmarch Constabulary: Inspection Report]],
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
- The chief officer team leads the work and each superintendent answers for the beat teams of a district.
- Surveys are made each quarter.

*Areas for improvement*
#set enum(numbering: "1.")
+ Plans need an owner.
+ The beat teams are often taken from their beats, and no one counts how often this is done in a month.
#pagebreak()
The second page begins with a paragraph.
"""


@cache
def make_pdf(source: str) -> bytes:
    """The Typst source as PDF, the same bytes each time."""
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made
