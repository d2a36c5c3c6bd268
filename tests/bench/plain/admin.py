"""Django's own admin over the same rows: its changelist as it comes, with what one asks of a list.

It counts and looks at all registrations, since the admin knows no scope; 25 rows a page as in the portal, not the
admin's 100. Nothing is taken out of it and nothing put in its way.
"""

from django.contrib import admin

from models_registry.models import Registration


class OpenSite(admin.AdminSite):
    """An admin that asks nobody for a role: only its list is compared."""

    def has_permission(self, request):
        """Let everybody in."""
        return True


class RegistrationAdmin(admin.ModelAdmin):
    """The changelist: columns, filters, search, no query for each row."""

    list_display = ("title", "unit", "year", "field", "level", "state", "submitted_at")
    list_filter = ("state", "year", "field", "level", "kind")
    search_fields = ("title", "registrant", "place", "unit__full_name")
    list_select_related = ("unit",)
    list_per_page = 25

    def has_module_permission(self, request):
        """Let everybody do everything; the portal's users know nothing of Django's permissions."""
        return True

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = lambda *_args: (
        True
    )


site = OpenSite(name="plain_admin")
site.register(Registration, RegistrationAdmin)
