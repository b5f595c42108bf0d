"""How long do a plan's reports take: 70 indicators in 13 areas over five years, every stage and every format?

Prints each stage's seconds, and the PDF's time as a ratio to the same report's page through WeasyPrint (an engine
that makes PDF of HTML), in a folder of its own. Exits 1 where that is 0.1 or more.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pypdfium2

from bluelamp.figures.months import Month, months_between
from bluelamp.papers.model import Paper
from bluelamp.papers.rendering import render
from bluelamp.performance.plans import AreaOfPlan, Indicator, Plan, Theme
from bluelamp.performance.reports.assemble import assemble_report
from bluelamp.performance.reports.model import LoadKnown, Settings
from bluelamp.performance.reports.paper import make_performance_paper
from bluelamp.performance.reports.paper_charts import draw_charts
from bluelamp.performance.reports.tested import find_exceptions
from bluelamp.performance.series import FORCE, Point, Series, SeriesKey

INDICATORS, AREAS = 70, 12
FIRST, TO = Month(2016, 4), Month(2021, 3)
FORMATS = ("html", "pdf", "docx", "xlsx", "csv", "json")
RATIO_BELOW = 0.1
DAY = dt.date(2021, 5, 19)
LOADS = (LoadKnown(key="L1", number=1, name="synthetic figures", kind="file", known_on=DAY),)
_VENV = Path(tempfile.gettempdir()) / "bluelamp-bench-weasyprint"
_PRINTER = """
import sys, time, warnings
import weasyprint
page = open(sys.argv[1], encoding="utf-8").read()
weasyprint.HTML(string="<p>warm</p>").write_pdf()
begun = time.perf_counter()
weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
print(time.perf_counter() - begun)
"""


def make_plan() -> Plan:
    themes = [Theme(code=str(n), name=f"Theme number {n}") for n in range(1, 5)]
    subs = [Theme(code=f"{n}{each}", name=f"Part {each}", parent=str(n)) for n in range(1, 5) for each in "AB"]
    areas = [AreaOfPlan(slug=FORCE, name="Calder Vale", level="force")]
    areas += [AreaOfPlan(slug=f"area-{n}", name=f"District {n}", level="command") for n in range(1, AREAS + 1)]
    indicators = []
    for nth in range(INDICATORS):
        sub = subs[nth % len(subs)]
        share = nth % 3 == 2
        indicators.append(
            Indicator(
                code=f"{sub.code}.{nth + 1}",
                name=f"Indicator of matters recorded, number {nth + 1}",
                theme=sub.code,
                aim="reduce",
                polarity="lower-is-better" if nth % 2 else "neither",
                unit="percentage" if share else "count",
                decimals=1 if share else 0,
                numerator="Matters",
            )
        )
    return Plan(
        slug="bench",
        name="Calder Vale plan",
        body="",
        force="",
        themes=(*themes, *subs),
        areas=tuple(areas),
        indicators=tuple(indicators),
    )


def make_series(plan: Plan) -> dict[SeriesKey, Series]:
    """Counts about twice as scattered as Poisson's, half of them seasonal."""
    rnd = random.Random(11)
    months = list(months_between(FIRST, TO))
    found = {}
    for nth, indicator in enumerate(plan.indicators):
        size = 10 ** rnd.uniform(1.5, 3.3)
        for area in plan.areas:
            mean = size if area.slug == FORCE else size / AREAS
            key = SeriesKey(plan.slug, indicator.code, area.slug)
            points = []
            for month in months:
                wave = 1 + (0.15 * math.sin(month.number / 6 * math.pi) if nth % 2 else 0)
                count = max(0, round(rnd.gauss(mean * wave, math.sqrt(2 * mean))))
                bottom = round(mean * 4) + 1
                if indicator.unit == "count":
                    points.append(Point(to=month, value=Decimal(count), load="L1"))
                else:
                    top = min(count, bottom)
                    value = round(Decimal(100 * top) / bottom, 4)
                    points.append(
                        Point(
                            to=month, value=value, numerator=Decimal(top), denominator=Decimal(bottom), load="L1"
                        )
                    )
            found[key] = Series(key, tuple(points))
    return found


@contextmanager
def timed(stage: str, number: int = 0) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    took = time.perf_counter() - begun
    each = f" ({1000 * took / number:.1f} ms each of {number:,})" if number else ""
    print(f"performance: {stage:38} {took:7.2f} s{each}", flush=True)


def main() -> None:
    plan = make_plan()
    series = make_series(plan)
    slugs = [area.slug for area in plan.areas]
    settings = [Settings(to=TO, area=slug) for slug in slugs]
    draw_charts(assemble_report(plan, {k: v for k, v in series.items() if k.area == FORCE}, settings[0]))  # warm
    with timed("exceptions, one family", len(series)):
        tested = find_exceptions(plan, series, settings[0])
    with timed("figures, changes and limits", len(slugs)):
        reports = [assemble_report(plan, series, each, loads=LOADS, tested=tested) for each in settings]
    with timed("charts", INDICATORS * len(slugs)):
        charts = [draw_charts(report) for report in reports]
    with timed("papers", len(slugs)):
        papers = [
            make_performance_paper(report, as_of=DAY, charts=drawn)
            for report, drawn in zip(reports, charts, strict=True)
        ]
    for form in FORMATS:
        with timed(f"{form} of {len(slugs)} reports", len(slugs)):
            for paper in papers:
                render(paper, form)
    compare_with_weasyprint(papers[1])


def compare_with_weasyprint(paper: Paper) -> None:
    """The same report as PDF by us and by WeasyPrint from our page, each once warm."""
    ours = _time_pdf(paper)
    page = render(paper, "html").data
    theirs = _time_weasyprint(page)
    if isinstance(theirs, str):
        print(f"performance: PDF against WeasyPrint: not measured: {theirs}")
        return
    ratio = ours / theirs
    print(f"performance: PDF {ours:.2f} s, WeasyPrint {theirs:.2f} s, ratio {ratio:.3f} (below {RATIO_BELOW})")
    if ratio >= RATIO_BELOW:
        sys.exit(f"performance: the PDF takes {ratio:.3f} of WeasyPrint's time")


def _time_pdf(paper: Paper) -> float:
    """Of a paper that Typst has not made before: it keeps what it made."""
    import dataclasses

    other = dataclasses.replace(paper, title=f"{paper.title}, once more")
    begun = time.perf_counter()
    made = render(other, "pdf").data
    took = time.perf_counter() - begun
    print(f"performance: the PDF has {len(pypdfium2.PdfDocument(made))} pages, {len(made) / 1024:.0f} KB")
    return took


def _time_weasyprint(page: bytes) -> float | str:
    """Its seconds, or why it could not be measured: it needs pango, and has an environment of its own."""
    python = _VENV / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", _VENV], check=True, capture_output=True, timeout=120)
            install = [python, "-m", "pip", "install", "-q", "weasyprint"]
            subprocess.run(install, check=True, capture_output=True, timeout=300)
        file = _VENV / "page.html"
        file.write_bytes(page)
        done = subprocess.run(
            [python, "-c", _PRINTER, file], check=True, capture_output=True, text=True, timeout=1200
        )
        return float(json.loads(done.stdout.strip().splitlines()[-1]))
    except subprocess.CalledProcessError as error:
        said = error.stderr if isinstance(error.stderr, str) else (error.stderr or b"").decode(errors="replace")
        return (said.strip().splitlines() or ["it failed"])[-1][:200]
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        return str(error)[:200]
