"""The Celery application: `celery -A mobilization.celery worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobilization.settings")

app = Celery("mobilization")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
