"""Which address serves which file of a document?"""

from __future__ import annotations

from django.urls import path

from bluelamp.documents import downloads, views

app_name = "documents"
urlpatterns = [
    path("documents/<uuid:pk>/original", views.original, name="original"),
    path("documents/<uuid:pk>/pages/<int:number>.png", views.picture, name="picture"),
    path("papers/paper.css", downloads.paper_style, name="paper_style"),
]
