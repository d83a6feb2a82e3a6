"""Words -> services, over a Whoosh index that can be thrown away and built again."""
