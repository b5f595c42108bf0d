"""What does a page of this slice tell to the floors above, where papers are checked and long work is done?"""

from __future__ import annotations

from django.dispatch import Signal

report_made_ready = Signal()
"""Sent with `report` and `by`, once the step is kept. The paper checker listens: this slice does not know it."""

count_asked = Signal()
"""Sent with `said` (CountSaid) and `by`. The worker's queue listens, and answers with the address of the work."""
