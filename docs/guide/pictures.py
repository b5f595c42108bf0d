"""Copies the screenshots that the guide shows into docs/guide/images, cut to a screen and made small."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PIL import Image

GUIDE = Path(__file__).resolve().parent
TALLEST = 1_100  # pixels of the page's top that a reader of the guide sees


def main(taken: Path) -> None:
    """Every image that a page of the guide, or the README, names."""
    pages = [*GUIDE.glob("*.md"), GUIDE.parents[1] / "README.md"]
    names = {name for page in pages for name in re.findall(r"images/([a-z0-9-]+\.png)", page.read_text("utf-8"))}
    (GUIDE / "images").mkdir(exist_ok=True)
    for name in sorted(names):
        picture = Image.open(taken / name).convert("RGB")
        picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
        picture.quantize(128).save(GUIDE / "images" / name, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
