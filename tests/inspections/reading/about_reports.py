"""Reports on many forces, golden or of a few lines, of which the tests ask what they say of one."""

from __future__ import annotations

import dataclasses
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
import yaml
from tests.golden.documents import matches
from tests.golden.pdf_documents import build_pdf
from tests.golden.word_documents import build_docx

from bluelamp.documents.document import Document
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Mention
from bluelamp.intake.extraction import extract
from bluelamp.organisations.bodies import Body, load_bodies

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "about"
DEFINITIONS = FOLDER / "definitions"


@lru_cache(maxsize=1)
def bodies() -> dict[str, Body]:
    """The shipped bodies, and forces that do not exist with names that lie within each other."""
    return load_bodies(DEFINITIONS)


def read_mentions(document: Document, about: str = "CVP") -> list[Mention]:
    found = extract(document, definitions=DEFINITIONS, about=about)
    return [read.fact for read in found.facts if isinstance(read.fact, Mention)]


def mentions_in(text: str, about: str = "CVP", file_name: str = "report.md") -> list[Mention]:
    return read_mentions(read_bytes(text.encode("utf-8"), file_name=file_name), about)


def golden_paths() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*.*") if path.suffix != ".yaml")


def read_golden(path: Path) -> Document:
    data, name = path.read_bytes(), path.name
    if name.endswith(".pdf.md"):
        return read_bytes(build_pdf(data.decode("utf-8")), file_name=name.removesuffix(".md"))
    if name.endswith(".docx.md"):
        return read_bytes(build_docx(data.decode("utf-8")), file_name=name.removesuffix(".md"))
    if name.endswith(".typ"):
        return read_bytes(typst.compile(data), file_name=name.replace(".typ", ".pdf"))
    return read_bytes(data, file_name=name)


def find_faults(path: Path) -> list[str]:
    """What is missed, invented or cited wrongly in a golden report; one sentence each."""
    stem = path.name.removesuffix(".md").removesuffix(path.suffix if path.suffix != ".md" else "")
    expected: dict[str, Any] = yaml.safe_load((FOLDER / f"{stem}.yaml").read_text("utf-8"))
    document = read_golden(path)
    found = read_mentions(document, expected["about"])
    natures = Counter(mention.nature for mention in found)
    faults = [
        f"{nature}: {natures[nature]} read, {number} expected"
        for nature, number in expected["natures"].items()
        if natures[nature] != number
    ]
    free = [_plain(mention) for mention in found]
    for wanted in expected["facts"]:
        place = next((n for n, fact in enumerate(free) if matches(wanted, fact)), None)
        if place is None:
            faults.append(f"not read: {wanted}")
        else:
            free.pop(place)
    everything = [_plain(mention) for mention in found]
    faults += [f"invented: {w}" for w in expected["absent"] if any(matches(w, fact) for fact in everything)]
    cited = [citation for mention in found for citation in mention.citations]
    return faults + [f"not on its page: {each.quote[:80]}" for each in cited if not document.verify(each)]


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int) else str(value)
