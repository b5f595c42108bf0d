"""When is what follows from the items made anew? After every migration.

Altering a SQLite table drops the triggers of its index of words; another release may count by other columns.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_migrate


class RegisterConfig(AppConfig):
    name = "bluelamp.register"

    def ready(self) -> None:
        post_migrate.connect(_remake, sender=self, dispatch_uid="register_follows")


def _remake(sender: AppConfig, using: str, **_: Any) -> None:
    from django.db import connections

    from bluelamp.documents.full_text import install_index
    from bluelamp.register.actions_tallies import rewrite_tallies
    from bluelamp.register.models import ItemWords, TallyBlock
    from bluelamp.register.tallies import tallies_stand

    tables = connections[using].introspection.table_names()
    if ItemWords._meta.db_table in tables:
        install_index(ItemWords, using)
    if TallyBlock._meta.db_table in tables and not tallies_stand():
        with transaction.atomic():
            rewrite_tallies()
