"""Rules of resources/danger.yaml, from their readable form to something that finds them in plain words.

want|wants ..2 die            one of these words, then "die" with at most two words between
better_off ..3 without me     words joined by _ are one phrase; ".." alone is a gap of three words
@relative hits? me            @ names a list of words (a concept); ? may be missing; stems end in *
pills & sleepy|drooling       both, in any order, at most 25 words apart
# days !doctor                # is any number; after ! stand words that make the rule void in the same sentence
live_.                        . is the end of a sentence
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

GAP_WORDS = 3
MAX_APART = 25
MASK = "~"

Spell = Callable[[str], list[str]]


class GrammarError(ValueError):
    """A rule that cannot be read. Its message is a sentence for a curator."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a rule holds: characters of the joined words."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be looked for. It is tried only where one of its `anchors` (words, or stems with *) stands."""

    text: str
    parts: tuple[str, ...]
    blocker: str
    anchors: frozenset[str]

    def find(self, joined: str) -> Found | None:
        """Where it first holds in words joined by single spaces, one space before and after."""
        for first in _compiled(self.parts[0]).finditer(joined):
            found = self._with_others(first, joined)
            if found is not None and not self._is_blocked(found, joined):
                return found
        return None

    def _with_others(self, first: re.Match[str], joined: str) -> Found | None:
        start, end = first.span()
        for part in self.parts[1:]:
            near = next((other for other in _compiled(part).finditer(joined) if _is_near(first, other, joined)), None)
            if near is None:
                return None
            start, end = min(start, near.start()), max(end, near.end())
        return Found(start, end)

    def _is_blocked(self, found: Found, joined: str) -> bool:
        if not self.blocker:
            return False
        sentence = sentence_around(joined, found.start, found.end)
        return _compiled(self.blocker).search(sentence) is not None


def sentence_around(joined: str, start: int, end: int) -> str:
    """Return the words of the sentence (or sentences) that hold these characters of joined words."""
    begin = joined.rfind(" . ", 0, start + 1)
    stop = joined.find(" . ", max(end - 2, 0))
    return joined[max(begin, 0) : len(joined) if stop < 0 else stop + 1]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a text first holds one of the rule's anchors: most rules are never tried."""
    return re.compile(pattern)


def _is_near(first: re.Match[str], other: re.Match[str], joined: str) -> bool:
    between = joined[min(first.end(), other.end()) : max(first.start(), other.start())]
    overlap = first.start() < other.end() and other.start() < first.end()
    return not overlap and between.count(" ") <= MAX_APART


@dataclass(frozen=True, slots=True)
class Grammar:
    """Reads rules. `concepts` are lists of words by name; `spell` puts words into the form that texts are read in."""

    concepts: Mapping[str, tuple[str, ...]]
    spell: Spell

    def rule(self, text: str) -> Rule:
        """Return a rule from its readable form. Raises GrammarError."""
        body, *blockers = text.split(" !")
        parts = [part.split() for part in body.split(" & ")]
        if not all(parts):
            raise GrammarError(f"“{text}” has nothing beside an &.")
        blocked = [
            alternative for part in blockers for item in part.split() for alternative in self._alternatives(item)
        ]
        return Rule(
            text,
            tuple(self._pattern(part, text) for part in parts),
            _one_of(blocked) if blocked else "",
            min((self._anchors(part, text) for part in parts), key=_breadth),
        )

    def _pattern(self, items: list[str], text: str) -> str:
        pattern = ""
        for item in items:
            gap = re.fullmatch(r"\.\.([0-9]*)", item)
            if gap:
                pattern += rf"(?: [a-z0-9]+){{0,{int(gap[1] or GAP_WORDS)}}}"
            elif item.endswith("?"):
                pattern += f"(?:{_one_of(self._alternatives(item[:-1]))})?"
            else:
                pattern += _one_of(self._alternatives(item))
        if items[0].startswith("..") or items[-1].startswith(".."):
            raise GrammarError(f"“{text}” begins or ends with a gap.")
        return pattern

    def _anchors(self, items: list[str], text: str) -> frozenset[str]:
        """The first words of the item that is rarest: the one with the fewest alternatives."""
        needed = [item for item in items if not item.startswith("..") and not item.endswith("?")]
        if not needed:
            raise GrammarError(f"“{text}” needs at least one word that must be there.")
        each = [frozenset(words.split()[0] for words in self._alternatives(item)) for item in needed]
        return min(each, key=_breadth)

    def _alternatives(self, item: str) -> list[str]:
        return [spelled for each in item.split("|") for spelled in self._spelled(each)]

    def _spelled(self, each: str) -> Iterator[str]:
        if each.startswith("@"):
            if each[1:] not in self.concepts:
                raise GrammarError(f"“{each}” is no concept.")
            for words in self.concepts[each[1:]]:
                yield self._words(words)
        elif not each:
            raise GrammarError("an alternative is empty: take the | away.")
        else:
            yield self._words(each.replace("_", " "))

    def _words(self, words: str) -> str:
        """Words in their plain form; stems, numbers and ends of sentences as they are."""
        plain: list[str] = []
        for word in words.split():
            if word in (".", "#") or word.endswith("*"):
                plain.append(word)
            else:
                plain.extend(self.spell(word))
        return " ".join(plain)


def _breadth(anchors: frozenset[str]) -> tuple[int, int]:
    """Few and long words are the best anchors; numbers and ends of sentences stand everywhere."""
    everywhere = sum(anchor in ("#", ".") or anchor in _EVERYWHERE for anchor in anchors)
    return everywhere * 50 + len(anchors), -max(map(len, anchors))


# Words that stand in most texts: a rule is not looked for because of them alone.
_EVERYWHERE = frozenset(
    "i he she they me my his her him a the is are not no it to el la lo me se mi su no en de".split()
)


def _one_of(alternatives: list[str]) -> str:
    each = sorted({_as_pattern(words) for words in alternatives}, key=lambda pattern: (-len(pattern), pattern))
    return f"(?:{'|'.join(each)})(?= )"


def _as_pattern(words: str) -> str:
    return "".join(" " + _word_pattern(word) for word in words.split())


def _word_pattern(word: str) -> str:
    if word == "#":
        return "[0-9]+"
    if word.endswith("*"):
        return re.escape(word[:-1]) + "[a-z0-9]*"
    return re.escape(word)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Many rules, and which of them are worth trying for a word."""

    rules: tuple[Rule, ...]
    by_word: Mapping[str, tuple[int, ...]]
    by_stem: Mapping[str, tuple[int, ...]]
    always: tuple[int, ...]

    @classmethod
    def build(cls, rules: list[Rule]) -> RuleBook:
        by_word: dict[str, list[int]] = {}
        by_stem: dict[str, list[int]] = {}
        always = []
        for number, rule in enumerate(rules):
            if rule.anchors & {"#", "."}:
                always.append(number)
                continue
            for anchor in rule.anchors:
                table, key = (by_stem, anchor[:-1]) if anchor.endswith("*") else (by_word, anchor)
                table.setdefault(key, []).append(number)
        return cls(tuple(rules), _frozen(by_word), _frozen(by_stem), tuple(always))

    def candidates(self, words: list[str]) -> list[int]:
        """Numbers of the rules that may hold, in the order in which they are written."""
        numbers = set(self.always)
        for word in set(words):
            numbers.update(self.by_word.get(word, ()))
            for length in range(2, len(word) + 1):
                numbers.update(self.by_stem.get(word[:length], ()))
        return sorted(numbers)


def _frozen(table: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(numbers) for key, numbers in table.items()}
