"""How do runs of a document's words become HTML? They are escaped here, once, for every page that shows them."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bluelamp.documents.sheets import Run

register = template.Library()

ANCHOR = '<a class="line" id="L{}"></a>'


@register.filter
def as_words(runs: Iterable[Run]) -> SafeString:
    """The words with an anchor at each line's beginning and the cited ones marked.

    A filter, not an included template: a page of a table has a thousand runs, and including one costs more.
    """
    whole = SafeString("")
    for run in runs:
        whole += _say(run)
    return whole


def _say(run: Run) -> SafeString:
    anchor = format_html(ANCHOR, run.line) if run.line else SafeString("")
    if run.mark is None:
        return format_html("{}{}", anchor, run.text)
    if run.mark.here and run.mark.first:
        return format_html('{}<mark class="here first">{}</mark>', anchor, run.text)
    if run.mark.here:
        return format_html('{}<mark class="here">{}</mark>', anchor, run.text)
    return format_html("{}<mark>{}</mark>", anchor, run.text)
