"""How do analysts get the tables: by hand, or by a spreadsheet that holds a token of theirs?"""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bluelamp.documents.downloads import send_file
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.organisations.visibility import sees_all
from bluelamp.performance.actions_figures import end_read_token, make_read_token
from bluelamp.performance.forms_figures import TokenForm
from bluelamp.performance.models import ReadToken
from bluelamp.performance.plans import Plan
from bluelamp.performance.queries_figures import find_token_holder
from bluelamp.performance.queries_star import find_star
from bluelamp.performance.star_files import FORMATS, describe_columns, write_table
from bluelamp.performance.star_schema import COLUMNS
from bluelamp.performance.views_figures import plans, plans_in_use_first

_LONGEST_HEADER = 500


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("secret")
def analysts(request: HttpRequest) -> HttpResponse:
    """The tables, and one's own tokens. A new token's secret is shown on this page once."""
    secret, form = "", TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = make_read_token(name=form.cleaned_data["name"], by=request.user, now=timezone.now())
            form = TokenForm()
        except PlainError as error:
            form.add_error("name", str(error))
    tokens = ReadToken.objects.select_related("user")
    if not sees_all(request.user):
        tokens = tokens.filter(user=request.user)
    context = {
        "form": form,
        "secret": secret,
        "tokens": tokens.order_by("-made")[:200],
        "now": timezone.now(),
        "plans": plans_in_use_first(request).values(),
        "tables": [(name, words) for name, (words, _columns) in COLUMNS.items()],
        "formats": FORMATS,
        "origin": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "performance/figures_analysts.html", context, status=422 if form.errors else 200)


@require_POST
def token_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    token = get_object_or_404(ReadToken, pk=pk)
    if token.user_id != request.user.pk and not sees_all(request.user):
        raise Http404("no such token")
    try:
        end_read_token(token, by=request.user, now=timezone.now())
    except PlainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The token opens nothing any more."))
    return redirect("performance:analysts")


@require_safe
@never_cache
def star_download(request: HttpRequest, plan: str, file: str) -> HttpResponse:
    """A table for somebody who is signed in."""
    return _send(plan, file, request.user)


@login_not_required
@require_safe
@never_cache
@sensitive_variables("secret")
def star_file(request: HttpRequest, plan: str, file: str) -> HttpResponse:
    """A table for a spreadsheet: whoever's token it is gets what they themselves may see."""
    secret = _read_secret(request.headers.get("Authorization", ""))
    holder = find_token_holder(secret, now=timezone.now()) if secret else None
    if holder is None:
        words = _("This address needs a token: make one under Figures, For analysts. It may have ended.")
        headers = {"WWW-Authenticate": 'Basic realm="Bluelamp figures", charset="UTF-8"'}
        return HttpResponse(f"{words}\n", status=401, content_type="text/plain; charset=utf-8", headers=headers)
    return _send(plan, file, holder)


@sensitive_variables()
def _read_secret(header: str) -> str:
    """From "Bearer SECRET", or "Basic ..." whose password it is; "" for anything else."""
    kind, _space, said = header[:_LONGEST_HEADER].partition(" ")
    if kind.lower() == "bearer":
        return said.strip()
    if kind.lower() != "basic":
        return ""
    try:
        decoded = base64.b64decode(said.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    return decoded.partition(":")[2]


def _send(slug: str, file: str, viewer: User) -> HttpResponse:
    if not viewer.is_active:
        raise PermissionDenied
    plan: Plan | None = plans().get(slug)
    name, _dot, form = file.rpartition(".")
    if plan is None or form not in FORMATS or (name not in COLUMNS and file != "columns.csv"):
        raise Http404("no such table")
    data = describe_columns() if file == "columns.csv" else write_table(find_star(plan, viewer=viewer)[name], form)
    response = send_file(data, f"{slug}-{file}", FORMATS[form])
    response["Cache-Control"] = "no-store, private"
    return response
