"""The sheets of our own workbook: their places, their styles, and the writing of each with XlsxWriter."""
