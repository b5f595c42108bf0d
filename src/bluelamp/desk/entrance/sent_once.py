"""Is a form that was sent twice done once? A button pressed twice, a page sent again by the browser's Back.

Each page that Django writes carries its secret under a mask of its own, so the same words sent under the same mask
are the same sheet of paper handed in twice. The first is done; the second waits for it and is led where it led.
What was refused can be sent again, and so can what answers with a file. Forms that htmx sends, and the doors, are
left alone: they decide by the state they find.

The record of it is Django's cache: this server's threads share it. Several servers would need a cache they share.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]
KEPT_FOR: Final = 600  # seconds
WAITS_FOR: Final = 20.0
_LOOKS_EVERY: Final = 0.05
_WORKING: Final = ""
_DOORS: Final = ("allauth.", "bluelamp.desk.views.sign_in")


class SentOnce:
    """After the guards: what they turn away was not done."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if key := getattr(request, "sent_once", ""):
            if response.status_code in (302, 303) and not _was_refused(request):
                cache.set(key, response["Location"], KEPT_FOR)
            else:
                cache.delete(key)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or view.__module__.startswith(_DOORS):
            return None
        key = form_key(request)
        until = time.monotonic() + WAITS_FOR
        while key and not cache.add(key, _WORKING, KEPT_FOR):
            led_to = cache.get(key, _WORKING)
            if led_to != _WORKING:
                messages.info(request, _("This was sent twice, and done once."))
                return redirect(led_to)
            if time.monotonic() > until:
                return _still_working(request)
            time.sleep(_LOOKS_EVERY)
        request.sent_once = key  # type: ignore[attr-defined]
        return None


def form_key(request: HttpRequest) -> str:
    """What a sheet is known by; "" of what is no form of a whole page."""
    if not request.POST.get("csrfmiddlewaretoken") or request.htmx:  # type: ignore[attr-defined]
        return ""
    said = [
        request.session.session_key,
        request.get_full_path(),
        sorted(request.POST.lists()),
        list(_files(request)),
    ]
    return "sent-once:" + hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _files(request: HttpRequest) -> Iterator[tuple[str, str, str]]:
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            yield name, file.name or "", digest.hexdigest()


def _was_refused(request: HttpRequest) -> bool:
    """An action that refuses leads back with its reason, a message that nobody has read yet."""
    queued = getattr(messages.get_messages(request), "_queued_messages", ())
    return any(message.level >= messages.ERROR for message in queued)


def _still_working(request: HttpRequest) -> HttpResponse:
    words = {
        "heading": _("This is still being done"),
        "happened": _("This was sent twice. The first of them is not finished; the second was not begun."),
        "todo": _("Wait a moment, then look at the page again."),
    }
    return render(request, "desk/error.html", words, status=409)
