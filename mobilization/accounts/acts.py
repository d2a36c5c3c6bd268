"""What the acts on accounts and positions read like in the log."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts

ACCOUNT_ACTS = {
    "account.create": _("Account made"),
    "account.invite": _("Invited"),
    "account.invite_again": _("Invited again"),
    "account.change": _("Account changed"),
    "account.deactivate": _("Account closed"),
    "account.reactivate": _("Account opened again"),
    "account.reset_second_factor": _("Second factor taken away"),
    "account.read": _("Account looked at"),
    "account.export": _("Accounts exported"),
}
POSITION_ACTS = {
    "position.grant": _("Position given"),
    "position.end": _("End of a position set"),
    "position.end_by_reorganisation": _("Position ended by a reorganisation"),
    "position.move": _("Position moved by a reorganisation"),
}
LIST_ACTS = {
    "list.save_filter": _("Filter of a list kept"),
    "list.rename_filter": _("Filter of a list renamed"),
    "list.remove_filter": _("Filter of a list removed"),
    "list.choose_start": _("Chosen what a list begins with"),
    "list.choose_columns": _("Columns of a list chosen"),
}
POSITION_PARTICULARS = {
    "position": _("Position (number)"),
    "role": _("Role"),
    "valid_from": _("From"),
    "valid_to": _("Until"),
}


def register() -> None:
    """Tell the log."""
    particulars = {"changed": _("Changed"), "removed": _("Number taken away")}
    acts.register("account", _("Accounts"), ACCOUNT_ACTS, particulars)
    acts.register("position", _("Positions"), POSITION_ACTS, POSITION_PARTICULARS)
    acts.register("list", _("Own lists"), LIST_ACTS, {"list": _("List")})
