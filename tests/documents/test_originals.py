"""Is an original kept once, whole, and found altered if it was?"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from bluelamp.documents.originals import Originals

DATA = b"An original.\n"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_same_bytes_are_kept_once_under_their_hash(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    sha256 = originals.keep(DATA)
    assert sha256 == hashlib.sha256(DATA).hexdigest()
    path = originals.path_of(sha256)
    assert path.parts[-3:] == (sha256[:2], sha256[2:4], sha256)
    stamp = path.stat().st_mtime_ns
    assert originals.keep(DATA) == sha256
    assert path.stat().st_mtime_ns == stamp
    assert files_in(tmp_path) == [path]
    assert originals.read(sha256) == DATA


def test_a_half_written_original_is_written_again(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    path = originals.path_of(originals.keep(DATA))
    path.write_bytes(DATA[:3])
    originals.keep(DATA)
    assert path.read_bytes() == DATA


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        Originals(tmp_path).keep(DATA)
    assert files_in(tmp_path) == []


def test_an_altered_original_is_not_served(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    sha256 = originals.keep(DATA)
    originals.path_of(sha256).write_bytes(b"Another one.\n")
    with pytest.raises(OSError, match="bytes have changed"):
        originals.read(sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64])
def test_only_a_hash_names_an_original(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Originals(tmp_path).path_of(name)
