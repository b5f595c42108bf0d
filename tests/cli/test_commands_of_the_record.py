"""Do init, ingest, search, register and doctor do their work and say plainly when they cannot?"""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from tests.cli.commands import run

pytestmark = pytest.mark.own_database

DOCUMENT = """# PEEL 2021/22

An inspection of Calder Vale Police

## Area for improvement

The constabulary should count its bicycles once a year.
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one document taken in."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "report.md").write_text(DOCUMENT, encoding="utf-8")
    taken = run(folder / "ws", "ingest", "--force", "NTS", "--published", "2022-04", folder / "report.md")
    assert taken.returncode == 0, taken.stderr
    assert f"Made a workspace in {folder / 'ws'}." in taken.stdout
    return folder / "ws"


def test_the_keys_are_their_owners_only(workspace: Path) -> None:
    for name in ("secret.key", "ledger.key"):
        assert stat.S_IMODE((workspace / "keys" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((workspace / "keys").stat().st_mode) == 0o700


def test_init_again_is_harmless(workspace: Path) -> None:
    before = {path: path.read_bytes() for path in (workspace / "keys").glob("*.key")}
    again = run(workspace, "init")
    assert again.returncode == 0
    assert "is ready; 0 organisations" in again.stdout
    assert {path: path.read_bytes() for path in (workspace / "keys").glob("*.key")} == before


def test_the_same_bytes_again_change_nothing(workspace: Path) -> None:
    again = run(workspace, "ingest", workspace.parent / "report.md")
    assert again.returncode == 0
    assert "Already held; nothing changed." in again.stdout


def test_bad_files_are_named_and_the_others_kept(workspace: Path) -> None:
    good, bad = workspace.parent / "good.txt", workspace.parent / "bad.pdf"
    good.write_text("Calder Vale Police looks after its tricycles.\n")
    bad.write_bytes(b"%PDF-1.7 and then nothing")
    taken = run(workspace, "ingest", "--json", good, bad, workspace.parent / "missing.txt")
    assert taken.returncode == 2
    assert "Traceback" not in taken.stderr
    wire = json.loads(taken.stdout)
    assert [each["file"] for each in wire["documents"]] == ["good.txt"]
    assert [each["file"] for each in wire["failed"]] == ["bad.pdf", "missing.txt"]
    assert all(each["reason"].endswith(".") for each in wire["failed"])
    assert run(workspace, "search", "tricycles").stdout.count("tricycles") >= 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--force", "XYZ"), "There is no force or body “XYZ”"),
        (("--published", "last spring"), "is not a date"),
        (("--published", "2022-13"), "is not a date"),
    ],
)
def test_what_a_person_says_wrongly_is_one_sentence(
    workspace: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    refused = run(workspace, "ingest", *arguments, workspace.parent / "report.md")
    assert refused.returncode == 2
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_search_finds_words_and_says_when_it_finds_none(workspace: Path) -> None:
    found = json.loads(run(workspace, "search", "--json", "bicycles").stdout)
    assert found["total"] >= 1
    start, end = found["passages"][0]["hits"][0]
    assert found["passages"][0]["snippet"][start:end] == "bicycles"
    assert "Nothing holds “zeppelin”" in run(workspace, "search", "zeppelin").stdout


def test_the_register_is_printed_and_as_json(workspace: Path) -> None:
    accepted = run(workspace, "ingest", "--accept", workspace.parent / "report.md")
    assert accepted.returncode == 0, accepted.stderr
    wire = json.loads(run(workspace, "register", "--json").stdout)
    assert wire["total"] == len(wire["items"])
    printed = run(workspace, "register")
    assert printed.returncode == 0
    for item in wire["items"]:
        assert item["reference"] in printed.stdout
        assert item["citations"]


def test_doctor_finds_nothing_wrong_and_then_something(workspace: Path) -> None:
    well = run(workspace, "doctor")
    assert well.returncode == 0, well.stdout
    assert "Nothing is wrong." in well.stdout
    key = workspace / "keys" / "secret.key"
    key.chmod(0o644)
    ill = run(workspace, "doctor", "--json")
    key.chmod(0o600)
    assert ill.returncode == 1
    wrong = [each["what"] for each in json.loads(ill.stdout)["findings"] if not each["good"]]
    assert wrong == [f"Others can read {key}: run chmod 600 {key}."]


def test_the_record_is_sound_after_all_of_it(workspace: Path) -> None:
    assert run(workspace, "verify").returncode == 0


def test_without_a_workspace_each_command_says_what_to_do(tmp_path: Path) -> None:
    for command in (("search", "x"), ("register",)):
        refused = run(tmp_path / "none", *command)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "bluelamp init" in refused.stderr
    assert run(tmp_path / "none", "doctor").returncode == 1


def test_a_workspace_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    refused = run(tmp_path / "file", "init")
    assert refused.returncode == 2
    assert "cannot be made" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_hostile_name_cannot_command_the_terminal(workspace: Path) -> None:
    hostile = workspace.parent / "\x1b[31m[bold]name.txt"
    hostile.write_text("Calder Vale Police paints its gates.\n")
    taken = run(workspace, "ingest", hostile)
    assert taken.returncode == 0
    assert "\x1b" not in taken.stdout
    assert "[bold]name.txt" in taken.stdout
