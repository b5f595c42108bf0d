"""Which addresses list indicators?"""

from __future__ import annotations

from django.urls import URLPattern, path

from bluelamp.performance import views_indicators

pages: list[URLPattern] = [
    path("indicators", views_indicators.indicators, name="indicators"),
    path("indicators.csv", views_indicators.indicators_csv, name="indicators_csv"),
]
