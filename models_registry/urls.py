from django.urls import path

from models_registry.views import (
    acts,
    autosave,
    bulk,
    campaigns,
    detail,
    editing,
    files,
    filing,
    lists,
    preview,
    similar,
    starting,
)

app_name = "models_registry"

urlpatterns = [
    path("", lists.RegistrationListView.as_view(), name="list"),
    path("review/", lists.ReviewQueueView.as_view(), name="queue"),
    path("bulk/", bulk.BulkView.as_view(), name="bulk"),
    path("bulk/do/", bulk.BulkDoView.as_view(), name="bulk_do"),
    path("bulk/<uuid:pk>/", bulk.BulkResultView.as_view(), name="bulk_result"),
    path("new/", starting.StartView.as_view(), name="start"),
    path("new/autosave/", autosave.StartAutosaveView.as_view(), name="start_autosave"),
    path("similar/", similar.SimilarView.as_view(), name="similar"),
    path("campaigns/", campaigns.CampaignListView.as_view(), name="campaigns"),
    path("campaigns/new/", campaigns.CampaignCreateView.as_view(), name="campaign_add"),
    path("campaigns/<int:pk>/", campaigns.CampaignDetailView.as_view(), name="campaign"),
    path("campaigns/<int:pk>/edit/", campaigns.CampaignUpdateView.as_view(), name="campaign_edit"),
    path("campaigns/<int:pk>/windows/", campaigns.WindowsView.as_view(), name="windows"),
    path("campaigns/<int:pk>/extensions/", campaigns.ExtensionView.as_view(), name="extend"),
    path("files/<int:attachment>/", files.AttachmentView.as_view(), name="attachment"),
    path("files/<int:attachment>/remove/", files.DetachView.as_view(), name="detach"),
    path("files/<int:attachment>/thumbnail/", files.ThumbnailView.as_view(), name="thumbnail"),
    path("files/<int:attachment>/show/", files.ShowFileView.as_view(), name="file_show"),
    path("files/<int:attachment>/hide/", files.HideFileView.as_view(), name="file_hide"),
    path("<int:pk>/", detail.RegistrationDetailView.as_view(), name="detail"),
    path("<int:pk>/edit/<slug:step>/", editing.EditView.as_view(), name="edit"),
    path("<int:pk>/edit/<slug:step>/autosave/", autosave.AutosaveView.as_view(), name="autosave"),
    path("<int:pk>/preview/", preview.PreviewView.as_view(), name="preview"),
    path("<int:pk>/discard/", filing.DiscardView.as_view(), name="discard"),
    path("<int:pk>/files/", files.AttachView.as_view(), name="attach"),
    path("<int:pk>/acts/<slug:act>/", acts.ActPageView.as_view(), name="act"),
]
