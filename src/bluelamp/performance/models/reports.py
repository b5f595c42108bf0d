"""What is kept of a quarter's report: its words, who was asked for them, who signed it, and what was released?

The figures are not copied here while it is a draft: a report names the load after which they are taken. What is
signed off is frozen whole, as an original by its hash, and a release is made from that and nothing else.
"""

from __future__ import annotations

from django.db import models

from bluelamp.documents.models import MARKINGS, StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation, Owner


class Report(Recorded):
    """The report of one plan, for the period that ends in a month, for one area."""

    plan = models.CharField(max_length=80)  # slug of definitions/plans
    to = models.CharField(max_length=7)  # the month in which its period ends: "2021-03"
    area = models.CharField(max_length=80, default="force")
    title = models.TextField()
    state = models.CharField(max_length=20, default="draft")  # slug of report-steps.yaml
    load_number = models.PositiveIntegerField()  # figures as known after this load of the plan
    rule = models.CharField(max_length=40, blank=True)  # which rule says what an exception is; "" the default
    computed = models.DateTimeField(null=True, blank=True)  # when its exceptions were last worked out
    frozen = models.CharField(max_length=64, blank=True)  # SHA-256 of what was signed off
    version = models.PositiveIntegerField(default=1)  # raised by every change of the report itself
    begun = models.DateTimeField()
    by_name = models.TextField()
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="performance_reports"
    )
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL")

    class Meta:
        ordering = ["-to", "plan", "area", "-begun"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "to", "area", "organisation"], name="report_once_each"),
            models.UniqueConstraint(
                fields=["plan", "to", "area"], condition=models.Q(organisation=None), name="report_once_shared"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReportMove(Recorded):
    """One step from state to state: who, when and, where one was asked for, why."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="moves")
    step = models.CharField(max_length=30)  # slug of report-steps.yaml
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    frozen = models.CharField(max_length=64, blank=True)  # of a sign-off: the hash of what was signed
    by_key = models.TextField()  # as the ledger names the person
    by_name = models.TextField()
    role = models.CharField(max_length=40)
    made = models.DateTimeField()

    class Meta:
        ordering = ["report", "made"]


class Insight(Recorded):
    """The words of one indicator in a report: wanted at an exception, or by hand; suggested facts beside them."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="insights")
    code = models.CharField(max_length=40)  # of the indicator
    place = models.PositiveIntegerField()  # in the plan's order
    exception = models.BooleanField(default=False)
    exception_words = models.TextField(blank=True)  # the sentence in which the exception explains itself
    facts = models.JSONField(default=list)  # suggested sentences with numbers, never an explanation
    wanted = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)  # wanted, or not wanted, because a person said so
    why = models.TextField(blank=True)  # of what was said by hand
    words = models.TextField(blank=True)  # paragraphs apart by a line feed
    evidence = models.JSONField(default=list)  # performance.insight_evidence.Evidence, as builtins
    version = models.PositiveIntegerField(default=0)  # number of the text that stands; 0: none yet
    by_name = models.TextField(blank=True)
    changed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report", "place"]
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="insight_once_a_report")]


class InsightRequest(Recorded):
    """One indicator's insight, asked of a named contributor."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="requests")
    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="requests")
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="insight_requests")
    due = models.DateField()
    note = models.TextField(blank=True)  # what the analyst asks in particular
    asked_by = models.TextField()
    asked = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)  # when a message with a link last left
    answered = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report", "owner", "insight"]
        constraints = [
            models.UniqueConstraint(
                fields=["insight", "owner"],
                condition=models.Q(answered=None, withdrawn=None),
                name="insight_asked_once",
            )
        ]


class InsightText(Recorded):
    """One text as somebody wrote it. `offered` where another stood already; nothing is written over."""

    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField()  # from 1 within the insight
    state = models.CharField(max_length=10)  # taken, offered, left
    words = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    via = models.CharField(max_length=10)  # desk, link, word
    by_key = models.TextField()  # as the ledger names who wrote it
    by_name = models.TextField()
    owner = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="insight_texts")
    request = models.ForeignKey(
        InsightRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="texts"
    )
    document = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="insight_texts"
    )  # the Word file it came back in
    made = models.DateTimeField()

    class Meta:
        ordering = ["insight", "number"]
        constraints = [models.UniqueConstraint(fields=["insight", "number"], name="insight_text_number")]


class InsightLink(models.Model):
    """A link by which a contributor without an account writes what they were asked. Only its hash is kept."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)


class Headline(Recorded):
    """A sentence of the summary: generated from the numbers, and edited by a person where `words` says so."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="headlines")
    place = models.PositiveIntegerField()
    theme = models.CharField(max_length=40)  # code of the theme at whose head it stands
    generated = models.TextField(blank=True)  # "" of a sentence that a person added
    claims = models.JSONField(default=list)  # performance.insight_claims.Claim: the numbers it is compared with
    words = models.TextField(blank=True)  # as edited; "" where the generated words stand
    faults = models.JSONField(default=list)  # how the edited words disagree with the numbers, as sentences
    reason = models.TextField(blank=True)  # why it is kept all the same
    left_out = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    by_key = models.TextField(blank=True)  # who edited it last, as the ledger names them
    by_name = models.TextField(blank=True)
    changed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report", "place"]
        constraints = [models.UniqueConstraint(fields=["report", "place"], name="headline_place_once")]


class ReportComment(Recorded):
    """A remark on a report or one of its indicators; `answers` names the remark it replies to."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="comments")
    code = models.CharField(max_length=40, blank=True)  # "" is the whole report
    words = models.TextField()
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    by_key = models.TextField()
    by_name = models.TextField()
    made = models.DateTimeField()
    resolved = models.DateTimeField(null=True, blank=True)
    resolved_by = models.TextField(blank=True)

    class Meta:
        ordering = ["report", "made"]


class ReportRelease(Recorded):
    """A numbered release: its bytes are kept among the originals, and it is never changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()  # from 1 within the report
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    reason = models.TextField(blank=True)  # of a correction: what was wrong
    title = models.TextField()
    frozen = models.CharField(max_length=64)  # SHA-256 of what it was made from
    files = models.JSONField()  # [{"format", "file_name", "media_type", "sha256", "size"}]
    versions = models.JSONField()  # {library: version} that made it
    public_from = models.DateTimeField()  # before that hour only the report's own organisation sees it
    ground = models.TextField(blank=True)  # why it is held back until then
    by_name = models.TextField()
    made = models.DateTimeField()

    class Meta:
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="release_number_once")]

    def __str__(self) -> str:
        return f"{self.title}, release {self.number}"
