"""What Django must know of this slice."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "bluelamp.assurance"
    label = "assurance"
