"""Which reports are there, what does each lack, and what may be seen of those that were released?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import Count, Q, QuerySet

from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import owners_of
from bluelamp.organisations.models import Owner, User
from bluelamp.organisations.rules import role_of
from bluelamp.organisations.visibility import Viewer, sees_all, visible_to
from bluelamp.performance.insight_evidence import Evidence
from bluelamp.performance.models import (
    Headline,
    Insight,
    InsightRequest,
    InsightText,
    Report,
    ReportComment,
    ReportRelease,
)
from bluelamp.performance.plans import Plan, load_plans
from bluelamp.performance.queries_figures import counting_loads, find_series
from bluelamp.performance.queries_indicators import make_load_known
from bluelamp.performance.report_frozen import (
    FrozenHeadline,
    FrozenInsight,
    FrozenReport,
    freeze_series,
)
from bluelamp.performance.report_rules import ReportStander, Standing


def eyes_of(report: Report) -> User:
    """Whose figures a report is made of: its own organisation's and everybody's, whoever makes it."""
    return User(role="reader", organisation=report.organisation, is_active=True)


def find_plan(slug: str) -> Plan:
    plan = load_plans(settings.WORKSPACE_DEFINITIONS).get(slug)
    if plan is None:
        raise PlainError(f"There is no plan “{slug}” among the definitions.")
    return plan


def find_reports(*, viewer: Viewer) -> QuerySet[Report]:
    """Drafts and released ones of the viewer's own record, the latest period first."""
    return visible_to(viewer, Report.objects.select_related("organisation"))


def find_report(key: UUID, *, viewer: Viewer) -> Report | None:
    return find_reports(viewer=viewer).filter(pk=key).first()


def find_releases(*, viewer: Viewer, now: dt.datetime) -> QuerySet[ReportRelease]:
    """What was released: one's own whenever it is public, everybody's once its hour has come (law 7)."""
    releases = ReportRelease.objects.select_related("report", "report__organisation", "corrects")
    if viewer is not None and not viewer.is_active:
        return releases.none()
    if sees_all(viewer):
        return releases
    own = visible_to(viewer, Report.objects.all())
    return releases.filter(Q(report__in=own) | Q(public_from__lte=now))


def find_release(key: UUID, *, viewer: Viewer, now: dt.datetime) -> ReportRelease | None:
    return find_releases(viewer=viewer, now=now).filter(pk=key).first()


# -- what a report is made of -----------------------------------------------------------------------------


def freeze_report(report: Report, *, now: dt.datetime) -> FrozenReport:
    """Everything of the report as it stands: plan, figures at its vintage, words."""
    eyes = eyes_of(report)
    loads = counting_loads(viewer=eyes, plan=report.plan, up_to=report.load_number)
    insights = [
        FrozenInsight(code=each.code, words=each.words, evidence=evidence_of(each))
        for each in report.insights.order_by("place")
        if each.words and each.wanted
    ]
    headlines = [
        FrozenHeadline(theme=each.theme, words=each.words or each.generated)
        for each in find_headlines(report)
        if not each.left_out
    ]
    return FrozenReport(
        title=report.title,
        marking=report.marking,
        plan=find_plan(report.plan),
        to=report.to,
        area=report.area,
        rule=report.rule,
        vintage=report.load_number,
        as_of=london_day(now),
        series=freeze_series(find_series(viewer=eyes, plan=report.plan, up_to=report.load_number)),
        loads=tuple(make_load_known(load) for load in loads),
        insights=tuple(insights),
        headlines=tuple(headlines),
    )


def evidence_of(row: Insight | InsightText) -> tuple[Evidence, ...]:
    return msgspec.convert(row.evidence, tuple[Evidence, ...])


def find_headlines(report: Report) -> QuerySet[Headline]:
    """Sentences with words; what has neither generated nor written ones is gone."""
    return report.headlines.exclude(generated="", words="").order_by("place")


# -- what it lacks ----------------------------------------------------------------------------------------


def find_standing(report: Report) -> Standing:
    """What stands in its way, for the rule that says so."""
    wanted = report.insights.filter(wanted=True)
    offered = InsightText.objects.filter(insight__report=report, state="offered")
    edited = find_headlines(report).exclude(words="").filter(left_out=False, reason="")
    return Standing(
        without_words=list(wanted.filter(words="").values_list("code", flat=True)),
        with_offers=sorted(set(offered.values_list("insight__code", flat=True))),
        unexplained_headlines=[f"theme {each.theme}" for each in edited if each.faults],
        open_comments=report.comments.filter(answers=None, resolved=None).count(),
        not_computed=report.computed is None,
    )


def find_authors(report: Report) -> frozenset[str]:
    """Everybody whose words stand in it, by their names in the ledger."""
    texts = InsightText.objects.filter(insight__report=report, state="taken").values_list("by_key", flat=True)
    headlines = (
        report.headlines.exclude(by_key="").exclude(words="", left_out=False).values_list("by_key", flat=True)
    )
    return frozenset({*texts, *headlines})


def find_made_ready(report: Report) -> str:
    """Who said last that it is ready, by their name in the ledger."""
    last = report.moves.filter(step="make-ready").order_by("-made").first()
    return last.by_key if last else ""


def stand_before(report: Report, by: Actor, *, insight: Insight | None = None) -> ReportStander:
    """The actor before the report; `asked` of the insight in hand, or of any where none is."""
    asked = InsightRequest.objects.filter(report=report, withdrawn=None, owner__in=owners_of(by))
    if insight is not None:
        asked = asked.filter(insight=insight)
    return ReportStander(
        role=role_of(by),
        ledger_name=by.ledger_name,
        asked=asked.exists(),
        authors=find_authors(report),
        made_ready=find_made_ready(report),
    )


# -- what its page shows ----------------------------------------------------------------------------------


@dataclass
class InsightRow:
    """An indicator on the report's page: its words, who is asked, and what else was written."""

    insight: Insight
    name: str
    requests: list[InsightRequest] = field(default_factory=list)
    offers: list[InsightText] = field(default_factory=list)
    remarks: int = 0

    @property
    def waiting(self) -> list[InsightRequest]:
        return [each for each in self.requests if each.answered is None and each.withdrawn is None]

    @property
    def state(self) -> str:
        """ready, choose, waiting, wanted or not-wanted."""
        if self.offers:
            return "choose"
        if not self.insight.wanted:
            return "not-wanted"
        if self.insight.words:
            return "ready"
        return "waiting" if self.waiting else "wanted"


def find_insight_rows(report: Report, *, plan: Plan | None) -> list[InsightRow]:
    """Every indicator of the report in the plan's order; four queries, however many there are."""
    names = {each.code: each.name for each in plan.indicators} if plan else {}
    rows = {
        each.pk: InsightRow(each, names.get(each.code, each.code)) for each in report.insights.order_by("place")
    }
    requests = report.requests.filter(withdrawn=None).select_related("owner").order_by("asked")
    for request in requests:
        rows[request.insight_id].requests.append(request)
    for text in InsightText.objects.filter(insight__report=report, state="offered").order_by("number"):
        rows[text.insight_id].offers.append(text)
    open_remarks = report.comments.filter(answers=None, resolved=None).exclude(code="")
    counted = dict(open_remarks.order_by().values_list("code").annotate(n=Count("pk")))
    for row in rows.values():
        row.remarks = counted.get(row.insight.code, 0)
    return list(rows.values())


@dataclass
class Remark:
    comment: ReportComment
    replies: list[ReportComment] = field(default_factory=list)


def find_remarks(report: Report, *, code: str | None = None) -> list[Remark]:
    """Remarks with their replies, oldest first; of one indicator, or all."""
    found = report.comments.all() if code is None else report.comments.filter(code=code)
    rows = list(found.order_by("made"))
    remarks = {each.pk: Remark(each) for each in rows if each.answers_id is None}
    for each in rows:
        if each.answers_id in remarks:
            remarks[each.answers_id].replies.append(each)
    return list(remarks.values())


def find_asked(report: Report, owner: Owner) -> list[InsightRequest]:
    """What one contributor is still asked, in the plan's order."""
    found = report.requests.filter(owner=owner, answered=None, withdrawn=None)
    return list(found.select_related("insight").order_by("insight__place"))


@dataclass
class Contributor:
    owner: Owner
    waiting: list[InsightRequest] = field(default_factory=list)
    answered: list[InsightRequest] = field(default_factory=list)

    @property
    def due(self) -> dt.date | None:
        return max((each.due for each in self.waiting), default=None)

    @property
    def sent(self) -> dt.datetime | None:
        return max((each.sent for each in self.waiting if each.sent), default=None)


def find_contributors(report: Report) -> list[Contributor]:
    """Everyone who was asked, who still owes something first."""
    found: dict[Any, Contributor] = {}
    requests = report.requests.filter(withdrawn=None).select_related("owner", "insight")
    for request in requests.order_by("owner__name", "insight__place"):
        contributor = found.setdefault(request.owner_id, Contributor(request.owner))
        (contributor.answered if request.answered else contributor.waiting).append(request)
    return sorted(found.values(), key=lambda each: (not each.waiting, each.owner.name))


def find_texts(insight: Insight) -> Sequence[InsightText]:
    """Every text that was ever written for it, newest first."""
    return list(insight.texts.select_related("document", "owner").order_by("-number"))
