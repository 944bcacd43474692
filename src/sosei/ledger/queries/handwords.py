"""引継書の言葉. Titles, leads and heads of the parts of a hand-over paper, in Japanese and English; widths of their columns."""

from __future__ import annotations

from typing import Final

Pair = tuple[str, str]
Heads = tuple[tuple[str, ...], tuple[str, ...]]
#: key: title, lead, heads (Japanese and English), widths.
PARTS: Final[dict[str, tuple[Pair, Pair, Heads, tuple[int, ...]]]] = {
    "open": (
        ("期限のある用件", "What is open"),
        ("期日の早い順です。過ぎているものから片づけてください。", "By date; begin with what is overdue."),
        (("期日", "用件", "担当", "補足"), ("Due", "What", "With whom", "Note")),
        (5, 9, 4, 7),
    ),
    "counting": (
        ("集計中の値", "Figures still being counted"),
        ("判明したら登録してください。予定日のないものは、まず予定日を決めてください。", "Record them when they are known; where there is no day, set one first."),
        (("判明予定", "事業", "指標", "年度", "報告する課"), ("Expected", "Project", "Indicator", "Year", "Owed by")),
        (5, 8, 8, 3, 4),
    ),
    "projects": (
        ("担当する事業", "Projects in charge"),
        ("直近2か年の記載です。", "Entries of the newest two years."),
        (("年度", "事業", "実施期間", "交付金", "段階"), ("Year", "Project", "Period", "Grant", "Stage")),
        (3, 9, 5, 7, 4),
    ),
    "findings": (
        ("残っている指摘", "Open findings"),
        ("点検が見つけ、まだ直しても了承してもいないものです。", "Found by the checks, neither mended nor accepted yet."),
        (("重さ", "事業", "指摘", "規則"), ("Weight", "Project", "Finding", "Rule")),
        (3, 6, 13, 4),
    ),
    "definitions": (
        ("指標の定義を変えた理由", "Why definitions were changed"),
        ("変更の前後の値は、そのままでは比べられません。", "Figures before and after cannot simply be compared."),
        (("適用", "指標", "何が変わったか", "理由"), ("From", "Indicator", "What changed", "Why")),
        (3, 6, 9, 7),
    ),
    "grades": (
        ("提案と異なる評価にした理由", "Why grades differ from the proposal"),
        ("議会や監査で問われたときは、ここに書いた理由で答えます。", "The reasons to give when the assembly or the auditors ask."),
        (("年度", "事業", "提案", "決定", "理由"), ("Year", "Project", "Proposed", "Decided", "Why")),
        (3, 7, 6, 3, 7),
    ),
    "exceptions": (
        ("期限付きの解除と了承した指摘", "Lifted locks and accepted findings"),
        ("例外として認めたことです。", "What was allowed as an exception."),
        (("種類", "対象", "期限", "理由", "認めた人"), ("What", "Of", "Until", "Why", "By")),
        (4, 7, 5, 8, 4),
    ),
    "promises": (
        ("有識者への約束", "Promises to experts"),
        ("回答のない意見と、約束してまだ果たしていない対応です。", "Opinions without an answer, and promises not kept yet."),
        (("期日", "有識者", "事業", "意見", "約束した対応"), ("Due", "Expert", "Project", "Opinion", "Promised")),
        (5, 4, 6, 8, 8),
    ),
    "contacts": (
        ("担当者と連絡先", "People and contacts"),
        ("分からないことは、まずここに問い合わせてください。", "Whom to ask first."),
        (("課", "役割", "氏名", "期間", "連絡先"), ("Department", "Role", "Name", "From, to", "Contact")),
        (5, 4, 5, 6, 6),
    ),
    "places": (
        ("どこに何があるか", "Where things are"),
        ("どれもこの台帳に保管されています。公表版のファイルは「公表版」の画面から取り出せます。", "All of it is kept in this book; the files of an edition are under “Editions”."),
        (("年度", "種類", "名称", "日付"), ("Year", "Kind", "Name", "Date")),
        (3, 5, 11, 6),
    ),
}  # fmt: skip
