"""Questions about what belongs to a registration: steps, recognitions, proposals, files."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from mobilization.units.models import Unit
from models_registry.states import Act, ProposalState, State

if TYPE_CHECKING:
    from mobilization.accounts.models import User


SHOWN_KINDS = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})
"""What can stand on a public page: pictures and PDFs."""


class OfRegistrationQuerySet(QuerySet):
    """Rows that belong to a registration and are seen by whoever sees it."""

    def visible_to(self, user: "User") -> "OfRegistrationQuerySet":
        """Return those of the registrations that ``user`` may read in the staff pages."""
        registrations = self.model._meta.get_field("registration").related_model.objects
        return self.filter(registration__in=registrations.visible_to(user))

    def of_published(self) -> "OfRegistrationQuerySet":
        """Return those of the registrations that anybody may read."""
        return self.filter(registration__state__in=State.PUBLIC)

    def of_year(self, year: int) -> "OfRegistrationQuerySet":
        """Return those of the registrations of a statistical year."""
        return self.filter(registration__year=year)

    def under(self, unit: Unit) -> "OfRegistrationQuerySet":
        """Return those of what was filed under ``unit`` or a unit below it."""
        return self.filter(registration__unit__in=Unit.objects.under(unit))


class ReviewStepQuerySet(OfRegistrationQuerySet):
    """Steps of the review."""

    def returns(self) -> "ReviewStepQuerySet":
        """Return the steps that sent something back to its unit."""
        return self.filter(act__in=Act.RETURNS)


class RecognitionQuerySet(OfRegistrationQuerySet):
    """Recognitions."""

    def at_level(self, level: str) -> "RecognitionQuerySet":
        """Return the recognitions at one level."""
        return self.filter(level=level)


class ProposalQuerySet(OfRegistrationQuerySet):
    """Proposals to the level above."""

    def pending(self) -> "ProposalQuerySet":
        """Return the proposals that are not decided yet."""
        return self.filter(state=ProposalState.PENDING)


class AttachmentQuerySet(OfRegistrationQuerySet):
    """Files of registrations."""

    def public(self) -> "AttachmentQuerySet":
        """Return the files that anybody may fetch: pictures and PDFs marked so, at a published registration."""
        return self.of_published().filter(is_public=True, content_type__in=sorted(SHOWN_KINDS))
