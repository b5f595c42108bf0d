"""What does a report's page tell to whoever listens on a floor above: that a paper waits for a signature?"""

from __future__ import annotations

from django.dispatch import Signal

report_made_ready = Signal()
"""Sent with `report` and `by`, once the step is kept. The paper checker listens: this slice does not know it."""
