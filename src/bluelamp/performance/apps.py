"""What Django must know of this slice."""

from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "bluelamp.performance"
    label = "performance"
