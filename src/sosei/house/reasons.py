"""理由. Why the system refused something, in words of an official where they are known, else in its own."""

from __future__ import annotations

import errno
from typing import Final

_WORDS: Final = {
    errno.EADDRINUSE: ("ほかのプログラムが使っています", "another program uses it"),
    errno.EADDRNOTAVAIL: ("この機械の番号ではありません", "not an address of this machine"),
    errno.EACCES: ("権限がありません", "not permitted"),
    errno.EPERM: ("権限がありません", "not permitted"),
    errno.ENOENT: ("そのフォルダやファイルがありません", "no such folder or file"),
    errno.EROFS: ("書き込めない場所です", "the place is read-only"),
    errno.EISDIR: ("フォルダです", "it is a folder"),
    errno.ENOTDIR: ("フォルダではありません", "not a folder"),
    errno.ENAMETOOLONG: ("名前が長すぎます", "the name is too long"),
    errno.ENOSPC: ("空き容量が足りません", "no space left"),
}


def why(fault: BaseException) -> dict[str, str]:
    """Return the reason as two facts of a sentence: `why` in Japanese, `why_en` in English."""
    own = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    ja, en = _WORDS.get(getattr(fault, "errno", None) or 0, (own, own))
    return {"why": ja, "why_en": en}
