"""What share of one count is another, and how many events is that per head?"""

from __future__ import annotations

from decimal import Decimal

from bluelamp.figures.not_known import NotKnown, named

MaybeDecimal = Decimal | NotKnown | None


def ratio(numerator: MaybeDecimal, denominator: MaybeDecimal, multiplier: int | Decimal = 1) -> Decimal | NotKnown:
    """numerator / denominator x multiplier: 100 for per cent, 1,000 for a rate per thousand.

    Nothing over nothing is not known, as is anything over nothing.
    """
    top, bottom = named(numerator, "no numerator"), named(denominator, "no denominator")
    if isinstance(top, NotKnown):
        return top
    if isinstance(bottom, NotKnown):
        return bottom
    return top * multiplier / bottom if bottom else NotKnown("the denominator is zero")
