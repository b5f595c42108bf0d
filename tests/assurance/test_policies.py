"""Does a policy ask what it says, of an item and of the point that it stands under, and say all it lacks?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.assurance.policies import ClosingPolicy, Proof, find_lacks, find_policy, load_policies, policy_for
from bluelamp.lib.definitions import DefinitionError

GRADES = ("substantial", "reasonable", "limited", "none")
POLICIES = load_policies()
FULL = Proof(
    accepted_evidence=1,
    grade="reasonable",
    opinions=2,
    review_open=False,
    has_watch=True,
    code="implemented",
    reason="It was tested.",
    authority_words="Minute 23",
)
HIGH, ORDINARY = (next(each for each in POLICIES if each.slug == slug) for slug in ("high-risk", "ordinary"))


@pytest.mark.parametrize(
    ("kind", "risk", "slug"),
    [
        ("cause_of_concern", "ordinary", "high-risk"),
        ("area_for_improvement", "high", "high-risk"),
        ("area_for_improvement", "ordinary", "ordinary"),
        ("a kind nobody has seen", "ordinary", "ordinary"),
    ],
)
def test_the_first_policy_that_fits_is_the_items(kind: str, risk: str, slug: str) -> None:
    assert policy_for(kind, risk, POLICIES).slug == slug


def test_a_recommendation_meets_its_causes_policy_too() -> None:
    about = [("recommendation", "ordinary"), ("cause_of_concern", "ordinary")]
    assert find_policy(about, POLICIES, grades=GRADES) == HIGH
    assert find_policy(about[:1], POLICIES, grades=GRADES) == ORDINARY


def test_two_policies_that_differ_are_both_met() -> None:
    policies = (
        ClosingPolicy(slug="a", says="A", kinds=("x",), evidence=3, opinion="limited", reviewers=1, watch=False,
                      without_proof=("superseded", "not-accepted")),
        ClosingPolicy(slug="b", says="B", evidence=1, opinion="substantial", reviewers=2, watch=True,
                      without_proof=("superseded",)),
    )  # fmt: skip
    found = find_policy([("x", ""), ("y", "")], policies, grades=GRADES)
    assert found == ClosingPolicy(
        slug="a+b", says="A; and B", evidence=3, opinion="substantial", reviewers=2, watch=True,
        without_proof=("superseded",),
    )  # fmt: skip


def test_a_policy_that_asks_for_a_grade_nobody_can_give_is_a_fault_of_the_definition() -> None:
    policy = ClosingPolicy(slug="a", says="A", opinion="splendid")
    with pytest.raises(DefinitionError, match="asks for the opinion splendid"):
        find_policy([("x", "")], [policy], grades=GRADES)


def test_a_workspace_may_have_its_own_policies_before_ours(tmp_path: Path) -> None:
    own = tmp_path / "policies" / "closing.yaml"
    own.parent.mkdir()
    own.write_text("policies:\n  - {slug: coroner, says: deaths, kinds: [matter_of_concern], evidence: 2}\n")
    policies = load_policies(tmp_path)
    assert policy_for("matter_of_concern", "ordinary", policies).slug == "coroner"
    assert policy_for("recommendation", "ordinary", policies).slug == "ordinary"


def test_all_that_is_lacking_is_said_at_once() -> None:
    nothing = Proof(
        accepted_evidence=0, grade="", opinions=0, review_open=False, has_watch=False, code="implemented",
        reason=" ", authority_words="", open_parts=("NTS-2022-REC-01",), dispute="open",
    )  # fmt: skip
    said = " ".join(find_lacks(HIGH, nothing, grades=GRADES))
    for part in (
        "reason",
        "authority",
        "REC-01 is not signed off",
        "dispute",
        "evidence",
        "2 opinions",
        "stay true",
    ):
        assert part in said
    assert find_lacks(HIGH, FULL, grades=GRADES) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"grade": "limited"}, "must be reasonable or better; it is limited"),
        ({"grade": "of another scale"}, "must be reasonable or better"),
        ({"opinions": 1}, "needs 2 opinions of somebody who does not own it, and has 1"),
        ({"opinions": 0, "grade": ""}, "and has none"),
        ({"accepted_evidence": 0}, "a piece of accepted evidence"),
        ({"has_watch": False}, "what should stay true"),
        ({"review_open": True, "given": 1, "wanted": 2}, "still open: 1 of 2 opinions given"),
        ({"code": "superseded"}, "Name the item that supersedes it"),
        ({"code": "not-accepted"}, "dispute was decided, and upheld"),
        ({"code": "not-accepted", "dispute": "not-upheld"}, "dispute was decided, and upheld"),
        ({"dispute": "open"}, "dispute is not decided"),
        ({"open_parts": ("A", "B")}, "A, B are not signed off"),
    ],
)
def test_each_thing_is_asked_for(change: dict[str, object], part: str) -> None:
    lacks = find_lacks(HIGH, replace(FULL, **change), grades=GRADES)  # type: ignore[arg-type]
    assert len(lacks) == 1
    assert part in lacks[0]


@pytest.mark.parametrize("code", ["superseded", "no-longer-applicable", "not-accepted"])
def test_codes_with_nothing_to_prove_need_a_reason_and_an_authority_only(code: str) -> None:
    bare = replace(
        FULL,
        code=code,
        accepted_evidence=0,
        opinions=0,
        grade="",
        has_watch=False,
        successor="X",
        dispute="upheld",
    )
    assert find_lacks(HIGH, bare, grades=GRADES) == []
    assert len(find_lacks(HIGH, replace(bare, reason="", authority_words=""), grades=GRADES)) == 2


@given(
    st.builds(
        Proof,
        accepted_evidence=st.integers(0, 2),
        grade=st.sampled_from(["", *GRADES]),
        opinions=st.integers(0, 2),
        review_open=st.booleans(),
        has_watch=st.booleans(),
        code=st.sampled_from(["implemented", "implemented-another-way", "superseded", "not-accepted"]),
        reason=st.sampled_from(["", " ", "x"]),
        authority_words=st.sampled_from(["", "x"]),
        open_parts=st.sampled_from([(), ("A",)]),
        dispute=st.sampled_from(["", "open", "upheld", "not-upheld"]),
        successor=st.sampled_from(["", "B"]),
    ),
    st.sampled_from([HIGH, ORDINARY]),
)
def test_ready_is_what_the_slow_reading_of_law_5_says(proof: Proof, policy: ClosingPolicy) -> None:
    ready = proof.reason.strip() != "" and proof.authority_words != "" and proof.open_parts == ()
    if proof.code == "superseded":
        ready = ready and proof.successor != ""
    elif proof.code == "not-accepted":
        ready = ready and proof.dispute == "upheld"
    else:
        good = {"substantial": 4, "reasonable": 3, "limited": 2, "none": 1, "": 0}
        ready = ready and proof.dispute != "open" and not proof.review_open and proof.has_watch
        ready = ready and proof.accepted_evidence >= 1 and good[proof.grade] >= 3
        ready = ready and proof.opinions >= (2 if policy is HIGH else 1)
    assert (find_lacks(policy, proof, grades=GRADES) == []) == ready
