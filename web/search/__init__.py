"""The search page: its form, results and filters."""
