"""Renew the lock files in requirements/ and the list of parts (SBOM), and print what changed: make lock.

pyproject.toml says which versions would do; each lock file names one version of every package, direct or not, with
the hashes of its files, so that two installs are the same. All files agree on each version.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"
SBOM = FOLDER / "sbom.json"
# The oldest Python that is supported: what a newer one needs, it needs too.
PYTHON = (3, 11)
# Lock file -> the extras of pyproject.toml that it holds besides what the service itself needs.
LOCKS: dict[str, tuple[str, ...]] = {
    "run": (),
    "postgresql": ("postgresql",),
    "redis": ("redis",),
    "test": ("test",),
    "check": ("test", "check"),
    "bench": ("test", "bench"),
    "lock": ("lock",),
}
COMPILE = (
    *(sys.executable, "-m", "piptools", "compile", "--quiet", "--no-config", "--strip-extras", "--allow-unsafe"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host", "--resolver=backtracking"),
)


def locked(text: str) -> dict[str, str]:
    """Package -> version, of the text of a lock file."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)", text, re.MULTILINE))


def all_locked() -> dict[str, str]:
    texts = [path.read_text(encoding="utf-8") for name in LOCKS if (path := FOLDER / f"{name}.txt").exists()]
    return {package: version for text in texts for package, version in locked(text).items()}


def compile_locks(scratch: Path) -> None:
    """Choose versions for everything together, then write each file from them."""
    together = scratch / "together.txt"
    run(*COMPILE, "--upgrade", "--all-extras", "--output-file", str(together), "pyproject.toml")
    for name, extras in LOCKS.items():
        output = scratch / f"{name}.txt"
        chosen = [f"--extra={extra}" for extra in extras]
        run(
            *(*COMPILE, "--generate-hashes", "--constraint", str(together), *chosen),
            *("--output-file", str(output), "pyproject.toml"),
        )
        lines = output.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = "".join(line for line in lines if not line.startswith("    #   -c "))
        (FOLDER / output.name).write_text(kept, encoding="utf-8")


def write_sbom(scratch: Path) -> None:
    """Install what the service needs, as its lock file says, and list it: CycloneDX, in JSON."""
    python = scratch / "venv" / "bin" / "python"
    venv.create(scratch / "venv", with_pip=True)
    run(str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(FOLDER / "run.txt"))
    made = run(
        *(sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--output-format", "JSON"),
        str(python),
    )
    parts = set(locked((FOLDER / "run.txt").read_text(encoding="utf-8")))
    SBOM.write_text(json.dumps(only(json.loads(made), parts), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def only(bom: dict[str, Any], parts: set[str]) -> dict[str, Any]:
    """The list without what a virtual environment brings along (pip), and without links to other sites."""
    kept = [part for part in bom["components"] if canonical(part["name"]) in parts]
    for part in kept:
        part.pop("externalReferences", None)
        part.pop("properties", None)
    known = {part["bom-ref"] for part in kept}
    needs = [entry for entry in bom["dependencies"] if entry["ref"] in known]
    metadata = {name: value for name, value in bom["metadata"].items() if name == "lifecycles"}
    return {**bom, "components": kept, "dependencies": needs, "metadata": metadata}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def run(*command: str) -> str:
    """What it printed. Ends the program when it fails; its errors are shown as they come."""
    environment = {**os.environ, "CUSTOM_COMPILE_COMMAND": "make lock", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"The lock files were not all renewed: {' '.join(command[:4])} ... failed.")
    return done.stdout


def changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [
        f"{package}: {before.get(package, 'not there')} -> {after.get(package, 'not there')}"
        for package in sorted(before.keys() | after.keys())
        if before.get(package) != after.get(package)
    ]


def main() -> None:
    if sys.version_info[:2] != PYTHON:
        needed = ".".join(map(str, PYTHON))
        sys.exit(f"Lock files are made with Python {needed}, so that they hold for newer ones: PYTHON=python{needed}.")
    before = all_locked()
    with tempfile.TemporaryDirectory() as folder:
        compile_locks(Path(folder))
        write_sbom(Path(folder))
    print(*(changes(before, all_locked()) or ["Nothing changed."]), sep="\n")


if __name__ == "__main__":
    main()
