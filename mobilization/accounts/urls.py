from django.urls import path

from mobilization.accounts.views import accounts, lists, own, own_lists, positions, reorganisation

app_name = "accounts"

urlpatterns = [
    path("", lists.AccountListView.as_view(), name="list"),
    path("invite/", accounts.InviteView.as_view(), name="invite"),
    path("reorganisation/", reorganisation.ReorganisationView.as_view(), name="reorganise"),
    path(
        "reorganisation/apply/", reorganisation.ReorganisationApplyView.as_view(), name="apply_reorganisation"
    ),
    path("profile/", own.ProfileView.as_view(), name="profile"),
    path("filters/", own_lists.FilterListView.as_view(), name="filters"),
    path("filters/save/", own_lists.SaveFilterView.as_view(), name="save_filter"),
    path("filters/columns/", own_lists.ChooseColumnsView.as_view(), name="choose_columns"),
    path("filters/<int:pk>/rename/", own_lists.RenameFilterView.as_view(), name="rename_filter"),
    path("filters/<int:pk>/remove/", own_lists.RemoveFilterView.as_view(), name="remove_filter"),
    path("filters/<int:pk>/start/", own_lists.StartFilterView.as_view(), name="start_filter"),
    path("no-position/", own.NoPositionView.as_view(), name="no_position"),
    path("second-factor/", own.SecondFactorView.as_view(), name="second_factor"),
    path("<int:pk>/", accounts.AccountDetailView.as_view(), name="detail"),
    path("<int:pk>/edit/", accounts.AccountEditView.as_view(), name="edit"),
    path("<int:pk>/invite-again/", accounts.InviteAgainView.as_view(), name="invite_again"),
    path("<int:pk>/deactivate/", accounts.DeactivateView.as_view(), name="deactivate"),
    path("<int:pk>/reactivate/", accounts.ReactivateView.as_view(), name="reactivate"),
    path(
        "<int:pk>/reset-second-factor/",
        accounts.ResetSecondFactorView.as_view(),
        name="reset_second_factor",
    ),
    path("<int:pk>/positions/new/", positions.PositionGrantView.as_view(), name="grant"),
    path("positions/<int:pk>/end/", positions.PositionEndView.as_view(), name="end_position"),
]
