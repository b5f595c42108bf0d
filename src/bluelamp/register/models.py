"""What has been said of a force that must be answered? Items of any source, under a reference people can say."""

from __future__ import annotations

from django.db import models

from bluelamp.documents.models import MARKINGS, StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation, Owner


class Numbering(Recorded):
    """The last number given in a series (force, year, kind). Numbers are never reused."""

    force_code = models.CharField(max_length=20)
    year = models.PositiveIntegerField()
    kind_code = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["force_code", "year", "kind_code"], name="one_series"),
        ]


class Item(Recorded):
    """One point made about a force. The words are the source's; a correction keeps the first reading beside it."""

    reference = models.CharField(max_length=40, unique=True)  # NTS-2022-AFI-07
    place = models.CharField(max_length=40, unique=True)  # the reference for sorting: NTS-2022-AFI-000007
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="items", db_index=False)
    kind = models.CharField(max_length=40)  # slug of definitions/vocabularies/item-kinds.yaml
    year = models.PositiveIntegerField()
    year_guessed = models.BooleanField(default=False)  # not from a published date that someone accepted
    source = models.CharField(max_length=40)  # inspectorate, assurance_template, ...
    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="items")
    framework = models.CharField(max_length=60, blank=True)
    source_number = models.TextField(blank=True)  # the source's own number, as printed
    area = models.CharField(max_length=80, blank=True)
    area_name = models.TextField(blank=True)
    grade = models.CharField(max_length=40, blank=True)  # of a judgement
    title = models.TextField()  # the words people will read first
    text = models.TextField(blank=True)
    parts = models.JSONField(default=list)
    deadline_printed = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    first_reading = models.JSONField(null=True, blank=True)  # the fields as read, where a person corrected them
    order = models.PositiveIntegerField(default=0)  # place in the document, for reading order
    added = models.DateTimeField()
    # Whose record this is. Its own index would tempt SQLite to read every row of an organisation for a count.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="own_items", db_index=False
    )
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL")
    # The five facts (law 4) as they stand now, for lists and counts; states are in definitions/vocabularies. What
    # they rest on is kept by assurance, whose actions write them.
    response = models.CharField(max_length=40, default="awaiting")
    delivery = models.CharField(max_length=40, default="unallocated")
    delivery_body = models.TextField(blank=True)  # who it is for, where it is for another body
    assurance = models.CharField(max_length=40, default="untested")
    position = models.CharField(max_length=40, default="not-stated")  # the inspectorate's
    original_target = models.DateField(null=True, blank=True)  # never changes once it is named
    current_target = models.DateField(null=True, blank=True)
    deadline_date = models.DateField(null=True, blank=True)  # the inspectorate's, worked out from its words
    due = models.DateField(null=True, blank=True)  # the next day to be met; None where none is left or known
    timing = models.CharField(max_length=20, default="no-date")  # standing.TIMINGS
    closing = models.CharField(max_length=40, default="open")
    owner = models.ForeignKey(
        Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    # Its points are another item's now: it is in no list and no count, and its reference leads to the other.
    # Nearly every item has none: an index of those would tempt SQLite to begin there, and then to sort them all.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_here", db_index=False
    )

    class Meta:
        ordering = ["place"]
        indexes = [
            # The sorts of the register: each page is a step along one of these. The organisation is in each, so
            # that what a person may not see is left out, and the rest counted, without reading a row.
            models.Index(fields=["force", "place", "organisation"], name="item_force"),
            models.Index(fields=["area", "place", "organisation"], name="item_area"),
            models.Index(fields=["grade", "place", "organisation"], name="item_grade"),
            models.Index(fields=["-year", "place", "organisation"], name="item_year"),
            models.Index(fields=["-added", "place", "organisation"], name="item_added"),
            models.Index(fields=["document", "order"], name="item_document"),
            models.Index(fields=["owner", "place", "organisation"], name="item_owner"),
            models.Index(fields=["due", "place", "organisation"], name="item_due"),
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="item_merged"
            ),
            # What counts and facets need, in one index, so that they never read a row.
            models.Index(
                fields=["force", "kind", "year", "area", "grade", "source", "framework", "organisation"],
                name="item_facets",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Mention(Recorded):
    """A place where a document makes the item's point. An item has at least one."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="mentions")
    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="mentions")
    citations = models.JSONField()  # the citations of DESIGN.md, law 1, as on the wire
    cited_pages = models.TextField(blank=True)  # of a report we may not hold ("Page 45/46")
    notes = models.JSONField(default=list)  # footnotes whose sign stands in the words
    printed_action = models.TextField(blank=True)  # as the source prints it: the owner's claim

    class Meta:
        ordering = ["item", "id"]


LINKS = (
    ("same-as", "is the same point as"),
    ("supersedes", "takes the place of"),
    ("merged", "was merged into"),
    ("split", "was split from"),
)


class ItemLink(Recorded):
    """`item` is the same as, takes the place of, was merged into or was split from `other`. Each can be undone."""

    kind = models.CharField(max_length=20, choices=LINKS)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="linked_from")
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True, blank=True)  # the words of `other` before a split took some of them
    left = models.JSONField(null=True, blank=True)  # and those that the split left with it
    made = models.DateTimeField()
    undone = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["item", "made"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "item", "other"], condition=models.Q(undone=None), name="linked_once"
            ),
        ]


class ImportedRow(Recorded):
    """A row of a list that another office keeps, as it last came in. By its key a later version's row is known."""

    mapping = models.CharField(max_length=80)  # slug of definitions/imports
    key = models.CharField(max_length=64)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="imported_rows")
    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="imported_rows")
    row = models.PositiveIntegerField()  # as the spreadsheet numbers it
    fields = models.JSONField()  # import_rows.ImportedFields
    read = models.DateTimeField()
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="imported_rows"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mapping", "key", "organisation"], name="one_row_each"),
            models.UniqueConstraint(
                fields=["mapping", "key"], condition=models.Q(organisation=None), name="one_row_for_all"
            ),
        ]


class ItemWords(models.Model):
    """An item's words, for search. Follows from the item. Its key is also the item's slot in the counts: what a
    search finds can be counted without going back to the items."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="words")
    text = models.TextField()


class TallyValue(models.Model):
    """What a number in a block stands for. Values are added and never changed."""

    name = models.CharField(max_length=20)  # one of columns.NAMES
    value = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "value"], name="one_code")]


class TallyBlock(models.Model):
    """The values of up to columns.BLOCK items, column by column. Follows from the items, written with them."""

    number = models.PositiveIntegerField(primary_key=True)
    codes = models.BinaryField()
    written_after = models.BigIntegerField(db_index=True)  # the ledger's sequence when the writing began
