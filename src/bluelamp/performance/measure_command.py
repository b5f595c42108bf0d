"""Which command prints the figure that stands above on the page of a measure?"""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from bluelamp.performance.cubes.cube_plan import FORCE, MONTH, Key
from bluelamp.performance.measure_questions import BLANK, Question


def make_command(question: Question, keys: Mapping[str, Key]) -> str:
    """Of the one period; areas of a lookup and blanks are no filters, and the figure is then one of some rows."""
    measure = question.measure
    code = measure.slug if len(measure.outputs) == 1 else f"{measure.slug}/{question.output.slug}"
    by, only = [MONTH], []
    if question.force:
        only.append(f"{FORCE}={question.force}")
    if question.area and keys[question.level].lookup:
        by.append(question.level)
    elif question.area:
        only.append(f"{question.level}={question.area}")
    if question.value == BLANK:
        by.append(question.by)
    elif question.value:
        only.append(f"{question.by}={question.value}")
    words = ["bluelamp", "measure", code, "--by", ",".join(by), "--window", question.span.value]
    words += ["--from", str(question.to), "--to", str(question.to)]
    for each in only:
        words += ["--only", each]
    return shlex.join([*words, *(["--published"] if question.published else [])])
