"""The functions of the cells served to Excel for the web, for Mac and for Windows without a Python of its own.

Excel loads an add-in page from this server; the page runs the client script of xlwings Server, which hands the
arguments of every call over and puts the answer into the cell. What xlwings contributes, ``xlwings.server`` and
the package ``xlwings-server``, is not free software: PolyForm Noncommercial 1.0.0, under which "use by any
government institution is use for a permitted purpose", or a paid licence whose key the office puts into
``XLWINGS_LICENSE_KEY``. Of ``xlwings-server`` only files are read; its code is never imported.
"""
