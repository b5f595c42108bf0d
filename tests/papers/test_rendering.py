"""Is the same paper the same bytes, in every format, whatever the machine and the hour?"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from tests.papers.samples import SAMPLES, committee_update, hearing_brief, item_history

from bluelamp.lib.errors import PlainError
from bluelamp.papers.rendering import FORMATS, render

ROOT = Path(__file__).resolve().parents[2]
SHORT = [name for name in SAMPLES if name not in ("long", "register")]
WITHOUT_TABLES = {"hearing"}

DIGESTS = """
import hashlib
from tests.papers.samples import FORMATS, committee_update, render
for form in FORMATS:
    print(form, hashlib.sha256(render(committee_update(), form).data).hexdigest())
"""


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", SHORT)
def test_the_same_paper_is_the_same_bytes(name: str, form: str) -> None:
    if form == "csv" and name in WITHOUT_TABLES:
        with pytest.raises(PlainError, match="no table"):
            render(SAMPLES[name](), form)
    else:
        assert render(SAMPLES[name](), form) == render(SAMPLES[name](), form)


def test_another_process_on_another_day_makes_the_same_bytes() -> None:
    here = {form: hashlib.sha256(render(committee_update(), form).data).hexdigest() for form in FORMATS}
    environment = {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "86400", "TZ": "Asia/Tokyo", "PYTHONPATH": "src:."}
    made = subprocess.run(
        [sys.executable, "-c", DIGESTS], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert dict(line.split() for line in made.stdout.splitlines()) == here


def test_files_have_names_and_types() -> None:
    assert render(committee_update(), "pdf").file_name == "committee-update-2024-09-04.pdf"
    assert render(item_history(), "docx").file_name == "cal-2024-afi-01-2024-09-04.docx"
    assert render(committee_update(), "csv").file_name == "committee-update-2024-09-04-tables.zip"
    assert render(committee_update(), "html").media_type == "text/html; charset=utf-8"


def test_an_unknown_format_is_refused_in_words() -> None:
    with pytest.raises(PlainError, match="choose one of html, pdf, docx, xlsx, csv, json"):
        render(hearing_brief(), "odt")


def test_papers_load_no_django() -> None:
    program = (
        "import sys; from tests.papers.samples import FORMATS, committee_update, render;"
        " [render(committee_update(), form) for form in FORMATS];"
        " sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
