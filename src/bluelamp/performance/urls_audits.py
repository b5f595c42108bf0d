"""Which addresses belong to audits?"""

from __future__ import annotations

from django.urls import URLPattern

pages: list[URLPattern] = []
