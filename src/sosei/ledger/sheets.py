"""様式の控え. An `AnswerSheet` as it was sent, kept as JSON: an answer is read by what was asked then, not by what would be asked now."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from sosei.core.inquiry import AnswerSheet, AskedProject, Question


def kept(sheet: AnswerSheet) -> str:
    """Return a sheet as JSON text, absent things left out."""
    said = asdict(sheet)
    days = {name: said[name].isoformat() for name in ("due_on", "sent_on") if said[name]}
    lists = {name: [_present(one) for one in said[name]] for name in ("projects", "questions")}
    return json.dumps(_present({**said, **days, **lists}), ensure_ascii=False)


def _present(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None and value != ()}


def sheet_of(text: str) -> AnswerSheet:
    """Return the sheet that `kept` kept."""
    said = json.loads(text)
    said |= {name: date.fromisoformat(said[name]) for name in ("due_on", "sent_on") if name in said}
    said["projects"] = tuple(AskedProject(**one) for one in said["projects"])
    said["questions"] = tuple(
        Question(**{**one, "choices": tuple(one.get("choices", ()))}) for one in said["questions"]
    )
    return AnswerSheet(**said)
