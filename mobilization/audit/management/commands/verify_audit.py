"""Proves that nothing in the audit log was changed, added or taken away since it was sealed."""

from django.core.management.base import BaseCommand, CommandError

from mobilization.audit.seals import seal_finished_blocks, verify


class Command(BaseCommand):
    help = "Compute every hash of the audit log again and say where it breaks. Note the last hash elsewhere."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--seal", action="store_true", help="seal what is finished first")
        parser.add_argument("--head", help="a last hash noted earlier; it must still be in the chain")

    def handle(self, *args, **options) -> None:
        if options["seal"]:
            self.stdout.write(f"{seal_finished_blocks()} blocks sealed now")
        result = verify(known_hash=options["head"] or "")
        self.stdout.write(
            f"{result.entries} entries in {result.seals} seals, {result.unsealed} not yet sealed"
        )
        self.stdout.write(f"last hash: {result.head or 'none'}")
        if result.breaks:
            raise CommandError("\n".join(["the log is broken:", *result.breaks]))
        self.stdout.write(self.style.SUCCESS("the log is whole"))
