"""The staff home; each room has addresses of its own."""

from django.urls import path

from mobilization.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
]
