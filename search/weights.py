"""All figures of the search, as values that can be changed one at a time (tuning, ablation).

How they were found, and what each is worth, is in docs/search-quality.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class IndexWeights:
    """Worked into the postings when the index is built.

    `fields`: how much a word counts where it stands. `length_share` and `saturation` are BM25's b and k1.
    """

    fields: Mapping[str, float]
    length_share: float
    saturation: float

    @property
    def digest(self) -> str:
        """Changes with the figures: postings are kept with them worked in."""
        figures = (sorted(self.fields.items()), self.length_share, self.saturation)
        return hashlib.sha256(repr(figures).encode()).hexdigest()[:8]


INDEX_WEIGHTS = IndexWeights(
    fields=MappingProxyType(
        {
            "name": 5.0,
            "alternate_names": 5.0,
            "organization": 1.5,
            "needs": 0.8,
            "summary": 1.5,
            "details": 0.6,
            "places": 0.8,
        }
    ),
    length_share=0.5,
    saturation=1.2,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Worked in when a query is scored. `flask search evaluate --ablate` switches them off one by one.

    The weight of a word in its query is its rarity to the power of `rarity_power`, times `ordinary` for a word that
    tells a story but no topic. `unknown_rarity` is the rarity of a word that stands nowhere.

    Needs count less by `need_fade` for each place that a need has further down in a service; the worth of a need is
    changed by the part `guide` for a guide, which tells of help but gives none, and by `hotline` for a hotline if the
    need is urgent. `spelling` is the second try with other spellings, `near_name` that of names, `dictionary` that
    words spelled right are left as they are.

    What the query says about needs: see `search.scoring.need_evidence`. `smoothing` is in how many phrases a word must
    be before it is believed by half, `evenness` the power of its share, `summary` what a word of a service's name or
    summary counts beside one of a phrase, `pair` what two words side by side add, `phrase` the least that a word of an
    exact phrase says. `faintest` is the least by which a need is thought of.

    What is no answer: `least` is the share that a service must have of a query of three words, `least_slope` how much
    less for each further word, `least_told` how much less for a query that is a sentence; never under `least_floor`. A
    word that stands in a service with less than `full_strength` of its greatest worth is found in part. `need_share` is
    what a need that is understood counts there beside words. `last_try` is how much of the least share is enough when
    nothing was found for a query that surely asks for help.
    """

    rarity_power: float = 0.38
    unknown_rarity: float = 7.7
    ordinary: float = 0.55
    need_fade: float = 0.45
    guide: float = -0.25
    hotline: float = 1.0
    near_name: bool = True
    spelling: bool = True
    dictionary: bool = True
    smoothing: float = 1.0
    evenness: float = 0.6
    summary: float = 0.4
    pair: float = 1.3
    phrase: float = 0.76
    faintest: float = 0.04
    least: float = 0.9
    least_slope: float = 0.12
    least_told: float = 0.26
    least_floor: float = 0.24
    full_strength: float = 0.54
    need_share: float = 0.78
    last_try: float = 0.6


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class BlendWeights:
    """What each thing that speaks for a service counts. The score of a service is e to the power of their sum.

    Learned with a listwise loss, by `python -m bench tune`; but three are greater than what is
    learned, by decision: one starts at the front door (`front_door`); who names no town is not sent to one town's
    office (`local`), nor who names no illness to a camp for sick children (`unspoken_rule`).
    """

    # How likely each need is meant: what the words say for it, a phrase of it that stands in the query whole, what the
    # classifier hears; and how much all of these must outweigh for any need to be meant.
    need_words: float
    need_phrase: float
    need_meaning: float
    need_none: float
    # Words: their worth, and the share of the query that was found.
    words: float
    share: float
    # Needs that the words go with, by how much each is a service's own.
    needs: float
    # The share of the query that the name of the service makes up.
    name: float
    # Likeness of meaning to the name and summary, and to the nearest of the things that people say.
    own: float
    asked: float
    # The likeliest need that the service is for; a front door of a need.
    likely_need: float
    front_door: float
    # Rules that name a condition or circumstance that the query does not speak of, or that it does.
    unspoken_rule: float
    spoken_rule: float
    guide: float
    # Serves only some towns, where no place is named.
    local: float
    of_age: float
    of_other_age: float


BLEND = BlendWeights(
    need_words=5.49,
    need_phrase=0.57,
    need_meaning=9.07,
    need_none=5.07,
    words=0.2,
    share=6.02,
    needs=1.8,
    name=6.19,
    own=0.32,
    asked=0.87,
    likely_need=2.49,
    front_door=2.0,
    unspoken_rule=-1.0,
    spoken_rule=-0.06,
    guide=-0.34,
    local=-1.6,
    of_age=0.13,
    of_other_age=-1.62,
)

# Without an encoder: the same without likeness.
BLEND_OF_WORDS = replace(BLEND, need_words=8.0, need_meaning=0.0, need_none=1.0, own=0.0, asked=0.0)


@dataclass(frozen=True, slots=True)
class SilenceWeights:
    """How likely it is that anything here is about a query, in log odds: a logistic rule on words and likeness.

    Learned with the weights above, on queries with and without an answer.
    """

    least: float  # from here on there is an answer
    constant: float
    share: float  # of the query, in the service that has most of its words
    said: float  # for the need that the words go with best
    own: float
    asked: float
    none: float  # log of how likely no need is meant
    phrase: float
    name: float
    # Length is counted in words that say something, of `max_words` at most.
    length: float
    share_of_long: float
    said_of_long: float
    asked_of_long: float
    max_words: int = 12
    short: int = 2  # so few words are answered wherever they are found whole
    # A service is an answer when it has enough of the words, or is for a need this likely, or is this alike.
    least_need: float = 0.08
    least_likeness: float = 0.5


SILENCE = SilenceWeights(
    least=-1.5,
    constant=-14.94,
    share=1.74,
    said=8.17,
    own=4.95,
    asked=15.94,
    none=-0.46,
    phrase=0.95,
    name=8.93,
    length=-2.8,
    share_of_long=3.21,
    said_of_long=5.6,
    asked_of_long=9.62,
)
