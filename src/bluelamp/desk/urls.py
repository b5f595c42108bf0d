"""Which address of the staff site shows which page?"""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
