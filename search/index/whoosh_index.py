"""The Whoosh index: its schema and analysers, how it is built and opened. No other module imports whoosh.

The index is a by-product of the catalog. It lives in a folder named by the catalog's version and the schema's, is
built aside and moved into place in one step, and is built again whenever it cannot be read, for whatever reason.
Where few services have changed, it is built upon the last one. Whoosh keeps pickles, so the folder is as trusted as
code (mode 0700) and is never restored from elsewhere.
"""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields
from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.codec import default_codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.lang import stopwords_for_language
from whoosh.support.charset import accent_map
from whoosh.system import pack_uint

from catalog.model import Catalog
from search.index.documents import INDEX_FIELDS, LANGUAGES, Part, Texts
from search.index.fingerprint import Stamp, file_digest
from search.index.generations import build_aside, generations, must_be_ours
from search.index.postings import Postings
from search.index.stop_words import ASKING
from search.index.store_manifest import Record
from search.index.term_counts import Counts, Term, count_words
from search.meaning.encoder import NO_ENCODER, encoder, encoder_id
from search.meaning.likeness import Meaning
from search.meaning.store import MeaningStore
from search.weights import INDEX_WEIGHTS

SCHEMA_VERSION = 5
BUILT = "BUILT"
POSTINGS = "postings.npz"
RECORD = "record.npz"
MEANING = "meaning.npz"
NO_MEANING = "-"
STORE = "MAIN"  # Whoosh's own name for the only index of a folder

# A store is built upon the last one while that has few segments and few documents that are new or deleted.
MAX_SEGMENTS = 8
MAX_CHANGED = 0.1
SEGMENT_SIZE = 50_000

MAX_KNOWN_WORDS = 1 << 17

# One word of a text, also with an apostrophe inside.
_WORD = r"\w+(?:['’]\w+)?"
_ACCENTS = str.maketrans("áéíóú", "aeiou")

# Written in two ways in names of places and hospitals: looked up as one.
_ONE_SPELLING = {"saint": "st", "mount": "mt"}

# Changes with the rules that the words in the index were made by.
RULES = hashlib.sha256(repr((ASKING, _WORD, sorted(_ONE_SPELLING.items()), list(INDEX_FIELDS))).encode()).hexdigest()[
    :8
]

log = logging.getLogger(__name__)


def _analyzer(language: str) -> Any:
    chain = RegexTokenizer(_WORD) | LowercaseFilter() | CharsetFilter(accent_map)
    stop = frozenset(ASKING[language].split()) | frozenset(
        word.translate(_ACCENTS) for word in stopwords_for_language(language)
    )
    # No cache of Whoosh's own: it is not made for threads, and would keep the words that people type.
    stems = StemFilter(lang=language, cachesize=0)
    return chain | StopFilter(stoplist=stop, minsize=2, maxsize=40) | stems


ANALYZERS = {language: _analyzer(language) for language in LANGUAGES}


def analyse(text: str, language: str) -> list[str]:
    """Return the words of a catalog's text as they stand in the index: folded, without words of asking, stemmed.

    Words recur, so each is remembered. Never for what people type: see `typed_form`.
    """
    known = _FORMS[language]
    forms = []
    for word in re.findall(_WORD, text):
        form = known.get(word)
        if form is None:
            form = _analysed(word, language)
            if len(known) < MAX_KNOWN_WORDS:
                known[word] = form
        if form:
            forms.append(form)
    return forms


def typed_form(word: str, language: str) -> str:
    """Return a word that someone typed as it stands in the index; "" for a word of asking. It is not remembered."""
    form = _FORMS[language].get(word)
    return _analysed(word, language) if form is None else form


def _analysed(word: str, language: str) -> str:
    word = _ONE_SPELLING.get(word.lower(), word)
    return next((token.text for token in ANALYZERS[language](word, mode="index")), "")


# The forms of the catalog's own words, by language.
_FORMS: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}


def _schema() -> fields.Schema:
    text = {
        field: fields.TEXT(analyzer=ANALYZERS[language], phrase=False) for field, (_, language) in INDEX_FIELDS.items()
    }
    return fields.Schema(id=fields.ID(unique=True, stored=True), **text)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An open index over one version of the catalog, with its postings as arrays."""

    folder: Path
    postings: Postings
    meaning: Meaning | None = None  # None where there is no encoder

    def document_count(self) -> int:
        return len(self.postings.ids)


def open_index(catalog: Catalog, folder: Path) -> SearchIndex:
    """The index of this catalog below `folder`, built first when it is missing or cannot be read.

    Raises OSError when it cannot be written either.
    """
    place = folder / f"{catalog.version}-{SCHEMA_VERSION}"
    try:
        return _open(place, catalog)
    except Exception as error:  # noqa: BLE001 - a damaged index raises anything at all; all of it means "build again"
        if place.exists():
            log.warning("The search index at %s cannot be used (%s); building it again.", place, type(error).__name__)
    base = _last_beside(place)
    built = build_aside(place, lambda aside: _write(catalog, aside, base), lambda aside: _open(aside, catalog))
    return replace(built, folder=place)


def _open(place: Path, catalog: Catalog) -> SearchIndex:
    must_be_ours(place)
    if (place / BUILT).read_text() != str(_stamp(catalog, place)):
        raise ValueError("the index was not finished, or was changed")
    postings = Postings.load(place / POSTINGS)
    if postings.ids != tuple(sorted(catalog.services)):
        raise ValueError("the index holds other services")
    used = encoder()
    meaning = MeaningStore.load(place / MEANING).meaning(catalog, used) if used else None
    return SearchIndex(place, postings, meaning)


def _stamp(catalog: Catalog, place: Path) -> Stamp:
    postings = file_digest(place / POSTINGS)
    meaning = file_digest(place / MEANING) if encoder_id() != NO_ENCODER else NO_MEANING
    figures = (INDEX_WEIGHTS.digest, len(catalog.services), postings)
    return Stamp(catalog.version, SCHEMA_VERSION, RULES, *figures, encoder_id(), meaning)


def _last_beside(place: Path) -> Path | None:
    """The last finished generation of another catalog with the same schema and rules."""
    for other in reversed(generations(place.parent)):
        try:
            must_be_ours(other)
            stamp = Stamp.parse((other / BUILT).read_text())
            if other != place and (stamp.schema, stamp.rules) == (SCHEMA_VERSION, RULES):
                return other
        except (OSError, ValueError):
            continue
    return None


def _write(catalog: Catalog, place: Path, base: Path | None) -> None:
    counts = counts_of(catalog)
    _write_store(counts, place, base)
    Postings.of_counts(counts).save(place / POSTINGS)
    _write_meaning(catalog, place, base)
    (place / BUILT).write_text(str(_stamp(catalog, place)))


def _write_meaning(catalog: Catalog, place: Path, base: Path | None) -> None:
    """Write the vectors, with those of the last generation where the texts are the same; nothing without an encoder."""
    used = encoder()
    if used is None:
        return
    last = None
    with suppress(Exception):  # as above: what is damaged is made anew
        if base is not None and Stamp.parse((base / BUILT).read_text()).encoder == encoder_id():
            last = MeaningStore.load(base / MEANING)
    MeaningStore.build(catalog, used, last).save(place / MEANING)


def counts_of(catalog: Catalog) -> Counts:
    """How often each word stands in each field of each service of a catalog."""
    texts = Texts.of(catalog)

    def documents() -> Iterator[tuple[str, Sequence[Part]]]:
        for key in sorted(catalog.services):
            yield key, tuple(texts.parts(catalog.services[key]))

    return count_words(documents(), analyse)


# The store of Whoosh, written from the counts by its codec. Whoosh's own writer would sort every posting in Python.


def _write_store(counts: Counts, place: Path, base: Path | None) -> None:
    storage = FileStorage(str(place))
    segments, numbers = _taken_over(counts, place, base)
    size = sum(segment.doc_count_all() for segment in segments)
    missing = np.flatnonzero(numbers < 0)
    for start in range(0, len(missing), SEGMENT_SIZE):
        rows = missing[start : start + SEGMENT_SIZE]
        segments.append(_write_segment(counts, rows, storage))
        numbers[rows] = size + np.arange(len(rows))
        size += len(rows)
    TOC(_schema(), segments, 1).write(storage, STORE)
    documents = zip(counts.digests, numbers.tolist(), strict=True)
    Record.of_store(dict(zip(counts.ids, documents, strict=True)), place).save(place / RECORD)


def _taken_over(counts: Counts, place: Path, base: Path | None) -> tuple[list[Any], NDArray[np.int64]]:
    """The segments of the store at `base`, copied to `place`, and the number in them of each service (N); -1 if none.

    None are taken when there is no such store, when it is damaged, or when too much has changed.
    """
    nothing: tuple[list[Any], NDArray[np.int64]] = [], np.full(len(counts.ids), -1, dtype=np.int64)
    if base is None:
        return nothing
    try:
        record = Record.load(base / RECORD)
        segments = TOC.read(FileStorage(str(base)), STORE).segments
        known = (record.documents.get(key, ("", -1)) for key in counts.ids)
        numbers = np.array(
            [number if same == now else -1 for (same, number), now in zip(known, counts.digests, strict=True)]
        )
        gone = np.setdiff1d(np.arange(sum(segment.doc_count_all() for segment in segments)), numbers)
        if len(segments) >= MAX_SEGMENTS or len(gone) + np.sum(numbers < 0) > MAX_CHANGED * len(counts.ids):
            return nothing
        for name in record.files:
            if not name.endswith(".toc"):
                shutil.copyfile(base / name, place / name)
    except Exception as error:  # noqa: BLE001 - as above; and another process may remove it at any moment
        log.warning("The search index at %s cannot be built upon (%s).", base, type(error).__name__)
        for path in place.iterdir():
            path.unlink()
        return nothing
    _delete(gone.tolist(), segments)
    return segments, numbers


def _delete(numbers: list[int], segments: Sequence[Any]) -> None:
    """Mark documents as deleted; they are numbered through all segments."""
    starts = np.cumsum([0, *(segment.doc_count_all() for segment in segments)]).tolist()
    for number in numbers:
        at = bisect_right(starts, number) - 1
        segments[at].delete_document(number - starts[at])


def _write_segment(counts: Counts, rows: NDArray[np.int64], storage: FileStorage) -> Any:
    """A segment of Whoosh with the services of these rows (ascending)."""
    codec, schema = default_codec(), _schema()
    segment = codec.new_segment(storage, STORE)
    ids = [counts.ids[row] for row in rows.tolist()]
    columns = {name: column.only(rows, len(counts.ids)) for name, column in counts.columns.items()}
    lengths = {name: column.lengths(len(rows)).tolist() for name, column in columns.items()}
    _write_documents(codec.per_document_writer(storage, segment), schema, ids, lengths)
    segment.set_doc_count(len(ids))
    words = codec.field_writer(storage, segment)
    _write_field(words, "id", schema["id"], ((key, (number,), (1,)) for number, key in enumerate(ids)), None)
    for name in sorted(columns):
        terms = columns[name].by_word(counts.words[INDEX_FIELDS[name][1]])
        _write_field(words, name, schema[name], terms, lengths[name])
    words.close()
    storage.temp_storage(f"{STORE}.tmp").destroy()
    segment.create_compound_file(storage)
    return segment


def _write_documents(writer: Any, schema: fields.Schema, ids: Sequence[str], lengths: Mapping[str, list[int]]) -> None:
    for number, key in enumerate(ids):
        writer.start_doc(number)
        writer.add_field("id", schema["id"], key, 0)
        for name, length in lengths.items():
            writer.add_field(name, schema[name], None, length[number])
        writer.finish_doc()
    writer.close()


def _write_field(writer: Any, name: str, field: Any, terms: Iterable[Term], lengths: list[int] | None) -> None:
    """The terms of a field in alphabetical order; without lengths, one whose words are not counted."""
    writer.start_field(name, field)
    for word, documents, counts in terms:
        writer.start_term(word.encode())
        for document, count in zip(documents, counts, strict=True):
            packed, length = (pack_uint(count), lengths[document]) if lengths else (b"", None)
            writer.add(document, count, packed, length)
        writer.finish_term()
    writer.finish_field()
