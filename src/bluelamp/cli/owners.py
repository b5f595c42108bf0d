"""Whom does a name given on the command line mean, among those who own actions?"""

from __future__ import annotations

from bluelamp.lib.errors import PlainError


def key_of_owner(said: str) -> str:
    """The key; "" and "none" stay what they are. PlainError where nobody, or more than one, has the name."""
    from bluelamp.organisations.models import Owner

    if said in {"", "none"}:
        return said
    found = list(Owner.objects.filter(name__iexact=said)[:2])
    if len(found) != 1:
        raise PlainError(f"{'No' if not found else 'More than one'} owner is called {said}.")
    return str(found[0].pk)
