"""The workbook of quality objectives: the plan, the figures, the report of results, and what follows from them."""
