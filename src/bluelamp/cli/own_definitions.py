"""Where are a workspace's own definitions, for commands that need no Django?"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def find_named_definitions() -> Path | None:
    """Those of a workspace that was named: reading a document needs no workspace, and looks for none."""
    return find_own_definitions() if os.environ.get("BLUELAMP_WORKSPACE") else None


def find_own_definitions() -> Path | None:
    """The folder `definitions` of the workspace that was named, else of this person's own; None without one."""
    named = os.environ.get("BLUELAMP_WORKSPACE", "")
    folder = Path(named).expanduser() if named else Path(platformdirs.user_data_dir("bluelamp"))
    own = folder / "definitions"
    return own if own.is_dir() else None
