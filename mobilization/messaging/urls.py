"""Messages of the person who is signed in, and the outbox for administrators."""

from django.urls import path

from mobilization.messaging import views

app_name = "messaging"

urlpatterns = [
    path("", views.MessageListView.as_view(), name="list"),
    path("<uuid:pk>/open/", views.MessageOpenView.as_view(), name="open"),
    path("read/", views.ReadAllView.as_view(), name="read_all"),
    path("choices/", views.ChoicesView.as_view(), name="choices"),
    path("outbox/", views.OutboxView.as_view(), name="outbox"),
    path("outbox/again/", views.RetryAllView.as_view(), name="retry_all"),
    path("outbox/<int:pk>/again/", views.RetryView.as_view(), name="retry"),
]
