"""Does what these papers print agree with itself? Every check over every paper, in order of seriousness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Final

from bluelamp.checks.model import Report, Result, Subject, in_order

Checker = Callable[[Sequence[Subject]], Iterable[Result]]
"""One family of checks: over all the documents that were given together."""

CHECKERS: Final[list[tuple[str, str]]] = [
    ("casts", "check_casts"),
    ("cast_columns", "check_columns"),
    ("cast_flows", "check_flows"),
    ("cast_headings", "check_headings"),
    ("cast_sentences", "check_sentences"),
    ("cast_statuses", "check_statuses"),
    ("cast_lists", "check_lists"),
    ("parts_told", "check_parts_told"),
    ("total_rows_told", "check_total_rows"),
    ("ratings_told", "check_ratings_told"),
    ("rows_told", "check_rows_told"),
    ("scores_moved", "check_scores_moved"),
    ("superlatives_told", "check_superlatives"),
    ("sums_said", "check_sums_said"),
    ("changes", "check_changes"),
    ("change_columns", "check_change_columns"),
    ("change_sentences", "check_change_sentences"),
    ("change_beside", "check_changes_beside"),
    ("change_than", "check_changes_than"),
    ("set_against", "check_set_against"),
    ("ratios", "check_ratios"),
    ("fraction_sentences", "check_fraction_sentences"),
    ("ratio_sentences", "check_ratio_sentences"),
    ("share_of_before", "check_shares_of_before"),
    ("shares_of_rows", "check_shares_of_rows"),
    ("multiples", "check_multiples"),
    ("said_wholes", "check_wholes"),
    ("variance_sentences", "check_variance_sentences"),
    ("claims_alone", "check_sentences"),
    ("claims", "check_claims"),
    ("swapped_figures", "check_swapped_figures"),
    ("cross_estimates", "check_estimates"),
    ("cross_figures", "check_figures"),
    ("cross_counts", "check_counts"),
    ("totals_across", "check_totals_across"),
    ("cross_sentences", "check_cross_sentences"),
    ("ratio_columns", "check_ratio_columns"),
    ("ratio_rows", "check_ratio_rows"),
    ("repeats", "check_repeats"),
    ("sequences", "check_sequences"),
    ("numbered_runs", "check_numbered_runs"),
    ("few_numbers", "check_few_numbers"),
    ("previous_meetings", "check_previous_meetings"),
    ("page_numbers", "check_page_numbers"),
    ("dates", "check_dates"),
    ("decided", "check_decided"),
    ("references", "check_references"),
    ("form", "check_form"),
]
"""Module and function of each family, in the order in which they run; a module is loaded when it is asked for."""


def check_papers(subjects: Sequence[Subject], *, tell: Callable[[str], None] = lambda _: None) -> Report:
    """Every check over these documents together. `tell` hears the name of each family before it begins."""
    return Report(tuple(subjects), in_order(_results(subjects, tell)))


def load_checkers() -> None:
    """Load the module of every family, for whoever has time before there is something to check."""
    for module, name in CHECKERS:
        _checker(module, name)


def _checker(module: str, name: str) -> Checker:
    checker: Checker = getattr(import_module(f"bluelamp.checks.{module}"), name)
    return checker


def _results(subjects: Sequence[Subject], tell: Callable[[str], None]) -> Iterator[Result]:
    for module, name in CHECKERS:
        tell(module)
        yield from _checker(module, name)(subjects)
