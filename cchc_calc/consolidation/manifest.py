"""The manifest of a consolidation: what it was made of, so that any later change can be located."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.consolidation.result import Consolidation


def manifest_of(consolidation: Consolidation, command: Sequence[str] = ()) -> dict[str, Any]:
    """Return the manifest, ready for ``json.dump``; it holds no clock, so the same input gives the same manifest.

    Units stand in the order of the consolidation, each with the hash of its file and the seal of its values.
    """
    form, period = consolidation.form, consolidation.period
    return {
        "tool": {"name": "cchc_calc", "version": VERSION},
        "form": {"id": form.id, "edition": form.edition},
        "command": list(command),
        "level": consolidation.level,
        "period": None if period is None else period.to_json(),
        "units": [
            {
                "unit": unit.unit,
                "source": unit.source,
                "sha256": unit.sha256,
                "seal": unit.seal,
                "repeated": list(unit.repeated),
            }
            for unit in consolidation.units
        ],
        "refused": [
            {"source": refusal.source, "sha256": refusal.sha256, "code": refusal.code}
            for refusal in consolidation.refused
        ],
        "missing": list(consolidation.missing),
    }
