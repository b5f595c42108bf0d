"""What runs inside the sandbox? One task on the file at descriptor 0; the answer goes to the pipe.

Nothing is imported that the task does not need, and the limits are set before anything is: a limit set
between fork and exec (`preexec_fn`) may hang a parent that has threads.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

_DAMAGED = (
    "This file could not be read, because it is damaged or laid out in a way that we have not met: open it in "
    "the program it was made with, save it as a PDF and add that."
)
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def set_limits(memory_bytes: int, seconds: float) -> None:
    """Limits that this process cannot raise again, and no way out of it."""
    _lower(resource.RLIMIT_AS, memory_bytes)
    _lower(resource.RLIMIT_CPU, int(seconds) + 2)
    _lower(resource.RLIMIT_FSIZE, 64_000_000)
    _lower(resource.RLIMIT_NOFILE, 64)
    _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_CORE, 0)
    # Should the parent die before it can stop us.
    signal.setitimer(signal.ITIMER_REAL, seconds + 2)


def _lower(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(limit, (value, value))


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith(_FORBIDDEN) and not event.startswith("socket.__new__"):
        raise PermissionError(f"a reader may not do this: {event}")


def _take_pipe() -> int:
    """The pipe to the parent; from here on whatever a library prints goes to nowhere."""
    pipe = os.dup(1)
    os.dup2(2, 1)
    return pipe


def _send(pipe: int, kind: bytes, body: bytes) -> None:
    view = memoryview(kind + body)
    while view:
        view = view[os.write(pipe, view) :]


def _tell(pipe: int, done: int, pages: int) -> None:
    """How far it is, before the answer: nine bytes each time."""
    _send(pipe, b"P", done.to_bytes(4) + pages.to_bytes(4))


def _read_source() -> bytes:
    with os.fdopen(os.dup(0), "rb") as stream:
        return stream.read()


def _perform(task: str, request: dict[str, object], tell: Callable[[int, int], None]) -> bytes:
    data = _read_source()
    if task == "read":
        import msgspec

        from bluelamp.documents.readers import read_bytes

        return msgspec.msgpack.encode(read_bytes(data, file_name=str(request["file_name"]), tell=tell))
    if task == "read_form":
        import msgspec

        from bluelamp.documents.readers.forms import read_form_bytes

        return msgspec.msgpack.encode(read_form_bytes(data, file_name=str(request["file_name"])))
    if task == "read_grid":
        import msgspec

        from bluelamp.documents.readers.grids import read_grid_bytes

        return msgspec.msgpack.encode(read_grid_bytes(data, file_name=str(request["file_name"])))
    if task == "read_values":
        import msgspec

        from bluelamp.documents.readers.values import read_values_bytes

        return msgspec.msgpack.encode(read_values_bytes(data, file_name=str(request["file_name"])))
    if task == "render_page":
        from bluelamp.documents.page_images import render_page

        return bytes(render_page(data, int(str(request["page_number"])), int(str(request["width_px"]))))
    if task == "annotate":
        from bluelamp.documents.annotation import annotate_bytes

        return annotate_bytes(data, str(request["format"]))
    if task.startswith("bluelamp.") and ":" in task:  # of a floor above, which this one does not know by name
        import importlib

        module, _, name = task.partition(":")
        return bytes(getattr(importlib.import_module(module), name)(data, request))
    raise ValueError(f"no such task: {task}")


def _explain(error: Exception) -> tuple[str, str]:
    import traceback

    from bluelamp.lib.errors import PlainError

    if isinstance(error, PlainError):
        return str(error), ""
    return _DAMAGED, "".join(traceback.format_exception(error))[-20_000:]


def main(arguments: list[str]) -> NoReturn:
    pipe = _take_pipe()
    task, request, memory_bytes, seconds = arguments
    set_limits(int(memory_bytes), float(seconds))
    sys.addaudithook(_refuse)
    try:
        answer = _perform(task, json.loads(request), partial(_tell, pipe))
        _send(pipe, b"R", answer)
    except MemoryError:
        _send(pipe, b"M", b"")
    except Exception as error:  # noqa: BLE001  (whatever a reader raises must come back as a sentence)
        _send_error(pipe, error)
    os._exit(0)


def _send_error(pipe: int, error: Exception) -> None:
    try:
        import msgspec

        sentence, detail = _explain(error)
        detail = detail.encode("utf-8", "replace").decode()
        _send(pipe, b"E", msgspec.msgpack.encode((sentence, detail)))
    except MemoryError:
        _send(pipe, b"M", b"")


if __name__ == "__main__":
    main(sys.argv[1:])
