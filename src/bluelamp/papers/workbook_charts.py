"""How does a workbook draw a paper's charts itself, from cells that a reader can change and use?

The numbers of all charts stand in one long list, a row for each period of each chart; on the sheet before it Excel
draws each chart from its rows.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any, Final

from bluelamp.papers.charts import find_scale
from bluelamp.papers.model import ChartData, ChartLine, Figure, Paper
from bluelamp.papers.outline import place, say_caption
from bluelamp.papers.workbook_looks import Looks, SheetNames

_ACROSS, _DOWN = 500, 250  # pixels of a chart
_SIDE_BY_SIDE: Final = 2
_ROW_PIXELS, _COLUMN_PIXELS = 20, 64
_HEADS: Final = (("Figure", 11.0), ("Chart", 46.0), ("Unit", 12.0), ("Period", 14.0))
_PERIOD: Final = 3  # its column
_LINE_WIDTH: Final = 12.0
_LONG: Final = 30  # months from which only years are named
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "value": {"color": "#12436D", "width": 2},
    "middle": {"color": "#505A5F", "width": 1},
    "limit": {"color": "#505A5F", "width": 0.75, "dash_type": "dash"},
    "target": {"color": "#801650", "width": 1.5, "dash_type": "round_dot"},
}
_MORE: Final = ("#12436D", "#28A197", "#801650", "#F46A25")
_MARKERS: Final = ("none", "square", "diamond", "triangle")

Charted = tuple[str, Figure, ChartData]


def find_charts(paper: Paper) -> list[Charted]:
    """The figures that bring their numbers, each with its number."""
    return [
        (placed.number, placed.block, placed.block.data)
        for section in place(paper)
        for placed in section.blocks
        if isinstance(placed.block, Figure) and placed.block.data
    ]


def write_charts(book: Any, looks: Looks, paper: Paper, names: SheetNames) -> list[tuple[str, str]]:
    """The two sheets: what they hold and their names. None where no figure brings its numbers."""
    charts = find_charts(paper)
    if not charts:
        return []
    drawn, listed = names.next("Charts"), names.next("Chart figures")
    sheet = book.add_worksheet(drawn)
    looks.set_up(sheet, paper)
    sheet.hide_gridlines(2)
    rows = _write_rows(book.add_worksheet(listed), looks, paper, charts)
    columns = _columns(charts)
    for nth, (chart, first) in enumerate(zip(charts, rows, strict=True)):
        _insert(book, sheet, chart, (listed, first, columns), nth)
    return [("The charts, drawn from the next sheet", drawn), ("The figures of the charts", listed)]


def _columns(charts: Sequence[Charted]) -> dict[str, int]:
    """In which column each line stands: lines of one name share one."""
    names = dict.fromkeys(line.name for _, _, data in charts for line in data.lines)
    return {name: len(_HEADS) + nth for nth, name in enumerate(names)}


def _write_rows(sheet: Any, looks: Looks, paper: Paper, charts: Sequence[Charted]) -> list[int]:
    """The list; the first row of each chart."""
    looks.set_up(sheet, paper)
    columns = _columns(charts)
    heads = [*_HEADS, *((name, _LINE_WIDTH) for name in columns)]
    for nth, (head, width) in enumerate(heads):
        sheet.write_string(0, nth, head, looks.head(numeric=nth >= len(_HEADS)))
        sheet.set_column(nth, nth, width)
    sheet.freeze_panes(1, len(_HEADS))
    sheet.repeat_rows(0)
    plain, dated, firsts, at = looks.make(), looks.make(num_format="mmm yyyy", align="left"), [], 1
    for number, figure, data in charts:
        firsts.append(at)
        for nth, period in enumerate(data.periods):
            for column, words in enumerate((number, figure.caption, data.unit)):
                sheet.write_string(at, column, looks.cut(words), plain)
            sheet.write_datetime(at, _PERIOD, dt.datetime.combine(period.first, dt.time()), dated)
            for line in data.lines:
                value = line.values[nth]
                if value is not None:
                    sheet.write_number(at, columns[line.name], float(value), plain)
            at += 1
    sheet.autofilter(0, 0, at - 1, len(heads) - 1)
    return firsts


def _insert(book: Any, sheet: Any, charted: Charted, where: tuple[str, int, dict[str, int]], nth: int) -> None:
    number, figure, data = charted
    listed, first, columns = where
    last = first + len(data.periods) - 1
    chart = book.add_chart({"type": "line"})
    for order, line in enumerate(data.lines):
        column = columns[line.name]
        chart.add_series(
            {
                "name": line.name,
                "categories": [listed, first, _PERIOD, last, _PERIOD],
                "values": [listed, first, column, last, column],
                "line": _look(data, line, order),
                "marker": {"type": _marker(data, line, order)},
            }
        )
    chart.set_title({"name": say_caption(number, figure.caption), "name_font": {"size": 10}, "overlay": False})
    chart.set_x_axis(_across(data))
    chart.set_y_axis(
        {
            **_up(data),
            "name": data.unit,
            "name_font": {"size": 8, "bold": False},
            "num_font": {"size": 8},
            "major_gridlines": {"visible": True, "line": {"color": "#D8DCDE", "width": 0.5}},
            "num_format": "#,##0.##",
        }
    )
    chart.set_legend({"position": "bottom", "font": {"size": 8}})
    chart.set_size({"width": _ACROSS, "height": _DOWN})
    down, across = divmod(nth, _SIDE_BY_SIDE)
    chart_rows = -(-_DOWN // _ROW_PIXELS) + 1
    chart_columns = -(-_ACROSS // _COLUMN_PIXELS) + 1
    sheet.insert_chart(
        down * chart_rows, across * chart_columns, chart, {"description": figure.alternative, "object_position": 3}
    )


def _across(data: ChartData) -> dict[str, Any]:
    """An axis of dates: each year of a long chart, some of the periods of a short one."""
    months = data.periods[-1].index - data.periods[0].index + 1 if data.periods else 0
    long = months > _LONG
    return {
        "date_axis": True,
        "num_font": {"size": 8},
        "num_format": "mmm yyyy",
        "major_unit": 1 if long else max(1, months // 4),
        "major_unit_type": "years" if long else "months",
    }


def _up(data: ChartData) -> dict[str, float]:
    """Ends and steps in round numbers, round what there is to show."""
    low, high = find_scale([float(value) for line in data.lines for value in line.values if value is not None])
    rough = (high - low) / 5
    tens = 10.0 ** math.floor(math.log10(rough))
    step = next(each * tens for each in (1, 2, 5, 10) if each * tens >= rough * 0.999)
    ends = (math.floor(low / step) * step, math.ceil(high / step) * step)
    return {"min": round(ends[0], 6), "max": round(ends[1], 6), "major_unit": step}


def _look(data: ChartData, line: ChartLine, order: int) -> dict[str, Any]:
    if line.kind == "value" and sum(each.kind == "value" for each in data.lines) > 1:
        return {"color": _MORE[order % len(_MORE)], "width": 2}
    return _LOOKS[line.kind]


def _marker(data: ChartData, line: ChartLine, order: int) -> str:
    """Several lines of one kind differ in shape too, not in colour alone."""
    several = sum(each.kind == "value" for each in data.lines) > 1
    return _MARKERS[order % len(_MARKERS)] if several and line.kind == "value" else "none"
