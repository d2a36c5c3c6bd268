"""Users and the positions they hold."""

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import rules
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.querysets import PositionQuerySet, UserManager, normalise_email
from mobilization.accounts.states import Role
from mobilization.core.search import folded_vector
from mobilization.core.statements import Statement
from mobilization.core.text import nfc, person_sort_key
from mobilization.core.validators import validate_text
from mobilization.units.models import Unit


class User(AbstractBaseUser):
    """Somebody who signs in by e-mail address. Of personal data it holds the name and this address, no more."""

    email = models.EmailField(
        _("e-mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("There is an account with this e-mail address already.")},
    )
    full_name = models.CharField(_("full name"), max_length=150, validators=[validate_text])
    sort_key = models.CharField(max_length=1024, db_collation="C", editable=False)
    language = models.CharField(_("language"), max_length=10, default="vi")
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)
    invited_at = models.DateTimeField(_("invited on"), null=True, blank=True, editable=False)
    search = folded_vector(full_name="A", email="B")

    objects = UserManager()
    at_hand: Mapping[str, Any] = MappingProxyType({})
    """What rooms above want to know of whoever is signed in, by name; see ``accounts.at_hand``."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["sort_key", "pk"]
        constraints = [
            # Together with the unique column: one account an address, whatever its case.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_user_email_is_lower"),
            models.CheckConstraint(
                condition=~Q(full_name="") & ~Q(sort_key=""), name="accounts_user_has_name_and_sort_key"
            ),
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="accounts_user_by_name")]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """Bring the address and the name into the form in which they are stored."""
        self.email = normalise_email(self.email)
        self.set_full_name(self.full_name)

    def get_full_name(self) -> str:
        """Return the name as it is written on documents."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name: the last word, as Vietnamese people are addressed."""
        return self.full_name.rsplit(" ", 1)[-1]

    def set_full_name(self, full_name: str) -> None:
        """Set the name together with the key that sorts it by given name. Does not save."""
        self.full_name = " ".join(nfc(full_name).split())
        self.sort_key = person_sort_key(self.full_name)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Ask the policy (``permissions.py`` of the app that names ``perm``); inactive users may nothing."""
        return self.is_active and rules.has_perm(perm, self, obj)

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        """Tell whether the policy grants all of ``perms``."""
        return all(self.has_perm(perm, obj) for perm in perms)

    @property
    def awaits_invitation(self) -> bool:
        """Tell whether the invitation has not been taken up yet: there is no password."""
        return not self.has_usable_password()

    @property
    def state(self) -> str:
        """Return in one word how the account stands: ``closed``, ``invited`` or ``open``."""
        if not self.is_active:
            return "closed"
        return "invited" if self.awaits_invitation else "open"

    @property
    def state_label(self) -> str:
        """Return the word of ``state`` for people."""
        return {"closed": _("Closed"), "invited": _("Invited"), "open": _("Open")}[self.state]

    def get_absolute_url(self) -> str:
        """Return the page of the account."""
        return reverse("accounts:detail", args=[self.pk])

    @cached_property
    def held_positions(self) -> list["Position"]:
        """All positions over time, with their units: read once for each user object, that is, for each request.

        Of whoever is signed in they come with the account (``AccountBackend``).
        """
        return [held_by(self, row) for row in _held_positions().rows(user=self.pk)]

    def positions_in_force(self, on: datetime.date | None = None) -> list["Position"]:
        """Return the positions in force on a date (today without one), each with its unit."""
        on = on or timezone.localdate()
        return [position for position in self.held_positions if position.is_in_force(on)]

    def forget_positions(self) -> None:
        """Make this object read its positions again, after one was granted or ended."""
        self.__dict__.pop("held_positions", None)

    def has_role(self, *roles: str) -> bool:
        """Tell whether a position in force today carries one of ``roles``."""
        return any(position.role in roles for position in self.positions_in_force())

    def units_of(self, *roles: str) -> list[Unit]:
        """Return the units at which one of ``roles`` (any role without them) is held today, each once."""
        units = {p.unit_id: p.unit for p in self.positions_in_force() if not roles or p.role in roles}
        return list(units.values())

    def units_for(self, perm: str) -> QuerySet[Unit]:
        """Return the units that the positions in force reach, of those units for which the policy grants ``perm``.

        For apps that stand below the roles and only know the names of their own permissions.
        """
        return Unit.objects.answered_for_by(*(unit for unit in self.units_of() if self.has_perm(perm, unit)))


class _OneNumber(Func):
    """The range that holds one number: lets an exclusion constraint compare for equality without an extension."""

    function = "int8range"
    output_field = BigIntegerRangeField()

    def __init__(self, field: str, **extra: object) -> None:
        super().__init__(F(field), F(field), Value("[]"), **extra)


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Position(models.Model):
    """A role held at a unit from one date to another (exclusive); the only source of access."""

    user = models.ForeignKey(User, models.PROTECT, related_name="positions", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions", verbose_name=_("unit"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day without the position; empty while it lasts."),
    )
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted on"), default=timezone.now, editable=False)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True, editable=False)
    moved_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_to", verbose_name=_("moved from")
    )
    """The position at the unit that a reorganisation closed."""

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="accounts_position_dates",
                violation_error_message=_("The end must not be before the start."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="accounts_position_role"),
            *(
                ExclusionConstraint(
                    name=f"accounts_position_once_{role}",
                    expressions=[
                        (_OneNumber("user"), RangeOperators.OVERLAPS),
                        (_OneNumber("unit"), RangeOperators.OVERLAPS),
                        (_DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(role=role),
                    violation_error_message=_("This role is already held at this unit in this time."),
                )
                for role in Role.values
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="accounts_position_by_unit")]

    def __str__(self) -> str:
        # Django's own way makes a table of all words, in the language of the page, for the one.
        return f"{Role(self.role).label} – {self.unit}"

    @property
    def state(self) -> str:
        """Return in one word how the position stands today: ``ended``, ``to_come`` or ``in_force``."""
        today = timezone.localdate()
        if self.is_in_force(today):
            return "in_force"
        return "ended" if self.valid_to and self.valid_to <= max(today, self.valid_from) else "to_come"

    @property
    def state_label(self) -> str:
        """Return the word of ``state`` for people."""
        return {"ended": _("Ended"), "to_come": _("To come"), "in_force": _("In force")}[self.state]

    def is_in_force(self, on: datetime.date | None = None) -> bool:
        """Tell whether this position gives access on a date, today without one."""
        on = on or timezone.localdate()
        return self.valid_from <= on and (self.valid_to is None or self.valid_to > on)


_COLUMNS = [field.attname for field in Position._meta.concrete_fields]
_UNIT_COLUMNS = [field.attname for field in Unit._meta.concrete_fields]
POSITION_COLUMNS = (*_COLUMNS, *(f"unit__{name}" for name in _UNIT_COLUMNS))
"""What a position with its unit is made of, as ``held_by`` takes it."""


def held_by(user: User, row: Sequence) -> Position:
    """Return the position of ``user`` whose ``POSITION_COLUMNS`` hold ``row``, with its unit."""
    position = Position.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row[: len(_COLUMNS)])
    position.user = user
    position.unit = Unit.from_db(DEFAULT_DB_ALIAS, _UNIT_COLUMNS, row[len(_COLUMNS) :])
    return position


@cache
def _held_positions() -> Statement:
    """Return what asks for all positions of a user with their units."""
    return Statement(lambda user: Position.objects.filter(user=user).values_list(*POSITION_COLUMNS), user=int)
