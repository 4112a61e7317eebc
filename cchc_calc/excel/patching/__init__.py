"""Changes to the package of a workbook that leave every other byte of it as it was."""
