"""What may a viewer see of how an item was tested? Opinions are blind until all are given, and leave only here.

Pages, papers and exports ask here, for an administrator too, who may be the second reviewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bluelamp.assurance.closing_proofs import grades_here
from bluelamp.assurance.models import AuditTest, Evidence, Opinion, Review
from bluelamp.assurance.opinion_rules import (
    FAR_APART,
    ReviewEnd,
    count_steps_apart,
    is_disclosed,
    say_given,
    say_sample,
)
from bluelamp.documents.models import StoredDocument
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.queries_figures import find_loaded_hashes
from bluelamp.performance.queries_releases import find_signed_hashes
from bluelamp.register.models import Item


@dataclass(frozen=True)
class ReviewView:
    """One review as the viewer may see it. `opinions` are all of them, or the viewer's own while it is blind."""

    review: Review
    given: int
    opinions: tuple[Opinion, ...]
    mine: Opinion | None
    disclosed: bool
    steps_apart: int  # 0 while it is blind

    @property
    def said(self) -> str:
        """ "1 of 2 given" """
        return say_given(self.given, self.review.wanted)

    @property
    def far_apart(self) -> bool:
        """Do its opinions differ by more than one grade?"""
        return self.steps_apart >= FAR_APART


@dataclass(frozen=True)
class Testing:
    """How an item was tested, newest review first."""

    reviews: tuple[ReviewView, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def open(self) -> ReviewView | None:
        return next((each for each in self.reviews if each.review.closed is None), None)

    @property
    def last(self) -> ReviewView | None:
        """The last that has a grade."""
        return next((each for each in self.reviews if each.review.grade), None)


def find_testing(item: Item, *, viewer: Viewer) -> Testing:
    """Nothing for who may not see the item."""
    if not visible_to(viewer, Item.objects.filter(pk=item.pk)).exists():
        return Testing()
    reviews = list(Review.objects.filter(item=item).annotate(given=Count("opinions")).order_by("-number"))
    ends = [ReviewEnd(each.number, each.grade) for each in reviews]
    seen: dict[UUID, list[Opinion]] = {}
    for opinion in find_opinions(viewer=viewer).filter(item=item).select_related("audit_test"):
        seen.setdefault(opinion.review_id, []).append(opinion)
    views = [
        _make_view(each, seen.get(each.pk, []), viewer, disclosed=is_disclosed(each.number, ends))
        for each in reviews
    ]
    return Testing(tuple(views), tuple(find_evidence(viewer=viewer).filter(item=item)))


def _make_view(review: Review, opinions: list[Opinion], viewer: Viewer, *, disclosed: bool) -> ReviewView:
    mine = next((each for each in opinions if each.by == _name_of(viewer)), None)
    apart = count_steps_apart([each.grade for each in opinions], grades_here()) if disclosed else 0
    given: int = getattr(review, "given", 0)
    return ReviewView(review, given, tuple(opinions), mine, disclosed, apart)


def find_opinions(*, viewer: Viewer) -> QuerySet[Opinion]:
    """Opinions of items the viewer may see: their own, and those of reviews in which all are given."""
    opinions = visible_to(viewer, Opinion.objects.all(), through="item")
    return opinions.filter(_disclosed("review") | Q(by=_name_of(viewer))).order_by("given", "pk")


def _disclosed(review: str) -> Exists:
    """`opinion_rules.is_disclosed`, for the database: that review of the item or a later one has a grade."""
    later = Review.objects.filter(item=OuterRef(f"{review}__item"), number__gte=OuterRef(f"{review}__number"))
    return Exists(later.exclude(grade=""))


def find_audit_tests(*, viewer: Viewer) -> QuerySet[AuditTest]:
    """Tests whose opinions the viewer may see, all of them: the result of a sample tells of its opinion."""
    tests = visible_to(viewer, AuditTest.objects.all())
    return tests.exclude(pk__in=_hidden_opinions(viewer).filter(audit_test__isnull=False).values("audit_test"))


def _hidden_opinions(viewer: Viewer) -> QuerySet[Opinion]:
    return Opinion.objects.exclude(_disclosed("review") | Q(by=_name_of(viewer)))


def find_evidence(*, viewer: Viewer) -> QuerySet[Evidence]:
    """Evidence of items the viewer may see."""
    evidence = visible_to(viewer, Evidence.objects.all(), through="item")
    return evidence.select_related("document", "action", "replaces").order_by("submitted", "pk")


def find_kept_hashes() -> list[str]:
    """The hash of every file that the workspace answers for: documents, evidence, files of figures, and reports as
    they were signed and released."""
    files = Evidence.objects.filter(kind="file").values_list("sha256", flat=True)
    documents = StoredDocument.objects.values_list("sha256", flat=True)
    return sorted({*documents, *files, *find_loaded_hashes(), *find_signed_hashes()})


def say_test(test: AuditTest) -> str:
    """ "28 of 30 passed, of a population of 412" """
    return say_sample(sample=test.sample, passed=test.passed, population=test.population)


@dataclass
class Hidden:
    """Subjects of the ledger that must not be told to a viewer yet: neither by whom nor what."""

    opinions: set[str] = field(default_factory=set)
    audit_tests: set[str] = field(default_factory=set)

    def holds(self, table: str, key: str) -> bool:
        kept = {Opinion._meta.db_table: self.opinions, AuditTest._meta.db_table: self.audit_tests}
        return key in kept.get(table, set())


def find_hidden(subjects: Mapping[str, Iterable[UUID]], *, viewer: Viewer) -> Hidden:
    """Of these subjects (keys by table), those that are still blind for the viewer."""
    hidden = Hidden()
    if opinions := list(subjects.get(Opinion._meta.db_table, ())):
        blind = _hidden_opinions(viewer).filter(pk__in=opinions)
        hidden.opinions = {str(key) for key in blind.values_list("pk", flat=True)}
    if tests := list(subjects.get(AuditTest._meta.db_table, ())):
        blind = _hidden_opinions(viewer).filter(audit_test__in=tests)
        hidden.audit_tests = {str(key) for key in blind.values_list("audit_test", flat=True)}
    return hidden


def _name_of(viewer: Viewer) -> str:
    return viewer.ledger_name if viewer is not None and viewer.is_active else "nobody"
