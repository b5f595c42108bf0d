"""How does a paper become a PDF that anybody can read, with eyes or a screen reader, and that is always the same?

Typst is asked for PDF/UA-1: a paper that would break that standard is not made. It uses only the fonts within its
own wheel (Libertinus Serif, OFL), so a bare machine prints the same bytes as any other.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import typst

from bluelamp.papers.model import Paper, Paragraph, Quote, Rendered, Section
from bluelamp.papers.outline import PlacedBlock, flow, header_pairs
from bluelamp.papers.pdf_blocks import PdfWriter

_TEMPLATE: Final = Path(__file__).parent / "paper.typ"
_MISSING: Final = re.compile(r'the text `"(?P<text>(?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}|\\(?P<plain>.)")
_TRIES: Final = 6
_RUNNING: Final = 42
_NUMBER_WIDTH, _REFERENCE_WIDTH = 12, 23
CODES_NOTE: Final = (
    "Some characters are not in the fonts of this file and are printed by their code, as [U+4E2D]; the Word file"
    " and the page show them as they are."
)


class UnprintablePaperError(RuntimeError):
    """Typst could not make the paper: a fault of ours, not of what the paper says."""


def render(paper: Paper) -> Rendered:
    """PDF 1.7, tagged, PDF/UA-1."""
    data = _describe(paper, flow(paper))
    for _ in range(_TRIES):
        try:
            made = _compile(data)
        except typst.TypstError as error:
            missing = _find_missing(error.diagnostic)
            if not missing:
                raise UnprintablePaperError(error.diagnostic) from error
            data = _spell_out(data, missing)
            continue
        return Rendered(made, f"{paper.file_stem}.pdf", "application/pdf")
    raise UnprintablePaperError("characters that no font holds remain after they were spelled out")


def _compile(data: dict[str, Any]) -> bytes:
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(data)},
        pdf_standards=["ua-1"],
    )


def _describe(paper: Paper, blocks: tuple[PlacedBlock, ...]) -> dict[str, Any]:
    """The paper as paper.typ takes it."""
    numbered = any(isinstance(placed.block, Section) and placed.number for placed in blocks)
    number_width = _NUMBER_WIDTH if numbered else 0
    gutter = number_width + _REFERENCE_WIDTH if _has_references(blocks) else number_width
    writer = PdfWriter(paper.site)
    language, _, region = paper.language.partition("-")
    return {
        "title": " ".join(paper.title.split()),
        "subtitle": paper.subtitle,
        "marking": paper.marking.value,
        "running": _shorten(paper.title),
        "lang": language,
        "region": region,
        "number_width": number_width,
        "gutter": gutter,
        "header": [writer.pair(label, value) for label, value in header_pairs(paper)],
        "codes_note": "",
        "landscape": paper.landscape,
        "numbered": numbered,
        "stretches": [
            {"landscape": landscape, "blocks": [writer.block(each) for each in group]}
            for landscape, group in groupby(blocks, lambda placed: placed.landscape)
        ],
    }


def _has_references(blocks: tuple[PlacedBlock, ...]) -> bool:
    return any(isinstance(each.block, Paragraph | Quote) and each.block.reference for each in blocks)


def _shorten(title: str) -> str:
    """The title for the foot of the page, at most about a line of it."""
    words = " ".join(title.split())
    return words if len(words) <= _RUNNING else words[: _RUNNING - 1].rstrip() + "…"


# -- characters that the fonts do not hold

# The fonts hold these whatever else they lack. Typst names them too where they stand in one cluster with another
# that is missing ("a" with a mark of skin colour); then the other is spelled out.
_SURE: Final = r"\n\u200b -~¡-ɏ–—‘’“”…"


def _find_missing(diagnostic: str) -> set[str]:
    """The characters that Typst says it can't display."""
    return {_ESCAPED.sub(_unescape, found["text"]) for found in _MISSING.finditer(diagnostic)} - {""}


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found["code"], 16)) if found["code"] else found["plain"]


def _spell_out(data: dict[str, Any], missing: set[str]) -> dict[str, Any]:
    """The paper with each of these characters by its code, and a note that says so."""
    foreign = {each for text in missing for each in text if not re.fullmatch(f"[{_SURE}]", each)}
    if foreign:
        pattern = re.compile("[" + "".join(map(re.escape, sorted(foreign))) + "]")
    else:
        pattern = re.compile(f"(?<=[{re.escape(''.join(sorted(missing)))}])[^{_SURE}]+")

    def spell(thing: Any, key: str = "") -> Any:
        if isinstance(thing, str):
            return thing if key in _NOT_PRINTED else pattern.sub(_say_codes, thing)
        if isinstance(thing, dict):
            return {name: spell(value, name) for name, value in thing.items()}
        return [spell(part, key) for part in thing] if isinstance(thing, list) else thing

    return {**spell(data), "codes_note": CODES_NOTE}


_NOT_PRINTED: Final = frozenset({"target", "alternative", "lang", "region"})


def _say_codes(found: re.Match[str]) -> str:
    return "".join(f"[U+{ord(each):04X}]" for each in found.group())
