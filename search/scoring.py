"""What was understood of a query -> the score of each service. Pure over a `Scorer` made once for a catalog."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from catalog.model import Catalog, Service
from catalog.places import fold
from search.index import analyse
from search.phrases import LoosePhrases
from search.postings import Postings
from search.ranking import Floats, Scores, least_share, score_words
from search.texts import LANGUAGES
from search.understanding import Understood

MOST_WORDS = 12

# What a phrase that names a need is worth, to services that have it first, second ... among their needs.
NEED_WORTH = 9.0
NEED_FADE = 0.75
LINK_WORTH = 0.1
NAME_WORTH = 25.0
LONGEST_NAME = 7
SHORTEST_NAME = 3

Forms = tuple[str, ...]


@dataclass(frozen=True)
class Scorer:
    """What scoring needs, made once for a catalog. Rows are services in the order of the postings' ids."""

    postings: Postings
    loose: LoosePhrases
    need_worth: dict[str, Floats]
    names: dict[str, tuple[int, ...]]

    @classmethod
    def build(cls, catalog: Catalog, postings: Postings) -> Scorer:
        services = tuple(catalog.services[key] for key in postings.ids)
        return cls(postings, LoosePhrases.build(catalog), _need_worth(services), _names(services))

    def scores(self, words: list[Forms], needs: Mapping[str, float], named: Mapping[int, float]) -> Scores:
        """The score of each service, 0 for one that is no answer, and the share of the query that it holds.

        `needs` and `named` are what the two methods below find. The share is 1 for a service that is named.
        """
        scored = score_words(words, self.postings)
        worths = [
            (self.need_worth[need], np.float32(NEED_WORTH * likeness))
            for need, likeness in needs.items()
            if need in self.need_worth
        ]
        fits = scored.share >= least_share(len(words))
        for worth, _ in worths:
            fits |= worth > 0
        fits[list(named)] = True
        # Few fit: only theirs is added up.
        rows = np.flatnonzero(fits)
        total = scored.score[rows] * scored.share[rows]
        for worth, times in worths:
            total += times * worth[rows]
        score = np.zeros_like(scored.score)
        score[rows] = total
        for row, share in named.items():
            score[row] += NAME_WORTH * share
            scored.share[row] = 1.0
        return Scores(score, scored.share)

    def account(self, understood: Understood, row: int) -> Iterator[str]:
        """Lines that say what each word, need and name adds to the score of one service."""
        words = word_forms(understood.text)
        for forms in words:
            alone = score_words([forms], self.postings)
            yield f"word   {' / '.join(dict.fromkeys(forms)):<24} {float(alone.score[row]):7.2f}"
        whole = score_words(words, self.postings)
        share, least = float(whole.share[row]), least_share(len(words))
        yield f"share  {share:.2f} of the query's weight (at least {least:.2f}, or a need or a name)"
        needs, named = self.needs(understood, words), self.named(understood.text)
        for need, likeness in needs.items():
            worth = NEED_WORTH * float(self.need_worth[need][row]) if need in self.need_worth else 0.0
            yield f"need   {need:<24} {likeness * worth:7.2f}"
        yield f"name   {'':<24} {NAME_WORTH * named.get(row, 0.0):7.2f}"
        yield f"score  {'':<24} {float(self.scores(words, needs, named).score[row]):7.2f}"

    def needs(self, understood: Understood, words: list[Forms]) -> dict[str, float]:
        """The needs that are meant, 1 for an exact phrase, less for one that is merely near."""
        found = self.loose.likeness(words)
        return found | dict.fromkeys((need for need, _ in understood.needs), 1.0)

    def named(self, text: str) -> dict[int, float]:
        """Services whose name or acronym stands in the query, and how much of the query it makes up."""
        words = text.split()
        found: dict[int, float] = {}
        for length in range(min(len(words), LONGEST_NAME), 0, -1):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                for row in self.names.get("".join(part), ()):
                    found[row] = max(found.get(row, 0.0), length / len(words))
        return found


def word_forms(text: str, most: int = MOST_WORDS) -> list[Forms]:
    """The first 12 words of a query that say something, each in its form in each language ("" where it is left out)."""
    forms = []
    for word in dict.fromkeys(fold(text).split()):
        each = tuple((analyse(word, language) or [""])[0] for language in LANGUAGES)
        # A word of asking in either language is one: "for" is no word to look for in Spanish texts.
        if all(each):
            forms.append(each)
    return forms[:most]


def _need_worth(services: tuple[Service, ...]) -> dict[str, Floats]:
    """need -> what it is worth to each service: more to one that has it first, and to one that others point to."""
    links = Counter(other for one in services for field in (one.part_of, one.leads_to, one.see_also) for other in field)
    worth: dict[str, Floats] = {}
    for row, service in enumerate(services):
        standing = 1 + LINK_WORTH * math.log1p(links[service.id])
        for place, need in enumerate(service.needs):
            column = worth.setdefault(need, np.zeros(len(services), dtype=np.float32))
            column[row] = NEED_FADE**place * standing
    return worth


def _names(services: tuple[Service, ...]) -> dict[str, tuple[int, ...]]:
    """Names and alternate names, folded and without spaces ("care4kids"), to the rows that bear them."""
    names: dict[str, tuple[int, ...]] = {}
    for row, service in enumerate(services):
        for name in {fold(name).replace(" ", "") for name in (service.name, *service.alternate_names)}:
            if len(name) >= SHORTEST_NAME:
                names[name] = (*names.get(name, ()), row)
    return names
