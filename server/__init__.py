"""How gunicorn runs the directory: what it logs, how it refuses what is not HTTP, and how it is told to reload."""
