"""Is there a Java that Spark can run on?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from bluelamp.lib.errors import PlainError

LEAST: Final = 17
_VERSION: Final = re.compile(r'version "(?:1\.)?(\d{1,3})')


def check_java() -> None:
    """PlainError where it is missing or too old."""
    found = find_java()
    if found is None:
        raise PlainError(
            f"Spark needs Java {LEAST} or newer, and there is none: install it (Debian: openjdk-17-jre-headless),"
            " or set JAVA_HOME."
        )
    version = _read_version(found)
    if version < LEAST:
        raise PlainError(
            f"Spark needs Java {LEAST} or newer, and {found} is {version or 'none that runs'}: install one, or set"
            " JAVA_HOME."
        )


def find_java() -> Path | None:
    """The one that Spark's own scripts would take: JAVA_HOME before the path."""
    home = os.environ.get("JAVA_HOME")
    named = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    return Path(named) if named else None


def _read_version(java: Path) -> int:
    """17 of "17.0.15", 8 of "1.8.0_392"; 0 where it does not say."""
    try:
        said = subprocess.run([str(java), "-version"], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = _VERSION.search(said.stderr + said.stdout)
    return int(found[1]) if found else 0
