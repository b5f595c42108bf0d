"""Which address shows which page?"""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("bluelamp.desk.urls"))]

_errors = "bluelamp.desk.views.errors"
handler400 = f"{_errors}.bad_request"
handler403 = f"{_errors}.permission_denied"
handler404 = f"{_errors}.page_not_found"
handler500 = f"{_errors}.server_error"
