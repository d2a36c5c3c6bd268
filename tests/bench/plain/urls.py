from django.urls import include, path

from tests.bench.plain import views
from tests.bench.plain.admin import site

urlpatterns = [
    path("plain/models/", views.PlainListView.as_view()),
    path("plain/models/<str:code>/", views.PlainDetailView.as_view()),
    path("plain/admin/", site.urls),
    path("", include("mobilization.urls")),
]
