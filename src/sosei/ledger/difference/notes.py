"""注記. What is said beside a change: a sentence for each reason code, in Japanese and English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sosei.core.fields import Lang

NOTES: Final[dict[str, tuple[str, str]]] = {
    "blank": ("空欄のため、今の値を残します。", "Blank: what stands is kept."),
    "rounded": (
        "大きい単位に丸めた表記です。今の詳しい値を残します。",
        "Printed in a coarser unit: the exact figure that stands is kept.",
    ),
    "resolved": ("集計中・未定だった値が決まりました。", "A figure that was being counted is known now."),
    "unresolved": (
        "今は値があるのに、集計中・未定とされています。古い写しでないか確かめてください。",
        "A figure stands here, but the file says it is still being counted. Is the file an old copy?",
    ),
    "dash": (
        "一方は値、もう一方は「－」や「該当なし」です。どちらが正しいか選んでください。",
        "One side has a figure, the other none at all. Choose which is right.",
    ),
    "words": (
        "数値のところに文字が書かれています。どちらが正しいか選んでください。",
        "Words stand where there was a number. Choose which is right.",
    ),
    "settled": (
        "確認済みの値と違います。直すときは理由を添えてください。",
        "This figure was confirmed. Give a reason to change it.",
    ),
    "final": (
        "今の値は確定値です。直すときは理由を添えてください。",
        "The figure that stands is final. Give a reason to change it.",
    ),
    "lesser": (
        "確定値を速報・見込みに戻す内容です。古い写しでないか確かめてください。",
        "This would turn a final figure into a preliminary one. Is the file an old copy?",
    ),
    "finalised": ("確定値になりました。", "The figure is final now."),
    "state": ("見込み・速報の区分が変わりました。", "Forecast or preliminary: the state changed."),
    "detail": ("値は同じで、添え書きが変わりました。", "The figure is the same; what is said of it changed."),
    "plan_first": ("当初の目標です。", "The first target."),
    "plan_changed": ("目標の変更です。", "A changed target."),
    "jump": (
        "今の値とちょうど桁が違います。単位（円・千円など）と桁数を確かめてください。",
        "It differs from what stands by a power of ten. Check the unit and the digits.",
    ),
    "unit": (
        "単位が違うため、数を比べられません。どちらの単位か確かめてください。",
        "The units differ, so the numbers cannot be compared. Check the unit.",
    ),
    "unit_new": (
        "単位のない値は、この単位の値になります。",
        "Figures without a unit will be of this unit.",
    ),
    "unit_kept": (
        "単位の表記だけを変えます。残る値は前の単位のままです。",
        "Only the unit's wording changes; figures that stay keep the former unit.",
    ),
    "statements": (
        "ファイルの中で、同じ年度の値が二通りあります。正しい方を選んでください。",
        "The file states this year twice, differently. Choose the right one.",
    ),
    "expression": (
        "増加分・水準・累計・単年の別が違うため、比べられません。計画は水準に換算してから取り込んでください。",
        "Increments, levels, totals and single years cannot be compared. Convert the plan to levels first.",
    ),
    "twins": (
        "同じ名称のものが複数あり、どれに当たるか決められません。対応するものを選んでください。",
        "Several share this name; which one is meant cannot be told. Choose it.",
    ),
    "ids": (
        "名称は同じですが、IDか区分（実績・計画）などが違います。同じものか選んでください。",
        "The name is the same, but the ID, kind or whole differs. Choose whether it is the same.",
    ),
    "alike": (
        "名称の似たものがあり、同じものか決められません。対応するものを選んでください。",
        "A similar name exists; whether it is the same cannot be told. Choose it.",
    ),
    "many": (
        "同じか似た名称のものが多すぎて、対応を決められません。対応するものを選んでください。",
        "Too many share this name or one like it. Choose which one is meant.",
    ),
    "renamed": (
        "名称は違いますが、同じものとして照合しました。",
        "Taken to be the same, though the name differs.",
    ),
    "other_year": (
        "別の年度の報告書です。取り込む年度を確かめてください。",
        "This is another year's report. Check the year.",
    ),
    "other_body": (
        "別の団体の報告書の可能性があります。団体名を確かめてください。",
        "This may be another municipality's report. Check its name.",
    ),
}  # fmt: skip


def note(reasons: Iterable[str], lang: Lang = "ja") -> str:
    """Return the sentences for reason codes.

    >>> note(["blank"])
    '空欄のため、今の値を残します。'
    """
    at = 0 if lang == "ja" else 1
    return ("" if lang == "ja" else " ").join(NOTES[reason][at] for reason in reasons)
