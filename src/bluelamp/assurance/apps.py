"""What Django must know of this slice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bluelamp.organisations.visibility import Viewer


class AssuranceConfig(AppConfig):
    name = "bluelamp.assurance"
    label = "assurance"

    def ready(self) -> None:
        """The register may be narrowed to a theme; it does not know what themes are."""
        from django.utils.translation import gettext_lazy as _

        from bluelamp.register.narrowing import Narrowing, add_narrowing

        add_narrowing(Narrowing("theme", _("Theme"), _find_theme, _theme_choices))


def _find_theme(slug: str) -> QuerySet[Any]:
    from bluelamp.assurance.queries_themes import items_with_theme  # read where it is asked for, not at each start

    return items_with_theme(slug)


def _theme_choices(viewer: Viewer) -> list[tuple[str, str]]:
    from bluelamp.assurance.queries_themes import theme_choices

    return theme_choices(viewer)
