"""A workbook whose form is known: another of the same make is read by what differs between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.readers.fast import read_workbook_fast
from cchc_calc.excel.readers.known_sheet import KnownSheet
from cchc_calc.excel.readers.known_strings import KnownStrings, differing_strings
from cchc_calc.excel.readers.stored_values import (
    NotVouchedForError,
    StoredValues,
    read_plain_xml,
    read_strings,
    read_styles,
)
from cchc_calc.excel.readers.workbook_parts import read_workbook_parts
from cchc_calc.known_forms import KnownForm
from cchc_calc.package import links_part

if TYPE_CHECKING:
    from cchc_calc.excel.readers.workbook_parts import SheetPart, WorkbookParts
    from cchc_calc.gate import Admitted
    from cchc_calc.package import Package
    from cchc_calc.report import Report

_LISTS: Final = ("[Content_Types].xml", "_rels/.rels")


class KnownWorkbook:
    """A workbook that was read and recognised, to recognise others from."""

    def __init__(
        self, admitted: Admitted, parts: WorkbookParts, sheet: SheetPart, columns: int, form: KnownForm
    ) -> None:
        """Keep the lists of the workbook, which nearly all others of its make have to the letter.

        Raises NotVouchedForError for a sheet that is not written plainly.
        """
        package = admitted.parts
        self._kind = admitted.kind
        self._parts, self._part, self._form = parts, sheet.part, form
        lists = (*_LISTS, parts.workbook, links_part(parts.workbook), links_part(sheet.part))
        # They were inflated and read already, so that what is packed alike need not be.
        self._lists = {name: package.packed(name) for name in lists if name in package}
        self._names = package.names
        self._styles = read_styles(package, parts.styles)
        self._packed_styles = package.packed(parts.styles)
        values = StoredValues(read_strings(package, parts.shared_strings), self._styles)
        has_strings = parts.shared_strings in package
        self._strings = KnownStrings(package.read_xml(parts.shared_strings), values.strings) if has_strings else None
        self._sheet = KnownSheet(sheet.name, read_plain_xml(package, sheet.part), values, columns, form.role)

    @classmethod
    def of(cls, admitted: Admitted, sheet: str | None, columns: int) -> KnownWorkbook | None:
        """Know a workbook by one of its sheets, or by its only visible one; ``None`` where that cannot be done.

        Raises SourceRefusedError as the gate and the recognition of a form do.
        """
        parts = read_workbook_parts(admitted.parts)
        chosen = [part for part in parts.sheets if part.is_visible and sheet in (None, part.name)]
        document = read_workbook_fast(admitted, sheet, columns=columns, parts=parts) if len(chosen) == 1 else None
        form = None if document is None else KnownForm.of(document)
        if form is None:
            return None
        try:
            return cls(admitted, parts, chosen[0], columns, form)
        except NotVouchedForError:
            return None

    def is_listed_alike(self, package: Package) -> bool:
        """Tell whether a package has the same parts and the same lists of them, to the letter."""
        return package.names == self._names and all(package.packed(name) == part for name, part in self._lists.items())

    def is_made_alike(self, package: Package, parts: WorkbookParts) -> bool:
        """Tell whether a workbook has the same sheets and settings, wherever it was saved."""
        is_noted = any("comments" in name for name in package.names)
        return self._part in package and not is_noted and parts == self._parts

    def read(self, admitted: Admitted) -> Report | None:
        """Recognise the form of a workbook that is listed or made alike; ``None`` says nothing of it.

        Raises SourceRefusedError as the gate does.
        """
        package = admitted.parts
        if admitted.kind != self._kind:
            return None
        try:
            # In the order of the plain way, which names the first part that is broken.
            strings, other = self._read_strings(package)
            if not self._has_same_styles(package):
                return None
        except NotVouchedForError:
            return None
        values = StoredValues(strings, self._styles)
        changed = self._sheet.changed(package.read_xml(self._part), values, other)
        return None if changed is None else self._form.again(admitted.name, changed)

    def _has_same_styles(self, package: Package) -> bool:
        part = self._parts.styles
        is_alike = part in package and package.packed(part) == self._packed_styles
        return is_alike or read_styles(package, part) == self._styles

    def _read_strings(self, package: Package) -> tuple[list[bytes], list[int]]:
        part = self._parts.shared_strings
        if self._strings is None:
            return read_strings(package, part), []
        found = self._strings.read(package.read_xml(part)) if part in package else None
        if found is not None:
            return found
        strings = read_strings(package, part)
        return strings, differing_strings(self._strings.strings, strings)
