"""Can a reader who has every published answer (months, windows, totals, shares) work out a small number?

The reader is an integer program: every number of every published answer bounds the records that it counts, and
what is 0 is known to be none. It knows nothing of how the withheld numbers were chosen.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.cubes.reference_cubes import Row, count, cover, make_row

from bluelamp.figures.months import Month, Span, months_between
from bluelamp.lib.definitions import DefinitionError
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.asking import known_keys, read_asked
from bluelamp.performance.cubes.compiling import key_column
from bluelamp.performance.cubes.coverage_grid import State
from bluelamp.performance.cubes.cube_plan import CubePlan, Operator
from bluelamp.performance.cubes.lookups import Lookup
from bluelamp.performance.cubes.measuring import Measured, measure_records
from bluelamp.performance.cubes.record_measures import (
    Condition,
    Counted,
    Output,
    RecordMeasure,
    load_record_measures,
)
from bluelamp.performance.suppression_rules import (
    PublishingRule,
    check_publishable,
    find_faults,
    find_publishing_rule,
    load_publishing_rules,
)
from bluelamp.performance.suppression_tables import Parts, Publication, find_base, publish
from bluelamp.performance.warehouse.mappings import ColumnKind, load_mappings
from bluelamp.performance.warehouse.opening import OpenedRecords

pytestmark = pytest.mark.no_database
FIRST, LAST = Month(2024, 1), Month(2025, 2)
MONTHS = list(months_between(FIRST, LAST))
FORCES = ("calder-vale", "moorland")
COLUMNS = {
    "force": ColumnKind.TEXT,
    "month": ColumnKind.MONTH,
    "crime_type": ColumnKind.CATEGORY,
    "lsoa_code": ColumnKind.AREA,
    "outcome_linked": ColumnKind.BOOLEAN,
}
FOUND = RecordMeasure(
    slug="found",
    name="Found",
    kind="street",
    tallies={
        "found": Counted(
            name="F", where=(Condition(column="outcome_linked", operator=Operator.ANY_OF, values=(True,)),)
        ),
        "said": Counted(name="S", where=(Condition(column="outcome_linked", operator=Operator.KNOWN),)),
        "all": Counted(name="All"),
    },
    outputs=(
        Output(slug="of-known", name="Of known", numerator="found", denominator="said", unit="percentage"),
        Output(slug="of-all", name="Of all", numerator="found", denominator="all", unit="percentage"),
    ),
)
NUMBER = RecordMeasure(
    slug="number",
    name="Number",
    kind="street",
    tallies={"all": Counted(name="All")},
    outputs=(Output(slug="number", name="Number", numerator="all"),),
)
RULE = PublishingRule(kind="street", measures=("number", "found"), by=("crime-type",))
UNROUNDED = PublishingRule(kind="street", measures=("number", "found"), by=("crime-type",), base=1)
"""Rounding hides much by itself; what is withheld must hold without it."""
YEARS = PublishingRule(
    kind="street", measures=("number", "found"), by=("crime-type",), period=Span.YEAR, ends_in=1, base=1
)
PARTS = Parts.of([NUMBER, FOUND])


@dataclass(frozen=True)
class RowsEngine:
    """The reference in plain Python as an engine."""

    rows: Sequence[Row]
    name: str = "rows"

    def count(self, plan: CubePlan, records: OpenedRecords, lookups: Mapping[str, Lookup]) -> pa.Table:
        cube = count(plan, self.rows, lookups)
        names = [*(key_column(key) for key in plan.keys), *(tally.name for tally in plan.tallies)]
        types = [
            pa.int64() if key.name == "month" else pa.bool_() if key.name == "outcome-linked" else pa.string()
            for key in plan.keys
        ] + [pa.int64()] * len(plan.tallies)
        lines = [(*keys, *numbers) for keys, numbers in cube.items()]
        columns = list(zip(*lines, strict=True)) if lines else [()] * len(names)
        return pa.table(
            {name: pa.array(list(each), kind) for name, each, kind in zip(names, columns, types, strict=True)}
        )


def measure(measure: RecordMeasure, rows: Sequence[Row], asked: Any, absent: set[tuple[str, Month]]) -> Measured:
    covered = tuple(
        cover(force, month, None if (force, month) in absent else 1) for force in FORCES for month in MONTHS
    )
    records = OpenedRecords(kind="street", load=1, files=(), covered=covered)
    return measure_records(measure, asked, records, engine=RowsEngine(rows), columns=COLUMNS, lookups={})


def release(
    what: RecordMeasure,
    rows: Sequence[Row],
    by: str,
    window: str = "month",
    only: Sequence[str] = (),
    absent: set[tuple[str, Month]] = frozenset(),  # type: ignore[assignment]
    rule: PublishingRule = RULE,
) -> tuple[Measured, Publication]:
    asked = read_asked(by=by, window=window, first="", last="", only=only, columns=COLUMNS, levels=())
    check_publishable(asked, rule)
    base = measure(PARTS.make_measure("street"), rows, find_base(asked, rule, known_keys(COLUMNS, ())), absent)
    raw = measure(what, rows, asked, absent)
    return raw, publish(raw, base, PARTS, rule)


ASKS = [
    *itertools.product(
        ("force,month", "force,month,crime-type", "month", "month,crime-type"), ("month", "12-months")
    ),
    *itertools.product(("", "force", "crime-type", "force,crime-type"), ("month",)),
]


# -- the reader ----------------------------------------------------------------------------------------------


def part_of(row: Row) -> str:
    return {None: "not said", True: "found", False: "not found"}[row["outcome_linked"]]


PARTS_OF = {"found": {"found"}, "said": {"found", "not found"}, "all": {"found", "not found", "not said"}}
Atom = tuple[Any, ...]


def atoms_of(rows: Sequence[Row]) -> dict[Atom, int]:
    """How many records there are of each force, month, type and part: only those that there are may be more."""
    found: dict[Atom, int] = {}
    for row in rows:
        atom = (row["force"], Month.of(row["month"]).index, row["crime_type"], part_of(row))
        found[atom] = found.get(atom, 0) + 1
    return found


def statements(publication: Publication, atoms: Sequence[Atom]) -> list[tuple[np.ndarray, int, int]]:
    """Every number of an answer: which atoms it counts, and between what it lies."""
    measured, found = publication.measured, []
    for row in range(len(measured)):
        if measured.states[row] != State.COMPLETE:
            continue
        keys = {each.key.name: each.values[each.codes[row]] for each in measured.keys}
        end = int(measured.ends[row])
        length = measured.asked.window if measured.asked.by_month else measured.grid.window
        for figures, withheld, within in zip(
            measured.figures, publication.withheld, publication.within, strict=True
        ):
            if withheld[row]:
                continue
            numbers = [(figures.output.numerator, figures.numerator, within[0])]
            if figures.denominator is not None:
                numbers.append((figures.output.denominator, figures.denominator, within[1]))
            for tally, value, error in numbers:
                counted = np.array(
                    [
                        keys.get("force", force) == force
                        and end - length < month <= end
                        and keys.get("crime-type", kind) == kind
                        and part in PARTS_OF[tally]
                        for force, month, kind, part in atoms
                    ],
                    float,
                )
                found.append((counted, int(value[row] - error[row]), int(value[row] + error[row])))
    return found


def reach(found: list[tuple[np.ndarray, int, int]], target: np.ndarray) -> tuple[int, int]:
    """The least and the most that the target can be for a reader of all that is published."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    constraints = []
    if found:
        matrix = np.array([counted for counted, _, _ in found])
        constraints = [LinearConstraint(matrix, [low for _, low, _ in found], [high for _, _, high in found])]
    ends = []
    for sign in (1, -1):
        done = milp(
            sign * target,
            constraints=constraints,
            bounds=Bounds(0, 1000),
            integrality=np.ones(len(target)),
        )
        assert done.success, "the published numbers contradict the records"
        ends.append(round(sign * done.fun))
    return ends[0], ends[1]


@st.composite
def archives(draw: st.DrawFn, sizes: Sequence[int] = (0, 0, 0, 1, 3, 6, 9)) -> list[Row]:
    """Many months of few records: each place's count is small or not, by a draw."""
    rows = []
    for force in FORCES:
        for month in MONTHS:
            for kind in ("Burglary", "Drugs"):
                for linked in (None, True, False):
                    size = draw(st.sampled_from(sizes))
                    rows += [
                        make_row(force=force, month=month.first, crime_type=kind, outcome_linked=linked)
                    ] * size
    return rows


def small_targets(rows: Sequence[Row], atoms: Sequence[Atom]) -> list[tuple[str, np.ndarray]]:
    """Every small number of records that share a force and month, and perhaps type and part: in all totals."""
    found: dict[tuple[Any, ...], np.ndarray] = {}
    counts = np.array([atoms_of(rows)[atom] for atom in atoms])
    for at, (force, month, kind, part) in enumerate(atoms):
        for name in itertools.product((force,), (month,), (kind, "any"), (part, "any")):
            found.setdefault(name, np.zeros(len(atoms)))[at] = 1
    return [(str(name), target) for name, target in found.items() if 0 < target @ counts < RULE.threshold]


@settings(max_examples=12, deadline=None)
@given(archives(), st.sampled_from([RULE, UNROUNDED]), st.data())
def test_no_difference_of_anything_published_gives_a_small_number_away(
    rows: list[Row], rule: PublishingRule, data: st.DataObject
) -> None:
    """Months, windows that roll over them, totals over forces, types and all months, of two measures at once."""
    atoms = list(atoms_of(rows))
    if not atoms:
        return
    found = []
    for what in (NUMBER, FOUND):
        for by, window in ASKS:
            found += statements(release(what, rows, by, window, rule=rule)[1], atoms)
    targets = small_targets(rows, atoms)
    for _ in range(min(6, len(targets))):
        name, target = data.draw(st.sampled_from(targets))
        least, most = reach(found, target)
        assert most - least >= RULE.threshold - 1, name


@settings(max_examples=10, deadline=None)
@given(archives((*[0] * 14, 1, 2, 7)), st.data())
def test_nor_where_years_are_published(rows: list[Row], data: st.DataObject) -> None:
    """Only those that do not overlap are; a small year of a type or part is what must not be worked out."""
    year = [row for row in rows if Month.of(row["month"]) != LAST]
    atoms = list(atoms_of(year))
    if not atoms:
        return
    found = []
    for what, by in itertools.product(
        (NUMBER, FOUND), ("force,month", "month,crime-type", "force,month,crime-type")
    ):
        published = release(what, rows, by, "12-months", rule=YEARS)[1]
        assert set(published.measured.ends.tolist()) == {Month(2025, 1).index}
        found += statements(published, atoms)
    whole: dict[tuple[str, str, str], np.ndarray] = {}
    for at, (force, _, kind, part) in enumerate(atoms):
        for name in itertools.product((force,), (kind, "any"), (part, "any")):
            whole.setdefault(name, np.zeros(len(atoms)))[at] = 1
    counts = np.array([atoms_of(year)[atom] for atom in atoms])
    targets = [(name, each) for name, each in whole.items() if 0 < each @ counts < YEARS.threshold]
    for _ in range(min(4, len(targets))):
        name, target = data.draw(st.sampled_from(targets))
        least, most = reach(found, target)
        assert most - least >= YEARS.threshold - 1, name


def test_other_years_are_not_listed_as_if_there_were_none_of_them() -> None:
    rows = [make_row(month=month.first) for month in MONTHS for _ in range(12)]
    raw, published = release(NUMBER, rows, "force,month", "12-months", rule=YEARS)
    assert set(raw.ends.tolist()) == {Month(2024, 12).index, Month(2025, 1).index, Month(2025, 2).index}
    assert set(published.measured.ends.tolist()) == {Month(2025, 1).index}
    assert published.measured.figures[0].numerator.tolist() == [144, 0]
    for by, window in (("force,month", "month"), ("force", "month")):
        with pytest.raises(PlainError, match="in years to the end of January"):
            release(NUMBER, rows, by, window, rule=YEARS)


@settings(max_examples=12, deadline=None)
@given(archives(), st.sampled_from([NUMBER, FOUND]), st.sampled_from(ASKS))
def test_what_is_published_lies_as_near_to_the_records_as_it_says(
    rows: list[Row], what: RecordMeasure, ask: tuple[str, str]
) -> None:
    raw, published = release(what, rows, *ask)
    for true, said, withheld, within in zip(
        raw.figures, published.measured.figures, published.withheld, published.within, strict=True
    ):
        assert len(said.numerator) == len(true.numerator)
        known = ~withheld & (raw.states == State.COMPLETE)
        assert (abs(said.numerator - true.numerator) <= within[0])[known & (within[0] > 0)].all()
        if true.denominator is not None and said.denominator is not None:
            assert (abs(said.denominator - true.denominator) <= within[1])[known].all()
            assert (said.numerator <= said.denominator).all()
        if not rows:
            continue
        small = known & (true.numerator > 0) & (true.numerator < RULE.threshold)
        assert not small.any()


@settings(max_examples=12, deadline=None)
@given(archives((0, 1, 6, 41, 160)), st.sampled_from([RULE, UNROUNDED]), st.sampled_from(ASKS))
def test_a_share_that_is_given_is_within_one_percentage_point(
    rows: list[Row], rule: PublishingRule, ask: tuple[str, str]
) -> None:
    raw, published = release(FOUND, rows, *ask, rule=rule)
    for nth, (true, said) in enumerate(zip(raw.figures, published.measured.figures, strict=True)):
        known = ~published.withheld[nth] & (raw.states == State.COMPLETE)
        given_ = known & ~np.isnan(said.value)
        assert (abs(said.value - true.value) <= 1 + 1e-9)[given_].all()
        for row in np.flatnonzero(known & np.isnan(said.value) & (said.denominator > 0)).tolist():
            words = published.say_open(nth, row)
            low, high = (int(each.rstrip("%")) for each in words.split() if each.endswith("%"))
            assert low <= true.value[row] <= high
        assert not any(published.say_open(nth, int(row)) for row in np.flatnonzero(~known | given_))


def test_a_share_of_a_rounded_few_is_said_to_be_left_open() -> None:
    rows = [make_row(month=FIRST.first, outcome_linked=linked) for linked in [True] * 41 + [False] * 6]
    raw, published = release(FOUND, rows, "force,month")
    at = int(np.flatnonzero(raw.figures[0].denominator)[0])
    said = published.measured.figures[0]
    assert (int(said.numerator[at]), int(said.denominator[at])) == (40, 45)
    assert (int(published.within[0][0][at]), int(published.within[0][1][at])) == (2, 4)
    assert np.isnan(said.value[at])
    assert published.say_open(0, at) == "not given: rounding leaves it between 77% and 100%"
    exact = release(FOUND, rows, "force,month", rule=UNROUNDED)[1].measured.figures[0]
    assert exact.value[at] == pytest.approx(4100 / 47)


def test_windows_alone_would_give_a_month_away() -> None:
    """So the test above can fail: of windows that are each large enough, two differ by the small month."""
    rows = [make_row(month=FIRST.first)] * 3 + [make_row(month=FIRST.plus(5).first)] * 6
    atoms = list(atoms_of(rows))
    totals = [(np.ones(2), 9, 9), (np.array([0.0, 1.0]), 6, 6)]
    assert reach(totals, np.array([1.0, 0.0])) == (3, 3)
    _, published = release(NUMBER, rows, "force,month", "12-months")
    known = [(each.tolist(), low, high) for each, low, high in statements(published, atoms) if each.any()]
    assert known == [([0.0, 1.0], 3, 7)] * 2  # the windows without the small month


def test_a_window_is_the_sum_of_its_rounded_months() -> None:
    rows = [make_row(month=month.first) for month in MONTHS for _ in range(12)]
    _, published = release(NUMBER, rows, "force,month", "12-months")
    cells = [
        (each, within)
        for each, within, force in zip(
            published.measured.figures[0].numerator,
            published.within[0][0],
            published.measured.keys[0].codes,
            strict=True,
        )
        if published.measured.keys[0].values[force] == "calder-vale"
    ]
    assert cells == [(120, 24)] * 3  # 12 is rounded to 10 each month, and 144 is within 24 of it


def test_a_month_that_was_not_published_is_not_withheld_but_unknown() -> None:
    rows = [make_row(month=FIRST.plus(1).first)] * 3
    raw, published = release(NUMBER, rows, "force,month", absent={("calder-vale", FIRST)})
    at = next(row for row in range(len(raw)) if raw.states[row] != State.COMPLETE)
    assert raw.ends[at] == FIRST.index
    assert not published.withheld[0][at]
    assert published.count_withheld == 1


def test_only_some_records_are_read_off_the_same_table() -> None:
    rows = [make_row(month=FIRST.first, crime_type=kind) for kind in ["Burglary"] * 3 + ["Drugs"] * 20]
    _, all_of_them = release(NUMBER, rows, "force,month")
    _, burglaries = release(NUMBER, rows, "month", only=("crime-type=Burglary", "force=calder-vale"))
    assert not all_of_them.withheld[0].any()  # beside burglaries the drugs are withheld, and their total stands
    assert burglaries.withheld[0].tolist() == [True] + [False] * (len(MONTHS) - 1)


@pytest.mark.parametrize(("by", "only"), [("force,month,lsoa-code", ()), ("force", ("outcome-linked=yes",))])
def test_another_table_is_refused_and_the_one_that_there_is_is_named(by: str, only: tuple[str, ...]) -> None:
    with pytest.raises(PlainError, match="one table is published, by force, month, crime-type"):
        release(NUMBER, [make_row()], by, only=only)


def test_what_many_measures_count_together_is_refused() -> None:
    many = RecordMeasure(
        slug="many",
        name="Many",
        kind="street",
        tallies={
            f"t{n}": Counted(
                name="T", where=(Condition(column="victims", operator=Operator.AT_LEAST, values=(n,)),)
            )
            for n in range(7)
        },
        outputs=tuple(Output(slug=f"o{n}", name="O", numerator=f"t{n}") for n in range(7)),
    )
    with pytest.raises(PlainError, match="7 different things"):
        Parts.of([many])


def test_parts_are_split_as_counting_them_one_by_one_would() -> None:
    rows = [make_row(outcome_linked=linked) for linked in [True] * 5 + [False] * 7 + [None] * 2]
    asked = read_asked(by="", window="month", first="", last="", only=(), columns=COLUMNS, levels=())
    base = measure(PARTS.make_measure("street"), rows, asked, set())
    counts = PARTS.split(np.stack([each.numerator for each in base.figures], axis=-1))
    assert sorted(counts[0].tolist(), reverse=True)[:3] == [7, 5, 2]
    assert counts.sum() == 14


# -- rules ---------------------------------------------------------------------------------------------------

MAPPINGS = load_mappings()
MEASURES = load_record_measures(MAPPINGS)


def test_every_shipped_measure_of_a_rule_can_be_published_together() -> None:
    rules = load_publishing_rules(MEASURES, MAPPINGS, {})
    assert set(rules) == {"street", "stop-and-search"}
    for rule in rules.values():
        Parts.of([MEASURES[slug] for slug in rule.measures])
        for slug in rule.measures:
            assert find_publishing_rule(MEASURES[slug], rules) is rule


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"base": 20}, "threshold is 2"),
        ({"threshold": 1}, "threshold is 2"),
        ({"by": ("colour",)}, "no key colour"),
        ({"by": ("month",)}, "no key month"),
        ({"by": ("crime-type", "crime-type")}, "a key twice"),
        ({"place": "beat"}, "cannot be added up"),
        ({"measures": ("stop-search",)}, "no measure stop-search of street records"),
        ({"period": Span.QUARTER}, "period is month or 12-months"),
        ({"ends_in": 13}, "period is month or 12-months"),
        ({"kind": "horses"}, "which columns records of the kind horses have"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(said: dict[str, Any], fault: str) -> None:
    rule = PublishingRule(**({"kind": "street", "measures": ("street-crime",)} | said))
    assert fault in "; ".join(find_faults(rule, MEASURES, MAPPINGS, {"beat": True}))


def test_a_workspace_rule_takes_the_place_of_ours_and_a_faulty_one_is_refused(tmp_path: Any) -> None:
    folder = tmp_path / "publishing"
    folder.mkdir()
    (folder / "street.yaml").write_text("kind: street\nmeasures: [street-crime]\nthreshold: 10\n")
    rules = load_publishing_rules(MEASURES, MAPPINGS, {}, tmp_path)
    assert rules["street"].threshold == 10
    with pytest.raises(PlainError, match="No rule says how street-crime-outcome-rate"):
        find_publishing_rule(MEASURES["street-crime-outcome-rate"], rules)
    (folder / "street.yaml").write_text("kind: street\nmeasures: [street-crime]\nthreshold: 0\n")
    with pytest.raises(DefinitionError, match=r"street\.yaml: threshold"):
        load_publishing_rules(MEASURES, MAPPINGS, {}, tmp_path)
