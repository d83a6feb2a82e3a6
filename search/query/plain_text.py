"""What was typed, without what its spelling alone makes different: case, accents, dots of acronyms, contractions."""

from __future__ import annotations

import re

from catalog.places import fold

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")
_IRREGULAR = {"won't": "will not", "can't": "can not", "shan't": "shall not"}
# As they are typed on a phone. "ill" and "id" are words of their own, and stay.
_NOT_BARE = re.compile(
    r"\b(do|does|did|is|was|are|were|have|has|had|could|would|should|must|need|ca|wo)nt\b", re.IGNORECASE
)
_TAIL_BARE = re.compile(r"\b(i(?=m\b|ve\b)|(?:you|they)(?=re\b|ve\b)|we(?=ve\b))(?:m|re|ve)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(\w+)n['’`´]t\b", re.IGNORECASE)
_TAIL = re.compile(r"(?<=\w)['’`´](?:re|ve|ll|d|m)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)['’`´](?=s\b)", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]+\b")
_WORD = re.compile(r"[^\W\d_]+")


def plain_query(text: str) -> str:
    """Return the folded text: "I.E.P." is "iep", "they've" is "they", "isnt" is "is not", "son's" is "sons"."""
    text = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)
    text = _NOT_BARE.sub(_without_not, _NOT.sub(_without_not, text))
    return fold(_POSSESSIVE.sub("", _TAIL_BARE.sub(r"\1", _TAIL.sub("", text))))


def capitals(text: str) -> frozenset[str]:
    """Return the folded words that stand in capitals where others do not; none when everything is in capitals."""
    words = _WORD.findall(text)
    if not any(word.islower() for word in words):
        return frozenset()
    return frozenset(fold(word) for word in _CAPITALS.findall(text))


def _without_not(found: re.Match[str]) -> str:
    whole = f"{found[1]}n't".lower()
    return _IRREGULAR.get(whole, f"{found[1]} not")
