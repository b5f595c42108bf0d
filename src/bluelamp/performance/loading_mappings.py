"""How is a list of figures laid out, and what does it call our indicators, areas and periods? Mappings, as YAML.

Three layouts: `long` (a row for each figure), `wide-by-period` (a row for each indicator and area, a column for
each period) and `wide-by-indicator` (a row for each period, a column for each indicator).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

import yaml

from bluelamp.figures.months import Span
from bluelamp.lib.definitions import DefinitionError, find_definitions, read_definition
from bluelamp.lib.errors import PlainError
from bluelamp.performance.series import UNKNOWN
from bluelamp.register.import_mappings import heading_key

LONG, BY_PERIOD, BY_INDICATOR = "long", "wide-by-period", "wide-by-indicator"
LAYOUTS: Final = (LONG, BY_PERIOD, BY_INDICATOR)
NUMBERS: Final = ("value", "numerator", "denominator", "sample", "half_width")
FIELDS: Final = ("indicator", "area", "period", "span", "breakdown", "provisional", *NUMBERS)


@dataclass(frozen=True, kw_only=True)
class FiguresMapping:
    """One kind of list. Headings are matched without case, white space and marks; the first found is taken.

    `span` is the length of its periods where the list names only their ends. `scale` is by unit ("money: 1000"
    where the list counts in thousands) or by code. `percentages: fraction` where it writes 77.4% as 0.774.
    """

    slug: str
    name: str
    layout: str
    columns: Mapping[str, tuple[str, ...]]
    sheet: str = ""  # of a workbook; every sheet with such a table otherwise
    span: str = ""
    areas: Mapping[str, str] = dataclasses.field(default_factory=dict)  # what the list calls an area: our slug
    codes: Mapping[str, str] = dataclasses.field(default_factory=dict)  # what it calls an indicator: our code
    words: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)  # our UNKNOWN: its words
    scale: Mapping[str, Decimal] = dataclasses.field(default_factory=dict)
    percentages: str = "percent"  # or fraction
    notes: str = ""  # for whoever keeps the mapping

    def column_keys(self, name: str) -> tuple[str, ...]:
        return tuple(heading_key(words) for words in self.columns.get(name, ()))


def load_mappings(extra: Path | None = None) -> dict[str, FiguresMapping]:
    """Every mapping by slug; a workspace's own (in `extra/figures`) replace shipped ones."""
    found = (read_mapping(path) for path in find_definitions("figures", extra))
    return {mapping.slug: mapping for mapping in found}


def find_mappings(said: str, extra: Path | None = None) -> tuple[FiguresMapping, ...]:
    """The mapping in the file of that name, or known by that slug; all that are known where none is said.

    With none said, whichever fits the file's headings is taken (`loading_tables`), if only one does.
    """
    known = load_mappings(extra)
    if not said:
        return tuple(known.values())
    path = Path(said)
    if path.suffix.lower() in (".yaml", ".yml"):
        if not path.is_file():
            raise PlainError(f"There is no mapping in {said}: check the file's name.")
        return (read_mapping(path),)
    if said not in known:
        names = ", ".join(sorted(known)) or "none"
        raise PlainError(
            f"There is no mapping called {said}. Name a YAML file, or one that is known here: {names}."
        )
    return (known[said],)


def read_mapping(path: Path) -> FiguresMapping:
    """The mapping in a file; a DefinitionError says what is wrong with it, and where."""
    mapping = read_definition(path, FiguresMapping)
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    allowed = {each.name for each in dataclasses.fields(FiguresMapping)}
    for name in raw:
        if name not in allowed:
            raise DefinitionError(
                f"{path.name}: there is no field “{name}”; there are {', '.join(sorted(allowed))}"
            )
    for fault in _find_faults(mapping):
        raise DefinitionError(f"{path.name}: {fault}")
    return mapping


def _find_faults(mapping: FiguresMapping) -> list[str]:
    """Each as a clause that follows the file's name; the first is told."""
    faults = [f"columns has no field “{name}”" for name in mapping.columns if name not in FIELDS]
    if mapping.layout not in LAYOUTS:
        return [f"layout is one of {', '.join(LAYOUTS)}"]
    needed = {LONG: ("indicator", "period", "value"), BY_PERIOD: ("indicator",), BY_INDICATOR: ("period",)}
    faults += [
        f"columns must say where the {name} stands"
        for name in needed[mapping.layout]
        if not mapping.columns.get(name)
    ]
    if mapping.span and mapping.span not in {span.value for span in Span}:
        faults.append(f"span is one of {', '.join(span.value for span in Span)}")
    if mapping.percentages not in ("percent", "fraction"):
        faults.append("percentages is percent (77.4) or fraction (0.774)")
    faults += [
        f"words: there is no “{name}”; there are {', '.join(UNKNOWN)}"
        for name in mapping.words
        if name not in UNKNOWN
    ]
    faults += [f"scale: {name} must be above zero" for name, scale in mapping.scale.items() if scale <= 0]
    return faults
