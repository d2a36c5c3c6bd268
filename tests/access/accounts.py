"""Signing in, the own account, accounts and positions, and what machines ask."""

from mobilization.accounts.models import SavedFilter
from tests.access import VISITORS, WITH_POSITION, Row, post_only, public, signed_in, staff

OVERSIGHT = "administrator auditor"


def account(world):
    return {"pk": world.users["official"].pk}


def position(world):
    return {"pk": world.users["official"].positions.get().pk}


def saved_filter(world):
    person = world.users["official"]
    page = {"person": person, "page": "models_registry:list", "query": "year=2026"}
    return {"pk": SavedFilter.objects.create(name=f"{person.saved_filters.count()}", **page).pk}


def key(_world):
    return {"pk": 1}


CORE = [
    public("healthz"),
    public("readyz"),
]

SIGN_IN = [
    Row("account_signup", dict.fromkeys(VISITORS, "redirect") | {"anonymous": "200"}),
    public("account_inactive"),
    public("account_reset_password"),
    public("account_reset_password_done"),
    public("account_reset_password_from_key_done"),
    public("account_reset_password_from_key", lambda _world: {"uidb36": "1", "key": "worthless"}),
    Row("account_login", dict.fromkeys(VISITORS, "redirect") | {"anonymous": "200"}),
    Row("account_logout", dict.fromkeys(VISITORS, "200") | {"anonymous": "redirect"}),
    signed_in("account_reauthenticate"),
    signed_in("account_change_password"),
    signed_in("account_set_password", answer="redirect"),
]
# Of these users nobody has a second factor; to set one up the password is asked again.
SECOND_FACTOR = [
    signed_in("mfa_index"),
    signed_in("mfa_list_webauthn"),
    *(
        signed_in(f"mfa_{name}", answer="redirect")
        for name in (
            *("authenticate", "login_webauthn", "reauthenticate", "reauthenticate_webauthn"),
            *("activate_totp", "add_webauthn", "generate_recovery_codes"),
        )
    ),
    *(
        signed_in(f"mfa_{name}", answer="404")
        for name in ("deactivate_totp", "view_recovery_codes", "download_recovery_codes")
    ),
    signed_in("mfa_edit_webauthn", key, "redirect"),
    signed_in("mfa_remove_webauthn", key, "redirect"),
]

ACCOUNTS = [
    signed_in("accounts:profile"),
    signed_in("accounts:second_factor", answer="redirect"),
    Row(
        "accounts:no_position",
        dict.fromkeys(WITH_POSITION, "redirect") | {"anonymous": "login", "no_position": "200"},
    ),
    staff("accounts:filters", "all", query="?page=models_registry:list"),
    post_only("accounts:save_filter", "all", body={"page": "units:list"}),
    post_only("accounts:choose_columns", "all", body={"page": "units:list"}),
    post_only("accounts:rename_filter", "official", saved_filter),
    post_only("accounts:remove_filter", "official", saved_filter),
    post_only("accounts:start_filter", "official", saved_filter),
    staff("accounts:list", OVERSIGHT),
    staff("accounts:invite", "administrator"),
    staff("accounts:reorganise", "administrator"),
    post_only("accounts:apply_reorganisation", "administrator"),
    staff("accounts:detail", OVERSIGHT, account),
    staff("accounts:edit", "administrator", account),
    staff("accounts:grant", "administrator", account),
    staff("accounts:end_position", "administrator", position),
    post_only("accounts:invite_again", "administrator", account),
    post_only("accounts:deactivate", "administrator", account),
    post_only("accounts:reactivate", "administrator", account),
    post_only("accounts:reset_second_factor", "administrator", account),
]

ROWS = [*CORE, *SIGN_IN, *SECOND_FACTOR, *ACCOUNTS]
