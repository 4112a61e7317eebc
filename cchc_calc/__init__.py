"""Compute and check the statistics form of Vietnam's administrative reform (CCHC)."""
