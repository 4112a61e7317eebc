"""The functions of the cells in LibreOffice: an extension of Calc that an official installs by a double click.

``addin`` packs it and ``declarations`` writes what LibreOffice reads; ``component`` runs inside LibreOffice and
hands every call to ``calls``, which is packed with it.
"""
