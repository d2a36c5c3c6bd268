from django.urls import path

from mobilization.desk.views import HomeView

app_name = "desk"

urlpatterns = [path("", HomeView.as_view(), name="home")]
