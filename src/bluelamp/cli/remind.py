"""`bluelamp remind`: what falls due is marked, who has not answered is reminded, messages are sent."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

ADDRESS = Annotated[
    str, typer.Option("--address", help="Where the desk is reached; else where it was last served.")
]


def remind(address: ADDRESS = "") -> None:
    """Run once a day: mark what should be looked at again, remind, tell the leads, send what waits."""
    from bluelamp.cli.django import open_workspace

    workspace = open_workspace()
    from django.urls import reverse

    from bluelamp.assurance.actions_messages import send_waiting
    from bluelamp.assurance.actions_rounds import chase
    from bluelamp.assurance.actions_watches import look_at_watches
    from bluelamp.assurance.models import Round
    from bluelamp.cli.serve import ADDRESS_FILE
    from bluelamp.ledger.actions import Operator
    from bluelamp.lib.calendar_days import london_day

    served = workspace.folder / ADDRESS_FILE
    known = served.read_text(encoding="utf-8").strip() if served.is_file() else "http://127.0.0.1:8000"
    desk = (address or known).rstrip("/")
    by, now = Operator("remind"), dt.datetime.now(dt.UTC)
    due = look_at_watches(day=london_day(now), by=by, now=now)
    chased = [chase(each, by=by, now=now) for each in Round.objects.filter(closed=None)]
    sent = send_waiting(
        by=by, now=now, address_of_link=lambda secret: desk + reverse("assurance:answer_link", args=[secret])
    )
    print(f"{due} sign-offs fell due to be looked at again.")
    print(f"{sum(c.reminded for c in chased)} owners reminded, {sum(c.escalated for c in chased)} leads told.")
    print(f"{sent.sent} messages sent, {sent.failed} could not be, {sent.without_address} have no address.")
