"""How are families and rules of checks, and a count of what was checked, said to a person?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bluelamp.checks.model import Check, Verdict

FAMILY_WORDS: Final[Mapping[Check, str]] = {
    Check.CAST: "Totals and sums",
    Check.CHANGE: "Changes between figures",
    Check.RATIO: "Percentages, rates and averages beside their figures",
    Check.SHARE: "Shares of a whole",
    Check.SEQUENCE: "Numbers that run on",
    Check.DATE: "Dates",
    Check.CLAIM: "Sentences against figures",
    Check.REFERENCE: "References and form",
    Check.CROSS_DOCUMENT: "The same thing in several places or papers",
}

VERDICT_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.CONTRADICTION: "cannot be true",
    Verdict.SUSPECT: "doubtful",
    Verdict.CONSISTENT: "agrees",
    Verdict.UNCHECKED: "could not be checked",
}

RULE_WORDS: Final[Mapping[str, str]] = {
    "total-above": "a total printed above its rows",
    "total-below": "a total told below its rows",
    "total-across": "a total at the end of a row",
    "total-down": "a total at the foot of its rows",
    "change-number": "a change in number",
    "change-percent": "a change in per cent",
    "change-points": "a change in percentage points",
    "fraction": "a percentage beside its own fraction",
    "flow-across": "a closing figure at the end of a row",
    "flow-down": "a closing figure at the foot of its column",
    "band-ratio": "a council tax band against the others",
    "item-run": "items numbered on from an earlier meeting",
    "states-in-sentence": "parts of a sentence",
    "part-of-total-row": "a part told of a total row",
    "whole-of-total-row": "a whole told of a total row",
    "part-of-total-elsewhere": "a part told of another paper's total",
    "ratings-counted": "ratings counted in a sentence",
    "rows-counted": "rows counted in a sentence",
    "scores-moved": "scores that rose and fell",
    "superlative-in-table": "the highest or lowest of a table",
    "share-of-named-figures": "a share of two named figures",
    "average-of-row": "an average of two named figures",
    "change-than": "so many more or fewer than",
    "claim-way-to-level": "the way to a level against its row",
    "claim-swapped": "a figure with two changed about",
    "claim-variance": "an overspend against its row",
    "claim-change-of-row": "a change against the row that prints it",
    "level-against": "a level and what it is set against",
    "sum-in-words": "a sum done in words",
    "change-from": "a level and what it came from",
    "budget-in-sentence": "an overspend or underspend",
    "share-over-all": "a share of more than all",
    "share-of-before": "a share of the count before it",
    "share-of-named": "a share of what the paragraph gives",
    "weekday": "a weekday against its date",
    "range": "a period from and to",
}
"""What a rule asks for, where its name does not say it by itself."""


def say_rule(rule: str) -> str:
    return RULE_WORDS.get(rule) or rule.replace("-", " ")


def say_counts(counts: Mapping[str, int]) -> str:
    """ "Checked 214 figures and dates: 3 cannot be true, 5 are doubtful, 206 agree; 31 could not be checked." """
    wrong, doubtful, agree, unchecked = (counts.get(verdict.value, 0) for verdict in Verdict)
    checked = wrong + doubtful + agree
    what = "figure or date" if checked == 1 else "figures and dates"
    return (
        f"Checked {checked:,} {what}: {wrong:,} cannot be true, {doubtful:,} {'is' if doubtful == 1 else 'are'}"
        f" doubtful, {agree:,} {'agrees' if agree == 1 else 'agree'}; {unchecked:,} could not be checked."
    )
