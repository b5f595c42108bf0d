"""How does a message leave, and how is it known that it did? Each is a stored row before it is sent (law 6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import EmailMessage

from bluelamp.assurance.actions_rounds import make_answer_link
from bluelamp.assurance.models import Notification
from bluelamp.ledger.actions import Actor, recording
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import viewer_of
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.actions import lock_record


@dataclass(frozen=True)
class Sent:
    sent: int
    failed: int
    without_address: int


def send_waiting(*, by: Actor, now: dt.datetime, address_of_link: Callable[[str], str], most: int = 500) -> Sent:
    """Send what waits. A message that fails keeps its fault, and is tried again the next time.

    `address_of_link` makes the address of a link from its secret. A kill between sending and noting it may send a
    message twice; none is lost.
    """
    sent = failed = 0
    visible = visible_to(viewer_of(by), Notification.objects.all())
    waiting = visible.filter(state__in=("waiting", "failed")).exclude(email="")
    for message in waiting.select_related("round", "owner").order_by("made", "pk")[:most]:
        fault = _send(message, address_of_link, by, now)
        message.state, message.fault = ("failed", fault) if fault else ("sent", "")
        message.sent = None if fault else now
        with recording(by=by, now=now) as book:
            lock_record()
            book.event(
                "assurance.message_failed" if fault else "assurance.message_sent",
                subject=message,
                change=[message],
            )
        sent, failed = sent + (not fault), failed + bool(fault)
    without = visible.filter(state="waiting", email="").count()
    return Sent(sent, failed, without)


def _send(message: Notification, address_of_link: Callable[[str], str], by: Actor, now: dt.datetime) -> str:
    """The fault in one line; "" where it was sent."""
    body = message.body
    if message.kind in ("asked", "reminder") and message.round and message.owner:
        try:
            secret = make_answer_link(message.round, message.owner, by=by, now=now)
        except PlainError as error:  # one message that cannot be made stops no other
            return str(error)[:300]
        body += f"\n\nAnswer here: {address_of_link(secret)}\nThe link is yours alone and works once."
    try:
        EmailMessage(subject=" ".join(message.subject.split()), body=body, to=[message.email]).send()
    except OSError as error:  # smtplib's errors are OSErrors
        return (str(error) or type(error).__name__).splitlines()[0][:300]
    return ""
