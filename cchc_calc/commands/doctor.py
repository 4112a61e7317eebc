"""The command ``cchc doctor``: what this machine has and lacks."""

from __future__ import annotations

import click

from cchc_calc.commands.exit_codes import UNUSABLE


@click.command()
def doctor() -> int:
    """Cho biết máy này có gì, thiếu gì, và cần làm gì."""
    from cchc_calc.console import Printer
    from cchc_calc.doctor import examine
    from cchc_calc.examination import missing, told

    printer = Printer()
    lines = examine()
    for text in told(lines):
        printer.say(text)
    return UNUSABLE if missing(lines) else 0
