"""Does a paper that was made here agree with itself? What we publish passes our own checks first."""

from __future__ import annotations

from pathlib import Path

from bluelamp.checks.checking import check_papers
from bluelamp.checks.model import Report, Result, Verdict
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.checking import read_subject
from bluelamp.papers.model import Paper, Rendered
from bluelamp.papers.rendering import render


def check_made_paper(made: Rendered | Paper, *, definitions: Path | None = None) -> Report:
    """Check a paper of our own making; its bytes are ours, so they need no sandbox. Of data, its page (HTML)."""
    rendered = made if isinstance(made, Rendered) else render(made, "html")
    document = read_bytes(rendered.data, file_name=rendered.file_name)
    return check_papers([read_subject(document, name=rendered.file_name, definitions=definitions)])


def contradictions_in(report: Report) -> tuple[Result, ...]:
    return tuple(each for each in report.results if each.verdict is Verdict.CONTRADICTION)
