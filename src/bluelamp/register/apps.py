"""When is the index of items' words made? After every migration: altering a SQLite table drops its triggers."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegisterConfig(AppConfig):
    name = "bluelamp.register"

    def ready(self) -> None:
        post_migrate.connect(_remake, dispatch_uid="item_words_index")


def _remake(sender: AppConfig, using: str, **_: Any) -> None:
    from django.db import connections

    from bluelamp.documents.full_text import install_index
    from bluelamp.register.models import ItemWords

    if ItemWords._meta.db_table in connections[using].introspection.table_names():
        install_index(ItemWords, using)
