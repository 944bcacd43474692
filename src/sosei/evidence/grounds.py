"""利用と提供の根拠. By which rule of 個人情報の保護に関する法律 第69条 what is kept of persons is used or handed on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sosei.core.fields import Lang

#: Code → what it is called, and the rule; the first is what a register is kept for.
GROUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "within": ("利用目的の範囲内（法69条1項）", "within the purpose (Act, Art. 69 (1))"),
    "law": ("法令に基づく（法69条1項）", "by law (Art. 69 (1))"),
    "consent": ("本人の同意、本人への提供（法69条2項1号）", "by consent, or to the person himself (Art. 69 (2) i)"),
    "duty": ("団体の内部での利用で、相当の理由がある（法69条2項2号）", "within the body, needed for its duties (Art. 69 (2) ii)"),
    "agency": ("ほかの行政機関等への提供で、相当の理由がある（法69条2項3号）", "to another public body that needs it (Art. 69 (2) iii)"),
    "special": ("統計や学術研究、本人の利益など、特別の理由がある（法69条2項4号）", "statistics, research, the person's benefit (Art. 69 (2) iv)"),
}  # fmt: skip


def ground_called(code: str | None, lang: Lang = "ja") -> str | None:
    """Return what a ground is called; None where none was said (exports of earlier programs)."""
    said = GROUNDS.get(code or "")
    return said[lang == "en"] if said else code
