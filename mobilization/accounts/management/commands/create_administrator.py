"""The first administrator of a portal: makes the account and prints the link that sets its password."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from mobilization.accounts.models import User
from mobilization.accounts.notices import one_time_link
from mobilization.accounts.querysets import normalise_email
from mobilization.accounts.states import Role
from mobilization.accounts.transitions import grant_position, save_account
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.units.models import Unit
from mobilization.units.querysets import AmbiguousUnit, UnknownUnit

JOB = "create_administrator"


class Command(BaseCommand):
    """Also the way back in when the last administrator is gone: an account that exists gets the position and a link."""

    help = "Makes an administrator and prints a one-time link to set the password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take address and name, and the city where there are several."""
        parser.add_argument("email")
        parser.add_argument("name", nargs="+")
        parser.add_argument("--city", default="", help="code or name of the city, where there are several")

    def handle(self, *, email: str, name: list[str], city: str, **options: object) -> None:
        """Make the account, or take the one of this address; print the link."""
        try:
            validate_email(email)
            user = self._administrator(normalise_email(email), " ".join(name), self._city(city))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except DomainError as refused:
            raise CommandError(str(refused)) from refused
        days = settings.PASSWORD_RESET_TIMEOUT // 86_400
        self.stdout.write(f"{user.full_name} <{user.email}>")
        self.stdout.write(f"Link to set the password (once, within {days} days):")
        self.stdout.write(one_time_link(user))

    @transaction.atomic
    def _administrator(self, email: str, name: str, city: Unit) -> User:
        user = User.objects.by_email(email).first()
        if user is None:
            user = User(email=email)
            user.set_full_name(name)
            user.set_unusable_password()
            save_account(user)
            log.record("account.create", actor=None, target=user, unit=city, data={"job": JOB})
        if not user.is_active:
            raise DomainError("This account is closed; another administrator opens it.")
        if not any(p.role == Role.ADMINISTRATOR for p in user.positions_in_force()):
            grant_position(user, role=Role.ADMINISTRATOR, unit=city, actor=None)
        return user

    def _city(self, text: str) -> Unit:
        cities = Unit.objects.cities().in_force()
        if text:
            try:
                return cities.resolve(text)
            except (UnknownUnit, AmbiguousUnit) as error:
                raise CommandError(str(error)) from error
        found = list(cities[:2])
        if len(found) != 1:
            raise CommandError("Load the units first (load_units), or name the city with --city.")
        return found[0]
