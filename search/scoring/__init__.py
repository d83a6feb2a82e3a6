"""Scores services for a parsed query."""
