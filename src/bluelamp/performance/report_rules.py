"""May this person take this step with this report now, and what still stands in its way?

Pure: the table of `report-steps.yaml` decides, and who wrote what is told to it. Pages, commands and actions ask
the same questions, so they cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import ROLES, NotAllowedError
from bluelamp.performance.report_steps import ReportStep, load_report_states, load_report_steps

LONGEST_TEXT = 20_000
"""Letters of an insight, a remark or a reason. The longest insight of a published report seen has 1,100."""
LONGEST_HEADLINE = 600
MOST_EVIDENCE = 20
LINK_DAYS = 28
"""How long after its last day a contributor's link still opens."""
LONGEST_ASKING = dt.timedelta(days=366)
LONGEST_EMBARGO = dt.timedelta(days=366)


class StaleError(PlainError):
    """Somebody else has changed it since this person began; the message says what was kept, and where."""


class LinkError(PlainError):
    """A link that opens nothing: unknown, used or too old. One message for all three tells a stranger nothing."""


LINK_SPENT = (
    "This link opens nothing: it was used already, or it is too old. Ask whoever sent it to you for another one."
)


@dataclass(frozen=True, kw_only=True)
class ReportStander:
    """A person before one report. `asked`: they were asked for the insight in hand.

    By their names in the ledger: `authors` are those whose words stand in it, `made_ready` said last that it is.
    """

    role: str
    ledger_name: str
    asked: bool = False
    authors: frozenset[str] = frozenset()
    made_ready: str = ""

    @property
    def part(self) -> str:
        """What they did in it that keeps them from signing it; "" for nothing."""
        if self.ledger_name in self.authors:
            return "you wrote some of it"
        return "you said that it is ready" if self.ledger_name == self.made_ready else ""


def check_can_step(step: str, *, state: str, by: ReportStander, reason: str = "x") -> ReportStep:
    """The rule that allows it; NotAllowedError with the reason in plain English otherwise."""
    rule = load_report_steps()[step]
    if by.role not in rule.roles and not (rule.own == "asked" and by.asked):
        raise NotAllowedError(f"You cannot {rule.says}: that is for {_say_roles(rule.roles)}.")
    if state not in rule.from_:
        raise NotAllowedError(f"You cannot {rule.says} while the report is {_say_state(state)}.{_way_out(state)}")
    if rule.own == "no-part" and by.part:
        raise NotAllowedError(
            f"You cannot {rule.says}: {by.part}, so somebody else must read and sign it. Where the office has"
            f" nobody else who may ({_say_roles(rule.roles)}), an administrator adds a person who reads it and"
            " signs."
        )
    if rule.reason and not reason.strip():
        raise NotAllowedError(f"To {rule.says}, say why: the reason is kept with it.")
    return rule


def can_step(step: str, *, state: str, by: ReportStander) -> bool:
    try:
        check_can_step(step, state=state, by=by)
    except NotAllowedError:
        return False
    return True


def say_why_not(step: str, *, state: str, by: ReportStander) -> str:
    """Why somebody whose role may take it now may not all the same; "" where they may, or their role may not."""
    rule = load_report_steps()[step]
    if by.role not in rule.roles or state not in rule.from_:
        return ""
    try:
        check_can_step(step, state=state, by=by)
    except NotAllowedError as error:
        return str(error)
    return ""


def _say_state(state: str) -> str:
    found = load_report_states().get(state)
    return found.name.lower() if found else "not begun"


def _way_out(state: str) -> str:
    if state in ("ready", "signed-off"):
        return " Send it back first, and say why."
    return " Begin a correction first, and say why." if state == "released" else ""


def _say_roles(roles: tuple[str, ...]) -> str:
    names = [ROLES[role][0].lower() + ROLES[role][1:] for role in roles]
    return f"the roles {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else f"the role {names[0]}"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a report lacks: codes of indicators, and how many remarks are open."""

    without_words: Collection[str] = ()
    with_offers: Collection[str] = ()  # two texts, and nobody chose
    unexplained_headlines: Collection[str] = ()  # edited against the numbers, with no reason
    open_comments: int = 0
    not_computed: bool = False


def find_obstacles(standing: Standing) -> tuple[str, ...]:
    """Why the report is not ready, one sentence each; none where it is."""
    found = []
    if standing.not_computed:
        found.append("Its exceptions have not been worked out from the figures it names: renew the figures.")
    if standing.without_words:
        found.append(f"Insight is wanted and not written for {_list(standing.without_words)}.")
    if standing.with_offers:
        found.append(f"There are two texts, and nobody has chosen, for {_list(standing.with_offers)}.")
    if standing.unexplained_headlines:
        found.append(
            f"The headline disagrees with the numbers, with no reason given, for"
            f" {_list(standing.unexplained_headlines)}."
        )
    if standing.open_comments:
        many = "1 remark is" if standing.open_comments == 1 else f"{standing.open_comments} remarks are"
        found.append(f"{many} not resolved.")
    return tuple(found)


def check_is_ready(standing: Standing) -> None:
    if obstacles := find_obstacles(standing):
        raise NotAllowedError(f"The report is not ready. {' '.join(obstacles)}")


def check_text(words: str, *, what: str = "An insight", longest: int = LONGEST_TEXT) -> str:
    """The words as they are kept; PlainError where there are too many."""
    kept = words.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ").strip()
    if len(kept) > longest:
        raise PlainError(f"{what} holds at most {longest:,} letters, and this has {len(kept):,}: shorten it.")
    return kept


def check_asking(*, due: dt.date, today: dt.date) -> None:
    if due < today:
        raise PlainError("The last day for insight cannot lie in the past.")
    if due > today + LONGEST_ASKING:
        raise PlainError("The last day for insight lies within a year.")


def check_release(
    *, public_from: dt.datetime, now: dt.datetime, ground: str, has_organisation: bool, number: int, reason: str
) -> None:
    """May it go out from that hour, as that number?"""
    if public_from > now and not has_organisation:
        raise NotAllowedError(
            "This report belongs to no organisation, so nobody can be kept from it: it can only be released now."
        )
    if public_from > now + LONGEST_EMBARGO:
        raise PlainError("An embargo ends within a year.")
    if public_from > now and not ground.strip():
        raise PlainError("Say why the release is held back until then: the ground is kept with it.")
    if number > 1 and not reason.strip():
        raise PlainError(f"Say what release {number} corrects: the reason is printed with it.")


def _list(codes: Collection[str]) -> str:
    shown = sorted(codes)
    if len(shown) > 8:
        return f"{', '.join(shown[:8])} and {len(shown) - 8} more"
    return ", ".join(shown[:-1]) + (" and " if len(shown) > 1 else "") + shown[-1]
