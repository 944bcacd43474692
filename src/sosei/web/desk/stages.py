"""段階の見え方. The word and the tone for each stage of an entry, a volume and a batch (`ledger.flow` decides which are)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Shown:
    """How a stage is shown."""

    ja: str
    en: str
    tone: str


#: tone: quiet (not begun), doing (in work), waiting (at someone else's), done, warning.
STAGES: Final = {
    "draft": Shown("作成中", "draft", "quiet"),
    "section": Shown("課で確認中", "with the section head", "waiting"),
    "planning": Shown("企画課で確認中", "with planning", "waiting"),
    "accepted": Shown("企画課確認済", "accepted", "done"),
    "returned": Shown("差戻し", "returned", "warning"),
    "collecting": Shown("とりまとめ中", "collecting", "doing"),
    "deciding": Shown("決裁中", "with the decision", "waiting"),
    "decided": Shown("決裁済", "decided", "done"),
    "experts": Shown("有識者検証中", "with the experts", "waiting"),
    "assembly": Shown("議会報告中", "with the assembly", "waiting"),
    "published": Shown("公表済", "published", "done"),
    "correcting": Shown("訂正中", "being corrected", "doing"),
    "proposed": Shown("確認待ち", "to be looked at", "waiting"),
    "applied": Shown("反映済", "applied", "done"),
    "undone": Shown("取消済", "undone", "quiet"),
    "refused": Shown("取りやめ", "dropped", "quiet"),
}
