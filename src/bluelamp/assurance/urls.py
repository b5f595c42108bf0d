"""Which address takes a step with an item? The page of the item itself joins several slices: see the desk."""

from __future__ import annotations

from django.urls import path

from bluelamp.assurance import views

app_name = "assurance"
urlpatterns = [
    path("register/<str:reference>/step/<slug:slug>", views.step, name="step"),
    path("register/<str:reference>/step/<slug:slug>/<uuid:key>", views.step, name="step_about"),
]
