"""How much longer does a national report take to read where it is also read for one force?

150 pages of text that name all forces again and again, with a figure, a table of 43 forces and a footnote on each.
"""

from __future__ import annotations

import random
import sys
import time

PAGES = 150
SECONDS_AT_MOST = 1.0
"""What `--about` may add to the reading itself."""

_SAID = (
    "Most forces answer within the hour and record what was said to them by the caller.",
    "{a} had a plan for the winter and kept to it well.",
    "{a}, {b} and {c} could not provide this data.",
    "We found that {a} does not understand the demand it faces, unlike {b}.",
    "All forces should review how they answer.",
    "In {a}, supervisors check one call in ten; in {b} they check none.",
)


def make_report() -> str:
    from bluelamp.organisations.bodies import load_bodies

    chance = random.Random(4)
    forces = [body for body in load_bodies().values() if body.kind == "force"]
    parts = ["# Answering\n\nAn inspection by HMICFRS\n\n© HMICFRS 2026\n\n## Recommendations\n"]
    for page in range(1, PAGES + 1):
        parts.append(f"\n## Chapter {page}\n")
        for _ in range(6):
            named = (chance.choice(forces).name, chance.choice(forces).area, chance.choice(forces).area)
            said = (chance.choice(_SAID).format(a=named[0], b=named[1], c=named[2]) for _ in range(6))
            parts.append(" ".join(said) + "\n")
        parts.append(
            f"Figure {page}: Calls per 1,000 population, by force[^{page}]\n\n| Force | Calls |\n|---|---|"
        )
        parts += [f"| {force.area} | {chance.randint(100, 9999):,} |" for force in forces]
        parts.append(f"\n[^{page}]: {chance.choice(forces).name} was unable to provide this data.\n\f")
    return "\n".join(parts)


def measure() -> tuple[float, float, int]:
    """Seconds of reading, seconds that reading for one force adds, and how many mentions it finds."""
    from bluelamp.documents.readers import read_bytes
    from bluelamp.intake.extraction import extract

    document = read_bytes(make_report().encode(), file_name="national.md")
    extract(
        read_bytes(b"# x\n\nHMICFRS", file_name="x.md"), about="NTS"
    )  # the definitions are read once a process
    start = time.process_time()
    extract(document)
    middle = time.process_time()
    found = extract(document, about="NTS")
    end = time.process_time()
    return middle - start, end - middle - (middle - start), found.counts["mention"]


def main() -> int:
    plain, added, mentions = measure()
    sys.stdout.write(
        f"A national report of {PAGES} pages is read in {plain:.2f} s; reading it for one force adds {added:.2f} s"
        f" (at most {SECONDS_AT_MOST}) and finds {mentions} mentions\n"
    )
    return 0 if added <= SECONDS_AT_MOST else 1


if __name__ == "__main__":
    sys.exit(main())
