"""奥付. Which edition a file is: printed where a form has room for what is not the report itself, and never read back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """奥付. `mark`: a few words for the corner of every page. `lines`: sentences for the title page, the cover, the note."""

    mark: str
    lines: tuple[str, ...]
