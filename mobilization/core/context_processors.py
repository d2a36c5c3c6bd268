"""What every template may ask for."""

from django.conf import settings


def portal(request) -> dict:
    """``demonstration``: whether the data on this page are made up; ``site_url``: the portal's public address."""
    return {"demonstration": settings.DEMONSTRATION, "site_url": settings.SITE_URL}
