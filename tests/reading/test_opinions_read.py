"""意見書の読み取り. What experts wrote comes back, from our own sheet or from a letter of theirs."""

import io
import shutil
import subprocess

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import opinionsample
from sosei.core.opinions import JUDGEMENTS, JudgedProject
from sosei.publishing.inquiry import opinion_paper, opinion_workbook
from sosei.reading.answers import read_opinions
from sosei.reading.answers.judgement import UNCLEAR, judgement_of
from sosei.reading.answers.refusals import NotAnAnswer, OtherInquiry, OtherYear

SHEET = opinionsample.sheet()
WANTED = {
    "P1": ("effective", "雇用が目標に届かなかった。\n広報を見直されたい。"),
    "P2": ("not_effective", "特に意見なし"),
    None: (None, "指標の数を絞られたい。"),
}


def said(opinions):
    return {one.key: (one.judgement, one.text) for one in opinions.opinions}


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def ticked(cell, which: int, sign: str):
    """Tick one of the two boxes, as Word does when they are clicked."""
    boxes = [t for t in cell._tc.iter("{*}t") if t.text == "☐"]
    boxes[which].text = sign


def written(document, *, sign="☑"):
    """Fill in the Word sheet."""
    tables = document.tables
    tables[0].rows[0].cells[1].text = "見本 一郎"
    first, second = tables[1], tables[2]
    ticked(first.rows[-2].cells[1], 0, sign)
    first.rows[-1].cells[1].text = "雇用が目標に届かなかった。\n広報を見直されたい。"
    ticked(second.rows[-2].cells[1], 1, sign)
    second.rows[-1].cells[1].text = "特に意見なし"
    tables[-1].rows[-1].cells[0].text = "指標の数を絞られたい。"
    return document


def paper(sheet=SHEET):
    return docx.Document(io.BytesIO(opinion_paper(sheet)))


def book():
    workbook = openpyxl.load_workbook(io.BytesIO(opinion_workbook(SHEET)))
    page = workbook.worksheets[0]
    page["C2"] = "見本 一郎"
    for row, (judgement, text) in enumerate((WANTED["P1"], WANTED["P2"]), 7):
        page.cell(row, 7).value = JUDGEMENTS[judgement]
        page.cell(row, 8).value = text
    page["D10"] = WANTED[None][1]
    return workbook


@pytest.mark.parametrize("sign", ["☑", "☒", "■", "✓", "レ", "○"])
def test_ワードの意見書に書いたことが戻る(sign):
    opinions = read_opinions(saved(written(paper(), sign=sign)), "意見書.docx", SHEET)
    assert said(opinions) == WANTED
    assert opinions.expert == "見本 一郎"
    assert [project.key for project in opinions.unanswered] == ["P3"]
    assert not opinions.not_understood
    assert not opinions.warnings
    assert {one.how for one in opinions.opinions if one.key} == {"id"}


def test_エクセルの意見書に書いたことが戻る():
    opinions = read_opinions(saved(book()), "意見書.xlsx", SHEET)
    assert said(opinions) == WANTED
    assert opinions.expert == "見本 一郎"
    assert opinions.base == SHEET.base
    assert not opinions.not_understood


def test_番号の列を消したエクセルでも戻る():
    workbook = book()
    page = workbook.worksheets[0]
    rows = [list(row)[1:] for row in page.iter_rows(values_only=True)]
    copy = openpyxl.Workbook()
    for row in rows:
        copy.active.append(row)
    opinions = read_opinions(saved(copy), "写し.xlsx", SHEET)
    assert said(opinions) == WANTED
    assert {one.how for one in opinions.opinions} == {"reading"}


def test_何も書かない意見書はすべて未回答になる():
    for data, name in ((opinion_paper(SHEET), "a.docx"), (opinion_workbook(SHEET), "a.xlsx")):
        opinions = read_opinions(data, name, SHEET)
        assert opinions.opinions == ()
        assert len(opinions.unanswered) == 3
        assert not opinions.not_understood


def test_委員の手紙からも読む():
    letter = (
        "令和3年度の効果検証について\n氏名：見本 一郎\n\n成長分野拠点形成支援事業\n評価：有効であった\n"
        "意見：雇用が目標に届かなかった。\n広報を見直されたい。\n\n２　関係人口創出・移住促進事業\n評価：有効とは言えない\n意見：特に意見なし\n"
        "総評：指標の数を絞られたい。\n以上\n"
    )
    opinions = read_opinions(letter.encode("cp932"), "意見.txt", SHEET)
    assert said(opinions) == WANTED
    assert opinions.expert == "見本 一郎"


def test_両方に印のある評価は読めないと言い意見は読む():
    document = written(paper())
    ticked(document.tables[1].rows[-2].cells[1], 0, "☑")
    opinions = read_opinions(saved(document), "意見書.docx", SHEET)
    assert opinions.by_key["P1"].judgement is None
    assert opinions.by_key["P1"].text == WANTED["P1"][1]
    assert [notice.code for notice in opinions.not_understood] == ["E639"]
    assert opinions.not_understood[0].key == "P1"


def test_古い意見書は変わった事業の数を言う():
    old = opinionsample.sheet(base="ffffffffffff")
    changed = tuple(
        JudgedProject(key=p.key, name=p.name, indicators=()) if p.key != "P2" else p
        for p in SHEET.projects
    )
    now = opinionsample.sheet(projects=(changed[0], *SHEET.projects[1:]))
    opinions = read_opinions(saved(written(paper(old))), "意見書.docx", now)
    assert [notice.code for notice in opinions.warnings] == ["E634"]
    assert said(opinions) == WANTED


def test_ほかの意見書とほかの年度と無関係のファイルは断る():
    other = opinion_paper(opinionsample.sheet(mark="R3-OP-9"))
    with pytest.raises(OtherInquiry, match="R3-OP-9"):
        read_opinions(other, "a.docx", SHEET)
    with pytest.raises(OtherYear, match="令和2年度"):
        read_opinions(
            "令和2年度の効果検証\n移住促進事業\n評価：有効であった".encode(), "a.txt", SHEET
        )
    with pytest.raises(NotAnAnswer):
        read_opinions("会議の日程について".encode(), "a.txt", SHEET)


def test_ほかの委員の名で戻れば知らせる():
    sheet = opinionsample.sheet(expert="見本 二郎")
    document = paper(sheet)
    written(document)
    opinions = read_opinions(saved(document), "a.docx", sheet)
    assert [notice.code for notice in opinions.warnings] == ["E622"]


def test_同じ名前の事業は番号がなければ決めない():
    projects = (
        JudgedProject(key="P1", name="移住促進事業"),
        JudgedProject(key="P2", name="移住促進事業"),
    )
    sheet = opinionsample.sheet(projects=projects)
    opinions = read_opinions("移住促進事業\n評価：有効であった\n".encode(), "a.txt", sheet)
    assert opinions.opinions == ()
    assert "E626" in {notice.code for notice in opinions.not_understood}


@pytest.mark.parametrize(
    ("text", "judgement"),
    [
        ("☑ 総合戦略のKPI達成に有効であった\n☐ 総合戦略のKPI達成に有効とは言えない", "effective"),
        ("□有効であった　■有効とは言えない", "not_effective"),
        ("☐ 有効であった ○ ☐ 有効とは言えない", "effective"),
        ("有効であった・有効とは言えない", None),
        ("総合戦略のKPI達成に有効とは言えない", "not_effective"),
        ("有効とはいえない", "not_effective"),
        ("おおむね有効であったと考える", "effective"),
        ("有効ではなかった", "not_effective"),
        ("☑有効であった ☑有効とは言えない", UNCLEAR),
        ("どちらともいえない", UNCLEAR),
        ("☐ 総合戦略のKPI達成に有効であった", None),
        ("", None),
    ],
)  # fmt: skip
def test_評価の書き方(text, judgement):
    assert judgement_of(text) == judgement


@given(st.text(max_size=60))
def test_どんな評価の文字でも倒れない(text):
    assert judgement_of(text) in ("effective", "not_effective", UNCLEAR, None)


@pytest.mark.office
@pytest.mark.parametrize(("kind", "given"), [("docx", "docx"), ("xlsx", "xlsx"), ("html", "docx")])
def test_リブレオフィスで保存し直した意見書も読める(kind, given, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("office: soffice is not on this machine")
    source = tmp_path / "in" / f"iken.{given}"
    source.parent.mkdir()
    source.write_bytes(saved(written(paper()) if given == "docx" else book()))
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", kind,
         "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    opinions = read_opinions((tmp_path / f"iken.{kind}").read_bytes(), f"iken.{kind}", SHEET)
    found = said(opinions)
    assert {key: judged for key, (judged, _) in found.items()} == {
        key: judged for key, (judged, _) in WANTED.items()
    }
    assert found["P2"][1] == "特に意見なし"
    assert found[None][1] == "指標の数を絞られたい。"
