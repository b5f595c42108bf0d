"""One fictional report in four formats: the facts do not depend on the file they came in."""

from __future__ import annotations

import hashlib
import html as markup
import io
import re
from collections.abc import Callable

import docx as word
import pytest
import typst

from bluelamp.documents.document import Document, whole
from bluelamp.documents.facts import Reading
from bluelamp.documents.readers import docx, html, pdf, plain
from bluelamp.inspections.facts import Finding, GradeDistribution, Judgement, Practice
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.reading.hmic import read_hmic

# What the report says, as (kind, content): "h1" to "h3", "p", "b" a bullet, "bb" a nested one, "t" a table.
Content = list[tuple[str, str | list[list[str]]]]
REPORT: Content = [
    ("h1", "Pennine Vale Constabulary: Baseline Assessment 2005"),
    ("p", "This report sets out the grade and the direction of travel that the force was given in each area."),
    ("h1", "Summary of HMIC judgements"),
    (
        "t",
        [
            ["Framework", "Grade", "Direction of Travel"],
            ["1A Fairness and Equality", "Good", "Improved"],
            ["3E Forensic Management", "Poor", "Declined"],
            ["6B Training and Development", "Fair", "Stable"],
        ],
    ),
    ("h1", "1A Fairness and Equality"),
    ("t", [["Grade", "Good"], ["Direction of Travel", "Improved"]]),
    ("h2", "National grade distribution"),
    ("t", [["Poor", "Fair", "Good", "Excellent"], ["1", "12", "27", "3"]]),
    ("h2", "Strengths"),
    ("b", "A charter is known to all of the staff who were asked about it during the visit."),
    ("b", "Prayer rooms were opened at the three largest stations, after talks with:"),
    ("bb", "local congregations;"),
    ("bb", "the staff associations."),
    ("h2", "Areas for improvement"),
    ("b", "The force does not know how many of its staff speak the languages of the new arrivals."),
    ("h1", "3E Forensic Management"),
    ("t", [["Grade", "Poor"], ["Direction of Travel", "Declined"]]),
    ("h2", "Strengths"),
    ("b", "Scenes of burglary are visited within a day in most districts."),
    ("h2", "Areas for improvement"),
    ("b", "Footwear marks are kept in drawers and are compared with nothing at all."),
    ("b", "A backlog of four months has built up in the fingerprint bureau; no one manages it."),
    ("h2", "Recommendation 2"),
    ("p", "The force should clear the backlog within six months and should publish its progress."),
    ("h1", "6B Training and Development"),
    ("t", [["Grade", "Fair"], ["Direction of Travel", "Stable"]]),
    ("h2", "Strengths"),
    ("b", "Trainers are observed twice a year by an assessor from outside the force."),
    ("h2", "Areas for improvement"),
    ("b", "Courses are not costed."),
    ("h2", "Good practice"),
    ("p", "Title: The evening classroom"),
    ("p", "Problem: Shift workers missed a third of their courses."),
    ("p", "Solution: Lessons were moved to the evening and recorded for those on nights."),
    ("p", "Outcome: Attendance rose to nine in ten."),
    ("h1", "Appendix: Glossary"),
    ("b", "HMIC – Her Majesty’s Inspectorate of Constabulary"),
]


def as_text(report: Content) -> bytes:
    lines: list[str] = []
    for kind, content in report:
        if isinstance(content, list):
            lines += ["\t".join(row) for row in content] + [""]
        elif kind in {"b", "bb"}:
            lines += [("• " if kind == "b" else "    – ") + content, ""]
        else:
            lines += [content, ""]
    return "\n".join(lines).encode()


def as_html(report: Content) -> bytes:
    parts, depth = ["<!DOCTYPE html><html><body>"], 0
    for kind, content in report:
        wanted = {"b": 1, "bb": 2}.get(kind, 0)
        parts += ["<ul>"] * (wanted - depth) + ["</ul>"] * (depth - wanted)
        depth = wanted
        if isinstance(content, list):
            rows = ("".join(f"<td>{markup.escape(cell)}</td>" for cell in row) for row in content)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            tag = kind if kind[0] == "h" else "li" if wanted else "p"
            parts.append(f"<{tag}>{markup.escape(content)}</{tag}>")
    return "\n".join([*parts, "</body></html>"]).encode()


def as_word(report: Content) -> bytes:
    document = word.Document()
    for kind, content in report:
        if isinstance(content, list):
            table = document.add_table(rows=0, cols=len(content[0]))
            for row in content:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif kind[0] == "h":
            document.add_heading(content, level=int(kind[1]))
        else:
            style = {"b": "List Bullet", "bb": "List Bullet 2"}.get(kind)
            document.add_paragraph(content, style=style)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def as_pdf(report: Content) -> bytes:
    def escape(text: str) -> str:
        return re.sub(r"([\\#$*_`<>@\[\]~=/\-+])", r"\\\1", text)

    parts = ['#set page(paper: "a5", numbering: "1")']
    for kind, content in report:
        if isinstance(content, list):
            cells = ", ".join(f"[{escape(cell)}]" for row in content for cell in row)
            parts.append(f"#table(columns: {len(content[0])}, {cells})")
        elif kind[0] == "h":
            parts.append("=" * int(kind[1]) + " " + escape(content))
        else:
            parts.append({"b": "- ", "bb": "  - "}.get(kind, "") + escape(content))
    return bytes(typst.compile("\n\n".join(parts).encode()))


FORMATS: dict[str, tuple[Callable[[Content], bytes], Callable[..., Document]]] = {
    "txt": (as_text, plain.read),
    "html": (as_html, html.read),
    "docx": (as_word, docx.read),
    "pdf": (as_pdf, pdf.read),
}


@pytest.fixture(scope="module", params=sorted(FORMATS))
def document(request: pytest.FixtureRequest) -> Document:
    write, read = FORMATS[request.param]
    data = write(REPORT)
    return read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=f"report.{request.param}")


@pytest.fixture(scope="module")
def reading(document: Document) -> Reading:
    return read_hmic(whole(document), load_frameworks()["baseline-2005"], None)


def test_quotes_are_found(document: Document, reading: Reading) -> None:
    cited = [citation for fact in (*reading.facts, *reading.unread) for citation in fact.citations]
    assert [citation for citation in cited if not document.verify(citation)] == []


def test_grades_and_directions(reading: Reading) -> None:
    judged = {f.area: (f.grade, f.direction, f.doubt) for f in reading.facts if isinstance(f, Judgement)}
    assert judged == {
        "fairness-and-equality": ("good", "improved", ""),
        "forensic-management": ("poor", "declined", ""),
        "training-and-development": ("fair", "stable", ""),
    }


def test_one_distribution(reading: Reading) -> None:
    counted = [f for f in reading.facts if isinstance(f, GradeDistribution)]
    assert [[c.count for c in f.counts] for f in counted] == [[3, 27, 12, 1]]


def test_findings(reading: Reading) -> None:
    findings = [f for f in reading.facts if isinstance(f, Finding)]
    assert [(f.type, f.area) for f in findings] == [
        ("strength", "fairness-and-equality"),
        ("strength", "fairness-and-equality"),
        ("area_for_improvement", "fairness-and-equality"),
        ("strength", "forensic-management"),
        ("area_for_improvement", "forensic-management"),
        ("area_for_improvement", "forensic-management"),
        ("recommendation", "forensic-management"),
        ("strength", "training-and-development"),
        ("area_for_improvement", "training-and-development"),
    ]
    assert findings[1].parts == ("local congregations;", "the staff associations.")
    assert findings[6].number == "2"
    assert findings[6].deadline is not None
    assert findings[6].deadline.months == 6
    assert {f.text for f in findings} <= {c for _, c in REPORT if isinstance(c, str)}


def test_practice(reading: Reading) -> None:
    (practice,) = [f for f in reading.facts if isinstance(f, Practice)]
    assert (practice.type, practice.area) == ("notable", "training-and-development")
    assert practice.title == "The evening classroom"
    assert practice.outcomes == "Attendance rose to nine in ten."
