"""DangerFinder.find(text) -> DangerReading: which kinds of danger a text tells of, and by which of its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog.model import Catalog
from catalog.model.danger import Danger
from search.danger.grammar import MASK, Found, Grammar, RuleBook, sentence_around
from search.danger.learned import Learned, Likeness
from search.danger.words import END, MIN_FOR_ONE_SLIP, Token, WordReader, plain_text

# How sure a reading is: a rule holds, or the text is only like the examples.
SURE, LIKELY = "sure", "likely"
# Ordinary sentences of the catalog count less than the examples: there are many, and some come near to a danger.
ORDINARY_WORTH = 0.25
MAX_ORDINARY = 4000
_WORD = re.compile(r"[a-z]+")
# Words that many texts hold say nothing about a kind.
MIN_TELLING_LETTERS = 4


@dataclass(frozen=True, slots=True)
class DangerReading:
    """Someone may be in danger. `kinds` are ids, the likeliest first; `clause` are the words that say so, as typed."""

    kinds: tuple[str, ...]
    strength: str
    clause: str


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: str
    found: Found


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DangerFinder:
    """What finding danger needs, made once for a catalog. Pure; keeps nothing of what it reads."""

    reader: WordReader
    near_misses: RuleBook
    topics: RuleBook
    rules: RuleBook
    # The kind of each rule; names of a danger come after the rules proper.
    kinds: tuple[str, ...]
    first_name: int
    learned: Learned | None
    likeness: float
    # Which kinds a word of the examples speaks for, and how often.
    words_of_kinds: dict[str, Counter[str]]

    @classmethod
    def build(cls, catalog: Catalog) -> DangerFinder:
        """Make it from the catalog. Raises GrammarError for a rule that cannot be read."""
        danger = catalog.danger
        grammar = Grammar(danger.concepts, lambda word: list(danger.spelling.get(word, (word,))))
        rules = [(kind.id, text) for kind in danger.kinds for text in (*kind.rules.en, *kind.rules.es)]
        names = [(kind.id, name.replace(" ", "_")) for kind in danger.kinds for name in kind.names]
        reader = _reader(danger, catalog)
        finder = cls(
            reader,
            RuleBook.build([grammar.rule(text) for text in danger.near_misses]),
            RuleBook.build([grammar.rule(topic.replace(" ", "_")) for topic in danger.topics]),
            RuleBook.build([grammar.rule(text) for _, text in (*rules, *names)]),
            tuple(kind for kind, _ in (*rules, *names)),
            len(rules),
            None,
            danger.likeness,
            {},
        )
        return finder._with_examples(danger, catalog)

    def find(self, text: str) -> DangerReading | None:
        """Return what a text tells of danger; None when it tells of none."""
        tokens = self.reader.read(text)
        if len(tokens) < 2:
            return None
        joined = self._masked(tokens)
        hits = list(self._hits(joined))
        if hits:
            counts = Counter(hit.kind for hit in hits)
            first = next(hit for hit in hits if hit.kind == counts.most_common(1)[0][0])
            return DangerReading(
                tuple(kind for kind, _ in counts.most_common()), SURE, _clause(text, tokens, joined, first.found)
            )
        if self.learned is None:
            return None
        words = joined.split()[1:]
        like = self.learned.likeness(words)
        if like.score < self.likeness or self._is_topic(f" {' '.join(words[like.start : like.stop])} "):
            return None
        return DangerReading((self._likeliest_kind(words, like),), LIKELY, " ".join(words[like.start : like.stop]))

    def _masked(self, tokens: Sequence[Token]) -> str:
        """The words with what only sounds like danger taken out, joined by single spaces."""
        joined = f" {END} " + " ".join(token.word for token in tokens) + " "
        for number in self.near_misses.candidates(joined.split()):
            while (found := self.near_misses.rules[number].find(joined)) is not None:
                inside = joined[found.start : found.end].count(" ")
                # Word for word, so that places still tell where a word stood.
                joined = joined[: found.start] + f" {MASK}" * inside + joined[found.end :]
        return joined

    def _hits(self, joined: str) -> Iterator[_Hit]:
        for number in self.rules.candidates(joined.split()):
            found = self.rules.rules[number].find(joined)
            if found is None:
                continue
            if number >= self.first_name and self._is_topic(sentence_around(joined, found.start, found.end)):
                continue
            yield _Hit(self.kinds[number], found)

    def _is_topic(self, joined: str) -> bool:
        """Whether the words of a sentence tell of a class, a job, a report."""
        return any(self.topics.rules[number].find(joined) for number in self.topics.candidates(joined.split()))

    def _likeliest_kind(self, words: Sequence[str], like: Likeness) -> str:
        """The kind whose examples share the most telling words with what was found."""
        counts: Counter[str] = Counter()
        for word in words[like.start : like.stop]:
            of_word = self.words_of_kinds.get(word, Counter())
            counts.update({kind: count / of_word.total() for kind, count in of_word.items()})
        return counts.most_common(1)[0][0] if counts else self.kinds[0]

    def _with_examples(self, danger: Danger, catalog: Catalog) -> DangerFinder:
        """The same with a classifier that has learned the examples, where there are any."""
        examples = [(kind.id, text) for kind in danger.kinds for text in (*kind.examples.en, *kind.examples.es)]
        none = (*danger.examples_of_none.en, *danger.examples_of_none.es)
        if not examples or not none:
            return self
        ordinary = tuple(_ordinary_texts(catalog, {need for kind in danger.kinds for need in kind.needs}))
        step = len(ordinary) // MAX_ORDINARY + 1
        texts = [*(text for _, text in examples), *none, *ordinary[::step]]
        read = [self._plain_words(text) for text in texts]
        learned = Learned.train(
            read,
            [1.0] * len(examples) + [0.0] * (len(texts) - len(examples)),
            [1.0] * (len(examples) + len(none)) + [ORDINARY_WORTH] * (len(texts) - len(examples) - len(none)),
        )
        words_of_kinds: dict[str, Counter[str]] = {}
        for (kind, _), words in zip(examples, read, strict=False):
            for word in words:
                if len(word) >= MIN_TELLING_LETTERS:
                    words_of_kinds.setdefault(word, Counter())[kind] += 1
        return DangerFinder(
            self.reader,
            self.near_misses,
            self.topics,
            self.rules,
            self.kinds,
            self.first_name,
            learned,
            self.likeness,
            words_of_kinds,
        )

    def _plain_words(self, text: str) -> list[str]:
        return self._masked(self.reader.read(text)).split()


def _reader(danger: Danger, catalog: Catalog) -> WordReader:
    kinds = (text for kind in danger.kinds for text in (*kind.names, *kind.rules.en, *kind.rules.es))
    concepts = (text for words in danger.concepts.values() for text in words)
    told = {word for text in (*danger.near_misses, *danger.topics, *kinds, *concepts) for word in _WORD.findall(text)}
    known = set(_WORD.findall(plain_text("\n".join(_all_texts(danger, catalog)))))
    telling = sorted(word for word in told if len(word) >= MIN_FOR_ONE_SLIP)
    return WordReader(danger.spelling, frozenset(told | known), tuple(telling))


def _all_texts(danger: Danger, catalog: Catalog) -> Iterator[str]:
    """Texts whose words are right as they are."""
    for example in (danger.examples_of_none, *(kind.examples for kind in danger.kinds)):
        yield from (*example.en, *example.es)
    yield from _ordinary_texts(catalog, ())
    for service in catalog.services.values():
        yield from (service.name, service.summary, service.next_step.text, *service.asked_as.en, *service.asked_as.es)
        for translation in service.translations.values():
            yield from filter(None, (translation.name, translation.summary, translation.next_step))


def _ordinary_texts(catalog: Catalog, without: Iterable[str]) -> Iterator[str]:
    """What people say about needs that are no danger: short phrases and whole sentences."""
    left_out = set(without)
    for need in catalog.needs.values():
        if need.parent is not None and not need.urgent and need.id not in left_out:
            yield from (*need.words.en, *need.words.es, *need.questions.en, *need.questions.es)


def _clause(text: str, tokens: Sequence[Token], joined: str, found: Found) -> str:
    """The part of the text, as it was typed, whose words a rule found."""
    # Before the first token stands the mark of a beginning, and one space before each word.
    first = joined[: found.start + 1].count(" ") - 2
    last = joined[: found.end].count(" ") - 2
    inside = [token for token in tokens[max(first, 0) : last + 1] if token.word != END]
    return text[inside[0].start : inside[-1].end].strip() if inside else ""
