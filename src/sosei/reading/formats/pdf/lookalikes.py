"""似た字. What a recogniser mistakes for one another: a stroke and a long vowel, kana and kanji, a Chinese form for ours.

One sign for one, so that each keeps its place. Only what stands around a sign decides; no dictionary of words.
"""

from __future__ import annotations

import re
from typing import Final

#: Simplified forms that Japanese does not write, and the forms that it does.
_OURS: Final = str.maketrans(
    "產负济值实标绩业务员进达评价资产额单总经费关发图书场农调设计证记组织续结给纳终级约线录镇长门间问闻题领风飞馆验鱼鸟块"
    "创复带广开张归对导岛师应战户拥择报检环现种积稳节药观规视认议论识诉说请读课谁谢财质购货贩贷贸车轻输边运过还远"
    "连选适邮郑银铁钱错陆际隐难韩项须预频颜类饮饭馈驻驿齐龙",
    "産負済値実標績業務員進達評価資産額単総経費関発図書場農調設計証記組織続結給納終級約線録鎮長門間問聞題領風飛館験魚鳥塊"
    "創復帯広開張帰対導島師応戦戸擁択報検環現種積穏節薬観規視認議論識訴説請読課誰謝財質購貨販貸貿車軽輸辺運過還遠"
    "連選適郵鄭銀鉄銭錯陸際隠難韓項須予頻顔類飲飯饋駐駅斉竜",
)
#: Kanji, katakana or hiragana that are drawn alike: kanji, katakana.
_PAIRS: Final = dict(zip("口力二八工夕卜才千三", "ロカニハエタトオチミ", strict=True))
_BACK: Final = {kana: kanji for kanji, kana in _PAIRS.items()}
#: Katakana and hiragana that are drawn alike.
_KANA: Final = dict(zip("ヘベペリ", "へべぺり", strict=True))
_FLAT: Final = {hira: kata for kata, hira in _KANA.items()}
_KATAKANA: Final = re.compile(r"[ァ-ヺー]")
_HIRAGANA: Final = re.compile(r"[ぁ-ゖ]")
_KANJI: Final = re.compile(r"[一-鿿々]")
_DIGIT: Final = re.compile(r"[0-9０-９,，.．]")
#: Letters that stand for digits between digits.
_FIGURES: Final = {"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"}


def mended(text: str) -> str:
    """Return a line with its look-alikes told apart: as many signs as before.

    >>> mended("労カ人ロのス一パ一"), mended("1,2O0人")
    ('労力人口のスーパー', '1,200人')
    """
    signs = list(text.translate(_OURS))
    for at, sign in enumerate(signs):
        before = signs[at - 1] if at else ""
        after = signs[at + 1] if at + 1 < len(signs) else ""
        signs[at] = _one(sign, before, after)
    return "".join(signs)


def _one(sign: str, before: str, after: str) -> str:
    """Return what a sign is between two others."""
    if sign in "Oo" and not before and not after:
        return "○"
    if sign in "一ー" and not before and not after:
        return "－"  # alone in its cell it says that there is nothing
    if sign in _FIGURES:
        return _FIGURES[sign] if _is(_DIGIT, before) and _is(_DIGIT, after) else sign
    if sign == "一" and _is(_KATAKANA, before) and not _is(_KANJI, after):
        return "ー"
    if sign == "ー" and not (_is(_KATAKANA, before) or _is(_HIRAGANA, before)):
        return "一" if _is(_KANJI, after) or _is(_KANJI, before) else sign
    if sign in _PAIRS:
        around = [one for one in (before, after) if one]
        kana = around and all(_is(_KATAKANA, one) for one in around)
        return _PAIRS[sign] if kana else sign
    if sign in _BACK:
        alone = not _is(_KATAKANA, before) and not _is(_KATAKANA, after)
        return _BACK[sign] if alone and (_is(_KANJI, before) or _is(_KANJI, after)) else sign
    if sign in _KANA:
        return _KANA[sign] if not (_is(_KATAKANA, before) or _is(_KATAKANA, after)) else sign
    if sign in _FLAT:
        return _FLAT[sign] if _is(_KATAKANA, before) and _is(_KATAKANA, after) else sign
    return sign


def _is(kind: re.Pattern[str], sign: str) -> bool:
    return bool(sign) and kind.fullmatch(sign) is not None
