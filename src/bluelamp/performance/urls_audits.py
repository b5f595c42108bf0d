"""Which addresses belong to audits?"""

from __future__ import annotations

from django.urls import URLPattern, path

from bluelamp.performance import views_audit_reading, views_audits

_ONE = "audits/<uuid:pk>"
pages: list[URLPattern] = [
    path("audits", views_audits.audits, name="audits"),
    path("audits/new", views_audits.audit_new, name="audit_new"),
    path(_ONE, views_audits.audit, name="audit"),
    path(f"{_ONE}/design", views_audits.audit_design, name="audit_design"),
    path(f"{_ONE}/draw", views_audits.audit_draw, name="audit_draw"),
    path(f"{_ONE}/drawn.csv", views_audits.audit_drawn, name="audit_drawn"),
    path(f"{_ONE}/cases.csv", views_audits.audit_population, name="audit_population"),
    path(f"{_ONE}/next", views_audit_reading.audit_next, name="audit_next"),
    path(f"{_ONE}/cases/<int:number>", views_audit_reading.audit_case, name="audit_case"),
    path(f"{_ONE}/cases/<int:number>/settle", views_audit_reading.audit_settle, name="audit_settle"),
    path(f"{_ONE}/questions/<int:number>", views_audit_reading.audit_question, name="audit_question"),
    path(f"{_ONE}/close", views_audits.audit_close, name="audit_close"),
    path(f"{_ONE}/figure", views_audits.audit_figure, name="audit_figure"),
]
