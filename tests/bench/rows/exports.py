"""Exports beside the bare writer, given the same rows by the same database."""

import tempfile
from collections.abc import Iterator

import xlsxwriter
from django.db import connection, transaction
from django.test import Client

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from models_registry.exports import header
from tests.bench.pages import page
from tests.bench.runner import Row

ROUNDS = 3
ROWS = """
    SELECT registration.year, model.code, unit.code, unit.full_name, registration.title, registration.kind,
        registration.subject, registration.registrant, registration.place, registration.field, registration.level,
        registration.novelty, registration.state, to_char(registration.submitted_at, 'DD/MM/YYYY HH24:MI'),
        CASE WHEN registration.late THEN 'yes' ELSE '' END, CASE WHEN registration.exemplary THEN 'yes' ELSE '' END,
        registration.outcome
    FROM models_registry_registration registration
    JOIN models_registry_skilledmodel model ON model.id = registration.model_id
    JOIN units_unit unit ON unit.id = registration.unit_id
    WHERE submitted_at IS NOT NULL ORDER BY registration.year DESC, registration.id DESC
"""


def rows() -> Iterator[Row]:
    """Every row that city staff see, as a workbook."""
    client = Client()
    staff = User.objects.filter(positions__role=Role.CITY_STAFF)[0]
    client.force_login(staff)
    yield Row(
        "export of all registrations, xlsx",
        page("/desk/registrations/?export=xlsx", client),
        _bare_workbook,
        "bare constant-memory writer",
        "cost",
        1.5,
        rounds=ROUNDS,
    )


def _fetched() -> Iterator[tuple]:
    """The rows through a cursor of the server, as the portal reads them too."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        yield from cursor


def _bare_workbook() -> None:
    with (
        tempfile.TemporaryFile() as output,
        xlsxwriter.Workbook(output, {"constant_memory": True}) as workbook,
    ):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, header())
        for number, row in enumerate(_fetched(), start=1):
            sheet.write_row(number, 0, row)
