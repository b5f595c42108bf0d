"""A child that breaks each rule on purpose: stands in for `sandbox_child` in the sandbox's tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from bluelamp.documents import sandbox_child


def _misbehave(task: str, request: dict[str, object], tell: partial[None]) -> bytes:
    match request.get("how", request["file_name"]):
        case "sleep":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "allocate":
            return b"x" * 1_600_000_000
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "abort after filling memory":
            held = b"x" * int(str(request["file_name"]))
            os.kill(os.getpid(), signal.SIGABRT if held else 0)
        case "raise":
            raise KeyError("a bug in a reader")
        case "recurse":
            return _misbehave(task, request, tell)
        case "connect":
            socket.create_connection(("127.0.0.1", 9))
        case "run":
            subprocess.run(["/bin/true"], check=True)
        case "write":
            with Path("large").open("wb") as stream:
                for _ in range(100):
                    stream.write(b"x" * 1_000_000)
        case "shout":
            sys.stdout.write("a library that prints")
            os.write(1, b"E" * 100)
            return b"fine"
        case "look":
            return "\n".join(f"{key}={value}" for key, value in sorted(os.environ.items())).encode()
        case "tell":
            for done in range(1, 4):
                tell(done, 3)
                time.sleep(0.05)
            return b"P is how the answer begins"
        case "tell half":
            sandbox_child._send(tell.args[0], b"P", b"\x00")
            os._exit(0)
        case "talk":
            return b"x" * 20_000_000
        case "echo":
            return str(request["file_name"]).encode("utf-8", "surrogatepass")
    return b""


sandbox_child._perform = _misbehave
if __name__ == "__main__":
    sandbox_child.main(sys.argv[1:])
