"""Which files does a check write: copies of the papers with notes in them, and a certificate?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.checks.model import Report, Subject

CERTIFICATES = (".pdf", ".docx", ".html")


def check_names(files: Sequence[Path], annotate: Path | None, certificate: Path | None) -> None:
    """Can these be written? Said before minutes of work, and never over one of the papers themselves."""
    if certificate is not None and certificate.suffix.lower() not in CERTIFICATES:
        raise PlainError(f"A certificate is written as {', '.join(CERTIFICATES)}: name the file so.")
    for path in (annotate, certificate):
        if path is None:
            continue
        if not path.parent.is_dir():
            raise PlainError(f"There is no folder {path.parent}: make it, or name another.")
        if any(_is_same(path, each) for each in files):
            raise PlainError(f"{path} is one of the papers, and a paper is never written over: name another file.")
    if annotate is not None and len(files) > 1 and not annotate.is_dir():
        raise PlainError(f"{annotate} is no folder, and several papers need one: make it, or check one paper.")


def _is_same(left: Path, right: Path) -> bool:
    try:
        return left.samefile(right)
    except OSError:
        return left.absolute() == right.absolute()


def write_copies(report: Report, paths: Mapping[str, Path], out: Path) -> tuple[list[Path], list[str]]:
    """A copy of each paper with notes; those that cannot have any are told in a sentence."""
    written, refused = [], []
    for subject in report.subjects:
        source = paths.get(subject.document.sha256)
        if source is None:
            refused.append(f"{subject.name}: the file has changed since it was read, so no copy was made.")
            continue
        target = _target(source, subject.document.format, out, written)
        try:
            if any(_is_same(target, each) for each in paths.values()):
                raise PlainError(f"its copy would be written over {target}: name another folder.")
            _write(target, _copy(report, subject, source))
            written.append(target)
        except PlainError as error:
            refused.append(f"{subject.name}: {error}")
    return written, refused


def _target(source: Path, ending: str, out: Path, taken: Sequence[Path]) -> Path:
    """The file that was named, or one in the folder; two papers of one name are counted through."""
    if not out.is_dir():
        return out
    names = (f"{source.stem}-checked{f'-{n}' if n > 1 else ''}.{ending}" for n in range(1, len(taken) + 2))
    return next(out / name for name in names if out / name not in taken)


def _copy(report: Report, subject: Subject, source: Path) -> bytes:
    from bluelamp.documents.annotation import annotate
    from bluelamp.intake.check_copies import boxes_of_lines, make_notes

    document = subject.document
    notes = make_notes(report.results, document.sha256, boxes=boxes_of_lines(document.line_boxes))
    return annotate(source.read_bytes(), document.format, notes).data


def write_certificate(report: Report, path: Path) -> Path:
    import datetime as dt

    from bluelamp.checks.certificate import Certified, CheckedDocument, make_certificate
    from bluelamp.checks.version import CHECKER_VERSION
    from bluelamp.lib.calendar_days import london_day
    from bluelamp.papers.rendering import render

    documents = []
    for subject in report.subjects:
        pages = subject.document.pages
        count = len(pages) if pages and pages[0].number is not None else None
        documents.append(CheckedDocument(name=subject.name, sha256=subject.document.sha256, pages=count))
    paper = make_certificate(
        Certified(
            title=documents[0].name,
            documents=tuple(documents),
            results=report.results,
            answers={},
            checked_on=london_day(dt.datetime.now(dt.UTC)),
            checker_version=CHECKER_VERSION,
        )
    )
    _write(path, render(paper, path.suffix.lower().removeprefix(".")).data)
    return path


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise PlainError(f"{path} could not be written ({reason}): name another file.") from error
