"""The eligibility table: every rule of the catalog as numpy columns."""
