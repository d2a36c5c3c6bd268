"""What is written beside a registration: notes, and what was found on site, with its files."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.appraisal.querysets import NoteQuerySet
from mobilization.appraisal.states import Visibility
from mobilization.core.files import StoredFile
from mobilization.core.validators import validate_plausible_date, validate_text
from models_registry.models import Registration


class Note(models.Model):
    """A note on a registration. It is written once; its author may take it away."""

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="notes", verbose_name=_("registration")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    visibility = models.CharField(_("who reads it"), max_length=20, choices=Visibility)
    text = models.TextField(_("note"), max_length=2000, validators=[validate_text])
    written_at = models.DateTimeField(_("written on"), default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.CheckConstraint(
                name="appraisal_note_words", condition=Q(visibility__in=Visibility.values) & ~Q(text="")
            )
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.text[:60]


class Survey(models.Model):
    """A survey on site: when, by whom, what was found. Never changed; what was missed is a further survey."""

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="surveys", verbose_name=_("registration")
    )
    held_on = models.DateField(_("day of the survey"), validators=[validate_plausible_date])
    members = models.TextField(
        _("who took part"),
        max_length=1000,
        validators=[validate_text],
        help_text=_("One name a line, with the post."),
    )
    findings = models.TextField(_("findings"), max_length=4000, validators=[validate_text])
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written on"), default=timezone.now)

    class Meta:
        verbose_name = _("survey on site")
        verbose_name_plural = _("surveys on site")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="appraisal_survey_says", condition=~Q(members="") & ~Q(findings=""))
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.registration}, {self.held_on:%d/%m/%Y}"


class SurveyFile(StoredFile):
    """A picture or the minutes of a survey: for those who read the survey, never public, kept as it is."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="files", verbose_name=_("survey on site"))

    class Meta:
        verbose_name = _("file of a survey")
        verbose_name_plural = _("files of surveys")
        ordering = ["pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
