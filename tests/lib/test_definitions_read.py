"""Is a definition read as YAML says, quickly or slowly, and refused in a sentence where it cannot be?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.lib.definitions import DEEPEST, SHIPPED, DefinitionError, compose_yaml, load_yaml, read_definition

pytestmark = pytest.mark.no_database
TEXTS = (
    "",
    "a: 1\na: 2",
    "? a\n: b",
    "&a [*a]",
    "a: !!binary eA==",
    "\ufeffa: 1",
    "a: &b [1]\nc: *b",
    "a: {<<: {b: 1}}",
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def lines_of(node: Any, seen: set[int]) -> list[object]:
    """Every node with the place where it begins."""
    if node is None or id(node) in seen:
        return []
    seen.add(id(node))
    inner = [part for each in node.value for part in (each if isinstance(each, tuple) else (each,))]
    own = (node.tag, node.start_mark.line, node.start_mark.column)
    return [own, *(inner if isinstance(node, yaml.ScalarNode) else (lines_of(each, seen) for each in inner))]


@pytest.mark.parametrize("text", TEXTS)
def test_quick_and_slow_read_the_same(text: str) -> None:
    assert repr(load_yaml(text)) == repr(yaml.safe_load(text))
    assert lines_of(compose_yaml(text), set()) == lines_of(yaml.compose(text, Loader=yaml.SafeLoader), set())


def test_every_shipped_definition_is_read_the_same_quickly_and_slowly() -> None:
    paths = sorted(SHIPPED.rglob("*.yaml"))
    assert len(paths) > 20
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert load_yaml(text) == yaml.safe_load(text), path


@given(PLAIN)
@settings(max_examples=100)
def test_whatever_is_written_is_read_the_same_quickly_and_slowly(said: Any) -> None:
    written = yaml.safe_dump(said, allow_unicode=True)
    assert load_yaml(written) == yaml.safe_load(written)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("times", [DEEPEST + 1, 100_000])
def test_what_is_nested_beyond_any_definition_is_refused(opening: str, times: int, tmp_path: Path) -> None:
    for read in (load_yaml, compose_yaml):
        with pytest.raises(yaml.YAMLError, match="nested more than 100 deep"):
            read(opening * times)
    path = tmp_path / "deep.yaml"
    path.write_text(opening * times, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"deep\.yaml is not valid YAML: it is nested"):
        read_definition(path, dict)


def test_what_is_nested_as_deep_as_allowed_is_read() -> None:
    said = load_yaml("[" * DEEPEST + "]" * DEEPEST)
    for _ in range(DEEPEST - 1):
        (said,) = said
    assert said == []


def test_what_is_no_yaml_is_told_by_its_line() -> None:
    with pytest.raises(yaml.YAMLError, match="line 2, column 5"):
        load_yaml("a: 1\nb: [")
