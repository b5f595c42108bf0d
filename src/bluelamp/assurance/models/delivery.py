"""What does the force say to a point, who does what about it, and by when?"""

from __future__ import annotations

from django.db import models

from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.register.models import Item


class Response(Recorded):
    """What was answered to the point itself: accepted, partly accepted or disputed. The last one stands."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="responses")
    answer = models.CharField(max_length=40)  # slug of definitions/vocabularies/responses.yaml
    reason = models.TextField(blank=True)
    made_by = models.TextField()  # as the ledger names the person
    made = models.DateTimeField()

    class Meta:
        ordering = ["item", "made"]


class Handling(Recorded):
    """How carefully an item must be handled, and the chief officer who answers for it. None: the ordinary way."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="handling")
    risk = models.CharField(max_length=20, default="ordinary")  # ordinary, high: what the policy of closing asks
    reviewers = models.PositiveIntegerField(default=1)  # how many independent opinions the item asks for
    lead = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="led_items")


class Action(Recorded):
    """Something that somebody will do about an item. The original target never changes (law 4)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()  # from 1 within the item
    words = models.TextField()  # what will be done
    state = models.CharField(max_length=40, default="planned")  # slug of deliveries.yaml, never unallocated
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="actions")
    deputy = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="deputised")
    lead = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="led_actions")
    original_target = models.DateField(null=True, blank=True)
    current_target = models.DateField(null=True, blank=True)
    delivered = models.DateField(null=True, blank=True)  # the day the owner says it was delivered
    claim = models.TextField(blank=True)  # what the owner says was done
    made = models.DateTimeField()

    class Meta:
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_number_in_item")]
        indexes = [models.Index(fields=["owner", "state", "current_target"], name="action_owner")]


class Step(Recorded):
    """A part of an action."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    words = models.TextField()
    done = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["action", "number"]


class ActionDependency(Recorded):
    """An action that cannot be finished before another. `undone` when it was taken back."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="waits_for")
    needs = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="needed_by")
    made = models.DateTimeField()
    undone = models.DateTimeField(null=True, blank=True)


class TargetChange(Recorded):
    """A new date that the owner asks for, with a reason; the lead agrees it or not."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="target_changes")
    before = models.DateField(null=True, blank=True)
    after = models.DateField()
    reason = models.TextField()
    asked_by = models.TextField()
    asked = models.DateTimeField()
    state = models.CharField(max_length=20, default="asked")  # asked, agreed, refused
    decided_by = models.TextField(blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["action", "asked"]


class Answer(Recorded):
    """What somebody said was done, on a day: a record of its own, never written over."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    request = models.ForeignKey(
        "assurance.RoundRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    words = models.TextField()
    delivery = models.CharField(max_length=40, blank=True)  # what the owner says of delivery, if anything
    target = models.DateField(null=True, blank=True)  # a date the owner names; not agreed by being said
    by_name = models.TextField()  # who says so, as they are named
    owner = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    via = models.CharField(max_length=20)  # desk, link, template, import
    document = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )  # the returned template it was read from
    citations = models.JSONField(default=list)
    made = models.DateTimeField()

    class Meta:
        ordering = ["item", "made"]


class Comment(Recorded):
    """An internal remark: part of no paper and no export unless asked for, and never public."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="comments")
    words = models.TextField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    by_name = models.TextField()
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )  # whose remark it is; nobody else reads it
    made = models.DateTimeField()

    class Meta:
        ordering = ["item", "made"]
