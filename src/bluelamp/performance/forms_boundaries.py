"""What does a person fill in to bring boundaries of areas for maps?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bluelamp.documents.models import MARKINGS
from bluelamp.performance.boundaries_reading import LONGEST_WORDS
from bluelamp.performance.forms_figures import OwnOnlyForm, check_size


class BoundariesForm(OwnOnlyForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("GeoJSON of polygons in longitude and latitude (WGS 84), generalised. It is looked at first."),
    )
    level = forms.ChoiceField(label=_("Areas of the level"))
    code_property = forms.CharField(
        label=_("Property that holds the code"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Such as LSOA21CD. Left empty, the one is taken whose values the records know most of."),
    )
    name_property = forms.CharField(
        label=_("Property that holds the name"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Such as LSOA21NM. Left empty, the one beside the code is taken."),
    )
    marking = forms.ChoiceField(label=_("Marking"), choices=MARKINGS)
    field_order = ("file", "level", "code_property", "name_property", "own_only", "marking")

    def __init__(self, *args: Any, levels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        return check_size(self.cleaned_data["file"])
