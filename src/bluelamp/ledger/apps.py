"""When are the ledger's guards made? After every migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "bluelamp.ledger"

    def ready(self) -> None:
        # Every app's migration may alter a table, and altering a SQLite table drops its triggers in silence.
        post_migrate.connect(_remake, dispatch_uid="ledger_guards")


def _remake(sender: AppConfig, using: str, **_: Any) -> None:
    from django.db import connections

    from bluelamp.ledger.guards import install_guards
    from bluelamp.ledger.models import Head

    if "ledger_head" in connections[using].introspection.table_names():
        Head.objects.using(using).get_or_create(pk=1)
        install_guards(using)
