"""How do the runs of a paper stand in Word, and where do its links lead?"""

from __future__ import annotations

from itertools import count

from bluelamp.papers.addresses import find_target
from bluelamp.papers.model import Cited, Link, Reference, Run, Text, Words
from bluelamp.papers.word_xml import Element, Look, run, w
from bluelamp.papers.words import runs_of, say_cited


class RunWriter:
    """Writes runs; keeps the addresses of the links, which Word stores beside the words."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._ids = count(1)
        self.targets: dict[str, str] = {}
        """The identifier of each address that something leads to."""

    def next_id(self) -> int:
        return next(self._ids)

    def write(self, words: Words, *, bold: bool = False) -> list[Element]:
        return [part for each in runs_of(words) for part in self._run(each, bold)]

    def link(self, runs: list[Element], address: str) -> list[Element]:
        """The runs as a link, or as they are where the address is none to be followed."""
        target = find_target(address, self._site)
        if not target:
            return runs
        number = self.targets.setdefault(target, f"rIdLink{len(self.targets) + 1}")
        return [w("hyperlink", *runs, r_id=number, history=1)]

    def _run(self, each: Run, bold: bool) -> list[Element]:
        match each:
            case Text(words, is_bold, italic):
                return [run(words, Look(bold=bold or is_bold, italic=italic))]
            case Link(words, address):
                look = Look(style="Hyperlink" if find_target(address, self._site) else "", bold=bold)
                return self.link([run(words, look)], address)
            case Reference(reference, address):
                look = Look(style="Hyperlink" if find_target(address, self._site) else "Reference", bold=bold)
                return self.link([run(reference, look)], address)
            case Cited(quote=quote, address=address):
                look = Look(style="Hyperlink" if find_target(address, self._site) else "Quiet", bold=bold)
                place = self.link([run(say_cited(each), look)], address)
                return [*place, run(f": “{quote}”", Look(style="Quiet"))] if quote else place
