"""gunicorn's log, without what a client sent: neither words nor an address.

Whatever a worker logs about a request is reduced to the kind of the fault and the lines of code where it happened.
The master, which never reads a request, logs as it likes.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger

from server.quiet import ExceptionInfo, QuietFormatter

# What gunicorn's workers say of themselves. Anything else may repeat what a client sent.
HARMLESS = frozenset(
    {
        "Booting worker with pid: %s",
        "Worker exiting (pid: %s)",
        "Parent changed, shutting down: %s",
        "Autorestarting worker after current request.",
        "Exception in worker process",
        "Exception while loading the application",
    }
)
LEFT_OUT = "A message of gunicorn was left out, as it may repeat what a client sent."
TOO_SLOW = "A client was too slow, and its connection was closed."


class QuietLogger(Logger):  # type: ignore[misc]
    """Takes the place of gunicorn's own. There is no access log."""

    def __init__(self, cfg: Config) -> None:
        self._master = os.getpid()
        super().__init__(cfg)

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(_Formatter(self._master, self.error_fmt, self.datefmt))
        self.error_log.filters[:] = [self._quiet]

    def access(self, *_: Any) -> None:
        """Nothing: the addresses that people visit speak of their needs."""

    def _quiet(self, record: logging.LogRecord) -> bool:
        if os.getpid() == self._master or record.msg in HARMLESS:
            return True
        record.msg, record.args = LEFT_OUT, ()
        if record.exc_info and isinstance(record.exc_info[1], BlockingIOError | TimeoutError):
            record.msg, record.exc_info = TOO_SLOW, None
        return True


class _Formatter(QuietFormatter):
    """Quiet in the workers; whoever starts the server sees what was wrong."""

    def __init__(self, master: int, line: str, date: str) -> None:
        super().__init__(line, date)
        self._master = master

    def formatException(self, ei: ExceptionInfo) -> str:
        return (
            logging.Formatter.formatException(self, ei) if os.getpid() == self._master else super().formatException(ei)
        )
