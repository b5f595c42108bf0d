"""Do commands stay whole with bad disks, hostile archives, other releases and half-made workspaces?"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.whole import BLUELAMP, run

REPORT = """# PEEL 2021/22

An inspection of Calder Vale Police

## Area for improvement

The constabulary should count its bicycles once a year.
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace of one document, and its archive."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "report.md").write_text(REPORT)
    assert run(folder / "ws", "ingest", "--accept", folder / "report.md").returncode == 0
    assert run(folder / "ws", "backup", folder / "kept.tar.gz").returncode == 0
    return folder


@pytest.fixture
def workspace(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept / "ws", tmp_path / "ws"))


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def by_hand(workspace: Path, statement: str) -> None:
    with sqlite3.connect(workspace / "record.sqlite3") as connection:
        connection.execute(statement)
    connection.close()


def test_an_original_that_was_altered_or_removed_is_found(workspace: Path) -> None:
    [original] = [path for path in (workspace / "originals").rglob("*") if path.is_file()]
    original.write_bytes(original.read_bytes().replace(b"bicycles", b"tricycle"))
    found = run(workspace, "verify")
    assert found.returncode == 1
    assert "not as it was stored" in found.stdout
    original.unlink()
    found = run(workspace, "verify")
    assert found.returncode == 1
    assert "is missing from" in found.stdout


def test_a_newer_releases_workspace_is_left_alone(workspace: Path) -> None:
    by_hand(
        workspace,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('register', '0999_later', '2031-01-01')",
    )
    for words in (("register",), ("ingest", "x"), ("backup", workspace / "b"), ("upgrade",), ("init",)):
        assert "newer Bluelamp" in refused(run(workspace, *words))
    assert "newer Bluelamp" in run(workspace, "doctor").stdout


def test_a_database_that_is_gone_or_damaged_is_one_sentence(workspace: Path) -> None:
    for path in workspace.glob("record.sqlite3*"):
        path.unlink()
    assert "bluelamp upgrade" in refused(run(workspace, "register"))
    refused(run(workspace, "verify"))
    (workspace / "record.sqlite3").write_bytes(b"no database at all" * 1000)
    for words in (("verify",), ("upgrade",), ("register",), ("init",), ("ingest", workspace / "bluelamp.toml")):
        assert "database" in refused(run(workspace, *words))


@pytest.mark.parametrize(
    "url", ["postgresql://h:notaport/x", "postgresql://[bad/x", "postgresql://h@127.0.0.1:1/x"]
)
def test_an_address_that_is_none_is_one_sentence(workspace: Path, url: str) -> None:
    refused(run(workspace, "verify", database_url=url))
    refused(run(workspace, "register", database_url=url))


def test_a_backup_into_no_folder_is_one_sentence(workspace: Path) -> None:
    assert "no such file" in refused(run(workspace, "backup", workspace / "nowhere" / "b.tar.gz"))
    refused(run(workspace, "backup", "a" * 300))


def test_names_that_are_too_long_do_not_stop_the_others(workspace: Path) -> None:
    (workspace.parent / "good.txt").write_text("Calder Vale Police mends its gates.\n")
    done = run(workspace, "ingest", "b" * 300, workspace.parent / "good.txt")
    assert "too long" in refused(done)
    assert "good.txt" in done.stdout


@pytest.mark.parametrize("closing", [">&-", "2>&-", ">/dev/full", "| true"])
def test_nowhere_to_print_is_no_traceback(workspace: Path, closing: str) -> None:
    for words in ("verify", "register --json", f"text {workspace / 'bluelamp.toml'}"):
        command = f"{BLUELAMP} {words} {closing}"
        done = subprocess.run(
            ["/bin/bash", "-c", command],
            env={"BLUELAMP_WORKSPACE": str(workspace), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stdout + done.stderr


def test_a_terminal_of_few_letters_gets_every_line(workspace: Path) -> None:
    (workspace.parent / "dash.txt").write_text("Calder Vale – Police…\n", encoding="utf-8")
    command = [BLUELAMP, "text", workspace.parent / "dash.txt"]
    done = subprocess.run(
        command, env={"PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, "Calder Vale \\u2013 Police\\u2026")


Members = dict[str, bytes]


def _members(archive: Path) -> Members:
    with tarfile.open(archive) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def _with_manifest(members: Members, **changed: object) -> Members:
    manifest = json.loads(members["manifest.json"]) | changed
    return {**members, "manifest.json": json.dumps(manifest).encode()}


def _with_rows(members: Members, more: bytes) -> Members:
    name = "rows/organisations.Organisation.jsonl"
    changed = {**members, name: members[name] + more}
    files = json.loads(members["manifest.json"])["files"] | {name: hashlib.sha256(changed[name]).hexdigest()}
    return _with_manifest(changed, files=files)


HOSTILE: dict[str, Callable[[Members], Members]] = {
    "above the folder": lambda m: {**m, "../evil": b"x"},
    "through a folder": lambda m: {**m, "workspace/keys/../../../evil": b"x"},
    "absolute": lambda m: {**m, "/tmp/evil-of-bluelamp": b"x"},
    "a database of its own": lambda m: {**m, "workspace/record.sqlite3": b"x"},
    "a file nobody named": lambda m: {**m, "workspace/keys/more": b"x"},
    "no manifest": lambda m: {name: data for name, data in m.items() if name != "manifest.json"},
    "a list for a manifest": lambda m: {**m, "manifest.json": b"[]"},
    "a deep manifest": lambda m: {**m, "manifest.json": b"[" * 100_000},
    "a later release": lambda m: _with_manifest(m, migrations={"register": "0999_later"}),
    "an option for a name": lambda m: _with_manifest(m, migrations={"--plan": "x"}),
    "rows that are none": lambda m: _with_rows(m, b"[]\n"),
    "rows twice": lambda m: _with_rows(m, m["rows/organisations.Organisation.jsonl"]),
    "rows of other bytes": lambda m: _with_rows(m, b"\xff\n"),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_archive_leaves_nothing(kept: Path, tmp_path: Path, how: str) -> None:
    archive = tmp_path / "hostile.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for name, data in HOSTILE[how](_members(kept / "kept.tar.gz")).items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    into = tmp_path / "in" / "ws"
    refused(run(into, "restore", archive))
    assert list(into.iterdir()) == []
    assert [path.name for path in into.parent.iterdir()] == ["ws"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_only_plain_files_are_restored(kept: Path, tmp_path: Path, kind: bytes) -> None:
    archive = tmp_path / "hostile.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        entry = tarfile.TarInfo("workspace/keys/link")
        entry.type, entry.linkname = kind, "../../bluelamp.toml"
        tar.addfile(entry)
    refused(run(tmp_path / "ws", "restore", archive))
    assert list((tmp_path / "ws").iterdir()) == []


def test_a_restore_that_was_killed_is_not_taken_for_a_workspace(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "ws" / ".restoring-abc").mkdir(parents=True)
    for words in (("ingest", kept / "report.md"), ("init",), ("restore", kept / "kept.tar.gz")):
        assert "was not finished" in refused(run(tmp_path / "ws", *words))
    refused(run(tmp_path / "ws", "verify"))


def test_a_restored_workspace_keeps_away_from_the_database_it_came_from(kept: Path, tmp_path: Path) -> None:
    members = _members(kept / "kept.tar.gz")
    name = "workspace/bluelamp.toml"
    members[name] = b'database_url = "postgresql://live.invalid/record"\n'
    files = json.loads(members["manifest.json"])["files"] | {name: hashlib.sha256(members[name]).hexdigest()}
    archive = tmp_path / "elsewhere.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for each, data in _with_manifest(members, files=files).items():
            entry = tarfile.TarInfo(each)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    done = run(tmp_path / "ws", "restore", archive)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "now a comment" in done.stdout
    assert run(tmp_path / "ws", "verify").returncode == 0


def test_first_commands_at_the_same_moment_queue(tmp_path: Path) -> None:
    environment = {"BLUELAMP_WORKSPACE": str(tmp_path / "ws"), "PATH": "/usr/bin:/bin"}
    begun = [
        subprocess.Popen([BLUELAMP, "init"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(3)
    ]
    assert [each.wait(timeout=60) for each in begun] == [0, 0, 0]
    assert run(tmp_path / "ws", "verify").returncode == 0


def test_verify_beside_a_writer_raises_no_false_alarm(workspace: Path) -> None:
    for number in range(8):
        (workspace.parent / f"{number}.md").write_text(REPORT.replace("bicycles", f"bicycles {number} times"))
    files = [str(path) for path in sorted(workspace.parent.glob("*.md"))]
    writer = subprocess.Popen(
        [BLUELAMP, "ingest", "--accept", *files],
        env={"BLUELAMP_WORKSPACE": str(workspace), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
    )
    while writer.poll() is None:
        found = run(workspace, "verify")
        assert found.returncode == 0, found.stdout + found.stderr
    assert writer.returncode == 0
