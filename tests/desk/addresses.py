"""Every address of the desk, with something to put into it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {"desk:sign_in", "desk:use_link", "desk:health", "assurance:answer_link"}
"""Pages that need no signing in."""

POST_ONLY = {
    "desk:sign_out",
    "intake:stop_job",
    "intake:accept",
    "intake:reject",
    "intake:reconsider",
    "intake:accept_sort",
    "intake:accept_everything",
    "assurance:round_send",
    "assurance:round_close",
    "assurance:round_link",
}
FILES = {"documents:picture", "assurance:evidence_file"}
"""Only there for a PDF, or for evidence that is a file."""


def named_patterns() -> Iterator[tuple[str, URLPattern]]:
    for resolver in get_resolver().url_patterns:
        yield from _walk(resolver, "")


def _walk(found: URLPattern | URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    if isinstance(found, URLResolver):
        inner = found.namespace or space
        for each in found.url_patterns:
            yield from _walk(each, inner)
    elif found.name:
        yield f"{space}:{found.name}" if space else found.name, found
