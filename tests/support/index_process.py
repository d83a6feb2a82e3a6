"""A process of its own that opens the index of a small catalog, for tests of what happens to it on the way.

python -m tests.support.index_process FOLDER answers  a line "go" in, how many postings out, again and again
python -m tests.support.index_process FOLDER steps  how many steps (opening, moving, removing a file) a build has
python -m tests.support.index_process FOLDER kill STEP  dies by signal 9 at a step of the build
python -m tests.support.index_process FOLDER fill BYTES WAY  no file may grow beyond: WAY is error (disk full) | kill
python -m tests.support.index_process FOLDER meet EVERY  at every such step another process comes between
python -m tests.support.index_process FOLDER reload  how often the directory read before answers on the way

With "upon" behind it, an index is built upon the last one however much has changed.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from directory import DirectoryKeeper
from search.index import whoosh_index as search_index
from search.index.whoosh_index import BUILT, open_index
from tests.support.catalogs import ask, ids, same, small
from tests.support.dates import TODAY
from tests.support.small_catalog import SmallCatalog

MOVES = ("open", "os.rename", "os.mkdir", "os.scandir", "os.listdir")


class Steps:
    """Calls `act` with the number of each step below `folder` while it is `on`."""

    def __init__(self, folder: Path, act: Callable[[int], None]) -> None:
        self.on = False
        self.count = 0
        self._folder = str(folder)
        self._act = act
        sys.addaudithook(self._hear)

    def _hear(self, event: str, details: tuple[Any, ...]) -> None:
        # Removed by descriptor, a file has no path here: what is removed below a folder is counted all the same.
        if self.on and (
            event in ("os.remove", "os.rmdir")
            or (event in MOVES and any(str(detail).startswith(self._folder) for detail in details))
        ):
            self.count += 1
            self._act(self.count)


def answers(folder: Path) -> None:
    catalog = small(SmallCatalog(folder))
    print("ready", flush=True)  # noqa: T201
    for _ in sys.stdin:
        print(len(open_index(catalog, folder / "index").postings.documents), flush=True)  # noqa: T201


def steps(folder: Path) -> None:
    catalog = small(SmallCatalog(folder))
    steps = Steps(folder / "index", lambda count: None)
    steps.on = True
    open_index(catalog, folder / "index")
    steps.on = False
    print(steps.count)  # noqa: T201


def kill(folder: Path, at: int) -> None:
    catalog = small(SmallCatalog(folder))

    def die(count: int) -> None:
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    Steps(folder / "index", die).on = True
    open_index(catalog, folder / "index")


def fill(folder: Path, size: int, way: str) -> None:
    catalog = small(SmallCatalog(folder))
    if way == "kill":
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        open_index(catalog, folder / "index")
    except OSError as error:
        print(f"refused: {error.strerror}")  # noqa: T201


def meet(folder: Path, every: int) -> None:
    """At a step of one build another opens the same index to the end, or takes the folder away: both answer well."""
    catalog = small(SmallCatalog(folder))
    index = folder / "index"
    right = open_index(catalog, index)

    def other_opens() -> None:
        assert same(open_index(catalog, index).postings, right.postings)

    def other_moves() -> None:
        # As another does that is between moving the old folder away and moving its own there.
        with suppress(FileNotFoundError):
            shutil.rmtree(right.folder)

    def other_comes(count: int) -> None:
        if count == at:
            steps.on = False
            other()
            steps.on = True

    steps = Steps(index, other_comes)
    rounds = 0
    for other in (other_opens, other_moves):  # noqa: B007 - other_comes calls it
        at, steps.count = 0, 1
        while at <= steps.count:
            at += every
            rounds += 1
            # Damaged before each round, so that the one must move it out of its way.
            with suppress(FileNotFoundError):
                (right.folder / BUILT).write_text("no stamp")
            steps.count = 0
            steps.on = True
            mine = open_index(catalog, index)
            steps.on = False
            assert same(mine.postings, right.postings)
            assert same(open_index(catalog, index).postings, right.postings)
            assert [path.name for path in index.iterdir()] == [right.folder.name]
    print(rounds)  # noqa: T201


def reload(folder: Path) -> None:
    """The files change and the index is damaged: until all is read and built, the old directory answers as before."""
    catalog = SmallCatalog(folder)
    keeper = DirectoryKeeper(catalog.settings, lambda: TODAY)
    old = keeper.current
    right = ids(ask(old, "pantry"))
    (old.searcher.index.folder / BUILT).write_text("no stamp")
    catalog.change("community/food-bank.yaml", "name: Food Pantry", "name: Food Shelf")
    answers: list[bool] = []

    def ask_meanwhile(count: int) -> None:
        answers.append(keeper.current is old and ids(ask(keeper.current, "pantry")) == right)

    steps = Steps(folder / "index", ask_meanwhile)
    steps.on = True
    assert keeper.reload()
    steps.on = False
    assert all(answers)
    assert keeper.current.catalog.services["food-pantry"].name == "Food Shelf"
    print(len(answers))  # noqa: T201


def main(folder: Path, what: str, *more: str) -> None:
    if more[-1:] == ("upon",):
        search_index.MAX_CHANGED = 1.0
    if what == "kill":
        kill(folder, int(more[0]))
    elif what == "fill":
        fill(folder, int(more[0]), more[1])
    elif what == "meet":
        meet(folder, int(more[0]))
    else:
        {"answers": answers, "steps": steps, "reload": reload}[what](folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
