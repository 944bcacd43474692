"""見出しからの案: what a register of a sheet could be, from its header and first rows; a proposal for a form, never more."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from sosei.evidence.proposing import Proposal, proposed
from sosei.evidence.refusals import NoHeader


def csv(text: str) -> Proposal:
    return proposed(text.encode("utf-8-sig"), "表.csv")


def types(found: Proposal) -> dict[str, str]:
    return {row["ja"]: row["type"] for row in found.fields}


def test_会員の表は名簿になり種別は選択肢になる() -> None:
    head = "企業名,法人番号,入会日,退会日,会員の種別,担当,従業員数（人）,市"
    lines = [
        f"会社{n},,2021/4/{n + 1},,{('正会員', '賛助会員')[n % 2]},担当者{n},{n * 10},{('盛岡市', '滝沢市')[n % 2]}"
        for n in range(12)
    ]
    found = csv("\n".join([head, *lines]))
    assert (found.head["kind"], found.head["subject"]) == ("roster", "organisation")
    assert types(found) == {
        "会員の種別": "choice",
        "担当": "text",
        "従業員数": "number",
        "市": "place",
    }
    assert found.left == ("企業名", "法人番号", "入会日", "退会日")
    choices = next(row for row in found.fields if row["type"] == "choice")["choices"]
    assert choices == "正会員\n賛助会員"
    assert next(row for row in found.fields if row["type"] == "number")["unit"] == "人"


def test_通し番号の列は除き担当者の列は選択肢にしない() -> None:
    lines = [f"{n},2021/4/{n},相談,{('佐藤', '鈴木')[n % 2]},{n}" for n in range(1, 13)]
    for header in ("No", "Ｎｏ．", "番号", "通し番号"):
        found = csv("\n".join([f"{header},相談日,内容,担当者,時間", *lines]))
        assert types(found)["担当者"] == "text"
        assert header not in types(found)
        assert header in found.left
        assert types(found)["時間"] == "number"


def test_日がいくつも並ぶ表は案件になり日の名が段階になる() -> None:
    found = csv(
        '申請者,事業名,申請日,交付決定日,支払日,交付決定額（千円）\n甲社,設備,R3.4.5,R3.5.1,R4.3.1,"1,500"\n乙社,研修,R3.6.5,R3.7.1,,800\n'
    )
    assert (found.head["kind"], found.head["stages"]) == ("case", "申請\n交付決定\n支払")
    assert types(found) == {"事業名": "text", "交付決定額": "money"}


def test_参加の表は記録になり人数は台帳がはじめから持つ() -> None:
    found = csv(
        "開催日,催し,参加者数,無料\n2021/5/1,学習会,25人,○\n2021/6/1,学習会,30,×\n2021/7/1,見学,12,○\n2021/8/1,見学,9,○\n"
    )
    assert (found.head["kind"], found.head["subject"], found.head["groups"]) == (
        "log",
        "none",
        True,
    )
    assert types(found) == {"催し": "choice", "無料": "yes-no"}


def test_氏名のある表は個人の台帳で生年月日は個人情報になる() -> None:
    found = csv(
        "氏名,メールアドレス,登録日,生年月日,関心\n山田花子,a@example.jp,2021/4/1,1990/1/1,移住したい\n"
    )
    assert found.head["subject"] == "person"
    [born] = [row for row in found.fields if row["ja"] == "生年月日"]
    assert (born["type"], born["personal"]) == ("date", True)


def test_申請者は連絡先があれば人なければ企業とみる() -> None:
    assert csv("申請者,申請日\n甲社,2021/4/1\n").head["subject"] == "organisation"
    found = csv("申請者,メールアドレス,申請日\n山田花子,a@example.jp,2021/4/1\n")
    assert found.head["subject"] == "person"


def test_番号は頭の0を失わないように文字にする() -> None:
    found = csv("会社名,会員番号\n甲,0012\n乙,0013\n")
    assert types(found) == {"会員番号": "text"}


def test_個人番号の列は案にもならない() -> None:
    found = csv("氏名,個人番号,関心\n山田花子,123456789018,移住\n")
    assert "個人番号" not in types(found)
    assert "123456789018" not in str(found)


def test_Excelは見出しのある最初の表を読みその名が台帳の名の案になる() -> None:
    book, out = Workbook(), BytesIO()
    book.active.title = "説明"
    book.active["A1"] = "この表の使い方"
    sheet = book.create_sheet("出前講座")
    for row in (
        ["令和3年度 出前講座"],
        [],
        ["開催日", "会場", "講師名", "受講料"],
        ["2021/5/1", "公民館", "山田", 500],
    ):
        sheet.append(row)
    book.save(out)
    found = proposed(out.getvalue(), "講座.xlsx")
    assert (found.sheet, found.head["ja"]) == ("出前講座", "出前講座")
    assert "会場" in types(found)


def test_見出しのない表は断る() -> None:
    with pytest.raises(NoHeader):
        csv("1,2,3\n4,5,6\n")
