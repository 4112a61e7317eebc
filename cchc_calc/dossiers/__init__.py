"""Counts of a form from one row a dossier: the standard table, the rules, the engines they run on."""
