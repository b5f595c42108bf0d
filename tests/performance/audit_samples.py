"""Audits at each of their stages: designed, drawn, read, closed; and a peer review with its answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from tests.desk.indicator_samples import PLAN
from tests.intake.samples import BY

from bluelamp.performance.actions_audit_designs import (
    About,
    Population,
    ReviewDesign,
    SampleDesign,
    begin_review,
    begin_sample,
)
from bluelamp.performance.actions_audits import answer_question, close_audit, draw_sample, read_case
from bluelamp.performance.models import Audit

NOW = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)
ABOUT = About(title="Was it recorded?", question="How many crimes that were told to us did we record?")
FIGURE = About(title="Was it recorded?", question="How many?", plan=PLAN, code="2.1", to="2021-03")
CASES = {
    "North": tuple(f"N-{number:03}" for number in range(1, 61)),
    "South": tuple(f"S-{number:03}" for number in range(1, 41)),
}


def design(**said: Any) -> SampleDesign:
    """Few cases, for pages and rules: 100 of two kinds, of which 22 are drawn, half of them read twice."""
    plain: dict[str, Any] = {
        "about": ABOUT,
        "passes": "A crime number stands in the log within a day.",
        "population": Population(cases=CASES, name="cases.csv"),
        "margin": "18.5",
        "second_percent": 50,
    }
    return SampleDesign(**(plain | said))


def begin(*, by: Any = BY, organisation: Any = None, **said: Any) -> Audit:
    return begin_sample(design(**said), organisation=organisation, by=by, now=NOW)


def drawn(*, by: Any = BY, seed: str = "4 May 2026", organisation: Any = None, **said: Any) -> Audit:
    return draw_sample(begin(by=by, organisation=organisation, **said), seed=seed, by=by, now=NOW)


def read_all(audit: Audit, results: Iterable[str] = (), *, by: Any = BY, second: Any = None) -> Audit:
    """Every case read: the results in turn, then all pass; those read twice by `second` with the same result."""
    given = iter(results)
    for case in audit.cases.order_by("number"):
        result = next(given, "pass")
        words = "The file is gone." if result == "cannot-tell" else ""
        read_case(case, result=result, words=words, by=by, now=NOW)
        if case.twice and second is not None:
            read_case(case, result=result, words=words, by=second, now=NOW)
    return Audit.objects.get(pk=audit.pk)


def closed(*, by: Any = BY, **said: Any) -> Audit:
    audit = read_all(drawn(by=by, second_percent=0, **said), ["fail", "fail"], by=by)
    return close_audit(audit, conclusion="Two were not recorded.", by=by, now=NOW)


QUESTIONS = tuple((("Custody", "Victims")[number % 2], f"Is part {number} done?") for number in range(1, 50))


def review(*, by: Any = BY, kind: str = "peer", about: About = ABOUT) -> Audit:
    made = ReviewDesign(kind=kind, about=about, questions=QUESTIONS, points={"red": 1, "amber": 3, "green": 5})
    return begin_review(made, by=by, now=NOW)


def answer_all(audit: Audit, *, by: Any = BY, amber: int = 11) -> Audit:
    for number in range(1, len(QUESTIONS) + 1):
        answer = "amber" if number <= amber else "green"
        answer_question(audit, number=number, answer=answer, by=by, now=NOW)
    return Audit.objects.get(pk=audit.pk)
