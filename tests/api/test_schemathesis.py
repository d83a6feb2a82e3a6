"""The whole API against its own description: whatever it allows is answered, whatever it forbids is refused, as said.

Schemathesis makes the requests from the OpenAPI document, 50 for each operation and way of testing (100 with
LONG_TESTS=1), with all of its checks.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

EXAMPLES = 100 if os.environ.get("LONG_TESTS") == "1" else 50


# A body can be as described and still name a town, a need or a service that no catalog has, or two facts that do not
# agree: that is a 422, which every operation says it may answer. What the shape alone can tell is described.
CONFIG = """\
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "422", "429", "5xx"]
"""


@pytest.fixture(scope="module")
def address(small_app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, small_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
def test_every_operation_is_as_described(address: str, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    command = (
        *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"),
        *(f"{address}/api/v1/openapi.json", "--checks", "all", "--max-examples", str(EXAMPLES)),
        *("--seed", "5", "--generation-deterministic", "--no-color", "--continue-on-failure"),
    )
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=900)
    assert ran.returncode == 0, ran.stdout[-20_000:]
    tested = re.search(r"Operations:\s+\D*(\d+)", ran.stdout)
    assert "failure" not in ran.stdout.lower().rpartition("summary")[2], ran.stdout
    assert tested is None or int(tested[1]) >= 16, ran.stdout
