"""Which words of people stand in a report beside its numbers, who wrote them, and on what do they rest?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bluelamp.papers.model import Block, Bullets, Paragraph, Run, Text
from bluelamp.performance.insight_opinions import read_paragraphs


@dataclass(frozen=True, kw_only=True)
class InsightOfReport:
    """What somebody wrote of an indicator: paragraphs apart by a line feed, "[1]" naming a piece of evidence."""

    words: str
    author: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportTexts:
    """Insights by the indicator's code. `headlines` by theme stand in place of those made from the numbers."""

    insights: Mapping[str, InsightOfReport] = field(default_factory=dict)
    headlines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opening: str = ""  # at the head of the summary
    author: str = ""  # who prepared the report


NO_TEXTS = ReportTexts()
OPINION = "(opinion)"
"""What follows a sentence that says why and names no evidence; the report's methods tell the rule."""


def make_insight(insight: InsightOfReport) -> Iterator[Block]:
    """Its paragraphs, a sentence that says why without evidence marked as opinion; then author and evidence."""
    for nth, sentences in enumerate(read_paragraphs(insight.words, pieces=len(insight.evidence))):
        runs: list[Run] = [Text("Insight. ", bold=True)] if not nth else []
        for sentence in sentences:
            runs.append(Text(f"{sentence.words} "))
            if sentence.is_opinion:
                runs.append(Text(f"{OPINION} ", italic=True))
        yield Paragraph(tuple(runs))
    if insight.author:
        yield Paragraph((Text(f"Written by {insight.author}.", italic=True),))
    if insight.evidence:
        yield Bullets(tuple(f"[{nth}] {said}" for nth, said in enumerate(insight.evidence, 1)))
