"""What is an indicator called in its row: code, name, and the aim, which may be run into the first figure?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

AIMS: Final = {
    "increase": "increase",
    "higher": "increase",
    "reduce": "reduce",
    "reduction": "reduce",
    "decrease": "reduce",
    "lower": "reduce",
    "monitor": "monitor",
    "maintain": "maintain",
    "improve": "improve",
    "stabilise": "stabilise",
}
_AIM = "|".join(AIMS)
AIM_FIRST: Final = re.compile(rf"(?P<aim>{_AIM})(?![A-Za-z])[\s:]*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_AIM_LAST = re.compile(rf"(?P<rest>.*\S)\s+(?P<aim>{_AIM})", re.IGNORECASE | re.DOTALL)
CODE: Final = re.compile(
    r"(?:(?:KPI|PI|PM|NPI|SPI|Ref)\s?)?[A-Z]{0,3}-?\d{1,3}[A-Za-z]{0,2}(?:[.\-/]\d{1,3}[a-z]?){0,3}[.):]?",
    re.IGNORECASE,
)
_OWN_CODE = re.compile(r"[A-Z][A-Z&]{0,5}[ -]?\d{1,3}[A-Za-z]?(?:[.\-/]\d{1,3}[a-z]?){0,3}[.):]?")  # "PCP 1.1"
_LED_CODE = re.compile(
    r"(?P<code>(?:KPI|PI|PM|NPI|SPI)\s?\d{1,3}[a-z]?|[A-Z]{0,3}\d{1,2}[A-Z]?(?:\.\d{1,3}[a-z]?){1,3}|[A-Z]{1,2}\d{1,3}[a-z]?)"
    r"[.:)]?\s+(?:[–—-]\s+)?(?P<name>[A-Za-z%(‘“'].*)",
    re.DOTALL,
)
_MARKED_CODE = re.compile(
    r"(?P<code>(?:KPI|PI|PM|NPI|SPI|PCP)\s?\d{1,3}[a-z]?|\d{1,2}[a-z]?)[.:)]\s+(?:[–—-]\s+)?(?P<name>\S.*)",
    re.DOTALL,
)
_BRACKETED_CODE = re.compile(
    r"(?P<name>[^()]{1,300}\S)\s?\((?P<code>(?:KPI|PI|PM|NPI|SPI|PCP)\s?\d{1,3}[a-z]?)\)", re.DOTALL
)


@dataclass(frozen=True)
class Title:
    code: str
    name: str
    aim: str


def is_code(words: str) -> bool:
    return CODE.fullmatch(words) is not None or _OWN_CODE.fullmatch(words) is not None


def lead_code(words: str) -> re.Match[str] | None:
    """A code that runs into its name ("1A.1 Missing persons", "KPI 1: 999 calls", "Burglary (PI 12)")."""
    return _LED_CODE.fullmatch(words) or _MARKED_CODE.fullmatch(words) or _BRACKETED_CODE.fullmatch(words)


def read_title(texts: Sequence[str], first_figure: str) -> Title:
    """Code, name and aim from the cells before the figures; the aim may be run into the first figure."""
    words = [text for text in texts if text]
    code = aim = ""
    if len(words) > 1 and is_code(words[0]):
        code, words = words[0].rstrip(".):"), words[1:]
    elif words and (led := lead_code(words[0])):
        code, words = led["code"], [led["name"], *words[1:]]
    if len(words) > 1 and words[-1].lower() in AIMS:
        aim, words = AIMS[words[-1].lower()], words[:-1]
    elif fused := AIM_FIRST.fullmatch(first_figure):
        aim = AIMS[fused["aim"].lower()]
    elif words and (last := _AIM_LAST.fullmatch(words[-1])):
        aim, words = AIMS[last["aim"].lower()], [*words[:-1], last["rest"]]
    return Title(code, " ".join(words), aim)
