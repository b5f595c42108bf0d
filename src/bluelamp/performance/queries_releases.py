"""Are a release's bytes still those that were kept, and are they the same when they are made again?"""

from __future__ import annotations

from dataclasses import dataclass

from bluelamp.documents.originals import workspace_originals
from bluelamp.lib.calendar_days import london_day
from bluelamp.performance.models import ReportMove, ReportRelease
from bluelamp.performance.report_frozen import compare_versions, library_versions
from bluelamp.performance.report_making import FileCompared, ReleaseWords, compare_files, forget_drawn, render_all


@dataclass(frozen=True)
class Remade:
    """Each format made again beside what was kept; faults of the disk; and which libraries are others now."""

    files: tuple[FileCompared, ...]
    faults: tuple[str, ...]
    versions: tuple[str, ...]

    @property
    def same(self) -> bool:
        return not self.faults and all(file.same for file in self.files)

    @property
    def words(self) -> str:
        """The answer in one sentence."""
        if self.faults:
            return "What was kept is damaged."
        others = [file.form for file in self.files if not file.same]
        if not others:
            return f"All {len(self.files)} files are the same, byte for byte, when they are made again."
        why = (
            " The libraries that make them are not those of the release."
            if self.versions
            else " The libraries are the same, so this needs to be explained."
        )
        return f"Made again, {', '.join(others)} {'is' if len(others) == 1 else 'are'} not as released.{why}"


def find_signed_hashes() -> set[str]:
    """Originals of reports as signed and released, of every organisation: for checking the disk, not showing."""
    signed = ReportMove.objects.exclude(frozen="").values_list("frozen", flat=True)
    released = ReportRelease.objects.values_list("frozen", "files")
    files = {str(file["sha256"]) for _, files in released for file in files}
    return {*signed, *(frozen for frozen, _ in released), *files}


def words_of(release: ReportRelease) -> ReleaseWords:
    return ReleaseWords(
        number=release.number,
        made=london_day(release.made),
        corrects=release.corrects.number if release.corrects else 0,
        reason=release.reason,
    )


def remake_release(release: ReportRelease) -> Remade:
    """Make every file of the release again from what was signed off, and compare. Nothing is written."""
    originals = workspace_originals()
    hashes = [release.frozen, *(str(file["sha256"]) for file in release.files)]
    faults = tuple(fault for sha256 in hashes if (fault := originals.find_fault(sha256)))
    versions = compare_versions(release.versions, library_versions())
    if originals.find_fault(release.frozen):
        return Remade((), faults, versions)
    forget_drawn()
    kept = {str(file["format"]): str(file["sha256"]) for file in release.files}
    made = render_all(originals.read(release.frozen), words_of(release), tuple(kept))
    return Remade(compare_files(kept, made), faults, versions)


def read_file(release: ReportRelease, form: str) -> tuple[bytes, dict[str, object]] | None:
    """The kept bytes of one format; None where the release has none. OSError where the disk lost them."""
    found = next((file for file in release.files if file["format"] == form), None)
    return (workspace_originals().read(str(found["sha256"])), found) if found else None
