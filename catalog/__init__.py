"""Files -> frozen values. Imports nothing else of ours."""
