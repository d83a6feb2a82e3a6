"""What is shown beside the hits: facets, highlights, suggestions."""
