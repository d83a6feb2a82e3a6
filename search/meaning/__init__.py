"""The second signal of the search: what texts mean, as vectors. Without an encoder the search works by words alone."""
