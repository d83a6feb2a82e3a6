"""python -m bench [matching]"""

from __future__ import annotations

import sys

from bench import matching

BENCHMARKS = {"matching": matching.run}


def main() -> None:
    for name in sys.argv[1:] or list(BENCHMARKS):
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
