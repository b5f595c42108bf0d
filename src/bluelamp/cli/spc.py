"""`bluelamp spc FILE`: which points of a series are unusual, is its target within reach? Needs no workspace."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name

if TYPE_CHECKING:
    import datetime as dt

    from bluelamp.figures.control_charts import ControlChart
    from bluelamp.figures.control_rules import ControlSettings
    from bluelamp.figures.control_series import ControlSeries

FILE = Annotated[
    Path, typer.Argument(help="A .csv with dates and values, or a .json of cases.", show_default=False)
]
REBASE = Annotated[
    list[str] | None, typer.Option("--rebase", metavar="DATE", help="Begin new limits at this date; repeatable.")
]
FIX_AFTER = Annotated[
    int | None, typer.Option("--fix-after", metavar="N", help="Only the first N points (12 or more) set limits.")
]
TARGET = Annotated[
    float | None, typer.Option("--target", metavar="X", help="The target to set against the limits.")
]
IMPROVEMENT = Annotated[
    str, typer.Option("--improvement", help="Which way is better: increase, decrease or neutral.")
]
SCREEN = Annotated[
    bool,
    typer.Option(
        "--screen-outliers/--no-screen-outliers", help="Leave moving ranges that stand out out of the limits."
    ),
]
RULES = Annotated[str, typer.Option("--rules", help="The rule set: mdc_2021 or mdc_2024.")]
VALUE = Annotated[str, typer.Option("--value", metavar="HEAD", help="The head of a CSV's column of values.")]
SEASON = Annotated[
    bool,
    typer.Option(
        "--deseasonalise/--keep-season",
        help="Of a CSV by month, three years or longer: take the season out before charting, if there is one.",
    ),
]
JSON = Annotated[bool, typer.Option("--json", help="Print the result as JSON (bluelamp.spc/1).")]
SVG = Annotated[Path | None, typer.Option("--svg", metavar="OUT", help="Write the chart of one series as SVG.")]


def spc(
    file: FILE,
    rebase: REBASE = None,
    fix_after: FIX_AFTER = None,
    target: TARGET = None,
    improvement: IMPROVEMENT = "neutral",
    screen_outliers: SCREEN = True,
    rules: RULES = "mdc_2021",
    value: VALUE = "",
    deseasonalise: SEASON = False,
    as_json: JSON = False,
    svg: SVG = None,
) -> None:
    """Draw a control chart (XmR) of a series, after the rules of Making Data Count.

    A JSON file holds {"cases": [{"id", "input": {"values", "dates", ...}}]}; what a case does not say comes from
    the options. A case that cannot be charted has an error as its result, and the exit code stays 0.
    """
    from bluelamp.figures.control_rules import ControlSettings, find_improvement, find_rules

    if as_json and svg:
        raise PlainError("--json prints and --svg draws: give one of them.")
    settings = ControlSettings(
        fix_after=fix_after,
        target=target,
        improvement=find_improvement(improvement),
        screen_outliers=screen_outliers,
        rules=find_rules(rules),
    )
    settings.check()
    if not file.is_file():
        raise PlainError(f"There is no file {show_name(str(file))}: check its name.")
    data = file.read_bytes()
    if file.suffix.lower() == ".json" or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        if deseasonalise or value:
            raise PlainError(
                "--deseasonalise and --value are for a CSV; a JSON file's values are charted as given."
            )
        _show_cases(file, data, replace(settings, rebase=_read_days(rebase or ())), as_json, svg)
    else:
        _show_table(file, data, settings, rebase or (), value, deseasonalise, as_json, svg)


def _read_days(said: Sequence[str]) -> tuple[dt.date, ...]:
    from bluelamp.figures.control_series import read_time

    days = []
    for each in said:
        period = read_time(each)
        if period is None:
            raise PlainError(f"--rebase {show_name(each)} is no date: write it as 2021-03 or 2021-03-31.")
        days.append(period.start or period.end)
    return tuple(days)


def _warn(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)


# -- a file of cases --------------------------------------------------------------------------------------


def _show_cases(file: Path, data: bytes, settings: ControlSettings, as_json: bool, svg: Path | None) -> None:
    charted = [(case, *_chart_case(case, settings)) for case in _read_cases(file, data)]
    if as_json:
        _print_json([(_id_of(case), result) for case, _, result in charted])
        return
    if svg:
        if len(charted) != 1:
            raise PlainError(f"{show_name(file.name)} holds {len(charted)} cases: --svg draws a file of one.")
        case, chart, result = charted[0]
        if chart is None:
            raise PlainError(f"{result['error']}")
        _draw(chart, str(_id_of(case) or file.stem), svg, _say_day(chart))
        return
    for nth, (case, chart, result) in enumerate(charted, 1):
        title = show_name(str(_id_of(case) or f"Case {nth}"))
        if chart is None:
            _say(f"{title}: not charted. {result['error']}")
        else:
            _print_chart(chart, title, _say_day(chart), rows=len(charted) == 1)


def _read_cases(file: Path, data: bytes) -> list[Any]:
    import msgspec

    try:
        raw = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PlainError(f"{show_name(file.name)} is not valid JSON: {error}.") from error
    cases = raw.get("cases") if isinstance(raw, dict) else None
    if not isinstance(cases, list):
        raise PlainError(
            f'{show_name(file.name)} holds no cases: write {{"cases": [{{"id": ..., "input": {{"values": [...],'
            ' "dates": [...]}}]}.'
        )
    return cases


def _id_of(case: object) -> object:
    return case.get("id") if isinstance(case, dict) else None


def _chart_case(case: object, settings: ControlSettings) -> tuple[ControlChart | None, dict[str, Any]]:
    """The chart, None where it cannot be made, and the result as it is written."""
    from bluelamp.figures.control_cases import KNOWN, read_case, write_chart

    given = case.get("input") if isinstance(case, dict) else None
    title = show_name(str(_id_of(case)))
    if isinstance(given, dict) and (unknown := sorted(map(str, given.keys() - KNOWN))):
        _warn(f"{title}: “{show_name(unknown[0])}” is no setting of a chart and was not used.")
    try:
        read = read_case(given, settings)
        chart = read.chart()
    except PlainError as error:
        return None, {"error": str(error)}
    for day in read.unused_rebases:
        _warn(f"{title}: no point has the date {day.isoformat()}, so no limits begin anew there.")
    return chart, dict(write_chart(chart, bare=read.bare))


# -- a table ----------------------------------------------------------------------------------------------


def _show_table(
    file: Path,
    data: bytes,
    settings: ControlSettings,
    rebase: Sequence[str],
    value: str,
    deseasonalise: bool,
    as_json: bool,
    svg: Path | None,
) -> None:
    from bluelamp.figures.control_cases import write_chart
    from bluelamp.figures.control_charts import make_control_chart
    from bluelamp.figures.control_series import read_series

    try:
        series = read_series(_read_rows(data), value)
    except PlainError as error:
        raise PlainError(f"{show_name(file.name)}: {error}") from error
    settings = replace(settings, rebase=tuple(series.find_day(each) for each in rebase))
    values, notes = _treat_season(series, deseasonalise)
    freed = ", season taken out" if values != list(series.values) else ""
    chart = make_control_chart(series.days, values, settings)
    _warn(*series.notes, *notes)
    title = f"{series.name}, {show_name(file.stem)}{freed}"
    if as_json:
        _print_json([(file.stem, dict(write_chart(chart)))])
    elif svg:
        _draw(chart, title, svg, _say_day(chart))
    else:
        _print_chart(chart, title, _say_day(chart), rows=True)


def _read_rows(data: bytes) -> list[tuple[int, list[str]]]:
    import csv
    import io

    from bluelamp.documents.readers.decoding import decode_text
    from bluelamp.documents.readers.sheets_csv import find_separator

    text, _ = decode_text(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    try:
        return list(enumerate(csv.reader(io.StringIO(text), delimiter=find_separator(text)), 1))
    except csv.Error as error:
        raise PlainError(f"The rows cannot be told apart ({error}): save the file again as CSV.") from error


def _treat_season(series: ControlSeries, take_out: bool) -> tuple[list[float | None], list[str]]:
    """The values to chart, and what is said of their season."""
    from bluelamp.figures.seasons import Kind, Verdict, find_season, remove_season, say_season

    values = list(series.values)
    if series.months is None:
        why = "The series does not go from month to month, so no season was looked for; it is charted as given."
        return values, [why] if take_out else []
    whole = all(value is None or (value >= 0 and value == round(value)) for value in values)
    season = find_season(series.months, values, Kind.COUNT if whole and not series.percent else Kind.RATE)
    found = season.verdict is Verdict.FOUND
    if take_out:
        done = "It was taken out before charting." if found else "The values are charted as given."
        return remove_season(series.months, values, season), [f"{say_season(season)} {done}"]
    if found:
        advice = "Months of the season may be marked for it alone: --deseasonalise takes it out first."
        return values, [f"{say_season(season)} {advice}"]
    return values, []


# -- what is printed --------------------------------------------------------------------------------------


def _print_json(results: list[tuple[object, dict[str, Any]]]) -> None:
    import msgspec

    from bluelamp.cli.screen import print_json

    wire = {"schema": "bluelamp.spc/1", "cases": [{"id": name, "result": result} for name, result in results]}
    print_json(msgspec.json.format(msgspec.json.encode(wire), indent=2))


def _say(sentence: str) -> None:
    from bluelamp.cli.screen import say

    say(sentence)


def _say_day(chart: ControlChart) -> Callable[[dt.date], str]:
    """Days of a series that has one a month, on its first or last, are said as months."""
    from bluelamp.figures.months import Month
    from bluelamp.lib.calendar_days import say_day

    days = [point.day for point in chart.points]
    one_each = len({Month.of(day) for day in days}) == len(days)
    edges = all(day == Month.of(day).first for day in days) or all(day == Month.of(day).last for day in days)
    return (lambda day: Month.of(day).words) if one_each and edges else say_day


def _draw(chart: ControlChart, title: str, out: Path, day: Callable[[dt.date], str]) -> None:
    from bluelamp.papers.charts_control import draw_control_chart

    out.write_text(draw_control_chart(chart, title, day=day), encoding="utf-8")
    _say(str(out))


def _print_chart(chart: ControlChart, title: str, day: Callable[[dt.date], str], *, rows: bool) -> None:
    from bluelamp.figures.control_words import say_chart

    if rows:
        from bluelamp.cli.screen import make_console

        make_console().print(_make_table(chart, day))
    _say(f"{title}. {say_chart(chart, day=day)}")


def _make_table(chart: ControlChart, day: Callable[[dt.date], str]) -> Any:
    from rich.table import Table

    from bluelamp.figures.control_words import say_number, say_point

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Date", no_wrap=True)
    for head in ("Value", "Mean", "Lower limit", "Upper limit"):
        table.add_column(head, justify="right")
    table.add_column("What it says", overflow="fold")
    for point in chart.points:
        limits = point.limits
        numbers = (point.value, *((limits.mean, limits.lower, limits.upper) if limits else (None,) * 3))
        said = ["none" if each is None else say_number(each) for each in numbers]
        said[0] = "missing" if point.value is None else said[0]
        table.add_row(day(point.day), *said, say_point(point, chart))
    return table
