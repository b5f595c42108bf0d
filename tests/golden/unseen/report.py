"""How well are the unseen documents read? `python -m tests.golden.unseen.report` prints a line for each fault."""

from __future__ import annotations

import sys

from tests.golden.unseen.documents import find_faults, unseen_documents


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    total = 0
    for unseen in unseen_documents():
        if len(sys.argv) > 1 and not any(word in unseen.path.name for word in sys.argv[1:]):
            continue
        faults = find_faults(unseen)
        total += len(faults)
        _say(f"{unseen.path.name}: {len(faults)}  {unseen.extraction.counts}")
        for fault in faults:
            _say("    " + fault)
    _say(f"{total} faults")


if __name__ == "__main__":
    main()
