"""What may the true value behind a printed number be? (law 2)"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

PRINTED_FLAGS = (
    "pending",
    "provisional",
    "starred",
    "not_published",
    "not_applicable",
    "six_monthly",
    "range",
)


@dataclass(frozen=True, kw_only=True)
class PrintedValue:
    """A printed number: the interval of true values that may print so (law 2).

    `low` is included and `high` is not, but for an exact count where both equal `value`. None where nothing
    can be computed (pending, not published): `flags` then says why. `numerator` and `denominator` where the
    paper prints a fraction.
    """

    printed: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unit: str = ""  # "", "percent", "gbp", "gbp_thousand", "points", "seconds", ...
    flags: tuple[
        str, ...
    ] = ()  # pending, provisional, starred, not_published, not_applicable, six_monthly, range
