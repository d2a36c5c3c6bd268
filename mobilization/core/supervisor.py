"""Runs several programs as one: all of them, or none."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

PATIENCE = 15  # seconds a program gets to end in peace
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Program:
    """A program to run: its name for people, and its command."""

    name: str
    command: Sequence[str]


class Supervisor:
    """Starts programs, each in a process group of its own, and stops them together.

    Ctrl-C in a terminal reaches only this process, which then stops the others in order; should this process be
    killed, the kernel tells them to stop.
    """

    def __init__(self, programs: Sequence[Program]) -> None:
        self._programs = programs
        self._running: list[tuple[Program, subprocess.Popen]] = []
        self._asked_to_stop = False

    def listen(self) -> None:
        """Take SIGINT and SIGTERM as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)

    @property
    def asked_to_stop(self) -> bool:
        return self._asked_to_stop

    def start(self) -> None:
        """Start every program, in the order given."""
        for program in self._programs:
            process = subprocess.Popen(  # noqa: S603 -- our own programs
                program.command,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 -- no thread runs in this process
            )
            self._running.append((program, process))

    def ended(self) -> Program | None:
        """Return a program that has ended by itself, if any has."""
        for program, process in self._running:
            if process.poll() is not None:
                return program
        return None

    def watch(self) -> Program | None:
        """Wait until somebody wants to stop (None) or a program has ended by itself (that program)."""
        while not self._asked_to_stop:
            if program := self.ended():
                return program
            time.sleep(0.2)
        return None

    def stop(self) -> None:
        """End every program with all its children: in peace first, by force after a while."""
        for _program, process in reversed(self._running):
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for _program, process in reversed(self._running):
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        for _program, process in self._running:
            _signal_group(process, signal.SIGKILL)  # whatever the program has left behind
            process.wait()
        _wait_for_groups({process.pid for _program, process in self._running})
        self._running = []

    def _ask_to_stop(self, number, frame) -> None:
        self._asked_to_stop = True


def _end_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_group(process: subprocess.Popen, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _wait_for_groups(groups: set[int]) -> None:
    """Wait until the kernel is through with what was killed: until then it still holds files and locks."""
    deadline = time.monotonic() + PATIENCE
    while _any_alive_in(groups) and time.monotonic() < deadline:
        time.sleep(0.05)


def _any_alive_in(groups: set[int]) -> bool:
    for process in psutil.process_iter(["status"]):
        with suppress(ProcessLookupError, PermissionError):
            if os.getpgid(process.pid) in groups and process.info["status"] != psutil.STATUS_ZOMBIE:
                return True
    return False
