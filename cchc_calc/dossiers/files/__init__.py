"""Exports of dossiers as files: found, laid out and read into the standard table, whatever kind they are."""

from cchc_calc.dossiers.files.not_plain import NotPlainError
from cchc_calc.dossiers.files.reading import Dossiers, read_dossiers

__all__ = ["Dossiers", "NotPlainError", "read_dossiers"]
