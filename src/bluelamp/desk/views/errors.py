"""What is said when a page is not there, may not be seen, or failed? What happened, what was kept, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bluelamp.organisations.rules import NotAllowedError


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = {
        "heading": _("Page not found"),
        "happened": _("There is no page at this address, or it belongs to another organisation."),
        "todo": _(
            "If you typed the address, check it. If you followed a link, what it led to may have a new place."
        ),
    }
    return render(request, "desk/error.html", words, status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) if isinstance(exception.__cause__ or exception, NotAllowedError) else ""
    words = {
        "heading": _("You cannot do this"),
        "happened": reason or str(exception) or _("Your role does not allow it."),
        "todo": _("Nothing was changed. An administrator of this workspace can give you another role."),
    }
    return render(request, "desk/error.html", words, status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the secret that our own pages carry: an old page, cookies switched off, or another site."""
    words = {
        "heading": _("This form could not be accepted"),
        "happened": _("The page was too old, or your browser did not send its cookie. Nothing was changed."),
        "todo": _("Go back, load the page again, and send the form once more."),
    }
    return render(request, "desk/error.html", words, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = {
        "heading": _("This could not be understood"),
        "happened": _("Your browser sent something that this page cannot read. Nothing was changed."),
        "todo": _("Go back and try again. A very large form may have to be sent in parts."),
    }
    return render(request, "desk/error.html", words, status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Says no more than it knows, and asks the database for nothing."""
    return render(request, "desk/server_error.html", status=500)
