"""The commands of ``cchc``: a module each, named as what the official types."""
