"""Each rule by which a sentence finds fault, or only seems to. The sentences are of no report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.inspections.reading.criticism_sentences import Why, judge_sentence, strength_order

NAMES = frozenset({"calder vale police"})


def strength_of(words: str) -> str:
    return judge_sentence(words, NAMES).strength


FOUND = {
    "time goes on what it should not": ["Constables spend much of each shift waiting at the hospital."],
    "a fault by its own word": [
        "Handover files are of poor quality.",
        "The arrangements lack rigour.",
        "Vetting renewals are overdue for 212 officers.",
        "Calls wait in a queue that no longer has an owner, and delays are growing.",
        "Staff described the form as cumbersome.",
        "Supervision of these enquiries is inconsistent.",
        "Inspectors were disappointed by the pace of change.",
        "Intelligence gathers dust, unread, for weeks.",
    ],
    "what victims lose": ["Victims lost confidence in it."],
    "more than a number": ["More than 200 phones wait to be read."],
    "some of what there was": ["There were 12 empty posts in 2022; there are nine now, and files are late."],
    "a fault that is not known of": [
        "Sergeants were not always aware of the delays.",
        "The force does not understand the gaps in its data.",
    ],
    "better in the way of something": ["The force needs to improve in the way it answers calls."],
    "work that is not done on a fault": [
        "Nobody covered the gaps in the rota.",
        "The force does not monitor delays.",
    ],
    "what was taken for another thing": [
        "In 12 of the 40 logs we read, burglary had been recorded as damage.",
        "In two of nine files, assault was classified as affray.",
    ],
    "time that passed": [
        "It took over a year to answer.",
        "Repairs take over six weeks.",
        "Interpreters arrived, on average, nine hours after they were called.",
        "In three of them, offenders who posed danger had been released under investigation.",
    ],
    "less often, but not than before": ["Reviews are delayed and recorded less often than they should be."],
    "more than before": ["There were 310 overdue visits, compared with 318 in 2023."],
    "something is not done": [
        "The force does not record why a visit was put off.",
        "Detectives weren't told that the suspect had been released.",
        "The force can't say how many of its vans are in use.",
        "Nobody checks whether the advice was followed.",
        "None of the files held a statement from the victim.",
        "Officers seldom look at the briefing.",
        "The unit has no sergeant.",
        "Neither team has a plan.",
        "Enquiries were closed without the victim being asked.",
        "Complaints are not recorded at the front counter.",
        "The force does not investigate misconduct quickly enough.",
    ],
    "few, and only some": [
        "Few officers had read the policy.",
        "There is little evidence that partners were asked.",
        "Only one of the four districts has a crime prevention officer.",
        "Fewer than half of the plans had an owner.",
    ],
    "inspectors looked and did not find": [
        "We didn't see any sign that the lessons had been shared.",
        "We saw little use of the tool.",
        "We were not satisfied that each case had been read.",
    ],
    "more is asked for": [
        "The force needs to improve the way it trains dog handlers.",
        "Calder Vale Police must improve its interviews.",
        "Supervisors need to be given time to read the files.",
        "More work needs to be done in the west of the county.",
        "There is scope for the force to make better use of volunteers.",
    ],
    "a measure on the wrong side": [
        "Satisfaction has fallen since 2019.",
        "There was a decrease in public confidence in the force.",
        "The proportion of crimes that end in a charge is lower than in similar forces.",
        "The force's abandonment rate is higher than the national average.",
        "Complaints about delay rose by a third.",
        "In 2021, 61 percent of visits were recorded, compared with 84 percent in 2019.",
    ],
    "a contrast with a faint word": [
        "But it was clear that some sergeants did more of this than others.",
        "However, the work depends on two people.",
        "We also found that alarms were sometimes tested only after a complaint.",
    ],
    "praise with an exception": [
        "Most files are well kept, but those of the night shift are incomplete.",
        "Although training is good, it reaches too few people.",
        "Dog units are excellent, yet they are rarely told of the priorities.",
    ],
    "what should have been": ["Twelve of these incidents should have been recorded as crimes."],
    "a part that is still so": [
        "In our last inspection we found that files were lost; this remains the case, and errors are common.",
        "We said in 2019 that officers lacked training, but little had changed when we came back.",
    ],
}


@pytest.mark.parametrize(("rule", "words"), [(rule, words) for rule, all_ in FOUND.items() for words in all_])
def test_fault_is_found(rule: str, words: str) -> None:
    assert judge_sentence(words, NAMES).why is Why.CRITICISM, rule


NOT_FOUND = {
    "less often than before": ["Officers are taken away from their beats less often than in our last inspection."],
    "few where there were many": [
        "In May there were three officers without a licence, compared with 210 in 2023.",
        "There were 12 overdue visits, down from 140 in 2021.",
    ],
    "a gap that was covered": ["Officers from the next shift covered the gaps."],
    "care taken over something": ["Inspectors value the care it takes over the training of drivers."],
    "nothing new": ["There are no new areas for improvement.", "We make no further recommendations."],
    "a fault of which there is none": ["There were no recorded delays.", "Officers did not identify any delays."],
    "there are none now": ["There were 12 empty posts in 2022; there are none now."],
    "no longer more than": ["It no longer lets callers wait for more than 72 hours."],
    "looked for where it should not be": ["There is no evidence that it was used when it should not have been."],
    "no sign that it bore on anything": ["There is no evidence that targets affect what is written down."],
    "what was found then": ["We found then that it failed to write down 900 calls."],
    "of all forces, told at length": [
        "Of the 252 complaint files that were read by us in all forces, 42 were poor."
    ],
    "what a victim lost": ["A man of 81 lost £90,000 to a caller."],
    "no post is empty": ["No team has a vacancy."],
    "gone": ["The backlog has gone.", "The queue of overdue visits has gone, and calls are answered."],
    "what is only announced": [
        "But there are areas in which it needs to improve.",
        "However, the force needs to improve in some areas to give a consistently good service.",
        "But there are some aspects in which the force must do better.",
        "These are the matters that we consider most important.",
    ],
    "grades of what was examined": [
        "The files were graded good in 4, as requiring improvement in 9 and inadequate in 2."
    ],
    "some grades of what was examined": ["Cases were graded as good in 6, as requiring improvement in 15."],
    "recorded as what it is": ["In 12 of the 40 logs we read, the call had been recorded as a crime."],
    "time and misses that are welcome": [
        "Constables spend most of their time on their beats.",
        "Supervisors rarely miss a review.",
    ],
    "praise": [
        "The force answers 96 percent of emergency calls within ten seconds.",
        "We were impressed by the quality of supervision, which was consistent.",
        "Complaints have fallen by a fifth.",
        "Satisfaction is higher than the national average.",
        "Officers do not hesitate to challenge one another.",
    ],
    "denied twice": [
        "There is no backlog of visits.",
        "There were no significant delays in answering calls.",
        "We found no evidence that anyone was discouraged from speaking up.",
        "We did not come across a single case in which an officer had failed to call back.",
        "None of the staff we interviewed had any concerns about the process.",
        "Nothing we saw gave us cause for concern.",
        "Nobody drives a response car without the right permit.",
        "Neither station was short of staff.",
        "Children did not have to wait.",
        "The plan is reviewed without delay.",
        "A case cannot be closed until a supervisor has seen it.",
    ],
    "mended": [
        "The force has cleared the queue of overdue visits.",
        "The gaps in the rota have been filled.",
        "The force has reduced the delays that victims meet.",
        "Overdue visits are rare.",
        "The force has learned lessons from earlier failures.",
        "The backlog, which stood at 200, had been cleared.",
    ],
    "handled": [
        "The board reviews overdue actions each month.",
        "Supervisors challenge poor work and return it.",
        "The panel examines complaints.",
    ],
    "a standard or a duty": [
        "Forces should have a clear policy on abstraction.",
        "When someone reports a crime, they should not have to wait for long.",
        "No child should be held overnight.",
        "It is important that victims do not feel ignored.",
        "Police officers must not disclose this information.",
        "Under the code, a review must be made no later than six hours after arrest.",
    ],
    "only supposed": [
        "If evidence is lost, a case may fail.",
        "When a call is abandoned, a message is sent.",
        "Unless risk is recorded, nobody can act on it.",
        "The force could face a loss of funding if the grant is not renewed.",
        "A failure to record a crime can mean that the victim is denied support.",
    ],
    "for a purpose": [
        "The force has a process to prevent delays in forensic work.",
        "This helps supervisors to find weak interviews.",
        "A sergeant checks each log so that nothing is missed.",
    ],
    "planned": [
        "The force plans to fill its vacancies by March.",
        "The force intends to replace outdated radios.",
    ],
    "said by an earlier inspection": [
        "In our last inspection, we found that the force was failing to protect vulnerable callers.",
        "In 2015, HMIC identified that officers lacked training.",
        "At that time, few officers had been trained.",
        "The weaknesses we identified in 2018 have been addressed.",
        "At the 2006 inspection the force was poor at this.",
    ],
    "of inspectors' own work": [
        "We did not inspect the force's arrangements for roads policing.",
        "We give no grade for this area.",
        "The inspectorate does not grade this area.",
        "It is not possible to compare these figures.",
    ],
    "of others": [
        "Across England and Wales, 12 forces could not provide these figures.",
        "Other forces have found it harder to recruit.",
        "Police forces are struggling to keep detectives.",
    ],
    "which cases are meant": [
        "The team supports people who are not able to speak for themselves.",
        "They look again at cases where there was not enough evidence to charge.",
        "Reactive visits (where offenders do not get regular checks) are for the lowest risk.",
    ],
    "words that only look like a fault": [
        "The force has a team that investigates missing people.",
        "A cause of concern is followed by recommendations.",
        "Officers assess risk and act on it.",
        "Staff can raise concerns anonymously.",
        "Detectives deal with the most serious crimes.",
        "Not only is the policy clear, it is short.",
    ],
    "a scale": ["Outstanding, good, adequate, requires improvement and inadequate are the grades."],
    "a demand that names none": [
        "There are areas where it needs to improve.",
        "Victims need to have confidence in the police.",
        "Forces need this knowledge in order to plan.",
    ],
}


@pytest.mark.parametrize(("rule", "words"), [(rule, words) for rule, all_ in NOT_FOUND.items() for words in all_])
def test_no_fault_is_found(rule: str, words: str) -> None:
    assert judge_sentence(words, NAMES).strength == "", rule


@pytest.mark.parametrize(
    ("strength", "words"),
    [
        ("hedged", "Visits are not always recorded."),
        ("hedged", "Some plans are out of date."),
        ("hedged", "But in places the work depends on one sergeant."),
        ("plain", "Visits are not recorded."),
        ("plain", "The queue of devices is growing and there are delays."),
        ("strong", "The force fails to record visits."),
        ("strong", "Too many visits are missed."),
        ("plain", "Some of the interviews were poor."),
        ("serious", "This puts children at risk."),
        ("serious", "The state of the cells is unacceptable."),
    ],
)
def test_how_hard_a_criticism_is(strength: str, words: str) -> None:
    assert strength_of(words) == strength


def test_the_strengths_go_from_hedged_to_serious() -> None:
    assert list(strength_order()) == ["hedged", "plain", "strong", "serious"]


def test_why_a_sentence_is_no_criticism_is_told() -> None:
    assert judge_sentence("In 2015, HMIC found that officers lacked training.").why is Why.RECALLED
    assert judge_sentence("Police forces are struggling to keep detectives.").why is Why.OTHERS
    assert judge_sentence("The force has cleared its backlog.").why is Why.RESOLVED
    assert judge_sentence("The force has 12 stations.").why is Why.NOTHING


def test_of_forces_in_general_fault_is_found_in_a_report_about_them_all() -> None:
    words = "Police forces are struggling to keep detectives."
    assert judge_sentence(words, national=True).why is Why.CRITICISM


def test_a_sentence_that_names_the_force_is_about_it_whatever_it_says_of_others() -> None:
    words = "As in other forces, detectives of Calder Vale Police are struggling."
    assert judge_sentence(words, NAMES).why is Why.CRITICISM


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("leans", "They wait for weeks."),
        ("is_consequence", "This means that victims may lose heart."),
        ("is_consequence", "As a result, evidence can be lost."),
        ("is_example", "For example, one caller rang four times."),
        ("mends", "We are pleased to report that this has been put right."),
        ("mends", "The force has since resolved this."),
        ("ends_supposed", "To get better, the force should:"),
        ("names_the_force", "Calder Vale Police has 12 stations."),
        ("turns", "Vans, by contrast, are new."),
        ("is_bright", "Vans are good."),
    ],
)
def test_how_a_sentence_hangs_on_its_neighbours(says: str, words: str) -> None:
    assert getattr(judge_sentence(words, NAMES).bearing, says)


def test_a_grade_said_again_is_told_from_a_criticism() -> None:
    assert judge_sentence("Calder Vale Police requires improvement at answering calls.", NAMES).is_judgment
    assert not judge_sentence("Calder Vale Police is slow to answer calls.", NAMES).is_judgment


def test_a_table_that_lost_its_cells_is_no_sentence() -> None:
    assert judge_sentence("delays " * 300).why is Why.NOTHING


@given(st.text(max_size=400))
def test_any_text_is_judged(words: str) -> None:
    verdict = judge_sentence(words)
    assert (verdict.strength in strength_order()) == (verdict.why is Why.CRITICISM)


@given(
    st.lists(
        st.sampled_from(
            ["not", "no", "few", "never", "delays", "record", ",", "but", "(", ")", "to", "should", "if"]
        ),
        max_size=60,
    )
)
def test_any_order_of_the_words_that_rules_turn_on_is_judged(words: list[str]) -> None:
    judge_sentence(" ".join(words))
