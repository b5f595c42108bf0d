"""How does a list that another office keeps say what our items say? A mapping, written by people as YAML.

A mapping names the columns by their headings, the ways in which the list writes a day, and what its words for a
status claim. It can claim what an owner may claim, and no more: no word of a foreign list makes an item assured,
nor is the inspectorate's position anybody's but the inspectorate's.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bluelamp.lib.definitions import DefinitionError, find_definitions, read_definition
from bluelamp.lib.errors import PlainError
from bluelamp.lib.text import fold
from bluelamp.register.kinds import becomes_item, load_item_kinds
from bluelamp.register.standing import load_sources, load_states

COMPLETE = "complete"
"""What a list calls finished: its owner's claim that it is delivered, closed elsewhere and not tested here."""

OWNER_KINDS = ("person", "post", "partner-body")
WORDS = ("number", "title", "text", "area", "owner", "body", "update", "pages")
DAYS = ("raised", "target", "revised", "deadline", "delivered")
CHOICES = ("kind", "source", "force", "status", "response")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A field whose value is one of ours: always the same, or told by the words of a column.

    `words` lists under each of our values what the list writes for it, case and white space aside; "" stands for
    an empty cell. Without `words` a cell holds our own value. A list without the column is refused unless `always`
    or `optional` says what to do: a heading that was renamed must not lose every claim in silence.
    """

    always: str = ""
    column: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] | None = None
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportMapping:
    """One kind of list. Headings are matched without case, white space and marks; the first found is taken."""

    slug: str
    name: str
    columns: Mapping[str, tuple[str, ...]]
    dates: tuple[str, ...]  # as strptime writes them: "%d/%m/%Y"
    kind: Choice
    source: Choice
    force: Choice = Choice()
    status: Choice = Choice()
    response: Choice = Choice()
    sheet: str = ""  # of a workbook; its first one that is shown otherwise
    owner_kind: str = "post"
    add_owners: bool = False  # an owner whom nobody knows here is added; otherwise the row is refused
    year: int = 0  # of the references, where a row has no day on which it was raised
    notes: str = ""  # for whoever keeps the mapping


_KEY = re.compile(r"[^0-9a-z]+")


def heading_key(words: str) -> str:
    """A heading without case, marks and white space: "Ref. No:" is "ref no"."""
    return _KEY.sub(" ", fold(words).lower()).strip()


def load_mapping(said: str, extra: Path | None = None) -> ImportMapping:
    """The mapping in the file of that name, or the one known by that slug; a PlainError says what is wrong."""
    path = Path(said)
    if path.suffix.lower() in (".yaml", ".yml") or path.is_file():
        if not path.is_file():
            raise PlainError(f"There is no mapping in {said}: check the file's name.")
        return _read(path)
    known = {found.stem: found for found in find_definitions("imports", extra)}
    if said not in known:
        names = ", ".join(sorted(known)) or "none"
        raise PlainError(
            f"There is no mapping called {said}. Name a YAML file, or one that is known here: {names}."
        )
    return _read(known[said])


def _read(path: Path) -> ImportMapping:
    try:
        mapping = read_definition(path, ImportMapping)
    except DefinitionError as error:
        if "got `bool`" not in str(error):
            raise
        raise DefinitionError(f"{error}: YAML takes Yes, No, On and Off for other things; quote them") from error
    _refuse_strangers(path)
    for fault in _find_faults(mapping):
        raise DefinitionError(f"{path.name}: {fault}")
    return mapping


def _refuse_strangers(path: Path) -> None:
    """A field that is misspelt would else be as good as left out."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    said: list[tuple[str, type[ImportMapping | Choice]]] = [(str(name), ImportMapping) for name in raw]
    said += [(f"{name}: {each}", Choice) for name in CHOICES for each in raw.get(name) or ()]
    for name, kind in said:
        if name.split(": ")[-1] not in {each.name for each in dataclasses.fields(kind)}:
            raise DefinitionError(f"{path.name}: there is no field “{name}”")


def _find_faults(mapping: ImportMapping) -> list[str]:
    """Each as a clause that follows the file's name; the first is told."""
    faults = [f"columns has no field “{name}”" for name in mapping.columns if name not in (*WORDS, *DAYS)]
    if not mapping.columns.get("title"):
        faults.append("columns must say where the title stands: the words that people will read first")
    if any(name in mapping.columns for name in DAYS) and not mapping.dates:
        faults.append("dates must say how the list writes a day, for example %d/%m/%Y")
    faults += [f"“{form}” is no way to write a day" for form in mapping.dates if not re.search(r"%[dj]", form)]
    if mapping.owner_kind not in OWNER_KINDS:
        faults.append(f"owner_kind is one of {', '.join(OWNER_KINDS)}")
    for name in CHOICES:
        faults += _faults_of_choice(name, getattr(mapping, name))
    for name in ("kind", "source"):
        choice = getattr(mapping, name)
        if not choice.always and not choice.column:
            faults.append(f"{name} must say always, or name a column")
    return faults


def _faults_of_choice(name: str, choice: Choice) -> list[str]:
    known = allowed_values(name)
    values = [*(choice.words or ()), *([choice.always] if choice.always else [])]
    faults = [] if known is None else [f"{name}: there is no “{value}”" for value in values if value not in known]
    if choice.words and not choice.column:
        faults.append(f"{name}: words need the column in which they stand")
    said: dict[str, str] = {}
    for value, words in (choice.words or {}).items():
        for word in words:
            other = said.setdefault(heading_key(word), value)
            if other != value:
                faults.append(f"{name}: “{word}” stands for {other} and for {value}")
    return faults


def allowed_values(name: str) -> tuple[str, ...] | None:
    """What a choice may come to; None where that is not for the definitions to say (a force)."""
    match name:
        case "kind":
            return tuple(slug for slug in load_item_kinds() if becomes_item(slug) and slug != "judgement")
        case "source":
            return tuple(load_sources())
        case "status":
            return (*load_states("delivery"), COMPLETE)
        case "response":
            return tuple(load_states("response"))
        case _:
            return None
