"""What is expected of each golden inspection report, and what was read from it?

Beside a document stands a YAML file of the same stem: `framework`, `subject`, `counts` ("kind", "kind/type" or
"kind/type/area": how many), `facts` (a subset of fields each), `absent`, and phrases of `unread` reasons. In a
fact a key may end in "~" (contains, case aside) or "#" (length) and may be dotted ("deadline.months"). A fact of
the list is met once: two alike need two. NAME.docx.md and NAME.pdf.md are made
into such a document first.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from tests.golden.pdf_documents import build_pdf
from tests.golden.word_documents import build_docx

from bluelamp.documents.document import Document, whole
from bluelamp.documents.facts import Fact, Reading
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.reading import read_inspection
from bluelamp.lib.text import fold
from bluelamp.organisations.bodies import Body

HERE = Path(__file__).resolve().parent
FAMILIES = ("hmic", "peel")
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True)
class GoldenDocument:
    path: Path

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    @cached_property
    def expected(self) -> dict[str, Plain]:
        stem = self.path.name.rsplit(".", 1)[0]
        found: dict[str, Plain] = yaml.safe_load((self.path.parent / f"{stem}.yaml").read_text("utf-8"))
        return found

    @cached_property
    def source(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def document(self) -> Document:
        if self.path.name.endswith(".docx.md"):
            built = build_docx(self.source.decode("utf-8"))
            return read_bytes(built, file_name=self.path.name.removesuffix(".md"))
        if self.path.name.endswith(".pdf.md"):
            built = build_pdf(self.source.decode("utf-8"))
            return read_bytes(built, file_name=self.path.name.removesuffix(".md"))
        return read_bytes(self.source, file_name=self.path.name)

    @cached_property
    def reading(self) -> Reading:
        framework = load_frameworks()[str(self.expected["framework"])]
        name = self.expected.get("subject")
        subject = Body(code="FIC", name=str(name), kind="force", fictional=True) if name else None
        return read_inspection(whole(self.document), framework, subject)

    @cached_property
    def facts(self) -> list[Plain]:
        return [_plain(fact) for fact in self.reading.facts]


@lru_cache(maxsize=1)
def golden_documents() -> tuple[GoldenDocument, ...]:
    paths = sorted(p for family in FAMILIES for p in (HERE / family).glob("*") if p.suffix not in (".yaml", ".py"))
    return tuple(GoldenDocument(path) for path in paths if path.with_suffix(".yaml").is_file())


def find_faults(golden: GoldenDocument) -> list[str]:
    """One sentence for each expectation that is not met; empty if all are."""
    return [*_wrong_counts(golden), *_wrong_facts(golden), *_wrong_unread(golden), *_wrong_citations(golden)]


def _wrong_counts(golden: GoldenDocument) -> list[str]:
    counted: Counter[str] = Counter()
    for fact in golden.reading.facts:
        keys = [fact.kind, getattr(fact, "type", ""), getattr(fact, "area", "")]
        counted.update({"/".join(keys[:length]): 1 for length in (1, 2, 3)})
    expected = golden.expected.get("counts") or {}
    assert isinstance(expected, dict)
    return [f"{key}: {counted[key]} read, {n} expected" for key, n in expected.items() if counted[key] != n]


def _wrong_facts(golden: GoldenDocument) -> list[str]:
    faults = []
    free = list(golden.facts)
    for wanted in _listed(golden, "facts"):
        position = next((i for i, fact in enumerate(free) if matches(wanted, fact)), None)
        if position is None:
            faults.append(f"not read: {wanted}")
        else:
            free.pop(position)
    faults += [f"invented: {w}" for w in _listed(golden, "absent") if any(matches(w, f) for f in golden.facts)]
    return faults


def _wrong_unread(golden: GoldenDocument) -> list[str]:
    reasons = [unread.reason for unread in golden.reading.unread]
    missing = [w for w in _listed(golden, "unread") if not any(str(w) in reason for reason in reasons)]
    extra = [w for w in _listed(golden, "unread_absent") if any(str(w) in reason for reason in reasons)]
    return [f"not reported: {w}" for w in missing] + [f"reported without cause: {w}" for w in extra]


def _wrong_citations(golden: GoldenDocument) -> list[str]:
    cited = [c for fact in (*golden.reading.facts, *golden.reading.unread) for c in fact.citations]
    return [f"not on its page: {c.quote[:80]}" for c in cited if not golden.document.verify(c)]


def _listed(golden: GoldenDocument, key: str) -> list[Plain]:
    listed = golden.expected.get(key) or []
    assert isinstance(listed, list)
    return listed


def matches(wanted: Plain, found: Plain) -> bool:
    """Is everything that is wanted in what was found?"""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(_key_matches(key, value, found) for key, value in wanted.items())
    if isinstance(wanted, list):
        return (
            isinstance(found, list)
            and len(wanted) == len(found)
            and all(matches(w, f) for w, f in zip(wanted, found, strict=True))
        )
    if wanted is None or found is None:
        return wanted is found
    return _words(wanted) == _words(found)


def _words(value: object) -> str:
    """White space and the shape of quotes aside (Typst and Word set curly ones)."""
    return fold(str(value)).replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')


def _key_matches(key: str, wanted: Plain, found: Mapping[str, Plain]) -> bool:
    value: Plain = dict(found)
    for name in key.rstrip("~#").split("."):
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
    if key.endswith("~"):
        return _words(wanted).lower() in _words(value).lower()
    if key.endswith("#"):
        return isinstance(value, list) and len(value) == wanted
    return matches(wanted, value)


def _plain(value: object) -> Plain:
    """A fact as YAML would write it."""
    if isinstance(value, Fact):
        fields = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"kind": value.kind, **fields}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        items = [_plain(item) for item in value]
        if items and all(isinstance(i, dict) and set(i) == {"grade", "count"} for i in items):
            return {str(i["grade"]): i["count"] for i in items if isinstance(i, dict)}
        return items
    return value if value is None or isinstance(value, (bool, int)) else str(value)
