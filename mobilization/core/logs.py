"""Logs: readable lines at home, one JSON object a line in production; each line names its request."""

import json
import logging
from datetime import UTC, datetime

from mobilization.core.context import request_id


class RequestIdFilter(logging.Filter):
    """Puts the id of the running request or job on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id() or "-"
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line. The text of a record goes in as typed, so nothing in it can forge a second line."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def logging_for(*, production: bool, level: str) -> dict:
    """Return the dictionary for Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestIdFilter}},
        "formatters": {
            "json": {"()": JsonFormatter},
            "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["request_id"],
                "formatter": "json" if production else "line",
            },
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            name: {"handlers": ["console"], "level": level, "propagate": False}
            for name in ("django", "celery", "mobilization", "models_registry", "dialogues", "awards")
        }
        # Asked for every reader who mistypes an address: not worth a line each.
        | {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
    }
