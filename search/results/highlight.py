"""The sentence of an entry that holds most of the words of a query: plain text, with the places of the words.

Never HTML: whoever shows it marks the words up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.model import Service
from search.index.documents import LANGUAGES
from search.index.whoosh_index import analyse

MAX_KEPT = 5_000

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“¿¡]?[A-ZÁÉÍÓÚÑ0-9])")
_WORD = re.compile(r"\w+(?:['’]\w+)?")

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A sentence in a language ("en" or "es"). `marks` are the (start, end) of the words found in it, in characters."""

    text: str
    marks: tuple[tuple[int, int], ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: the forms of the words that say something, and (form, start, end) of each of them."""

    text: str
    language: str
    forms: frozenset[str]
    words: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Highlighter:
    """The sentences of services, taken apart when they are first needed. Nothing that was asked is kept."""

    services: tuple[Service, ...]
    _kept: dict[int, tuple[_Sentence, ...]] = field(default_factory=dict, repr=False)

    def highlight(self, row: int, wanted: Mapping[str, frozenset[str]]) -> Highlight | None:
        """The sentence with the most of the wanted forms (by language); None when none has any.

        Of equals the first: summary before description, English before Spanish.
        """
        sentences = self._sentences(row)
        held = [len(one.forms & wanted[one.language]) for one in sentences]
        most = max(held, default=0)
        if not most:
            return None
        best = sentences[held.index(most)]
        marks = tuple((start, end) for form, start, end in best.words if form in wanted[best.language])
        return Highlight(best.text, marks, best.language)

    def _sentences(self, row: int) -> tuple[_Sentence, ...]:
        found = self._kept.get(row)
        if found is None:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            found = tuple(_sentences(self.services[row]))
            self._kept[row] = found
        return found


def forms_by_language(words: Sequence[Forms]) -> dict[str, frozenset[str]]:
    """The forms of the words of a query, each given by its form in each of LANGUAGES."""
    return {language: frozenset(each[number] for each in words) for number, language in enumerate(LANGUAGES)}


def _sentences(service: Service) -> Iterator[_Sentence]:
    spanish = service.translations.get("es")
    texts = [("en", service.summary), ("en", service.description), ("es", spanish.summary if spanish else None)]
    for language, text in texts:
        for sentence in _SENTENCE_END.split(text or ""):
            words = tuple(_words(sentence, language))
            yield _Sentence(sentence, language, frozenset(form for form, _, _ in words), words)


def _words(sentence: str, language: str) -> Iterator[tuple[str, int, int]]:
    for word in _WORD.finditer(sentence):
        form = _form(word[0].lower(), language)
        if form:
            yield form, word.start(), word.end()


def _form(word: str, language: str) -> str:
    """A word of the catalog as it stands in the index; "" for a word of asking."""
    return "".join(analyse(word, language)[:1])
