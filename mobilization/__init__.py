"""The portal of the skilled mass mobilization models."""

# Loaded with the package, so that whoever sends a task finds the broker of this portal.
from mobilization.celery import app as celery_app

__all__ = ["celery_app"]
