"""How does a check stand on the wire (bluelamp.check/1)?"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bluelamp.checks.model import Printed, Report, Result, Subject, Verdict
from bluelamp.checks.pack_links import PackLinks, link_pack
from bluelamp.intake.wire import Wire, citations_to_wire

SCHEMA = "bluelamp.check/1"


@dataclass(frozen=True, kw_only=True)
class WireDocument:
    """A document as a check names it."""

    sha256: str
    name: str
    family: str
    title: str
    pages: int | None
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class KeptReport:
    """What is kept of a check: results gravest first, and what of a pack belongs together."""

    documents: tuple[WireDocument, ...]
    results: tuple[Result, ...]
    links: PackLinks

    @property
    def counts(self) -> dict[str, int]:
        return {verdict.value: sum(each.verdict is verdict for each in self.results) for verdict in Verdict}


def keep_report(report: Report) -> str:
    """The report as text that `read_kept_report` reads again."""
    kept = KeptReport(
        documents=tuple(msgspec.convert(_document(subject), WireDocument) for subject in report.subjects),
        results=report.results,
        links=link_pack(report),
    )
    return msgspec.json.encode(kept).decode()


def read_kept_report(text: str) -> KeptReport:
    return msgspec.json.decode(text, type=KeptReport)


def encode_report(report: Report) -> bytes:
    """The whole check as JSON."""
    return msgspec.json.format(msgspec.json.encode(report_to_wire(report)), indent=2)


def report_to_wire(report: Report) -> Wire:
    return {
        "schema": SCHEMA,
        "documents": [_document(subject) for subject in report.subjects],
        "results": [_result(result) for result in report.results],
        "counts": report.counts,
    }


def _document(subject: Subject) -> Wire:
    return {
        "sha256": subject.document.sha256,
        "name": subject.name,
        "family": subject.further.get("family", "other"),
        "title": subject.further.get("title", ""),
        "pages": _page_count(subject),
        "papers": [paper.title for paper in subject.papers],
    }


def _page_count(subject: Subject) -> int | None:
    pages = subject.document.pages
    return len(pages) if pages and pages[0].number is not None else None


def _result(result: Result) -> Wire:
    return {
        "verdict": result.verdict.value,
        "check": result.check.value,
        "rule": result.rule,
        "key": result.key,
        "message": result.message,
        "printed": [_printed(each) for each in result.printed],
        "recomputed": result.recomputed,
        "tolerance": result.tolerance,
    }


def _printed(printed: Printed) -> Wire:
    return {"text": printed.text, "citations": citations_to_wire(printed.citations)}
