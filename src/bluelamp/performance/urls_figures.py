"""Which addresses belong to figures?"""

from __future__ import annotations

from django.urls import URLPattern, path

from bluelamp.performance import (
    views_figures,
    views_figures_analysts,
    views_figures_loading,
    views_figures_records,
)

pages: list[URLPattern] = [
    path("figures", views_figures.loads, name="loads"),
    path("figures/load", views_figures_loading.load_new, name="load_new"),
    path("figures/by-hand", views_figures_loading.by_hand, name="by_hand"),
    path("figures/from-records", views_figures_records.from_records, name="from_records"),
    path("figures/counted/<uuid:key>", views_figures_records.counted_waiting, name="counted_waiting"),
    path("figures/waiting/<uuid:key>", views_figures_loading.load_waiting, name="load_waiting"),
    path("figures/compare", views_figures.compare, name="compare"),
    path("figures/analysts", views_figures_analysts.analysts, name="analysts"),
    path("figures/analysts/<uuid:pk>/end", views_figures_analysts.token_end, name="token_end"),
    path("figures/tables/<slug:plan>/<str:file>", views_figures_analysts.star_download, name="star_download"),
    path("figures/export/<slug:plan>/<str:file>", views_figures_analysts.star_file, name="star_file"),
    path("figures/loads/<uuid:pk>", views_figures.load, name="load"),
    path("figures/loads/<uuid:pk>/withdraw", views_figures.withdraw, name="load_withdraw"),
    path("figures/loads/<uuid:pk>/files/<int:number>", views_figures.load_file, name="load_file"),
]
