"""What Django must know of this slice."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "bluelamp.intake"
    label = "intake"

    def ready(self) -> None:
        """A report that waits for a signature is checked without being asked; counting is work for the worker."""
        from bluelamp.performance.signals import count_asked, report_made_ready

        report_made_ready.connect(_check_paper, dispatch_uid="intake.check_paper")
        count_asked.connect(_count, dispatch_uid="intake.count")


def _check_paper(*, report: Any, by: Any, **_sent: Any) -> None:
    from django.utils import timezone

    from bluelamp.intake.actions_report_checks import begin_report_check

    begin_report_check(report, by=by, now=timezone.now())


def _count(*, said: Any, by: Any, **_sent: Any) -> str:
    from django.urls import reverse
    from django.utils import timezone

    from bluelamp.intake.counting_work import begin_counting

    return reverse("intake:count_job", args=[begin_counting(said, by=by, now=timezone.now()).pk])
