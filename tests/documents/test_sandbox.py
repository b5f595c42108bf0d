"""The sandbox holds: whatever happens inside, one plain sentence comes out, in time."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.documents import sandbox
from bluelamp.documents.blocks import Block, BlockKind, Cell, Page, Row
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.sandbox import Limits, read_file, read_files, read_upload, run_in_sandbox

HASTY = Limits(seconds=1.0)


@pytest.fixture
def misbehave(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "ENTRY", "sandbox_misbehaving_child")
    given_environment = sandbox._environment

    def environment(folder: str) -> dict[str, str]:
        known = given_environment(folder)
        return {**known, "PYTHONPATH": f"{known['PYTHONPATH']}{os.pathsep}{Path(__file__).parent}"}

    monkeypatch.setattr(sandbox, "_environment", environment)

    def run(how: str, limits: Limits = sandbox.DEFAULT, file_name: str = "") -> bytes:
        return run_in_sandbox("any", b"words", {"how": how, "file_name": file_name}, limits=limits)

    return run


@pytest.mark.parametrize(
    ("how", "limits", "sentence"),
    [
        ("sleep", HASTY, "took longer than 1 seconds"),
        ("spin", HASTY, "took longer than 1 seconds"),
        ("allocate", sandbox.DEFAULT, "needed more than 1.5 GB of memory"),
        ("crash", sandbox.DEFAULT, "made its reader stop"),
        ("raise", sandbox.DEFAULT, "could not be read"),
        ("recurse", sandbox.DEFAULT, "could not be read"),
        ("connect", sandbox.DEFAULT, "could not be read"),
        ("run", sandbox.DEFAULT, "could not be read"),
        ("write", sandbox.DEFAULT, "could not be read"),
        ("talk", Limits(answer_bytes=10_000_000), "more than 10 MB of words"),
    ],
)
def test_every_failure_is_one_sentence(misbehave, how: str, limits: Limits, sentence: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableFileError, match=sentence) as raised:
        misbehave(how, limits)
    assert "Traceback" not in str(raised.value)
    assert "\n" not in str(raised.value)
    assert time.monotonic() - started < limits.seconds + 5


def own_peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_a_reader_that_stops_when_it_has_filled_its_memory_needed_too_much(misbehave) -> None:
    limit = max(170_000_000, own_peak_bytes() * 3 // 2)
    with pytest.raises(UnreadableFileError, match="of memory, so reading was stopped"):
        misbehave("abort after filling memory", Limits(memory_bytes=limit), str(limit * 8 // 10))


def test_the_memory_of_whoever_asks_is_not_held_against_the_file(misbehave) -> None:
    """The system counts a child's peak from its parent's: a large server must not blame a small file."""
    held = b"x" * 200_000_000
    with pytest.raises(UnreadableFileError, match="made its reader stop"):
        misbehave("crash", Limits(memory_bytes=len(held)))
    assert own_peak_bytes() > len(held)


def test_a_bug_in_a_reader_leaves_its_trace_for_whoever_mends_it(misbehave) -> None:
    with pytest.raises(UnreadableFileError) as raised:
        misbehave("raise")
    assert "a bug in a reader" in "".join(raised.value.__notes__)


def test_what_a_library_prints_is_not_taken_for_the_answer(misbehave) -> None:
    assert misbehave("shout") == b"fine"


def test_what_the_child_tells_before_its_answer_is_passed_on(misbehave) -> None:
    heard: list[tuple[int, int]] = []
    answer = run_in_sandbox(
        "any", b"words", {"how": "tell", "file_name": ""}, tell=lambda *told: heard.append(told)
    )
    assert answer == b"P is how the answer begins"
    assert heard == sorted(set(heard))
    assert heard[-1] == (3, 3)


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))), st.binary(), st.data())
def test_what_is_told_and_the_answer_come_apart_however_the_pipe_cuts_them(told, answer, data) -> None:
    said = b"".join(b"P" + done.to_bytes(4) + pages.to_bytes(4) for done, pages in told) + b"R" + answer
    cuts = sorted(data.draw(st.sets(st.integers(0, len(said)), max_size=4)))
    heard: list[tuple[int, int]] = []
    rest = b""
    for start, end in pairwise([0, *cuts, len(said)]):
        rest = sandbox._pass_on(rest + said[start:end], lambda *each: heard.append(each))
    assert rest == b"R" + answer
    assert set(heard) <= set(told)
    assert heard[-1:] == told[-1:]


def test_a_child_that_ends_while_it_tells_is_a_damaged_file(misbehave) -> None:
    with pytest.raises(UnreadableFileError, match="made its reader stop"):
        misbehave("tell half")


def test_a_child_whose_answer_nobody_wants_is_ended(misbehave) -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    with pytest.raises(UnreadableFileError):
        run_in_sandbox("any", b"words", {"how": "sleep", "file_name": ""}, stop=stop)
    assert time.monotonic() - started < sandbox.DEFAULT.seconds / 2


def test_whoever_stops_asking_for_files_waits_for_no_child(misbehave, tmp_path: Path) -> None:
    reading = read_files([tmp_path / "not there", *_files(tmp_path, "sleep", "spin")])
    next(reading)
    started = time.monotonic()
    reading.close()
    assert time.monotonic() - started < sandbox.DEFAULT.seconds / 2
    listed = subprocess.run(["ps", "-o", "args", "--ppid", str(os.getpid())], capture_output=True, text=True)
    assert "sandbox_misbehaving_child" not in listed.stdout


def _files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text("words")
    return [folder / name for name in names]


def test_the_child_learns_no_secret(misbehave, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "spoken-by-nobody")
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:spoken-by-nobody@localhost/x")
    assert b"spoken-by-nobody" not in misbehave("look")


def test_nothing_is_left_running_after_a_stop(misbehave) -> None:
    with pytest.raises(UnreadableFileError):
        misbehave("sleep", HASTY)
    listed = subprocess.run(["ps", "-o", "args", "--ppid", str(os.getpid())], capture_output=True, text=True)
    assert "sandbox_misbehaving_child" not in listed.stdout


@pytest.mark.parametrize("name", ["a\x00b", "half \ud800", "new\nline", '"quoted" $(x)', "\u202efdp.exe"])
def test_any_name_reaches_the_reader_unharmed(misbehave, name: str) -> None:
    assert misbehave("echo", file_name=name) == name.encode("utf-8", "surrogatepass")


def test_starting_costs_little(tmp_path: Path) -> None:
    """Held to starting Python at all, in turns, so that a busy machine slows both."""
    path = tmp_path / "note.txt"
    path.write_text("A short note.\n")
    read_file(path)
    reading, starting = [], []
    for _ in range(5):
        reading.append(_seconds(lambda: read_file(path)))
        starting.append(
            _seconds(lambda: subprocess.run([sys.executable, "-c", "import json, msgspec"], check=True))
        )
    assert min(reading) < 5 * min(starting)


def _seconds(what: Callable[[], object]) -> float:
    started = time.monotonic()
    what()
    return time.monotonic() - started


def test_many_files_come_back_in_order_and_a_bad_one_stops_none(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(6)]
    for number, path in enumerate(paths):
        path.write_text(f"File number {number}.\n" if number != 3 else "")
    results = list(read_files(paths))
    assert [path for path, _ in results] == paths
    for number, (_, result) in enumerate(results):
        if number == 3:
            assert isinstance(result, UnreadableFileError)
        else:
            assert isinstance(result, Document)
            assert f"File number {number}." in result.text


def test_a_missing_file_a_folder_and_a_giant_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="not there"):
        read_file(tmp_path / "absent.pdf")
    with pytest.raises(UnreadableFileError, match="a folder"):
        read_file(tmp_path)
    with pytest.raises(UnreadableFileError, match="the largest we read"):
        read_upload(b"x" * 2_000_000, "x.txt", limits=replace(sandbox.DEFAULT, file_bytes=1_000_000))


offsets = st.integers(0, 2**40)
spans = st.lists(st.tuples(offsets, offsets), max_size=3).map(tuple)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
cells = st.builds(Cell, words, spans, st.integers(0, 9), st.integers(1, 9))
rows = st.builds(Row, st.lists(cells, max_size=3).map(tuple), st.booleans())
blocks = st.builds(
    Block,
    st.sampled_from(BlockKind),
    words,
    spans,
    st.integers(0, 99),
    st.integers(0, 9),
    st.booleans(),
    words,
    st.lists(rows, max_size=3).map(tuple),
)
points = st.floats(0, 2000)
pages = st.builds(
    Page,
    st.none() | st.integers(1, 900),
    offsets,
    offsets,
    st.none() | words,
    words,
    points,
    points,
    st.booleans(),
)
documents = st.builds(
    Document,
    sha256=words,
    format=words,
    text=words,
    pages=st.lists(pages, max_size=2).map(tuple),
    blocks=st.lists(blocks, max_size=3).map(tuple),
    asides=st.lists(blocks, max_size=2).map(tuple),
    title=words,
    notes=st.lists(words, max_size=2).map(tuple),
    line_boxes=st.lists(st.none() | st.tuples(points, points, points, points), max_size=3).map(tuple),
)


@given(documents)
def test_a_document_crosses_the_pipe_unchanged(document: Document) -> None:
    document.line_at(0)  # what is remembered for speed is not sent
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(document), type=Document) == document
