"""個人情報の鍵の支度. Before anybody works on a book: the key that enciphers persons is there, is the book's, and is the newest.

A book of an earlier program has none. It is made at the first start, while nobody else works on the book, and the book
says which one it is: so a second server makes none of its own beside it.
"""

from __future__ import annotations

from django.conf import settings

from sosei.cli import terminal
from sosei.evidence import keyed, limits
from sosei.evidence.actions.rekeying import encipher_anew
from sosei.evidence.actions.uploads import clear_uploads
from sosei.evidence.actions.waiting import drop_overdue
from sosei.evidence.refusals_personal import PersonalKeyLacking
from sosei.house import keys


def settle() -> None:
    """Make or check the key; what an interrupted change left behind is enciphered anew, what is past its days goes.

    Raises PersonalKeyLacking, OtherPersonalKey.
    """
    if keyed.stated() is None:
        _begin()
        return
    keyed.require_key()
    drop_overdue()
    limits.forget()
    clear_uploads()
    if keyed.behind():
        done, _ = encipher_anew()
        terminal.note(f"個人情報を新しい鍵で暗号にし直しました / enciphered anew ({done})")


def _begin() -> None:
    if not keys.keys("personal"):
        if lost := keyed.used():
            raise PersonalKeyLacking(number=max(lost))
        keys.make("personal", 1)
    refresh()
    keyed.state()


def refresh() -> None:
    """Let this process know the keys that are now in the home."""
    settings.SOSEI_PERSONAL_KEYS = keys.ring("personal")
