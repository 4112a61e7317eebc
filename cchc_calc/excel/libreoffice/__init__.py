"""The functions of the cells in LibreOffice: an extension of Calc that an official installs by a double click.

``addin`` packs it and ``declarations`` writes what LibreOffice reads; ``component`` runs inside LibreOffice and
hands every call to ``cchc_calc.excel.calc_calls``, which is packed with it.
"""

from cchc_calc.excel.libreoffice.addin import FILE_NAME as ADDIN_NAME
from cchc_calc.excel.libreoffice.addin import build_addin, write_addin

__all__ = ["ADDIN_NAME", "build_addin", "write_addin"]
