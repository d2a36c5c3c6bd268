from django.urls import path

from mobilization.statistics import views

app_name = "statistics"

urlpatterns = [
    path("", views.ManageView.as_view(), name="manage"),
    path("<int:year>/rebuild/", views.RebuildView.as_view(), name="rebuild"),
    path("<int:year>/reconcile/", views.ReconcileView.as_view(), name="reconcile"),
    path("adjustments/<int:pk>/explain/", views.ExplainView.as_view(), name="explain"),
    path("<int:year>/close/", views.CloseView.as_view(), name="close"),
    path("<int:year>/closed/", views.ClosedView.as_view(), name="closed"),
    path("runs/", views.RunListView.as_view(), name="runs"),
    path("reconciliations/<int:pk>/", views.ReconciliationView.as_view(), name="reconciliation"),
    path("corrections/", views.CorrectionListView.as_view(), name="corrections"),
    path("corrections/new/", views.CorrectionAskView.as_view(), name="correction_new"),
    path("corrections/<int:pk>/", views.CorrectionView.as_view(), name="correction"),
    path("corrections/<int:pk>/<str:act>/", views.CorrectionDecideView.as_view(), name="correction_decide"),
]
