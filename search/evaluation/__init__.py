"""Measures the search on judged queries."""
