"""python -m bench [NAME ...] [--folder DIR] [--large]: measure, and print tables. See `main` for the names."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import http, index, load, matching, pictures, relevance, search, tune, web


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and print tables.")
    parser.add_argument("--large", action="store_true", help="index: 500,000 services, too; takes 10 GB and minutes")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="matching|search|index|http|load|web|relevance|tune|pictures",
        help="all but tune and pictures (of the pages, for docs/pictures) without one",
    )
    parser.add_argument("--folder", type=Path, help="relevance: the folder of judged queries of another directory")
    asked = parser.parse_args()
    benchmarks: dict[str, Callable[[], None]] = {
        "matching": matching.run,
        "search": search.run,
        "index": partial(index.run, asked.large),
        "http": http.run,
        "load": load.run,
        "web": web.run,
        "relevance": partial(relevance.run, asked.folder),
    }
    for name in asked.names or benchmarks:
        (benchmarks | {"tune": tune.run, "pictures": pictures.run})[name]()


if __name__ == "__main__":
    main()
