"""Is a release that is killed in the middle there whole, or not at all? Twenty times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.no_database
def test_twenty_kills_leave_no_release_half_made(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.performance.killing_releases", str(tmp_path / "workspace"), "20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    killed, releases = (int(word) for word in done.stdout.split() if word.isdigit())
    assert killed == 20, done.stdout + done.stderr[-3000:]
    assert releases > 1, done.stdout
