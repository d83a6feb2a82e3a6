"""Reference numbers: short, not to be guessed, easy to read over the phone, and safe against a slip.

Seven characters by chance and one that checks them. The 23 characters have no look-alikes (0 and O, 1, I and L, 2 and
Z, 5 and S, 8 and B, U and V are never both there) and no vowels, so that no number spells a word. 23 is a prime and
each place has a weight of its own, so the check finds every single wrong character and every two that changed places.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

ALPHABET = "23456789CDFGHJKMNPRTWXY"
LENGTH = 8
# Of the seven characters before the check character, whose own weight is 1.
WEIGHTS = range(2, LENGTH + 1)

NOT_A_REFERENCE = "This is no reference number. It has eight letters and digits, such as 47KR-WXD4; look for a slip."


def new_reference(choose: Callable[[str], str] = secrets.choice) -> str:
    """A reference number without its hyphen. Two may meet by chance; the database refuses the second."""
    body = "".join(choose(ALPHABET) for _ in WEIGHTS)
    return body + check_character(body)


def check_character(body: str) -> str:
    """The character that makes the weighted sum of all eight a multiple of 23."""
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(WEIGHTS, body, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def shown(reference: str) -> str:
    """As people read it: two groups of four."""
    return f"{reference[:4]}-{reference[4:]}"


def read_reference(typed: str) -> str:
    """Read what a person typed or said, as it is stored. Raises ValueError with a sentence for a slip in it."""
    text = re.sub(r"[\s-]", "", typed).upper()
    if len(text) != LENGTH or not set(text) <= set(ALPHABET) or check_character(text[:-1]) != text[-1]:
        raise ValueError(NOT_A_REFERENCE)
    return text
