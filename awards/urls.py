"""Addresses under ``/desk/awards/``."""

from django.urls import include, path, re_path

from awards.views import (
    acts,
    catalogue,
    dossiers,
    drafts,
    examinations,
    lists,
    nomination_acts,
    nomination_bulk,
    nominations,
    recipients,
)

app_name = "awards"

nomination_urls = [
    path("", nominations.NominationListView.as_view(), name="nominations"),
    path("new/", nominations.NominationCreateView.as_view(), name="nomination_create"),
    path("many/", nomination_bulk.NominationBulkView.as_view(), name="nominations_bulk"),
    path("many/<uuid:pk>/", nomination_bulk.NominationResultView.as_view(), name="nominations_result"),
    path("examine/", examinations.ExamineView.as_view(), name="examine"),
    path("letter.pdf", dossiers.LetterView.as_view(), name="nominations_letter"),
    path("papers/<int:pk>/", dossiers.PaperView.as_view(), name="paper"),
    path("<int:pk>/", nominations.NominationDetailView.as_view(), name="nomination"),
    path("<int:pk>/edit/", nominations.NominationUpdateView.as_view(), name="nomination_edit"),
    path("<int:pk>/submit/", nomination_acts.SubmitView.as_view(), name="nomination_submit"),
    path("<int:pk>/withdraw/", nomination_acts.WithdrawView.as_view(), name="nomination_withdraw"),
    path("<int:pk>/return/", nomination_acts.ReturnView.as_view(), name="nomination_return"),
    path("<int:pk>/approve/", nomination_acts.ApproveView.as_view(), name="nomination_approve"),
    path("<int:pk>/decline/", nomination_acts.DeclineView.as_view(), name="nomination_decline"),
    path("<int:pk>/drafts/<slug:part>.pdf", dossiers.DraftPaperView.as_view(), name="nomination_draft"),
    path("<int:pk>/papers/", dossiers.AttachView.as_view(), name="nomination_attach"),
    path("<int:pk>/papers/<int:paper_pk>/remove/", dossiers.DetachView.as_view(), name="nomination_detach"),
]
recipient_urls = [
    path("", recipients.RecipientListView.as_view(), name="recipients"),
    path("<int:pk>/", recipients.RecipientDetailView.as_view(), name="recipient"),
    path("<int:pk>/edit/", recipients.RecipientUpdateView.as_view(), name="recipient_edit"),
    path("<int:pk>/merge/", recipients.MergeView.as_view(), name="recipient_merge"),
    path("<int:pk>/merged/<int:merge_pk>/undo/", recipients.UnmergeView.as_view(), name="recipient_unmerge"),
]
urlpatterns = [
    path("nominations/", include(nomination_urls)),
    path("recipients/", include(recipient_urls)),
    path("examinations/", examinations.ExaminationListView.as_view(), name="examinations"),
    path("examinations/<int:pk>/", examinations.ExaminationDetailView.as_view(), name="examination"),
    path(
        "examinations/<int:pk>/papers/", examinations.AttachMinutesView.as_view(), name="examination_attach"
    ),
    path("examinations/<int:pk>/minutes.pdf", examinations.MinutesView.as_view(), name="minutes"),
    path("", lists.DecisionListView.as_view(), name="list"),
    re_path(r"^export/(?P<kind>csv|xlsx)/$", lists.DecisionExportView.as_view(), name="export"),
    path("new/", drafts.DecisionCreateView.as_view(), name="create"),
    path("catalogue/", catalogue.CatalogueView.as_view(), name="catalogue"),
    path("catalogue/add/", catalogue.CatalogueCreateView.as_view(), name="catalogue_add"),
    path("catalogue/<int:pk>/", catalogue.CatalogueUpdateView.as_view(), name="catalogue_edit"),
    path("catalogue/<int:pk>/successor/", catalogue.SuccessorView.as_view(), name="catalogue_successor"),
    path("candidates/", lists.CandidateListView.as_view(), name="candidates"),
    path("", include("awards.certificates.urls")),
    path("<int:pk>/", acts.DecisionDetailView.as_view(), name="detail"),
    path("<int:pk>/edit/", drafts.DecisionUpdateView.as_view(), name="edit"),
    path("<int:pk>/discard/", drafts.DiscardView.as_view(), name="discard"),
    path("<int:pk>/issue/", acts.IssueView.as_view(), name="issue"),
    path("<int:pk>/correct/", acts.CorrectView.as_view(), name="correct"),
    path("<int:pk>/revoke/", acts.RevokeView.as_view(), name="revoke"),
    path("<int:pk>/awards/<int:award_pk>/", drafts.AwardUpdateView.as_view(), name="award_edit"),
    path("<int:pk>/awards/<int:award_pk>/remove/", drafts.AwardRemoveView.as_view(), name="award_remove"),
]
