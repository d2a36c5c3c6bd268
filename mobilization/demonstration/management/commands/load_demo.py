"""``load_demo``: the demonstration data, once."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mobilization.demonstration.loading import is_loaded, load


class Command(BaseCommand):
    help = "Loads the demonstration data into an empty portal; DEMO_PASSWORD is the password of all its accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say that it is there."""
        if is_loaded():
            self.stdout.write("The demonstration data is there already.")
            return
        password = os.environ.get("DEMO_PASSWORD")
        if not password:
            raise CommandError("Give the password of the demonstration's accounts in DEMO_PASSWORD.")
        load(password, self.stdout.write if options["verbosity"] else lambda _words: None)
