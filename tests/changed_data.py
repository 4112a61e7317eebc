"""Data files with one entry changed."""

from copy import deepcopy


def changed(data, place, key, value):
    """Copy nested tables and lists, and give the entry at a place (a path of keys and numbers) another value."""
    copy = deepcopy(data)
    entry = copy
    for step in place:
        entry = entry[step]
    entry[key] = value
    return copy
