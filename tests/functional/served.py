"""A running desk: `bluelamp serve` in a process of its own, on a free port."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.cli.whole import BLUELAMP, run

PERSON = "sam.ferrier"


@dataclass
class Desk:
    """The address of a running desk and its workspace."""

    address: str
    workspace: Path
    process: subprocess.Popen[str]

    def link(self, person: str = PERSON) -> str:
        """A fresh link that signs the person in once."""
        done = run(self.workspace, "sign-in-link", person, "--add", "--address", self.address)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1]


def ask_no_code(workspace: Path) -> None:
    """People come in by a link alone: the settings of the example workspace of `bluelamp demo`."""
    (workspace / "bluelamp.toml").write_text("[sign_in]\nrequire_mfa = []\n", encoding="utf-8")


@contextlib.contextmanager
def serving(workspace: Path) -> Iterator[Desk]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with subprocess.Popen(
        [BLUELAMP, "serve", "--port", "0"],
        env={**kept, "BLUELAMP_WORKSPACE": str(workspace)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://[\d.:]+", server.stdout.readline())
            assert found is not None
            yield Desk(found.group(), workspace, server)
        finally:
            if server.poll() is None:
                server.terminate()
                server.wait(timeout=20)
