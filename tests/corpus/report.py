"""`make corpus`: how many of the planted faults does the paper checker find, and how often does it cry wolf?"""

from __future__ import annotations

import sys

from tests.corpus.making import PAPERS, make_cases
from tests.corpus.scoring import Score, score

RECALL, PRECISION = 0.9, 0.97


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def main() -> int:
    papers = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else PAPERS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdigit() else 2026
    total = score(make_cases(papers, seed=seed))
    _say(f"{papers} papers, {total.planted.total()} planted faults, {total.nears.total()} that only look like one")
    _say(_table(total))
    if "-v" in sys.argv:
        _print_misses(total)
    good = total.recall >= RECALL and total.precision >= PRECISION
    _say(f"recall {total.recall:.3f} (goal {RECALL}), precision {total.precision:.3f} (goal {PRECISION})")
    return 0 if good else 1


def _table(total: Score) -> str:
    lines = [
        f"{'kind':16}{'planted':>8}{'found':>7}{'recall':>8}{'doubted':>8}{'told':>6}{'false':>6}{'nears':>7}{'alarms':>7}"
    ]
    for kind in sorted({*total.planted, *total.right, *total.alarms, *total.nears}):
        planted, found = total.planted[kind], total.found[kind]
        recall = f"{found / planted:.2f}" if planted else "-"
        told = total.right[kind] + total.alarms[kind]
        lines.append(
            f"{kind:16}{planted:>8}{found:>7}{recall:>8}{total.only_doubted[kind]:>8}{told:>6}{total.alarms[kind]:>6}"
            f"{total.nears[kind]:>7}{total.near_alarms[kind]:>7}"
        )
    return "\n".join(lines)


def _print_misses(total: Score) -> None:
    for name, plant in total.missed:
        _say("missed", name, plant.kind, plant.words)
    for name, result in total.false:
        _say("false", name, result.verdict.value, result.rule, result.message[:300])


if __name__ == "__main__":
    raise SystemExit(main())
