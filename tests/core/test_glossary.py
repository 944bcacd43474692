"""用語集: every word that people meet has a reading, an identifier and an English form, once."""

import re
from dataclasses import fields

from sosei.core.fields import labels
from sosei.core.glossary import term, terms
from sosei.core.report import PARTS

#: Names of fields that say how a table is built, not what a report is about.
OF_TABLES = {
    "拡張", "区分", "内容", "順番", "章", "報告", "ID", "No.", "ページ", "文字値", "以上・以下", "年の表示", "値の表し方", "年の種類",
    "人数の数え方", "確報区分", "検証日", "検証した会議", "実績（KPI等）", "計画（KPI等）", "目標（KPI等）",
}  # fmt: skip


def test_用語は83を超え二重に載らない():
    words = [word for item in terms() for word in item.ja]
    assert len(terms()) >= 83
    assert len(words) == len(set(words))


def test_どの用語にも読みと識別子と英語がある():
    for item in terms():
        assert len(item.reading) == len(item.ja), item
        assert all(re.fullmatch(r"[ぁ-ゖーコード・（）]+", reading) for reading in item.reading), (
            item
        )
        assert all(re.fullmatch(r"[a-z_()]+", name) for name in item.identifiers), item
        assert item.en, item


def test_項目の名は用語でできている():
    words = [word for item in terms() for word in item.ja]
    strangers = {
        ja for ja, _ in labels().values() if ja not in OF_TABLES and not any(w in ja for w in words)
    }
    assert not strangers


def test_報告のどの項目にも名がある():
    unnamed = {
        f"{part.__name__}.{f.name}"
        for part in PARTS
        for f in fields(part)
        if f.name not in {"place", "raw", "sources", "unread", "text", "projects", "ext"}
    } - labels().keys()
    assert not unnamed


def test_日本語からも識別子からも引ける():
    assert term("所管課") is term("department_in_charge") is term("担当課")
    assert str(term("kpi")) == "重要業績評価指標"
    assert term("ない言葉") is None
