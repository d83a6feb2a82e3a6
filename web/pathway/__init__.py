"""The pathway: what opens and ends as a child grows."""
