"""People and owners of a fictional force, and an item of its register to work with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from tests.register.samples import BY, NOW, Register, citation, make_register

from bluelamp.ledger.actions import recording
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.rules import ROLES
from bluelamp.register.actions import Point
from bluelamp.register.models import Item

DAY = dt.timedelta(days=1)
TODAY = NOW.date()

__all__ = ["BY", "DAY", "NOW", "TODAY", "Cast", "make_cast"]


@dataclass
class Cast:
    """One person of every role, all of one organisation, and the register they work with."""

    register: Register
    organisation: Organisation
    people: dict[str, User]
    owners: dict[str, Owner] = field(default_factory=dict)

    def item(self, title: str = "Calls are answered late.", **point: object) -> Item:
        kind = str(point.pop("kind", "area_for_improvement"))
        made = Point(kind=kind, title=title, citations=[citation(title)], **point)  # type: ignore[arg-type]
        return self.register.add(made)[0]

    def owner(self, name: str = "Head of contact", user: User | None = None, kind: str = "post") -> Owner:
        if name not in self.owners:
            made = Owner(kind=kind, name=name, email="", user=user, organisation=self.organisation)
            with recording(by=BY, now=NOW) as book:
                book.event("organisations.owner_added", subject=made, add=[made])
            self.owners[name] = made
        return self.owners[name]

    def __getitem__(self, role: str) -> User:
        return self.people[role]


def make_cast(code: str = "WMC") -> Cast:
    organisation = Organisation(
        code=f"{code}-OFF", name=f"{code} office", kind="local_policing_body", fictional=True
    )
    with recording(by=BY, now=NOW) as book:
        book.event("organisations.organisation_added", subject=organisation, add=[organisation])
    register = make_register(code, organisation)
    people = {
        role: User(
            user_name=f"{code}-{role}", name=f"The {ROLES[role].lower()}", role=role, organisation=organisation
        )
        for role in ROLES
    }
    with recording(by=BY, now=NOW) as book:
        for person in people.values():
            book.event("organisations.person_added", subject=person, add=[person])
    cast = Cast(register, organisation, people)
    cast.owner("The owner in person", user=people["owner"], kind="person")
    return cast
