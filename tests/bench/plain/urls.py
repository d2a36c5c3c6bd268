from django.urls import include, path

from tests.bench.plain import at_once, units, views
from tests.bench.plain.admin import site
from tests.bench.plain.forms import PlainStateView

urlpatterns = [
    path("plain/models/", views.PlainListView.as_view()),
    path("plain/models/<str:code>/", views.PlainDetailView.as_view()),
    path("plain/units/<int:pk>/", units.units),
    path("plain/at-once/<str:name>/", at_once.answer),
    path("plain/state/<int:pk>/", PlainStateView.as_view()),
    path("plain/admin/", site.urls),
    path("", include("mobilization.urls")),
]
