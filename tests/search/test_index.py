"""The index is a by-product: built when missing or damaged in whatever way, never half, never run as code.

A build is killed 5 times each time; at every step with LONG_TESTS=1.
"""

from __future__ import annotations

import io
import math
import os
import pickle
import signal
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catalog.model import Catalog
from search.index.documents import LANGUAGES
from search.index.postings import Postings
from search.index.term_counts import count_words
from search.index.whoosh_index import (
    ANALYZERS,
    BUILT,
    MEANING,
    POSTINGS,
    RECORD,
    SCHEMA_VERSION,
    SearchIndex,
    analyse,
    open_index,
)
from search.scoring.bm25f import score_words
from search.weights import INDEX_WEIGHTS, WEIGHTS
from settings import ROOT
from tests.support.catalogs import same
from tests.support.catalogs import small as read_small
from tests.support.small_catalog import SmallCatalog, small_catalog

LONG = os.environ.get("LONG_TESTS") == "1"
FOOD = "community/food-bank.yaml"
# Read only by the next build.
STORE_FILES = ("toc", "seg", RECORD)


@pytest.fixture
def catalog(small: SmallCatalog) -> Catalog:
    return read_small(small)


@pytest.fixture
def folder(small: SmallCatalog) -> Path:
    return small.folder / "index"


@pytest.fixture
def opened(catalog: Catalog, folder: Path) -> SearchIndex:
    return open_index(catalog, folder)


def renamed(small: SmallCatalog, name: str) -> Catalog:
    """The catalog with another name for one service: another version with the same ids."""
    text = small.text(FOOD)
    small.path(FOOD).write_text(text.replace("name: Meals for Kids", f"name: {name}"))
    other = read_small(small)
    small.path(FOOD).write_text(text)
    return other


def state_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of each file: another build has others."""
    return {path.name: (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in (folder, *folder.iterdir())}


def reopened_whole(before: SearchIndex, catalog: Catalog) -> bool:
    """Whether the index opens with the right postings; False when it had to be built again for that."""
    state = state_of(before.folder)
    again = open_index(catalog, before.folder.parent)
    assert same(again.postings, before.postings)
    assert again.folder == before.folder
    # Whatever was wrong is put right for the next to come.
    assert same(Postings.load(before.folder / POSTINGS), before.postings)
    assert stat.S_IMODE(before.folder.stat().st_mode) == 0o700
    assert [path.name for path in before.folder.parent.iterdir()] == [before.folder.name]
    return state_of(before.folder) == state


def file_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Where it lives.


def test_the_folder_is_named_by_the_versions_of_catalog_and_schema(catalog: Catalog, opened: SearchIndex) -> None:
    assert opened.folder.name == f"{catalog.version}-{SCHEMA_VERSION}"
    assert opened.document_count() == 3
    assert opened.postings.ids == ("food-pantry", "meals-for-kids", "safe-line-hotline")


def test_nobody_else_may_enter_the_folder(opened: SearchIndex) -> None:
    assert stat.S_IMODE(opened.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(opened.folder.parent.stat().st_mode) == 0o700


def test_it_is_used_again_as_it_stands(catalog: Catalog, opened: SearchIndex) -> None:
    assert reopened_whole(opened, catalog)


def test_another_schema_has_an_index_of_its_own(
    catalog: Catalog, opened: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.whoosh_index.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    other = open_index(catalog, opened.folder.parent)
    assert other.folder.name == f"{catalog.version}-{SCHEMA_VERSION + 1}"
    assert opened.folder.is_dir()


def test_only_the_last_two_generations_are_kept(small: SmallCatalog, catalog: Catalog, opened: SearchIndex) -> None:
    folder = opened.folder.parent
    places = [opened.folder]
    for number in range(3):
        # File systems that count whole seconds must not make this a matter of luck.
        os.utime(places[-1], (1_000_000 + number, 1_000_000 + number))
        places.append(open_index(renamed(small, f"Meals {number}"), folder).folder)
    assert sorted(folder.iterdir()) == sorted(places[-2:])


def test_what_a_killed_build_left_is_removed_after_a_while_and_a_build_under_way_is_not(
    small: SmallCatalog, catalog: Catalog, opened: SearchIndex
) -> None:
    folder = opened.folder.parent
    for name in (".building-long-ago", ".building-now", ".old-replaced"):
        (folder / name).mkdir()
        (folder / name / "file").touch()
    (folder / ".old-file").touch()
    os.utime(folder / ".building-long-ago", (1_000_000, 1_000_000))
    other = open_index(renamed(small, "Summer Meals"), folder)
    assert file_names(folder) == sorted([".building-now", opened.folder.name, other.folder.name])


# Damage.


def test_a_missing_index_is_built_again(catalog: Catalog, opened: SearchIndex) -> None:
    opened.folder.rename(opened.folder.with_name(".away"))
    again = open_index(catalog, opened.folder.parent)
    assert same(again.postings, opened.postings)
    assert again.folder.is_dir()


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, -1])
@pytest.mark.parametrize("name", [BUILT, POSTINGS, MEANING, *STORE_FILES])
def test_a_file_cut_short_is_never_served(catalog: Catalog, opened: SearchIndex, name: str, part: float) -> None:
    path = file_called(opened.folder, name)
    data = path.read_bytes()
    path.write_bytes(data[:-1] if part < 0 else data[: int(len(data) * part)])
    assert reopened_whole(opened, catalog) is (name in STORE_FILES)


def file_called(folder: Path, name: str) -> Path:
    return next(path for path in folder.iterdir() if path.name.endswith(name))


def test_the_cases_above_are_all_files_that_hold_anything(opened: SearchIndex) -> None:
    named = {file_called(opened.folder, name) for name in (BUILT, POSTINGS, MEANING, *STORE_FILES)}
    assert {path for path in opened.folder.iterdir() if path.stat().st_size} == named


@pytest.mark.parametrize("name", [BUILT, POSTINGS, MEANING])
def test_a_flipped_bit_is_never_served(catalog: Catalog, opened: SearchIndex, name: str) -> None:
    size = (opened.folder / name).stat().st_size
    for at in range(0, size, max(1, size // (300 if LONG else 30))):
        data = bytearray((opened.folder / name).read_bytes())
        data[at] ^= 1 << at % 8
        (opened.folder / name).write_bytes(data)
        assert not reopened_whole(opened, catalog)


@pytest.mark.parametrize("name", [BUILT, POSTINGS, MEANING])
@pytest.mark.parametrize("wrong", ["gone", "folder", "link", "longer"])
def test_a_file_that_is_none_is_never_served(catalog: Catalog, opened: SearchIndex, name: str, wrong: str) -> None:
    path = opened.folder / name
    data = path.read_bytes()
    if wrong == "longer":
        path.write_bytes(data + b"\0")
    else:
        path.unlink()
    if wrong == "folder":
        path.mkdir()
    if wrong == "link":
        path.symlink_to(opened.folder / "nowhere")
    assert not reopened_whole(opened, catalog)


@pytest.mark.parametrize("names", [(BUILT, POSTINGS), (BUILT,), (POSTINGS,)])
def test_another_catalogs_files_are_never_served(
    small: SmallCatalog, catalog: Catalog, opened: SearchIndex, tmp_path: Path, names: tuple[str, ...]
) -> None:
    """The other catalog has the same ids: only what is found tells them apart."""
    other = open_index(renamed(small, "Xylophones"), tmp_path / "other")
    assert not same(other.postings, opened.postings)
    for name in names:
        (opened.folder / name).write_bytes((other.folder / name).read_bytes())
    assert not reopened_whole(opened, catalog)


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o770, 0o777, 0o702, 0o740])
def test_a_folder_that_others_may_enter_is_not_trusted(catalog: Catalog, opened: SearchIndex, mode: int) -> None:
    opened.folder.chmod(mode)
    assert not reopened_whole(opened, catalog)


def test_a_folder_of_another_user_is_not_trusted(
    catalog: Catalog, opened: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    with pytest.raises(PermissionError, match="not this user's alone"):
        open_index(catalog, opened.folder.parent)
    monkeypatch.undo()
    assert reopened_whole(opened, catalog)


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_something_else_in_its_place_makes_way(catalog: Catalog, folder: Path, make: Callable[[Path], None]) -> None:
    folder.mkdir()
    place = folder / f"{catalog.version}-{SCHEMA_VERSION}"
    make(place)
    assert open_index(catalog, folder).document_count() == 3
    assert place.is_dir()
    assert not place.is_symlink()
    assert file_names(folder) == [place.name]


def test_a_damaged_index_is_told_and_a_missing_one_is_not(
    catalog: Catalog, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    opened = open_index(catalog, folder)
    assert caplog.messages == []
    (opened.folder / BUILT).unlink()
    open_index(catalog, folder)
    assert caplog.messages == [
        f"The search index at {opened.folder} cannot be used (FileNotFoundError); building it again."
    ]


# Files are never code.


class Trap:
    """Pickled, it makes a file when it is loaded."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.marker,)


def as_pickle(trap: Trap) -> bytes:
    return pickle.dumps(trap)


def as_array(trap: Trap) -> bytes:
    file = io.BytesIO()
    np.save(file, np.array([trap], dtype=object), allow_pickle=True)
    return file.getvalue()


def as_arrays(trap: Trap) -> bytes:
    file = io.BytesIO()
    np.savez(file, words_en=np.array([trap], dtype=object))
    return file.getvalue()


@pytest.mark.parametrize("trapped", [as_pickle, as_array, as_arrays])
@pytest.mark.parametrize("name", [BUILT, POSTINGS, MEANING, *STORE_FILES])
def test_a_planted_pickle_is_never_run(
    catalog: Catalog, opened: SearchIndex, tmp_path: Path, name: str, trapped: Callable[[Trap], bytes]
) -> None:
    marker = tmp_path / "was-run"
    file_called(opened.folder, name).write_bytes(trapped(Trap(marker)))
    reopened_whole(opened, catalog)
    assert not marker.exists()


@pytest.mark.parametrize("trapped", [as_pickle, as_array, as_arrays])
def test_postings_that_hold_a_pickle_are_refused(tmp_path: Path, trapped: Callable[[Trap], bytes]) -> None:
    """Also where the stamp is right: whoever can write one file can write both."""
    marker, path = tmp_path / "was-run", tmp_path / POSTINGS
    path.write_bytes(trapped(Trap(marker)))
    with pytest.raises(ValueError, match="allow_pickle"):
        Postings.load(path)
    assert not marker.exists()
    # Such files do run when they are trusted: the marker is a true sign.
    loaded = np.load(path, allow_pickle=True)
    if trapped is as_arrays:
        _ = loaded["words_en"]
        loaded.close()
    assert marker.exists()


def test_files_of_whoosh_are_not_needed_to_answer(catalog: Catalog, opened: SearchIndex) -> None:
    for path in opened.folder.iterdir():
        if path.name not in (BUILT, POSTINGS, MEANING):
            path.unlink()
    assert reopened_whole(opened, catalog)
    assert file_names(opened.folder) == [BUILT, MEANING, POSTINGS]


# Builds that fail or meet.


def building(small: SmallCatalog, *words: str) -> subprocess.CompletedProcess[str]:
    """What another process makes of the index."""
    command = [sys.executable, "-m", "tests.support.index_process", str(small.folder), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def served_whole(small: SmallCatalog, catalog: Catalog, right: Postings) -> None:
    """Nothing half can be opened, and opening it answers right."""
    place = small.folder / "index" / f"{catalog.version}-{SCHEMA_VERSION}"
    if (place / BUILT).exists() and (place / BUILT).read_text() != "no stamp":
        assert same(Postings.load(place / POSTINGS), right)
    assert same(open_index(catalog, small.folder / "index").postings, right)


@pytest.mark.slow
def test_a_build_killed_at_any_step_leaves_nothing_half(
    small: SmallCatalog, catalog: Catalog, opened: SearchIndex, tmp_path: Path
) -> None:
    steps = int(building(small_catalog(tmp_path / "counted"), "steps").stdout)
    assert steps > 40
    other = open_index(renamed(small, "Summer Meals"), opened.folder.parent)
    for at in range(1, steps + 1, 1 if LONG else -(-steps // 5)):
        (opened.folder / BUILT).write_text("no stamp")
        assert building(small, "kill", str(at)).returncode == -signal.SIGKILL
        # The last good one, of another catalog, is as it was.
        assert same(open_index(renamed(small, "Summer Meals"), opened.folder.parent).postings, other.postings)
        served_whole(small, catalog, opened.postings)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["error", "kill"])
@pytest.mark.parametrize("size", [0, 6000] if not LONG else [0, 1, 50, 1000, 4000, 6000, 8000, 15_000, 20_000])
def test_a_full_disk_leaves_the_last_good_index(
    small: SmallCatalog, catalog: Catalog, opened: SearchIndex, size: int, way: str
) -> None:
    other = open_index(renamed(small, "Summer Meals"), opened.folder.parent)
    (opened.folder / BUILT).write_text("no stamp")
    result = building(small, "fill", str(size), way)
    if way == "error":
        assert (result.returncode, result.stdout) == (0, "refused: File too large\n"), result.stderr
        assert file_names(opened.folder.parent) == sorted([opened.folder.name, other.folder.name])
    else:
        assert result.returncode == -signal.SIGXFSZ
    assert reopened_as(other, renamed(small, "Summer Meals"))
    served_whole(small, catalog, opened.postings)


def reopened_as(before: SearchIndex, catalog: Catalog) -> bool:
    state = state_of(before.folder)
    return same(open_index(catalog, before.folder.parent).postings, before.postings) and (
        state_of(before.folder) == state
    )


def test_a_file_in_place_of_the_folder_is_told_and_left_alone(
    catalog: Catalog, opened: SearchIndex, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OSError, match=r"File exists|Not a directory"):
            open_index(catalog, place)
    assert (tmp_path / "file").read_text() == "mine"
    assert reopened_whole(opened, catalog)


@pytest.mark.slow
def test_another_process_at_any_step_of_a_build_harms_neither(small: SmallCatalog) -> None:
    result = building(small, "meet", "1" if LONG else "6")
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) > 20


@pytest.mark.slow
def test_two_processes_that_build_at_once_both_answer(small: SmallCatalog, catalog: Catalog, folder: Path) -> None:
    command = [sys.executable, "-m", "tests.support.index_process", str(small.folder), "answers"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with (
        subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as one,
        subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as two,
    ):
        said = [process.stdout.readline() for process in (one, two) if process.stdout]
        assert said == ["ready\n", "ready\n"]
        for _ in range(60 if LONG else 6):
            for process in (one, two):
                assert process.stdin
                process.stdin.write("go\n")
                process.stdin.flush()
            said = [process.stdout.readline() for process in (one, two) if process.stdout]
            opened = open_index(catalog, folder)
            assert said == [f"{len(opened.postings.documents)}\n"] * 2
            (opened.folder / BUILT).write_text("no stamp")
        for process in (one, two):
            assert process.stdin
            process.stdin.close()


# What it holds.


def test_postings_saved_and_loaded_are_equal(opened: SearchIndex, tmp_path: Path) -> None:
    opened.postings.save(tmp_path / "copy.npz")
    assert same(Postings.load(tmp_path / "copy.npz"), opened.postings)


def test_postings_of_no_services_are_saved_and_loaded(tmp_path: Path) -> None:
    none = Postings.of_counts(count_words((), analyse))
    none.save(tmp_path / "none.npz")
    loaded = Postings.load(tmp_path / "none.npz")
    assert loaded.ids == ()
    assert loaded.of("food", "en") is None
    assert len(score_words([("food", "food")], [False], np.ones(1, np.float32), loaded, WEIGHTS).score) == 0


@pytest.mark.parametrize("name", ["starts", "documents", "ids", "words_es", "numbers_en"])
def test_postings_that_lack_a_part_are_refused(opened: SearchIndex, tmp_path: Path, name: str) -> None:
    with np.load(opened.folder / POSTINGS) as data:
        parts = {key: data[key] for key in data.files}
    np.savez(tmp_path / "less.npz", **{key: part for key, part in parts.items() if key != name})
    with pytest.raises(KeyError):
        Postings.load(tmp_path / "less.npz")
    if name != "ids":
        np.savez(tmp_path / "short.npz", **{**parts, name: parts[name][:-1]})
        with pytest.raises(ValueError, match=r"short|longer"):
            Postings.load(tmp_path / "short.npz")


def written_out(catalog: Catalog) -> dict[str, dict[str, dict[str, str]]]:
    """language -> service -> field -> its text, read from the values of the small catalog once more."""
    needs, terms = catalog.needs, catalog.vocabulary
    organization = {one.id: catalog.organizations[one.organization_id] for one in catalog.services.values()}
    found: dict[str, dict[str, dict[str, str]]] = {"en": {}, "es": {}}
    for key, one in catalog.services.items():
        rules = one.eligibility
        conditions = [
            terms.conditions[name] for rule in rules for name in (rule.conditions.ids if rule.conditions else ())
        ]
        conditions += [
            terms.circumstances[name]
            for rule in rules
            for name in (rule.circumstances.ids if rule.circumstances else ())
        ]
        areas = [area for area in (*(rule.residence for rule in rules), one.service_area) if area]
        towns = [name for area in areas for name in (*area.towns, *area.counties)]
        towns += [catalog.places.regions[name].label for area in areas for name in area.regions]
        found["en"][key] = {
            "name": one.name,
            "alternate_names": " ".join(one.alternate_names),
            "organization": " ".join((organization[key].name, *organization[key].alternate_names)),
            "needs": " ".join(
                " ".join((needs[need].label.en, needs[need].description.en, *needs[need].words.en))
                for need in one.needs
            ),
            "summary": one.summary,
            "details": " ".join(
                (
                    *(one.description or "", one.next_step.text, *one.confirm),
                    *(" ".join((term.label.en, *term.words.en)) for term in conditions),
                )
            ),
            "places": " ".join((*towns, *(place.city for place in one.locations))),
        }
        spanish = one.translations.get("es")
        found["es"][key] = {
            "name": (spanish.name if spanish else None) or "",
            "summary": (spanish.summary if spanish else None) or "",
            "needs": " ".join(
                " ".join((needs[need].label.es, needs[need].description.es, *needs[need].words.es))
                for need in one.needs
            ),
            "details": " ".join(" ".join((term.label.es, *term.words.es)) for term in conditions),
        }
    return found


def plain_worth(catalog: Catalog) -> dict[tuple[str, str, str], float]:
    """(language, word, service) -> its BM25F worth, by the formula, without arrays and without Whoosh's index."""
    worth: dict[tuple[str, str, str], float] = {}
    share, saturation = INDEX_WEIGHTS.length_share, INDEX_WEIGHTS.saturation
    for language, services in written_out(catalog).items():
        counts = {
            (key, field): Counter(analyse(text, language))
            for key, fields in services.items()
            for field, text in fields.items()
        }
        weighted: dict[tuple[str, str], float] = {}
        for field, weight in INDEX_WEIGHTS.fields.items():
            lengths = {key: sum(counts.get((key, field), Counter()).values()) for key in services}
            mean = max(1.0, sum(lengths.values()) / len(lengths))
            for key in services:
                for word, count in counts.get((key, field), Counter()).items():
                    norm = 1 - share + share * lengths[key] / mean
                    weighted[word, key] = weighted.get((word, key), 0.0) + weight * count / norm
        for (word, key), sum_ in weighted.items():
            frequency = sum(word == other for other, _ in weighted)
            rarity = math.log(1 + (len(services) - frequency + 0.5) / (frequency + 0.5))
            worth[language, word, key] = rarity * sum_ * (saturation + 1) / (saturation + sum_)
    return worth


def worths(postings: Postings) -> dict[tuple[str, str, str], float]:
    found: dict[tuple[str, str, str], float] = {}
    for language in LANGUAGES:
        for word in postings.rows[language]:
            forms = (word, "") if language == "en" else ("", word)
            scores = score_words([forms], [False], np.ones(1, np.float32), postings, WEIGHTS).score.tolist()
            found |= {(language, word, key): score for key, score in zip(postings.ids, scores, strict=True) if score}
    return found


def test_the_index_holds_just_the_words_and_sums_of_a_plain_bm25f(catalog: Catalog, opened: SearchIndex) -> None:
    assert worths(opened.postings) == pytest.approx(plain_worth(catalog), rel=1e-5)


def test_words_add_up_and_of_two_languages_the_better_counts(catalog: Catalog, opened: SearchIndex) -> None:
    expected = plain_worth(catalog)
    words = [("food", "com"), ("kid", "famili"), ("nowher", "ningun")]
    plain = [
        sum(
            max(expected.get((language, form, key), 0.0) for language, form in zip(LANGUAGES, forms, strict=True))
            for forms in words
        )
        for key in sorted(catalog.services)
    ]
    assert plain[0] > 0 < plain[1] != plain[0]
    scored = score_words(words, [False] * 3, np.ones(3, dtype=np.float32), opened.postings, WEIGHTS)
    assert scored.score.tolist() == pytest.approx(plain, rel=1e-5)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Kids eat for free", "en", ["kid", "eat", "free"]),
        ("niños y NIÑO, ninos", "es", ["nin", "nin", "nin"]),
        ("Comida, comidas", "es", ["com", "com"]),
        ("I need help with the a of", "en", []),
        ("necesito ayuda para mí", "es", []),
        ("", "en", []),
    ],
)
def test_texts_are_folded_stemmed_and_freed_of_words_of_asking(text: str, language: str, words: list[str]) -> None:
    assert analyse(text, language) == words


def test_each_language_has_its_analyser() -> None:
    assert set(ANALYZERS) == set(LANGUAGES) == {"en", "es"}
