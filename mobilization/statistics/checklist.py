"""What is still open in a year that is to be closed."""

import datetime
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialogues.duties import standings
from dialogues.models import Dialogue
from mobilization.statistics import marks
from mobilization.statistics.models import RebuildRun, Reconciliation, YearStatus
from mobilization.statistics.states import RunState
from mobilization.units.models import Unit
from models_registry.models import Campaign, Registration
from models_registry.states import State
from models_registry.targets import owed_by


@dataclass(frozen=True)
class Check:
    """One line of the list: how many things are open, and whether that forbids the closing."""

    code: str
    label: str | Promise
    number: int
    forbids: bool = False
    url: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether nothing is open."""
        return not self.number


def of_year(year: int, city: Unit) -> list[Check]:
    """Return every line, clean ones too.

    What is open can be left open with words of the leader; what ``forbids`` cannot. The number of statements does not
    depend on the number of units.
    """
    registrations = Registration.objects.of_year(year).filter(unit__path__startswith=city.path)
    dialogues = Dialogue.objects.of_year(year).under(city)
    rows = f"{reverse('models_registry:list')}?year={year}&state="
    return [
        Check(
            "not_over",
            _("The year is not over"),
            int(timezone.localdate() <= datetime.date(year, 12, 31)),
            forbids=True,
        ),
        Check(
            "stale",
            _("Figures are not up to date, or the last computation failed"),
            _stale(year, city),
            forbids=True,
        ),
        Check(
            "differences", _("Figures that differ from the records"), _differences(year, city), forbids=True
        ),
        Check(
            "returned",
            _("Returned, and not handed in again"),
            registrations.sent_back().count(),
            url=f"{rows}sent_back",
        ),
        Check(
            "undecided",
            _("Reported, and not decided"),
            registrations.filter(state=State.REPORTED).count(),
            url=f"{rows}reported",
        ),
        Check(
            "unreviewed",
            _("Submitted, and neither accepted nor declined"),
            registrations.filter(state=State.SUBMITTED).count(),
            url=f"{rows}submitted",
        ),
        Check(
            "unreported",
            _("Accepted, and without results"),
            registrations.to_report().count(),
            url=f"{rows}accepted",
        ),
        Check(
            "unpublished", _("Dialogues held, and not published"), dialogues.awaiting_publication().count()
        ),
        Check("owing", _("Units that registered less than they owe"), _owing(year, city)),
        Check(
            "owing_dialogues",
            _("Units that held fewer dialogues than they owe"),
            _owing_dialogues(year, city),
        ),
    ]


def _stale(year: int, city: Unit) -> int:
    status = YearStatus.objects.of_city(city).filter(year=year).first()
    run = RebuildRun.objects.of_city(city).filter(year=year).exclude(state=RunState.RUNNING).first()
    if status is None or (run is not None and run.state == RunState.FAILED):
        return 1
    return marks.number_of(year, city)


def _differences(year: int, city: Unit) -> int:
    last = Reconciliation.objects.of_city(city).filter(year=year).first()
    return last.differences if last else 0


def _owing(year: int, city: Unit) -> int:
    campaign = Campaign.objects.filter(city=city, year=year).first()
    if campaign is None:
        return 0
    last_day = datetime.date(year, 12, 31)
    units = list(Unit.objects.under(city).in_force(last_day).values_list("pk", "kind"))
    # What was filed under a unit that ended within the year is met by the unit that answers for it.
    filed = Registration.objects.of_year(year).registered().filter(unit__path__startswith=city.path)
    registered = dict(filed.order_by().values_list("unit__heir").annotate(number=Count("pk")))
    return sum(registered.get(pk, 0) < owed for pk, owed in owed_by(campaign, units).items())


def _owing_dialogues(year: int, city: Unit) -> int:
    return sum(bool(standing.missing) for standing in standings(Unit.objects.under(city), year))
