"""How does a performance report read as a paper? Same report, texts and charts: same paper, in every format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bluelamp.figures.saying import say_signed
from bluelamp.papers.model import (
    Block,
    Column,
    Content,
    Facts,
    Figure,
    Marking,
    Number,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    Unknown,
)
from bluelamp.performance.reports.headlines import count_exceptions
from bluelamp.performance.reports.model import (
    PerformanceReport,
    ReportRow,
    ThemeOfReport,
    Verdict,
)
from bluelamp.performance.reports.paper_appendix import make_appendix
from bluelamp.performance.reports.paper_charts import (
    Charts,
    chart_title,
    draw_charts,
    is_drawn,
    make_chart_data,
    say_chart,
)
from bluelamp.performance.reports.paper_table import make_indicator_table, say_period
from bluelamp.performance.reports.periods import ADDED
from bluelamp.performance.reports.texts import NO_TEXTS, ReportTexts, make_insight

_PARTS: Final = 3  # areas that are named where a change was made
_COUNTED: Final = (
    (Verdict.POSITIVE, "▲ Positive"),
    (Verdict.NEGATIVE, "◆ Negative"),
    (Verdict.NEITHER, "■ Unusual, neither"),
    (Verdict.NONE, "No exception"),
    (Verdict.CANNOT_TELL, "Cannot tell"),
)


def make_performance_paper(
    report: PerformanceReport,
    *,
    as_of: dt.date,
    texts: ReportTexts = NO_TEXTS,
    charts: Charts | None = None,
    marking: Marking = Marking.OFFICIAL,
    prepared_for: str = "",
    site: str = "",
) -> Paper:
    """The whole paper. `charts` are the pictures where they were drawn already; else they are drawn here."""
    pictures = draw_charts(report) if charts is None else charts
    sections = [_summary(report, texts)]
    for theme in report.themes:
        sections += _theme(report, theme, texts, pictures)
    sections += make_appendix(report, texts)
    plan, settings = report.plan, report.settings
    return Paper(
        title=f"{plan.name}: performance and insight",
        subtitle=f"{report.area_name}, to {settings.to.words}",
        kind="performance",
        name=file_stem(report),
        marking=marking,
        as_of=as_of,
        prepared_for=prepared_for,
        prepared_by=texts.author,
        header=_header(report),
        sections=tuple(sections),
        notes=_notes(report),
        landscape=True,
        site=site,
    )


def file_stem(report: PerformanceReport) -> str:
    settings = report.settings
    return f"performance-{report.plan.slug}-{settings.to}-{settings.area}"


def _header(report: PerformanceReport) -> tuple[tuple[str, str], ...]:
    vintages = ", ".join(str(load.number) for load in report.loads)
    known = report.settings.known_on
    return (
        ("Area", f"{report.area_name} ({report.area_level})"),
        ("Figures", f"vintage {vintages}" if vintages else "no figures are loaded"),
        *((("Known on", f"{known.day} {known:%B %Y}"),) if known else ()),
    )


# -- summary ----------------------------------------------------------------------------------------------


def _summary(report: PerformanceReport, texts: ReportTexts) -> Section:
    blocks: list[Block] = []
    if texts.opening:
        blocks += [Paragraph(line) for line in texts.opening.split("\n") if line.strip()]
    blocks.append(Paragraph(_first_sentence(report)))
    blocks.append(_counts(report))
    pairs = ((theme, texts.headlines.get(theme.theme.code, theme.headlines)) for theme in report.themes)
    said = tuple((name_theme(theme), "\n".join(sentences)) for theme, sentences in pairs if sentences)
    if said:
        blocks.append(Facts(said))
    return Section("Summary", tuple(blocks))


def _first_sentence(report: PerformanceReport) -> str:
    """ "9 of 61 indicators are exceptions ..."; of the others it says how many cannot be told, and are unknown."""
    rows, untold = report.rows, report.count(Verdict.CANNOT_TELL)
    unknown = sum(row.latest.value is None for row in rows)
    rest = f" Of {untold} it cannot be told." if untold else ""
    rest += f" {unknown} of all {len(rows)} have no figure for the latest period." if unknown else ""
    to = report.settings.to.words
    if untold == len(rows):
        return f"Of none of the {len(rows)} indicators can it be told whether the quarter to {to} is an exception."
    found = [(report.count(verdict), words) for verdict, words in _SAID if report.count(verdict)]
    exceptions = sum(number for number, _ in found)
    which = f" ({', '.join(f'{number} {words}' for number, words in found)})" if found else ""
    return f"{count_exceptions(exceptions, len(rows))} in the quarter to {to}{which}.{rest}"


_SAID: Final = (
    (Verdict.POSITIVE, "positive"),
    (Verdict.NEGATIVE, "negative"),
    (Verdict.NEITHER, "neither good nor bad"),
)


def _counts(report: PerformanceReport) -> Table:
    rows = tuple(_count_row(name_theme(theme), theme.rows) for theme in report.themes)
    columns = (
        Column("Theme", width=4),
        Column("Indicators", numeric=True),
        *(Column(head, numeric=True) for _, head in _COUNTED),
    )
    totals = (_count_row("All", report.rows),) if len(rows) > 1 else ()
    return Table(
        "Exceptions in the latest quarter, by theme",
        columns,
        rows,
        totals=totals,
        empty="The plan has no indicators.",
        note=report.rule_words,
    )


def _count_row(name: str, rows: tuple[ReportRow, ...]) -> Row:
    numbers = [sum(row.exception.verdict is verdict for row in rows) for verdict, _ in _COUNTED]
    return (name, *(Number(number, f"{number:,}") for number in (len(rows), *numbers)))


def name_theme(theme: ThemeOfReport) -> str:
    """ "Theme 1: Protecting people"; a theme without a code has its name alone."""
    return f"Theme {theme.theme.code}: {theme.theme.name}" if theme.theme.code else theme.theme.name


# -- themes -----------------------------------------------------------------------------------------------


def _theme(
    report: PerformanceReport, theme: ThemeOfReport, texts: ReportTexts, pictures: Charts
) -> Iterator[Section]:
    own = [sub for sub in theme.subs if sub.theme == theme.theme]  # what stands under it and under no sub-theme
    yield Section(name_theme(theme), tuple(make_indicator_table(report, sub) for sub in own))
    yield from (_indicator(row, texts, pictures, level=2) for sub in own for row in sub.rows)
    for sub in theme.subs:
        if sub not in own:
            heading = f"{sub.theme.code}: {sub.theme.name}" if sub.theme.code else sub.theme.name
            yield Section(heading, (make_indicator_table(report, sub),), level=2)
            yield from (_indicator(row, texts, pictures) for row in sub.rows)


def _indicator(row: ReportRow, texts: ReportTexts, pictures: Charts, *, level: int = 3) -> Section:
    blocks: list[Block] = []
    facts = make_facts(row)
    picture = pictures.get(row.code)
    if picture:
        blocks.append(
            Figure(
                picture,
                chart_title(row),
                say_chart(row),
                facts=facts,
                data=make_chart_data(row),
            )
        )
    else:
        blocks.append(Facts(facts))
    insight = texts.insights.get(row.code)
    if insight:
        blocks += make_insight(insight)
    return Section(f"{row.code} {row.indicator.name}", tuple(blocks), level=level)


def make_facts(row: ReportRow) -> tuple[tuple[str, Content], ...]:
    """What stands beside the chart: the latest figure, the exception, the limits, the standard, peers, notes."""
    facts: list[tuple[str, Content]] = [("Latest", _say_latest(row)), ("Exception", _say_exception(row))]
    if row.control:
        words = [row.control.sentence, row.control.assurance_words]
        facts.append(("Limits", f"{'. '.join(filter(None, words))}. Drawn: {row.chart.limits}."))
    elif is_drawn(row):
        facts.append(("Limits", Unknown(_say_no_limits(row))))
    if parts := _say_parts(row):
        facts.append(("Areas", parts))
    if row.standards:
        facts.append(("Standard", "\n".join(standard.sentence for standard in row.standards)))
    if row.peers:
        facts.append(("Peers", _say_peers(row)))
    if row.notes:
        facts.append(("Notes", "\n".join(row.notes)))
    return tuple(facts)


def _say_latest(row: ReportRow) -> Content:
    latest, change = row.latest, row.change
    if latest.value is None:
        return Unknown(f"{latest.unknown_words}: {latest.reason}")
    said = f"{latest.printed} in the {latest.words}"
    if not change.is_known:
        return f"{said}; the change over the year is not known. {change.reason}".strip()
    actual = f" ({change.actual_printed})" if change.actual is not None else ""
    return f"{said}; {change.share_printed}{actual} on the year before."


def _say_exception(row: ReportRow) -> Content:
    verdict = row.exception.verdict
    detectable = f" {row.exception.detectable}" if row.exception.detectable else ""
    if verdict is Verdict.CANNOT_TELL:
        return Unknown(f"Cannot tell. {row.exception.sentence}{detectable}")
    words = f"{verdict.words[:1].upper()}{verdict.words[1:]}"
    lead = f"{verdict.shape} {words}. ".lstrip()
    rest = "" if verdict.is_exception else detectable
    return (Text(lead, bold=verdict.is_exception), Text(f"{row.exception.sentence}{rest}"))


def _say_no_limits(row: ReportRow) -> str:
    if row.chart.points and row.chart.span.months > 1:
        return "No limits: they belong to months, and periods that overlap or are few have none."
    return "No limits: fewer than twelve months are known."


def _say_parts(row: ReportRow) -> str:
    """Which areas a change in number was made in, the largest parts first; "" of what does not add up by area."""
    whole = row.change.actual
    known = [(area.name, area.change.actual) for area in row.by_area if area.change.actual is not None]
    if row.indicator.unit not in ADDED or not whole or len(known) < 2:
        return ""
    largest = sorted(known, key=lambda part: (-abs(part[1]), part[0]))
    said = [f"{name} {say_signed(part, row.indicator.decimals)}" for name, part in largest[:_PARTS]]
    others = whole - sum((part for _, part in largest[:_PARTS]), Decimal())
    if others:
        said.append(f"elsewhere {say_signed(others, row.indicator.decimals)}")
    return f"Of {row.change.actual_printed}: {', '.join(said)}."


def _say_peers(row: ReportRow) -> str:
    said = []
    for peer in row.peers:
        figure = say_period(peer.figure)
        printed = figure.printed if isinstance(figure, Number) else peer.figure.unknown_words
        earlier = f" to {peer.figure.to.short}" if peer.figure.to != row.latest.to else ""
        note = f" ({peer.note})" if peer.note else ""
        said.append(f"{peer.name} {printed}{earlier}{note}")
    return "; ".join(said) + "."


def _notes(report: PerformanceReport) -> tuple[str, ...]:
    notes = []
    unknown = [row for row in report.rows if row.latest.value is None]
    if unknown:
        codes = ", ".join(row.code for row in unknown)
        notes.append(f"Left out of every count of changes, because the latest figure is not known: {codes}.")
    if not report.plan.verified:
        notes.append("The plan's definitions are not verified.")
    if report.plan.notes:
        notes.append(report.plan.notes)
    notes.append(
        "Figures are recomputed from the record; a change over the year is never carried over from print."
    )
    return tuple(notes)
