"""Judge files in a process of its own: ``python child.py FILE...``; ends by force above ten seconds a file.

Prints one JSON line a file and, last, the most memory the process ever held, in bytes.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile.judging import judge

_SECONDS = 10


def main() -> None:
    """Judge every file that is named; the limit of time counts what the processor does, and kills."""
    for name in sys.argv[1:]:
        signal.setitimer(signal.ITIMER_PROF, _SECONDS)
        judged = judge(Path(name))
        signal.setitimer(signal.ITIMER_PROF, 0)
        told = {"refused": judged.refused, "message": judged.message, "remedy": judged.remedy, "data": judged.data}
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201 - the test reads it
    print(json.dumps(_most_memory()))  # noqa: T201


def _most_memory() -> int:
    # What getrusage says begins with the memory of the process that started this one.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(status["VmHWM"].split()[0]) * 1024


if __name__ == "__main__":
    main()
