"""Addresses of the decisions that wait, and of the announcements."""

from django.urls import path

from mobilization.publication.views import pending, published, publishing

app_name = "publication"

urlpatterns = [
    path("", pending.PendingListView.as_view(), name="pending"),
    path("<int:pk>/withdraw/", pending.WithdrawView.as_view(), name="withdraw"),
    path("publish/", publishing.PublishView.as_view(), name="publish"),
    path("announced/", published.PublicationListView.as_view(), name="list"),
    path("announced/<int:pk>/", published.PublicationDetailView.as_view(), name="detail"),
]
