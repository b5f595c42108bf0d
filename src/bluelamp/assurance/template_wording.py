"""How is what came back in several columns kept as the words of one answer?"""

from __future__ import annotations

from bluelamp.assurance.template_answers import GivenAnswer
from bluelamp.assurance.template_model import Choices


def write_words(answer: GivenAnswer, choices: Choices) -> str:
    """The answer verbatim, and under it what else was filled in.

    The response is the force's own to record, so a choice of it is kept as words and changes nothing by itself.
    """
    response = next((each.name for each in choices.response if each.slug == answer.response), answer.response)
    more = [
        ("Response chosen", response),
        ("Evidence offered", answer.evidence),
        ("Target date as written", "" if answer.target else answer.target_printed),
        ("Pictures in the returned file", "; ".join(answer.pictures)),
        ("Links in the returned file", "; ".join(link for link in answer.links if link not in answer.action)),
    ]
    lines = [answer.action, *(f"{name}: {said}" for name, said in more if said)]
    words = "\n".join(line for line in lines if line)
    return words or ("Nothing but a choice was filled in." if answer.delivery or answer.target else "")
