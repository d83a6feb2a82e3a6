"""How gunicorn serves the directory: one worker a core, all sharing the catalog that the master read.

SIGHUP to the master (or “flask catalog reload”) reads the catalog again and starts new workers on it. When the new
files are broken, the problems are logged and the workers go on with the catalog that they have.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

# There is a worker for each core. Threads of numpy's own (OpenBLAS) would wait for each other on the same cores: in one
# run that cost two thirds of the pages a second. This is read when numpy is loaded, so it must stand here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_HERE = Path(__file__).parent
sys.path.insert(0, str(_HERE))

from server import pid_file  # noqa: E402
from server.logs import QuietLogger  # noqa: E402
from server.worker import Worker  # noqa: E402

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WORKERS", os.cpu_count() or 1))
# Threads are for clients that are slow, not for more at a time: Python runs one of a worker's threads at a time.
threads = int(os.environ.get("THREADS", "64"))
worker_class = Worker
logger_class = QuietLogger
preload_app = True
# No access log: addresses that people visit speak of their needs.
accesslog = None
timeout = 30
limit_request_line = 4094
control_socket_disable = True
# No header says where the service stands on its host: SCRIPT_NAME is believed from nobody.
forwarder_headers = ""


def on_starting(server: Any) -> None:
    """Take the pid file, or say who has it."""
    path = pid_file.path_of(_HERE)
    try:
        server.held_pid_file = pid_file.hold(path)
    except pid_file.AlreadyServingError:
        sys.exit(f"Another server runs here already (process {pid_file.holder(path)}, {path}).")
    except OSError as error:
        sys.exit(f"The pid file {path} cannot be written: {error.strerror}. See DIRECTORY_PID_FILE.")


def when_ready(server: Any) -> None:
    """Several SIGHUPs that come while one waits are one: the catalog is read after all of them."""
    server.reload_waits = False

    def ask_once(number: int, frame: Any) -> None:
        if not server.reload_waits:
            server.reload_waits = True
            server.signal(number, frame)

    signal.signal(signal.SIGHUP, ask_once)


def on_reload(server: Any) -> None:
    """SIGHUP: try the new catalog in the master, before it starts the new workers."""
    server.reload_waits = False
    server.app.callable.extensions["directory"].reload()
