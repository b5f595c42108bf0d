"""Which address of the staff site shows which page?"""

from __future__ import annotations

from django.urls import include, path

from bluelamp.desk.entrance import urls as entrance
from bluelamp.desk.views import (
    audit_evidence,
    audit_trail,
    documents,
    forces,
    home,
    indicators,
    items,
    links,
    search,
    sign_in,
)

desk_pages = [
    path("", home.home, name="home"),
    path("health", sign_in.health, name="health"),
    path("documents", documents.documents, name="documents"),
    path("documents/<uuid:pk>", documents.document, name="document"),
    path("documents/<uuid:pk>/pages/<int:number>", documents.document_page, name="document_page"),
    path("documents/<uuid:pk>/lines/<int:line>", documents.document_line, name="document_line"),
    path("documents/<uuid:pk>/facts", documents.facts, name="facts"),
    path("documents/<uuid:pk>/facts/<uuid:fact_pk>", documents.fact, name="fact"),
    path("forces", forces.forces, name="forces"),
    path("forces/<str:code>", forces.force, name="force"),
    path("indicators/<slug:plan>/<str:code>", indicators.indicator, name="indicator"),
    path("indicators/<slug:plan>/<str:code>/chart.svg", indicators.indicator_chart, name="indicator_chart"),
    path("indicators/<slug:plan>/<str:code>/areas.svg", indicators.indicator_funnel, name="indicator_funnel"),
    path("indicators/<slug:plan>/<str:code>/chart.png", indicators.indicator_picture, name="indicator_picture"),
    path("indicators/<slug:plan>/<str:code>/event.svg", indicators.indicator_event, name="indicator_event"),
    path("indicators/<slug:plan>/<str:code>/months.csv", indicators.indicator_months, name="indicator_months"),
    path("indicators/<slug:plan>/<str:code>/areas/<str:area>", indicators.indicator, name="indicator_in_area"),
    path("register/<str:reference>", items.item, name="item"),
    path("register/<str:reference>/belongs", links.links, name="links"),
    path("register/<str:reference>/split", links.split_item, name="split_item"),
    path("links/<uuid:key>/undo", links.undo, name="undo_link"),
    path("search", search.search, name="search"),
    path("audits/<uuid:pk>/evidence", audit_evidence.audit_evidence, name="audit_evidence"),
    path("audit-trail", audit_trail.audit_trail, name="audit_trail"),
]

urlpatterns = [
    path("", include((desk_pages + entrance.pages, "desk"))),
    path("", include(entrance.allauth_pages)),
    path("", include("bluelamp.register.urls")),
    path("", include("bluelamp.documents.urls")),
    path("", include("bluelamp.intake.urls")),
    path("", include("bluelamp.assurance.urls")),
    path("", include("bluelamp.performance.urls")),
]
