"""Addresses of the decisions that wait, and of the announcements."""

app_name = "publication"

urlpatterns: list = []
