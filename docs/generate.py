"""Makes docs/reference from definitions and commands, docs/methods from tests/spec; `--check` says what is old."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from bluelamp.cli.commands import app
from bluelamp.inspections.frameworks import Framework, load_frameworks
from docs.measures import make_measures_page
from docs.methods_pages import make_methods_pages
from docs.plans import make_plans_page
from docs.states import make_states_page

HERE = Path(__file__).resolve().parent
NOTE = "<!-- Made by `python -m docs.generate`; edit the definitions or the commands instead. -->\n\n"


def make_commands_page() -> str:
    """Every command with its arguments and options."""
    root: Any = typer.main.get_command(app)
    parts = ["# Commands\n\nEvery command takes `--help`. `--workspace FOLDER` goes before the command's name.\n"]
    for name, command in _every_command(root):
        usage = " ".join(_say_parameter(p) for p in command.params if p.name != "help")
        parts.append(f"## bluelamp {name}\n\n`bluelamp {name} {usage}`\n\n{(command.help or '').strip()}\n")
        options = [p for p in command.params if getattr(p, "help", None) and p.name != "help"]
        parts.extend(f"- `{_say_parameter(p)}`: {p.help}" for p in options)
        if options:
            parts.append("")
    return NOTE + "\n".join(parts)


def _every_command(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Each command by its whole name; of a group, those in it."""
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from _every_command(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _say_parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.name).upper() + ("..." if parameter.nargs == -1 else "")
    return f"[{parameter.opts[0]}]"


def make_frameworks_page() -> str:
    """Every framework: its scale and its areas with their printed names."""
    parts = ["# Frameworks of inspection\n\nGrades of one framework are not comparable with those of another.\n"]
    for framework in sorted(load_frameworks().values(), key=lambda f: (f.first_year, f.slug)):
        parts.append(_say_framework(framework))
    return NOTE + "\n".join(parts)


def _say_framework(framework: Framework) -> str:
    grades = ", ".join(grade.name for grade in framework.grades)
    lines = [
        f"## {framework.name}",
        "",
        f"`{framework.slug}`, {framework.publisher}. Grades, best first: {grades}.",
        *([""] if framework.verified else ["", "**Not verified.** " + framework.notes]),
        "",
        "| area | graded | also printed as |",
        "|---|---|---|",
    ]
    for area in framework.areas:
        doubt = "" if area.verified else " (not verified)"
        code = f"{area.code} " if area.code else ""
        aliases = "; ".join(area.aliases)
        lines.append(f"| {code}{area.name}{doubt} | {'yes' if area.graded else 'no'} | {aliases} |")
    return "\n".join(lines) + "\n"


PAGES = {
    "commands.md": make_commands_page,
    "frameworks.md": make_frameworks_page,
    "measures.md": lambda: NOTE + make_measures_page(),
    "plans.md": lambda: NOTE + make_plans_page(),
    "states.md": make_states_page,
}
METHODS_NOTE = "<!-- Made by `python -m docs.generate` from tests/spec/chapters; edit the chapter instead. -->\n\n"


def make_pages() -> dict[Path, str]:
    """Every made file of docs by its place, with its words."""
    pages = {HERE / "reference" / name: make() for name, make in PAGES.items()}
    for name, words in make_methods_pages().items():
        pages[HERE / "methods" / name] = METHODS_NOTE + words if name.endswith(".md") else words
    return {path: words.rstrip() + "\n" for path, words in pages.items()}


def left_over(pages: dict[Path, str]) -> list[Path]:
    """Files in docs/methods of chapters and pictures that are no more."""
    return [path for path in sorted((HERE / "methods").iterdir()) if path not in pages]


def main() -> int:
    """Write the pages, or with --check say which differ. Returns the exit code."""
    pages = make_pages()
    stale = [
        path for path, words in pages.items() if not (path.is_file() and path.read_text(encoding="utf-8") == words)
    ]
    gone = left_over(pages)
    if "--check" in sys.argv:
        names = ", ".join(str(path.relative_to(HERE)) for path in [*stale, *gone])
        sys.stdout.write(f"Out of date: {names}; run python -m docs.generate\n" if names else "")
        return 1 if names else 0
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
    for path in gone:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
