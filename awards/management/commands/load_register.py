"""Load an old register (workbook with the sheets Mô hình, Đối thoại, Khen thưởng), or take one out again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from awards.models import RegisterBatch
from awards.register.loading import load
from awards.register.undoing import undo
from mobilization.accounts.models import User
from mobilization.core.errors import DomainError

SHOWN = 200


class Command(BaseCommand):
    """``load_register FILE.xlsx --actor EMAIL`` or ``load_register --undo BATCH --actor EMAIL``."""

    help = (
        "Loads a register: all of it or nothing. Answers how many rows of each sheet were read, loaded and refused, "
        "and every refused cell. The batch it names can be taken out again with --undo while nobody worked with it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """File or batch, and in whose name."""
        parser.add_argument("file", nargs="?", help="the workbook (.xlsx)")
        parser.add_argument(
            "--actor",
            required=True,
            metavar="EMAIL",
            help="the account of city staff in whose name it is loaded",
        )
        parser.add_argument("--undo", type=int, metavar="BATCH", help="take this batch out again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one of the two; a refusal ends with exit code 1 and nothing changed."""
        if bool(options["file"]) == bool(options["undo"]):
            raise CommandError("Name a workbook, or a batch to undo with --undo.")
        actor = self._actor(options["actor"])
        try:
            if options["undo"]:
                self._undo(options["undo"], actor)
            else:
                self._load(options["file"], actor, quiet=options["verbosity"] == 0)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    @staticmethod
    def _actor(email: str) -> User:
        try:
            actor = User.objects.active().by_email(email).get()
        except User.DoesNotExist:
            raise CommandError(f"No active account has the address {email}.") from None
        if not actor.has_perm("awards.load_register"):
            raise CommandError(f"{email} holds no position as city staff today; only those load registers.")
        return actor

    def _load(self, path: str, actor: User, *, quiet: bool) -> None:
        report = load(path, actor=actor)
        if not quiet or not report.ok:
            self.stdout.write(report.as_table())
        for refusal in report.refusals[:SHOWN]:
            self.stdout.write(str(refusal))
        if len(report.refusals) > SHOWN:
            self.stdout.write(f"… {len(report.refusals) - SHOWN} more")
        if not report.ok:
            raise CommandError(f"Nothing was loaded: {len(report.refusals)} refusals.")
        if not quiet:
            self.stdout.write(f"Batch {report.batch.pk}.")

    def _undo(self, pk: int, actor: User) -> None:
        batch = RegisterBatch.objects.filter(pk=pk).first()
        if batch is None:
            raise CommandError(f"There is no batch {pk}.")
        for sheet, count in undo(batch, actor=actor).items():
            self.stdout.write(f"{sheet}: {count}")
