"""Addresses under ``/api/v1/``."""

from django.urls import path

from mobilization.api.api import api
from mobilization.api.views import DocsView

app_name = "api"

urlpatterns = [
    path("docs", DocsView.as_view(), name="docs"),
    path("", api.urls),
]
