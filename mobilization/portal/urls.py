"""The public pages."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from mobilization.portal.page_cache import public_page
from mobilization.portal.views import (
    awards,
    definitions,
    dialogues,
    home,
    models,
    pages,
    records,
    statistics,
    units,
)

app_name = "portal"

urlpatterns = [
    path("", public_page(home.HomeView.as_view()), name="home"),
    path("models/", public_page(models.ModelListView.as_view()), name="model_list"),
    path("models/counts/", public_page(models.ModelCountsView.as_view()), name="model_counts"),
    path("models/<slug:code>/", public_page(models.ModelDetailView.as_view()), name="model_detail"),
    path("models/<slug:code>/files/<int:pk>/", models.model_file, name="model_file"),
    path("models/<slug:code>/files/<int:pk>/thumbnail/", models.model_thumbnail, name="model_thumbnail"),
    path("dialogues/", public_page(dialogues.DialogueListView.as_view()), name="dialogue_list"),
    path("dialogues/opinions/", public_page(dialogues.OpinionListView.as_view()), name="opinion_list"),
    path("dialogues/<int:pk>/", public_page(dialogues.DialogueDetailView.as_view()), name="dialogue_detail"),
    path("awards/", public_page(awards.DecisionListView.as_view()), name="award_list"),
    path(
        "awards/decisions/<int:pk>/", public_page(awards.DecisionDetailView.as_view()), name="decision_detail"
    ),
    path("verify/", awards.verify, name="verify_form"),
    path("verify/<str:code>/", awards.verify, name="verify"),
    path("statistics/", public_page(statistics.StatisticsView.as_view()), name="statistics"),
    path("statistics/compare/", public_page(statistics.CompareView.as_view()), name="compare"),
    path("statistics/records/", public_page(records.RecordsView.as_view()), name="records"),
    path("statistics/report.<str:kind>", public_page(statistics.report), name="report"),
    path(
        "statistics/definitions/",
        public_page(definitions.DefinitionsView.as_view()),
        name="statistics_definitions",
    ),
    path("units/", public_page(units.UnitListView.as_view()), name="unit_list"),
    path("units/<int:pk>/", public_page(units.UnitDetailView.as_view()), name="unit_detail"),
    path("open-data/", public_page(pages.OpenDataView.as_view()), name="open_data"),
    path("robots.txt", public_page(pages.robots), name="robots"),
    path("sitemap.xml", public_page(pages.sitemap), name="sitemap"),
    path("sitemap/models.xml", public_page(pages.sitemap_models), name="sitemap_models"),
    path("sitemap/models/<int:part>.xml", public_page(pages.sitemap_part), name="sitemap_part"),
    # Without a token, since a token would give every visitor a cookie; to change somebody's language does no harm.
    path("language/choose/", csrf_exempt(set_language), name="set_language"),
]
