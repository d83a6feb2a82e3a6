"""The key that signs forms: made once, kept from others, shared by all workers; and what is signed with it."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalog.checks import Expectations
from catalog.reading.problems import CatalogError
from settings import Settings, load_settings
from web.shared.signing import MAX_LENGTH, Seal, UnsealedTextError, key_of


def settings(file: Path | None, key: str = "") -> Settings:
    return Settings(Path("resources"), Path("index"), Expectations(), secret_file=file, secret_key=key)


def test_the_key_file_is_made_at_the_first_start_and_then_kept(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret"
    key = key_of(settings(file))
    assert len(key) >= 32
    assert key_of(settings(file)) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["secret"]


def _key(file: Path) -> bytes:
    return key_of(settings(file))


@pytest.mark.slow
def test_workers_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(_key, [file] * 12, chunksize=1))) == 1


def test_a_key_of_the_environment_goes_first(tmp_path: Path) -> None:
    key = "k" * 40
    assert key_of(settings(tmp_path / "secret", key)) == key.encode()
    assert not (tmp_path / "secret").exists()
    assert load_settings({"SECRET_KEY": key}).secret_key == key
    assert key not in repr(load_settings({"SECRET_KEY": key}))


def test_without_a_file_each_process_has_a_key_of_its_own() -> None:
    assert key_of(settings(None)) != key_of(settings(None))


def test_a_short_key_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as refused:
        load_settings({"SECRET_KEY": "short"})
    assert "SECRET_KEY: must have at least 32 characters" in str(refused.value.problems[0])
    (tmp_path / "secret").write_text("short\n")
    with pytest.raises(CatalogError) as refused:
        key_of(settings(tmp_path / "secret"))
    assert "is too short for a key. Delete it" in str(refused.value.problems[0])


def test_a_key_file_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CatalogError) as refused:
        key_of(settings(tmp_path / "file" / "secret"))
    assert "Or set SECRET_KEY" in str(refused.value.problems[0])


SEAL = Seal.of(b"k" * 32, "test")
VALUES = some.recursive(some.none() | some.booleans() | some.integers() | some.text(), some.lists)


@given(VALUES)
def test_what_was_closed_is_opened_again(value: object) -> None:
    assert SEAL.open(SEAL.close(value)) == value


@given(some.text())
def test_other_text_is_not_ours(text: str) -> None:
    with pytest.raises(UnsealedTextError):
        SEAL.open(text)


@pytest.mark.slow
@given(VALUES, some.integers(0, 10_000), some.characters(exclude_categories=["Cs"]))
def test_a_changed_letter_is_noticed(value: object, place: int, letter: str) -> None:
    text = SEAL.close(value)
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    if changed == text:
        return
    try:
        # The last letter of a signature has bits to spare: another letter may spell the very same signature.
        assert SEAL.open(changed) == value
        assert place == len(text) - 1
    except UnsealedTextError:
        pass


def test_what_is_too_long_is_not_even_read() -> None:
    text = SEAL.close("x" * MAX_LENGTH + "".join(map(str, range(MAX_LENGTH))))
    assert len(text) > MAX_LENGTH
    with pytest.raises(UnsealedTextError):
        SEAL.open(text)
