"""What was checked in a paper, what could not be, and what was answered: the certificate that goes with it.

It never says that a paper is right. What was not checked may be wrong; figures may agree and be wrong together.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bluelamp.checks.model import Check, Printed, Result, Verdict
from bluelamp.checks.saying_checks import FAMILY_WORDS, VERDICT_WORDS, say_counts, say_rule
from bluelamp.documents.citations import Citation
from bluelamp.lib.calendar_days import say_day
from bluelamp.papers.model import (
    Block,
    Bullets,
    Cited,
    Column,
    Content,
    Facts,
    GroupRow,
    Marking,
    Number,
    Paper,
    Paragraph,
    Quote,
    Row,
    Section,
    Table,
    Unknown,
)

MOST_LISTED = 400
"""Of each list; a certificate is to be read, and says how many more there are."""
LONGEST_QUOTE = 400
_HOW = "Each thing that was asked of the paper is counted once, by what came of it."


@dataclass(frozen=True, kw_only=True)
class CheckedDocument:
    name: str
    sha256: str
    pages: int | None = None


@dataclass(frozen=True, kw_only=True)
class Certified:
    """What a certificate is made of. `answers` are sentences by the finding's key."""

    title: str
    documents: tuple[CheckedDocument, ...]
    results: tuple[Result, ...]
    answers: Mapping[str, str]
    checked_on: dt.date
    checker_version: int
    marking: Marking = Marking.OFFICIAL


def make_certificate(what: Certified) -> Paper:
    return Paper(
        title="What was checked in this paper",
        subtitle=what.title,
        kind="paper-check",
        marking=what.marking,
        as_of=what.checked_on,
        sections=tuple(_sections(what)),
        notes=(
            "A figure cannot be true where no unrounded values could have printed so, under the most generous"
            " reading of rounding, units and words such as around or almost. It is doubtful where only an unusual"
            " reading saves it.",
        ),
    )


def _sections(what: Certified) -> Sequence[Section]:
    wrong = [each for each in what.results if each.verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT)]
    return (
        Section("What this says", (*_opening(what, wrong), _identity(what))),
        Section("What was checked", (Paragraph(_HOW, numbered=True), _table_of_counts(what.results))),
        Section("What was found, and what was answered", tuple(_findings(what, wrong))),
        Section("What could not be checked", tuple(_unchecked(what))),
    )


def _opening(what: Certified, wrong: Sequence[Result]) -> tuple[Block, ...]:
    counts = Counter(each.verdict.value for each in what.results)
    answered = sum(each.key in what.answers for each in wrong)
    said = say_counts(counts)
    if wrong:
        said += f" {_say_answered(answered, len(wrong))}"
    return (
        Paragraph(said, numbered=True),
        Paragraph(
            "This lists what a machine compared within the words of the paper, and with the papers named beside"
            " it. What is not listed was not compared. Figures that agree with one another may be wrong together.",
            numbered=True,
        ),
    )


def _say_answered(answered: int, findings: int) -> str:
    if findings == 1:
        return "It has an answer." if answered else "It has no answer yet."
    if answered == findings:
        return f"All {findings:,} findings have an answer."
    return f"{answered or 'None'} of the {findings:,} findings {'have' if answered > 1 else 'has'} an answer."


def _identity(what: Certified) -> Facts:
    pairs: list[tuple[str, Content]] = []
    for number, each in enumerate(what.documents):
        pairs.append(("Paper" if not number else "Checked beside it", each.name))
        pairs.append(("Pages", _pages(each)))
        pairs.append(("SHA-256", each.sha256))
    pairs.append(("Checked on", say_day(what.checked_on)))
    pairs.append(("Checker", f"version {what.checker_version}"))
    return Facts(tuple(pairs))


def _pages(document: CheckedDocument) -> Content:
    if document.pages is None:
        return Unknown("a format without pages")
    return Number(document.pages, f"{document.pages:,}")


def _table_of_counts(results: Sequence[Result]) -> Table:
    counted = Counter((each.check, each.rule, each.verdict) for each in results)
    rows: list[Row | GroupRow] = []
    for check in Check:
        rules = sorted({rule for family, rule, _ in counted if family is check})
        if rules:
            rows.append(GroupRow(FAMILY_WORDS[check]))
        for rule in rules:
            rows.append((_capital(say_rule(rule)), *(_number(counted[check, rule, each]) for each in Verdict)))
    totals = Counter(each.verdict for each in results)
    heads = (_capital(VERDICT_WORDS[each]) for each in Verdict)
    return Table(
        caption="What was asked of the paper, how often, and what came of it",
        columns=(Column("What was asked", width=4), *(Column(head, numeric=True, width=1.4) for head in heads)),
        rows=tuple(rows),
        totals=(("In all", *(_number(totals[each]) for each in Verdict)),) if rows else (),
        empty="Nothing in this paper was of a kind that is checked.",
        note=_families_without(results),
    )


def _families_without(results: Sequence[Result]) -> str:
    met = {each.check for each in results}
    missing = [words.lower() for check, words in FAMILY_WORDS.items() if check not in met]
    return f"Nothing was met to check of: {'; '.join(missing)}." if missing and met else ""


def _number(value: int) -> Number:
    return Number(value, f"{value:,}")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _findings(what: Certified, wrong: Sequence[Result]) -> list[Block]:
    if not wrong:
        return [Paragraph("Of what was checked, nothing cannot be true and nothing is doubtful.", numbered=True)]
    names = {each.sha256: each.name for each in what.documents}
    blocks: list[Block] = []
    for result in wrong[:MOST_LISTED]:
        blocks.append(Paragraph(f"{_capital(VERDICT_WORDS[result.verdict])}: {result.message}", numbered=True))
        blocks += [_quote(printed, names) for printed in result.printed[:2]]
        blocks.append(Paragraph(what.answers.get(result.key, "Nobody has answered this yet.")))
    if len(wrong) > MOST_LISTED:
        blocks.append(Paragraph(f"{len(wrong) - MOST_LISTED:,} more are not listed here."))
    return blocks


def _quote(printed: Printed, names: Mapping[str, str]) -> Quote:
    first = printed.citations[0]
    words = printed.text if len(printed.text) <= LONGEST_QUOTE else f"{printed.text[: LONGEST_QUOTE - 1]}…"
    return Quote(words or first.quote, _cited(first, names))


def _cited(citation: Citation, names: Mapping[str, str]) -> Cited:
    name = names.get(citation.document_sha256, "the paper")
    title = name if citation.page else f"{name}, line {citation.line}"
    return Cited(title, page=citation.page, printed_page=citation.printed_page or "")


def _unchecked(what: Certified) -> list[Block]:
    reasons = Counter(each.message for each in what.results if each.verdict is Verdict.UNCHECKED)
    if not reasons:
        return [Paragraph("Everything that was looked at could be checked.", numbered=True)]
    listed = [words if n == 1 else f"{words} ({n} times)" for words, n in list(reasons.items())[:MOST_LISTED]]
    opening = "These were looked at, and nothing can be said of them:"
    blocks: list[Block] = [Paragraph(opening, numbered=True), Bullets(tuple(listed))]
    if len(reasons) > MOST_LISTED:
        blocks.append(Paragraph(f"{len(reasons) - MOST_LISTED:,} more are not listed here."))
    return blocks
