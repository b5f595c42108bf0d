"""Does the page of states draw every step of the table, and is it as the table is now?"""

from __future__ import annotations

from pathlib import Path

from docs.states import make_states_page

from bluelamp.assurance.steps import load_steps

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "states.md"


def test_the_page_is_of_the_table_as_it_is() -> None:
    assert make_states_page().strip() in PAGE.read_text(encoding="utf-8"), "run python -m docs.generate"


def test_every_step_is_in_a_table_and_every_change_has_its_arrow() -> None:
    page = make_states_page()
    for step in load_steps().values():
        assert f"| {step.step} | {step.says} |" in page
        arrows = page.count(f": {step.step}\n")
        assert arrows == (len(step.from_) if step.to else 0), step.step
