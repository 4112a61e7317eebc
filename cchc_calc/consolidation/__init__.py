"""Consolidation: the reports of many units made into the form of the level above, exactly and by name."""
