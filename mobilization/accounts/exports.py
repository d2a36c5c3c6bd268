"""The list of accounts as a file: every filtered row, a line for each position in force."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from mobilization.accounts.querysets import UserQuerySet
from mobilization.core.exports import stream_csv


def accounts_csv(users: UserQuerySet) -> StreamingHttpResponse:
    """Answer the accounts as CSV, sorted by given name."""
    header = [_("Full name"), _("E-mail address"), _("Role"), _("Unit"), _("From"), _("Until"), _("Account")]
    return stream_csv("accounts.csv", header, _rows(users.with_positions_in_force()))


def _rows(users: UserQuerySet) -> Iterator[list]:
    for user in users.iterator(chunk_size=500):
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
