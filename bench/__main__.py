"""`make bench`: the figures that matter, as ratios measured in one run."""

from __future__ import annotations

import importlib
import sys

PARTS = (
    *("reading", "checking", "about", "register", "imports", "papers", "templates", "recurrence", "exceptions"),
    *("performance", "loading_records", "warehouse"),
)

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        importlib.import_module(f"bench.{part}").main()
