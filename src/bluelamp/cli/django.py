"""How does a command reach the workspace?"""

from __future__ import annotations

import os


def start_django() -> None:
    """Load Django with the workspace's settings; a PlainError says what is wrong with them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bluelamp.config.settings")
    django.setup()
