"""Reads YAML files into the catalog's values, and reports every problem with its line."""
