from byhand import document, in_document, report, unexamined

from sosei.core.report import Unread


def test_図形があれば注意():
    note = Unread(code="drawing", raw="図 1")
    assert len(in_document("OD-8", ["a"], form="xlsx", unread=(note,))) == 1


def test_図形を持てない形式は指摘しない():
    assert in_document("OD-8", ["a"], form="csv") == []
    assert unexamined("OD-8", report(), document=document(["a"], form="csv")) == []


def test_図形を読まない形式は見ていないと言う():
    assert len(unexamined("OD-8", report(), document=document(["a"], form="xlsx"))) == 1
