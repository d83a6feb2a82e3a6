"""The Whoosh index: its schema, how it is built, opened and thrown away. The only module that imports whoosh.

The index is a by-product of the catalog. It lives in a folder named by the catalog's version and the schema's, is
built aside and moved into place in one step, and is built again whenever it cannot be read, for whatever reason:
Whoosh keeps pickles, so the folder is as trusted as code (mode 0700) and is never restored from elsewhere.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from whoosh import fields, index, query, scoring
from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.support.charset import accent_map

from catalog.model import Catalog, Need, Service
from catalog.places import join

SCHEMA_VERSION = 1
BUILT = "BUILT"

log = logging.getLogger(__name__)

_QUESTION_WORDS = frozenset(
    "a an and are as at be by can do does for from get have help how i in is it me my need of on or our someone that"
    " the their there to we what when where who will with you your"
    " de la el los las un una unos unas y o en con para por mi su que es necesito busco ayuda como donde".split()
)


def _analyzer() -> object:
    chain = RegexTokenizer(r"[\w]+(?:['’][\w]+)?") | LowercaseFilter() | CharsetFilter(accent_map)
    return chain | StopFilter(stoplist=_QUESTION_WORDS, minsize=1) | StemFilter()


ANALYZER = _analyzer()

# How much a word counts where it stands.
FIELD_WEIGHTS = {
    "name": 6.0,
    "alternate_names": 6.0,
    "organization": 2.5,
    "needs": 3.0,
    "summary": 1.5,
    "details": 0.7,
    "places": 1.0,
    "spanish": 1.0,
}


def _schema() -> fields.Schema:
    text = {name: fields.TEXT(analyzer=ANALYZER, phrase=False) for name in FIELD_WEIGHTS}
    return fields.Schema(id=fields.ID(unique=True, stored=True), **text)


@dataclass(frozen=True, slots=True)
class Hit:
    """A service found, and how well its words fit (greater is better)."""

    service_id: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An open index over one version of the catalog."""

    folder: Path
    _index: index.Index

    def search(self, words: list[str], limit: int | None = None) -> tuple[Hit, ...]:
        """Services in which any of the analysed `words` stands, best first; equal scores in the order of their ids."""
        if not words:
            return ()
        wanted = [query.Term(name, word, boost=weight) for word in words for name, weight in FIELD_WEIGHTS.items()]
        with self._index.searcher(weighting=scoring.BM25F()) as searcher:
            found = searcher.search(query.Or(wanted), limit=limit)
            hits = [Hit(result["id"], float(result.score)) for result in found]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.service_id)))

    def document_count(self) -> int:
        return int(self._index.doc_count())


def analyse(text: str) -> list[str]:
    """The words of a query as they stand in the index: folded, without stop words, stemmed; each once."""
    return list(dict.fromkeys(token.text for token in ANALYZER(text, mode="query")))  # type: ignore[operator]


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
    _build_aside(catalog, folder, place)
    return _open(place, catalog)


def _open(place: Path, catalog: Catalog) -> SearchIndex:
    if place.stat().st_uid != os.getuid() or place.stat().st_mode & 0o077:
        raise PermissionError(f"{place} is not this user's alone")
    if (place / BUILT).read_text() != _stamp(catalog):
        raise ValueError("the index was not finished")
    opened = SearchIndex(place, index.open_dir(str(place)))
    if opened.document_count() != len(catalog.services):
        raise ValueError("the index holds another number of services")
    # One real search reads the parts that a damaged file would spoil.
    opened.search(analyse("food housing autism"))
    return opened


def _stamp(catalog: Catalog) -> str:
    return f"{catalog.version} {SCHEMA_VERSION} {len(catalog.services)}"


def _build_aside(catalog: Catalog, folder: Path, place: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    try:
        _write(catalog, aside)
        if place.exists():
            place.rename(folder / f".old-{aside.name}")
        # Another process may have moved its own copy there first: then that one serves.
        with suppress(OSError):
            aside.rename(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for old in folder.iterdir():
        if old.name.startswith(".old-"):
            shutil.rmtree(old, ignore_errors=True)


def _write(catalog: Catalog, place: Path) -> None:
    created = index.create_in(str(place), _schema())
    writer = created.writer(limitmb=64)
    for document in _documents(catalog):
        writer.add_document(**document)
    writer.commit()
    created.close()
    (place / BUILT).write_text(_stamp(catalog))


def _documents(catalog: Catalog) -> Iterator[dict[str, str]]:
    for service in catalog.services.values():
        needs = [catalog.needs[need] for need in service.needs if need in catalog.needs]
        spanish = service.translations.get("es")
        yield {
            "id": service.id,
            "name": service.name,
            "alternate_names": " ".join(service.alternate_names),
            "organization": _organization_words(service, catalog),
            "needs": " ".join(_need_words(need) for need in needs),
            "summary": service.summary,
            "details": " ".join(_details(service, catalog)),
            "places": " ".join(_places(service, catalog)),
            "spanish": " ".join(filter(None, (spanish.name, spanish.summary))) if spanish else "",
        }


def _organization_words(service: Service, catalog: Catalog) -> str:
    organization = catalog.organizations[service.organization_id]
    return " ".join((organization.name, *organization.alternate_names))


def _need_words(need: Need) -> str:
    return " ".join((need.label.en, need.label.es, *need.words.en, *need.words.es))


def _details(service: Service, catalog: Catalog) -> Iterator[str]:
    yield service.description or ""
    yield service.next_step.text
    yield from service.confirm
    vocabulary = catalog.vocabulary
    for alternative in service.eligibility:
        for terms, table in (
            (alternative.conditions, vocabulary.conditions),
            (alternative.circumstances, vocabulary.circumstances),
        ):
            for term in terms.ids if terms else ():
                yield join((table[term].label.en, table[term].label.es, *table[term].words.en, *table[term].words.es))


def _places(service: Service, catalog: Catalog) -> Iterator[str]:
    areas = [alternative.residence for alternative in service.eligibility] + [service.service_area]
    for area in areas:
        if area is not None and not area.outside:
            yield " ".join((*area.towns, *area.counties))
            yield " ".join(catalog.places.regions[region].label for region in area.regions)
    yield " ".join(location.city for location in service.locations)
