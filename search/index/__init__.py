"""Whoosh and numpy: the index of the catalog's words, how it is built, stored and opened."""
