"""Doing something again and again until the process is asked to stop."""

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.db import DatabaseError, close_old_connections

logger = logging.getLogger(__name__)


class Stopper:
    """Becomes true on SIGTERM or Ctrl-C while its `with` block runs; what is under way is finished first."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> "Stopper":
        for number in (signal.SIGTERM, signal.SIGINT):
            self._before[number] = signal.signal(number, self._stop)
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._event.set()

    def __call__(self) -> bool:
        return self._event.is_set()

    def sleep(self, seconds: float) -> None:
        """Wait, but no longer than until the signal."""
        self._event.wait(seconds)


def repeat(act: Callable[[], None], *, seconds: int, stop: Stopper) -> None:
    """`act` once (`seconds` = 0) or every so many seconds until `stop`. A database that is away is waited for."""
    while True:
        try:
            if seconds:
                close_old_connections()
            act()
        except DatabaseError:
            if not seconds:
                raise
            logger.exception("the database cannot be reached; trying again")
        if not seconds or stop():
            return
        stop.sleep(seconds)
        if stop():
            return
