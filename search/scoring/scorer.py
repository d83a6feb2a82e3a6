"""What was understood of a query -> the score of each service. Pure over a `Scorer` made once for a catalog.

Words, needs, likeness of meaning, front doors, rules and ages each say something for a service (`features`). Their
weighted sum is the logarithm of its score.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog
from search.index.postings import Postings
from search.meaning.likeness import Likeness
from search.query.ages import AgeHint
from search.query.common_words import is_ordinary
from search.query.known import NOBODY, KnownPerson
from search.query.parse import ParsedQuery
from search.scoring.bm25f import Floats, Scores, least_share, score_words, word_weights
from search.scoring.columns import ServiceColumns
from search.scoring.names import ServiceNames
from search.scoring.need_evidence import Associations
from search.scoring.query_terms import Forms, QueryTerms, word_forms
from search.weights import BLEND, BLEND_OF_WORDS, SILENCE, WEIGHTS, BlendWeights, SilenceWeights, Weights

# So many needs are thought of at once: by words alone, and by all that is known.
MAX_NEEDS = 4
MAX_LIKELY_NEEDS = 6

# What speaks for a service; BlendWeights has a weight of each name.
FEATURES = (
    "words share needs name own asked likely_need front_door unspoken_rule spoken_rule guide local of_age of_other_age"
).split()

# What the name of a condition counts less as a need where another need is named, in log odds.
CONDITION_BESIDE = 6.0

# The score of the best service. Others have a part of it.
BEST = 100.0

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Scorer:
    """What scoring needs, made once for a catalog. Rows are services in the order of the postings' ids."""

    postings: Postings
    associations: Associations
    columns: ServiceColumns
    names: ServiceNames
    weights: Weights
    blend: BlendWeights = BLEND
    blend_of_words: BlendWeights = BLEND_OF_WORDS  # without an encoder
    silence: SilenceWeights = SILENCE

    @classmethod
    def build(cls, catalog: Catalog, postings: Postings, weights: Weights = WEIGHTS) -> Scorer:
        services = tuple(catalog.services[key] for key in postings.ids)
        return cls(
            postings,
            Associations.build(catalog, weights),
            ServiceColumns.build(catalog, services, weights),
            ServiceNames.build(services),
            weights,
        )

    def terms(
        self,
        parsed: ParsedQuery,
        words: list[Forms],
        likeness: Likeness | None = None,
        known: KnownPerson = NOBODY,
    ) -> QueryTerms:
        """What is asked for by these words, the first of those of `parsed`, for the person that is known."""
        plain = tuple(is_ordinary(forms) for forms in words)
        shares = word_weights(words, plain, self.postings, self.weights)
        phrases = {need: need_phrase_places(phrase, words) for need, phrase in parsed.needs}
        evidence = self._with_whole_phrases(self.associations.evidence(words, shares, phrases), parsed)
        likeliest = np.argsort(-evidence, kind="stable")[:MAX_NEEDS].tolist()
        return QueryTerms(
            tuple(words),
            plain,
            shares,
            len(set(parsed.text.split())) - len(words),
            {
                self.associations.needs[number]: float(evidence[number])
                for number in likeliest
                if evidence[number] >= max(self.weights.faintest, 1e-6)
            },
            frozenset(phrases),
            self.names.find(parsed.text, parsed.capitals),
            known.ages or (AgeHint.of(parsed.age) if parsed.age else parsed.hint),
            likely=self.likely(evidence, frozenset(phrases), likeness, parsed.condition_needs),
            stated=parsed.terms | known.terms,
            likeness=likeness,
            has_place=known.has_place or parsed.place is not None,
        )

    def _with_whole_phrases(self, evidence: Floats, parsed: ParsedQuery) -> Floats:
        """Raise what speaks for a need to the part of the query that a phrase of it of two words or more makes up.

        "After school" is a need, though "after" and "school" stand in many others.
        """
        length = max(1, len(parsed.text.split()))
        raised = evidence.copy()
        for need, phrase in parsed.needs:
            words = len(phrase.split())
            if words > 1:
                number = self.associations.needs.index(need)
                raised[number] = max(raised[number], min(1.0, words / length))
        return raised

    def likely(
        self,
        evidence: Floats,
        exact: frozenset[str],
        likeness: Likeness | None,
        of_conditions: frozenset[str] = frozenset(),
    ) -> dict[str, float]:
        """The needs that are most likely meant: a softmax over all needs, and over none of them.

        Beside another need, the name of a condition tells of the child, and not what is asked for: "respite, autism".
        """
        by = self.blend if likeness is not None else self.blend_of_words
        values: Floats = np.float32(by.need_words) * evidence
        for need in exact:
            values[self.associations.needs.index(need)] += np.float32(by.need_phrase)
        if likeness is not None:
            values = values + np.float32(by.need_meaning) * likeness.needs
        if exact - of_conditions:
            for need in of_conditions:
                values[self.associations.needs.index(need)] -= np.float32(CONDITION_BESIDE)
        odds: Floats = np.exp(np.minimum(values, np.float32(30)))
        shares = odds / (float(odds.sum()) + math.exp(by.need_none))
        first = np.argsort(-shares, kind="stable")[:MAX_LIKELY_NEEDS].tolist()
        return {self.associations.needs[number]: float(shares[number]) for number in first}

    def features(self, terms: QueryTerms) -> Floats:
        """(F, S) what speaks for each service, in the order of FEATURES."""
        columns = self.columns
        found: dict[str, Floats] = dict.fromkeys(FEATURES, np.zeros(columns.size, dtype=np.float32))
        scored = score_words(terms.words, terms.plain, terms.shares, self.postings, self.weights)
        found["words"] = scored.score * scored.share / np.float32(10)
        found["share"] = scored.share
        found["needs"] = self._needs(terms)
        found["name"] = np.zeros(columns.size, dtype=np.float32)
        for row, part in terms.named.items():
            found["name"][row] = np.float32(part)
        if terms.likeness is not None:
            found["own"] = 10 * terms.likeness.own
            found["asked"] = 10 * np.maximum(terms.likeness.asked, terms.likeness.own)
        found["likely_need"] = self._likely_need(terms)
        found["front_door"] = columns.doors.worth(terms.likely, terms.ages)
        spoken = columns.rules.spoken_of(terms.stated, terms.likely)
        found["unspoken_rule"] = columns.rules.demanding * (1 - spoken)
        found["spoken_rule"] = spoken
        found["guide"] = columns.guides.astype(np.float32)
        found["local"] = columns.local * np.float32(not terms.has_place)
        if terms.ages is not None:
            among, other = columns.by_age(terms.ages)
            found["of_age"], found["of_other_age"] = among.astype(np.float32), other.astype(np.float32)
        return np.stack([found[name] for name in FEATURES])

    def _needs(self, terms: QueryTerms) -> Floats:
        """(S,) what the words say for the needs of each service, by how much each need is its own."""
        needs = np.zeros(self.columns.size, dtype=np.float32)
        for need, said in terms.evidence.items():
            if need in self.columns.need_rows:
                rows = self.columns.need_rows[need]
                needs[rows] += np.float32(said) * self.columns.need_worth[need][rows]
        return needs

    def _likely_need(self, terms: QueryTerms) -> Floats:
        """(S,) the likeliest need of each service."""
        likely_need = np.zeros(self.columns.size, dtype=np.float32)
        for need, likely in terms.likely.items():
            if need in self.columns.need_rows:
                rows = self.columns.need_rows[need]
                likely_need[rows] = np.maximum(likely_need[rows], np.float32(likely))
        return likely_need

    def scores(self, terms: QueryTerms) -> Scores:
        """The score of each service, 0 for one that is no answer, and the share of the query that it holds.

        The share is at least 1 for a service that is named.
        """
        features = self.features(terms)
        share = self._share(terms, features)
        fits = self._fits(terms, features, share)
        fits[list(terms.named)] = True
        for row in terms.named:
            share[row] = max(float(share[row]), 1.0)
        # Rounded, so that the last bit of a product cannot decide between equals.
        total = np.round(self._weights(terms) @ features, 3)
        best = float(total[fits].max(initial=-np.inf))
        score = np.where(fits, BEST * np.exp(total - best), 0) if fits.any() else np.zeros_like(total)
        return Scores(score.astype(np.float32), share)

    def _weights(self, terms: QueryTerms) -> Floats:
        by = self.blend if terms.likeness is not None else self.blend_of_words
        return np.array([getattr(by, name) for name in FEATURES], dtype=np.float32)

    def _share(self, terms: QueryTerms, features: Floats) -> Floats:
        """(S,) the share of the query that each service holds, by words and by needs that the words go with."""
        understood = np.zeros(self.columns.size, dtype=np.float32)
        for need, said in terms.evidence.items():
            if need in self.columns.need_rows:
                rows = self.columns.need_rows[need]
                understood[rows] = np.maximum(understood[rows], np.float32(self.weights.need_share * said))
        share: Floats = features[FEATURES.index("share")] + understood
        return share

    def _fits(self, terms: QueryTerms, features: Floats, share: Floats) -> Bools:
        """(S,) which services are an answer at all."""
        least = least_share(len(terms.words), terms.told, self.weights)
        if terms.likeness is None:
            in_need = features[FEATURES.index("needs")] > 0
            return (share >= least * self.weights.last_try) & in_need if terms.last_try else share >= least
        # One or two words of a topic that are found (nearly) whole are answered, whatever they may mean.
        topics = len(terms.plain) - sum(terms.plain)
        found_whole = topics <= self.silence.short and bool((share >= least).any())
        if not found_whole and self.answerable(terms, features) < self.silence.least:
            return np.zeros(self.columns.size, dtype=np.bool_)
        by = self.silence
        likely = features[FEATURES.index("likely_need")] >= by.least_need
        alike = features[FEATURES.index("asked")] >= 10 * by.least_likeness
        fits: Bools = (share >= least) | likely | alike
        return fits

    def answerable(self, terms: QueryTerms, features: Floats) -> float:
        """How likely something here is about the query at all, in log odds: words and likeness together."""
        parts = self.silence_parts(terms, features)
        return float(sum(getattr(self.silence, name) * part for name, part in parts.items()))

    def silence_parts(self, terms: QueryTerms, features: Floats) -> dict[str, float]:
        """What tells whether there is an answer; SilenceWeights has a weight for each."""
        length = min(len(terms.words), self.silence.max_words) / self.silence.max_words
        share = float(features[FEATURES.index("share")].max(initial=0))
        said = max(terms.evidence.values(), default=0.0)
        own, asked = (float(features[FEATURES.index(name)].max(initial=0)) / 10 for name in ("own", "asked"))
        return {
            "constant": 1.0,
            "share": share,
            "said": said,
            "own": own,
            "asked": asked,
            "none": math.log(max(1 - sum(terms.likely.values()), 1e-6)),
            "phrase": float(bool(terms.exact)),
            "name": max(terms.named.values(), default=0.0),
            "length": length,
            "share_of_long": length * share,
            "said_of_long": length * said,
            "asked_of_long": length * asked,
        }

    def account(self, terms: QueryTerms, row: int) -> Iterator[str]:
        """Lines that say what each word, and each thing that speaks for a service, adds to its score."""
        for forms, plain in zip(terms.words, terms.plain, strict=True):
            alone = score_words([forms], [plain], np.ones(1, np.float32), self.postings, self.weights)
            yield f"word   {' / '.join(dict.fromkeys(forms)):<24} {float(alone.score[row]):7.2f}"
        features = self.features(terms)
        for need, likely in terms.likely.items():
            yield f"need   {need:<24} {likely:7.2f}"
        for name, value, weight in zip(FEATURES, features[:, row].tolist(), self._weights(terms).tolist(), strict=True):
            yield f"{name:<31} {value:7.3f} x {weight:6.2f} = {value * weight:7.2f}"
        yield f"sum    {'':<24} {float(self._weights(terms) @ features[:, row]):7.2f}"
        if terms.likeness is not None:
            yield f"answerable {self.answerable(terms, features):28.2f} (at least {self.silence.least:.2f})"
        else:
            least = least_share(len(terms.words), terms.told, self.weights)
            yield f"share  {float(self._share(terms, features)[row]):.3f} of the query (at least {least:.3f})"
        yield f"score  {'':<24} {float(self.scores(terms).score[row]):7.2f}"

    def weighed(self, weights: Weights) -> Scorer:
        """The same with other figures for words; what is learned from phrases stays."""
        return replace(self, weights=weights, associations=replace(self.associations, weights=weights))


def need_phrase_places(phrase: str, words: list[Forms]) -> set[int]:
    """Where in `words` those of a phrase are."""
    wanted = set(word_forms(phrase))
    return {place for place, forms in enumerate(words) if forms in wanted}
