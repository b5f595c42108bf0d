"""How is an expected figure said beside the actual one, with its model and a challenger's?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bluelamp.figures.expected import ExpectedResult
from bluelamp.figures.saying import say_figure


def say_expected(result: ExpectedResult, challengers: Sequence[ExpectedResult] = ()) -> str:
    """Two or three sentences: what came, what was expected and by which model, and what others expect."""
    first, last = result.months[0].month, result.months[-1].month
    said = (
        f"{result.name}: {_say(result.actual)} from {first.words} to {last.words}; expected {_between(result)}"
        f" ({result.model}). {_say_difference(result)}"
    )
    if result.unknown:
        names = ", ".join(month.words for month in result.unknown)
        said += f" Left out of both, because their figures are not known: {names}."
    for other in challengers:
        answer = "the same answer" if other.beyond == result.beyond else f"another answer, {_say_beyond(other)}"
        said += f" {other.model} expects {_between(other)}: {answer}."
    return said


def _say_difference(result: ExpectedResult) -> str:
    if result.percent != result.percent:  # nothing was expected
        return "Nothing was expected, so there is no difference in per cent."
    low, high = result.percent_between
    word = "more" if result.percent > 0 else "fewer"
    size = f"{abs(result.percent):.1f}% {word} than expected"
    return f"That is {size} (from {low:+.1f}% to {high:+.1f}%), {_say_beyond(result)}."


def _say_beyond(result: ExpectedResult) -> str:
    return "which chance alone does not explain" if result.beyond else "which chance can explain"


def _between(result: ExpectedResult) -> str:
    return f"{_say(result.expected)}, between {_say(result.low)} and {_say(result.high)}"


def _say(value: float) -> str:
    return say_figure(Decimal(repr(value)))
