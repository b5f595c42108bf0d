"""Is an action that is killed in the middle there whole, or not at all? A hundred times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.no_database
def test_a_hundred_kills_leave_nothing_half_done(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.assurance.killing", str(tmp_path / "workspace"), "100"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    killed = int(done.stdout.split()[0])
    assert killed > 50, done.stdout
