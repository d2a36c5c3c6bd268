"""What a person keeps of a list of the staff pages: filters under a name, and the columns that it shows."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobilization.core.validators import validate_text

LONGEST_PAGE = 60
LONGEST_NAME = 60
LONGEST_QUERY = 1000


class SavedFilter(models.Model):
    """The filter of one list under a name; the query of the address is the filter. Nobody else sees it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", verbose_name=_("account")
    )
    page = models.CharField(_("list"), max_length=LONGEST_PAGE)
    """The name of the list's address."""
    name = models.CharField(_("name"), max_length=LONGEST_NAME, validators=[validate_text])
    query = models.CharField(_("filter"), max_length=LONGEST_QUERY)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_start = models.BooleanField(_("the list begins with it"), default=False)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "page", "name"], name="accounts_filter_name_once"),
            models.UniqueConstraint(
                fields=["person", "page"], name="accounts_filter_one_start", condition=Q(is_start=True)
            ),
            models.CheckConstraint(
                name="accounts_filter_says", condition=~Q(name="") & ~Q(query="") & ~Q(page="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the list with this filter."""
        return f"{reverse(self.page)}?{self.query}"


class ListColumns(models.Model):
    """The columns that a list shows to one person; a list without such a row shows its usual ones."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_columns", verbose_name=_("account")
    )
    page = models.CharField(_("list"), max_length=LONGEST_PAGE)
    columns = ArrayField(models.CharField(max_length=30), verbose_name=_("columns"), size=30)

    class Meta:
        verbose_name = _("columns of a list")
        verbose_name_plural = _("columns of lists")
        constraints = [
            models.UniqueConstraint(fields=["person", "page"], name="accounts_columns_once"),
            models.CheckConstraint(name="accounts_columns_some", condition=~Q(columns=[])),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.page}"
