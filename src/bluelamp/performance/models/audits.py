"""What is kept of an audit: its design, the list it was drawn from, each case's readings, and what it found?

A sample audit reads cases drawn from a list; a thematic audit and a peer review answer questions in words that
have points (red, amber, green). Case identifiers stand in their own rows only; the ledger holds fingerprints.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from bluelamp.documents.models import MARKINGS
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation
from bluelamp.performance.models.figures import Load


class Audit(Recorded):
    """One audit. Its design may be changed until it is drawn, or its first question is answered."""

    kind = models.CharField(max_length=20)  # sample, thematic, peer
    title = models.CharField(max_length=200)
    question = models.TextField()  # what it is to find out
    passes = models.TextField(blank=True)  # of a sample: when a case passes
    state = models.CharField(max_length=20, default="designed")  # designed, open, closed

    from_list = models.BooleanField(default=False)  # drawn from identifiers, not from numbers 1 to `population`
    population = models.PositiveIntegerField(default=0)
    list_name = models.TextField(blank=True)  # the file's name; its other columns are not kept
    list_sha256 = models.CharField(
        max_length=64, blank=True
    )  # of the identifiers in order, a line feed after each
    margin = models.CharField(max_length=10, default="5")  # percentage points either way; an exact decimal
    confidence = models.CharField(max_length=10, default="95")  # per cent
    expected = models.CharField(max_length=10, default="50")  # per cent that one expects to pass
    minimum = models.PositiveIntegerField(default=2)  # cases from each stratum
    size = models.PositiveIntegerField(default=0)  # how many cases are drawn
    second_percent = models.PositiveIntegerField(default=0)  # of the cases drawn that are read twice, blind
    seed = models.CharField(max_length=200, blank=True)
    seed_given = models.BooleanField(default=False)  # a person chose it; otherwise it came by chance
    drawn = models.DateTimeField(null=True, blank=True)
    drawn_by = models.TextField(blank=True)

    points = models.JSONField(default=dict)  # of questions: {answer: points}

    plan = models.CharField(max_length=80, blank=True)  # the indicator that its result is a figure of
    code = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=80, default="force")
    to = models.CharField(max_length=7, blank=True)  # the month in which its period ends
    span = models.CharField(max_length=20, default="12-months")
    recorded = models.PositiveIntegerField(null=True, blank=True)  # counted; the audit says how many were missed
    recorded_of = models.CharField(max_length=200, blank=True)  # what was counted: "crimes recorded in 2021/22"

    result = models.JSONField(default=dict)  # performance.audit_results.Result, as closed
    conclusion = models.TextField(blank=True)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.TextField(blank=True)
    load = models.ForeignKey(Load, null=True, blank=True, on_delete=models.PROTECT, related_name="audits")

    begun = models.DateTimeField()
    by_key = models.TextField()  # as the ledger names the person
    by_name = models.TextField()
    version = models.PositiveIntegerField(default=1)  # raised by every change of the design
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="performance_audits"
    )
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL-SENSITIVE")

    class Meta:
        ordering = ["-begun"]

    def __str__(self) -> str:
        return self.title


class AuditStratum(Recorded):
    """A kind of case: how many there are, and how many are drawn."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="strata")
    version = models.PositiveIntegerField()  # of the audit's design that it belongs to
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)  # "" where cases are of one kind
    cases = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # how many are drawn of it
    # Of a list: its identifiers, one a line, in the order of their names. Removed from no record, shown to few.
    identifiers = models.TextField(blank=True)

    concealed: ClassVar[frozenset[str]] = frozenset({"identifiers"})

    class Meta:
        ordering = ["audit", "version", "place"]
        constraints = [models.UniqueConstraint(fields=["audit", "version", "place"], name="stratum_place_once")]


class AuditCase(Recorded):
    """One case that was drawn. Where two readings differ, `settled` says what counts and why."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()  # in the order drawn
    stratum = models.CharField(max_length=200, blank=True)
    identifier = models.CharField(max_length=200)
    twice = models.BooleanField(default=False)  # a second person reads it without seeing what the first said
    settled = models.CharField(max_length=20, blank=True)
    settled_words = models.TextField(blank=True)
    settled_by = models.TextField(blank=True)
    settled_on = models.DateTimeField(null=True, blank=True)

    concealed: ClassVar[frozenset[str]] = frozenset({"identifier"})

    class Meta:
        ordering = ["audit", "number"]
        constraints = [models.UniqueConstraint(fields=["audit", "number"], name="case_number_once")]


class CaseReading(Recorded):
    """What one person found in one case. What they say later stands in its place; the ledger has both."""

    case = models.ForeignKey(AuditCase, on_delete=models.PROTECT, related_name="readings")
    turn = models.PositiveSmallIntegerField()  # 1, or 2 of a case that is read twice
    result = models.CharField(max_length=20)  # pass, fail, not-applicable, cannot-tell
    words = models.TextField(blank=True)
    by_key = models.TextField()
    by_name = models.TextField()
    made = models.DateTimeField()

    class Meta:
        ordering = ["case", "turn"]
        constraints = [models.UniqueConstraint(fields=["case", "turn"], name="reading_turn_once")]


class AuditQuestion(Recorded):
    """One question of a thematic audit or a peer review."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="questions")
    version = models.PositiveIntegerField()  # of the audit's design that it belongs to
    number = models.PositiveIntegerField()
    theme = models.CharField(max_length=200, blank=True)
    words = models.TextField()

    class Meta:
        ordering = ["audit", "version", "number"]
        constraints = [models.UniqueConstraint(fields=["audit", "version", "number"], name="question_number_once")]


class QuestionAnswer(Recorded):
    """What one reviewer answers to one question."""

    question = models.ForeignKey(AuditQuestion, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=60)  # a name in the audit's points, or "not applicable"
    words = models.TextField(blank=True)
    by_key = models.TextField()
    by_name = models.TextField()
    made = models.DateTimeField()

    class Meta:
        ordering = ["question", "made"]
        constraints = [models.UniqueConstraint(fields=["question", "by_key"], name="answer_once_a_reviewer")]
