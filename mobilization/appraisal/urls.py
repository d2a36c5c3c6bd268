"""Addresses under ``/desk/appraisal/``."""

from django.urls import path

from mobilization.appraisal.views import agenda, aside, beside, sessions, voting

app_name = "appraisal"

urlpatterns = [
    path("registrations/<int:pk>/declare/", beside.DeclareView.as_view(), name="declare"),
    path("registrations/<int:pk>/sheet/", beside.SheetView.as_view(), name="sheet"),
    path("registrations/<int:pk>/notes/", beside.NoteView.as_view(), name="note"),
    path("registrations/<int:pk>/survey/", beside.SurveyView.as_view(), name="survey"),
    path("surveys/files/<int:pk>/", beside.SurveyFileView.as_view(), name="survey_file"),
    path("notes/<int:pk>/remove/", beside.NoteRemoveView.as_view(), name="note_remove"),
    path("sessions/", sessions.SessionListView.as_view(), name="sessions"),
    path("sessions/new/", sessions.SessionFormView.as_view(), name="session_add"),
    path("sessions/<int:pk>/", sessions.SessionDetailView.as_view(), name="session"),
    path("sessions/<int:pk>/edit/", sessions.SessionFormView.as_view(), name="session_edit"),
    path("sessions/<int:pk>/members/", sessions.MembersView.as_view(), name="members"),
    path("sessions/<int:pk>/agenda/", agenda.AgendaView.as_view(), name="agenda"),
    path("sessions/<int:pk>/hold/", voting.HoldView.as_view(), name="hold"),
    path("sessions/<int:pk>/vote-rest/", voting.VoteRestView.as_view(), name="vote_rest"),
    path("sessions/<int:pk>/close/", voting.CloseView.as_view(), name="close"),
    path("sessions/<int:pk>/minutes/", voting.MinutesView.as_view(), name="minutes"),
    path("sessions/items/<int:pk>/", voting.VoteView.as_view(), name="vote"),
    path("sessions/items/<int:pk>/aside/", aside.AsideView.as_view(), name="aside"),
    path("sessions/aside/<int:pk>/remove/", aside.TakePartView.as_view(), name="take_part"),
    path("sessions/items/<int:pk>/remove/", sessions.ItemRemoveView.as_view(), name="item_remove"),
]
