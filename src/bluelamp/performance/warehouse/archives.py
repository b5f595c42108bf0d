"""Which files of the public archive are in this zip file or folder, and is it safe to open them?

The archive's layout is `2025-05/2025-05-nottinghamshire-street.csv`. Nothing is ever written under a name that the
archive chose: of a name only the month, the force and the kind are read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Final

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.performance.warehouse.manifest import PartKey

MOST_ENTRIES: Final = 300_000
LARGEST_FILE: Final = 4_000_000_000  # one force's month; the largest seen is 12 MB
HIGHEST_RATIO: Final = 100  # a public month packs to a fifth; a bomb to a thousandth
RATIO_FROM: Final = 10_000_000  # bytes unpacked below which the ratio does not matter
CHUNK: Final = 1 << 20

_NAME: Final = re.compile(r"(\d{4}-\d{2})-([a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,12})\.csv")
_MONTH: Final = re.compile(r"\d{4}-\d{2}")
Tell = Callable[[int], None]
"""Told how many bytes were read since it was last told."""


@dataclass(frozen=True)
class ArchiveFile:
    """One CSV file: a force's records of one kind and month. `size` is in bytes, unpacked, as the archive says."""

    key: PartKey
    name: str  # as it may be shown
    size: int
    opened: zipfile.ZipInfo | Path


@dataclass(frozen=True)
class FoundFiles:
    """What an archive holds. `refused`: files that cannot be taken, a sentence each; `told`: others."""

    files: tuple[ArchiveFile, ...]
    refused: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def known_on(self) -> dt.date:
        """The last day of its latest month: a later archive of the same month says the same or more."""
        return max(Month.parse(file.key[1]).last for file in self.files)


@dataclass
class OpenArchive:
    """A zip file or folder, open for reading."""

    path: Path
    zip: zipfile.ZipFile | None = None
    given: list[tuple[str, int, zipfile.ZipInfo | Path]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return show_name(self.path.name)

    @contextmanager
    def open_file(self, file: ArchiveFile) -> Iterator[IO[bytes]]:
        if isinstance(file.opened, Path):
            with file.opened.open("rb") as stream:
                yield stream
        elif self.zip is not None:
            with self.zip.open(file.opened) as stream:
                yield stream


@contextmanager
def open_archive(path: Path) -> Iterator[OpenArchive]:
    """A PlainError says why it cannot be opened."""
    if path.is_dir():
        yield OpenArchive(path, None, _list_folder(path))
        return
    if not path.is_file():
        raise PlainError(f"There is no archive or folder {show_name(str(path))}: check its name.")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise PlainError(
            f"{show_name(path.name)} is no whole zip file (a download may have broken off): get it again."
        ) from error
    with archive:
        yield OpenArchive(path, archive, _list_zip(archive, show_name(path.name)))


def _list_zip(archive: zipfile.ZipFile, name: str) -> list[tuple[str, int, zipfile.ZipInfo | Path]]:
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise PlainError(f"{name} holds {len(infos):,} files; at most {MOST_ENTRIES:,} are opened: split it.")
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in info.filename:
            raise PlainError(
                f"{name} holds a file whose name leads out of it ({show_name(info.filename)[:80]}),"
                " which no archive of records does: nothing of it was opened."
            )
        if info.flag_bits & 1:
            raise PlainError(f"{name} is encrypted: unpack it and name the folder.")
    return [(info.filename, info.file_size, info) for info in infos if not info.is_dir()]


def _list_folder(folder: Path) -> list[tuple[str, int, zipfile.ZipInfo | Path]]:
    """The files of the folder and of its folders; links are not followed."""
    found: list[tuple[str, int, zipfile.ZipInfo | Path]] = []
    for path in sorted((*folder.glob("*"), *folder.glob("*/*"), *folder.glob("*/*/*"))):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            found.append((path.relative_to(folder).as_posix(), status.st_size, path))
        if len(found) > MOST_ENTRIES:
            raise PlainError(f"{show_name(folder.name)} holds more than {MOST_ENTRIES:,} files: split it.")
    return found


def find_files(archive: OpenArchive, kinds: Mapping[str, str]) -> FoundFiles:
    """What it holds; `kinds` are the ends of its files' names ("street") with our kinds. PlainError if nothing."""
    files: dict[PartKey, ArchiveFile] = {}
    refused, others = [], 0
    for name, size, opened in archive.given:
        read = _read_name(name, kinds)
        if read is None:
            others += 1
        elif isinstance(read, str):
            refused.append(read)
        elif fault := _find_fault(name, size, opened):
            refused.append(fault)
        elif read in files:
            refused.append(
                f"{show_name(name)} is in it twice (also as {files[read].name}): leave one of them out."
            )
        else:
            files[read] = ArchiveFile(read, show_name(name), size, opened)
    if not files and not refused:
        raise PlainError(
            f"{archive.name} holds no file named as the public archive names them"
            " (2025-05/2025-05-FORCE-street.csv): check that it is such an archive."
        )
    told = [f"{others:,} other file{'' if others == 1 else 's'} passed by: not records of a kind that is known."]
    if archive.zip is not None and _is_bomb(archive.path.stat().st_size, files.values()):
        raise PlainError(f"{archive.name} unpacks to more than any archive of records does: it was not opened.")
    ordered = sorted(files.values(), key=lambda file: (file.key[1], file.key[0], file.key[2]))
    return FoundFiles(tuple(ordered), tuple(refused), tuple(told if others else ()))


def _read_name(name: str, kinds: Mapping[str, str]) -> PartKey | str | None:
    """The part that a file is, a sentence on why it cannot be, or None for other files."""
    path = PurePosixPath(name)
    found = _NAME.fullmatch(path.name)
    if not found:
        return None
    month, rest = found[1], found[2]
    end = next((end for end in kinds if rest.endswith(f"-{end}")), None)
    if end is None:
        return None
    try:
        Month.parse(month)
    except ValueError:
        return f"{show_name(name)} is named for {month}, which is no month."
    folder = path.parent.name
    if _MONTH.fullmatch(folder) and folder != month:
        return f"{show_name(name)} stands in the folder of another month: one of the two is wrong."
    return kinds[end], month, rest.removesuffix(f"-{end}")


def _find_fault(name: str, size: int, opened: zipfile.ZipInfo | Path) -> str:
    """Why a file may not be unpacked; "" if it may."""
    if size > LARGEST_FILE:
        return f"{show_name(name)} is {size:,} bytes, more than a month of one force can be."
    if isinstance(opened, zipfile.ZipInfo) and size > RATIO_FROM and size > HIGHEST_RATIO * opened.compress_size:
        ratio = size // max(opened.compress_size, 1)
        return f"{show_name(name)} is packed {ratio:,} to one, as no list of records is."
    return ""


def _is_bomb(packed: int, files: Iterable[ArchiveFile]) -> bool:
    """Files that share their packed bytes pass one by one, and not together."""
    total = sum(file.size for file in files)
    return total > RATIO_FROM and total > HIGHEST_RATIO * packed


def copy_file(archive: OpenArchive, file: ArchiveFile, target: Path, tell: Tell) -> str:
    """Unpack one file to `target` and return its SHA-256. PlainError where the archive is broken there."""
    digest = hashlib.sha256()
    copied = 0
    try:
        with archive.open_file(file) as stream, target.open("wb") as out:
            while chunk := stream.read(CHUNK):
                copied += len(chunk)
                if copied > file.size:
                    raise PlainError(f"{file.name} is longer than its archive says: get the archive again.")
                digest.update(chunk)
                out.write(chunk)
                tell(len(chunk))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise PlainError(f"{file.name} is damaged within {archive.name}: get the archive again.") from error
    if copied != file.size:
        raise PlainError(f"{file.name} breaks off within {archive.name}: get the archive again.")
    return digest.hexdigest()


def hash_file(path: Path, tell: Tell) -> str:
    """The SHA-256 of a file that is read where it stands."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            tell(len(chunk))
    return digest.hexdigest()


def hash_all(names: Sequence[tuple[str, str]]) -> str:
    """One digest of all files, each with its name and digest, however they are packed and in whatever order."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(names))
    return hashlib.sha256(lines.encode("utf-8", "replace")).hexdigest()
