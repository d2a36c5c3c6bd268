"""The public pages."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from mobilization.portal.views import awards, dialogues, home, models, pages, statistics, units

app_name = "portal"

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("models/", models.ModelListView.as_view(), name="model_list"),
    path("models/counts/", models.ModelCountsView.as_view(), name="model_counts"),
    path("models/<str:code>/", models.ModelDetailView.as_view(), name="model_detail"),
    path("models/<str:code>/files/<int:pk>/", models.model_file, name="model_file"),
    path("dialogues/", dialogues.DialogueListView.as_view(), name="dialogue_list"),
    path("dialogues/<int:pk>/", dialogues.DialogueDetailView.as_view(), name="dialogue_detail"),
    path("awards/", awards.DecisionListView.as_view(), name="award_list"),
    path("awards/decisions/<int:pk>/", awards.DecisionDetailView.as_view(), name="decision_detail"),
    path("verify/", awards.verify, name="verify_form"),
    path("verify/<str:code>/", awards.verify, name="verify"),
    path("statistics/", statistics.StatisticsView.as_view(), name="statistics"),
    path("units/", units.UnitListView.as_view(), name="unit_list"),
    path("units/<int:pk>/", units.UnitDetailView.as_view(), name="unit_detail"),
    path("open-data/", pages.OpenDataView.as_view(), name="open_data"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", pages.sitemap, name="sitemap"),
    # Without a token, since a token would give every visitor a cookie; to change somebody's language does no harm.
    path("language/choose/", csrf_exempt(set_language), name="set_language"),
]
