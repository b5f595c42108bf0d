"""A control chart as one would work it out by hand: every rule looks at every window, and nothing is shared."""

from __future__ import annotations

from fractions import Fraction

SEVEN, THREE = 7, 3
Values = list["float | None"]


def slow_chart(
    values: Values,
    starts: set[int],
    *,
    fix_after: int | None,
    screen: bool,
    beyond_counts: bool,
) -> list[dict[str, object]]:
    """A row for each value; `starts` holds the places at which a rebase begins new limits."""
    groups: list[list[int]] = []
    for at in range(len(values)):
        if at == 0 or at in starts:
            groups.append([])
        groups[-1].append(at)
    rows: list[dict[str, object]] = []
    for number, places in enumerate(groups, 1 if 0 in starts else 0):
        inside = [values[at] for at in places]
        mean, average = slow_limits(inside, fix_after, screen)
        rows += [
            slow_point(inside, at, mean, average, number, beyond_counts=beyond_counts) for at in range(len(inside))
        ]
    return rows


def exact_mean(numbers: list[float]) -> float:
    return float(sum(Fraction(number) for number in numbers) / len(numbers))


def slow_limits(inside: Values, fix_after: int | None, screen: bool) -> tuple[float | None, float | None]:
    """The mean and the mean moving range, None where there is none."""
    used: Values = []
    for value in inside:
        if fix_after is not None and len([each for each in used if each is not None]) == fix_after:
            break
        used.append(value)
    known = [each for each in used if each is not None]
    if not known:
        return None, None
    ranges = []
    for at in range(1, len(used)):
        before, value = used[at - 1], used[at]
        if before is not None and value is not None:
            ranges.append(abs(value - before))
    if not ranges:
        return exact_mean(known), None
    average = exact_mean(ranges)
    if screen and any(ranges):
        average = exact_mean([each for each in ranges if each < 3.267 * average])
    return exact_mean(known), average


def slow_point(
    inside: Values, at: int, mean: float | None, average: float | None, number: int, *, beyond_counts: bool
) -> dict[str, object]:
    value = inside[at]
    lower = mean - 2.66 * average if mean is not None and average is not None else None
    upper = mean + 2.66 * average if mean is not None and average is not None else None
    row: dict[str, object] = {"group": number, "mean": mean, "lower": lower, "upper": upper}
    row |= {"short": len([each for each in inside if each is not None]) < 13}
    if value is None:
        return row | {"side": None, "outside": None, "near": None, "cause": None}
    assert mean is not None
    outside = is_outside(value, mean, average)
    near = is_near(value, mean, average)
    return row | {
        "side": side_of(value, mean),
        "outside": outside,
        "near": near,
        "cause": slow_cause(inside, at, mean, average, beyond_counts=beyond_counts),
    }


def side_of(value: float, mean: float) -> int:
    if value > mean:
        return 1
    if value < mean:
        return -1
    return 0


def is_outside(value: float, mean: float, average: float | None) -> bool | None:
    if average is None:
        return None
    return value > mean + 2.66 * average or value < mean - 2.66 * average


def is_near(value: float, mean: float, average: float | None) -> bool | None:
    if average is None:
        return None
    third = 2 * (2.66 / 3) * average
    return not is_outside(value, mean, average) and (value > mean + third or value < mean - third)


def slow_cause(inside: Values, at: int, mean: float, average: float | None, *, beyond_counts: bool) -> str:
    value = inside[at]
    assert value is not None
    side = side_of(value, mean)
    if is_outside(value, mean, average):
        return "Above UCL" if side == 1 else "Below LCL"
    trend = slow_trend(inside, at)
    if trend:
        return "7 Point Trend (Increasing)" if trend == 1 else "7 Point Trend (Decreasing)"
    if is_near(value, mean, average) and in_two_of_three(inside, at, mean, average, beyond_counts):
        return "2 in 3 Above CL" if side == 1 else "2 in 3 Below CL"
    for window in windows(inside, at, SEVEN):
        if {side_of(each, mean) for each in window} in ({1}, {-1}):
            return "7 Points Above CL" if side == 1 else "7 Points Below CL"
    return "Common Cause"


def windows(inside: Values, at: int, size: int) -> list[list[float]]:
    """Every run of `size` values that holds the place and misses none, the earliest first."""
    found = []
    for start in range(at - size + 1, at + 1):
        if start < 0 or start + size > len(inside):
            continue
        window = inside[start : start + size]
        known = [each for each in window if each is not None]
        if len(known) == size:
            found.append(known)
    return found


def slow_trend(inside: Values, at: int) -> int:
    """1 or -1; of two trends that share a peak, the later."""
    found = 0
    for window in windows(inside, at, SEVEN):
        if all(window[i] < window[i + 1] for i in range(SEVEN - 1)):
            found = 1
        if all(window[i] > window[i + 1] for i in range(SEVEN - 1)):
            found = -1
    return found


def in_two_of_three(inside: Values, at: int, mean: float, average: float | None, beyond_counts: bool) -> bool:
    for window in windows(inside, at, THREE):
        sides = {side_of(each, mean) for each in window}
        outer = 0
        for each in window:
            if is_near(each, mean, average) or (beyond_counts and is_outside(each, mean, average)):
                outer += 1
        if outer >= 2 and sides in ({1}, {-1}):
            return True
    return False
