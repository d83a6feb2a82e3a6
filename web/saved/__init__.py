"""A family's saved list and its handout."""
