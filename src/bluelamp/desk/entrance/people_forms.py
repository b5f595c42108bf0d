"""What does a person fill in about somebody else: an account, or who may own work?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.rules import LONGEST_LABEL, LONGEST_NAME, OWNER_KINDS, ROLES
from bluelamp.organisations.visibility import Viewer, sees_all, visible_to


class OrganisationField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        found = Organisation.objects.order_by("name").only("code", "name")
        super().__init__(found, to_field_name="code", required=False, empty_label=_("None"), **kwargs)


class PersonForm(forms.Form):
    """An account. The name to sign in with is given once: sign-ins of the past are under it."""

    user_name = forms.CharField(
        label=_("Name to sign in with"),
        help_text=_("Their e-mail address is easiest to remember. It cannot be changed later."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Name that others see"), max_length=LONGEST_LABEL)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Single sign-on finds them by it."), required=False
    )
    role = forms.ChoiceField(label=_("Role"), choices=list(ROLES.items()), initial="reader")
    organisation = OrganisationField(
        label=_("Organisation"), help_text=_("They see its records, and what belongs to nobody in particular.")
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        if person is not None:
            kwargs["initial"] = {
                "name": person.name,
                "email": person.email,
                "role": person.role,
                "organisation": person.organisation.code if person.organisation else None,
            }
        super().__init__(*args, **kwargs)
        if person is not None:
            del self.fields["user_name"]


class OwnerForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_LABEL)
    kind = forms.ChoiceField(label=_("What are they?"), choices=list(OWNER_KINDS.items()), initial="person")
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Requests for an answer go there. They need no account."),
        required=False,
    )
    user = forms.ModelChoiceField(User.objects.none(), label=_("Account"), required=False, empty_label=_("None"))
    organisation = OrganisationField(
        label=_("In whose record?"), help_text=_("People of that organisation see them; of none, everybody.")
    )
    active = forms.BooleanField(label=_("May be given work"), required=False, initial=True)

    def __init__(self, *args: Any, viewer: User, owner: Owner | None = None, **kwargs: Any) -> None:
        if owner is not None:
            known = ("name", "kind", "email", "user", "active")
            kwargs["initial"] = {name: getattr(owner, name) for name in known}
        super().__init__(*args, **kwargs)
        accounts = self.fields["user"]
        accounts.queryset = _find_accounts(viewer, owner)  # type: ignore[attr-defined]
        if owner is not None:
            del self.fields["organisation"]
            return
        del self.fields["active"]
        if not sees_all(viewer):
            del self.fields["organisation"]
            self.own_organisation = viewer.organisation

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if hasattr(self, "own_organisation"):
            said["organisation"] = self.own_organisation
        return said


def _find_accounts(viewer: Viewer, owner: Owner | None) -> Any:
    """Those that the viewer may see and that may sign in, and the one that is linked already."""
    seen = visible_to(viewer, User.objects.filter(is_active=True))
    linked = User.objects.filter(pk=owner.user_id) if owner and owner.user_id else User.objects.none()
    return (seen | linked).order_by("name")
