"""What are states and sources called in this workspace?"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from bluelamp.register.standing import Source, State, load_sources, load_states


def states_of(fact: str) -> Mapping[str, State]:
    """The states of a fact by slug, in order; a workspace's own vocabulary comes before ours."""
    return load_states(fact, settings.WORKSPACE_DEFINITIONS)


def sources() -> Mapping[str, Source]:
    return load_sources(settings.WORKSPACE_DEFINITIONS)
