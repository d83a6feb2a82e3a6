"""How answers look: a builder for each, and the schema that describes it to programs."""
