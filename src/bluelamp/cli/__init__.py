"""The command `bluelamp`: which commands are there, and what happens when one cannot do its work?"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from bluelamp.lib.errors import PlainError


def main() -> None:
    """Run a command. What a person can put right is one sentence and exit code 2, never a traceback."""
    _make_printable()
    from bluelamp.cli.commands import app

    try:
        app()
    except PlainError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        print(f"Stopped: {_say_fault(error)}. What was finished before is kept.", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("Stopped. What was finished before is kept.", file=sys.stderr)
        sys.exit(130)
    except Exception as error:
        # Django is loaded only by commands that have a workspace, so its errors are asked for by where they live.
        if not _is_of_database(error):
            raise
        print(
            f"The workspace's database failed: {_say_fault(error)}. What was finished before is kept;"
            " bluelamp doctor looks at the rest.",
            file=sys.stderr,
        )
        sys.exit(2)


def _make_printable() -> None:
    """Somewhere to print where the shell closed it (>&-), and no letter that a terminal stumbles over."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (open until the process ends)
            setattr(sys, name, stream)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _is_of_database(error: Exception) -> bool:
    return any(base.__module__ == "django.db.utils" for base in type(error).__mro__)


def _say_fault(error: Exception) -> str:
    words = (getattr(error, "strerror", None) or str(error) or type(error).__name__).splitlines()[0]
    place = getattr(error, "filename", None)
    return f"{place}: {words}" if place else words
