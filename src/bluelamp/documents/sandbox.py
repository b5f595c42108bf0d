"""How is a file that nobody vouches for opened? In a child process that may fail without harm.

The child has limits on memory, time, open files and what it writes; no secrets in its environment, no
children of its own, a folder of its own; and it answers in msgpack, which cannot carry code.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

import msgspec

from bluelamp.documents.document import Document, TellPages, UnreadableFileError
from bluelamp.documents.readers.forms import Form
from bluelamp.documents.readers.values_model import Values

ENTRY = "bluelamp.documents.sandbox_child"
_LOOKS_EVERY = 0.2  # seconds between two looks whether the answer is still wanted
_TOLD = b"P"
_TOLD_BYTES = 9  # its letter and two numbers
_SOURCES = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Limits:
    memory_bytes: int = 1_500_000_000
    seconds: float = 30.0
    file_bytes: int = 300_000_000  # the largest file that is opened at all
    answer_bytes: int = 256_000_000


DEFAULT = Limits()


def _nobody(_done: int, _pages: int) -> None:
    """Where nobody asks how far it is."""


_DAMAGED = (
    "This file made its reader stop, which damaged files do: open it in the program it was made with, "
    "save it as a PDF and add that."
)


def read_file(
    path: Path, *, limits: Limits = DEFAULT, tell: TellPages = _nobody, stop: Event | None = None
) -> Document:
    """The document in the file; raises UnreadableFileError with one plain sentence.

    `tell` hears how many of how many pages of a PDF are read; `stop` ends the child where nobody wants it.
    """
    answer = run_in_sandbox("read", path, {"file_name": path.name[-255:]}, limits=limits, tell=tell, stop=stop)
    return _decode_document(answer)


def read_upload(data: bytes, file_name: str, *, limits: Limits = DEFAULT) -> Document:
    """As `read_file`, of bytes that came over the web. The name is only a hint, never a path."""
    answer = run_in_sandbox("read", data, {"file_name": file_name[-255:]}, limits=limits)
    return _decode_document(answer)


def read_form(source: Path | bytes, file_name: str, *, limits: Limits = DEFAULT) -> Form:
    """The filled-in form (.docx, .xlsx) in the file or bytes; raises UnreadableFileError with one sentence."""
    return _decode_form(run_in_sandbox("read_form", source, {"file_name": file_name[-255:]}, limits=limits))


def read_grid(source: Path | bytes, file_name: str, *, limits: Limits = DEFAULT) -> Form:
    """The cells of a list (.xlsx, .csv) by row and column; raises UnreadableFileError with one sentence."""
    return _decode_form(run_in_sandbox("read_grid", source, {"file_name": file_name[-255:]}, limits=limits))


def read_values(source: Path | bytes, file_name: str, *, limits: Limits = DEFAULT) -> Values:
    """What the cells of a list (.xlsx, .csv) hold, as stored; raises UnreadableFileError with one sentence."""
    answer = run_in_sandbox("read_values", source, {"file_name": file_name[-255:]}, limits=limits)
    try:
        return msgspec.msgpack.decode(answer, type=Values)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableFileError(_DAMAGED) from error


def _decode_form(answer: bytes) -> Form:
    try:
        return msgspec.msgpack.decode(answer, type=Form)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableFileError(_DAMAGED) from error


def render_page(path: Path, page_number: int, width_px: int, *, limits: Limits = DEFAULT) -> bytes:
    """A picture of one page (from 1) of a PDF, `width_px` wide."""
    request: dict[str, str | int] = {"page_number": page_number, "width_px": width_px}
    return run_in_sandbox("render_page", path, request, limits=limits)


def read_files(
    paths: Iterable[Path],
    *,
    limits: Limits = DEFAULT,
    at_once: int = 2,
    tell: Callable[[Path, int, int], None] = lambda _path, _done, _pages: None,
) -> Iterator[tuple[Path, Document | UnreadableFileError]]:
    """Each path with its document, or with why it could not be read; in order, `at_once` children at a time.

    `tell` hears from other threads how many of how many pages of a PDF are read.
    """
    waiting: deque[tuple[Path, Future[Document]]] = deque()
    stop = Event()
    threads = ThreadPoolExecutor(at_once)
    try:
        for path in paths:
            reading = threads.submit(read_file, path, limits=limits, tell=partial(tell, path), stop=stop)
            waiting.append((path, reading))
            if len(waiting) > at_once:
                yield _settle(*waiting.popleft())
        while waiting:
            yield _settle(*waiting.popleft())
    finally:  # also where whoever asked gives up: no child is waited for that nobody wants
        stop.set()
        threads.shutdown(cancel_futures=True)


def _settle(path: Path, future: Future[Document]) -> tuple[Path, Document | UnreadableFileError]:
    try:
        return path, future.result()
    except UnreadableFileError as error:
        return path, error


def _decode_document(answer: bytes) -> Document:
    try:
        return msgspec.msgpack.decode(answer, type=Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableFileError(_DAMAGED) from error


def run_in_sandbox(
    task: str,
    source: Path | bytes,
    request: dict[str, str | int],
    *,
    limits: Limits = DEFAULT,
    tell: TellPages = _nobody,
    stop: Event | None = None,
) -> bytes:
    """Run one of the child's tasks on the source and return its answer.

    `request` holds the task's arguments. Raises UnreadableFileError, also where the child was stopped.
    """
    with tempfile.TemporaryDirectory(prefix="bluelamp-", ignore_cleanup_errors=True) as folder:
        with _open_source(source, Path(folder), limits) as handle:
            # ASCII with escapes: a name may hold what an argument cannot (a zero, half a surrogate pair).
            arguments = [task, json.dumps(request), str(limits.memory_bytes), str(limits.seconds)]
            child = subprocess.Popen(  # noqa: S603  (our own interpreter and module, no shell)
                [sys.executable, "-s", "-P", "-m", ENTRY, *arguments],
                stdin=handle,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=_environment(folder),
                start_new_session=True,
            )
        message = None
        try:
            message = _receive(child, limits, tell, stop)
        finally:
            # A child that has answered is on its way out; one that has not is not waited for.
            usage_kb = _finish(child, patience=0.0 if message is None else 0.5)
    return _open_message(message, child.returncode, usage_kb, limits)


@contextlib.contextmanager
def _open_source(source: Path | bytes, folder: Path, limits: Limits) -> Iterator[int]:
    """A descriptor at the start of the file; the child never learns its path."""
    if isinstance(source, bytes):
        path = folder / "upload"
        path.write_bytes(source)
    else:
        path = source
    try:
        if not path.is_file():
            what = "a folder" if path.is_dir() else "not there or not a file"
            raise UnreadableFileError(f"{_shown(path)} is {what}: check the name and try again.")
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:  # a name that is too long for the system is refused by the first look already
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableFileError(f"{_shown(path)} could not be opened ({reason}): check its name.") from error
    try:
        size = os.fstat(handle).st_size
        if size > limits.file_bytes:
            raise UnreadableFileError(
                f"This file is {size / 1e6:,.0f} MB and the largest we read is {limits.file_bytes / 1e6:,.0f} "
                "MB: split it, or ask for a version with smaller pictures."
            )
        yield handle
    finally:
        os.close(handle)


def _shown(path: Path) -> str:
    """A name that cannot disturb the terminal it is printed on."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in path.name)
    return printable if len(printable) <= 120 else f"{printable[:80]}…{printable[-30:]}"


def _environment(folder: str) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(_SOURCES),
        "PYTHONHASHSEED": "0",
        "LANG": "C.UTF-8",
        "HOME": folder,
        "TMPDIR": folder,
        "OPENBLAS_NUM_THREADS": "1",
    }


def _receive(child: subprocess.Popen[bytes], limits: Limits, tell: TellPages, stop: Event | None) -> bytes | None:
    """The child's answer, or None where its time ran out; what it tells before the answer is passed on."""
    if child.stdout is None:  # cannot be: asked for a pipe
        raise RuntimeError("the child has no pipe")
    end = time.monotonic() + limits.seconds
    pipe = child.stdout.fileno()
    chunks: list[bytes] = []
    size = 0
    told = b""  # the beginning of what it tells, as far as it came
    while True:
        left = max(0.0, end - time.monotonic())
        ready, _, _ = select.select([pipe], [], [], left if stop is None else min(left, _LOOKS_EVERY))
        if stop is not None and stop.is_set():
            return None
        if not ready:
            if time.monotonic() < end:
                continue
            return None
        chunk = os.read(pipe, 1 << 20)
        if not chunk:
            return b"".join(chunks)
        if not chunks:
            chunk = told = _pass_on(told + chunk, tell)
            if chunk[:1] in (b"", _TOLD):
                continue
        size += len(chunk)
        if size > limits.answer_bytes:
            return b"L"
        chunks.append(chunk)


def _pass_on(said: bytes, tell: TellPages) -> bytes:
    """What is left when all whole tellings at the beginning are passed on, only the last of them."""
    at = 0
    while said[at : at + 1] == _TOLD and len(said) - at >= _TOLD_BYTES:
        at += _TOLD_BYTES
    if at:
        last = said[at - _TOLD_BYTES + 1 : at]
        tell(int.from_bytes(last[:4]), int.from_bytes(last[4:]))
    return said[at:]


def _finish(child: subprocess.Popen[bytes], *, patience: float) -> int:
    """End the child and whatever it started; the most memory it held, in kB."""
    if child.stdout:
        child.stdout.close()
    end = time.monotonic() + patience
    pid, status, usage = os.wait4(child.pid, os.WNOHANG)
    while not pid and time.monotonic() < end:
        time.sleep(0.002)
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
    # The group outlives its leader only where the child started something; then it ends here.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    if not pid:
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss


def _open_message(message: bytes | None, returncode: int, usage_kb: int, limits: Limits) -> bytes:
    if message is None or returncode in (-signal.SIGALRM, -signal.SIGXCPU):
        raise UnreadableFileError(
            f"This file took longer than {limits.seconds:g} seconds to read, so reading was stopped. "
            "Split it into smaller files, or ask for it in another format."
        )
    kind, body = message[:1], message[1:]
    if kind == b"R" and returncode == 0:
        return body
    if kind == b"L":
        raise UnreadableFileError(
            f"This file holds more than {limits.answer_bytes / 1e6:,.0f} MB of words, so reading was stopped. "
            "Split it into smaller files."
        )
    if kind == b"E":
        sentence, detail = msgspec.msgpack.decode(body, type=tuple[str, str])
        error = UnreadableFileError(sentence)
        if detail:
            error.add_note(detail)  # for whoever mends the reader; never part of the sentence
        raise error
    # Libraries written in C stop the process where Python would raise MemoryError. The system counts a child's
    # peak from its parent's: only what is above our own is the child's.
    own_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if kind == b"M" or usage_kb > max(0.75 * limits.memory_bytes / 1024, own_kb):
        raise UnreadableFileError(
            f"This file needed more than {limits.memory_bytes / 1e9:.1f} GB of memory, so reading was stopped. "
            "Split it into smaller files, or ask for it in another format."
        )
    raise UnreadableFileError(_DAMAGED)
