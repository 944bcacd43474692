"""検査の項目. Every check of the doctor, in the order in which they make sense: what fails first explains the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sosei.house import checks_book, checks_place
from sosei.house.ailments import Finding


@dataclass(frozen=True, slots=True)
class Checkup:
    """検査. Its code, its name in both languages, and what does it."""

    code: str
    ja: str
    en: str
    run: Callable[[], Finding]


CHECKUPS: Final = (
    Checkup("D01", "データベース", "database", checks_book.answers),
    Checkup("D02", "データベースの健全さ", "soundness", checks_book.sound),
    Checkup("D03", "データベースの版", "migrations", checks_book.migrated),
    Checkup("D04", "保存の待ち", "waiting to write", checks_book.writable),
    Checkup("D05", "証跡の先端", "ends of the journal", checks_book.heads),
    Checkup("D06", "時計", "clock", checks_book.clock_forward),
    Checkup("D07", "文書の中身", "bytes of files", checks_book.contents),
    Checkup("D08", "鍵", "keys", checks_place.keys),
    Checkup("D09", "空き容量", "free space", checks_place.space),
    Checkup("D10", "控え", "backups", checks_book.backed_up),
    Checkup("D11", "サーバー", "server", checks_place.served),
    Checkup("D12", "個人情報の鍵", "key of personal data", checks_book.persons),
)
