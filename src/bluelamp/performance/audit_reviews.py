"""What has a thematic audit or a peer review scored so far: in all, by theme, by reviewer?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.saying import round_figure
from bluelamp.figures.scores import NOT_APPLICABLE, Score, score
from bluelamp.lib.written import say_many

NOT_ANSWERED = "not answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question and what every reviewer who answered it said: (reviewer, answer), in the order given."""

    number: int
    theme: str = ""
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFound:
    """`questions` in all; `open` are those that nobody has answered. Answers are added, never percentages."""

    questions: int
    open: int
    whole: Score
    themes: tuple[tuple[str, Score], ...]
    reviewers: tuple[tuple[str, Score], ...]

    @property
    def answered(self) -> int:
        """Questions that somebody has answered."""
        return self.questions - self.open

    @property
    def value(self) -> Decimal | None:
        percent = self.whole.percent
        return None if isinstance(percent, NotKnown) else percent

    @property
    def sentence(self) -> str:
        """ "38 green and 11 amber of 49 answers: 223 of 245 points, 91%." """
        if not self.whole.answered:
            return "No question is answered yet." if self.open else "No question applied."
        counts = [f"{count:,} {name}" for name, count in self.whole.counts if count]
        said = " and ".join([", ".join(counts[:-1]), counts[-1]] if len(counts) > 1 else counts)
        share = f", {round_figure(self.value)}%" if self.value is not None else ""
        return (
            f"{said} of {say_many(self.whole.answered, 'answer')}: {self.whole.points:,} of"
            f" {self.whole.possible:,} points{share}."
        )

    @property
    def left_out_words(self) -> str:
        pieces = [f"{count:,} {why}" for why, count in self.whole.left_out if count]
        return f"Left out of the score: {' and '.join(pieces)}." if pieces else ""


def find_review(questions: Sequence[Answered], points: Mapping[str, int]) -> ReviewFound:
    """The scores of a review as it stands; a question that nobody answered is left out, and counted."""
    themes = list(dict.fromkeys(question.theme for question in questions))
    reviewers = list(dict.fromkeys(name for question in questions for name, _ in question.answers))
    return ReviewFound(
        questions=len(questions),
        open=sum(not question.answers for question in questions),
        whole=_score(questions, points),
        themes=tuple(
            (theme, _score([each for each in questions if each.theme == theme], points)) for theme in themes
        )
        if len(themes) > 1
        else (),
        reviewers=tuple((name, _score_of(name, questions, points)) for name in reviewers)
        if len(reviewers) > 1
        else (),
    )


def _score(questions: Sequence[Answered], points: Mapping[str, int]) -> Score:
    answers: list[str | NotKnown] = [answer for question in questions for _, answer in question.answers]
    answers += [NotKnown(NOT_ANSWERED)] * sum(not question.answers for question in questions)
    return score(answers, points)


def _score_of(name: str, questions: Sequence[Answered], points: Mapping[str, int]) -> Score:
    return score([answer for question in questions for who, answer in question.answers if who == name], points)


def choices(points: Mapping[str, int]) -> list[str]:
    """The answers that may be given, the best first, and last that the question does not apply."""
    return [*sorted(points, key=lambda name: (-points[name], name)), NOT_APPLICABLE]


def store_review(found: ReviewFound) -> dict[str, object]:
    """As the record keeps it."""
    return {
        "questions": found.questions,
        "open": found.open,
        "points": found.whole.points,
        "possible": found.whole.possible,
        "percent": str(found.value) if found.value is not None else None,
        "counts": [list(each) for each in found.whole.counts],
        "left_out": [list(each) for each in found.whole.left_out],
        "themes": [[name, each.points, each.possible] for name, each in found.themes],
    }


def say_stored_review(stored: Mapping[str, object]) -> str:
    """ "223 of 245 points, 91%." of a review that is closed."""
    if stored.get("percent") is None:
        return "No question applied."
    percent = round_figure(Decimal(str(stored["percent"])))
    return f"{int(str(stored['points'])):,} of {int(str(stored['possible'])):,} points, {percent}%."
