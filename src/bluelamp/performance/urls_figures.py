"""Which addresses belong to figures?"""

from __future__ import annotations

from django.urls import URLPattern

pages: list[URLPattern] = []
