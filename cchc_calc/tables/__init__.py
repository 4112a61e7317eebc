"""Tables: a consolidation as tidy tables, for pandas, for spreadsheets (.csv) and for data tools (.parquet)."""
