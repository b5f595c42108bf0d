"""Is the report a paper that anybody can read, in six formats, the same each time?"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from itertools import pairwise

import openpyxl
import pypdfium2
import pytest
from lxml import etree
from tests.performance.report_figures import LOADS, TO, make_figures, make_plan

from bluelamp.papers.model import Figure, Marking, Number, Paper, Table, Unknown
from bluelamp.papers.rendering import FORMATS, render
from bluelamp.papers.words import plain_words
from bluelamp.performance.reports.assemble import assemble_report
from bluelamp.performance.reports.model import PerformanceReport, Settings, Verdict
from bluelamp.performance.reports.paper import make_facts, make_performance_paper
from bluelamp.performance.reports.paper_charts import draw_charts, make_chart_data, say_chart
from bluelamp.performance.reports.paper_table import make_indicator_table
from bluelamp.performance.reports.texts import OPINION, InsightOfReport, ReportTexts

pytestmark = pytest.mark.no_database

DAY = dt.date(2021, 5, 19)
TEXTS = ReportTexts(
    insights={
        "1A.1": InsightOfReport(
            words="Burglary fell in every area. The fall is due to the cold.\nIt is due to new locks [1].",
            author="A. Analyst",
            evidence=("Minutes of the board, page 4",),
        )
    },
    headlines={"2": ("Calls are answered in time.",)},
    author="The performance team",
)


@pytest.fixture(scope="module")
def report() -> PerformanceReport:
    return assemble_report(make_plan(), make_figures(), Settings(to=TO), loads=LOADS)


@pytest.fixture(scope="module")
def paper(report: PerformanceReport) -> Paper:
    return make_performance_paper(report, as_of=DAY, texts=TEXTS)


@pytest.fixture(scope="module")
def files(paper: Paper) -> dict[str, bytes]:
    return {form: render(paper, form).data for form in FORMATS}


def _figures(paper: Paper) -> list[Figure]:
    return [block for section in paper.sections for block in section.blocks if isinstance(block, Figure)]


def _words(paper: Paper) -> str:
    return render(paper, "html").data.decode()


# -- the table --------------------------------------------------------------------------------------------


def test_the_table_has_the_published_layout(report: PerformanceReport) -> None:
    table = make_indicator_table(report, report.themes[0].subs[0])
    assert [f"{column.head} {column.unit}".strip() for column in table.columns] == [
        "Code",
        "Indicator",
        "Aim",
        "12 months to Mar 2020",
        "12 months to Jun 2020",
        "12 months to Sep 2020",
        "12 months to Dec 2020",
        "12 months to Mar 2021",
        "Change in %",
        "Change in number",
        "Exception",
    ]
    row = report.row("1A.1")
    assert row is not None
    cells = [plain_words(cell) for cell in table.rows[0]]  # type: ignore[union-attr]
    assert cells == [
        "1A.1",
        "Burglary",
        "Reduce",
        *(period.printed for period in row.periods),
        row.change.share_printed,
        row.change.actual_printed,
        "▲ positive",
    ]


def test_what_is_not_known_is_said_in_grey_words(report: PerformanceReport) -> None:
    table = make_indicator_table(report, report.themes[1].subs[0])
    row = table.rows[1]
    assert row[-5:-3] == (Unknown("not loaded"), Unknown("not loaded"))  # type: ignore[index]
    assert isinstance(row[3], Number)  # type: ignore[index]


def test_every_verdict_has_words_and_an_exception_a_shape_of_its_own() -> None:
    assert len({verdict.words for verdict in Verdict}) == len(Verdict)
    shapes = [verdict.shape for verdict in Verdict if verdict.is_exception]
    assert len(set(shapes)) == len(shapes)
    assert all(shapes)


# -- charts -----------------------------------------------------------------------------------------------


def test_each_chart_says_its_numbers_in_words(report: PerformanceReport) -> None:
    row = report.row("1A.1")
    assert row is not None
    said = say_chart(row)
    points = [point for point in row.chart.points if point.value is not None]
    for point in (points[0], points[-1], min(points, key=lambda p: p.value), max(points, key=lambda p: p.value)):  # type: ignore[arg-type, return-value]
        assert f"{point.value:,.0f} in {point.to.short}" in said
    assert "is usual" in said
    assert "Unusual and better" in said


def test_the_numbers_of_a_chart_are_those_that_are_drawn(report: PerformanceReport) -> None:
    for row in report.rows:
        data = make_chart_data(row)
        assert len(data.periods) == len(row.chart.points) == 60
        drawn = [None if point.value is None else round(point.value, 2) for point in row.chart.points]
        kept = [None if value is None else round(float(value), 2) for value in data.lines[0].values]
        assert kept == pytest.approx(drawn, abs=0.011)


def test_a_chart_draws_the_standard_and_the_change_of_counting(report: PerformanceReport) -> None:
    row = report.row("2.1")
    assert row is not None
    svg = draw_charts(report)["2.1"]
    assert "standard 90.0%" in svg
    assert "<desc>" in svg
    facts = dict(make_facts(row))
    assert "not met" in plain_words(facts["Standard"])


def test_the_same_figures_are_the_same_picture(report: PerformanceReport) -> None:
    assert draw_charts(report) == draw_charts(report)


# -- words ------------------------------------------------------------------------------------------------


def test_a_sentence_that_says_why_without_evidence_is_marked_as_opinion(paper: Paper) -> None:
    words = re.sub(r"<[^>]+>", "", _words(paper))
    assert f"The fall is due to the cold. {OPINION}" in " ".join(words.split())
    assert f"new locks [1]. {OPINION}" not in " ".join(words.split())
    assert "Written by A. Analyst." in words
    assert "[1] Minutes of the board, page 4" in words


def test_headlines_that_are_given_stand_in_place_of_those_made(paper: Paper, report: PerformanceReport) -> None:
    words = _words(paper)
    assert "Calls are answered in time." in words
    assert report.themes[1].headlines[0] not in words
    assert report.themes[0].headlines[0] in words


def test_a_theme_without_sub_themes_has_one_heading(paper: Paper) -> None:
    """ "Theme 2: Service" held "2: Service" once; the levels still go down one by one."""
    headings = [(section.level, section.heading) for section in paper.sections]
    assert (1, "Theme 2: Service") in headings
    assert not [heading for _, heading in headings if heading == "2: Service"]
    assert (2, "2.1 Calls answered in time") in headings
    assert (3, "1A.1 Burglary") in headings
    levels = [level for level, _ in headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_appendix_names_vintages_definitions_and_methods(paper: Paper) -> None:
    headings = [section.heading for section in paper.sections if section.level == 1]
    assert headings[-5:] == [
        "Appendix: areas",
        "Appendix: sources and vintages",
        "Appendix: definitions",
        "Appendix: methods",
        "Appendix: the months behind the charts",
    ]
    tables = {
        block.caption: block for section in paper.sections for block in section.blocks if isinstance(block, Table)
    }
    vintages = [[plain_words(cell) for cell in row] for row in tables["Loads whose figures this report uses"].rows]  # type: ignore[union-attr]
    assert [row[:2] for row in vintages] == [["1", "months.csv"], ["2", "corrections.csv"]]
    assert vintages[0][4] == "a" * 16
    assert vintages[1][4] == "no file"


# -- formats ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_is_the_same_bytes(form: str, report: PerformanceReport, files: dict[str, bytes]) -> None:
    again = make_performance_paper(report, as_of=DAY, texts=TEXTS)
    assert render(again, form).data == files[form]


def test_the_pdf_is_tagged_and_has_alternative_text(files: dict[str, bytes], paper: Paper) -> None:
    assert b"pdfuaid" in files["pdf"]
    document = pypdfium2.PdfDocument(files["pdf"])
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Figure 1: 1A.1 Burglary, by month" in " ".join(words.split())
    assert "U+" not in words  # the shapes of exceptions are in the fonts
    assert "▲" in words
    assert len(_figures(paper)) == 4


def test_the_page_has_a_name_for_each_picture(files: dict[str, bytes], paper: Paper) -> None:
    page = files["html"].decode()
    assert page.count('role="img"') == len(_figures(paper))
    for figure in _figures(paper):
        assert figure.alternative[:60] in page


def test_word_has_pictures_with_their_words(files: dict[str, bytes], paper: Paper) -> None:
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    described = document.xpath("//*[local-name()='docPr']/@descr")
    assert described == [figure.alternative for figure in _figures(paper)]


def test_the_workbook_draws_each_chart_itself_from_its_cells(files: dict[str, bytes], paper: Paper) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    listed, drawn = book["Chart figures"], book["Charts"]
    figures = _figures(paper)
    assert len(drawn._charts) == len(figures)
    rows = list(listed.iter_rows(values_only=True))
    heads = rows[0]
    assert heads[:4] == ("Figure", "Chart", "Unit", "Period")
    assert len(rows) == 1 + sum(len(figure.data.periods) for figure in figures if figure.data)
    for chart, figure in zip(drawn._charts, figures, strict=True):
        assert figure.data is not None
        for series, line in zip(chart.series, figure.data.lines, strict=True):
            found = re.fullmatch(r"'Chart figures'!\$([A-Z]+)\$(\d+):\$\1\$(\d+)", series.val.numRef.f)
            assert found is not None
            cells = [listed[f"{found[1]}{at}"].value for at in range(int(found[2]), int(found[3]) + 1)]
            assert cells == [None if value is None else float(value) for value in line.values]
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert drawing.count('descr="') == len(figures)


def test_the_csv_and_json_hold_the_table_as_numbers(files: dict[str, bytes], report: PerformanceReport) -> None:
    row = report.row("1A.1")
    assert row is not None
    with zipfile.ZipFile(io.BytesIO(files["csv"])) as archive:
        names = [name for name in archive.namelist() if "crime" in name]
        rows = list(csv.reader(io.StringIO(archive.read(names[0]).decode("utf-8-sig"))))
    assert rows[1][3:8] == [str(period.value) for period in row.periods]
    told = json.loads(files["json"])
    tables = [block for section in told["sections"] for block in section["blocks"] if block["type"] == "table"]
    table = next(each for each in tables if each["caption"].startswith("Crime"))
    assert table["rows"][0][7]["value"] == int(row.latest.value or 0)


def test_a_marking_and_an_area_stand_on_the_paper() -> None:
    report = assemble_report(make_plan(), make_figures(), Settings(to=TO, area="north"), loads=LOADS)
    paper = make_performance_paper(report, as_of=DAY, marking=Marking.OFFICIAL_SENSITIVE)
    assert paper.subtitle == "North, to March 2021"
    assert paper.file_stem == "performance-calder-vale-2021-03-north"
    assert paper.marking is Marking.OFFICIAL_SENSITIVE


def test_a_plan_without_figures_is_a_paper_without_pictures() -> None:
    paper = make_performance_paper(assemble_report(make_plan(), {}, Settings(to=TO)), as_of=DAY)
    assert _figures(paper) == []
    assert render(paper, "pdf").data.startswith(b"%PDF")
    assert "Of none of the 4 indicators can it be told" in _words(paper)


def test_a_change_in_number_is_shared_out_among_the_areas_below(report: PerformanceReport) -> None:
    row = report.row("1A.1")
    assert row is not None
    said = plain_words(dict(make_facts(row))["Areas"])
    parts = [int(part.replace(",", "")) for part in re.findall(r"[+-][\d,]*\d", said)]
    assert parts[0] == row.change.actual
    assert sum(parts[1:]) == parts[0]
    assert "North" in said
    share = report.row("2.1")
    assert share is not None
    assert "Areas" not in dict(make_facts(share))  # percentages do not add up
