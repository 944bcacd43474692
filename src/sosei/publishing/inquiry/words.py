"""様式の文言. Every word that the answer form prints, in Japanese and English."""

from __future__ import annotations

from typing import Final

from sosei.core.fields import Lang
from sosei.core.fiscal import FiscalYear
from sosei.core.inquiry import AnswerSheet
from sosei.core.opinions import OpinionSheet

#: Words that excuse a missing figure; they are offered as a list beside every cell to be filled.
GAPS: Final[dict[Lang, tuple[str, ...]]] = {
    "ja": ("集計中", "該当なし", "測定不能"),
    "en": ("counting", "N/A", "not measurable"),
}
WORDS: Final[dict[Lang, dict[str, str]]] = {
    "ja": {
        "sheet": "回答", "form": "回答様式", "guide": "記入のしかた", "number": "番号", "name": "指標・項目", "unit": "単位",
        "target": "目標\n（経費は予算額）", "last": "前年度実績\n（{year}）", "entry": "今年度実績\n（{year}）",
        "expected": "判明予定日\n（集計中のとき）", "note": "備考", "total": "合計",
        "figures": "指標（KPI）", "money": "経費", "texts": "文章", "last_text": "前年度の記載（{year}）",
        "entry_text": "今年度の記載（{year}）", "asked": "回答する課", "by": "記入者（氏名・内線）", "due": "回答期限",
        "mark": "照会番号", "opinion_mark": "意見書番号", "edition": "照合用", "asking": "照会元", "project": "事業",
        "legend_entry": "入力するセル", "legend_odd": "数値として読めない語、または判明予定日のない「集計中」",
        "none": "（記載なし）", "hint_title": "入力のしかた",
        "hint": "数だけを入れます。まだ分からないときは「集計中」、無いときは「該当なし」を選べます。0は結果が0のときだけ入れます。",
        "rule": "黄色のセルだけに入力してください。数には単位を付けなくてかまいません。まだ分からない値は「集計中」とし、右に判明予定日を書いてください。0は「結果が0」、空欄は「未回答」として扱います。",
    },
    "en": {
        "sheet": "Answers", "form": "Answer form", "guide": "How to fill in", "number": "No.", "name": "Indicator or item", "unit": "Unit",
        "target": "Target\n(budget for money)", "last": "Last year's actual\n({year})", "entry": "This year's actual\n({year})",
        "expected": "Expected on\n(when counting)", "note": "Remarks", "total": "Total",
        "figures": "Indicators (KPI)", "money": "Spending", "texts": "Texts", "last_text": "Last year's text ({year})",
        "entry_text": "This year's text ({year})", "asked": "Department asked", "by": "Filled in by (name, extension)", "due": "Due on",
        "mark": "Inquiry no.", "opinion_mark": "Sheet no.", "edition": "check", "asking": "Asked by", "project": "Project",
        "legend_entry": "cells to fill", "legend_odd": "no figure, or “counting” without the day it is expected",
        "none": "(none)", "hint_title": "How to fill in",
        "hint": "Type a number only. Choose “counting” while it is not known, “N/A” where there is none. 0 means that the result was nought.",
        "rule": "Fill in the yellow cells only. Units are not needed. Where a figure is not known yet, write “counting” and when it will be. 0 means nought; a blank cell means no answer.",
    },
}  # fmt: skip
#: Steps of the guide; {due} and {office} are filled in.
STEPS: Final[dict[Lang, tuple[str, ...]]] = {
    "ja": (
        "「回答」シートの黄色のセルに入力します。前年度の値と目標を横に示しています。",
        "数が決まっていないときは「集計中」を選び、右の「判明予定日」に「7月末」のように書きます。",
        "文章は、前年度の記載を参考に今年度の内容を書きます。変わらないときも「前年度と同じ」とせず、文を書いてください。",
        "目標や前年度の値に誤りがあるときは、直さずに「備考」で知らせてください。",
        "保存して、{due}までに{office}へ返送してください。",
        "並べ替え、行や列の移動、ファイル名の変更、LibreOffice などでの保存をしても読み取れます。",
        "右上の照会番号と「照合用」の英数字は、返ってきた様式がどの照会のものか、そのあと台帳が変わっていないかを確かめるためのものです。入力や確認は要りません。",
    ),
    "en": (
        "Fill in the yellow cells of the sheet “Answers”. Last year's value and the target stand beside them.",
        "Where a figure is not known yet, choose “counting” and write the day it is expected (end of July).",
        "Write this year's texts in full, even where little has changed; last year's stand beside them.",
        "If a target or last year's value is wrong, leave it and say so under “Remarks”.",
        "Save the file and return it to {office} by {due}.",
        "Sorting, moving rows or columns, renaming the file and saving it with LibreOffice do no harm.",
        "The number and the letters beside “check” in the upper corner tell which inquiry a returned form belongs to, and whether the book has changed since. Nothing is to be done with them.",
    ),
}
#: Cases of the guide: when, what to write, what it means.
CASES: Final[dict[Lang, tuple[tuple[str, str, str], ...]]] = {
    "ja": (
        ("値が分かっている", "131", "数だけ。「131人」「1万2,345」「１３１」でも読み取れます"),
        ("結果が0だった", "0", "空欄にすると未回答になります"),
        ("まだ集計が終わらない", "集計中", "判明予定日に「7月末」など"),
        ("該当するものがない", "該当なし", "理由を備考に書きます"),
        ("測れなかった", "測定不能", "理由を備考に書きます"),
        ("前より減った差を書く", "-5", "「△5」でも読み取れます"),
        ("速報値である", "1,074,983（速報値）", "確定する日を判明予定日に書きます"),
        ("示された単位と違う単位で書く", "259,057,000円", "単位まで書いてください。換算して確かめます"),
    ),
    "en": (
        ("The value is known", "131", "A number only; 131人 and 1万2,345 are read too"),
        ("The result was nought", "0", "A blank cell would mean no answer"),
        ("It is still being counted", "counting", "Write when it is expected"),
        ("There is nothing of the kind", "N/A", "Say why under Remarks"),
        ("It could not be measured", "not measurable", "Say why under Remarks"),
        ("A difference that went down", "-5", "△5 is read too"),
        ("It is preliminary", "1,074,983（速報値）", "Write when it will be final"),
        ("It is in another unit than shown", "259,057,000円", "Write the unit too; it is converted and checked"),
    ),
}  # fmt: skip
CASE_HEADS: Final[dict[Lang, tuple[str, str, str]]] = {
    "ja": ("こんなとき", "記入例", "説明"),
    "en": ("When", "Write", "What it means"),
}


def word(name: str, sheet: AnswerSheet, lang: Lang, *, before: int = 0) -> str:
    """Return a word of the form with the sheet's year, or the one that many years before."""
    year = FiscalYear(sheet.fiscal_year - before)
    return WORDS[lang][name].format(year=str(year) if lang == "ja" else f"FY{year.start}")


def mark_shown(sheet: AnswerSheet | OpinionSheet, lang: Lang) -> str:
    """Return the mark as it is printed: 照会番号 R3-04."""
    name = WORDS[lang]["mark" if isinstance(sheet, AnswerSheet) else "opinion_mark"]
    return f"{name} {sheet.mark}"


def stamp_shown(sheet: AnswerSheet | OpinionSheet, lang: Lang) -> str:
    """Return the mark with the beginning of the hash, by which a stale form is known: 照会番号 R3-04（照合用 1a2b3c4d）."""
    words, shown = WORDS[lang], mark_shown(sheet, lang)
    if not sheet.base:
        return shown
    edition = f"{words['edition']} {sheet.base[:8]}"
    return f"{shown}（{edition}）" if lang == "ja" else f"{shown} ({edition})"
