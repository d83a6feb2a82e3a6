"""The Whoosh index: its schema and analysers, how it is built, opened and thrown away. No other module imports whoosh.

The index is a by-product of the catalog. It lives in a folder named by the catalog's version and the schema's, is
built aside and moved into place in one step, and is built again whenever it cannot be read, for whatever reason:
Whoosh keeps pickles, so the folder is as trusted as code (mode 0700) and is never restored from elsewhere.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from whoosh import fields, index
from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.lang import stopwords_for_language
from whoosh.support.charset import accent_map

from catalog.model import Catalog, Need, Service
from search.postings import LANGUAGES, Postings
from search.weights import INDEX_WEIGHTS

SCHEMA_VERSION = 3
BUILT = "BUILT"
POSTINGS = "postings.npz"
GENERATIONS_KEPT = 2
BUILDING = ".building-"
REPLACED = ".old-"
LONGEST_BUILD = 3600  # seconds; a build older than this was cut off

log = logging.getLogger(__name__)

# Words of asking, which say nothing of what is asked for. Folded, as the analysers see them.
_ASKING = {
    "en": (
        "a about after all am an and any anyone anybody are around as at be been being but by can cannot could"
        " did do does doing don't else ever for from gave get getting gets give go going gone good got had has"
        " have having he help helping helps her here him his how i i'm if in into is it it's its just know let"
        " like long look looking lot many may me more much must my near nearby need needed needing needs no nobody"
        " not of off on one only or our out over own please really right same seem she should so some somebody"
        " someone something somewhere than thank thanks that the their them then there these they thing things"
        " this those through to too try trying under until up us use using very want wanting wants was way we were"
        " what when where which while who whom why will wish with would you your"
    ),
    "es": (
        "a al algo alguien alguna alguno ante aqui asi aun ayuda ayudar ayuden ayudo busca buscando buscar busco"
        " cada como con cual cuando cuanto de del desde donde dos el ella ellas ellos en entre era es esa ese eso"
        " esta estan estar estas este esto estos estoy fue ha hacer haga hago hasta hay he hola la las le les lo"
        " los mas me mi mis mucho muy nada necesita necesitamos necesito ni no nos nosotros o otra otro para pero"
        " por porque puede pueden puedo pues que quien quiere quiero se sea ser si sin sobre solo somos son soy su"
        " sus tambien tan tengo tiene tienen toda todo tu un una unas uno unos usted ustedes va vamos voy y ya yo"
    ),
}

FIELDS = ("name", "alternate_names", "organization", "needs", "summary", "details", "places")


def _analyzer(language: str) -> object:
    chain = RegexTokenizer(r"\w+(?:['’]\w+)?") | LowercaseFilter() | CharsetFilter(accent_map)
    stop = frozenset(_ASKING[language].split()) | frozenset(
        word.translate({ord("á"): "a", ord("é"): "e", ord("í"): "i", ord("ó"): "o", ord("ú"): "u"})
        for word in stopwords_for_language(language)
    )
    return chain | StopFilter(stoplist=stop, minsize=2, maxsize=40) | StemFilter(lang=language)


ANALYZERS = {language: _analyzer(language) for language in LANGUAGES}


def analyse(text: str, language: str) -> list[str]:
    """The words of a text as they stand in the index: folded, without words of asking, stemmed; in order."""
    return [token.text for token in ANALYZERS[language](text, mode="index")]  # type: ignore[operator]


def _schema() -> fields.Schema:
    text = {
        f"{name}_{language}": fields.TEXT(analyzer=ANALYZERS[language], phrase=False)
        for language in LANGUAGES
        for name in FIELDS
    }
    return fields.Schema(id=fields.ID(unique=True, stored=True), **text)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An open index over one version of the catalog, with its postings as arrays."""

    folder: Path
    postings: Postings

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
    return _build_aside(catalog, folder, place)


def _open(place: Path, catalog: Catalog) -> SearchIndex:
    if place.stat().st_uid != os.getuid() or place.stat().st_mode & 0o077:
        raise PermissionError(f"{place} is not this user's alone")
    if (place / BUILT).read_text() != _stamp(catalog, place / POSTINGS):
        raise ValueError("the index was not finished, or was changed")
    postings = Postings.load(place / POSTINGS)
    if postings.ids != tuple(sorted(catalog.services)):
        raise ValueError("the index holds other services")
    return SearchIndex(place, postings)


def _stamp(catalog: Catalog, postings: Path) -> str:
    digest = hashlib.sha256(postings.read_bytes()).hexdigest()
    return f"{catalog.version} {SCHEMA_VERSION} {INDEX_WEIGHTS.digest} {len(catalog.services)} {digest}"


def _build_aside(catalog: Catalog, folder: Path, place: Path) -> SearchIndex:
    """Build the index in a folder of its own, read it as any other, and only then move it into place."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=BUILDING, dir=folder))
    try:
        _write(catalog, aside)
        built = _open(aside, catalog)
        # Another process may do the same at any moment: then its copy serves the next to come, and this one us.
        with suppress(OSError):
            place.rename(aside.with_name(f"{REPLACED}{aside.name}"))
        with suppress(OSError):
            aside.rename(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _clear_up(folder, place)
    return replace(built, folder=place)


def _clear_up(folder: Path, place: Path) -> None:
    """Remove what was replaced or left unfinished, and generations older than the last.

    A build under way elsewhere is left alone.
    """
    ages: list[tuple[float, Path]] = []
    for path in folder.iterdir():
        # Another process may be clearing up too.
        with suppress(OSError):
            ages.append((path.lstat().st_mtime, path))
    ages.sort()
    generations = [path for _, path in ages if not path.name.startswith(".")]
    old = [path for path in generations[:-GENERATIONS_KEPT] if path != place]
    old += [path for _, path in ages if path.name.startswith(REPLACED)]
    old += [path for at, path in ages if path.name.startswith(BUILDING) and at < time.time() - LONGEST_BUILD]
    for path in old:
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _write(catalog: Catalog, place: Path) -> None:
    created = index.create_in(str(place), _schema())
    writer = created.writer(limitmb=128)
    for service_id in sorted(catalog.services):
        writer.add_document(**_document(catalog.services[service_id], catalog))
    writer.commit(optimize=True)
    with created.reader() as reader:
        _read_postings(reader).save(place / POSTINGS)
    created.close()
    (place / BUILT).write_text(_stamp(catalog, place / POSTINGS))


def _read_postings(reader: object) -> Postings:
    """All postings of a Whoosh reader, field by field, as arrays."""
    count = reader.doc_count_all()  # type: ignore[attr-defined]
    ids = [reader.stored_fields(number)["id"] for number in range(count)]  # type: ignore[attr-defined]

    def postings(field: str) -> Iterator[tuple[str, list[int], list[float]]]:
        for term in reader.lexicon(field):  # type: ignore[attr-defined]
            matcher = reader.postings(field, term)  # type: ignore[attr-defined]
            documents: list[int] = []
            counts: list[float] = []
            while matcher.is_active():
                documents.append(matcher.id())
                counts.append(matcher.weight())
                matcher.next()
            yield term.decode(), documents, counts

    return Postings.gather(ids, FIELDS, postings)


def _document(service: Service, catalog: Catalog) -> dict[str, str]:
    needs = [catalog.needs[need] for need in service.needs if need in catalog.needs]
    spanish = service.translations.get("es")
    return {
        "id": service.id,
        "name_en": service.name,
        "alternate_names_en": " ".join(service.alternate_names),
        "organization_en": _organization_words(service, catalog),
        "needs_en": " ".join(_need_words(need, "en") for need in needs),
        "summary_en": service.summary,
        "details_en": " ".join(_details(service, catalog, "en")),
        "places_en": " ".join(_places(service, catalog)),
        "name_es": (spanish.name or "") if spanish else "",
        "alternate_names_es": "",
        "organization_es": "",
        "needs_es": " ".join(_need_words(need, "es") for need in needs),
        "summary_es": (spanish.summary or "") if spanish else "",
        "details_es": " ".join(_details(service, catalog, "es")),
        "places_es": "",
    }


def _organization_words(service: Service, catalog: Catalog) -> str:
    organization = catalog.organizations[service.organization_id]
    return " ".join((organization.name, *organization.alternate_names))


def _need_words(need: Need, language: str) -> str:
    words = need.words.es if language == "es" else need.words.en
    return " ".join((need.label.in_language(language), need.description.in_language(language), *words))


def _details(service: Service, catalog: Catalog, language: str) -> Iterator[str]:
    if language == "en":
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
                words = table[term].words.es if language == "es" else table[term].words.en
                yield " ".join((table[term].label.in_language(language), *words))


def _places(service: Service, catalog: Catalog) -> Iterator[str]:
    areas = [alternative.residence for alternative in service.eligibility] + [service.service_area]
    for area in areas:
        if area is not None and not area.outside:
            yield " ".join((*area.towns, *area.counties))
            yield " ".join(catalog.places.regions[region].label for region in area.regions)
    yield " ".join(location.city for location in service.locations)
