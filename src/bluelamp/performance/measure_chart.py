"""How are the months of a measure drawn? Single months with their limits, twelve-month figures as a line.

Limits are never drawn round twelve-month figures: on pure chance they mark two in three of the latest points.
Months whose figures still ripen are left out, because they would be marked for nothing but their age.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.figures.control_charts import ControlChart, make_control_chart
from bluelamp.figures.control_words import say_chart
from bluelamp.figures.months import Month, Span
from bluelamp.lib.written import say_many, say_month
from bluelamp.papers.charts_control import draw_control_chart
from bluelamp.papers.charts_series import SeriesChart, SeriesLine, draw_series_chart
from bluelamp.performance.measure_page import Line, describe_lines
from bluelamp.performance.measure_questions import Question

LEAST: Final = 12
"""Known months from which limits are drawn."""


@dataclass(frozen=True)
class MonthsChart:
    """`control` is None where no limits are drawn. `lines` are what is drawn, newest first."""

    question: Question
    title: str
    lines: tuple[Line, ...]
    control: ControlChart | None
    left_out: int  # months that still ripen

    @property
    def words(self) -> str:
        if self.control is None:
            return describe_lines(self.lines)
        return say_chart(self.control, day=say_month)

    @property
    def notes(self) -> list[str]:
        """What a reader should know before leaning on it."""
        said = []
        if self.left_out:
            are = "is" if self.left_out == 1 else "are"
            said.append(f"The last {say_many(self.left_out, 'figure')} {are} not drawn: they may still change.")
        if self.question.span is not Span.MONTH:
            said.append(
                "Each figure shares eleven months with the next, so no limits are drawn: look at single months."
            )
        elif self.control is None:
            said.append(f"No limits are drawn: they need {LEAST} known months.")
        else:
            said.append("The limits take no account of the season: a month is compared with all the others.")
        return said

    def draw(self) -> str:
        """SVG with its title and description inside."""
        if self.control is not None:
            unit = "% of each month" if self.question.output.unit == "percentage" else "each month"
            return draw_control_chart(self.control, self.title, unit=unit, day=say_month)
        after = "%" if self.question.output.unit == "percentage" else ""
        points = tuple((Month.parse(line.key), line.value) for line in reversed(self.lines))
        series = (SeriesLine(name="", points=points),)
        return draw_series_chart(SeriesChart(title=self.title, description=self.words, lines=series, after=after))


def make_chart(question: Question, lines: Sequence[Line], title: str) -> MonthsChart | None:
    """None where fewer than two figures can be drawn."""
    ripe = tuple(line for line in lines if not line.note)
    known = [line for line in ripe if line.value is not None]
    if len(known) < 2:
        return None
    first = min(line.key for line in known)
    drawn = tuple(line for line in ripe if line.key >= first)
    control = None
    if question.span is Span.MONTH and len(known) >= LEAST:
        days = [Month.parse(line.key).first for line in reversed(drawn)]
        control = make_control_chart(days, [line.value for line in reversed(drawn)])
    return MonthsChart(question, title, drawn, control, len(lines) - len(ripe))
