"""``load_demo``: the demonstration data, once."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mobilization.accounts.models import User
from mobilization.demonstration.loading import is_loaded, load


class Command(BaseCommand):
    help = "Loads the demonstration data into an empty portal; DEMO_PASSWORD is the password of all its accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say that it is there; refuse a portal that is in use."""
        if is_loaded():
            self.stdout.write("The demonstration data is there already.")
            return
        # All its accounts, those of the city too, have one password that anybody may know.
        if not settings.DEMONSTRATION:
            raise CommandError(
                "Only for a demonstration: DEMONSTRATION=on marks each page of the portal as one."
            )
        if User.objects.exists():
            raise CommandError("This portal has accounts already; a demonstration begins empty.")
        password = os.environ.get("DEMO_PASSWORD")
        if not password:
            raise CommandError("Give the password of the demonstration's accounts in DEMO_PASSWORD.")
        load(password, self.stdout.write if options["verbosity"] else lambda _words: None)
