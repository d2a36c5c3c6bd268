from django.urls import path

from mobilization.statistics import views

app_name = "statistics"

urlpatterns = [
    path("", views.ManageView.as_view(), name="manage"),
    path("<int:year>/rebuild/", views.RebuildView.as_view(), name="rebuild"),
]
