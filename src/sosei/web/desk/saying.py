"""言う. Japanese and English side by side: `say("保存しました。", "Saved.")` gives the one that the person chose.

Both stand where they are used, so that no sentence can be without its other. Facts are named: `say("あと{n}件", "{n} left", n=3)`.
"""

from __future__ import annotations

from typing import Final

from django.utils.functional import lazy
from django.utils.translation import get_language

from sosei.core.fields import Lang

LANGS: Final[tuple[Lang, ...]] = ("ja", "en")


def lang() -> Lang:
    """Return the language of the page: Japanese unless the person chose English."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


def say(ja: str, en: str, **facts: object) -> str:
    """Return a sentence in the page's language, with its facts."""
    sentence = en if lang() == "en" else ja
    return sentence.format(**facts) if facts else sentence


_later = lazy(say, str)


def said(ja: str, en: str, **facts: object) -> str:
    """Return `say`'s sentence, chosen when it is shown: for what is written once and shown to many (labels, choices)."""
    return _later(ja, en, **facts)


def tongue(thing: object, name: str = "") -> str:
    """Return the page's language of something that has both: `thing.ja` / `thing.en`, or `thing.name_ja` / `name_en`."""
    return str(getattr(thing, f"{name}_{lang()}" if name else lang()))
