"""対象の名. What a finding is about, by the rows behind its path: the same when the order of the report changes.

/projects/0/indicators/2/years/1/actual is the second indicator's figure today; line:31/value:442 is that figure for as
long as it stands. When another value takes its place, a finding about the old one is no longer accepted.
"""

from __future__ import annotations

import re
from typing import Final

from sosei.ledger.queries.scene import Scene

_MOST: Final = 120


def about_of(scene: Scene, path: str) -> str:
    """Return what a path of a scene's report is about; the path itself where no row of its own stands behind it."""
    rest = path.removeprefix("/projects/0").strip("/")
    for name in ("indicators", "spending"):
        found = re.match(rf"{name}/(\d+)(?:/(.*))?$", rest)
        if found:
            index, further = int(found[1]), found[2] or ""
            row = _line(scene, index, further) if name == "indicators" else _spent(scene, index)
            return row[:_MOST]
    return rest[:_MOST]


def _spent(scene: Scene, index: int) -> str:
    return f"spending:{scene.keys.spending[index]}"


def _line(scene: Scene, index: int, further: str) -> str:
    keys = scene.keys.lines[index]
    year = re.match(r"years/(\d+)(?:/(\w+))?", further)
    if year:
        point, role = keys.points[int(year[1])], year[2] or ""
        value = scene.rows.values.get((point, role))
        return f"line:{keys.line}/point:{point}/{role}" + (f"/value:{value.pk}" if value else "")
    value = scene.rows.of_definitions.get((keys.definition, further))
    tail = f"/{further}" if further else ""
    return f"line:{keys.line}{tail}" + (f"/value:{value.pk}" if value else "")
