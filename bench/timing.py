"""Fair times: repeated runs, the contestants taking turns, medians of the CPU time of the thread that asks.

None of the contestants works in threads of its own. What else the machine does is then not counted, though it still
empties the caches.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping


def side_by_side(contestants: Mapping[str, Callable[[], object]], rounds: int = 30) -> dict[str, float]:
    """Median milliseconds of each contestant. They take turns, so that a busy machine is fair to all."""
    for run in contestants.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            start = time.thread_time()
            run()
            times[name].append(1000 * (time.thread_time() - start))
    return {name: statistics.median(values) for name, values in times.items()}


def table(title: str, header: list[str], rows: list[list[str]]) -> None:
    """Print a Markdown table, as docs/performance.md has it."""
    print(f"\n## {title}\n")
    print("| " + " | ".join(header) + " |")
    print("|" + " --- |" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")
