"""The results of the formulas that count from line to line: numbers, the order by rank, and names that are joined."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cchc_calc.excel.scoring.line_standing import AND
from cchc_calc.excel.scoring.score_grid import MOST_UNITS, Part

if TYPE_CHECKING:
    from cchc_calc.excel.scoring.point_reading import Stored
    from cchc_calc.excel.scoring.written_scores import WrittenScores


def running_results(scores: WrittenScores) -> list[dict[Part, Stored]]:
    """Give these results for every line, also for those behind the last unit."""
    points = [score.standing.points for score in scores.units]
    most, least = (pick((known for known in points if known is not None), default=None) for pick in (max, min))
    numbered, of_rank = 0, Counter[int]()
    joined: dict[Part, list[str]] = {Part.BEST: [], Part.WORST: [], Part.WAITED: []}
    lines: list[dict[Part, Stored]] = []
    for place in range(MOST_UNITS):
        name = scores.names[place] if place < len(scores.names) else ""
        rank = scores.units[place].standing.rank if name else None
        is_waiting = bool(name) and rank is None and name not in joined[Part.WAITED]
        if name and rank is not None:
            joined[Part.BEST] += [name] if points[place] == most else []
            joined[Part.WORST] += [name] if points[place] == least else []
        joined[Part.WAITED] += [name] if is_waiting else []
        numbered += bool(name)
        results: dict[Part, Stored] = {part: AND.join(names) for part, names in joined.items()}
        results[Part.NUMBER] = numbered if name else ""
        results[Part.ORDER] = "" if rank is None else rank + of_rank[rank]
        results[Part.WAITING] = int(is_waiting)
        of_rank.update(() if rank is None else (rank,))
        lines.append(results)
    return lines
