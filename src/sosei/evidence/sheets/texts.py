"""文字のセル. Texts of cells: one line, cleaned, never run as anything; and what says nothing at all."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.corporate import check_digit, read_corporate
from sosei.core.errors import BadCheckDigit, NotACorporateNumber
from sosei.core.gaps import Gap, read_gap
from sosei.core.text import join_lines, narrow
from sosei.evidence.sheets.cells import Cell
from sosei.evidence.sheets.refusals import CellUnreadable, OutOfBounds
from sosei.evidence.sheets.said import Wrong

#: Characters of one cell; a longer one is a file whose quotes do not close.
LONGEST: Final = 10_000
#: Characters of a name, a place, a contact.
SHORT: Final = 200
#: What a spreadsheet shows for a formula that failed.
_FAILED: Final = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)
_SIGNS: Final = ("=", "+", "-", "@")
_MAIL: Final = re.compile(r"[^@\s,;<>()]{1,64}@[^@\s,;<>()]{1,180}\.[^@\s,;<>().]{2,63}")


def text_in(cell: Cell) -> str | None:
    """Return the text of a cell, None where it says nothing (blank, －). Raises Wrong.

    What begins with = + - @ is a text as any other.
    """
    if not isinstance(cell, str):
        if cell.lost:
            raise unreadable("=", ("式の結果", "the result of a formula"), _RECALCULATE)
        cell = cell.shown
    text = cell if _is_plain(cell) else join_lines(cell)
    if (
        text[:1] == "'" and text[1:2] in _SIGNS
    ):  # the quote by which an exported CSV keeps it from being a formula
        text = text[1:]
    if 4 < len(text) <= SHORT and text[0] != "#":  # nearly all texts
        return text
    if len(text) < 5 and read_gap(text) in (Gap.BLANK, Gap.DASH):
        return None
    if text[0] == "#" and text in _FAILED:
        raise unreadable(text, ("値", "a value"), _RECALCULATE)
    if len(text) > LONGEST:
        raise _too_long(text, LONGEST)
    return text


def short_in(cell: Cell) -> str | None:
    """Return a text that is a name, a place or a contact. Raises Wrong where it is too long for one."""
    text = text_in(cell)
    if text is not None and len(text) > SHORT:
        raise _too_long(text, SHORT)
    return text


def _is_plain(text: str) -> bool:
    """Tell whether a text is its own cleaned form, quickly."""
    return text.isprintable() and "  " not in text and not (text[:1] == " " or text[-1:] == " ")


_RECALCULATE: Final = (
    "Excelで開いて計算し直し、保存し直してください",
    "Open it in Excel, let it calculate, and save it again",
)


def unreadable(text: str, what: tuple[str, str], how: tuple[str, str]) -> Wrong:
    """Return what is wrong with a cell that is no `what` (in Japanese and English), and how to mend it."""
    return Wrong(
        CellUnreadable, text=text, what=what[0], what_en=what[1], how=how[0], how_en=how[1]
    )


def _too_long(text: str, most: int) -> Wrong:
    return Wrong(
        OutOfBounds, text=text, bounds=f"{most}字まで", bounds_en=f"at most {most} characters"
    )


def mail_in(cell: Cell) -> str | None:
    """Return an e-mail address in half width. Raises Wrong."""
    text = short_in(cell)
    if text is None:
        return None
    plain = text if text.isascii() else narrow(text).strip()
    if not _MAIL.fullmatch(plain):
        how = (
            "「taro@example.jp」のように一つだけ書いてください",
            "Write one, like taro@example.jp",
        )
        raise unreadable(text, ("メールアドレス", "an e-mail address"), how)
    return plain


def phone_in(cell: Cell) -> str | None:
    """Return a telephone number as it is written; a number cell has lost the 0 that every one begins with."""
    text = short_in(cell)
    if text is None or isinstance(cell, str) or cell.number is None:
        return text
    digits = f"{cell.number:f}"
    return f"0{digits}" if digits.isdigit() and len(digits) in (9, 10) else text


_THIRTEEN: Final = ("法人番号", "a corporate number")


def corporate_in(cell: Cell) -> str | None:
    """Return the thirteen digits of a corporate number. Raises Wrong."""
    text = text_in(cell)
    if text is None:
        return None
    if not isinstance(cell, str) and cell.number is not None:
        text = f"{cell.number:f}"
    if len(text) == 13 and text.isascii() and text.isdigit() and text[0] == check_digit(text[1:]):
        return text
    try:
        return read_corporate(text)
    except BadCheckDigit:
        how = (
            "検査数字が合いません。数字の写し間違いを確かめてください",
            "Its check digit is wrong. Look for a copying slip",
        )
    except NotACorporateNumber:
        how = ("13桁の数字で書いてください", "Write its thirteen digits")
        if "E+" in narrow(text).upper():
            how = ("Excelで桁が失われています。元の表で書式を「数値」にして渡し直してください", "Excel dropped its digits. Format the column as a number in the original and try again")  # fmt: skip
    raise unreadable(text, _THIRTEEN, how)


def entry_in(cell: Cell) -> int | None:
    """Return the number of an entry. Raises Wrong."""
    text = text_in(cell)
    if text is None:
        return None
    plain = narrow(text).replace(",", "").strip()
    if plain.isascii() and plain.isdigit() and len(plain) < 16 and int(plain):
        return int(plain)
    how = (
        "書き出した表にある登録番号のままにするか、空にしてください",
        "Leave it as it was in the exported sheet, or blank",
    )
    raise unreadable(text, ("登録番号", "an entry number"), how)
