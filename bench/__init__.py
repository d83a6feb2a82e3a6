"""Measurements: `make bench` runs them all, or `python -m bench matching` one. Figures: docs/performance.md."""
