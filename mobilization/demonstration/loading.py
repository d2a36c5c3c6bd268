"""Make the demonstration, whole or not at all."""

from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from awards.models import Award, Decision
from dialogues.models import Dialogue, Opinion
from mobilization.accounts.models import User
from mobilization.audit import log
from mobilization.core import planner
from mobilization.demonstration import (
    awards,
    campaigns,
    deciding,
    dialogues,
    files,
    nominations,
    people,
    registrations,
)
from mobilization.demonstration.world import A_YEAR, World
from mobilization.statistics.services import rebuild_year
from mobilization.units.models import Succession, Unit
from models_registry.models import Recognition, Registration, ReviewStep

REGISTER = Path(__file__).resolve().parents[2] / "awards" / "data" / "soc_son_2021_2024.xlsx"
CITY_CODE = "01"
Say = Callable[[str], None]


def is_loaded() -> bool:
    """Tell whether the demonstration is there already."""
    return User.objects.filter(email=people.address("quantri")).exists()


def load(password: str, say: Say, *, a_year: int = A_YEAR) -> None:
    """Make units, people, campaigns, registers, registrations, dialogues, awards and figures, in one transaction.

    ``password`` is the one of all accounts; ``say`` hears what was made; ``a_year`` registrations are generated for
    each year.
    """
    with transaction.atomic():
        if not Unit.objects.exists():
            call_command("load_units", verbosity=0)
        world = World(city=Unit.objects.get(code=CITY_CODE, valid_to=None), a_year=a_year)
        people.make(world, password)
        made = campaigns.make(world)
        call_command("load_register", str(REGISTER), actor=people.address("thanhpho"), verbosity=0)
        say("The register of Sóc Sơn 2021–2024 is loaded.")
        say(f"{registrations.make(world, made)} registrations.")
        say(f"{dialogues.make(world)} dialogues.")
        say(f"{files.make(world)} files.")
        say(f"{awards.make(world)} awards.")
        say(f"{nominations.make(world)} nominations.")
        say(f"{deciding.make(world)} decisions wait to be announced.")
        log.record("demonstration.load", actor=world.people["quantri"], target=None, unit=world.city)
        planner.refresh(
            Registration, Recognition, ReviewStep, Dialogue, Opinion, Decision, Award, Unit, Succession
        )
        for year in campaigns.YEARS:
            rebuild_year(year, city=world.city, actor=world.people["thanhpho"])
        say(f"The figures of {campaigns.YEARS[0]}–{campaigns.YEARS[-1]} are computed.")
