"""What is a page to take a step with an item?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from bluelamp.assurance.forms import StepForm
from bluelamp.ledger.actions import Actor

Take = Callable[[Any, dict[str, Any], Actor, dt.datetime], object]
Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class StepPage:
    """`steps` are those of the table that it may take (any of them must be allowed for the page to be offered).

    `about` is the model whose row is named beside the item, None where it is the item itself.
    """

    slug: str
    link: Words
    title: Words
    button: Words
    steps: tuple[str, ...]
    form: type[StepForm]
    take: Take
    done: Words
    about: type[Model] | None = None
    explain: Words = ""
    with_files: bool = False


def plainly(action: Callable[..., object]) -> Take:
    """An action whose arguments are the form's fields."""

    def take(subject: Any, said: dict[str, Any], by: Actor, now: dt.datetime) -> object:
        return action(subject, **said, by=by, now=now)

    return take
