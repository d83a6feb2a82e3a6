"""Danger first: whether someone may be in danger, before anything else is looked for.

words.py     a text in plain words
grammar.py   the rules of resources/danger.yaml
learned.py   a classifier for what no rule foresees
finder.py    DangerFinder.find(text) -> DangerReading
"""

from __future__ import annotations

from search.danger.finder import DangerFinder, DangerReading

__all__ = ["DangerFinder", "DangerReading"]
