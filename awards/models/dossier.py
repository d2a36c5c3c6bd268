"""The signed papers of nominations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models.nomination import Nomination
from awards.querysets.nominations import DossierFileQuerySet
from awards.states import DossierPart
from mobilization.core.files import StoredFile

MAX_FILES = 20
"""A nomination carries at most this many files; the size of each is bounded by ``core.files``."""


class DossierFile(StoredFile):
    """One file; a submission letter or minutes may cover many nominations. Served after the check of one of them."""

    part = models.CharField(_("Paper"), max_length=10, choices=DossierPart)
    nominations = models.ManyToManyField(Nomination, related_name="files", verbose_name=_("Nominations"))

    objects = DossierFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("Paper of a dossier")
        verbose_name_plural = _("Papers of dossiers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(part__in=DossierPart.values), name="dossier_part_known")
        ]
