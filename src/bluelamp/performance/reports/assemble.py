"""What does a plan's report say, from its figures? Pure: the same plan, figures and settings give the same report.

An indicator's page, a draft and the published paper are made of what this gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bluelamp.figures.months import Month, Span
from bluelamp.lib.errors import PlainError
from bluelamp.performance.plans import AreaOfPlan, Indicator, Plan, Theme
from bluelamp.performance.reports.headlines import make_headlines
from bluelamp.performance.reports.model import (
    AreaFigure,
    ChangeOfRow,
    LoadKnown,
    PeerFigure,
    PerformanceReport,
    PeriodFigure,
    ReportRow,
    Settings,
    SubTheme,
    ThemeOfReport,
)
from bluelamp.performance.reports.periods import ADDED, SeriesBySpan, find_period
from bluelamp.performance.reports.row_notes import make_notes
from bluelamp.performance.reports.small_chart import make_chart
from bluelamp.performance.reports.standards import judge_standards
from bluelamp.performance.reports.tested import Tested, find_exceptions
from bluelamp.performance.reports.yearly_change import find_change
from bluelamp.performance.series import FORCE, Series, SeriesKey

Peers = Mapping[str, Sequence[PeerFigure]]
Progress = Callable[[int], None]


def assemble_report(
    plan: Plan,
    series: Mapping[SeriesKey, Series],
    settings: Settings,
    *,
    loads: Iterable[LoadKnown] = (),
    peers: Peers | None = None,
    tested: Tested | None = None,
    progress: Progress | None = None,
) -> PerformanceReport:
    """The report of one area. `series` may hold every area and span: those below the area are shown beside it.

    `tested` are the exceptions of all areas, where several reports are made of the same figures; else they are
    found here. `peers` are figures of other forces by indicator. `progress` is told each finished indicator.
    """
    area = find_area(plan, settings.area)
    figures = _Figures(plan, series)
    if tested is None:
        tested = find_exceptions(plan, series, settings)
    maker = _Rows(plan, settings, area, figures, tested, peers or {})
    themes = _make_themes(plan, maker, progress)
    used = {key for theme in themes for row in theme.rows for key in row.loads}
    return PerformanceReport(
        plan=plan,
        settings=settings,
        area_name=area.name,
        area_level=area.level,
        ends=quarter_ends(settings.to, settings.quarters),
        themes=themes,
        loads=tuple(sorted((load for load in loads if load.key in used), key=lambda load: load.number)),
        rule_words=tested.rule_words,
        tests=tested.tests,
    )


def assemble_row(
    plan: Plan,
    code: str,
    series: Mapping[SeriesKey, Series],
    settings: Settings,
    *,
    peers: Sequence[PeerFigure] = (),
    tested: Tested | None = None,
) -> ReportRow:
    """One indicator in one area, for its page; PlainError where the plan has no such indicator."""
    indicator = plan.indicator(code)
    if indicator is None:
        raise PlainError(f"The plan {plan.slug} has no indicator {code}.")
    if tested is None:
        tested = find_exceptions(plan, series, settings)
    area = find_area(plan, settings.area)
    return _Rows(plan, settings, area, _Figures(plan, series), tested, {code: peers}).make(indicator)


def find_area(plan: Plan, slug: str) -> AreaOfPlan:
    """The area of that slug; the whole force needs no entry in the plan."""
    found = plan.area(slug)
    if found is not None:
        return found
    if slug == FORCE:
        return AreaOfPlan(slug=FORCE, name="Force", level="force")
    known = ", ".join(each.slug for each in plan.areas) or "none but the force"
    raise PlainError(f"The plan {plan.slug} has no area “{slug}”; its areas are: {known}.")


def areas_below(plan: Plan, slug: str) -> tuple[AreaOfPlan, ...]:
    """The areas that are parts of an area, in the plan's order; of the force, those that name no other parent."""
    parents = {slug} | ({""} if slug == FORCE else set())
    return tuple(each for each in plan.areas if each.slug not in (slug, FORCE) and each.parent in parents)


def areas_at(plan: Plan, level: str) -> tuple[AreaOfPlan, ...]:
    """The areas of a level (force, command, neighbourhood, team): a pack of the level has a report of each."""
    found = tuple(each for each in plan.areas if each.level == level)
    return found or ((find_area(plan, FORCE),) if level == "force" else ())


@dataclass(frozen=True)
class _Figures:
    """The series of a plan by indicator and area, and within those by span."""

    plan: Plan
    series: Mapping[SeriesKey, Series]

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], dict[Span, Series]]:
        found: dict[tuple[str, str], dict[Span, Series]] = {}
        for key, series in self.series.items():
            if key.plan == self.plan.slug and not key.breakdown:
                found.setdefault((key.code, key.area), {})[key.span] = series
        return found

    def of(self, code: str, area: str) -> SeriesBySpan:
        return self._by_place.get((code, area), {})


@dataclass(frozen=True)
class _Rows:
    plan: Plan
    settings: Settings
    area: AreaOfPlan
    figures: _Figures
    tested: Tested
    peers: Peers

    def make(self, indicator: Indicator) -> ReportRow:
        to, area = self.settings.to, self.area.slug
        series = self.figures.of(indicator.code, area)
        ends = quarter_ends(to, self.settings.quarters)
        periods = tuple(find_period(indicator, series, end) for end in ends)
        standards = judge_standards(indicator, periods[-1], area)
        yearly = indicator.unit in ADDED  # a standard of a year's number is none of a month's
        judged = standards[0].standard if standards and not yearly else None
        chart, control = make_chart(indicator, series, to, judged)
        loads = tuple(dict.fromkeys(load for period in periods for load in period.loads))
        flags = {flag for period in periods for flag in period.flags}
        return ReportRow(
            indicator=indicator,
            periods=periods,
            change=self._change(indicator, series, periods),
            exception=self.tested.of(indicator.code, area),
            chart=chart,
            control=control,
            standards=standards,
            peers=tuple(self.peers.get(indicator.code) or self._beside(indicator)),
            by_area=tuple(self._below(indicator)),
            notes=make_notes(indicator, series, periods),
            loads=loads,
            starred="starred" in flags,
            provisional="provisional" in flags,
        )

    def _change(self, indicator: Indicator, series: SeriesBySpan, periods: Sequence[PeriodFigure]) -> ChangeOfRow:
        before = find_period(indicator, series, self.settings.to.plus(-12))
        return find_change(indicator, before, periods[-1])

    def _beside(self, indicator: Indicator) -> Iterable[PeerFigure]:
        """Areas of the same level under the same parent. The peers of a force are other forces: they are given."""
        if self.area.slug == FORCE:
            return
        for area in self.plan.areas:
            if (area.level, area.parent) == (self.area.level, self.area.parent) and area.slug != self.area.slug:
                series = self.figures.of(indicator.code, area.slug)
                if series:
                    figure = find_period(indicator, series, self.settings.to)
                    yield PeerFigure(name=area.name, figure=figure)

    def _below(self, indicator: Indicator) -> Iterable[AreaFigure]:
        to = self.settings.to
        for area in areas_below(self.plan, self.area.slug):
            series = self.figures.of(indicator.code, area.slug)
            if not series:
                continue
            latest = find_period(indicator, series, to)
            yield AreaFigure(
                slug=area.slug,
                name=area.name,
                level=area.level,
                figure=latest,
                change=self._change(indicator, series, (latest,)),
                exception=self.tested.of(indicator.code, area.slug),
            )


def _make_themes(plan: Plan, maker: _Rows, progress: Progress | None) -> tuple[ThemeOfReport, ...]:
    """Themes in the plan's order; a theme's own indicators come before those of its sub-themes."""
    themes = []
    known = {theme.code for theme in plan.themes}
    tops = [theme for theme in plan.themes if not theme.parent]
    if any(indicator.theme not in known for indicator in plan.indicators):
        tops.append(Theme(code="", name="Indicators under no theme"))
    for top in tops:
        parts = (top, *(theme for theme in plan.themes if top.code and theme.parent == top.code))
        subs = []
        for part in parts:
            rows = []
            for indicator in plan.indicators:
                if indicator.theme == part.code or (not part.code and indicator.theme not in known):
                    rows.append(maker.make(indicator))
                    if progress:
                        progress(1)
            if rows:
                subs.append(SubTheme(part, tuple(rows)))
        if subs:
            found = tuple(row for sub in subs for row in sub.rows)
            themes.append(ThemeOfReport(top, tuple(subs), make_headlines(found, maker.settings.to)))
    return tuple(themes)


def quarter_ends(to: Month, quarters: int) -> tuple[Month, ...]:
    return tuple(to.plus(-3 * back) for back in reversed(range(quarters)))
