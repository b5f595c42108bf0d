"""What did the last change gain and lose? `python -m tests.golden.report [NAME...] [--record]`.

For each golden document: the expectations that are not met, then the facts that are read now and were not when
last recorded (gained), and those that were and are not (lost). For each report of the harvest: which criticisms
are missed and which proposals are invented, as shares at its first reading and now.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.golden.documents import GoldenDocument, find_faults, golden_documents
from tests.golden.harvested import FirstTally, Tally, harvest_documents, tally_first

from bluelamp.documents.facts import Fact
from bluelamp.lib.text import fold

RECORD = Path(__file__).resolve().parent / "recorded.json"


def main() -> int:
    recorded: dict[str, list[str]] = json.loads(RECORD.read_text("utf-8")) if RECORD.is_file() else {}
    names = [word for word in sys.argv[1:] if not word.startswith("-")]
    chosen = [g for g in golden_documents() if not names or any(name in g.name for name in names)]
    now = {golden.name: sorted(_line(fact) for fact in golden.reading.facts) for golden in chosen}
    faulty = sum(_report(golden, recorded.get(golden.name, []), now[golden.name]) for golden in chosen)
    _say(f"{len(now) - faulty} of {len(now)} documents are read as expected")
    _report_harvest(names)
    if "--record" in sys.argv:
        RECORD.write_text(json.dumps(recorded | now, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 1 if faulty else 0


def _report(golden: GoldenDocument, before: list[str], now: list[str]) -> bool:
    faults = find_faults(golden)
    gained, lost = _without(now, before), _without(before, now)
    style = f" [{golden.expected['style']} style]" if "style" in golden.expected else ""
    _say(f"{golden.name}{style}: {len(now)} facts, {len(faults)} faults, {len(gained)} gained, {len(lost)} lost")
    for sign, lines in (("!", faults), ("+", gained), ("-", lost)):
        for line in lines:
            _say(f"  {sign} {line[:200]}")
    return bool(faults)


def _report_harvest(names: list[str]) -> None:
    chosen = [each for each in harvest_documents() if not names or any(name in each.name for name in names)]
    for each in chosen:
        first, read = each.first_read, each.tally
        unseen = ", no rule changed for it" if each.is_unseen else ""
        _say(f"{each.name}: {_shares(read)}; at first {_shares(first)}{unseen}")
        for sign, sentences in (("missed", read.missed), ("invented", read.invented)):
            for words in sentences:
                _say(f"  {sign}: {words[:180]}")
    if len(chosen) > 1:
        read = sum((each.tally for each in chosen), Tally())
        _say(f"the harvest: {_shares(read)}; every report at first {_shares(tally_first())}")


def _shares(tally: Tally | FirstTally) -> str:
    return f"precision {tally.precision:.2f}, recall {tally.recall:.2f}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _without(lines: list[str], others: list[str]) -> list[str]:
    left = list(others)
    return [line for line in lines if line not in left or left.remove(line)]


def _line(fact: Fact) -> str:
    """A fact in one line, enough to tell it from the others of its document."""
    names = ("type", "area", "grade", "number", "verdict", "concern", "printed", "title", "text")
    said = [str(getattr(fact, name)) for name in names if getattr(fact, name, None)]
    return fold(" | ".join([fact.kind, *said]))[:160]


if __name__ == "__main__":
    sys.exit(main())
