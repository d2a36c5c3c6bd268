"""Every address of the portal begins here."""

from django.urls import include, path

from mobilization.core import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("mobilization.accounts.signin_urls")),
    path("api/v1/", include("mobilization.api.urls")),
    path("desk/registrations/", include("models_registry.urls")),
    path("desk/dialogues/", include("dialogues.urls")),
    path("desk/publication/", include("mobilization.publication.urls")),
    path("desk/appraisal/", include("mobilization.appraisal.urls")),
    path("desk/awards/", include("awards.urls")),
    path("desk/statistics/", include("mobilization.statistics.urls")),
    path("desk/units/", include("mobilization.units.urls")),
    path("desk/accounts/", include("mobilization.accounts.urls")),
    path("desk/messages/", include("mobilization.messaging.urls")),
    path("desk/audit/", include("mobilization.audit.urls")),
    path("desk/jobs/", include("mobilization.jobs.urls")),
    path("desk/", include("mobilization.desk.urls")),
    path("", include("mobilization.portal.urls")),
]
