"""Workbooks of strangers as grids of cells: .xlsx and .xlsm, the old .xls, and .ods."""
