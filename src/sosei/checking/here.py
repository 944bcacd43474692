"""この頁の指摘. The sentence of a finding where the page already names the project, or the indicator: without their names."""

from __future__ import annotations

import re
from typing import Final

from sosei.checking.scene import shown

_THIS: Final = {
    "ja": {"indicator": "この指標", "project": "この事業"},
    "en": {"indicator": "this indicator", "project": "this project"},
}


def said_here(message: str, lang: str, project: str | None, indicator: str | None = None) -> str:
    """Return a finding's sentence for a page of the project; `indicator`: it stands beside this one.

    >>> said_here("事業「移住」の指標「移住者数」の値は集計中です。", "ja", "移住", "移住者数")
    '値は集計中です。'
    >>> said_here("事業「移住」の指標「移住者数」は目標が0です。", "ja", "移住", "移住者数")
    'この指標は目標が0です。'
    >>> said_here("事業「移住」の指標「移住者数」は目標が0です。", "ja", "移住")
    '指標「移住者数」は目標が0です。'
    """
    if project is None:
        return message
    if indicator is not None:
        message = _without(
            message, lang, _line(lang, shown(project), shown(indicator)), "indicator"
        )
    return _without(message, lang, _project(lang, shown(project)), "project")


def _line(lang: str, project: str, indicator: str) -> str:
    if lang == "en":
        return f"indicator “{indicator}” of {_project(lang, project)}"
    return f"{_project(lang, project)}の指標「{indicator}」"


def _project(lang: str, project: str) -> str:
    return f"project “{project}”" if lang == "en" else f"事業「{project}」"


def _without(message: str, lang: str, subject: str, what: str) -> str:
    """Return a sentence without the name of what it is about: left out where it owns the rest, else "this"."""
    this = _THIS[lang][what]
    if lang == "en":
        message = (
            re.sub(rf" of {re.escape(subject)}", "", message) if what == "project" else message
        )
        message = re.sub(rf"\bThe {re.escape(subject)}", this.capitalize(), message)
        return re.sub(rf"(?:\bthe )?{re.escape(subject)}", this, message)
    if message.startswith(f"{subject}の"):
        return message.removeprefix(f"{subject}の")
    return message.replace(subject, this)
