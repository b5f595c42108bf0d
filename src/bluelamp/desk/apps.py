"""The staff site's shell, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "bluelamp.desk"

    def ready(self) -> None:
        """What listens for sign-ins and lock-outs does so before the first of them."""
        from bluelamp.desk.entrance import lock_out, sessions  # noqa: F401
