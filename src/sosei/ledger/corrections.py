"""訂正の箇所. What a later report corrects in an earlier one, each line with the project that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sosei.core.codec import encode
from sosei.core.report import Report, bare


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """訂正の一行. Where, wrong, right; `project`: its index in the later report, None where it stands in none."""

    subject: str
    wrong: str
    right: str
    project: int | None = None


def corrections_of(before: Report, after: Report) -> tuple[Correction, ...]:
    """Return what the later report corrects, in its order."""
    old, new = dict(_flat(encode(bare(before)))), dict(_flat(encode(bare(after))))
    return tuple(
        Correction(subject=path, wrong=old.get(path, ""), right=new.get(path, ""))
        for path in dict.fromkeys([*new, *old])
        if old.get(path) != new.get(path)
    )


def _flat(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    pairs = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else None  # fmt: skip
    if pairs is None:
        yield path, str(part)
        return
    for name, item in pairs:
        yield from _flat(item, f"{path}/{name}")
