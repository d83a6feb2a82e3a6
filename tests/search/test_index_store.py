"""The Whoosh index holds just the counted words, whether it was built whole or upon the last one."""

from __future__ import annotations

import os
import pickle
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query

from catalog.model import Catalog, Service
from directory import Directory
from search.index.documents import INDEX_FIELDS, LANGUAGES
from search.index.whoosh_index import (
    ANALYZERS,
    BUILT,
    MAX_SEGMENTS,
    RECORD,
    SearchIndex,
    analyse,
    counts_of,
    open_index,
)
from search.weights import INDEX_WEIGHTS
from settings import ROOT
from tests.support.catalogs import same, service, with_services
from tests.support.catalogs import small as read_small
from tests.support.small_catalog import SmallCatalog

LONG = os.environ.get("LONG_TESTS") == "1"
WORDS = ("food", "school", "baby", "doctor", "rides", "comida", "escuela", "bebé", "niños", "heat", "Union", "café's")

Cells = dict[tuple[str, str, str], int]


def stored(folder: Path) -> Cells:
    """(field, word, service) -> count, read back by Whoosh."""
    cells: Cells = {}
    with whoosh_index.open_dir(str(folder)).reader() as reader:
        ids = {number: values["id"] for number, values in reader.iter_docs()}
        for field in INDEX_FIELDS:
            for term in reader.lexicon(field):
                matcher = reader.postings(field, term)
                while matcher.is_active():
                    cells[field, term.decode(), ids[matcher.id()]] = matcher.value_as("frequency")
                    assert matcher.weight() == matcher.value_as("frequency")
                    matcher.next()
    return cells


def counted(catalog: Catalog) -> Cells:
    counts = counts_of(catalog)
    return {
        (field, word, counts.ids[document]): count
        for field, column in counts.columns.items()
        for word, documents, each in column.by_word(counts.words[INDEX_FIELDS[field][1]])
        for document, count in zip(documents, each, strict=True)
    }


# Words.


@settings(max_examples=2000 if LONG else 200, deadline=None)
@given(st.text(), st.sampled_from(LANGUAGES))
def test_words_analysed_one_by_one_are_those_of_the_analyser(text: str, language: str) -> None:
    assert analyse(text, language) == [token.text for token in ANALYZERS[language](text, mode="index")]


def test_the_texts_of_the_real_catalog_are_analysed_as_the_analyser_does(real: Directory) -> None:
    for one in real.catalog.services.values():
        for text in (one.name, one.summary, *one.confirm):
            # "Saint" and "St." are one word here, and "Mount" and "Mt.".
            spelled = re.sub(r"\bMount\b", "Mt", re.sub(r"\bSaint\b", "St", text))
            for language in LANGUAGES:
                assert analyse(text, language) == [token.text for token in ANALYZERS[language](spelled, mode="index")]


# The store.


@pytest.mark.slow
def test_the_store_holds_just_the_counted_words_of_the_real_catalog(real: Directory) -> None:
    assert stored(real.searcher.index.folder) == counted(real.catalog)


def test_whooshs_own_searcher_finds_services_in_the_store(real: Directory) -> None:
    with whoosh_index.open_dir(str(real.searcher.index.folder)).searcher() as searcher:
        hits = searcher.search(whoosh_query.Term("name_en", analyse("Birth to Three", "en")[0]), limit=None)
        found = {hit["id"] for hit in hits}
        assert searcher.doc_count() == len(real.catalog.services)
    assert found == {key for (field, word, key) in counted(real.catalog) if (field, word) == ("name_en", "birth")}
    assert found


# Building upon the last one.


def some(number: int, draw: random.Random) -> Service:
    words = " ".join(draw.choice(WORDS) for _ in range(12))
    return service(f"s{number:03d}", f"Place {number}", words, spanish=draw.choice(("", words)), needs=("food",))


@pytest.fixture
def base(small: SmallCatalog) -> Catalog:
    draw = random.Random(1)
    return with_services(read_small(small), *(some(number, draw) for number in range(60)))


@pytest.fixture
def folder(small: SmallCatalog) -> Path:
    return small.folder / "index"


def edited(catalog: Catalog, draw: random.Random, edits: int) -> Catalog:
    """The catalog with services changed, removed and added."""
    services = dict(catalog.services)
    for _ in range(edits):
        number = draw.randrange(80)
        if draw.random() < 0.3:
            services.pop(f"s{number:03d}", None)
        else:
            services[f"s{number:03d}"] = some(number, draw)
    return with_services(catalog, *services.values())


def with_one_more(catalog: Catalog) -> Catalog:
    return with_services(catalog, *catalog.services.values(), service("one-more", "Zebra rides"))


def segments(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix == ".seg"}


def built_alone(catalog: Catalog, folder: Path) -> SearchIndex:
    """The same catalog's index with nothing beside it to be built upon."""
    shutil.rmtree(folder, ignore_errors=True)
    return open_index(catalog, folder)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200 if LONG else 4))
def test_an_index_built_upon_others_is_equal_to_one_built_whole(
    base: Catalog, folder: Path, tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)
    catalog, opened = base, open_index(base, folder)
    taken_over = 0
    for generation in range(12):
        before = segments(opened.folder)
        # The folder that was built last is the newest, also where the clock is coarse.
        os.utime(opened.folder, (1_000_000 + generation,) * 2)
        catalog = edited(catalog, draw, draw.randrange(1, 4))
        opened = open_index(catalog, folder)
        taken_over += bool(before & segments(opened.folder))
        assert len(segments(opened.folder)) <= MAX_SEGMENTS
        assert same(opened.postings, built_alone(catalog, tmp_path / "alone").postings)
        assert stored(opened.folder) == counted(catalog)
    assert taken_over >= 4


def test_what_has_not_changed_is_not_written_again(base: Catalog, folder: Path) -> None:
    opened = open_index(base, folder)
    services = dict(base.services) | {"s007": service("s007", "Zebra rides")}
    other = open_index(with_services(base, *services.values()), folder)
    assert segments(opened.folder) < segments(other.folder)
    assert other.postings.of("zebra", "en") is not None
    assert {key for _, _, key in stored(other.folder)} == set(base.services)
    assert segments(open_index(with_services(base, *base.services.values()), folder).folder) == segments(opened.folder)


def test_where_much_has_changed_all_is_built(base: Catalog, folder: Path) -> None:
    opened = open_index(base, folder)
    catalog = edited(base, random.Random(2), 30)
    other = open_index(catalog, folder)
    assert len(segments(other.folder)) == 1
    assert not segments(opened.folder) & segments(other.folder)
    assert stored(other.folder) == counted(catalog)


def test_an_index_made_by_other_rules_is_not_built_upon(
    base: Catalog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.whoosh_index.RULES", "otherwise")
    otherwise = segments(open_index(base, folder).folder)
    monkeypatch.undo()
    assert not otherwise & segments(open_index(with_one_more(base), folder).folder)
    # Under its own name it is not used either.
    assert not otherwise & segments(open_index(base, folder).folder)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


class Trap:
    """Pickled, it makes a file when it is loaded."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.marker,)


def plant(path: Path) -> None:
    path.write_bytes(pickle.dumps(Trap(path.parent.with_name("was-run"))))


def plant_in_array(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, ids=np.array([Trap(path.parent.with_name("was-run"))], dtype=object))


@pytest.mark.parametrize("harm", [Path.unlink, cut, flip, plant, plant_in_array])
@pytest.mark.parametrize("name", [".seg", ".toc", RECORD])
def test_a_damaged_index_is_not_built_upon(
    base: Catalog, folder: Path, name: str, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    opened = open_index(base, folder)
    harm(next(path for path in opened.folder.iterdir() if path.name.endswith(name)))
    catalog = with_one_more(base)
    other = open_index(catalog, folder)
    assert len(segments(other.folder)) == 1
    assert stored(other.folder) == counted(catalog)
    assert not (folder / "was-run").exists()
    assert [message.split(" (")[0] for message in caplog.messages] == [
        f"The search index at {opened.folder} cannot be built upon"
    ]


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777])
def test_an_index_that_others_may_write_is_not_built_upon(base: Catalog, folder: Path, mode: int) -> None:
    opened = open_index(base, folder)
    opened.folder.chmod(mode)
    other = open_index(with_one_more(base), folder)
    assert not segments(opened.folder) & segments(other.folder)


def test_an_index_without_a_stamp_is_not_built_upon(base: Catalog, folder: Path) -> None:
    opened = open_index(base, folder)
    (opened.folder / BUILT).unlink()
    other = open_index(with_one_more(base), folder)
    assert not segments(opened.folder) & segments(other.folder)


def test_the_index_built_upon_may_vanish_meanwhile(
    base: Catalog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index(base, folder)
    opened = open_index(with_one_more(base), folder)
    assert len(segments(opened.folder)) == 2
    copy = shutil.copyfile

    def copy_then_another_clears_up(source: Path, target: Path) -> None:
        copy(source, target)
        shutil.rmtree(opened.folder)

    monkeypatch.setattr(shutil, "copyfile", copy_then_another_clears_up)
    catalog = edited(base, random.Random(7), 3)
    other = open_index(catalog, folder)
    assert len(segments(other.folder)) == 1
    assert stored(other.folder) == counted(catalog)


# In a process of its own.


def building(small: SmallCatalog, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.support.index_process", str(small.folder), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_build_upon_the_last_one_that_is_killed_at_any_step_leaves_nothing_half(
    small: SmallCatalog, folder: Path
) -> None:
    last = open_index(read_small(small), folder)
    whole = state_of(last.folder)
    small.change("community/food-bank.yaml", "name: Food Pantry", "name: Food Shelf")
    catalog = read_small(small)
    steps = int(building(small, "steps", "upon").stdout)
    assert steps > 20
    right = open_index(catalog, folder)
    assert segments(last.folder) & segments(right.folder)
    for at in range(1, steps + 1, 1 if LONG else -(-steps // 5)):
        (right.folder / BUILT).write_text("no stamp")
        assert building(small, "kill", str(at), "upon").returncode == -signal.SIGKILL
        # What it was built upon is as it was.
        assert state_of(last.folder) == whole
        assert same(open_index(catalog, folder).postings, right.postings)
        assert stored(right.folder) == counted(catalog)


def state_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_until_the_new_index_is_built_the_old_directory_answers(small: SmallCatalog) -> None:
    result = building(small, "reload")
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) > 20


# Words over both languages.


@pytest.mark.slow
def test_a_word_is_the_better_of_its_forms_in_each_service(real: Directory) -> None:
    postings = real.searcher.index.postings
    draw = random.Random(9)
    words = {language: ["", *postings.rows[language]] for language in LANGUAGES}
    pairs = [(draw.choice(words["en"]), draw.choice(words["es"])) for _ in range(500)]
    pairs += [(word, word) for word in words["en"] if word in postings.rows["es"]][:500]
    pairs += [(word, "") for word in words["en"][1:]]
    kinds = set()
    for pair in pairs:
        forms = [(form, language) for form, language in zip(pair, LANGUAGES, strict=True) if form]
        hits = [hit for hit in (postings.of(*form) for form in forms) if hit is not None]
        word = postings.word(pair)
        if word is None:
            assert not hits
            continue
        worth: dict[int, float] = {}
        firmness: dict[int, float] = {}
        for documents, values, rarity in hits:
            for document, value in zip(documents.tolist(), values.tolist(), strict=True):
                worth[document] = max(worth.get(document, 0.0), value)
                most = rarity * (INDEX_WEIGHTS.saturation + 1)
                firmness[document] = max(firmness.get(document, 0.0), value / most)
        rows = np.flatnonzero(word.worth) if word.rows is None else word.rows
        each = (word.worth[rows], word.firmness[rows]) if word.rows is None else (word.worth, word.firmness)
        assert rows.tolist() == sorted(worth)
        assert each[0].tolist() == pytest.approx([worth[row] for row in rows.tolist()])
        assert each[1].tolist() == pytest.approx([firmness[row] for row in rows.tolist()], rel=1e-5)
        assert word.rarity == min(rarity for _, _, rarity in hits)
        kinds.add((word.rows is None, len(hits)))
    assert kinds == {(True, 1), (True, 2), (False, 1), (False, 2)}


def test_a_word_that_stands_nowhere_is_none(real: Directory) -> None:
    postings = real.searcher.index.postings
    assert postings.word(("zyxwv", "zyxwv")) is None
    assert postings.word(("", "")) is None
