"""What Django must know of this slice."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "bluelamp.assurance"
    label = "assurance"

    def ready(self) -> None:
        """The register may be narrowed to a theme; it does not know what themes are."""
        from django.utils.translation import gettext_lazy as _

        from bluelamp.assurance.queries_themes import items_with_theme, theme_choices
        from bluelamp.register.narrowing import Narrowing, add_narrowing

        add_narrowing(Narrowing("theme", _("Theme"), items_with_theme, theme_choices))
