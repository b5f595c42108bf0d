"""Records and cube plans that Hypothesis makes up, for every engine: blanks, quotes, large numbers, many areas."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.performance.cubes.reference_cubes import make_row

from bluelamp.figures.months import Month
from bluelamp.performance.cubes.cube_plan import CubePlan, Filter, Key, Operator, Tally, Total
from bluelamp.performance.cubes.lookups import Lookup, Placed

TYPES = ("Burglary", "Robbery", 'it\'s a "type"; DROP TABLE records --', "$v0", "é%_")
MONTHS = tuple(Month(2023, 11).plus(later) for later in range(16))
KEYS = (
    Key("month", "month"),
    Key("force", "force"),
    Key("crime-type", "crime_type"),
    Key("outcome-linked", "outcome_linked"),
    Key("district", "lsoa_code", lookup="district"),
    Key("ward", "lsoa_code", lookup="ward"),
    Key("lsoa-code", "lsoa_code"),
)
LOOKUPS = {
    "district": Lookup(
        "district",
        (
            Placed("E1", "North", last=Month(2024, 3)),
            Placed("E1", "South", first=Month(2024, 4)),
            Placed("E2", "South"),
        ),
    ),
    "ward": Lookup("ward", (Placed("E1", "A"), Placed("E1", "B"), Placed("E3", "B")), overlaps=True),
}

blank = st.none()
rows = st.lists(
    st.builds(
        make_row,
        force=st.sampled_from(["calder-vale", "moorland"]),
        month=st.sampled_from([month.first for month in MONTHS]),
        crime_type=st.one_of(blank, st.sampled_from(TYPES)),
        lsoa_code=st.one_of(blank, st.sampled_from(["E1", "E2", "E3"])),
        outcome_linked=st.sampled_from([None, True, False]),
        victims=st.one_of(blank, st.integers(-(10**17), 10**17)),
        loss=st.one_of(blank, st.decimals(-(10**9), 10**9, places=4)),
    ),
    max_size=25,
)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    column = draw(st.sampled_from(["crime_type", "outcome_linked", "victims", "loss", "force"]))
    operator = draw(st.sampled_from(list(Operator)))
    values = {
        "crime_type": st.sampled_from(TYPES),
        "outcome_linked": st.booleans(),
        "victims": st.integers(-(10**17), 10**17),
        "loss": st.decimals(-(10**9), 10**9, places=4),
        "force": st.sampled_from(["calder-vale", "moorland", "nowhere"]),
    }[column]
    if column == "outcome_linked" and operator in (Operator.AT_LEAST, Operator.AT_MOST):
        operator = Operator.KNOWN
    least, most = operator.values
    return Filter(column, operator, tuple(draw(st.lists(values, min_size=least, max_size=min(most, 3)))))


@st.composite
def tallies(draw: st.DrawFn, name: str) -> Tally:
    total = draw(st.sampled_from(list(Total)))
    column = "" if total is Total.COUNT else draw(st.sampled_from(["victims", "loss"]))
    return Tally(name, total, column, tuple(draw(st.lists(filters(), max_size=2))))


@st.composite
def plans(draw: st.DrawFn) -> CubePlan:
    keys = tuple(draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4)))
    by_month = any(key.name == "month" for key in keys)
    return CubePlan(
        source="street",
        keys=keys,
        tallies=tuple(draw(tallies(f"number_{nth}")) for nth in range(draw(st.integers(1, 3)))),
        filters=tuple(draw(st.lists(filters(), max_size=2))),
        first=draw(st.one_of(blank, st.sampled_from(MONTHS))),
        last=draw(st.one_of(blank, st.sampled_from(MONTHS))),
        window=draw(st.sampled_from([1, 3, 12])) if by_month else 1,
    )
