"""What does a person fill in to design an audit, draw it, read a case, answer a question, or close it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bluelamp.documents.sandbox import read_grid
from bluelamp.figures.months import Span
from bluelamp.figures.scores import RED_AMBER_GREEN
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.performance.actions_audit_designs import About, Population, ReviewDesign, SampleDesign
from bluelamp.performance.audit_lists import read_list, read_sizes
from bluelamp.performance.audit_reviews import choices
from bluelamp.performance.audit_rules import KINDS, LONGEST_SEED, LONGEST_TITLE, PEER, RESULTS, THEMATIC
from bluelamp.performance.forms_reports import ask_line, ask_words
from bluelamp.performance.models import Audit
from bluelamp.performance.plans import Plan
from bluelamp.performance.series import FORCE

LARGEST_LIST: Final = 50_000_000
SPANS: Final = {
    Span.MONTH.value: _("One month"),
    Span.QUARTER.value: _("A quarter"),
    Span.HALF_YEAR.value: _("Half a year"),
    Span.YEAR.value: _("12 months"),
}


@dataclass
class Part:
    """Some fields of a form under a heading of their own; it is shown as a form is."""

    legend: str | Promise
    visible_fields: list[forms.BoundField]
    hidden_fields: list[forms.BoundField] = field(default_factory=list)
    open: bool = True
    note: str | Promise = ""


class AboutForm(forms.Form):
    """What every audit is told."""

    title = ask_line(_("Title"), longest=LONGEST_TITLE)
    question = ask_words(_("What is it to find out?"), rows=2)
    indicator = forms.ChoiceField(
        label=_("Indicator"),
        required=False,
        help_text=_("If the result is to be a figure of a plan: one that is a percentage."),
    )
    to = ask_line(_("Last month of its period"), required=False, hint=_("As year and month: 2021-03."), longest=7)
    span = forms.ChoiceField(label=_("Length of its period"), choices=list(SPANS.items()), initial="12-months")
    area = ask_line(
        _("Area"),
        required=False,
        hint=_("Empty: the whole force. Else the area’s short name in the plan."),
        longest=80,
    )
    marking = forms.ChoiceField(
        label=_("Marking"),
        choices=Audit._meta.get_field("marking").choices or [],
        initial="OFFICIAL-SENSITIVE",
        help_text=_("An audit is for your own organisation, whatever its marking."),
    )

    ABOUT: Final = ("title", "question")
    FOR: Final = ("indicator", "to", "span", "area")

    def __init__(self, *args: Any, plans: Iterable[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [("", _("None")), *_indicators(plans)]  # type: ignore[attr-defined]
        self.fields["to"].widget.attrs |= {"placeholder": "2021-03", "size": 10}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("indicator") and not data.get("to"):
            self.add_error("to", _("Say for which period the result is a figure: its last month."))
        return data

    def read_about(self) -> About:
        data = self.cleaned_data
        plan, _bar, code = data["indicator"].partition(" ")
        return About(
            title=data["title"],
            question=data["question"],
            plan=plan,
            code=code,
            area=data["area"].strip() or FORCE,
            to=data["to"],
            span=data["span"],
            marking=data["marking"],
        )

    def part(self, legend: str | Promise, names: Iterable[str], **more: Any) -> Part:
        return Part(legend, [self[name] for name in names], **more)

    def part_for(self) -> Part:
        chosen = bool(self["indicator"].value()) or any(self[name].errors for name in self.FOR)
        return self.part(_("A figure of a plan"), self.FOR, open=chosen)


def _indicators(plans: Iterable[Plan]) -> Iterator[tuple[str | Promise, list[tuple[str, str]]]]:
    for plan in plans:
        found = [
            (f"{plan.slug} {each.code}", f"{each.code} {each.name}")
            for each in plan.indicators
            if each.unit == "percentage"
        ]
        if found:
            yield plan.name, found


def about_of(audit: Audit) -> dict[str, Any]:
    """What stands in the form of an audit that is there."""
    return {
        "title": audit.title,
        "question": audit.question,
        "indicator": f"{audit.plan} {audit.code}" if audit.plan else "",
        "to": audit.to,
        "span": audit.span,
        "area": "" if audit.area == FORCE else audit.area,
        "marking": audit.marking,
    }


class SampleForm(AboutForm):
    passes = ask_words(
        _("When does a case pass?"),
        rows=2,
        hint=_("So that two people come to the same: what must stand where, and what does not count."),
    )
    file = forms.FileField(
        label=_("List of the cases"),
        required=False,
        help_text=_("CSV or Excel. Only the identifiers and the kinds are taken from it."),
    )
    case_head = ask_line(
        _("Heading of the column of identifiers"),
        required=False,
        hint=_("Empty: Case, Reference, Identifier, Crime number or the like."),
    )
    stratum_head = ask_line(
        _("Heading of the column of kinds"),
        required=False,
        hint=_("From each kind of case some are drawn. Empty: Stratum, if there is such a column; else one kind."),
    )
    sizes = ask_words(
        _("Or how many cases there are"),
        required=False,
        rows=3,
        hint=_("A number, or a line for each kind: North, 4000. Numbers are then drawn in place of cases."),
    )
    margin = ask_line(_("Margin, in percentage points either way"), longest=8)
    confidence = ask_line(_("Confidence, per cent"), longest=8)
    expected = ask_line(
        _("Share you expect to pass, per cent"),
        longest=8,
        hint=_("50 needs the most cases and is the safe choice."),
    )
    minimum = forms.IntegerField(label=_("At least so many cases from each kind"), min_value=1, max_value=1_000)
    second_percent = forms.IntegerField(
        label=_("Per cent of the cases read a second time"),
        min_value=0,
        max_value=100,
        help_text=_("By another person, who does not see what the first one found."),
    )
    recorded = forms.IntegerField(
        label=_("Recorded count"),
        required=False,
        min_value=0,
        help_text=_(
            "If a case passes when it was recorded: how many were. The audit then says how many were missed."
        ),
    )
    recorded_of = ask_line(_("What was counted"), required=False, hint=_("Such as: crimes recorded in 2021/22."))

    def __init__(self, *args: Any, held: Audit | None = None, **kwargs: Any) -> None:
        start = {"margin": "5", "confidence": "95", "expected": "50", "minimum": 2, "second_percent": 10}
        if held is not None:
            start = about_of(held) | {name: getattr(held, name) for name in start}
            start |= {name: getattr(held, name) for name in ("passes", "recorded", "recorded_of")}
        kwargs["initial"] = start | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.held = held
        for name in ("margin", "confidence", "expected"):
            self.fields[name].widget.attrs |= {"size": 8, "inputmode": "decimal"}
        for name in ("minimum", "second_percent", "recorded"):
            self.fields[name].widget = forms.TextInput({"size": 8, "inputmode": "numeric"})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        given = [name for name in ("file", "sizes") if data.get(name)]
        if len(given) > 1:
            self.add_error("sizes", _("Give a list of the cases or their number, not both."))
        if not given and self.held is None and "file" not in self.errors:
            self.add_error("file", _("Choose a list of the cases, or say below how many there are."))
        return data

    def parts(self) -> list[Part]:
        return [
            self.part(_("What is asked"), (*self.ABOUT, "passes")),
            self.part(
                _("The cases"),
                ("file", "case_head", "stratum_head", "sizes"),
                note=_("Give nothing here to keep the cases that are there.") if self.held else "",
            ),
            self.part(_("How sure"), ("margin", "confidence", "expected", "minimum", "second_percent")),
            self.part_for(),
            self.part(_("How many were missed"), ("recorded", "recorded_of"), open=bool(self["recorded"].value())),
            self.part(_("Who sees it"), ("marking",)),
        ]

    def read(self) -> SampleDesign:
        """The design; PlainError where the list cannot be read."""
        data = self.cleaned_data
        names = (
            "passes",
            "margin",
            "confidence",
            "expected",
            "minimum",
            "second_percent",
            "recorded",
            "recorded_of",
        )
        return SampleDesign(
            about=self.read_about(), population=self._read_population(), **{name: data[name] for name in names}
        )

    def _read_population(self) -> Population | None:
        data = self.cleaned_data
        if data["sizes"]:
            return Population(sizes=read_sizes(data["sizes"]))
        if not data["file"]:
            return None
        if data["file"].size > LARGEST_LIST:
            raise PlainError(f"A list holds at most {LARGEST_LIST // 1_000_000} MB: leave out its other columns.")
        name = show_name(data["file"].name)
        form = read_grid(data["file"].read(), name)
        cases = read_list(form, case_head=data["case_head"], stratum_head=data["stratum_head"])
        return Population(cases=cases.strata, name=name)


class ReviewForm(AboutForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(each, KINDS[each]) for each in (THEMATIC, PEER)],
        widget=forms.RadioSelect,
    )
    questions = ask_words(
        _("The questions"),
        rows=12,
        hint=_("One a line. A theme stands before a bar: Custody | Is each risk written?"),
    )
    points = ask_line(_("The answers and their points"), hint=_("“Not applicable” can always be answered."))

    def __init__(self, *args: Any, held: Audit | None = None, lines: str = "", **kwargs: Any) -> None:
        start: dict[str, Any] = {"kind": THEMATIC, "points": say_points(RED_AMBER_GREEN)}
        if held is not None:
            start = about_of(held) | {"kind": held.kind, "points": say_points(held.points), "questions": lines}
        kwargs["initial"] = start | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if held is not None:
            del self.fields["kind"]
        self.held = held

    def parts(self) -> list[Part]:
        kind = () if self.held else ("kind",)
        return [
            self.part(_("What is asked"), (*kind, *self.ABOUT, "questions", "points")),
            self.part_for(),
            self.part(_("Who sees it"), ("marking",)),
        ]

    def read(self) -> ReviewDesign:
        from bluelamp.performance.audit_rules import read_points

        return ReviewDesign(
            kind=self.held.kind if self.held else self.cleaned_data["kind"],
            about=self.read_about(),
            questions=read_questions(self.cleaned_data["questions"]),
            points=read_points(self.cleaned_data["points"]),
        )


def say_points(points: Any) -> str:
    return ", ".join(f"{name} {worth}" for name, worth in points.items())


def read_questions(said: str) -> list[tuple[str, str]]:
    """Each line as its theme, "" where it has none, and its words."""
    found = []
    for line in said.splitlines():
        theme, bar, words = line.partition("|")
        if line.strip():
            found.append((theme.strip(), words.strip()) if bar else ("", line.strip()))
    return found


class DrawForm(forms.Form):
    seed = ask_line(
        _("Seed"),
        required=False,
        longest=LONGEST_SEED,
        hint=_("Empty: it comes by chance, so that nobody can be said to have chosen the cases."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class FocusedRadios(forms.RadioSelect):
    """Radio buttons of which the first takes the keyboard: an arrow chooses, Enter keeps it."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["index"] == "0":
            option["attrs"]["autofocus"] = True
        return option


class ReadingForm(forms.Form):
    """`about` names the case, so that whoever hears the page and lands in it knows which one it is."""

    result = forms.ChoiceField(choices=list(RESULTS.items()), widget=forms.RadioSelect)
    words = ask_words(
        _("What you found"), required=False, rows=3, hint=_("Needed where it cannot be told. No names of people.")
    )

    def __init__(self, *args: Any, about: str, focused: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].label = _("What does %s come to?") % about
        if focused and not self.is_bound:
            self.fields["result"].widget = FocusedRadios(choices=list(RESULTS.items()))


class SettleForm(ReadingForm):
    words = ask_words(_("Why?"), rows=3)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    words = ask_words(_("What you found"), required=False, rows=3)

    def __init__(self, *args: Any, audit: Audit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (name, name[:1].upper() + name[1:]) for name in choices(audit.points)
        ]


class CloseForm(forms.Form):
    conclusion = ask_words(_("What the audit found, in words"), rows=4)
    why = ask_words(_("Why not everything is read"), rows=2)

    def __init__(self, *args: Any, unread: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not unread:
            del self.fields["why"]
