"""What a request says: shapes and types by schemas, then names looked up and contradictions found."""
