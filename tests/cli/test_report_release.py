"""`bluelamp report performance --release N`: the kept files, and whether they are made again the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.performance.report_office import NOW, make_office

from bluelamp.cli.report_release import AskedRelease, check_release
from bluelamp.documents.originals import workspace_originals
from bluelamp.lib.errors import PlainError
from bluelamp.performance.actions_releases import release_report
from bluelamp.performance.models import ReportRelease

pytestmark = pytest.mark.django_db


@pytest.fixture
def released(tmp_path: Path, settings: Any) -> ReportRelease:
    office = make_office(tmp_path, settings)
    report = office.sign(office.begin())
    return release_report(
        report,
        public_from=NOW + dt.timedelta(hours=1),
        ground="The board.",
        formats=("html", "json"),
        by=office["analyst"],
        now=NOW,
    )


def asked(out: Path, **said: Any) -> AskedRelease:
    given = {
        "plan": "calder-vale-2018-21",
        "to": "2021-03",
        "area": "force",
        "number": 1,
        "formats": ["html"],
    } | said
    return AskedRelease(out=out, **given)


def test_the_kept_bytes_are_written_and_made_again(
    released: ReportRelease, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_release(asked(tmp_path / "out"))
    printed = capsys.readouterr().out
    assert "html: the same" in printed
    assert "json: the same" in printed
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "calder-vale-2018-21-force-2021-03-release-1.html"
    kept = next(file for file in released.files if file["format"] == "html")
    assert path.read_bytes() == workspace_originals().read(str(kept["sha256"]))


def test_a_damaged_original_ends_with_one(
    released: ReportRelease, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace_originals().path_of(released.frozen).unlink()
    with pytest.raises(typer.Exit) as ended:
        check_release(asked(tmp_path))
    assert ended.value.exit_code == 1
    assert "is missing from" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "fault"), [({"number": 2}, "no release 2"), ({"formats": ["pdf"]}, "no pdf file")]
)
def test_what_is_not_there_is_said(
    released: ReportRelease, tmp_path: Path, said: dict[str, Any], fault: str
) -> None:
    with pytest.raises(PlainError, match=fault):
        check_release(asked(tmp_path, **said))
