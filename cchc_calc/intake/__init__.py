"""Intake: the files that many units sent, read safely and fast, each once, and kept for the next time."""
