"""How is a cube plan said as one statement that DuckDB and Spark both run?

Three steps, of which the last two are there only where they are asked for: count the records by the raw columns;
put codes into areas (a join with a lookup); let each month count in every window that it is in (a join with the
numbers 0 to 11). There are only joins and groupings: window functions skip months without records.
Values are parameters, names are checked by the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bluelamp.performance.cubes.cube_plan import MONTH, CubePlan, Filter, Key, Operator, Scalar, Tally, Total

if TYPE_CHECKING:
    from sqlglot import exp

RECORDS: Final = "records"
"""The view that an engine gives to the statement; lookups are `lookup_` and their name."""
_OFFSET: Final = "months_on"
_WIDE: Final = "DECIMAL(20, 0)"  # holds every number of 64 bits; sums of it have ten digits more
_COMBINED: Final = {Total.COUNT: "SUM", Total.SUM: "SUM", Total.LEAST: "MIN", Total.MOST: "MAX"}


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with named parameters ($v0 in DuckDB, :v0 in Spark) and their values.

    Its columns are the keys' by `key_column`, then the tallies by their names. Months are whole numbers
    (`Month.index`).
    """

    sql: str
    values: Mapping[str, Scalar]


def key_column(key: Key) -> str:
    """How a key's column is called in the result: no tally is called so."""
    return "key_" + key.name.replace("-", "_")


def lookup_view(lookup: str) -> str:
    """Columns: code, area, first, last (days of months between which it holds)."""
    return "lookup_" + lookup.replace("-", "_")


def compile_plan(plan: CubePlan, dialect: str = "duckdb", narrow: Collection[str] = ()) -> Statement:
    """The plan in a dialect of sqlglot's: duckdb, spark.

    `narrow`: columns of 64 bits that the engine would add up in 64 bits, as Spark does; DuckDB takes 128.
    """

    values: dict[str, Scalar] = {}
    counted = _count_records(plan, values, narrow)
    steps: list[tuple[str, exp.Select]] = [("counted", counted)]
    if plan.lookups:
        steps.append(("placed", _place(plan)))
    last = _finish(plan, steps[-1][0])
    for name, step in steps:
        last = last.with_(name, as_=step)
    return Statement(last.sql(dialect=dialect), values)


def _count_records(plan: CubePlan, values: dict[str, Scalar], narrow: Collection[str]) -> exp.Select:
    """By the raw columns: nothing is worked out for a record, only for the cells that come of them."""
    from sqlglot import exp

    columns = list(dict.fromkeys(key.column for key in plan.keys))
    if plan.lookups and MONTH not in columns:
        columns.append(MONTH)  # the lookup asks for it
    selected: list[exp.Expr] = [_column(name) for name in columns]
    selected += [exp.alias_(_tally(tally, values, narrow), tally.name, quoted=True) for tally in plan.tallies]
    query = exp.select(*selected).from_(exp.to_table(RECORDS))
    conditions = [_condition(each, values) for each in (*plan.filters, *_bounds(plan))]
    if conditions:
        query = query.where(*conditions)
    return query.group_by(*(_column(name) for name in columns)) if columns else query


def _bounds(plan: CubePlan) -> list[Filter]:
    found = []
    if plan.first is not None:
        found.append(Filter(MONTH, Operator.AT_LEAST, (plan.first.first,)))
    if plan.last is not None:
        found.append(Filter(MONTH, Operator.AT_MOST, (plan.last.first,)))
    return found


def _tally(tally: Tally, values: dict[str, Scalar], narrow: Collection[str]) -> exp.Expr:
    from sqlglot import exp

    conditions = [_condition(each, values) for each in tally.where]
    if tally.total is Total.COUNT and not conditions:
        return exp.Count(this=exp.Star())
    what: exp.Expr = exp.Literal.number(1) if tally.total is Total.COUNT else _column(tally.column)
    if tally.total is Total.SUM and tally.column in narrow:
        what = exp.cast(what, _WIDE)
    if conditions:
        what = exp.Case().when(exp.and_(*conditions), what)
    match tally.total:
        case Total.COUNT:
            return exp.Count(this=what)
        case Total.SUM:
            return exp.Sum(this=what)
        case Total.LEAST:
            return exp.Min(this=what)
        case Total.MOST:
            return exp.Max(this=what)


def _condition(each: Filter, values: dict[str, Scalar]) -> exp.Expr:
    """True, false or nothing at all; nothing counts as false wherever it stands."""
    from sqlglot import exp

    column = _column(each.column)
    given = [_parameter(value, values) for value in each.values]
    match each.operator:
        case Operator.ANY_OF:
            return exp.In(this=column, expressions=given)
        case Operator.NONE_OF:
            other = exp.Not(this=exp.In(this=column.copy(), expressions=given))
            return exp.Paren(this=exp.Or(this=exp.Is(this=column, expression=exp.Null()), expression=other))
        case Operator.KNOWN:
            return exp.Not(this=exp.Is(this=column, expression=exp.Null()))
        case Operator.BLANK:
            return exp.Is(this=column, expression=exp.Null())
        case Operator.AT_LEAST:
            return exp.GTE(this=column, expression=given[0])
        case Operator.AT_MOST:
            return exp.LTE(this=column, expression=given[0])


def _parameter(value: Scalar, values: dict[str, Scalar]) -> exp.Expr:
    """A parameter, with its type said where a driver might pass it as another."""
    from sqlglot import exp

    name = f"v{len(values)}"
    values[name] = value
    placeholder = exp.Placeholder(this=name)
    return exp.cast(placeholder, "DATE") if isinstance(value, dt.date) else placeholder


def _place(plan: CubePlan) -> exp.Select:
    """The cells with their codes' areas beside them."""
    from sqlglot import exp

    query = exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier("counted"))).from_(
        exp.to_table("counted")
    )
    for key in (each for each in plan.keys if each.lookup):
        view = exp.to_identifier(f"of_{key_column(key)}")
        month = _column(MONTH, "counted")
        held = (
            exp.EQ(this=_column(key.column, "counted"), expression=exp.column("code", table=view, quoted=True)),
            exp.GTE(this=month, expression=exp.column("first", table=view.copy(), quoted=True)),
            exp.LTE(this=month.copy(), expression=exp.column("last", table=view.copy(), quoted=True)),
        )
        area = exp.column("area", table=view.copy(), quoted=True)
        query = query.select(exp.alias_(area, _area_column(key), quoted=True)).join(
            exp.to_table(lookup_view(key.lookup)).as_(view.name), on=exp.and_(*held), join_type="left"
        )
    return query


def _area_column(key: Key) -> str:
    return f"area_{key_column(key)}"


def _finish(plan: CubePlan, source: str) -> exp.Select:
    """Months become whole numbers; each counts in every window that it is in."""
    from sqlglot import exp

    keys = {key: _finished_key(plan, key, source) for key in plan.keys}
    names = {key: exp.alias_(found, key_column(key), quoted=True) for key, found in keys.items()}
    again = plan.window > 1 or bool(plan.lookups)  # else the cells are what they are: grouping 54 million costs
    combined = (
        exp.alias_(_combine(tally, source, again=again), tally.name, quoted=True) for tally in plan.tallies
    )
    query = exp.select(*names.values(), *combined).from_(exp.to_table(source))
    if not again:
        return query
    if plan.window > 1:
        numbers = [exp.Tuple(expressions=[exp.Literal.number(each)]) for each in range(plan.window)]
        alias = exp.TableAlias(this=exp.to_identifier("windows"), columns=[exp.to_identifier(_OFFSET)])
        query = query.join(exp.Values(expressions=numbers, alias=alias), join_type="cross")
    return query.group_by(*(found.copy() for found in keys.values())) if keys else query


def _combine(tally: Tally, source: str, *, again: bool) -> exp.Expr:
    """Sums of sums. Whole numbers stay whole: a sum of 64 bits is wider in one engine and not in the other."""
    from sqlglot import exp

    column = _column(tally.name, source)
    if not again:
        return column
    if tally.total is Total.COUNT:
        return exp.cast(exp.Sum(this=column), "BIGINT")
    return exp.func(_COMBINED[tally.total], column)


def _finished_key(plan: CubePlan, key: Key, source: str) -> exp.Expr:
    from sqlglot import exp

    if key.lookup:
        return _column(_area_column(key), source)
    column = _column(key.column, source)
    if key.name != MONTH:
        return column
    year = exp.Extract(this=exp.var("YEAR"), expression=column)
    number = exp.Extract(this=exp.var("MONTH"), expression=column.copy())
    index = exp.Add(this=exp.Mul(this=year, expression=exp.Literal.number(12)), expression=number)
    shift: exp.Expr = exp.Sub(this=index, expression=exp.Literal.number(1))
    if plan.window > 1:
        shift = exp.Add(this=shift, expression=exp.column(_OFFSET, table="windows"))
    return exp.cast(shift, "INT")


def _column(name: str, table: str = "") -> exp.Column:
    from sqlglot import exp

    return exp.column(name, table=table or None, quoted=True)
