"""How are forces named on the pages of measures?"""

from __future__ import annotations

from django import template

from bluelamp.performance.measure_questions import say_force

register = template.Library()


@register.filter
def force_name(slug: str) -> str:
    """ "avon-and-somerset" is Avon and Somerset."""
    return say_force(slug)
