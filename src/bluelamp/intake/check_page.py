"""What stands on the page of a check: one page of the paper with words marked, the findings beside it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from bluelamp.checks.model import Result, Verdict
from bluelamp.documents.citations import Citation
from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.documents.pictures import has_picture
from bluelamp.documents.queries import page_with_line
from bluelamp.documents.sheets import DrawnBox, SheetBlock, find_boxes, find_marks, make_sheet
from bluelamp.documents.windows import Window, part_of
from bluelamp.intake.check_answers import Answers, Remembered, find_gone, say_answer, say_gone
from bluelamp.intake.queries_checks import KeptCheck
from bluelamp.intake.wire import citations_to_wire

PER_PAGE = 40
WRONG = (Verdict.CONTRADICTION, Verdict.SUSPECT)
LONGEST_QUOTE = 300


@dataclass(frozen=True)
class PlaceView:
    """Words of a paper: the quote, where it stands, and an address that opens there."""

    quote: str
    where: str
    address: str


@dataclass(frozen=True)
class Finding:
    """A result and its name on the page: its key, and a number where the same words are found again."""

    name: str
    result: Result


def name_findings(results: Iterable[Result]) -> list[Finding]:
    seen: Counter[str] = Counter()
    named = []
    for result in results:
        seen[result.key] += 1
        nth = seen[result.key]
        named.append(Finding(result.key if nth == 1 else f"{result.key}-{nth}", result))
    return named


@dataclass(frozen=True)
class FindingView:
    result: Result
    places: tuple[PlaceView, ...]
    address: str  # this page, at the finding's first words
    page_address: str  # the finding's own page
    answer: str
    answered: bool
    here: bool  # the one the reader came for
    on_page: bool

    @property
    def whereabouts(self) -> list[PlaceView]:
        """One place for each page or line."""
        return list({place.where: place for place in reversed(self.places)}.values())[::-1]

    @property
    def is_wrong(self) -> bool:
        return self.result.verdict in WRONG


@dataclass(frozen=True)
class GoneView:
    message: str
    said: str


@dataclass(frozen=True)
class CheckView:
    """One page of the paper, and the findings that were asked for, the gravest first."""

    page: StoredPage
    has_next: bool  # is there a page after it?
    window: Window
    as_text: bool
    has_picture: bool
    sheet: list[SheetBlock]
    boxes: list[DrawnBox]
    findings: list[FindingView]
    shown: str  # "" or a verdict
    total: int  # of what is shown
    first: int  # of this part of the list, from 1
    more: str  # address of the list's next part; "" at its end
    fewer: str
    unanswered: int
    gone: list[GoneView]


def make_check_view(document: StoredDocument, kept: KeptCheck, answers: Answers, asked: QueryDict) -> CheckView:
    """Read what the address asks for; what names nothing is as nothing."""
    shown = asked.get("verdict", "") if asked.get("verdict", "") in set(Verdict) else ""
    findings = [each for each in name_findings(kept.report.results) if _is_shown(each.result, shown)]
    first = _read_number(asked.get("from", ""), len(findings))
    chosen = next((each for each in findings if each.name == asked.get("finding")), None)
    line = _line_of(document, chosen.result) if chosen else None
    page = _choose_page(document, asked, line, findings)
    as_text = asked.get("show") == "text" or not has_picture(document, page)
    window = part_of(page, _read_part(asked.get("part", "")), line=line)
    listed = findings[first : first + PER_PAGE]
    cited = _in_window(document, window, listed)
    here = chosen.name if chosen else ""
    link = _Linking(document, kept, asked)
    return CheckView(
        page=page,
        has_next=document.pages.filter(index=page.index + 1).exists(),
        window=window,
        as_text=as_text,
        has_picture=has_picture(document, page),
        sheet=make_sheet(page, find_marks(page, cited, here=here), window.blocks) if as_text else [],
        boxes=[] if as_text else find_boxes(page, cited, here=here),
        findings=[link.finding(each, answers, here, dict(cited)) for each in listed],
        shown=shown,
        total=len(findings),
        first=first + 1,
        more=link.at(**{"from": str(first + PER_PAGE)}) if first + PER_PAGE < len(findings) else "",
        fewer=link.at(**{"from": str(max(0, first - PER_PAGE))}) if first else "",
        unanswered=sum(not _is_answered(answers.get(each.key)) for each in wrong_in(kept.report.results)),
        gone=[GoneView(each.answer.message, say_gone(each)) for each in find_gone(kept.report.results, answers)],
    )


def make_finding_view(
    document: StoredDocument, kept: KeptCheck, answers: Answers, asked: QueryDict, finding: Finding
) -> FindingView:
    """A finding alone."""
    return _Linking(document, kept, asked).finding(finding, answers, "", {})


def wrong_in(results: Iterable[Result]) -> list[Result]:
    return [each for each in results if each.verdict in WRONG]


def _is_answered(remembered: Remembered | None) -> bool:
    return remembered is not None and remembered.settles


def _is_shown(result: Result, verdict: str) -> bool:
    return result.verdict.value == verdict if verdict else result.verdict in WRONG


def _read_number(words: str, total: int) -> int:
    number = int(words) if words.isdecimal() and len(words) < 9 else 0
    return number if number < total else 0


def _read_part(words: str) -> int | None:
    return int(words) if words.isdecimal() and len(words) < 7 else None


def _line_of(document: StoredDocument, result: Result) -> int | None:
    """The finding's first line in this document; None where it speaks of others only."""
    lines = (
        c.line for printed in result.printed for c in printed.citations if c.document_sha256 == document.sha256
    )
    return next(lines, None)


def _choose_page(
    document: StoredDocument, asked: Mapping[str, str], line: int | None, findings: Sequence[Finding]
) -> StoredPage:
    """The page that is named, else the one of the chosen finding, else of the gravest, else the first."""
    number = asked.get("page", "")
    pages = document.pages
    if number.isdecimal() and len(number) < 7 and (found := pages.filter(index=int(number) - 1).first()):
        return found
    if line is None and findings:
        line = _line_of(document, findings[0].result)
    return (page_with_line(document, line) if line else None) or pages.order_by("index")[0]


def _in_window(
    document: StoredDocument, window: Window, findings: Iterable[Finding]
) -> list[tuple[str, list[object]]]:
    """The citations of each finding that stand on what is shown of the page, by the finding's name."""
    found = []
    for finding in findings:
        cited = [
            citation
            for printed in finding.result.printed
            for citation in printed.citations
            if citation.document_sha256 == document.sha256 and window.holds(citation.line)
        ]
        if cited:
            found.append((finding.name, list(citations_to_wire(cited))))
    return found


class _Linking:
    """Addresses that keep what was asked for of this page."""

    def __init__(self, document: StoredDocument, kept: KeptCheck, asked: QueryDict) -> None:
        self._document = document
        self._base = reverse("intake:check", args=[document.pk])
        self._keep = {
            name: asked[name] for name in ("verdict", "from", "show", "check") if asked.get(name)
        }  # fmt: skip
        self._names = {each.sha256: each.name for each in kept.report.documents}
        self._others = {str(each["name"]): str(each["document"]) for each in kept.check.beside}

    def at(self, **changes: str) -> str:
        return f"{self._base}?{urlencode({**self._keep, **changes})}"

    def finding(
        self, finding: Finding, answers: Answers, here: str, on_page: Mapping[str, Sequence[object]]
    ) -> FindingView:
        result = finding.result
        remembered = answers.get(result.key)
        line = _line_of(self._document, result)
        own = reverse("intake:check_finding", args=[self._document.pk, finding.name])
        check = f"?check={self._keep['check']}" if "check" in self._keep else ""
        return FindingView(
            result=result,
            places=tuple(self._place(each.text, each.citations, finding.name) for each in result.printed),
            address=self.at(finding=finding.name) + (f"#L{line}" if line else ""),
            page_address=own + check,
            answer=say_answer(remembered) if remembered else "",
            answered=_is_answered(remembered),
            here=finding.name == here,
            on_page=finding.name in on_page,
        )

    def _place(self, text: str, citations: Sequence[Citation], name: str) -> PlaceView:
        first = citations[0]
        quote = text or first.quote
        where = f"page {first.page}" if first.page else f"line {first.line}"
        if first.document_sha256 == self._document.sha256:
            page = {"page": str(first.page)} if first.page else {}
            address = self.at(finding=name, **page) + f"#L{first.line}"
        else:
            paper = self._names.get(first.document_sha256, "")
            where = f"{paper}, {where}"
            key = self._others.get(paper)
            address = reverse("desk:document_line", args=[key, first.line]) if key else ""
        return PlaceView(quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…", where, address)
