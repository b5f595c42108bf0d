"""The command `bluelamp`: which commands are there, and what happens when one cannot do its work?"""

from __future__ import annotations

import sys

from bluelamp.lib.errors import PlainError


def main() -> None:
    """Run a command. What a person can put right is one sentence and exit code 2, never a traceback."""
    from bluelamp.cli.commands import app

    try:
        app()
    except PlainError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:
        print("Stopped. What was finished before is kept.", file=sys.stderr)
        sys.exit(130)
