"""記入の進み. How far an answer form is filled, counted by the sheet itself and by the rule of the inquiry's board (`core.standing`)."""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from sosei.core.fields import Lang
from sosei.publishing.inquiry.frame import ENTRY, HEAD_ROW, ID, INK, NOTE, Form, rows_of

#: What a cell may say that is no answer; that is still counted; that is not final.
_NOTHING: Final = ("", "－", "–", "-")
_COUNTING: Final = ("集計中", "未定", "counting", "being counted", "undecided")
_PRELIMINARY: Final = (
    "（速報", "（見込", "確報区分：速報", "確報区分：見込", "final: preliminary", "final: forecast",
)  # fmt: skip
#: How many are filled; how many of the others are waited for, where there are any.
_SAID: Final[dict[Lang, tuple[str, str]]] = {
    "ja": ("{count}件中 {n}件 記入済み", "（ほかに集計中・速報 {n}件）"),
    "en": ("{n} of {count} filled in", " ({n} counting or preliminary)"),
}


def write_progress(form: Form) -> None:
    """Write the count, and what it is now for programs that do not calculate."""
    first = HEAD_ROW + 1
    last = first + sum(rows_of(form.sheet, project) for project in form.sheet.projects)
    ids, entries = (
        f"{xl_rowcol_to_cell(first, column, True, True)}:{xl_rowcol_to_cell(last, column, True, True)}"
        for column in (ID, ENTRY)
    )
    asked = f'ISNUMBER(SEARCH(":",{ids}))*NOT(ISNUMBER(SEARCH(":@",{ids})))'
    nothing, awaited = _nothing(entries), _awaited(entries)
    style = form.book.format(align="right", bold=True, font_color=INK)
    formula = _formula(
        form,
        filled=f"SUMPRODUCT({asked}*({nothing}+{awaited}=0))",
        awaited=f"SUMPRODUCT({asked}*({awaited}>0))",
    )
    form.page.write_formula(2, NOTE, formula, style, _now(form))


def _nothing(entries: str) -> str:
    return "+".join(f'({entries}="{word}")' for word in _NOTHING)


def _awaited(entries: str) -> str:
    words = [f'({entries}="{word}")' for word in _COUNTING]
    return "+".join([*words, *(f'ISNUMBER(SEARCH("{w}",{entries}))' for w in _PRELIMINARY)])


def _formula(form: Form, *, filled: str, awaited: str) -> str:
    first, more = (_filled_in(form, said, "\0").split("\0") for said in _SAID[form.lang])
    count, others = f'"{first[0]}"&{filled}&"{first[1]}"', f'"{more[0]}"&{awaited}&"{more[1]}"'
    return f'={count}&IF({awaited}=0,"",{others})'


def _now(form: Form) -> str:
    stand, (first, more) = form.sheet.standings, _SAID[form.lang]
    others = stand["counting"] + stand["preliminary"]
    return _filled_in(form, first, stand["filled"]) + (_filled_in(form, more, others) if others else "")  # fmt: skip


def _filled_in(form: Form, said: str, n: int | str) -> str:
    return said.format(count=len(form.sheet.questions), n=n)
