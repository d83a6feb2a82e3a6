"""JSON for programs: needs-assessment tools, health records, other directories."""
