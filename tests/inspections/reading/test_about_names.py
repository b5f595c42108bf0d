"""Is a force found where it is named, and not where its county, its council or a longer name stands?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inspections.reading.about_reports import bodies

from bluelamp.inspections.reading.about_abbreviations import find_abbreviations
from bluelamp.inspections.reading.about_lists import is_only_names, listed_with
from bluelamp.inspections.reading.about_names import Naming, load_naming
from bluelamp.organisations.bodies import UnknownForceError, find_force, load_bodies


def named(text: str, code: str = "NTS", **defined: str) -> list[str]:
    naming = Naming(bodies(), bodies()[code], defined)
    return [name.words for name in naming.find(text) if name.code == code]


@pytest.mark.parametrize(
    "text",
    [
        "Nottinghamshire Police keeps its stores well.",
        "In Nottinghamshire, callers wait.",
        "The Nottinghamshire force is slow.",
        "Notts Police is slow; Notts knows it.",
        "NOTTINGHAMSHIRE POLICE",
        "Nottinghamshire Constabulary, as it was then called",
        "Nottinghamshire’s chief constable agreed.",
        "officers of Nottinghamshire police",
        "Both Nottinghamshire Police and Nottinghamshire County Council agreed.",
        "Derbyshire and Nottinghamshire share a helicopter.",
        "the Nottinghamshire-based team",
        "1Cheshire, Nottinghamshire and Wiltshire gave no figures.",
        "Waiting times in Nottinghamshire12 were long.",
        "Nottinghamshire* and Kent",
        "When we visited Nottinghamshire the Independent Advisory Board was there.",
    ],
)
def test_a_force_is_found_where_it_is_named(text: str) -> None:
    assert named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nottinghamshire County Council paid.",
        "nottinghamshire county council paid.",
        "Nottinghamshire county council paid.",
        "Nottinghamshire and Nottingham City Councils met.",
        "Nottinghamshire Fire and Rescue Service paid.",
        "Nottinghamshire and Derbyshire Fire and Rescue Services agreed.",
        "Nottinghamshire, Derbyshire and Lincolnshire county councils agreed.",
        "Nottinghamshire Healthcare NHS trust paid.",
        "Nottinghamshire Healthcare NHS Foundation Trust paid.",
        "Nottinghamshire’s children’s services paid.",
        "The University of Nottinghamshire agreed.",
        "Nottinghamshire Police and Crime Commissioner said so.",
        "Nottinghamshire Police, Fire and Crime Commissioner said so.",
        "Nottinghamshire Police & Crime Panel said so.",
        "The Nottinghamshire PCC said so.",
        "the Police and Crime Commissioner for Nottinghamshire said so",
        "Nottinghamshire Police Authority met.",
        "Nottinghamshire Police Federation said so.",
        "Nottinghamshire Women’s Aid said so.",
        "Safer Nottinghamshire Board",
        "Nottinghamshire Magistrates’ Court",
        "See www.Nottinghamshire.police.uk and https://example.org/Nottinghamshire-Police.pdf",
        "Write to Nottinghamshire@example.org",
        "Mr Nottinghamshire left.",
        "North Nottinghamshire is rural.",
        "The Greater Nottinghamshire Police has been merged.",
        "Nottinghamshire residents agreed.",
        "Nottingham is a city.",
        "Nottinghamshire2026",
        "The Nottinghamshire Office of the Police and Crime Commissioner said so.",
        "the Nottinghamshire Sexual Violence Support Services",
        "",
    ],
)
def test_another_body_is_not_the_force(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("North Yorkshire and South Yorkshire", "WYO", 0),
        ("North Yorkshire, South Yorkshire and West Yorkshire", "WYO", 1),
        ("South Wales Police", "NWA", 0),
        ("North Wales Police", "NWA", 1),
        ("the City of London and London’s courts", "MPS", 0),
        ("the Metropolitan Police Service", "MPS", 1),
        ("the Met and the Met Office", "MPS", 1),
        ("Met by officers at the door", "MPS", 0),
        ("Upper Calder Vale Constabulary", "CVP", 0),
        ("Calder Vale and Upper Calder Vale", "CVP", 1),
        ("Devon & Cornwall Police", "DVC", 1),
        ("Devon and Cornwall, Dorset", "DVC", 1),
        ("Devon County Council and Cornwall Council", "DVC", 0),
        ("Dyfed–Powys", "DYP", 1),
        ("Hampshire and the Isle of Wight", "HIW", 1),
        ("Durham University and the county of Durham", "DUR", 0),
        ("Avon & Somerset", "AVS", 1),
        ("Avon and Wiltshire Mental Health Partnership", "WIL", 0),
        ("Thames Valley Police", "TVP", 1),
        ("the University of Thames Valley", "TVP", 0),
    ],
)
def test_names_that_lie_within_each_other(text: str, code: str, expected: int) -> None:
    assert len(named(text, code)) == expected


def test_names_in_a_list_are_listed_together_in_their_order() -> None:
    text = "Cumbria, Devon and Cornwall, the Met, British Transport Police, Nottinghamshire (24%) and Kent forces."
    naming = Naming(bodies(), bodies()["NTS"], {})
    assert listed_with(text, naming.find(text), "NTS") == ("CMB", "DVC", "MPS", "KEN")
    apart = "Nottinghamshire waited longer than Kent did."
    assert listed_with(apart, naming.find(apart), "NTS") == ()


def test_abbreviations_are_those_that_the_document_defines() -> None:
    texts = [
        "Grand City Police Service (GCPS) and Calder Vale Police (‘the CVP’) met a policing team (NPT).",
        "Harbourshire Police (HP) has help points (HP).",
    ]
    assert find_abbreviations(texts, bodies()) == {"GCPS": "GRC", "CVP": "CVP"}
    assert named("CVP is slow.", "CVP", CVP="CVP") == ["CVP"]
    assert named("CVP is slow.", "CVP") == []


def test_words_that_are_only_names_state_nothing() -> None:
    naming = Naming(bodies(), bodies()["NTS"], {})
    for text, expected in (("Nottinghamshire Police; Kent (12%)", True), ("Nottinghamshire is slow", False)):
        assert is_only_names(text, naming.find(text)) is expected


@pytest.mark.parametrize(
    "said", ["NTS", "nts", "Nottinghamshire", "notts", "Notts Police", "the Nottinghamshire Police"]
)
def test_a_force_is_meant_by_its_code_or_any_of_its_names(said: str) -> None:
    assert find_force(load_bodies(), said).code == "NTS"


def test_a_name_that_is_not_known_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownForceError, match=r"Nottinghamshire Police \(NTS\)"):
        find_force(load_bodies(), "Notinghamshire")
    with pytest.raises(UnknownForceError, match="South Wales Police"):
        find_force(load_bodies(), "Wales")
    with pytest.raises(UnknownForceError, match="use its code"):
        find_force(load_bodies(), "Zz")
    with pytest.raises(UnknownForceError, match="No force was named"):
        find_force(load_bodies(), " ")


def test_every_force_is_found_by_each_of_its_names() -> None:
    for body in (body for body in load_bodies().values() if body.kind == "force"):
        naming = Naming(load_bodies(), body, {})
        for name in (body.name, *body.aliases):
            if "(" not in name:
                assert [found.code for found in naming.find(f"At the time {name} agreed.")] == [body.code], name


def test_the_vocabulary_holds_no_word_twice() -> None:
    words = load_naming()
    for field in (words.organisations, words.before, words.may_precede, words.places):
        assert len(field) == len(set(field))


@given(st.text(alphabet="Nottinghamshire Police,. and&Kent()’-12", max_size=80))
def test_what_is_found_stands_there(text: str) -> None:
    naming = Naming(bodies(), bodies()["NTS"], {})
    names = naming.find_all(text)
    assert all(text[name.start : name.end] == name.words for name in names)
    assert all(left.end <= right.start for left, right in pairwise(names))
