"""監査の入力欄. Of which project, at which moment, which part of it: who could have changed it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sosei.ledger.flow import GROUPS, group_name
from sosei.web.desk.forms.fields import moment, offer, pick
from sosei.web.desk.saying import lang, said


class AbleForm(forms.Form):
    """Sent by GET: nothing is written."""

    entry = pick("事業", "Project")
    group = forms.ChoiceField(label=said("何を", "Which part"))
    at = moment("この時点で", "At this moment")

    def __init__(self, *args: Any, entries: Iterable[tuple[int, str]], **more: Any) -> None:
        """Offer the projects of a volume, and the parts of an entry that are locked together."""
        super().__init__(*args, **more)
        offer(self, "entry", list(entries))
        offer(self, "group", [(group, group_name(group, lang())) for group in GROUPS])
