"""Which address shows which page of the register? The page of one item joins several slices: see the desk."""

from __future__ import annotations

from django.urls import path

from bluelamp.register import views

app_name = "register"
urlpatterns = [
    path("register", views.register, name="list"),
    path("register.csv", views.as_csv, name="csv"),
    path("register.xlsx", views.as_xlsx, name="xlsx"),
]
