"""Django's own admin over the same rows, offering what the portal's list offers: equal work, its own way.

The same filters (units in force to choose from, files, whose work), the same search, the same marks in the columns,
25 rows a page as in the portal and not the admin's 100, an act on ticked rows. It counts and looks at all
registrations, since the admin knows no scope, and leaves out what the portal's lines tell beside that: how many files
a registration has, who is to review it, which unit answers for it today. Nothing is taken out of it and nothing put
in its way: each class below adds what somebody would add who wants this list.
"""

from django.contrib import admin
from django.db.models import Exists, OuterRef

from models_registry.models import Attachment, Registration


class OpenSite(admin.AdminSite):
    """An admin that asks nobody for a role: only its list is compared."""

    def has_permission(self, request):
        """Let everybody in."""
        return True


class UnitInForce(admin.RelatedFieldListFilter):
    """The units of today, as the portal suggests them; not the six times as many that ever were."""

    def field_choices(self, field, request, model_admin):
        """Return them in the order of units."""
        return field.get_choices(include_blank=False, limit_choices_to={"valid_to": None})


class HasFiles(admin.SimpleListFilter):
    """Evidence files: with, without."""

    title = "files"
    parameter_name = "files"

    def lookups(self, request, model_admin):
        """Offer both."""
        return [("with", "With files"), ("without", "Without files")]

    def queryset(self, request, queryset):
        """Narrow to either."""
        files = Exists(Attachment.objects.filter(registration=OuterRef("pk")))
        return {"with": queryset.filter(files), "without": queryset.filter(~files)}.get(
            self.value(), queryset
        )


class Mine(admin.SimpleListFilter):
    """Whose work: typed by oneself, in one's own hands."""

    title = "mine"
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        """Offer both."""
        return [("typed", "Typed by me"), ("assigned", "Assigned to me")]

    def queryset(self, request, queryset):
        """Narrow to either."""
        lookup = {"typed": "typed_by", "assigned": "assignment__reviewer"}.get(self.value())
        return queryset.filter(**{lookup: request.user}) if lookup else queryset


class RegistrationAdmin(admin.ModelAdmin):
    """The changelist: columns, filters, search, no query for each row."""

    list_display = (
        *("title", "model", "registrant", "unit", "year", "level", "state", "late", "exemplary", "rounds"),
        "changed_at",
    )
    list_filter = (
        *("state", "year", "field", "level", "kind", "novelty", "subject", "late", "exemplary", "outcome"),
        *(HasFiles, Mine, ("unit", UnitInForce)),
    )
    search_fields = ("title", "registrant", "place", "unit__full_name")
    list_select_related = ("unit", "model")
    list_per_page = 25

    def has_module_permission(self, request):
        """Let everybody do everything; the portal's users know nothing of Django's permissions."""
        return True

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = lambda *_args: (
        True
    )


site = OpenSite(name="plain_admin")
site.register(Registration, RegistrationAdmin)
