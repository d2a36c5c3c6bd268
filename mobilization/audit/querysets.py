"""Questions to the log."""

import datetime

from django.db.models import Model, QuerySet
from django.utils import timezone


def target_key(target: Model) -> tuple[str, str]:
    """Return how the log names a record: (``app_label.model_name``, primary key as text)."""
    return target._meta.label_lower, str(target.pk)


class AuditEntryQuerySet(QuerySet):
    """Entries, asked in the auditor's words."""

    def of(self, target: Model) -> "AuditEntryQuerySet":
        """Everything done to one record, oldest first: its timeline."""
        model, key = target_key(target)
        return self.filter(target_model=model, target_id=key).order_by("id")

    def of_units(self, units) -> "AuditEntryQuerySet":
        """Everything that concerns any of ``units`` (a queryset or list)."""
        return self.filter(unit__in=units)

    def of_act(self, act: str) -> "AuditEntryQuerySet":
        """One act (``registration.accept``), or all of a noun (``registration``)."""
        return self.filter(act=act) if "." in act else self.filter(act__startswith=f"{act}.")

    def between(self, first: datetime.date | None, last: datetime.date | None) -> "AuditEntryQuerySet":
        """Entries from the first to the last day, both included; an empty end is open."""
        entries = self
        if first:
            entries = entries.filter(at__gte=_midnight(first))
        if last:
            entries = entries.filter(at__lt=_midnight(last + datetime.timedelta(days=1)))
        return entries

    def visible_to(self, user) -> "AuditEntryQuerySet":
        """What ``user`` may read: all with ``audit.view_all_entries``, else that of the units they audit.

        The user object answers both, through ``has_perm`` and ``units_for(perm)``; this app knows no roles.
        """
        if user.has_perm("audit.view_all_entries"):
            return self
        if user.has_perm("audit.view_entries"):
            return self.filter(unit__in=user.units_for("audit.view_entries"))
        return self.none()


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(
        datetime.datetime.combine(day, datetime.time.min), timezone.get_default_timezone()
    )
