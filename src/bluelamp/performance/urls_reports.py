"""Which addresses belong to reports?"""

from __future__ import annotations

from django.urls import path

from bluelamp.performance import views_insight, views_releases, views_reports

_ONE = "reports/<uuid:pk>"
pages = [
    path("reports", views_reports.reports, name="reports"),
    path("reports/new", views_reports.report_new, name="report_new"),
    path(_ONE, views_reports.report, name="report"),
    path(f"{_ONE}/preview", views_reports.preview, name="report_preview"),
    path(f"{_ONE}/remarks", views_reports.remark, name="report_remark"),
    path(f"{_ONE}/remarks/<uuid:comment_pk>/resolve", views_reports.resolve, name="report_resolve"),
    path(f"{_ONE}/ask", views_insight.ask, name="report_ask"),
    path(f"{_ONE}/send", views_insight.send, name="report_send"),
    path(f"{_ONE}/returns", views_insight.word_return, name="report_return"),
    path(f"{_ONE}/requests/<uuid:request_pk>/withdraw", views_insight.withdraw, name="report_withdraw"),
    path(f"{_ONE}/contributors/<uuid:owner_pk>/link", views_insight.contributor_link, name="report_link"),
    path(f"{_ONE}/contributors/<uuid:owner_pk>/word", views_insight.contributor_word, name="report_word"),
    path(f"{_ONE}/headlines", views_insight.headlines, name="report_headlines"),
    path(f"{_ONE}/headlines/new", views_insight.headline_new, name="report_headline_new"),
    path(f"{_ONE}/texts/<uuid:text_pk>", views_insight.text_step, name="report_text"),
    path(f"{_ONE}/insight/<str:code>", views_insight.insight, name="report_insight"),
    path(f"{_ONE}/insight/<str:code>/wanted", views_insight.wanted, name="report_wanted"),
    path(f"{_ONE}/step/<slug:slug>", views_releases.report_step, name="report_step"),
    path("releases/<uuid:pk>", views_releases.release, name="release"),
    path("releases/<uuid:pk>/<slug:form>", views_releases.release_file, name="release_file"),
    path("insight/<str:secret>", views_insight.insight_link, name="insight_link"),
]
