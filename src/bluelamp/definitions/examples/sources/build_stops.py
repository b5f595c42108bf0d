"""Makes the example's list of stops and searches, the same each time; run it as a script."""

from __future__ import annotations

import calendar
import csv
import io
import random
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "records" / "calder-vale-stops.csv"
HEADS = ("Searched", "Area", "Looked for", "Outcome", "Found what was looked for")
LOOKED_FOR = ("Controlled drugs", "Offensive weapons", "Stolen goods", "Article for use in theft")
FIRST_YEAR, MONTHS = 2023, 36


def build() -> str:
    chance = random.Random(20260401)  # noqa: S311  (an example, no secret)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for number in range(MONTHS):
        year, month = FIRST_YEAR + (3 + number) // 12, (3 + number) % 12 + 1
        days = sorted(
            chance.randint(1, calendar.monthrange(year, month)[1]) for _ in range(chance.randint(22, 34))
        )
        for day in days:
            found = chance.random() < 0.24 + number / 500
            linked = "" if chance.random() < 0.1 else "Yes" if found else "No"
            outcome = (
                chance.choice(("Arrest", "Community resolution")) if found else "A no further action disposal"
            )
            moment = f"{day:02}/{month:02}/{year} {chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
            area = "Calder" if chance.random() < 0.6 else "Vale"
            writer.writerow((moment, area, chance.choice(LOOKED_FOR), outcome, linked))
    return out.getvalue()


if __name__ == "__main__":
    TARGET.write_text(build(), encoding="utf-8", newline="\n")
