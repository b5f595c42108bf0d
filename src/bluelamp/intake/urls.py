"""Which address adds a document, follows its reading, and reviews what was read?"""

from __future__ import annotations

from django.urls import path

from bluelamp.intake import (
    views,
    views_check_answers,
    views_check_files,
    views_checks,
    views_counting,
    views_harvest,
    views_published,
    views_report_checks,
    views_review,
)

app_name = "intake"
_check = "documents/<uuid:pk>/check"
_proposal = "documents/<uuid:pk>/proposals/<uuid:proposal_pk>"
urlpatterns = [
    path("documents/add", views.add, name="add"),
    path("documents/<uuid:pk>/describe", views.describe, name="describe"),
    path("jobs/<uuid:key>", views.job, name="job"),
    path("jobs/<uuid:key>/stop", views.stop_job, name="stop_job"),
    path("figures/from-records/work/<uuid:key>", views_counting.count_job, name="count_job"),
    path("documents/<uuid:pk>/review", views_review.review, name="review"),
    path("documents/<uuid:pk>/criticism", views_harvest.harvest, name="harvest"),
    path("documents/<uuid:pk>/criticism/decide", views_harvest.decide, name="harvest_decide"),
    path("documents/<uuid:pk>/figures", views_published.published_figures, name="published_figures"),
    path("reports/<uuid:pk>/check", views_report_checks.report_check, name="report_check"),
    path(_check, views_checks.check, name="check"),
    path(f"{_check}/start", views_checks.check_start, name="check_start"),
    path(f"{_check}/with", views_checks.check_with, name="check_with"),
    path(f"{_check}/work/<uuid:key>", views_checks.check_job, name="check_job"),
    path(f"{_check}/version", views_check_answers.check_version, name="check_version"),
    path(f"{_check}/findings/<slug:finding>", views_check_answers.check_finding, name="check_finding"),
    path(
        f"{_check}/answers/<uuid:answer_pk>/take-back", views_check_answers.check_take_back, name="check_take_back"
    ),
    path(f"{_check}/certificate.<slug:form>", views_check_files.check_certificate, name="check_certificate"),
    path(f"{_check}/copy", views_check_files.check_copy, name="check_copy"),
    path("documents/<uuid:pk>/accept-sort", views_review.accept_sort, name="accept_sort"),
    path("documents/<uuid:pk>/accept-everything", views_review.accept_everything, name="accept_everything"),
    path(f"{_proposal}/accept", views_review.accept_one, name="accept"),
    path(f"{_proposal}/reject", views_review.reject_one, name="reject"),
    path(f"{_proposal}/reconsider", views_review.reconsider_one, name="reconsider"),
    path(f"{_proposal}/edit", views_review.edit, name="edit"),
]
