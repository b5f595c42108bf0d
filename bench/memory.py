"""How much memory did this process ever hold?"""

from __future__ import annotations

from pathlib import Path


def find_peak() -> float:
    """Gigabytes. Not ru_maxrss, which begins at what the process that started this one ever held."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / 1e9
