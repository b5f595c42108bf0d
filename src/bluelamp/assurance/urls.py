"""Which address takes a step with an item? The page of the item itself joins several slices: see the desk."""

from __future__ import annotations

from django.urls import path

from bluelamp.assurance import (
    views,
    views_evidence,
    views_many,
    views_papers,
    views_rounds,
    views_statutory,
    views_templates,
    views_themes,
)

app_name = "assurance"
urlpatterns = [
    path("register/<str:reference>/step/<slug:slug>", views.step, name="step"),
    path("register/<str:reference>/step/<slug:slug>/<uuid:key>", views.step, name="step_about"),
    path("evidence/<uuid:pk>/file", views_evidence.evidence_file, name="evidence_file"),
    path("rounds", views_rounds.rounds, name="rounds"),
    path("rounds/new", views_rounds.open_new, name="round_new"),
    path("rounds/<uuid:pk>", views_rounds.round_page, name="round"),
    path("rounds/<uuid:pk>/send", views_rounds.send, name="round_send"),
    path("rounds/<uuid:pk>/close", views_rounds.close, name="round_close"),
    path("rounds/<uuid:pk>/link/<uuid:owner_pk>", views_rounds.link, name="round_link"),
    path("templates", views_templates.templates, name="templates"),
    path("templates/new", views_templates.template_new, name="template_new"),
    path("templates/returns/new", views_templates.return_new, name="return_new"),
    path("templates/returns/<uuid:pk>", views_templates.return_page, name="return"),
    path("templates/returns/<uuid:pk>/take", views_templates.take, name="return_take"),
    path("templates/returns/<uuid:pk>/leave", views_templates.leave, name="return_leave"),
    path("answer/<str:secret>", views_rounds.answer_link, name="answer_link"),
    path("responses", views_statutory.responses, name="responses"),
    path("responses/begin/<uuid:pk>", views_statutory.begin, name="response_begin"),
    path("responses/<uuid:pk>", views_statutory.response_page, name="response"),
    path("responses/<uuid:pk>/points/<str:reference>", views_statutory.point, name="response_point"),
    path("responses/<uuid:pk>/<slug:slug>", views_statutory.step, name="response_step"),
    path("themes", views_themes.themes, name="themes"),
    path("themes/<slug:slug>", views_themes.theme, name="theme"),
    path("themes/<slug:slug>/accept", views_themes.accept_suggested, name="accept_suggested"),
    path("register/<str:reference>/themes", views_themes.item_themes, name="item_themes"),
    path("register/<str:reference>/same-point", views_themes.same_point, name="same_point"),
    path("assurance", views_papers.home, name="home"),
    path("assurance/sign-off", views_many.sign_off_page, name="sign_off_many"),
    path("assurance/audit-test", views_many.audit_test_page, name="audit_test"),
    path("papers", views_papers.papers, name="papers"),
]
