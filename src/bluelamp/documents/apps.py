"""When is the index of passages made? After every migration, since altering a SQLite table drops its triggers."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DocumentsConfig(AppConfig):
    name = "bluelamp.documents"

    def ready(self) -> None:
        post_migrate.connect(_remake, dispatch_uid="passage_index")


def _remake(sender: AppConfig, using: str, **_: Any) -> None:
    from django.db import connections

    from bluelamp.documents.full_text import install_index
    from bluelamp.documents.models import Passage

    if Passage._meta.db_table in connections[using].introspection.table_names():
        install_index(Passage, using)
