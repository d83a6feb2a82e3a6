"""python -m bench [matching] [search] [http]"""

from __future__ import annotations

import sys

from bench import http, matching, search

BENCHMARKS = {"matching": matching.run, "search": search.run, "http": http.run}


def main() -> None:
    for name in sys.argv[1:] or list(BENCHMARKS):
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
