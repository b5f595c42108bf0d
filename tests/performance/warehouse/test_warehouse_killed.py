"""Is a load that is killed in the middle there whole, or not at all; and does it keep to its memory?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.no_database


def run(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", f"tests.performance.warehouse.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_kills_leave_no_load_half_done(tmp_path: Path) -> None:
    assert int(run("warehouse_killing", str(tmp_path), "30").split()[0]) >= 12


def test_a_load_many_times_its_memory_ends_within_its_bound(tmp_path: Path) -> None:
    """240 MB of text under 100 MB for the engine; the bound on the whole process is enforced by the system."""
    rows, peak_mb = map(int, run("warehouse_memory", str(tmp_path)).split())
    assert rows == 1_200_000
    assert peak_mb < 400  # seen: 195 to 197
