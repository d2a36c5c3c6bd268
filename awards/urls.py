"""Addresses under ``/desk/awards/``."""

from django.urls import path, re_path

from awards.views import acts, drafts, lists

app_name = "awards"

urlpatterns = [
    path("", lists.DecisionListView.as_view(), name="list"),
    re_path(r"^export/(?P<kind>csv|xlsx)/$", lists.DecisionExportView.as_view(), name="export"),
    path("new/", drafts.DecisionCreateView.as_view(), name="create"),
    path("catalogue/", lists.CatalogueView.as_view(), name="catalogue"),
    path("catalogue/add/", drafts.CatalogueCreateView.as_view(), name="catalogue_add"),
    path("catalogue/<int:pk>/", drafts.CatalogueUpdateView.as_view(), name="catalogue_edit"),
    path("candidates/", lists.CandidateListView.as_view(), name="candidates"),
    path("candidates/add/", drafts.FromRegistrationsView.as_view(), name="add_from_registrations"),
    path(
        "candidates/<int:registration_pk>/",
        drafts.FromRegistrationsView.as_view(),
        name="add_from_registration",
    ),
    path("<int:pk>/", acts.DecisionDetailView.as_view(), name="detail"),
    path("<int:pk>/edit/", drafts.DecisionUpdateView.as_view(), name="edit"),
    path("<int:pk>/discard/", drafts.DiscardView.as_view(), name="discard"),
    path("<int:pk>/issue/", acts.IssueView.as_view(), name="issue"),
    path("<int:pk>/correct/", acts.CorrectView.as_view(), name="correct"),
    path("<int:pk>/revoke/", acts.RevokeView.as_view(), name="revoke"),
    path("<int:pk>/awards/add/", drafts.AwardCreateView.as_view(), name="award_add"),
    path("<int:pk>/awards/<int:award_pk>/", drafts.AwardUpdateView.as_view(), name="award_edit"),
    path("<int:pk>/awards/<int:award_pk>/remove/", drafts.AwardRemoveView.as_view(), name="award_remove"),
]
