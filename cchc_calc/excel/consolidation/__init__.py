"""The workbook of a consolidation: the form of the level above, the figures of its units, and what to tell of them."""
