import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

PRODUCTION = {
    "SECRET_KEY": "k" * 32 + "0123456789abcdefghijklmnop",
    "DATABASE_URL": "postgres://portal:x@localhost:1/portal",
    "REDIS_URL": "redis://localhost:1/0",
    "ALLOWED_HOSTS": "portal.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example.org",
}


def manage(*words, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "DATA_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env=kept | PRODUCTION | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_deployment_check_is_clean():
    outcome = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (outcome.returncode, outcome.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    ), outcome.stderr


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "change-me" + "x" * 50}, "SECRET_KEY must be set"),
        ({"DEBUG": "on"}, "DEBUG must be off in production"),
    ],
)
def test_production_half_configured_refuses_to_start(wrong, sentence):
    outcome = manage("check", **wrong)
    assert outcome.returncode != 0
    assert sentence in outcome.stderr


@pytest.mark.parametrize(("name", "mode"), [("staticfiles", 0o644), ("default", 0o640)])
def test_static_files_are_for_everybody_and_uploads_for_the_portal_alone(tmp_path, name, mode):
    chosen = settings.STORAGES[name]
    storage = storages.create_storage(
        chosen | {"OPTIONS": chosen.get("OPTIONS", {}) | {"location": tmp_path}}
    )
    saved = tmp_path / storage.save("sheet.css", ContentFile("p{}"))
    assert saved.stat().st_mode & 0o777 == mode
