"""`bluelamp sign-in-link [USER]`: a link that signs a person in once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.organisations.models import User

USER = Annotated[
    str, typer.Argument(help="The name the person signs in with; may be left out if there is only one.")
]
ADD = Annotated[bool, typer.Option("--add", help="Add the person first, as an administrator.")]
ADDRESS = Annotated[
    str, typer.Option("--address", help="Where the desk is reached; else where it was last served.")
]
WITHOUT_CODE = Annotated[
    bool,
    typer.Option("--without-code", help="Remove their second step first: phone and recovery codes are lost."),
]
MINUTES = 15


def sign_in_link(
    user: USER = "", add: ADD = False, address: ADDRESS = "", without_code: WITHOUT_CODE = False
) -> None:
    """Print a link that signs one person in, once, within fifteen minutes."""
    from bluelamp.cli.django import open_workspace
    from bluelamp.cli.serve import ADDRESS_FILE

    served = open_workspace().folder / ADDRESS_FILE
    known = served.read_text(encoding="utf-8").strip() if served.is_file() else "http://127.0.0.1:8000"
    person = find_person(user, add=add)
    if without_code:
        _remove_code(person)
    print(make_link(person, address or known))


def _remove_code(person: User) -> None:
    from bluelamp.ledger.actions import Operator
    from bluelamp.organisations.actions_sign_in import remove_second_step

    remove_second_step(person, by=Operator("sign-in-link"), now=dt.datetime.now(dt.UTC))


def make_link(person: User, address: str) -> str:
    """The whole address. The person must open it within `MINUTES`."""
    from bluelamp.ledger.actions import Operator
    from bluelamp.organisations.actions import make_sign_in_link

    secret = make_sign_in_link(
        person,
        by=Operator("sign-in-link"),
        now=dt.datetime.now(dt.UTC),
        valid_for=dt.timedelta(minutes=MINUTES),
    )
    return f"{address.rstrip('/')}/sign-in/{secret}"


def find_person(user_name: str, *, add: bool = False) -> User:
    """The person of that name, or the only one there is; a PlainError says what to do otherwise."""
    from bluelamp.ledger.actions import Operator
    from bluelamp.organisations.actions import add_person
    from bluelamp.organisations.models import User

    active = User.objects.filter(is_active=True)
    if user_name:
        found = active.filter(user_name=user_name).first()
        if found is None and add:
            return add_person(
                by=Operator("sign-in-link"),
                now=dt.datetime.now(dt.UTC),
                user_name=user_name,
                name=user_name,
                role="administrator",
            )
        if found is None:
            raise PlainError(f"Nobody signs in as “{user_name}” here; add --add to make them an administrator.")
        return found
    people = list(active[:2])
    if len(people) == 1:
        return people[0]
    if not people:
        raise PlainError("There are no people yet; name the first: bluelamp sign-in-link YOUR-NAME --add")
    raise PlainError("There is more than one person here; say whose link it is: bluelamp sign-in-link USER")
