"""What is expected of documents that the readers' authors had not seen, and what was read from them?

Each is of a family, a year and a layout of its own. Beside the keys of `tests.golden.documents` the YAML holds
`family` (or a list of those that are right), `subject_code`, `publisher`, `published`, and `remains`: the
first words of faults that are known and not yet mended, as `find_faults` says them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from tests.golden import documents as golden
from tests.golden.unseen.built import BUILT

from bluelamp.documents.document import Document
from bluelamp.documents.facts import Reading
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.extraction import Extraction, extract

HERE = Path(__file__).resolve().parent
DETAILS = {
    "family": "family",
    "framework": "framework",
    "subject_code": "subject",
    "publisher": "publisher",
    "published": "published",
}


@dataclass(frozen=True)
class UnseenDocument(golden.GoldenDocument):
    @cached_property
    def expected(self) -> dict[str, golden.Plain]:
        stem = self.path.name if self.path.name in BUILT else self.path.stem
        found: dict[str, golden.Plain] = yaml.safe_load((HERE / f"{stem}.yaml").read_text("utf-8"))
        return found

    @cached_property
    def document(self) -> Document:
        build = BUILT.get(self.path.name)
        return read_bytes(build() if build else self.path.read_bytes(), file_name=self.path.name)

    @cached_property
    def extraction(self) -> Extraction:
        return extract(self.document, definitions=HERE / "definitions")

    @cached_property
    def reading(self) -> Reading:
        facts = tuple(read.fact for read in self.extraction.facts)
        return Reading(reader="", version=0, facts=facts, unread=tuple(p.unread for p in self.extraction.unread))


@lru_cache(maxsize=1)
def unseen_documents() -> tuple[UnseenDocument, ...]:
    written = [path for path in sorted(HERE.glob("*")) if path.suffix in (".txt", ".md", ".html")]
    return tuple(UnseenDocument(path) for path in (*written, *(HERE / name for name in BUILT)))


def find_wrong_details(unseen: UnseenDocument) -> list[str]:
    """One sentence for each detail of the whole document that is not as expected."""
    faults = []
    for key, name in DETAILS.items():
        wanted, found = unseen.expected.get(key), unseen.extraction.detail(name)
        right = [str(each) for each in wanted] if isinstance(wanted, list) else [str(wanted)]
        if wanted is not None and found not in right:
            faults.append(f"{name}: {found or 'nothing'} found, {' or '.join(right)} expected")
    return faults


def find_faults(unseen: UnseenDocument) -> list[str]:
    return [*find_wrong_details(unseen), *golden.find_faults(unseen)]
