"""Addresses under ``/desk/dialogues/``."""

from django.urls import path

from dialogues.states import OpinionAct
from dialogues.views import (
    attachments,
    dialogue_acts,
    dialogues,
    duties,
    editing,
    ledger,
    opinion_acts,
    opinions,
    table,
)

app_name = "dialogues"

#: The word in the address → the act.
OPINION_ACTS = {
    "on-spot": OpinionAct.ANSWER_ON_SPOT,
    "take-up": OpinionAct.TAKE_UP,
    "answer": OpinionAct.ANSWER,
    "resolve": OpinionAct.RESOLVE,
    "outside": OpinionAct.REFER_OUTSIDE,
    "not-accept": OpinionAct.NOT_ACCEPT,
    "pass-on": OpinionAct.PASS_ON,
    "reopen": OpinionAct.REOPEN,
    "ask-reopen": OpinionAct.ASK_REOPEN,
    "publish": OpinionAct.PUBLISH_TEXT,
    "withdraw": OpinionAct.WITHDRAW_TEXT,
}

urlpatterns = [
    path("", dialogues.DialogueListView.as_view(), name="list"),
    path("export.<str:file_format>", dialogues.DialogueExportView.as_view(), name="export"),
    path("duties/", duties.DutiesView.as_view(), name="duties"),
    path("duties/export.<str:file_format>", duties.DutiesExportView.as_view(), name="duties_export"),
    path("duties/copy/", duties.CopyPlanView.as_view(), name="copy_plan"),
    path("new/", editing.DialogueCreateView.as_view(), name="new"),
    path("<int:pk>/", dialogues.DialogueDetailView.as_view(), name="detail"),
    path("<int:pk>/edit/", editing.DialogueEditView.as_view(), name="edit"),
    *(path(f"<int:pk>/{act}/", page, name=str(act)) for act, page in dialogue_acts.PAGES.items()),
    path("<int:pk>/attachments/", attachments.AttachView.as_view(), name="attach"),
    path("attachments/<int:pk>/", attachments.AttachmentView.as_view(), name="attachment"),
    path("attachments/<int:pk>/remove/", attachments.DetachView.as_view(), name="detach"),
    path("<int:pk>/table/", table.TableView.as_view(), name="table"),
    path("<int:pk>/screen/", table.ScreenView.as_view(), name="screen"),
    path("<int:pk>/opinions/new/", opinions.OpinionCreateView.as_view(), name="opinion_new"),
    path("opinions/", opinions.OpinionListView.as_view(), name="opinions"),
    path("opinions/export.<str:file_format>", opinions.OpinionExportView.as_view(), name="opinion_export"),
    path("opinions/overdue/", ledger.OverdueView.as_view(), name="overdue"),
    path("opinions/assign/", ledger.AssignView.as_view(), name="assign"),
    path("opinions/documents/<int:pk>/", ledger.DocumentView.as_view(), name="opinion_document"),
    path("opinions/<int:pk>/documents/", ledger.AddDocumentView.as_view(), name="opinion_attach"),
    path("opinions/<int:pk>/", opinions.OpinionDetailView.as_view(), name="opinion"),
    path("opinions/<int:pk>/edit/", opinions.OpinionEditView.as_view(), name="opinion_edit"),
    *(
        path(f"opinions/<int:pk>/{word}/", opinion_acts.PAGES[act], name=f"opinion_{act}")
        for word, act in OPINION_ACTS.items()
    ),
]
