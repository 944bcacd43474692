"""直し. One correction of one figure, of an indicator, or of what was not read, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

Role = Literal["target", "actual", "cumulative_actual", "baseline", "none"]
#: What a figure may be made; "none": it is no figure of an indicator, and is left out.
ROLES: Final[tuple[Role, ...]] = ("target", "actual", "cumulative_actual", "baseline", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """直し. What of the report as read is another thing than was read; None: as it was read.

    `at`: the path of a figure, of an indicator (`role` "none": the row is no indicator), or of what was not read
    (/unread/3; then `text`, `role` and `indicator` are said), or of a figure that nothing was made of (/loose/3). `text`: the figure as a person typed it. `indicator`: the
    path of the one that the figure belongs to; `project`: of the one that its whole indicator belongs to. A mend that
    says nothing says that a person looked, and it is right. `group`: those made at once, and undone at once; `habit`:
    the row of what was learned earlier, where it came from that.
    """

    at: str
    text: str | None = None
    unit: str | None = None
    year: int | None = None
    role: Role | None = None
    indicator: str | None = None
    project: str | None = None
    group: int = 0
    habit: int | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether it only confirms."""
        return not ways(self)

    def kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {name: value for name, value in asdict(self).items() if value not in (None, 0)}


def mend_of(kept: Mapping[str, Any]) -> Mend:
    """Return what `Mend.kept` kept."""
    return Mend(**kept)


def ways(mend: Mend) -> dict[str, Any]:
    """Return what a mend changes, by its names."""
    named = ("text", "unit", "year", "role", "indicator", "project")
    return {name: value for name in named if (value := getattr(mend, name)) is not None}
