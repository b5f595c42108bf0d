"""Which pages are there for evidence, opinions, signing off and what should stay true?"""

from __future__ import annotations

from bluelamp.assurance.step_pages_model import StepPage

TESTING_PAGES: tuple[StepPage, ...] = ()
