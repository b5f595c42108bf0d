"""How is a report begun, its figures renewed, remarked on, made ready, signed off or sent back?

Figures are worked out before the record is locked (it takes seconds) and the report is looked at again under the
lock, so that nobody waits and nothing stale is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec
from django.db import IntegrityError

from bluelamp.documents.originals import workspace_originals
from bluelamp.figures.months import Month
from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import viewer_of
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.organisations.visibility import visible_to
from bluelamp.performance.insight_agreement import compare_headline
from bluelamp.performance.insight_claims import Claim, make_claims
from bluelamp.performance.insight_facts import suggest_facts
from bluelamp.performance.models import Headline, Insight, Report, ReportComment, ReportMove
from bluelamp.performance.plans import Plan
from bluelamp.performance.queries_drafts import (
    eyes_of,
    find_plan,
    find_standing,
    freeze_report,
    stand_before,
)
from bluelamp.performance.queries_figures import newest_vintage
from bluelamp.performance.report_frozen import write_frozen
from bluelamp.performance.report_making import assemble_frozen
from bluelamp.performance.report_rules import (
    StaleError,
    check_can_step,
    check_is_ready,
    check_text,
)
from bluelamp.performance.report_steps import NONE, ReportStep, load_report_steps
from bluelamp.performance.reports.assemble import find_area
from bluelamp.performance.reports.model import PerformanceReport

LONGEST_TITLE = 200


@dataclass
class ReportWork:
    """One transaction's work with one report, as it is now."""

    book: Book
    report: Report
    by: Actor
    now: dt.datetime
    add: list[object] = field(default_factory=list)

    def check(self, step: str, *, insight: Insight | None = None, reason: str = "x") -> ReportStep:
        by = stand_before(self.report, self.by, insight=insight)
        return check_can_step(step, state=self.report.state, by=by, reason=reason)

    def move(self, step: str, *, reason: str = "", frozen: str = "") -> ReportMove | None:
        """The report's next state, written down; None where the step leaves it as it is."""
        rule = load_report_steps()[step]
        if not rule.to or rule.to == self.report.state:
            return None
        made = make_move(self.report, step, rule.to, by=self.by, now=self.now, reason=reason, frozen=frozen)
        self.report.state = rule.to
        self.report.version += 1
        return made


def make_move(
    report: Report, step: str, after: str, *, by: Actor, now: dt.datetime, reason: str = "", frozen: str = ""
) -> ReportMove:
    return ReportMove(
        report=report,
        step=step,
        before=report.state,
        after=after,
        reason=reason.strip(),
        frozen=frozen,
        by_key=by.ledger_name,
        by_name=by.ledger_label,
        role=str(getattr(by, "role", "administrator")),
        made=now,
    )


@contextmanager
def working_on(report: Report, *, by: Actor, now: dt.datetime, blind: bool = False) -> Iterator[ReportWork]:
    """One transaction with the report as it is now. `blind`: a contributor by link, who may see no report."""
    with recording(by=by, now=now) as book:
        seen = Report.objects.all() if blind else visible_to(viewer_of(by), Report.objects.all())
        held = seen.select_related("organisation").filter(pk=report.pk).first()
        if held is None:
            raise NotAllowedError("There is no such report, or it is not yours to see.")
        yield ReportWork(book, held, by, now)


# -- beginning, and the figures ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NewReport:
    """What an analyst says of a report that is to be begun; `vintage` None is what is known now."""

    plan: str
    to: str
    area: str = "force"
    title: str = ""
    vintage: int | None = None
    rule: str = ""
    marking: str = "OFFICIAL"


def begin_report(
    wanted: NewReport, *, organisation: Organisation | None = None, by: Actor, now: dt.datetime
) -> Report:
    """A draft with its exceptions worked out. One report for each plan, period, area and organisation."""
    plan = find_plan(wanted.plan)
    if organisation is None and isinstance(by, User):
        organisation = by.organisation
    organisation = organisation or _find_owner(plan)
    to = _read_month(wanted.to)
    area = find_area(plan, wanted.area)
    made = Report(
        plan=plan.slug,
        to=str(to),
        area=area.slug,
        title=_title(wanted.title) or f"{plan.name}: performance to {to.words}",
        load_number=0,
        rule=wanted.rule,
        begun=now,
        by_name=by.ledger_label,
        organisation=organisation,
        marking=wanted.marking,
    )
    check_can_step("begin", state=NONE, by=stand_before(made, by))
    made.load_number = _check_vintage(made, wanted.vintage)
    computed = _compute(made, now)
    _check_has_figures(computed, plan, to)
    try:
        with recording(by=by, now=now) as book:
            made.state = NONE
            begun = make_move(made, "begin", "draft", by=by, now=now)
            made.state, made.computed = "draft", now
            insights, headlines = _make_rows(made, computed)
            note = {"plan": made.plan, "to": made.to, "area": made.area, "vintage": made.load_number}
            book.event(
                "performance.report_begun", subject=made, add=[made, begun, *insights, *headlines], note=note
            )
    except IntegrityError as error:
        raise PlainError(
            f"There is a report of {plan.name} for this area to {to.words} already: go on with that one."
        ) from error
    return made


def renew_figures(report: Report, *, vintage: int | None = None, by: Actor, now: dt.datetime) -> Report:
    """The exceptions, facts and headlines of another vintage (None: what is known now). No words are lost."""
    check_can_step("renew-figures", state=report.state, by=stand_before(report, by))
    began_with = report.version
    report.load_number = _check_vintage(report, vintage)
    computed = _compute(report, now)
    with working_on(report, by=by, now=now) as work:
        work.check("renew-figures")
        held = work.report
        if held.version != began_with:
            raise StaleError("Somebody else changed this report while its figures were worked out: try again.")
        before = held.load_number
        held.load_number, held.computed, held.version = report.load_number, now, held.version + 1
        added, changed = _renew_rows(held, computed)
        note = {"before": before, "after": held.load_number}
        work.book.event("performance.figures_renewed", subject=held, add=added, change=[held, *changed], note=note)
    return held


def _find_owner(plan: Plan) -> Organisation | None:
    """Whose plan it is: a draft that somebody of no organisation begins is not for every force to read."""
    return Organisation.objects.filter(code=plan.body or plan.force).first() if plan.body or plan.force else None


def _check_has_figures(computed: PerformanceReport, plan: Plan, to: Month) -> None:
    """A month that was mistyped would else be a report of nothing, which nobody can take away."""
    if not any(period.value is not None for row in computed.rows for period in row.periods):
        raise PlainError(
            f"No figure of {plan.name} is known for {to.words} or the year before it: look at the month, or load"
            " its figures first."
        )


def _read_month(said: str) -> Month:
    try:
        return Month.parse(said.strip())
    except ValueError as error:
        raise PlainError(f"“{said[:20]}” is no month: write the period's last month as 2021-03.") from error


def _title(said: str) -> str:
    title = " ".join(said.split())
    if len(title) > LONGEST_TITLE or not title.isprintable():
        raise PlainError(f"A report's title is one line of at most {LONGEST_TITLE} letters.")
    return title


def _check_vintage(report: Report, vintage: int | None) -> int:
    newest = newest_vintage(viewer=eyes_of(report), plan=report.plan)
    if not newest:
        raise PlainError("No figures of this plan are loaded yet: load figures first, then begin its report.")
    if vintage is None:
        return newest
    if not 1 <= vintage <= newest:
        raise PlainError(f"There is no vintage {vintage} of this plan: the newest is {newest}.")
    return vintage


def _compute(report: Report, now: dt.datetime) -> PerformanceReport:
    return assemble_frozen(freeze_report(report, now=now))


def _make_rows(report: Report, computed: PerformanceReport) -> tuple[list[Insight], list[Headline]]:
    insights = [Insight(report=report, code=row.code, place=at) for at, row in enumerate(computed.rows, start=1)]
    for insight in insights:
        _fill_insight(insight, computed)
    return insights, list(_make_headlines(report, computed))


def _fill_insight(insight: Insight, computed: PerformanceReport) -> None:
    """What follows from the numbers; whether words are wanted stays where a person has said so."""
    row = computed.row(insight.code)
    insight.exception = row is not None and row.exception.verdict.is_exception
    insight.exception_words = row.exception.sentence if row is not None and insight.exception else ""
    insight.facts = list(suggest_facts(row)) if row is not None else []
    if not insight.by_hand:
        insight.wanted = insight.exception


def _make_headlines(report: Report, computed: PerformanceReport) -> Iterator[Headline]:
    place = 0
    for theme in computed.themes:
        claims = msgspec.to_builtins(make_claims(theme.rows))
        for words in theme.headlines:
            place += 1
            yield Headline(report=report, place=place, theme=theme.theme.code, generated=words, claims=claims)


def _renew_rows(
    report: Report, computed: PerformanceReport
) -> tuple[list[Insight | Headline], list[Insight | Headline]]:
    """Rows to add and rows to change. An edited headline keeps its words and is compared anew."""
    held = {each.code: each for each in report.insights.all()}
    added: list[Insight | Headline] = []
    changed: list[Insight | Headline] = []
    for at, row in enumerate(computed.rows, start=1):
        insight = held.get(row.code)
        if insight is None:
            insight = Insight(report=report, code=row.code, place=at)
            added.append(insight)
        else:
            changed.append(insight)
        insight.place = at
        _fill_insight(insight, computed)
    for insight in (each for code, each in held.items() if computed.row(code) is None):
        _fill_insight(insight, computed)
        changed.append(insight)
    more, less = _renew_headlines(report, computed)
    return [*added, *more], [*changed, *less]


def _renew_headlines(report: Report, computed: PerformanceReport) -> tuple[list[Headline], list[Headline]]:
    rows = list(report.headlines.order_by("place"))
    fresh = list(_make_headlines(report, computed))
    last = max((each.place for each in rows), default=0)
    by_theme: dict[str, list[Headline]] = {}
    for row in rows:
        by_theme.setdefault(row.theme, []).append(row)
    added: list[Headline] = []
    for new in fresh:
        kept = by_theme.get(new.theme, [])
        if not kept:
            last += 1
            new.place = last
            added.append(new)
            continue
        row = kept.pop(0)
        row.generated, row.claims = new.generated, new.claims
    for row in (row for rest in by_theme.values() for row in rest):
        row.generated = ""  # fewer sentences than before; one that a person edited keeps its words
    for row in rows:
        row.faults = list(find_headline_faults(row))
    return added, rows


def find_headline_faults(headline: Headline) -> tuple[str, ...]:
    """How the edited words disagree with the numbers; none where the generated ones stand."""
    if not headline.words or headline.words == headline.generated:
        return ()
    claims = msgspec.convert(headline.claims, tuple[Claim, ...])
    others = headline.report.headlines.filter(theme=headline.theme).exclude(generated="")
    generated = {headline.generated, *others.values_list("generated", flat=True)} - {""}
    return compare_headline(headline.words, claims, generated=sorted(generated)).faults


# -- moving on --------------------------------------------------------------------------------------------


def make_ready(report: Report, *, by: Actor, now: dt.datetime) -> Report:
    """Its author says that it is complete; refused with everything that is not."""
    with working_on(report, by=by, now=now) as work:
        work.check("make-ready")
        check_is_ready(find_standing(work.report))
        move = work.move("make-ready")
        work.book.event("performance.report_made_ready", subject=work.report, add=[move], change=[work.report])
    return work.report


def send_back(report: Report, *, reason: str, by: Actor, now: dt.datetime) -> Report:
    """From ready or signed off to a draft again, with a reason."""
    reason = check_text(reason, what="A reason")
    with working_on(report, by=by, now=now) as work:
        work.check("back", reason=reason)
        move = work.move("back", reason=reason)
        work.report.frozen = ""
        note = {"reason": reason}
        work.book.event(
            "performance.report_sent_back", subject=work.report, add=[move], change=[work.report], note=note
        )
    return work.report


def sign_off(report: Report, *, seen: int | None = None, by: Actor, now: dt.datetime) -> Report:
    """Freeze it whole and sign it. `seen` is the version that the signer read; another is refused.

    The bytes are on the disk before the record says so; a kill between leaves an original that nothing names.
    """
    check_can_step("sign-off", state=report.state, by=stand_before(report, by))
    frozen = freeze_report(report, now=now)
    _check_computed(report, assemble_frozen(frozen))
    data = write_frozen(frozen)
    sha256 = workspace_originals().keep(data)
    with working_on(report, by=by, now=now) as work:
        work.check("sign-off")
        if work.report.version != (report.version if seen is None else seen):
            raise StaleError("This report was changed since you read it: read it again before you sign.")
        check_is_ready(find_standing(work.report))
        move = work.move("sign-off", frozen=sha256)
        work.report.frozen = sha256
        note = {"frozen": sha256, "vintage": work.report.load_number}
        work.book.event(
            "performance.report_signed_off", subject=work.report, add=[move], change=[work.report], note=note
        )
    return work.report


def _check_computed(report: Report, computed: PerformanceReport) -> None:
    """Are the exceptions that people wrote about still those of the plan and the figures as they stand?"""
    held = {each.code: each.exception_words for each in report.insights.all()}
    now = {row.code: row.exception.sentence if row.exception.verdict.is_exception else "" for row in computed.rows}
    if changed := sorted(code for code in {*held, *now} if held.get(code, "") != now.get(code, "")):
        raise StaleError(
            f"The plan's definitions changed since the figures of {', '.join(changed[:8])} were worked out:"
            " send the report back and renew its figures."
        )


# -- remarks ----------------------------------------------------------------------------------------------


def comment_on_report(
    report: Report,
    *,
    words: str,
    code: str = "",
    answers: ReportComment | None = None,
    by: Actor,
    now: dt.datetime,
) -> ReportComment:
    """A remark on the report or one of its indicators, or a reply to one."""
    words = check_text(words, what="A remark")
    if not words:
        raise PlainError("A remark needs words.")
    with working_on(report, by=by, now=now) as work:
        work.check("comment")
        if code and not work.report.insights.filter(code=code).exists():
            raise PlainError(f"The report has no indicator {code}.")
        if answers is not None:
            first = work.report.comments.filter(pk=answers.pk, answers=None).first()
            if first is None:
                raise PlainError("There is no such remark in this report.")
            answers, code = first, first.code
        made = ReportComment(
            report=work.report,
            code=code,
            words=words,
            answers=answers,
            by_key=by.ledger_name,
            by_name=by.ledger_label,
            made=now,
        )
        name = "performance.remark_answered" if answers else "performance.remarked"
        work.book.event(name, subject=work.report, add=[made], note={"code": code})
    return made


def resolve_comment(comment: ReportComment, *, by: Actor, now: dt.datetime) -> None:
    """The remark is dealt with; it stays to be read."""
    with working_on(comment.report, by=by, now=now) as work:
        work.check("resolve-comment")
        held = work.report.comments.filter(pk=comment.pk, answers=None).first()
        if held is None or held.resolved:
            raise PlainError("There is no such remark, or it is resolved already.")
        held.resolved, held.resolved_by = now, by.ledger_label
        work.book.event("performance.remark_resolved", subject=work.report, change=[held])
