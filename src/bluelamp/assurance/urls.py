"""Which address takes a step with an item? The page of the item itself joins several slices: see the desk."""

from __future__ import annotations

from django.urls import path

from bluelamp.assurance import views, views_evidence, views_rounds

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
    path("answer/<str:secret>", views_rounds.answer_link, name="answer_link"),
]
