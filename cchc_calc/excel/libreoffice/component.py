"""The component that Calc calls; it is not imported from here but packed, and run inside LibreOffice.

LibreOffice brings its own Python along, which may be older than the package allows: nothing in this file may
need a newer one, and the package is imported at the first call.
"""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # it exists in the Python of LibreOffice alone
import unohelper  # type: ignore[import-not-found]
from com.sun.star.lang import EventObject  # type: ignore[import-not-found]
from com.sun.star.sheet import ResultEvent, XVolatileResult  # type: ignore[import-not-found]

INTERFACE = "vn.cchc.XFunctions"
SERVICE = "vn.cchc.Functions"
NEEDED = (3, 11)

# LibreOffice puts this folder last, where an older package installed for the whole computer would win.
sys.path.insert(0, str(Path(__file__).with_name("pythonpath")))


class Functions(unohelper.Base):  # type: ignore[misc]  # nothing is known of LibreOffice's classes
    """Answer every call whose name begins as those of the functions do."""

    def __init__(self, context: Any) -> None:
        """Keep what LibreOffice hands over to every component."""
        self.context = context

    def __getattr__(self, name: str) -> Any:
        if name.startswith("CCHC_"):
            return functools.partial(answer, name)
        raise AttributeError(name)

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802 - the names are LibreOffice's
        """Tell the interfaces by name: ours is not known yet while the extension is being installed."""
        names = (INTERFACE, "com.sun.star.lang.XServiceInfo", "com.sun.star.lang.XTypeProvider")
        return tuple(uno.getTypeByName(name) for name in names)

    def getImplementationName(self) -> str:  # noqa: N802
        """Name the component."""
        return SERVICE

    def supportsService(self, name: str) -> bool:  # noqa: N802
        """Tell whether the component is what Calc asks for."""
        return name == SERVICE

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802
        """Name what Calc may ask for."""
        return (SERVICE,)


class Rows(XVolatileResult, unohelper.Base):  # type: ignore[misc]
    """Rows of cells, handed to Calc as an answer that comes later, and comes at once.

    A function is declared to return a value or rows, not both, and single texts of one that returns rows are
    spoilt: Calc finds them equal to no other text.
    """

    read: list[Any] = []  # noqa: RUF012 - one list for all, so that Calc need not keep every answer

    def __init__(self, rows: tuple[tuple[Any, ...], ...]) -> None:
        """Keep the rows until Calc asks for them, directly after the call."""
        self.rows = rows

    def addResultListener(self, listener: Any) -> None:  # noqa: N802
        """Send the rows, and let go of those before, which Calc would keep until the file is closed."""
        while self.read:
            self.read.pop().disposing(EventObject())
        self.read.append(listener)
        listener.modified(ResultEvent(self, uno.Any("[][]any", self.rows)))

    def removeResultListener(self, listener: Any) -> None:  # noqa: N802
        """Forget a listener whose file was closed."""
        if listener in self.read:
            self.read.remove(listener)


def answer(name: str, *arguments: Any) -> Any:
    """Call a function of the package; what goes wrong is said in the cell."""
    if sys.version_info < NEEDED:
        found, needed = (".".join(map(str, version[:2])) for version in (sys.version_info, NEEDED))
        return (
            f"Lỗi: LibreOffice này dùng Python {found}, các hàm CCHC cần Python {needed} trở lên; "
            "hãy cài LibreOffice 26.2 hoặc mới hơn"
        )
    try:
        from cchc_calc.excel.libreoffice.calls import call

        result = call(name, arguments)
    except Exception as broken:  # noqa: BLE001 - an exception would be an error value without a reason
        return f"Lỗi phần mềm ({type(broken).__name__}): hãy cài lại cchc_calc.oxt và báo cho người hỗ trợ"
    return Rows(result) if isinstance(result, tuple) else result


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(Functions, SERVICE, (SERVICE,))
