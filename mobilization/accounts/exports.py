"""The list of accounts as a file: every filtered row, a line for each position in force."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mobilization.accounts.querysets import UserQuerySet


def header() -> list[str]:
    """Return the headings, in the language of the page."""
    return [_("Full name"), _("E-mail address"), _("Role"), _("Unit"), _("From"), _("Until"), _("Account")]


def rows(users: UserQuerySet) -> Iterator[list]:
    """Yield a row for each position in force, one without a position for whoever holds none."""
    for user in users.with_positions_in_force().iterator(chunk_size=500):
        for position in user.shown_positions or [None]:
            yield [
                user.full_name,
                user.email,
                position.get_role_display() if position else "",
                position.unit.full_name if position else "",
                position.valid_from if position else None,
                position.valid_to if position else None,
                user.state_label,
            ]
