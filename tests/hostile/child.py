"""Judge files in a process of its own: ``python child.py FILE...``; ends by force above ten seconds a file.

Prints one JSON line a file and, last, the most memory the process ever held, in bytes.
"""

from __future__ import annotations

import json
import resource
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
    print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024))  # noqa: T201


if __name__ == "__main__":
    main()
