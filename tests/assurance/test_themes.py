"""Themes suggested by words: the vocabulary holds, and each suggestion shows the words that led to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.assurance.themes import STRONG, SUGGESTED, WEAK, load_themes, suggest_themes


def suggested(text: str, *more: str, area: str = "") -> list[str]:
    return [each.theme for each in suggest_themes([text, *more], area_name=area)]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("One reported theft in five is not recorded as a crime.", "crime-recording"),
        ("The force’s understanding of its communities is limited.", "understanding-communities"),
        ("Problem-solving plans are not evaluated.", "evaluating-what-works"),
        ("Beat officers are redeployed to response.", "abstraction"),
        ("DV risk assessments vary from district to district.", "domestic-abuse-risk"),
        ("Partners have no access to the shared system.", "shared-systems"),
        ("Call handlers do not identify vulnerable callers.", "risk-at-first-contact"),
        ("Calls are abandoned before anybody answers.", "call-answering"),
        ("Attendance was slow at prompt incidents.", "response-times"),
        ("Supervisors do not record that they reviewed investigations.", "supervision"),
        ("Victims are not updated about their case.", "victim-contact"),
        ("Children who go missing are not spoken to on return.", "missing-persons"),
        ("The force does not understand child sexual exploitation in its area.", "child-sexual-exploitation"),
        ("Harassment and stalking are not recognised.", "stalking-and-harassment"),
        ("Repeat victims are missed.", "repeat-victims"),
        ("Detainees in the custody suite are not checked.", "custody"),
        ("A third of stop and search records have no grounds.", "stop-and-search"),
        ("Nobody outside the force looks at its use of force.", "use-of-force"),
        ("The vetting of 300 people has expired.", "vetting"),
        ("The counter-corruption unit is too small.", "counter-corruption"),
        ("Phones wait for months at the digital forensic unit.", "digital-forensics"),
        ("RSOs are not visited as often as their risk asks.", "sex-offenders"),
        ("Organised crime groups are not mapped in time.", "organised-crime-mapping"),
        ("The wellbeing of officers is not looked after.", "wellbeing"),
        ("PDRs are not completed.", "appraisal"),
        ("There is a budget shortfall of £4m.", "finance-and-efficiency"),
        ("The force could not provide this data.", "data-quality"),
        ("There are 400 outstanding suspects.", "outstanding-suspects"),
    ],
)
def test_a_plain_sentence_suggests_its_theme(text: str, theme: str) -> None:
    assert theme in suggested(text)


def test_the_words_that_led_to_a_suggestion_are_shown_with_their_place() -> None:
    text = "Beat managers are often taken away from their beats."
    found = next(each for each in suggest_themes([text]) if each.theme == "abstraction")
    assert "taken away" in found.words
    assert [text[span.start : span.end] for span in found.spans if span.text == 0] == list(found.words)


def test_the_name_of_the_area_completes_a_sign_but_suggests_nothing_alone() -> None:
    text = "Risk is graded differently in each division."
    assert "domestic-abuse-risk" not in suggested(text)
    assert "domestic-abuse-risk" not in suggested("The car park is small.", area="Domestic abuse")
    assert "domestic-abuse-risk" in suggested("High-risk cases wait.", area="Domestic abuse")
    assert "domestic-abuse-risk" not in suggested("High-risk cases wait.")


def test_words_under_a_title_count_for_less_than_the_title() -> None:
    title = suggest_themes(["Crime recording is poor."])[0].score
    under = suggest_themes(["The force should improve.", "Crime recording is poor."])[0].score
    assert SUGGESTED <= under < title


def test_one_weak_sign_suggests_nothing() -> None:
    assert WEAK < SUGGESTED <= STRONG
    assert suggested("Neighbourhood officers wear hats.") == []


def test_blank_words_suggest_nothing() -> None:
    assert suggest_themes([""]) == suggest_themes(["", ""]) == suggest_themes([]) == ()


@pytest.mark.parametrize("slug", sorted(load_themes()))
def test_every_theme_is_whole(slug: str) -> None:
    theme = load_themes()[slug]
    assert slug.replace("-", "").isalnum()
    assert slug == slug.lower()
    assert theme.name[0].isupper()
    assert theme.meaning
    assert theme.meaning[0].islower()
    assert theme.strong


def test_names_are_told_apart() -> None:
    names = [theme.name for theme in load_themes().values()]
    assert len(set(names)) == len(names) >= 60


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300), st.text(max_size=40))
def test_no_words_break_it_and_scores_are_in_bounds(text: str, area: str) -> None:
    for each in suggest_themes([text], area_name=area):
        assert SUGGESTED <= each.score <= 1
        assert each.words
