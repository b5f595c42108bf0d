"""`bluelamp report performance`: a plan's quarterly report, of one area or of many, in every format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bluelamp.papers.model import Paper
    from bluelamp.performance.queries_reports import FiguresOfReport
    from bluelamp.performance.reports.model import Settings


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    plan: str
    to: str
    area: str
    rule: str
    formats: Sequence[str]
    out: Path
    known_on: dt.date | None = None


def make_performance_report(asked: Asked) -> None:
    """Write the files and print their names; the workspace is open."""
    from django.conf import settings

    from bluelamp.performance.queries_reports import choose_areas, find_figures, find_plan, read_report_month
    from bluelamp.performance.reports.model import Settings
    from bluelamp.performance.reports.tested import check_rule

    plan = find_plan(asked.plan, settings.WORKSPACE_DEFINITIONS)
    figures = find_figures(plan, viewer=None, known_on=asked.known_on)
    to = read_report_month(asked.to, figures)
    areas = choose_areas(figures, asked.area)
    rule = asked.rule or Settings(to=to).rule
    check_rule(rule)
    wanted = [Settings(to=to, area=area, rule=rule, known_on=asked.known_on) for area in areas]
    asked.out.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    for path in _write(figures, wanted, asked, faults):
        print(path)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)


def _write(
    figures: FiguresOfReport, wanted: Sequence[Settings], asked: Asked, faults: list[str]
) -> Iterator[Path]:
    """The files; in `faults` what a paper check says cannot be true in them, as of anybody's papers."""
    from bluelamp.cli.screen import make_progress
    from bluelamp.papers.rendering import render
    from bluelamp.performance.reports.assemble import assemble_report
    from bluelamp.performance.reports.paper import make_performance_paper
    from bluelamp.performance.reports.paper_charts import draw_charts
    from bluelamp.performance.reports.tested import find_exceptions

    rows = len(figures.plan.indicators)
    with make_progress() as progress:
        testing = progress.add_task("Exceptions of all areas", total=1)
        tested = find_exceptions(figures.plan, figures.series, wanted[0])
        progress.advance(testing)
        for settings in wanted:
            task = progress.add_task(settings.area, total=2 * rows + len(asked.formats))

            def tell(number: int, task: object = task) -> None:
                progress.advance(task, number)  # type: ignore[arg-type]  # rich's own TaskID

            report = assemble_report(
                figures.plan, figures.series, settings, loads=figures.loads, tested=tested, progress=tell
            )
            charts = draw_charts(report, tell)
            paper = make_performance_paper(
                report, as_of=asked.known_on or figures.known_on, charts=charts, marking=figures.marking
            )
            faults += _find_faults(paper)
            for form in asked.formats:
                rendered = render(paper, form)
                path = asked.out / rendered.file_name
                path.write_bytes(rendered.data)
                tell(1)
                yield path


def _find_faults(paper: Paper) -> list[str]:
    """What is made here passes the checks that others' papers are put to."""
    from bluelamp.intake.made_papers import check_made_paper, contradictions_in

    found = contradictions_in(check_made_paper(paper))
    return [f"{paper.file_stem}: cannot be true: {each.message}" for each in found]
