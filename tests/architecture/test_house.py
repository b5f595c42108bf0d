"""Is the house as it was drawn: definitions valid, reading without Django, a reason for every dependency?"""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.organisations.bodies import load_bodies

ROOT = Path(__file__).resolve().parents[2]


def test_the_definitions_can_be_read() -> None:
    assert load_frameworks()
    assert load_bodies()


def test_reading_never_loads_django() -> None:
    program = (
        "import sys; import bluelamp.cli.commands, bluelamp.intake.extraction, bluelamp.intake.wire,"
        " bluelamp.documents.readers, bluelamp.documents.sandbox;"
        " sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def dependency_lines() -> list[str]:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if re.match(r'\s+"[a-z0-9\[\],-]+([><=~,.0-9 ]*)",', line)]


def test_every_dependency_carries_its_reason() -> None:
    lines = dependency_lines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tables = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    extras = project["project"]["optional-dependencies"].values()
    assert len(lines) == sum(len(table) for table in (*tables, *extras))
    assert [line for line in lines if "#" not in line] == []


def test_no_dependency_is_under_the_gpl() -> None:
    forbidden = []
    for distribution in importlib.metadata.distributions():
        meta = distribution.metadata
        words = " ".join([meta.get("License-Expression") or "", *(meta.get_all("Classifier") or [])])
        gpl = re.search(r"\bA?GPL|GNU (Affero )?General Public", words)
        lesser = re.search(r"\bLGPL|Lesser General Public", words)
        if gpl and not lesser:
            forbidden.append(meta["Name"])
    assert forbidden == []


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "GLOSSARY.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
