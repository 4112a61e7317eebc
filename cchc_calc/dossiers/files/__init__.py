"""Exports of dossiers as files: found, laid out and read into the standard table, whatever kind they are."""

from cchc_calc.dossiers.files.reading import Dossiers, read_dossiers

__all__ = ["Dossiers", "read_dossiers"]
