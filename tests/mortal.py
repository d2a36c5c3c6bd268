"""The portal as a process that a test may kill."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest
from django.conf import settings as portal_settings
from django.db import connection


class Portal:
    """The portal as a process of its own on the database of the test, to be killed like a machine that loses power."""

    def __init__(self, data_dir):
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            self.port = line.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        database = connection.settings_dict
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PYTEST")
        } | {
            "DATABASE_URL": f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}",
            "REDIS_URL": portal_settings.REDIS_URL,
            "DATA_DIR": str(data_dir),
            "PRODUCTION": "off",
            "HTTPS": "off",
            "DEBUG": "on",
        }
        self.process = None

    def start(self):
        options = ["--interface=wsgi", "--host=127.0.0.1", f"--port={self.port}", "--no-ws", "--workers=1"]
        program = [sys.executable, "-m", "granian", *options, "mobilization.wsgi:application"]
        self.process = subprocess.Popen(
            program,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        pytest.fail("The portal did not start")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)
