"""The workbook that scores and ranks units: points, classes and ranks computed in its cells, one module a sheet."""
