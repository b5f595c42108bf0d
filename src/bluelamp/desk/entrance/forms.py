"""What does a person fill in to come in, and to look after how they do?"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 1000  # letters of a password; a longer one would only keep the server busy


def ask_password(label: Any, *, hint: Any = "", new: bool = False) -> forms.CharField:
    attributes = {"autocomplete": "new-password" if new else "current-password"}
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, help_text=hint, widget=widget, strip=False, max_length=LONGEST)


def ask_code(label: Any, *, hint: Any = "") -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "size": "12", "spellcheck": "false"}
    return forms.CharField(label=label, help_text=hint, max_length=20, widget=forms.TextInput(attrs=attributes))


class SignInForm(LoginForm):  # type: ignore[misc]
    """django-allauth's, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields = {
            "login": forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs=attributes)),
            "password": ask_password(_("Password")),
        }
        self.fields["login"].error_messages["required"] = _("Type the name you sign in with.")
        self.fields["password"].error_messages["required"] = _("Type your password.")


class NewPasswordForm(forms.Form):
    """A password of one's own. `current` is left out where there is none, or a link stands in for it."""

    current = ask_password(_("Your password now"))
    new = ask_password(_("New password"), new=True)
    again = ask_password(_("The new password once more"), new=True)

    def __init__(self, *args: Any, person: Any, with_current: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["new"].help_text = " ".join(password_validators_help_texts())
        if not with_current:
            del self.fields["current"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        new, again = said.get("new", ""), said.get("again", "")
        if new and again and new != again:
            self.add_error("again", _("The two are not the same."))
        elif new:
            try:
                validate_password(new, self.person)
            except ValidationError as error:
                self.add_error("new", error)
        return said


class ProveByPasswordForm(forms.Form):
    """The password once more; wrong ones count as they do at the door."""

    password = ask_password(_("Password"))

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        said = str(self.cleaned_data["password"])
        if not get_adapter().reauthenticate(self.person, said):
            raise ValidationError(_("That is not your password."))
        return said
