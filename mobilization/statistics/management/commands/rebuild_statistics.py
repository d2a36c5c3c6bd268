"""``manage.py rebuild_statistics [YEAR …]``: compute the figures at once, without a worker."""

from django.core.management.base import BaseCommand, CommandError

from mobilization.core.errors import DomainError
from mobilization.statistics import services
from mobilization.statistics.states import Why
from mobilization.units.models import Unit


class Command(BaseCommand):
    """Compute the years given; without any, all that have records and are not final."""

    help = "Computes the figures of the years given, or of all years that are not final."

    def add_arguments(self, parser) -> None:
        """Years are optional."""
        parser.add_argument("years", nargs="*", type=int, metavar="YEAR")

    def handle(self, *args, years: list[int], **options) -> None:
        """Print one line per year and city. Raises ``CommandError`` where a year is closed or no units are loaded."""
        cities = list(Unit.objects.in_force().cities())
        if not cities:
            raise CommandError("No city is loaded; run load_units first.")
        for city in cities:
            for year in years or services.open_years(city):
                try:
                    status = services.rebuild_year(year, city=city, why=Why.COMMAND)
                except DomainError as refusal:
                    raise CommandError(str(refusal)) from None
                seconds = status.duration.total_seconds()
                self.stdout.write(
                    f"{city.full_name} {year}: {status.figures} figures, {status.changed} changed, {seconds:.2f} s"
                )
