"""The macros of the .xlsm build: their sources, what they say, and how they get into a workbook."""
