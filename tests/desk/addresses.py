"""Every address of the desk, with something to put into it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.desk.indicator_samples import PLAN

if TYPE_CHECKING:
    from tests.desk.conftest import Full

OPEN = {
    "account_login",
    "assurance:answer_link",
    "performance:insight_link",
    "desk:health",
    "desk:second_step",
    "desk:sign_in",
    "desk:start_again",
    "desk:start_sign_on",
    "desk:use_link",
    "mfa_authenticate",
    "openid_connect_callback",
    "performance:star_file",
}
"""Pages that need no signing in."""

POST_ONLY = {
    "performance:load_withdraw",
    "performance:token_end",
    "desk:change_access",
    "desk:make_link",
    "desk:sign_out",
    "desk:sign_out_everywhere",
    "desk:start_again",
    "desk:start_sign_on",
    "intake:stop_job",
    "intake:check_start",
    "intake:check_take_back",
    "intake:accept",
    "intake:reject",
    "intake:reconsider",
    "intake:accept_sort",
    "intake:accept_everything",
    "assurance:round_send",
    "assurance:round_close",
    "assurance:round_link",
    "assurance:response_begin",
    "intake:harvest_decide",
    "desk:split_item",
    "desk:undo_link",
    "assurance:return_new",
    "assurance:return_take",
    "assurance:return_leave",
    "assurance:accept_suggested",
    "assurance:item_themes",
    "performance:report_remark",
    "performance:report_resolve",
    "performance:report_send",
    "performance:report_return",
    "performance:report_withdraw",
    "performance:report_link",
    "performance:report_word",
    "performance:report_headline_new",
    "performance:report_text",
    "performance:report_wanted",
    "performance:audit_figure",
}
FILES = {"documents:picture", "assurance:evidence_file", "desk:indicator_event"}
"""Only there for a PDF, for evidence that is a file, or for an event that was named."""


FIGURES = {
    "intake:count_job",
    "performance:counted_waiting",
    "intake:published_figures",
    "performance:by_hand",
    "performance:from_records",
    "performance:load",
    "performance:load_file",
    "performance:load_new",
    "performance:load_waiting",
    "performance:star_download",
    "performance:star_file",
}
"""For those who load figures, or of a load or table: looked at in tests/performance/test_figures_pages.py."""

ADMINISTRATORS = {"desk:people", "desk:add_person", "desk:person", "desk:edit_person"}
REPORTS = {
    "intake:report_check",
    "performance:report_new",
    "performance:report",
    "performance:report_preview",
    "performance:report_ask",
    "performance:report_headlines",
    "performance:report_insight",
    "performance:report_step",
    "performance:release",
    "performance:release_file",
}
"""For analysts, and of a report that is begun: looked at in tests/performance/test_report_pages.py."""

AUDITS = {
    "desk:audit_evidence",
    "performance:audit",
    "performance:audit_case",
    "performance:audit_close",
    "performance:audit_design",
    "performance:audit_draw",
    "performance:audit_drawn",
    "performance:audit_next",
    "performance:audit_population",
    "performance:audit_question",
    "performance:audit_settle",
}
"""Of an audit at one of its stages: looked at in tests/desk/test_audit_pages.py."""

MEASURES = {
    "performance:boundaries_new",
    "performance:boundaries_waiting",
    "performance:measure",
    "performance:measure_area",
    "performance:measure_chart",
    "performance:measure_file",
    "performance:measure_force",
    "performance:measure_map",
    "performance:record_load",
}
"""Of a measure, where records are loaded: looked at in tests/performance/test_measure_pages.py."""

ELSEWHERE = (
    ADMINISTRATORS
    | REPORTS
    | FIGURES
    | AUDITS
    | MEASURES
    | {
        "desk:owner",
        "desk:password",
        "desk:recovery_codes",
        "desk:remove_second_step",
        "desk:second_step",
        "desk:second_step_set_up",
        "mfa_authenticate",
        "openid_connect_callback",
    }
)
"""Pages with a guard or data of their own, looked at in test_people.py and in tests/security."""


def named_patterns() -> Iterator[tuple[str, URLPattern]]:
    for resolver in get_resolver().url_patterns:
        yield from _walk(resolver, "")


def _walk(found: URLPattern | URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    if isinstance(found, URLResolver):
        inner = found.namespace or space
        for each in found.url_patterns:
            yield from _walk(each, inner)
    elif found.name:
        yield f"{space}:{found.name}" if space else found.name, found


NAMES = sorted(name for name, _ in named_patterns())
SHOWN = [
    name
    for name in NAMES
    if name
    not in POST_ONLY | FILES | ELSEWHERE | {"desk:use_link", "assurance:answer_link", "performance:insight_link"}
]


def address(name: str, full: Full | None) -> str:
    """The page's address for the full data; of things that are not there, without any."""
    pattern = dict(named_patterns())[name]
    nowhere = "00000000-0000-0000-0000-000000000000"
    values: dict[str, Any] = {
        "pk": full.waiting.pk if full else nowhere,
        "proposal_pk": full.proposal.pk if full else nowhere,
        "fact_pk": full.proposal.pk if full else nowhere,
        "key": full.job.pk if full else nowhere,
        "reference": full.item.reference if full else "CVP-2022-AFI-01",
        "code": "CVP",
        "number": 1,
        "line": 3,
        "secret": "not-a-secret",
        "slug": "respond",
        "step": "end",
        "provider_id": "nobody",
        "plan": PLAN,
        "area": "north",
        "form": "pdf",
        "file": "fact_figure.csv",
        "force": "calder-vale",
        "level": "lsoa-code",
        "part": "months",
        **dict.fromkeys(("comment_pk", "owner_pk", "request_pk", "text_pk"), nowhere),
    }
    if name.startswith("desk:indicator"):
        values["code"] = "1A.1"
    if name == "assurance:step_about":
        values |= {"slug": "begin", "key": full.action.pk if full else nowhere}
    if name.startswith("assurance:round"):
        values |= {"pk": full.round.pk, "owner_pk": full.action.owner_id} if full else {"owner_pk": nowhere}
    if name.startswith("assurance:return") and full:
        values["pk"] = full.returned.pk
    if name.startswith("assurance:response") and name != "assurance:response_begin":
        values |= {"pk": full.response.pk if full else nowhere, "slug": "comments"}
        values["reference"] = full.item.reference if full else "CVP-2022-AFI-01"
    if name in ("assurance:theme", "assurance:accept_suggested"):
        values["slug"] = "abstraction"
    if name.startswith("intake:check"):
        values |= {"answer_pk": nowhere, "finding": full.finding if full else "none"}
        values["key"] = full.checking.pk if full else nowhere
    wanted = pattern.pattern.converters
    return reverse(name, kwargs={key: values[key] for key in wanted})
