"""Which addresses show plans, figures, reports and audits? A page that joins them with findings is of the desk."""

from __future__ import annotations

from bluelamp.performance import urls_audits, urls_figures, urls_indicators, urls_measures, urls_reports

app_name = "performance"
urlpatterns = [
    *urls_indicators.pages,
    *urls_figures.pages,
    *urls_reports.pages,
    *urls_audits.pages,
    *urls_measures.pages,
]
