"""回答のお知らせ. What a person has to look at: old forms, moved ids, totals, equals, strangers; all at once."""

import dataclasses
import io
from datetime import date

import openpyxl
import pytest

import answerfiles as files
import inquirysample
from sosei.core.gaps import Gap
from sosei.core.inquiry import AskedProject, Question
from sosei.reading.answers import read_answers
from sosei.reading.answers.refusals import NotAnAnswer, OtherInquiry, OtherYear, WhichSheet
from sosei.reading.formats.refusal import Empty, OldOffice

SHEET = inquirysample.sheet()


def read(book, sheets=(SHEET,), name="回答.xlsx"):
    return read_answers(
        files.saved(book) if not isinstance(book, bytes) else book, name, list(sheets)
    )


def codes(notices):
    return [notice.code for notice in notices]


def about(notices, code):
    return [notice for notice in notices if notice.code == code]


# -- whose answer it is ---------------------------------------------------------------------------------------


def test_ほかの課の様式は課の名と番号を言って断る():
    other = inquirysample.sheet(mark="R3-09-NOSEI", department="農政課")
    with pytest.raises(OtherInquiry, match=r"「農政課」.*R3-09-NOSEI.*「ものづくり推進課」"):
        read(files.filled(other, {"Q01": 1}))


def test_ほかの課の様式でも一緒に渡せばその課の回答になる():
    other = inquirysample.sheet(mark="R3-09-NOSEI", department="農政課")
    assert read(files.filled(other, {"Q01": 1}), (SHEET, other)).mark == "R3-09-NOSEI"


def test_前の年度の様式は断る():
    last = inquirysample.sheet(mark="R2-02-MONO", fiscal_year=2020, title="令和2年度の実績")
    with pytest.raises(OtherInquiry, match="令和2年度の実績"):
        read(files.filled(last, {"Q01": 1}))
    with pytest.raises(OtherYear, match="令和2年度のもので、照会した令和3年度"):
        read("令和2年度の実績について\n移住者数：53人".encode(), name="a.txt")


def test_関係のないファイルは断る():
    for data in (
        "会議のお知らせ\n日時 6月1日".encode(),
        files.pasted([["品名", "数量"], ["机", 3]]),
    ):
        with pytest.raises(NotAnAnswer):
            read(data, name="a")
    with pytest.raises(Empty):
        read(b"", name="a.xlsx")
    with pytest.raises(OldOffice):
        read(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"),
            name="a.xls",
        )


def test_番号のない写しは名前の合う課の回答になり合う課が二つなら断る():
    other = inquirysample.sheet(
        mark="R3-03", department="観光課", projects=(AskedProject(key="P9", name="観光事業"),),
        questions=(Question(key="Q1", project="P9", role="actual", indicator="宿泊者数", unit="人泊"),),
    )  # fmt: skip
    text = "関係人口創出・移住促進事業\n移住者数：61人\n".encode()
    assert read(text, (other, SHEET), "a.txt").mark == SHEET.mark
    twin = inquirysample.sheet(mark="R3-04", department="雇用課")
    with pytest.raises(WhichSheet, match="ものづくり推進課、雇用課"):
        read(text, (SHEET, twin), "a.txt")
    signed = "回答する課：雇用課\n".encode() + text
    assert read(signed, (SHEET, twin), "a.txt").mark == "R3-04"


def test_別の課の行が混ざれば取り込まず知らせる():
    other = inquirysample.sheet(mark="R3-09", department="農政課")
    rows = files.values(files.filled(SHEET, {"Q01": 25}))
    theirs = [row for row in files.values(files.filled(other, {"Q02": 9})) if row[0] == "R3-09:Q02"]
    answers = read(files.pasted(rows + theirs), (SHEET, other))
    assert answers.by_key["Q01"].number == 25
    assert "Q02" not in answers.by_key
    assert codes(about(answers.warnings, "E622")) == ["E622"]


# -- the form itself ------------------------------------------------------------------------------------------


def changed(**changes):
    questions = list(inquirysample.QUESTIONS)
    questions[0] = dataclasses.replace(questions[0], **changes)
    return inquirysample.sheet(questions=tuple(questions))


def test_古い様式は何が変わったかを言う():
    answers = read(
        files.filled(SHEET, {"Q01": 25, "Q10": 61}), [changed(target="35", stamp="b9", now="20")]
    )
    assert codes(answers.warnings) == ["E634", "E635", "E635"]
    assert "変わった項目：1件" in answers.warnings[0].ja
    assert "目標は、様式では「30」ですが、いまの台帳では「35」" in answers.warnings[1].ja
    assert "今年度の値は、様式では「25」ですが、いまの台帳では「20」" in answers.warnings[2].ja
    assert {notice.key for notice in answers.warnings[1:]} == {"Q01"}
    assert answers.by_key["Q01"].number == 25


def test_番号のない古い写しも印刷した版で分かる():
    rows = files.without_ids(files.values(files.filled(SHEET, {"Q01": 25})))
    answers = read(files.pasted(rows), [changed(target="35")])
    assert codes(about(answers.warnings, "E634")) == ["E634"]


def test_いまの様式に古いと言わない():
    assert not read(files.filled(SHEET, {"Q01": 25, "Q10": 61})).warnings


def test_目標や前年度の値の書き換えを知らせる():
    book = files.filled(SHEET, {"Q01": 25})
    book.worksheets[0]["F9"] = 33
    answers = read(book)
    assert codes(answers.warnings) == ["E635"]
    assert "様式では「33」ですが、いまの台帳では「30」" in answers.warnings[0].ja


def test_見える列だけを並べ替えた様式は名前で読む():
    book = files.filled(SHEET, {"Q01": 25, "Q02": 250000, "Q03": 80})
    page = book.worksheets[0]
    for column in range(3, 11):
        first, second = page.cell(9, column), page.cell(10, column)
        first.value, second.value = second.value, first.value
    answers = read(book)
    assert (answers.by_key["Q01"].number, answers.by_key["Q02"].number) == (25, 250000)
    assert codes(answers.warnings) == ["E637"]
    assert answers.by_key["Q01"].how == "reading"


# -- equals, doubles, strangers -------------------------------------------------------------------------------

TWINS = inquirysample.sheet(
    projects=(AskedProject(key="P1", name="拠点形成事業"), AskedProject(key="P2", name="移住促進事業")),
    questions=(
        Question(key="A", project="P1", role="spending", indicator="業務委託", unit="千円", last_year="100"),
        Question(key="B", project="P2", role="spending", indicator="業務委託", unit="千円", last_year="200"),
    ),
)  # fmt: skip


def test_同じ名前の項目は事業の見出しで見分ける():
    text = "拠点形成事業\n業務委託：110千円\n移住促進事業\n業務委託：210千円\n".encode()
    answers = read(text, [TWINS], "a.txt")
    assert {key: answer.number for key, answer in answers.by_key.items()} == {"A": 110, "B": 210}


def test_同じ名前の項目は前年度の値で見分ける():
    rows = [["項目", "前年度", "今年度"], ["業務委託", 200, 210], ["業務委託", 100, 110]]
    answers = read(files.pasted(rows), [TWINS])
    assert {key: answer.number for key, answer in answers.by_key.items()} == {"A": 110, "B": 210}


def test_見分けられない項目は決めずに候補を言う():
    rows = [["項目", "今年度"], ["業務委託", 110], ["業務委託", 210]]
    answers = read(files.pasted(rows), [TWINS])
    assert not answers.answers
    assert codes(answers.not_understood) == ["E626", "E626"]
    assert (
        "「拠点形成事業」の「業務委託」、「移住促進事業」の「業務委託」"
        in answers.not_understood[0].ja
    )
    assert len(answers.unanswered) == 2


def test_手掛かりが食い違えば決めない():
    rows = [["項目", "前年度", "今年度"], ["拠点形成事業", None, None], ["業務委託", 200, 110]]
    answers = read(files.pasted(rows), [TWINS])
    assert not answers.answers
    assert codes(answers.not_understood) == ["E626"]


def test_一つの項目に違う値が二つあれば両方を言う():
    book = files.filled(SHEET, {"Q01": 25})
    copy = book.copy_worksheet(book.worksheets[0])
    copy["H9"] = 26
    answers = read(book)
    assert "Q01" not in answers.by_key
    twice = about(answers.not_understood, "E627")
    assert [notice.key for notice in twice] == ["Q01"]
    assert "25、26" in twice[0].ja
    assert len(twice[0].place) == 2


def test_同じ値が二つあっても一つの回答になる():
    book = files.filled(SHEET, {"Q01": 25})
    book.copy_worksheet(book.worksheets[0])
    answers = read(book)
    assert answers.by_key["Q01"].number == 25
    assert not answers.not_understood


def test_足された行は値ごと知らせる():
    rows = files.without_ids(files.values(files.filled(SHEET, {"Q01": 25})))
    rows.insert(9, [None, "市外からの通勤者数", "人", None, None, 12, None, None])
    answers = read(files.pasted(rows))
    assert [(n.code, n.raw) for n in answers.not_understood] == [("E625", "12")]
    assert "市外からの通勤者数" in answers.not_understood[0].ja


@pytest.mark.parametrize(
    "name", ["移住者数（男性）", "移住世帯数", "転出者数", "移住者数（2020年）"]
)
def test_似た名前の別の指標を取らない(name):
    answers = read(files.pasted([["項目", "実績"], [name, 12], ["業務委託", 5]]))
    assert "Q10" not in answers.by_key


@pytest.mark.parametrize(
    "name",
    [
        "夏祭りの来場者数（延べ）",
        "夏まつりの来場者数(延べ）",
        "②　夏まつりの 来場者数（延べ）（人）",
        "夏まつりの来場者数　延べ",
    ],
)
def test_少し違う名前なら読んで知らせる(name):
    answers = read(files.pasted([["項目", "実績"], [name, 1_200_000]]))
    assert answers.by_key["Q12"].number == 1_200_000
    exact = "祭" not in name
    assert answers.by_key["Q12"].certainty == ("sure" if exact else "likely")
    assert codes(answers.warnings) == ([] if exact else ["E636"])


def test_二つの行にまたがる値はどちらのものとも決めない():
    book = files.filled(SHEET, {"Q04": 100})
    book.worksheets[0].merge_cells("H13:H14")
    answers = read(book)
    assert not {"Q04", "Q05"} & answers.by_key.keys()
    assert {notice.key for notice in about(answers.not_understood, "E626")} == {"Q04", "Q05"}


# -- figures --------------------------------------------------------------------------------------------------


def test_合計が内訳と違えば両方の数を言い取り込まない():
    book = files.filled(SHEET, {"Q04": 10010, "Q05": 1333, "Q06": 17662})
    page = book.worksheets[0]
    page["H16"] = 29005
    assert not read(book).warnings
    page["H16"] = 29006
    warnings = read(book).warnings
    assert codes(warnings) == ["E633"]
    assert "合計は29,006千円ですが、内訳を足すと29,005千円" in warnings[0].ja
    page["H16"] = "29,005,000円"
    assert not about(read(book).warnings, "E633")


def test_千円と円の取り違えを知らせ値は変えない():
    answers = read(files.filled(SHEET, {"Q02": 243_500_000}))
    assert answers.by_key["Q02"].number == 243_500_000
    assert codes(answers.warnings) == ["E631"]
    assert "約1,000倍" in answers.warnings[0].ja


def test_判明予定日だけなら集計中と読んで知らせる():
    answers = read(files.filled(SHEET, {"Q12": (None, "8月末", None)}))
    assert answers.by_key["Q12"].value.gap is Gap.COUNTING
    assert answers.by_key["Q12"].value.expected == "8月末"
    assert answers.by_key["Q12"].certainty == "likely"
    assert codes(answers.warnings) == ["E638"]


def test_日付になった判明予定日も読む():
    answers = read(files.filled(SHEET, {"Q12": ("集計中", date(2022, 7, 31), None)}))
    assert str(answers.by_key["Q12"].expected_on) == "2022-07-31"


def test_読めない値はすべて一度に言う():
    fill = {"Q01": "別紙のとおり", "Q02": "259件", "Q03": "7月1日", "Q10": 61}
    answers = read(files.filled(SHEET, fill))
    assert [(n.code, n.key) for n in answers.not_understood] == [
        ("E628", "Q01"),
        ("E629", "Q02"),
        ("E628", "Q03"),
    ]
    assert all(notice.place[0].range for notice in answers.not_understood)
    assert answers.by_key["Q10"].number == 61
    asked = {question.key for question in answers.unanswered}
    assert not asked & {"Q01", "Q02", "Q03", "Q10"}


def test_照会した項目はどれも回答か未回答か読めないかのどれかになる():
    fill = {"Q01": "別紙", "Q02": 5, "Q03": None, "Q07": "講座を開いた。"}
    answers = read(files.filled(SHEET, fill))
    answered = set(answers.by_key)
    blank = {question.key for question in answers.unanswered}
    odd = {notice.key for notice in answers.not_understood}
    assert answered | blank | odd == set(SHEET.by_key)
    assert not answered & blank
    assert not blank & odd


def test_金額は円でも言える():
    answers = read(files.filled(SHEET, {"Q04": 10010, "Q05": "集計中", "Q01": 3}))
    assert answers.by_key["Q04"].yen == 10_010_000
    assert answers.by_key["Q05"].yen is None
    assert answers.by_key["Q01"].yen is None


def test_記入のしかたの例を回答と思わない():
    assert {answer.key for answer in read(files.filled(SHEET, {})).answers} == {"Q13"}


def test_隠したシートは読まない():
    book = files.filled(SHEET, {"Q01": 25})
    copy = book.copy_worksheet(book.worksheets[0])
    copy["H9"], copy.sheet_state = 99, "hidden"
    assert read(book).by_key["Q01"].number == 25


def test_英語の様式も読める():
    from sosei.publishing.inquiry import workbook

    book = openpyxl.load_workbook(io.BytesIO(workbook(SHEET, "en")))
    page = book.worksheets[0]
    page["H9"], page["H10"], page["I10"] = 25, "counting", "end of July"
    for rows in (files.values(book), files.without_ids(files.values(book))):
        answers = read(files.pasted(rows))
        assert answers.by_key["Q01"].number == 25
        assert answers.by_key["Q02"].value.gap is Gap.COUNTING
        assert not answers.not_understood
