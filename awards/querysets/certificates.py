"""Questions to certificate templates and to the register of certificates handed out."""

import datetime

from django.db.models import Q, QuerySet


class CertificateTemplateQuerySet(QuerySet):
    """Questions to templates."""

    def for_form(self, form_code: str, on: datetime.date) -> "CertificateTemplateQuerySet":
        """Templates for a form in a decision signed on ``on``, the one that holds first."""
        of_form = self.filter(form_code__in=[form_code, ""]).filter(Q(valid_to=None) | Q(valid_to__gt=on))
        return of_form.filter(valid_from__lte=on).order_by("-form_code", "-valid_from")


class HandoverQuerySet(QuerySet):
    """Questions to the register."""

    def standing(self) -> "HandoverQuerySet":
        """What was handed out and not taken back."""
        return self.filter(undone_at=None)
