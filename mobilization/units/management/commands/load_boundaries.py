"""Loads the boundaries of a city's units from a GeoJSON file, so that pages show a real map instead of tiles."""

import datetime
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from mobilization.units.models import Unit
from mobilization.units.outlines import OutlinesRefused, load_outlines, read_outlines

NAMED, SAID = 5, 20


class Command(BaseCommand):
    help = (
        "Load boundaries of units (GeoJSON in WGS 84, a polygon for each unit, its code as text); all or nothing. "
        "Those known of the same units are replaced."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--city", default="", help="code of the city or province; needed where there are several"
        )
        parser.add_argument("--on", type=datetime.date.fromisoformat, help="whose units: YYYY-MM-DD; today")
        parser.add_argument("--property", default="code", help="the property that holds a unit's code")
        parser.add_argument(
            "--source", default="", help="where the file is from, shown under the map; its name"
        )
        parser.add_argument("--actor", help="e-mail address of the account to be named in the audit log")

    def handle(self, *args, **options) -> None:
        file = options["file"]
        try:
            outlines = read_outlines(file, options["property"])
            kept, bare = load_outlines(
                outlines,
                city=self._city(options["city"]),
                source=options["source"] or file.name,
                actor=self._actor(options["actor"]),
                on=options["on"],
            )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except OutlinesRefused as refusal:
            more = [f"… and {len(refusal.problems) - SAID} more"] if len(refusal.problems) > SAID else []
            said = ["nothing was loaded:", *refusal.problems[:SAID], *more]
            raise CommandError("\n".join(said)) from refusal
        if options["verbosity"] == 0:
            return
        self.stdout.write(f"boundaries: {kept} loaded")
        if bare:
            names = ", ".join(unit.full_name for unit in bare[:NAMED])
            self.stdout.write(f"without: {len(bare)} ({names}{', …' if len(bare) > NAMED else ''})")

    def _city(self, code: str) -> Unit:
        cities = Unit.objects.in_force().cities()
        found = list(cities.filter(code=code) if code else cities)
        if len(found) != 1:
            raise CommandError("--city: the code of one city in force")
        return found[0]

    def _actor(self, email: str | None):
        if not email:
            return None
        users = get_user_model().objects
        try:
            return users.get_by_natural_key(email)
        except users.model.DoesNotExist:
            raise CommandError(f"no account has the address {email}") from None
