"""``manage.py verify_year [YEAR]``: prove that closed years are as they were sealed."""

from django.core.management.base import BaseCommand, CommandError

from mobilization.statistics import verifying
from mobilization.units.models import Unit


class Command(BaseCommand):
    """Recompute hash and chain of the seals, and compare every stored figure with the sealed one."""

    help = "Proves that closed years are as they were sealed: hashes, chain, every stored figure."

    def add_arguments(self, parser) -> None:
        """The year is optional."""
        parser.add_argument("year", nargs="?", type=int, metavar="YEAR")

    def handle(self, *args, year: int | None, **options) -> None:
        """Print one line per year, and what is wrong below it. Raises ``CommandError`` where anything is."""
        broken = seen = 0
        for city in Unit.objects.cities():
            for found, problems in sorted(verifying.problems_of(city, year).items()):
                seen += 1
                broken += bool(problems)
                self.stdout.write(f"{city.full_name} {found}: {'BROKEN' if problems else 'as sealed'}")
                for problem in problems:
                    self.stdout.write(f"  {problem}")
        if broken:
            raise CommandError(f"{broken} of {seen} closed years are not as they were sealed.")
        if not seen:
            self.stdout.write("No year is closed." if year is None else f"{year} is not closed.")
