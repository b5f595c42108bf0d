"""May this person take this step with this audit now, and are its words and numbers such as can be kept?

Pure. Pages, commands and actions ask the same questions, so they cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import ROLES, NotAllowedError, role_of
from bluelamp.performance.figure_rules import LOADING_ROLES

SAMPLE, THEMATIC, PEER = "sample", "thematic", "peer"
KINDS: Final = {SAMPLE: "Sample audit", THEMATIC: "Thematic audit", PEER: "Peer review"}

NONE, DESIGNED, OPEN, CLOSED = "none", "designed", "open", "closed"
STATES: Final = {DESIGNED: "Designed", OPEN: "Being read", CLOSED: "Closed"}

PASS, FAIL, NOT_APPLICABLE, CANNOT_TELL = "pass", "fail", "not-applicable", "cannot-tell"
RESULTS: Final = {
    PASS: "Pass",
    FAIL: "Fail",
    NOT_APPLICABLE: "Not applicable",
    CANNOT_TELL: "Cannot be told",
}
"""What a case may come to. The last two are left out of the share, and counted."""

AUDITING_ROLES: Final = frozenset({"administrator", "auditor", "analyst", "liaison", "lpb_officer"})

LONGEST_TITLE: Final = 200
LONGEST_WORDS: Final = 5_000
LONGEST_SEED: Final = 200
MOST_DRAWN: Final = 5_000
"""Cases of one draw: a margin of 1.4 points at 95%. People read them one by one."""


@dataclass(frozen=True, kw_only=True)
class AuditStep:
    """Who may take a step, with which audits, and from which states. `says` is what comes after "cannot"."""

    says: str
    roles: frozenset[str]
    from_: frozenset[str]
    kinds: frozenset[str] = frozenset(KINDS)


STEPS: Final[Mapping[str, AuditStep]] = {
    "begin": AuditStep(says="begin an audit", roles=AUDITING_ROLES, from_=frozenset({NONE})),
    "change": AuditStep(says="change the design", roles=AUDITING_ROLES, from_=frozenset({DESIGNED})),
    "draw": AuditStep(
        says="draw the sample",
        roles=AUDITING_ROLES,
        from_=frozenset({DESIGNED}),
        kinds=frozenset({SAMPLE}),
    ),
    "read": AuditStep(
        says="read a case", roles=AUDITING_ROLES, from_=frozenset({OPEN}), kinds=frozenset({SAMPLE})
    ),
    "settle": AuditStep(
        says="settle a difference", roles=AUDITING_ROLES, from_=frozenset({OPEN}), kinds=frozenset({SAMPLE})
    ),
    "answer": AuditStep(
        says="answer a question",
        roles=AUDITING_ROLES,
        from_=frozenset({DESIGNED, OPEN}),
        kinds=frozenset({THEMATIC, PEER}),
    ),
    "close": AuditStep(says="close the audit", roles=AUDITING_ROLES, from_=frozenset({OPEN})),
    "load": AuditStep(says="make the result a figure of the plan", roles=LOADING_ROLES, from_=frozenset({CLOSED})),
}
"""Every step. A closed audit takes none but `load`: a mistake in it is mended by another audit."""


def check_can_audit(step: str, *, kind: str, state: str, by: Any) -> AuditStep:
    """The step's own line; NotAllowedError with the reason."""
    rule = STEPS[step]
    if role_of(by) not in rule.roles:
        raise NotAllowedError(f"You cannot {rule.says}: that is for {_say_roles(rule.roles)}.")
    if kind not in rule.kinds:
        raise NotAllowedError(f"You cannot {rule.says}: this is a {KINDS[kind].lower()}.")
    if state not in rule.from_:
        raise NotAllowedError(f"You cannot {rule.says}: {_why_not(step, state)}.")
    return rule


def can_audit(step: str, *, kind: str, state: str, by: Any) -> bool:
    try:
        check_can_audit(step, kind=kind, state=state, by=by)
    except NotAllowedError:
        return False
    return True


def _why_not(step: str, state: str) -> str:
    if state == CLOSED:
        return "the audit is closed and stays as it is"
    if state == DESIGNED:
        return "nothing is drawn yet" if step in ("read", "settle") else "nothing of it is read yet"
    if state == OPEN:
        return "the audit is under way" if step != "load" else "the audit is not closed yet"
    return "there is no such audit yet"


def _say_roles(roles: Collection[str]) -> str:
    names = [name[0].lower() + name[1:] for role, name in ROLES.items() if role in roles]
    return f"the roles {', '.join(names[:-1])} and {names[-1]}"


# -- readings ------------------------------------------------------------------------------------------------


def find_turn(*, twice: bool, first_by: str, second_by: str, by: str) -> int:
    """Which reading of a case is this person's: 1 or 2; 0 where others have read it as often as it is read.

    The keys are as the ledger names people; "" where nobody has read it.
    """
    if by == first_by or not first_by:
        return 1
    if twice and (by == second_by or not second_by):
        return 2
    return 0


def may_see_first(*, twice: bool, first_by: str, second_by: str, by: str) -> bool:
    """May they see what the first reader found? Whoever may still be the second reader may not."""
    return not twice or bool(second_by) or by == first_by


def check_can_reread(*, readings: int, settled: bool) -> None:
    """May a reader still say otherwise? Not once two have read it: each sees the other's word then."""
    if settled:
        raise NotAllowedError("This case is settled: its readings stay as they are.")
    if readings > 1:
        raise NotAllowedError(
            "Two people have read this case and see each other's reading, so both stay; a difference is settled."
        )


def can_reread(*, readings: int, settled: bool) -> bool:
    try:
        check_can_reread(readings=readings, settled=settled)
    except NotAllowedError:
        return False
    return True


def check_result(result: str, words: str) -> None:
    if result not in RESULTS:
        raise PlainError(f"A case comes to one of {', '.join(RESULTS)}; “{result[:20]}” is none of them.")
    if result == CANNOT_TELL and not words.strip():
        raise PlainError("Say in a few words why it cannot be told: the reason is counted beside the result.")


def check_settling(*, first: str, second: str, result: str, words: str) -> None:
    """A difference is settled by a result that says why; it need be neither of the two."""
    if not first or not second or first == second:
        raise NotAllowedError("There is no difference to settle: two people must have read the case differently.")
    check_result(result, words)
    if not words.strip():
        raise PlainError("Say why it comes to that: whoever reads the audit sees both readings and your reason.")


def check_closing(*, unread: int, differ: int, judged: int, why: str) -> None:
    """May it be closed as it stands? What is not read is counted as not read, with the reason given."""
    if differ:
        many = "1 case was" if differ == 1 else f"{differ:,} cases were"
        raise NotAllowedError(f"{many} read differently by two people: settle that first.")
    if not judged:
        raise NotAllowedError("Nothing is judged yet, so there is no result to close with.")
    if unread and not why.strip():
        many = "1 is" if unread == 1 else f"{unread:,} are"
        raise PlainError(f"{many} not read: go on reading, or say why the audit is closed without.")


# -- words and numbers ---------------------------------------------------------------------------------------


def check_line(said: str, *, what: str, longest: int = LONGEST_TITLE, required: bool = True) -> str:
    """One line, its white space folded; PlainError where it is none."""
    line = " ".join(said.split())
    if required and not line:
        raise PlainError(f"{what} is missing: give one.")
    if len(line) > longest or not line.isprintable():
        raise PlainError(f"{what} is one line of at most {longest:,} letters.")
    return line


def check_words(said: str, *, what: str, required: bool = False) -> str:
    words = said.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ").strip()
    if required and not words:
        raise PlainError(f"{what} is missing: a sentence is enough.")
    if len(words) > LONGEST_WORDS:
        raise PlainError(
            f"{what} holds at most {LONGEST_WORDS:,} letters, and this has {len(words):,}: shorten it."
        )
    return words


def check_percent(said: str | Decimal, *, what: str, low: Decimal, high: Decimal) -> str:
    """An exact decimal in words, between the two; as the record keeps it."""
    try:
        number = Decimal(str(said).strip().removesuffix("%").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not low <= number <= high:
        raise PlainError(f"{what} is a number from {low} to {high}; “{str(said)[:20]}” is not.")
    kept = f"{number:f}"
    if len(kept) > 8:
        raise PlainError(f"{what} needs no more than three decimals.")
    return kept


def check_points(points: Mapping[str, int]) -> dict[str, int]:
    """The answers and their points: two or more, each a short word, none below nothing."""
    found = {" ".join(name.lower().split()): worth for name, worth in points.items()}
    if len(found) < 2 or len(found) > 10 or any(not name or len(name) > 40 for name in found):
        raise PlainError("Name from two to ten answers, each in a few letters, such as red 1, amber 3, green 5.")
    if "not applicable" in found:
        raise PlainError("“Not applicable” has no points: it can always be answered, and is left out.")
    if not all(0 <= worth <= 1_000 for worth in found.values()) or max(found.values()) == 0:
        raise PlainError("Points go from 0 to 1,000, and at least one answer has more than nothing.")
    if max(found.values()) == min(found.values()):
        raise PlainError("Every answer has the same points, so a score would say nothing.")
    return found


def read_points(said: str) -> dict[str, int]:
    """ "red 1, amber 3, green 5" as a mapping."""
    found: dict[str, int] = {}
    for piece in said.replace("\n", ",").replace(";", ",").split(","):
        words = piece.replace("=", " ").replace(":", " ").split()
        if not words:
            continue
        if len(words) < 2 or not words[-1].isascii() or not words[-1].isdigit() or len(words[-1]) > 4:
            raise PlainError(f"“{piece.strip()[:40]}” is no answer with its points: write it as green 5.")
        name = " ".join(words[:-1]).lower()
        if name in found:
            raise PlainError(f"“{name[:40]}” stands twice among the answers.")
        found[name] = int(words[-1])
    return check_points(found)


def check_month(said: str) -> str:
    from bluelamp.figures.months import Month

    try:
        return str(Month.parse(said.strip()))
    except ValueError as error:
        raise PlainError(f"“{said[:20]}” is no month: write the period's last month as 2021-03.") from error


def check_known(closed: dt.datetime | None) -> dt.datetime:
    if closed is None:
        raise NotAllowedError("The audit is not closed yet.")
    return closed
