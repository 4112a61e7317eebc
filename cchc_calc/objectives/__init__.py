"""Quality objectives: what an office set itself, what it reports, and whether that is met."""
