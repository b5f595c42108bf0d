"""What Django must know of this slice."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "bluelamp.intake"
    label = "intake"

    def ready(self) -> None:
        """A report that waits for a signature is checked without being asked."""
        from bluelamp.performance.signals import report_made_ready

        report_made_ready.connect(_check_paper, dispatch_uid="intake.check_paper")


def _check_paper(*, report: Any, by: Any, **_sent: Any) -> None:
    from django.utils import timezone

    from bluelamp.intake.actions_report_checks import begin_report_check

    begin_report_check(report, by=by, now=timezone.now())
