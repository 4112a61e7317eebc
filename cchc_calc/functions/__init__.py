"""What the CCHC_* functions compute from the cells they are given, whatever program holds the cells.

Only the standard library is needed: the same functions run in Excel, in LibreOffice, on a server and in a
browser. ``cchc_calc.excel.udf`` gives them their names and hands them to the program.
"""
