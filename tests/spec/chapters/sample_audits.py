"""How many cases are read, which, and what do they say of all?"""

from __future__ import annotations

from collections.abc import Iterator

from tests.spec.chapter import Cell, Chapter, Found, Row, row_by_row, whole_table

from bluelamp.figures.audit_estimates import (
    Estimate,
    Stratum,
    estimate_missed,
    estimate_simple,
    estimate_stratified,
    printed_estimate,
)
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.sampling import allocate, draw, draw_key, find_sample_size


def whole(cell: Cell) -> int:
    return int(str(cell))


def size(row: Row) -> Found:
    return {
        "read": find_sample_size(
            float(str(row["margin"])) / 100,
            confidence=float(str(row["confidence"])),
            population=None if row["cases"] is None else whole(row["cases"]),
            expected=float(str(row["expected"])) / 100,
        )
    }


def shares(rows: tuple[Row, ...]) -> Iterator[Found]:
    strata = {str(row["stratum"]): whole(row["cases"]) for row in rows}
    expected = {str(row["stratum"]): float(str(row["expected"])) / 100 for row in rows}
    plain = allocate(strata, 100, minimum=10)
    neyman = allocate(strata, 100, minimum=10, expected=expected)
    for name in strata:
        yield {"stratum": name, "in proportion": plain[name], "by what is expected": neyman[name]}


def drawn(rows: tuple[Row, ...]) -> Iterator[Found]:
    cases = [str(row["case"]) for row in rows]
    for place, case in enumerate(draw(cases, 3, "14 April 2021"), start=1):
        yield {"drawn": place, "case": case, "SHA-256 begins": draw_key(case, "14 April 2021")[:12]}


def simple(row: Row) -> Found:
    cases = None if row["of all"] is None else whole(row["of all"])
    return tell(estimate_simple(whole(row["passed"]), whole(row["read"]), cases=cases))


def tell(found: Estimate) -> Found:
    return {"as inspectors print it": found.printed, "with Wilson's interval": found.words}


def stratified(rows: tuple[Row, ...]) -> Iterator[Found]:
    strata = [
        Stratum(
            name=str(row["stratum"]),
            cases=whole(row["cases"]),
            sampled=whole(row["read"]),
            passed=whole(row["passed"]),
        )
        for row in rows
    ]
    plain = estimate_simple(sum(s.passed for s in strata), sum(s.sampled for s in strata))
    yield {"estimate": "each case for those it stands for", **tell(estimate_stratified(strata))}
    yield {"estimate": "as if it were one simple sample", **tell(plain)}


def missed(row: Row) -> Found:
    share, half = row["share"], row["plus or minus"]
    assert share is not None
    assert half is not None
    assert not isinstance(share, str)
    assert not isinstance(half, str)
    found = estimate_missed(whole(row["recorded"]), printed_estimate(share, half))
    if isinstance(found, NotKnown):
        return {"missed": None, "low": None, "high": None, "not known": found.why}
    return {"missed": found.value, "low": found.low, "high": found.high, "not known": None}


CHAPTER = Chapter(
    title="Sample audits: how many cases, which ones, and what they say of all",
    text="""
Nobody reads every case. A sample says how many would pass if all were read, and how sure that is.

**The draw can be repeated by anybody.** Each case's identifier is put behind the seed and a line feed; the SHA-256
of that is its lot; the lowest lots are drawn. `printf '%s\\n%s' SEED CASE | sha256sum` gives the same. The list's
order does not matter, and a larger sample by the same seed begins with the smaller one, so reserves are simply
the next. Fix the list first and choose the seed after, in front of somebody.

**The interval** is Wilson's, with the half width beside it that inspectors print: 1.96 times the square root of
p(1 - p)/n. Where it is known of how many cases the sample was drawn, both shrink by the finite population
correction. Strata are weighed by how many cases each has.

**What was missed** is what was recorded over the share recorded, less what was recorded, with the interval carried
through; it is not symmetrical. What could not be judged (a file not found) is left out and counted by its reason.
""",
    cases=(
        row_by_row(
            "How many to read",
            "Margins and what is expected are in per cent. An expected half needs most, and is safe.",
            """
margin | confidence | cases | expected || read | refused
5 | 0.95 |  | 50 || 385 |
5 | 0.95 | 1000 | 50 || 278 |
5 | 0.95 | 100 | 50 || 80 |
3 | 0.95 |  | 50 || 1068 |
3 | 0.95 |  | 90 || 385 |
5 | 0.99 | 1000 | 50 || 400 |
0 | 0.95 | 1000 | 50 ||  | A margin of 0 cannot be reached or says nothing; give one between 0 and 1, such as 0.05.
""",
            size,
        ),
        whole_table(
            "A hundred cases from three strata",
            """
Ten at least from each. By what is expected (Neyman's allocation), more are read where cases differ most, which is
where the share is nearest a half.
""",
            """
stratum | cases | expected
Violence | 6000 | 84
Sexual offences | 300 | 90
Other | 3700 | 98
""",
            """
stratum | in proportion | by what is expected
Violence | 56 | 73
Sexual offences | 10 | 10
Other | 34 | 17
""",
            shares,
        ),
        whole_table(
            "A draw that can be repeated",
            'Three of six by the seed "14 April 2021".',
            """
case
NTS/0001
NTS/0002
NTS/0003
NTS/0004
NTS/0005
NTS/0006
""",
            """
drawn | case | SHA-256 begins
1 | NTS/0001 | 1e2a4688c36a
2 | NTS/0005 | 4b769ff136ae
3 | NTS/0002 | 6064f173ff5c
""",
            drawn,
        ),
        row_by_row(
            "A simple sample",
            """
An inspection read 220 of a year's stop and searches and printed 85.5% ± 4.6. 188 of 220 gives that if they were
drawn from the 4,952 of the year; of very many it would round to ± 4.7. Of 48 records 38 passed. What prints
86.4% ± 3.1 is a sample of 456 to 485, if it was a simple one.
""",
            """
passed | read | of all || as inspectors print it | with Wilson's interval | refused
188 | 220 |  || 85.5% ± 4.7 | 85.5% (80.2% to 89.5%), 188 of 220 |
188 | 220 | 4952 || 85.5% ± 4.6 | 85.5% (80.3% to 89.4%), 188 of 220 |
38 | 48 |  || 79.2% ± 11.5 | 79.2% (65.7% to 88.3%), 38 of 48 |
406 | 470 |  || 86.4% ± 3.1 | 86.4% (83.0% to 89.2%), 406 of 470 |
20 | 20 |  || 100.0% ± 0.0 | 100.0% (83.9% to 100.0%), 20 of 20 |
0 | 0 |  ||  |  | The sample has no case that was read, so nothing can be estimated; read some first.
""",
            simple,
        ),
        whole_table(
            "Strata, weighed",
            "Sexual offences were read out of proportion, so that something could be said of them.",
            """
stratum | cases | read | passed
Violence | 6000 | 60 | 48
Sexual offences | 300 | 60 | 57
Other | 3700 | 40 | 38
""",
            """
estimate | as inspectors print it | with Wilson's interval
each case for those it stands for | 86.0% ± 6.6 | 86.0% (78.1% to 91.3%), 143 of 160
as if it were one simple sample | 89.4% ± 4.8 | 89.4% (83.6% to 93.3%), 143 of 160
""",
            stratified,
        ),
        row_by_row(
            "How many were missed",
            """
An inspection printed that 86.4% ± 3.1 of crime was recorded, and that over 13,900 crimes were not. 88,306 recorded
are the count from which that follows.
""",
            """
recorded | share | plus or minus || missed | low | high | not known
88306 | 86.4 | 3.1 || 13900 | 10360 | 17704 |
1000 | 100 | 0 || 0 | 0 | 0 |
1000 | 2 | 3 ||  |  |  | the share recorded may be nothing, so there is no end to what was missed
""",
            missed,
        ),
    ),
)
