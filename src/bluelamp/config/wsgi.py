"""The desk as a WSGI application, for `bluelamp serve` or another server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bluelamp.config.settings")
application = get_wsgi_application()
