"""Which measures are told together: models, dialogues, awards. Pages, workbooks and papers take their order from here."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mobilization.statistics.measures import MEASURES
from mobilization.statistics.measuring import Measure
from mobilization.statistics.states import Dimension


class About(TextChoices):
    """What a page of figures is about."""

    MODELS = "models", _("Models")
    DIALOGUES = "dialogues", _("Dialogues")
    AWARDS = "awards", _("Awards")


@dataclass(frozen=True)
class Group:
    """Measures that are drawn together. ``nested``: each is a part of the one before; otherwise they add up."""

    code: str
    label: Any
    codes: tuple[str, ...]
    nested: bool


@dataclass(frozen=True)
class Theme:
    """One of the three: what stands at the top, in the table of units, in the charts."""

    about: About
    headlines: tuple[str, ...]
    columns: tuple[str, ...]
    steps: Group
    whole: str
    """The step that all steps are parts of; empty where they add up to the whole."""
    series: tuple[Group, ...]
    by: tuple[Dimension, ...]
    """The breakdowns that are drawn; the first measures of ``shown_by`` in each."""
    shown_by: tuple[str, ...]
    more: tuple[Dimension, ...] = ()
    """Further breakdowns, as tables only."""

    @property
    def measures(self) -> list[Measure]:
        """The measures of the table of units, in its order."""
        return [MEASURES[code] for code in self.columns]


OPINIONS = (
    "opinions_answered_on_spot",
    "opinions_resolved",
    "opinions_in_progress",
    "opinions_outside_competence",
)
AWARDS = ("awards_collective", "awards_individual", "awards_household")

THEMES: dict[str, Theme] = {
    theme.about: theme
    for theme in (
        Theme(
            About.MODELS,
            headlines=(
                *("registered", "accepted", "reported", "recognised"),
                *("exemplary", "replicated", "ended", "models_awarded"),
            ),
            columns=(
                *("registered", "registered_new", "registered_maintained", "accepted", "reported"),
                *("recognised", "exemplary", "models_awarded"),
            ),
            steps=Group(
                "steps",
                _("From registration to award"),
                ("registered", "accepted", "reported", "recognised", "exemplary", "models_awarded"),
                nested=True,
            ),
            whole="registered",
            series=(
                Group(
                    "models",
                    _("Models over the years"),
                    ("registered", "recognised", "exemplary"),
                    nested=True,
                ),
            ),
            by=(Dimension.FIELD, Dimension.LEVEL),
            shown_by=("registered", "recognised", "exemplary"),
            more=(Dimension.KIND, Dimension.SUBJECT),
        ),
        Theme(
            About.DIALOGUES,
            headlines=(
                *("dialogues_periodic", "dialogues_ad_hoc", "dialogue_participants", "opinions_received"),
                *(
                    "opinions_answered_on_spot",
                    "opinions_resolved",
                    "opinions_in_progress",
                    "opinions_overdue",
                ),
            ),
            columns=(
                *("dialogues_periodic", "dialogues_ad_hoc", "dialogue_participants", "opinions_received"),
                *(*OPINIONS, "opinions_overdue"),
            ),
            steps=Group(
                "steps", _("What became of the opinions"), ("opinions_received", *OPINIONS), nested=False
            ),
            whole="opinions_received",
            series=(
                Group(
                    "dialogues",
                    _("Dialogues over the years"),
                    ("dialogues_periodic", "dialogues_ad_hoc"),
                    nested=False,
                ),
                Group("opinions", _("Opinions over the years"), OPINIONS, nested=False),
            ),
            by=(),
            shown_by=(),
        ),
        Theme(
            About.AWARDS,
            headlines=(*AWARDS, "models_awarded"),
            columns=(*AWARDS, "models_awarded"),
            steps=Group("steps", _("Who was rewarded"), AWARDS, nested=False),
            whole="",
            series=(Group("awards", _("Awards over the years"), AWARDS, nested=False),),
            by=(Dimension.TIER,),
            shown_by=AWARDS,
        ),
    )
}
"""What a page is about → what it shows."""


def theme_of(code: str) -> Theme:
    """Return the theme in whose table of units the measure stands; that of models for one that stands in none."""
    return next((theme for theme in THEMES.values() if code in theme.columns), THEMES[About.MODELS])
