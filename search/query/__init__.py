"""Reads a query: needs, ages, places and spelling."""
