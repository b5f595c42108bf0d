"""What does an engine join where codes become areas? A lookup as an Arrow table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bluelamp.performance.cubes.lookups import Lookup

if TYPE_CHECKING:
    import pyarrow as pa


def make_lookup_table(lookup: Lookup) -> pa.Table:
    """Columns as `compiling.lookup_view` names them."""
    import pyarrow as pa

    return pa.table(
        {
            "code": pa.array([row.code for row in lookup.rows], pa.string()),
            "area": pa.array([row.area for row in lookup.rows], pa.string()),
            "first": pa.array([row.first.first for row in lookup.rows], pa.date32()),
            "last": pa.array([row.last.first for row in lookup.rows], pa.date32()),
        }
    )
