"""Functions put into an office's own workbook: the package is patched, and every other byte is kept."""
