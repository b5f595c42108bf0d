"""Which addresses belong to measures that are counted from the records?"""

from __future__ import annotations

from django.urls import URLPattern, path

from bluelamp.performance import views_boundaries, views_measures, views_measures_files

_ONE = "measures/<slug:slug>"
pages: list[URLPattern] = [
    path("measures", views_measures.measures, name="measures"),
    path("boundaries/new", views_boundaries.boundaries_new, name="boundaries_new"),
    path("boundaries/waiting/<uuid:key>", views_boundaries.boundaries_waiting, name="boundaries_waiting"),
    path("measures/loads/<uuid:pk>", views_measures.record_load, name="record_load"),
    path(_ONE, views_measures.measure, name="measure"),
    path(f"{_ONE}/chart.svg", views_measures_files.measure_chart, name="measure_chart"),
    path(f"{_ONE}/map.svg", views_measures_files.measure_map, name="measure_map"),
    path(f"{_ONE}/<slug:part>.<slug:form>", views_measures_files.measure_file, name="measure_file"),
    path(f"{_ONE}/<slug:force>", views_measures.measure, name="measure_force"),
    path(f"{_ONE}/<slug:force>/<slug:level>/<path:area>", views_measures.measure, name="measure_area"),
]
