"""The Windows machine of an office: its Excel, its Python, xlwings' file of the user, and what they lack."""
