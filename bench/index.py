"""The search index: building it, building it upon the last one, its size, opening it, memory; and answers meanwhile.

Each size is measured in processes of its own, one after the other, so that none counts the memory of another.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from bench.engines import ours
from bench.generate import generated_catalog
from bench.search import ON, QUERIES
from bench.timing import table
from catalog.model import Catalog
from catalog.reading.loader import load_catalog
from search.index.whoosh_index import BUILT, SearchIndex, open_index
from search.searcher import Searcher
from settings import ROOT, load_settings

SIZES = (584, 5_000, 50_000)
LARGE = 500_000
REBUILT = 5_000
CHANGED = 10

Figures = dict[str, float]


def run(large: bool = False) -> None:
    rows = []
    for size in (*SIZES, LARGE) if large else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            built, opened, upon = (_measured(what, size, folder) for what in ("build", "open", "upon"))
        rows.append(
            [
                f"{size:,}",
                f"{built['cpu']:.1f} ({built['seconds']:.1f})",
                f"{upon['cpu']:.1f} ({upon['seconds']:.1f})",
                f"{built['peak']:,.0f}",
                f"{built['size']:,.1f}",
                f"{1000 * opened['seconds']:,.0f}",
                f"{opened['memory']:,.0f}",
            ]
        )
    header = ["services", "built, s of CPU (s)", f"upon the last, {CHANGED} changed, s of CPU (s)"]
    header += ["memory to build, MB", "size, MB", "opened, ms", "memory when open, MB"]
    table("Index", header, rows)
    _rebuild()


def _rebuild() -> None:
    """A damaged index is rebuilt by another process while this one answers from the one that it has open."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = _catalog(REBUILT)
        search = ours(Searcher.build(catalog, open_index(catalog, Path(folder))))
        times: list[float] = []
        with _process("rebuild", REBUILT, folder) as process:
            while process.poll() is None:
                started = time.perf_counter()
                search(QUERIES[len(times) % len(QUERIES)])
                times.append(1000 * (time.perf_counter() - started))
            rebuilt = json.loads(process.stdout.read() if process.stdout else "{}")
    middle, worst = statistics.median(times), max(times)
    seconds = f"{rebuilt['cpu']:.1f} ({rebuilt['seconds']:.1f})"
    row = [f"{REBUILT:,}", seconds, f"{len(times):,}", f"{middle:.2f}", f"{worst:.1f}"]
    header = ["services", "rebuilt, s of CPU (s)", "queries answered meanwhile", "their median, ms", "the slowest, ms"]
    table("A damaged index, rebuilt while the old one answers", header, [row])


def _process(what: str, size: int, folder: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.index", what, str(size), folder]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _measured(what: str, size: int, folder: str) -> Figures:
    with _process(what, size, folder) as process:
        said = process.stdout.read() if process.stdout else ""
    figures: Figures = json.loads(said)
    return figures


def _catalog(size: int) -> Catalog:
    settings = load_settings()
    real = load_catalog(settings.resources, settings.expectations, ON)
    return real if size == len(real.services) else generated_catalog(real, size)


def _timed(act: Callable[[], object]) -> Figures:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def build(catalog: Catalog, folder: Path) -> Figures:
    timed = _timed(lambda: open_index(catalog, folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**timed, "peak": peak, "size": sum(path.stat().st_size for path in folder.rglob("*")) / 1e6}


def open_built(catalog: Catalog, folder: Path) -> Figures:
    before = _resident()
    opened: list[SearchIndex] = []
    timed = _timed(lambda: opened.append(open_index(catalog, folder)))
    return {**timed, "memory": _resident() - before}


def _resident() -> float:
    """Megabytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def build_upon(catalog: Catalog, folder: Path) -> Figures:
    services = dict(catalog.services)
    for key in list(services)[:CHANGED]:
        services[key] = replace(services[key], summary=f"{services[key].summary} Changed.")
    changed = replace(catalog, version=f"{catalog.version}-changed", services=MappingProxyType(services))
    return _timed(lambda: open_index(changed, folder))


def rebuild(catalog: Catalog, folder: Path) -> Figures:
    (place,) = folder.iterdir()
    (place / BUILT).write_text("damaged")
    return _timed(lambda: open_index(catalog, folder))


if __name__ == "__main__":
    work = {"build": build, "open": open_built, "upon": build_upon, "rebuild": rebuild}[sys.argv[1]]
    print(json.dumps(work(_catalog(int(sys.argv[2])), Path(sys.argv[3]))))
