"""Where are the bytes of an original kept? Once, by their hash, in the workspace's folder of originals."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Originals:
    """A folder of originals: ab/cd/abcd… . A file appears whole or not at all, and is never written again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError("an original is named by the SHA-256 of its bytes")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def keep(self, data: bytes) -> str:
        """Store the bytes unless they are there already; on the disk when this returns. Gives their hash."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path_of(sha256)
        if path.is_file() and path.stat().st_size == len(data):
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return sha256

    def find_fault(self, sha256: str) -> str:
        """What is wrong with a stored original, as one sentence; empty where its bytes are as they were stored."""
        path = self.path_of(sha256)
        try:
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            return f"The original {sha256} is missing from {self.folder}."
        except OSError as error:
            return f"The original {sha256} cannot be read: {(error.strerror or str(error)).lower()}."
        return "" if found == sha256 else f"The original {sha256} is not as it was stored: its bytes have changed."

    def read(self, sha256: str) -> bytes:
        """The bytes, checked against their name; OSError where they are missing or not what was stored."""
        data = self.path_of(sha256).read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise OSError(f"The original {sha256} is not as it was stored: its bytes have changed.")
        return data


def _sync_folder(folder: Path) -> None:
    """A renamed file survives a power cut only when its folder is on the disk too."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def workspace_originals() -> Originals:
    return Originals(settings.WORKSPACE.originals)
