"""Lists to look around in: needs, towns, ages, sectors, travel."""
