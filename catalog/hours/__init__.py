"""Opening hours: when a service is open, holidays, and how hours are said."""
