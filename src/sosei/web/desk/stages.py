"""段階の見え方. The tone of each stage of an entry or a volume (`ledger.flow` has the words), and word and tone of a batch's states."""

from __future__ import annotations

from typing import Final

from sosei.ledger.flow import stage_name
from sosei.web.desk.saying import lang, said, say

#: quiet (not begun), doing (in work), waiting (at someone else's), done, warning.
TONES: Final = {
    "draft": "quiet",
    "section": "waiting",
    "planning": "waiting",
    "accepted": "done",
    "returned": "warning",
    "correcting": "doing",
    "collecting": "doing",
    "deciding": "waiting",
    "decided": "done",
    "experts": "waiting",
    "assembly": "waiting",
    "published": "done",
}
_BATCHES: Final = {
    "proposed": ("waiting", said("確認待ち", "to be looked at")),
    "applied": ("done", said("反映済", "applied")),
    "undone": ("quiet", said("取消済", "undone")),
    "refused": ("quiet", said("取りやめ", "dropped")),
}


def shown(stage: str) -> tuple[str, str]:
    """Return tone and word of a stage of the flow, or of a batch's state."""
    if stage in TONES:
        return TONES[stage], stage_name(stage, lang())
    tone, word = _BATCHES.get(stage, ("quiet", say(stage, stage)))
    return tone, str(word)
