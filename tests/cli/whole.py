"""Runs `bluelamp` as a person would: in a process of its own, on a workspace of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BLUELAMP = Path(sys.executable).with_name("bluelamp")


def run(workspace: Path, *words: str | Path, database_url: str = "") -> subprocess.CompletedProcess[str]:
    """The finished command, with what it printed."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "XDG_RUNTIME_DIR") if name in os.environ}
    environment = {**kept, "BLUELAMP_WORKSPACE": str(workspace)}
    if database_url:
        environment["DATABASE_URL"] = database_url
    return subprocess.run(
        [BLUELAMP, *map(str, words)], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
