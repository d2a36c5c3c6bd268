"""Addresses under ``/desk/dialogues/``."""

from django.urls import path

from dialogues.views import attachments, dialogue_acts, dialogues, editing, opinion_acts, opinions

app_name = "dialogues"

urlpatterns = [
    path("", dialogues.DialogueListView.as_view(), name="list"),
    path("export.<str:file_format>", dialogues.DialogueExportView.as_view(), name="export"),
    path("new/", editing.DialogueCreateView.as_view(), name="new"),
    path("<int:pk>/", dialogues.DialogueDetailView.as_view(), name="detail"),
    path("<int:pk>/edit/", editing.DialogueEditView.as_view(), name="edit"),
    path("<int:pk>/announce/", dialogue_acts.AnnounceView.as_view(), name="announce"),
    path("<int:pk>/hold/", dialogue_acts.HoldView.as_view(), name="hold"),
    path("<int:pk>/publish/", dialogue_acts.PublishView.as_view(), name="publish"),
    path("<int:pk>/cancel/", dialogue_acts.CancelView.as_view(), name="cancel"),
    path("<int:pk>/attachments/", attachments.AttachView.as_view(), name="attach"),
    path("attachments/<int:pk>/", attachments.AttachmentView.as_view(), name="attachment"),
    path("attachments/<int:pk>/remove/", attachments.DetachView.as_view(), name="detach"),
    path("<int:pk>/opinions/new/", opinions.OpinionCreateView.as_view(), name="opinion_new"),
    path("opinions/", opinions.OpinionListView.as_view(), name="opinions"),
    path("opinions/export.<str:file_format>", opinions.OpinionExportView.as_view(), name="opinion_export"),
    path("opinions/<int:pk>/", opinions.OpinionDetailView.as_view(), name="opinion"),
    path("opinions/<int:pk>/edit/", opinions.OpinionEditView.as_view(), name="opinion_edit"),
    path(
        "opinions/<int:pk>/on-spot/", opinion_acts.AnswerOnSpotView.as_view(), name="opinion_answer_on_spot"
    ),
    path("opinions/<int:pk>/take-up/", opinion_acts.TakeUpView.as_view(), name="opinion_take_up"),
    path("opinions/<int:pk>/answer/", opinion_acts.AnswerView.as_view(), name="opinion_answer"),
    path("opinions/<int:pk>/resolve/", opinion_acts.ResolveView.as_view(), name="opinion_resolve"),
    path("opinions/<int:pk>/outside/", opinion_acts.ReferOutsideView.as_view(), name="opinion_refer_outside"),
    path("opinions/<int:pk>/not-accept/", opinion_acts.NotAcceptView.as_view(), name="opinion_not_accept"),
    path("opinions/<int:pk>/reopen/", opinion_acts.ReopenView.as_view(), name="opinion_reopen"),
    path("opinions/<int:pk>/publish/", opinion_acts.PublishTextView.as_view(), name="opinion_publish_text"),
    path(
        "opinions/<int:pk>/withdraw/", opinion_acts.WithdrawTextView.as_view(), name="opinion_withdraw_text"
    ),
]
