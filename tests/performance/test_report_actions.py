"""From a draft to a release and its correction: what the record then holds, and what it refuses."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
from tests.desk.indicator_samples import add_load, whole_load
from tests.intake.samples import BY
from tests.performance.report_office import CODE, DAY, NOW, Office, fresh, insight_of, make_office

from bluelamp.documents.originals import workspace_originals
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actions import add_person
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_insight import (
    Written,
    add_headline,
    choose_wanted,
    edit_headline,
    leave_text,
    save_insight,
    take_text,
)
from bluelamp.performance.actions_releases import begin_correction, release_report
from bluelamp.performance.actions_reports import (
    NewReport,
    begin_report,
    comment_on_report,
    make_ready,
    renew_figures,
    resolve_comment,
    send_back,
    sign_off,
)
from bluelamp.performance.models import Load, Report, ReportRelease
from bluelamp.performance.queries_drafts import find_releases, find_reports, find_standing
from bluelamp.performance.queries_releases import read_file, remake_release
from bluelamp.performance.report_frozen import read_frozen
from bluelamp.performance.report_rules import StaleError

pytestmark = pytest.mark.django_db
FEW = ("html", "json")


def names() -> list[str]:
    events = Event.objects.filter(action__startswith="performance.").exclude(action="performance.figures_loaded")
    return list(events.order_by("sequence").values_list("action", flat=True))


# -- the draft --------------------------------------------------------------------------------------------


def test_a_report_is_begun_with_its_exceptions_and_insight_is_wanted_only_there(office: Office) -> None:
    report = office.begin()
    assert report.state == "draft"
    assert report.load_number == 1
    assert report.organisation == office.organisation
    wanted = list(report.insights.filter(wanted=True).values_list("code", flat=True))
    assert wanted == [CODE]
    insight = insight_of(report)
    assert insight.exception
    assert insight.facts[0] == insight.exception_words
    assert report.headlines.count() > 0
    assert names() == ["performance.report_begun"]


def test_only_one_report_of_a_plan_period_and_area(office: Office) -> None:
    office.begin()
    with pytest.raises(PlainError, match="already: go on with that one"):
        office.begin()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"plan": "no-such"}, "There is no plan"),
        ({"to": "March"}, "is no month"),
        ({"area": "moon"}, "has no area"),
        ({"to": "1900-03"}, "for March 1900 or the year before it"),
        ({"to": "2100-03"}, "for March 2100 or the year before it"),
        ({"vintage": 7}, "There is no vintage 7"),
        ({"title": "x" * 300}, "one line of at most"),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_kept(
    office: Office, said: dict[str, Any], fault: str
) -> None:
    with pytest.raises(PlainError, match=fault):
        office.begin(**said)
    assert Report.objects.count() == 0


def test_a_draft_of_somebody_of_no_organisation_is_of_the_body_whose_plan_it_is(office: Office) -> None:
    nobody = add_person(
        user_name="nobody", name="An administrator", role="administrator", organisation=None, by=BY, now=NOW
    )
    report = begin_report(NewReport(plan="calder-vale-2018-21", to="2021-03"), by=nobody, now=NOW)
    assert report.organisation == office.organisation  # CVP-PCC


def test_without_figures_there_is_nothing_to_report(office: Office) -> None:
    Load.objects.all().update(plan="another")
    with pytest.raises(PlainError, match="No figures of this plan are loaded yet"):
        office.begin()


def test_a_reader_begins_nothing(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="You cannot begin a report"):
        begin_report(NewReport(plan="calder-vale-2018-21", to="2021-03"), by=office["reader"], now=NOW)


def test_renewed_figures_bring_new_exceptions_and_lose_no_word(office: Office) -> None:
    report = office.begin()
    office.write_all(report, "What lies behind it.")
    headline = report.headlines.order_by("place")[0]
    edit_headline(headline, words="Vehicle crime rose.", seen=1, by=office["analyst"], now=NOW)
    add_load(
        whole_load(step=1.0), name="revised.csv", known_on=dt.date(2021, 5, 20), organisation=office.organisation
    )
    assert insight_of(fresh(report)).exception
    renew_figures(fresh(report), by=office["analyst"], now=NOW)
    renewed = fresh(report)
    assert renewed.load_number == 2
    insight = insight_of(renewed)
    assert not insight.exception
    assert not insight.wanted
    assert insight.words == "What lies behind it."
    headline.refresh_from_db()
    assert headline.words == "Vehicle crime rose."


def test_figures_are_those_of_the_reports_organisation_whoever_makes_it(
    office: Office, tmp_path: Path, settings: Any
) -> None:
    other = make_office(tmp_path / "other", settings, code="OTH-PCC")
    add_load(whole_load(step=0.2), name="theirs.csv", organisation=other.organisation)
    report = office.begin()
    assert report.load_number == 1


# -- words ------------------------------------------------------------------------------------------------


def test_two_editors_at_once_lose_nothing(office: Office) -> None:
    report = office.begin()
    insight = insight_of(report)
    save_insight(insight, Written(words="The first."), seen=0, by=office["analyst"], now=NOW)
    second = save_insight(insight, Written(words="The second."), seen=0, by=office["lpb_officer"], now=NOW)
    assert second.state == "offered"
    assert insight_of(report).words == "The first."
    assert find_standing(report).with_offers == [CODE]
    with pytest.raises(NotAllowedError, match=r"two texts, and nobody has chosen, for 1A\.1"):
        make_ready(report, by=office["analyst"], now=NOW)
    take_text(second, seen=1, by=office["analyst"], now=NOW)
    held = insight_of(report)
    assert held.words == "The second."
    assert sorted(held.texts.values_list("words", flat=True)) == ["The first.", "The second."]


def test_an_offered_text_can_be_left_and_is_still_there(office: Office) -> None:
    report = office.begin()
    insight = insight_of(report)
    save_insight(insight, Written(words="The first."), seen=0, by=office["analyst"], now=NOW)
    second = save_insight(insight, Written(words="The second."), seen=0, by=office["analyst"], now=NOW)
    leave_text(second, by=office["analyst"], now=NOW)
    assert insight_of(report).words == "The first."
    with pytest.raises(PlainError, match="decided already"):
        leave_text(second, by=office["analyst"], now=NOW)


def test_choosing_a_text_that_changed_meanwhile_is_refused(office: Office) -> None:
    report = office.begin()
    insight = insight_of(report)
    first = save_insight(insight, Written(words="The first."), seen=0, by=office["analyst"], now=NOW)
    save_insight(insight, Written(words="The second."), seen=1, by=office["analyst"], now=NOW)
    with pytest.raises(StaleError):
        take_text(first, seen=1, by=office["analyst"], now=NOW)


def test_a_text_of_a_million_letters_is_refused(office: Office) -> None:
    report = office.begin()
    with pytest.raises(PlainError, match="at most 20,000 letters, and this has 1,000,000"):
        save_insight(insight_of(report), Written(words="x" * 1_000_000), seen=0, by=office["analyst"], now=NOW)
    assert insight_of(report).texts.count() == 0


def test_wanting_and_not_wanting_by_hand_needs_a_reason_and_outlives_new_figures(office: Office) -> None:
    report = office.begin()
    other = insight_of(report, "2.2")
    with pytest.raises(NotAllowedError, match="say why"):
        choose_wanted(other, wanted=True, reason=" ", by=office["analyst"], now=NOW)
    choose_wanted(other, wanted=True, reason="The board asked.", by=office["analyst"], now=NOW)
    choose_wanted(insight_of(report), wanted=False, reason="Said last quarter.", by=office["analyst"], now=NOW)
    renew_figures(fresh(report), by=office["analyst"], now=NOW)
    assert list(report.insights.filter(wanted=True).values_list("code", flat=True)) == ["2.2"]


# -- headlines --------------------------------------------------------------------------------------------


def test_an_edit_against_the_numbers_is_kept_with_a_reason_only(office: Office) -> None:
    report = office.begin()
    office.write_all(report)
    headline = report.headlines.filter(theme="1").order_by("place")[0]
    edit_headline(headline, words="Vehicle crime fell to 12.", seen=1, by=office["analyst"], now=NOW)
    headline.refresh_from_db()
    assert any("“fell” disagrees" in each for each in headline.faults)
    assert any("“12” is not among" in each for each in headline.faults)
    with pytest.raises(NotAllowedError, match="The headline disagrees with the numbers"):
        make_ready(report, by=office["analyst"], now=NOW)
    edit_headline(
        headline, words="Vehicle crime fell to 12.", reason="Of one estate.", seen=2, by=office["analyst"], now=NOW
    )
    make_ready(report, by=office["analyst"], now=NOW)


def test_the_second_editor_of_a_headline_is_told_what_it_says_now(office: Office) -> None:
    report = office.begin()
    headline = report.headlines.order_by("place")[0]
    edit_headline(headline, words="Vehicle crime rose.", seen=1, by=office["analyst"], now=NOW)
    with pytest.raises(StaleError, match=r"it says now: “Vehicle crime rose\.”"):
        edit_headline(headline, words="Other words.", seen=1, by=office["lpb_officer"], now=NOW)


def test_generated_words_and_emptied_ones(office: Office) -> None:
    report = office.begin()
    headline = report.headlines.order_by("place")[0]
    again = edit_headline(headline, words=headline.generated, seen=1, by=office["analyst"], now=NOW)
    assert (again.words, again.faults) == ("", [])
    added = add_headline(report, theme="2", words="Residents were asked.", by=office["analyst"], now=NOW)
    gone = edit_headline(added, words="", seen=1, by=office["analyst"], now=NOW)
    assert gone.left_out
    with pytest.raises(PlainError, match="no theme"):
        add_headline(report, theme="99", words="x", by=office["analyst"], now=NOW)


# -- remarks ----------------------------------------------------------------------------------------------


def test_remarks_are_answered_and_resolved_and_open_ones_hold_the_report(office: Office) -> None:
    report = office.begin()
    office.write_all(report)
    first = comment_on_report(report, words="Is this so?", code=CODE, by=office["auditor"], now=NOW)
    reply = comment_on_report(report, words="It is.", answers=first, by=office["analyst"], now=NOW)
    assert reply.code == CODE
    with pytest.raises(PlainError, match="no such remark"):
        comment_on_report(report, words="x", answers=reply, by=office["analyst"], now=NOW)
    with pytest.raises(NotAllowedError, match="1 remark is not resolved"):
        make_ready(report, by=office["analyst"], now=NOW)
    with pytest.raises(NotAllowedError, match="You cannot resolve a comment"):
        resolve_comment(first, by=office["auditor"], now=NOW)
    resolve_comment(first, by=office["analyst"], now=NOW)
    with pytest.raises(PlainError, match="resolved already"):
        resolve_comment(first, by=office["analyst"], now=NOW)
    make_ready(report, by=office["analyst"], now=NOW)


# -- sign-off ---------------------------------------------------------------------------------------------


def test_signing_freezes_it_whole(office: Office) -> None:
    report = office.sign(office.begin())
    assert report.state == "signed-off"
    frozen = read_frozen(workspace_originals().read(report.frozen))
    assert frozen.vintage == 1
    assert [each.code for each in frozen.insights] == [CODE]
    assert {each.code for each in frozen.series} == {"1A.1", "1A.2", "2.1", "2.2", "2.3"}
    move = report.moves.get(step="sign-off")
    assert (move.frozen, move.by_key) == (report.frozen, office["lpb_officer"].ledger_name)


def test_nothing_is_written_after_signing_and_a_later_load_changes_nothing(office: Office) -> None:
    report = office.sign(office.begin())
    add_load(
        whole_load(step=3.0), name="later.csv", known_on=dt.date(2021, 6, 1), organisation=office.organisation
    )
    for refused in (
        lambda: renew_figures(fresh(report), by=office["analyst"], now=NOW),
        lambda: save_insight(insight_of(report), Written(words="x"), seen=1, by=office["analyst"], now=NOW),
        lambda: edit_headline(report.headlines.all()[0], words="x", seen=1, by=office["analyst"], now=NOW),
        lambda: choose_wanted(insight_of(report), wanted=False, reason="x", by=office["analyst"], now=NOW),
    ):
        with pytest.raises(NotAllowedError, match="while the report is signed off"):
            refused()
    release = release_report(fresh(report), formats=FEW, by=office["analyst"], now=NOW)
    assert read_frozen(workspace_originals().read(release.frozen)).vintage == 1


def test_who_wrote_it_does_not_sign(office: Office) -> None:
    alone = office["lpb_officer"]
    report = begin_report(NewReport(plan="calder-vale-2018-21", to="2021-03"), by=alone, now=NOW)
    insight = insight_of(report)
    save_insight(insight, Written(words="Mine."), seen=0, by=alone, now=NOW)
    make_ready(fresh(report), by=office["analyst"], now=NOW)
    with pytest.raises(NotAllowedError, match="you wrote some of it, so somebody else must read and sign it"):
        sign_off(fresh(report), by=alone, now=NOW)
    sign_off(fresh(report), by=office["liaison"], now=NOW)


def test_who_made_it_ready_does_not_sign_even_where_others_wrote_it(office: Office) -> None:
    report = office.begin()
    office.write_all(report)
    make_ready(fresh(report), by=office["lpb_officer"], now=NOW)
    with pytest.raises(NotAllowedError, match="you said that it is ready, so somebody else"):
        sign_off(fresh(report), by=office["lpb_officer"], now=NOW)
    send_back(fresh(report), reason="Again.", by=office["liaison"], now=NOW)
    make_ready(fresh(report), by=office["analyst"], now=NOW + DAY)
    sign_off(fresh(report), by=office["lpb_officer"], now=NOW + DAY)


def test_who_edited_a_headline_does_not_sign(office: Office) -> None:
    report = office.begin()
    office.write_all(report)
    headline = report.headlines.first()
    edit_headline(headline, words="Less.", reason="x", seen=headline.version, by=office["lpb_officer"], now=NOW)
    make_ready(fresh(report), by=office["analyst"], now=NOW)
    with pytest.raises(NotAllowedError, match="you wrote some of it"):
        sign_off(fresh(report), by=office["lpb_officer"], now=NOW)
    sign_off(fresh(report), by=office["administrator"], now=NOW)


def test_what_changed_since_it_was_read_is_not_signed(office: Office) -> None:
    report = office.begin()
    office.write_all(report)
    make_ready(report, by=office["analyst"], now=NOW)
    read = fresh(report).version
    send_back(fresh(report), reason="A word.", by=office["liaison"], now=NOW)
    make_ready(fresh(report), by=office["analyst"], now=NOW)
    with pytest.raises(StaleError, match="changed since you read it"):
        sign_off(fresh(report), seen=read, by=office["lpb_officer"], now=NOW)


def test_sent_back_with_a_reason_it_can_be_written_again(office: Office) -> None:
    report = office.sign(office.begin())
    with pytest.raises(NotAllowedError, match="say why"):
        send_back(fresh(report), reason="", by=office["lpb_officer"], now=NOW)
    send_back(fresh(report), reason="A date is wrong.", by=office["lpb_officer"], now=NOW)
    held = fresh(report)
    assert (held.state, held.frozen) == ("draft", "")
    assert held.moves.get(step="back").reason == "A date is wrong."


# -- releases ---------------------------------------------------------------------------------------------


def test_a_release_keeps_the_bytes_of_every_format_and_makes_them_again(office: Office) -> None:
    release = release_report(office.sign(office.begin()), by=office["analyst"], now=NOW)
    assert [file["format"] for file in release.files] == ["html", "pdf", "docx", "xlsx", "csv", "json"]
    for file in release.files:
        data, _ = read_file(release, str(file["format"])) or (b"", {})
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
        assert len(data) == file["size"]
    remade = remake_release(ReportRelease.objects.get(pk=release.pk))
    assert remade.same, remade
    assert remade.versions == ()
    assert "All 6 files are the same, byte for byte" in remade.words
    assert names()[-1] == "performance.report_released"


def test_a_changed_library_or_a_damaged_original_is_said(office: Office) -> None:
    release = release_report(office.sign(office.begin()), formats=FEW, by=office["analyst"], now=NOW)
    release.versions = {**release.versions, "scipy": "0.1"}
    release.files[0]["sha256"] = workspace_originals().keep(b"other bytes")
    remade = remake_release(release)
    assert not remade.same
    assert remade.words.startswith("Made again, html is not as released. The libraries that make them")
    assert any(each.startswith("scipy was 0.1 and is ") for each in remade.versions)
    workspace_originals().path_of(release.frozen).unlink()
    assert remake_release(release).words == "What was kept is damaged."


def test_a_plan_that_is_edited_later_changes_no_release(office: Office, tmp_path: Path, settings: Any) -> None:
    from tests.desk.indicator_samples import DEFINITION, write_plan

    release = release_report(office.sign(office.begin()), formats=FEW, by=office["analyst"], now=NOW)
    edited = DEFINITION.replace("Vehicle crime", "Theft of vehicles")
    settings.WORKSPACE_DEFINITIONS = write_plan(tmp_path / "edited", edited)
    assert remake_release(release).same


def test_publishing_twice_at_once_makes_one_release(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second began while the first was rendering: it finds the report released, and keeps nothing."""
    from bluelamp.performance import actions_releases

    report = office.sign(office.begin())
    inner = actions_releases._keep_files

    def slow(*given: Any) -> Any:
        monkeypatch.setattr(actions_releases, "_keep_files", inner)
        release_report(fresh(report), formats=FEW, by=office["lpb_officer"], now=NOW)
        return inner(*given)

    monkeypatch.setattr(actions_releases, "_keep_files", slow)
    with pytest.raises(StaleError, match="Somebody else published release 1"):
        release_report(fresh(report), formats=FEW, by=office["analyst"], now=NOW)
    assert ReportRelease.objects.count() == 1


def test_a_kill_between_the_bytes_and_the_record_leaves_it_signed_off(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bluelamp.performance import actions_releases

    report = office.sign(office.begin())

    def killed(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions_releases, "working_on", killed)
        with pytest.raises(KeyboardInterrupt):
            release_report(fresh(report), formats=FEW, by=office["analyst"], now=NOW)
    assert fresh(report).state == "signed-off"
    assert ReportRelease.objects.count() == 0
    release = release_report(fresh(report), formats=FEW, by=office["analyst"], now=NOW)
    assert release.number == 1
    assert remake_release(release).same


def test_a_correction_is_a_new_release_that_names_the_old_one(office: Office) -> None:
    first = release_report(office.sign(office.begin()), formats=FEW, by=office["analyst"], now=NOW)
    kept = [file["sha256"] for file in first.files]
    begin_correction(fresh(first.report), reason="A sign was wrong.", by=office["analyst"], now=NOW)
    report = fresh(first.report)
    assert report.state == "draft"
    insight = insight_of(report)
    save_insight(insight, Written(words="Corrected."), seen=insight.version, by=office["analyst"], now=NOW)
    make_ready(fresh(report), by=office["analyst"], now=NOW)
    sign_off(fresh(report), by=office["lpb_officer"], now=NOW)
    with pytest.raises(PlainError, match="Say what release 2 corrects"):
        release_report(fresh(report), formats=FEW, by=office["analyst"], now=NOW)
    second = release_report(
        fresh(report), reason="A sign was wrong.", formats=FEW, by=office["analyst"], now=NOW + DAY
    )
    assert (second.number, second.corrects) == (2, first)
    held = ReportRelease.objects.get(number=1)
    assert [file["sha256"] for file in held.files] == kept
    assert remake_release(held).same
    assert remake_release(second).same
    data, _ = read_file(second, "html") or (b"", {})
    assert "which corrects release 1: A sign was wrong." in data.decode()


def test_until_its_hour_only_its_own_organisation_sees_a_release(
    office: Office, tmp_path: Path, settings: Any
) -> None:
    other = make_office(tmp_path / "other", settings, code="OTH-PCC")
    hour = NOW + dt.timedelta(hours=3)
    release = release_report(
        office.sign(office.begin()),
        public_from=hour,
        ground="The board meets first.",
        formats=FEW,
        by=office["analyst"],
        now=NOW,
    )
    before, after = hour - dt.timedelta(seconds=1), hour
    for viewer, at, seen in (
        (office["reader"], before, [release]),
        (other["reader"], before, []),
        (other["analyst"], before, []),
        (other["reader"], after, [release]),
    ):
        assert list(find_releases(viewer=viewer, now=at)) == seen
    assert list(find_reports(viewer=other["reader"])) == []


def test_everything_that_was_done_is_in_the_ledger_and_verifies(office: Office) -> None:
    first = release_report(office.sign(office.begin()), formats=FEW, by=office["analyst"], now=NOW)
    begin_correction(fresh(first.report), reason="x", by=office["analyst"], now=NOW)
    assert names() == [
        "performance.report_begun",
        "performance.insight_written",
        "performance.report_made_ready",
        "performance.report_signed_off",
        "performance.report_released",
        "performance.correction_begun",
    ]
    assert verify(None).problems == []


def test_a_plan_that_changed_since_its_figures_were_worked_out_is_not_signed(
    office: Office, tmp_path: Path, settings: Any
) -> None:
    from tests.desk.indicator_samples import DEFINITION, write_plan

    report = office.begin()
    office.write_all(report)
    make_ready(fresh(report), by=office["analyst"], now=NOW)
    edited = DEFINITION.replace("Vehicle crime", "Theft of vehicles")
    settings.WORKSPACE_DEFINITIONS = write_plan(tmp_path / "edited", edited)
    with pytest.raises(StaleError, match="definitions changed since the figures of 1A"):
        sign_off(fresh(report), by=office["lpb_officer"], now=NOW)
    assert fresh(report).state == "ready"
