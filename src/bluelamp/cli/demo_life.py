"""What happened to the example's points? A few months of a made-up force, so that each page shows something."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bluelamp.organisations.models import Owner, User
    from bluelamp.register.models import Item

PEOPLE = {"auditor": "Internal auditor", "lpb_officer": "Policy officer", "committee_member": "Committee member"}
DAY = dt.timedelta(days=1)


def live(now: dt.datetime) -> None:
    """Owners, actions, answers, evidence, opinions, a sign-off, a dispute, a moved date and a round: once only."""
    from bluelamp.assurance.models import Action
    from bluelamp.register.models import Item

    # A point with others under it is signed off after them, so the example takes points that stand alone.
    points = (
        Item.objects.exclude(kind="judgement").filter(merged_into=None, children=None).order_by("-year", "place")
    )
    items = list(points.exclude(kind="undertaking")[:9])
    if len(items) < 9 or Action.objects.exists():
        return
    _Life(now).run(items)


class _Life:
    """Who does what, months ago and since. All of it goes through the actions a person's clicks go through."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.people = self._add_people()
        self.owners = [
            self._add_owner(name) for name in ("Head of contact", "Head of public protection", "City council")
        ]

    def _add_people(self) -> dict[str, User]:
        from bluelamp.ledger.actions import Operator
        from bluelamp.organisations.actions import add_person
        from bluelamp.organisations.models import User

        found = {}
        for role, name in {**PEOPLE, "liaison": "Liaison officer"}.items():
            held = User.objects.filter(user_name=role).first()
            found[role] = held or add_person(
                user_name=role, name=name, role=role, by=Operator("demo"), now=self.now - 120 * DAY
            )
        return found

    def _add_owner(self, name: str) -> Owner:
        from bluelamp.ledger.actions import Operator
        from bluelamp.organisations.actions import add_owner
        from bluelamp.organisations.models import Owner

        kind = "partner-body" if "council" in name else "post"
        held = Owner.objects.filter(name=name).first()
        return held or add_owner(name=name, kind=kind, by=Operator("demo"), now=self.now - 120 * DAY)

    def at(self, days_ago: int, role: str = "liaison") -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.people[role], "now": self.now - days_ago * DAY}

    def day(self, days: int) -> dt.date:
        return self.now.date() + days * DAY

    def run(self, items: list[Item]) -> None:
        from bluelamp.assurance.actions_responses import respond

        for item in items[:6]:
            respond(item, answer="accepted", **self.at(100))
        self.deliver_and_close(items[0])
        self.deliver_untested(items[1])
        self.overdue(items[2])
        self.move(items[3])
        self.plan(items[4], items[5])
        self.pass_on(items[6])
        self.dispute(items[7])
        self.ask()

    def give(self, item: Item, words: str, owner: int, due: int, days_ago: int) -> Any:
        from bluelamp.assurance.actions_delivery import allocate

        return allocate(item, words=words, owner=self.owners[owner], target=self.day(due), **self.at(days_ago))

    def deliver_and_close(self, item: Item) -> None:
        from bluelamp.assurance import actions_closing as closing
        from bluelamp.assurance.actions_delivery import begin, deliver
        from bluelamp.assurance.actions_evidence import accept_evidence, submit_link
        from bluelamp.assurance.actions_opinions import give_opinion
        from bluelamp.assurance.actions_responses import set_handling
        from bluelamp.assurance.actions_reviews import open_review
        from bluelamp.assurance.watch_rules import Wanted

        action = self.give(item, "Check a sample of cases each month and act on what it shows.", 1, -40, 95)
        begin(action, **self.at(90))
        deliver(
            action,
            claim="The checks run each month; the last three found no case missed.",
            day=self.day(-45),
            **self.at(45),
        )
        offered = submit_link(
            item, proves="The checks run and find little.", address="https://example.org/checks", **self.at(44)
        )
        accept_evidence(offered, **self.at(40, "lpb_officer"))
        set_handling(item, risk="high", reviewers=2, reason="People were at risk.", **self.at(40))
        open_review(item, **self.at(39))
        looked = "Thirty cases drawn at random, and the notes of three meetings."
        give_opinion(item, grade="substantial", looked_at=looked, **self.at(30, "auditor"))
        give_opinion(item, grade="reasonable", looked_at="Ten of the same cases.", **self.at(28, "lpb_officer"))
        if item.kind == "cause_of_concern":
            return  # its recommendations are signed off first
        authority = closing.Authority(kind="minute", words="Joint audit committee, minute 14", day=self.day(-20))
        watch = Wanted(kind="sample", what="A sample of thirty still finds no case missed.", due=self.day(60))
        closing.sign_off(
            item, code="implemented", reason="Tested twice, and nothing was missed.", authority=authority,
            watches=[watch], **self.at(15, "lpb_officer"),
        )  # fmt: skip

    def deliver_untested(self, item: Item) -> None:
        from bluelamp.assurance.actions_delivery import deliver

        action = self.give(item, "Train every call handler again.", 0, -10, 80)
        deliver(action, claim="All 140 were trained in two months.", day=self.day(-12), **self.at(12))

    def overdue(self, item: Item) -> None:
        from bluelamp.assurance.actions_delivery import Said, answer, begin

        action = self.give(item, "Put one list in place of the supervisors’ own lists.", 1, -25, 85)
        begin(action, **self.at(70))
        said = Said(item=item, action=action, words="The supplier is late; we expect the list next month.")
        answer([said], via="desk", **self.at(20))

    def move(self, item: Item) -> None:
        from bluelamp.assurance.actions_delivery import ask_new_date, begin, decide_new_date

        action = self.give(item, "Agree with partners what is shared, and how.", 0, -5, 60)
        begin(action, **self.at(50))
        asked = ask_new_date(
            action, day=self.day(40), reason="Two of the five partners have not signed.", **self.at(12)
        )
        decide_new_date(asked, agreed=True, **self.at(10, "lpb_officer"))

    def plan(self, first: Item, second: Item) -> None:
        self.give(first, "Write down who decides, and by when.", 1, 20, 30)
        self.give(second, "Publish the figures each quarter.", 0, 120, 30)

    def pass_on(self, item: Item) -> None:
        from bluelamp.assurance.actions_delivery import pass_on

        pass_on(item, body="City council", reason="Only the council can open its system.", **self.at(25))

    def dispute(self, item: Item) -> None:
        from bluelamp.assurance.actions_responses import refer_dispute, respond

        respond(item, answer="disputed", reason="The cases counted were another force’s.", **self.at(22))
        refer_dispute(item, committee="Joint audit committee", **self.at(18))

    def ask(self) -> None:
        from bluelamp.assurance.actions_rounds import open_round

        open_round(title="Progress this month", due=self.day(9), **self.at(5))
