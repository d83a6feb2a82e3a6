"""How gunicorn serves the directory: one worker a core, all sharing the catalog that the master read.

SIGHUP to the master (or “flask catalog reload”) reads the catalog again and starts new workers on it. When the new
files are broken, the problems are logged and the workers go on with the catalog that they have.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

# There is a worker for each core. Threads of numpy's own (OpenBLAS) would wait for each other on the same cores: in one
# run that cost two thirds of the pages a second. This is read when numpy is loaded, so it must stand here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_HERE = Path(__file__).parent
(_HERE / "var").mkdir(exist_ok=True)

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WORKERS", os.cpu_count() or 1))
preload_app = True
pidfile = str(_HERE / "var" / "gunicorn.pid")
# No access log: addresses that people visit speak of their needs.
accesslog = None
timeout = 30
limit_request_line = 4094
control_socket_disable = True


def on_reload(server: Any) -> None:
    """SIGHUP: try the new catalog in the master, before it starts the new workers."""
    server.app.callable.extensions["directory"].reload()
