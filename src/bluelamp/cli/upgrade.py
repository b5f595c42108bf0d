"""`bluelamp upgrade`: the workspace of an earlier release, brought up to this one."""

from __future__ import annotations


def upgrade() -> None:
    """Bring the workspace's database up to this release and make its guards anew. Back up first."""
    from bluelamp.cli.django import check_release, find_workspace
    from bluelamp.cli.screen import say

    workspace = find_workspace()
    from django.core.management import call_command

    from bluelamp.ledger.guards import find_missing_guards, install_guards

    check_release(may_be_older=True)
    missing = find_missing_guards()
    call_command("migrate", verbosity=0, interactive=False)
    install_guards()
    remade = f"; {len(missing)} guards of the ledger were missing and were made anew" if missing else ""
    say(f"The workspace in {workspace.folder} is up to date{remade}.")
