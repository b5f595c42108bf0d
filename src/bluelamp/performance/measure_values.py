"""Does any record have the values that were asked for alone? A mistaken one would count none, in silence."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Final

from bluelamp.lib.errors import PlainError
from bluelamp.performance.boundaries_known import make_records_measure
from bluelamp.performance.cubes.cube_plan import FORCE, Filter, Key, Operator
from bluelamp.performance.cubes.measuring import Asked
from bluelamp.performance.measure_answers import Counts

MOST_NAMED: Final = 15
"""Values of a column that are named; of more, those that come first and how many others there are."""


def check_values(only: Sequence[Filter], kind: str, *, keys: Mapping[str, Key], count: Counts) -> None:
    """PlainError names a value that no loaded record has, and near or known ones. Forces are looked at elsewhere;
    of yes and no either may well be nobody's. Columns that no key is made of were refused before."""
    by_column = {key.column: key for key in keys.values() if not key.lookup}
    for each in only:
        said = [value for value in each.values if not isinstance(value, bool)]
        if each.operator is not Operator.ANY_OF or each.column == FORCE or not said:
            continue
        key = by_column[each.column]
        known = _find_values(kind, key, count)
        for value in said:
            if value not in known:
                raise PlainError(_refuse(str(value), kind, key.name, [str(each) for each in known]))


def _find_values(kind: str, key: Key, count: Counts) -> list[str | int]:
    column = count(make_records_measure(kind), Asked(keys=(key,))).keys[0]
    return [value for value in column.values if value is not None]


def _refuse(word: str, kind: str, key: str, known: Sequence[str]) -> str:
    said = f"No {kind} record that is loaded has the {key} “{word[:60]}”"
    folded = {value.lower(): value for value in reversed(known)}
    near = [] if word.isdigit() else difflib.get_close_matches(word[:60].lower(), list(folded), n=3)
    if near:
        return f"{said}; near it {'is' if len(near) == 1 else 'are'} {', '.join(folded[each] for each in near)}."
    if not known:
        return f"{said}: none has any."
    more = f" and {len(known) - MOST_NAMED:,} more" if len(known) > MOST_NAMED else ""
    return f"{said}; there are {', '.join(known[:MOST_NAMED])}{more}."
