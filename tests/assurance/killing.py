"""Take steps in children that are killed in the middle, a hundred times, and look at what is left each time.

`python -m tests.assurance.killing WORKSPACE TIMES` prints how many were killed before they ended; it fails where
anything was left half done.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable


def prepare() -> None:
    from bluelamp.cli.django import start_django
    from bluelamp.cli.init import make_workspace

    make_workspace(start_django())


def steps() -> list[Callable[[random.Random], None]]:
    """Each takes one action on its own items."""
    import datetime as dt

    from tests.assurance.people import BY, NOW, TODAY, make_cast

    from bluelamp.assurance import actions_closing as closing
    from bluelamp.assurance.actions_delivery import Said, allocate, answer, deliver
    from bluelamp.assurance.actions_evidence import accept_evidence, submit_file
    from bluelamp.assurance.actions_opinions import give_opinion
    from bluelamp.assurance.actions_responses import respond
    from bluelamp.assurance.actions_reviews import open_review
    from bluelamp.assurance.actions_rounds import open_round
    from bluelamp.assurance.models import Action, Evidence
    from bluelamp.assurance.watch_rules import Wanted
    from bluelamp.register.models import Item

    cast = make_cast()
    items = [cast.item(f"Point {n}.", kind="issue_of_concern") for n in range(12)]
    owner, liaison, auditor, officer = cast.owner(), cast["liaison"], cast["auditor"], cast["lpb_officer"]
    ready = items[:6]
    for item in ready:
        action = allocate(item, words="Do it.", owner=owner, by=liaison, now=NOW)
        deliver(action, claim="Done.", day=TODAY, by=liaison, now=NOW)
        offered = submit_file(item, proves="x", data=b"log", file_name="log.txt", by=liaison, now=NOW)
        accept_evidence(offered, by=officer, now=NOW)
        open_review(item, by=liaison, now=NOW)
        give_opinion(item, grade="reasonable", looked_at="The log.", by=auditor, now=NOW)

    def any_item(chance: random.Random) -> Item:
        return Item.objects.get(pk=chance.choice(items[6:]).pk)

    def sign_many(_: random.Random) -> None:
        open_ = list(Item.objects.filter(pk__in=[i.pk for i in ready], closing="open"))
        watch = Wanted(kind="date", what="It stays so.", due=TODAY + dt.timedelta(90))
        wanted = [closing.Closing(item=i, code="implemented", reason="Done.", watches=(watch,)) for i in open_]
        authority = closing.Authority(kind="minute", words="Minute 1", day=TODAY)
        closing.sign_off_many(wanted, authority=authority, by=officer, now=NOW)

    def reopen(_: random.Random) -> None:
        for item in Item.objects.filter(pk__in=[i.pk for i in ready], closing="signed-off")[:2]:
            closing.reopen(item, reason="It slid.", by=auditor, now=NOW)

    def ask(chance: random.Random) -> None:
        open_round(title=f"Round {chance.random()}", due=TODAY, by=BY, now=NOW)

    def give(chance: random.Random) -> None:
        allocate(any_item(chance), words="More.", owner=owner, target=TODAY, steps=["a", "b"], by=liaison, now=NOW)

    def say(chance: random.Random) -> None:
        many = [Said(item=any_item(chance), words="Half done.") for _ in range(5)]
        answer(many, via="desk", by=liaison, now=NOW)

    def dispute(chance: random.Random) -> None:
        respond(any_item(chance), answer="disputed", reason="No.", by=liaison, now=NOW)

    def offer(chance: random.Random) -> None:
        data = str(chance.random()).encode()
        submit_file(any_item(chance), proves="x", data=data, file_name="x.txt", by=liaison, now=NOW)

    assert Action.objects.exists()
    assert Evidence.objects.exists()
    return [sign_many, reopen, ask, give, say, dispute, offer]


def look() -> None:
    """Nothing is half done: the ledger answers for every row, and what belongs together is there together."""
    from bluelamp.assurance.models import Dispute, Response, Round, SignOff
    from bluelamp.ledger.actions import checkpoint_store
    from bluelamp.ledger.verification import verify

    found = verify(checkpoint_store())
    assert found.problems == [], found.problems
    assert all(sign_off.watches.exists() for sign_off in SignOff.objects.all())
    assert all(round_.requests.exists() and round_.notifications.exists() for round_ in Round.objects.all())
    assert Dispute.objects.count() == Response.objects.filter(answer="disputed").count()


def run(times: int) -> tuple[int, int]:
    """How many children were killed before they ended, and how many ended."""
    from django.db import connections

    prepare()
    todo = steps()
    chance = random.Random(20261121)
    killed = ended = 0
    for number in range(times):
        connections.close_all()
        child = os.fork()
        if child == 0:
            work(todo, random.Random(number))
        time.sleep(chance.uniform(0, 0.08))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed, ended = killed + os.WIFSIGNALED(status), ended + (not os.WIFSIGNALED(status))
        look()
    return killed, ended


def work(todo: list[Callable[[random.Random], None]], chance: random.Random) -> None:
    from bluelamp.lib.errors import PlainError

    while True:
        try:
            chance.choice(todo)(chance)
        except PlainError:
            continue
        except BaseException as error:  # noqa: BLE001  (whatever it is, the parent is told)
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)


if __name__ == "__main__":
    os.environ["BLUELAMP_WORKSPACE"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bluelamp.config.settings")
    sys.stdout.write("{} killed, {} ended\n".format(*run(int(sys.argv[2]))))
