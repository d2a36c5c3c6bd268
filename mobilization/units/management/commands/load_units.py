"""Loads units and their successions from two CSV files, those of Hanoi that the portal ships unless told otherwise."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from mobilization.units.plan_files import read_plan_files
from mobilization.units.plans import PlanRefused
from mobilization.units.services import reorganise

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "hanoi"


class Command(BaseCommand):
    help = (
        "Load units and successions; what is known already stays as it is. Another province loads beside it."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--units", type=Path, help="units.csv; without it, Hanoi's, as shipped")
        parser.add_argument("--successions", type=Path, help="successions.csv of the same province")
        parser.add_argument("--actor", help="e-mail address of the account to be named in the audit log")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args, **options) -> None:
        units, successions = options["units"], options["successions"]
        if successions and not units:
            raise CommandError("--successions needs --units")
        if not units:
            units, successions = SHIPPED / "units.csv", SHIPPED / "successions.csv"
        try:
            plan = read_plan_files(units, successions)
            report = reorganise(
                plan, actor=self._actor(options["actor"]), dry_run=options["dry_run"], job="load_units"
            )
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except PlanRefused as refusal:
            raise CommandError("\n".join(["nothing was loaded:", *map(str, refusal.problems)])) from refusal
        if options["verbosity"] == 0:
            return
        changed = len({unit.pk for unit in report.closed} | {unit.pk for unit, _values in report.amended})
        self.stdout.write(
            f"units: {len(report.opened)} added, {changed} changed, {report.unchanged} unchanged"
        )
        self.stdout.write(
            f"successions: {len(report.linked)} added, {len(report.relinked)} changed, "
            f"{report.links_unchanged} unchanged"
        )

    def _actor(self, email: str | None):
        if not email:
            return None
        users = get_user_model().objects
        try:
            return users.get_by_natural_key(email)
        except users.model.DoesNotExist:
            raise CommandError(f"no account has the address {email}") from None
