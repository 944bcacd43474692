"""The printed page: it conforms, it says everything, nothing leaves its cell, and it is the same bytes everywhere."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import page as checker
import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from pypdfium2 import raw

from sosei.core import codec
from sosei.core.gaps import Gap
from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Place,
    Project,
    Report,
    Said,
    Source,
    Spending,
    Unread,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.core.text import is_clean
from sosei.publishing.forms import pdf, pdffont
from strategies import AWKWARD, reports

MARGIN = 42.5  # 15 mm in points
SLACK = 0.6
EXAMPLE = Path(__file__).parents[2] / "examples" / "mihon" / "report.json"
STRANGE = (
    "#let x = 1", "*強調*", "_下線_", "$x^2$", "\\u{41}", "<ラベル>", "@参照", "// 消えない", "[中身]", '"引用"',
    "= 見出し", "- 項目", "/* */", "`code`", "#sys.inputs", "~", "---", "http://見本", "1/2", "''",
)  # fmt: skip


def said(text: str) -> Said:
    return Said(text=text)


def number(digits: str, **rest: str) -> Value:
    return Value(number=Decimal(digits), **rest)


def full_report(projects: int = 1) -> Report:
    """A report with something in every field that is printed."""
    indicator = Indicator(
        name=said("延べ宿泊者数"),
        number="①",
        unit="人泊",
        id="kpi-1",
        parent=said("観光入込客数"),
        definition=said("市内の宿泊施設に泊まった人の延べ数"),
        statistic=said("宿泊旅行統計調査"),
        type="outcome",
        direction="up",
        expression="cumulative",
        year_type="calendar",
        count_kind="gross",
        baseline=number("-1234567.5"),
        baseline_year=2018,
        increase_total=number("4321"),
        rating=said("概ね順調"),
        note=said("感染症の影響あり"),
        years=(
            YearPoint(
                fiscal_year=2020,
                due="2021-03",
                target=number("4200000", op=">="),
                actual=number("0", state="preliminary", as_of="2021-03-31"),
                cumulative_actual=number("87654321"),
                rate=said("98.7%"),
                rating=said("未達成"),
            ),
            YearPoint(
                fiscal_year=2021,
                label="最終年",
                actual=Value(gap=Gap.COUNTING, expected="2022-07"),
            ),
        ),
    )
    spending = Spending(
        number="②",
        label=said("販路開拓支援事業補助金"),
        yen=17_662_000,
        unit="千円",
        kind="subsidy",
        role="line",
        fiscal_year=2021,
        fund=said("一般財源"),
        shared_by=6,
        note=said("決算見込"),
    )
    judged = Verification(
        body=said("推進会議"),
        date="2022-08-01",
        grade=said("地方創生に相当程度効果があった"),
        expert_judgement=said("有効であった"),
        expert_opinion=said("指標の見直しを求める"),
        obstacle=said("人手の不足"),
        countermeasure=said("委託先の追加"),
        next_policy=said("事業の継続"),
        next_policy_reason=said("成果が続くため"),
        scales={"必要性": said("A判定")},
    )
    one = Project(
        name=said("関係人口創出事業"),
        number="7",
        id="p-7",
        group=(said("基本目標１"),),
        grant=said("地方創生推進交付金"),
        grant_type=said("先駆タイプ"),
        departments=(said("都市戦略室"), said("経済企画課")),
        bodies=(Body(name="青森市", code="022012", basis="inferred"),),
        period=PeriodSaid(raw="第一期", first=2018, last=2022),
        fiscal_year=Year(year=2022),
        activities=(said("相談会を開いた。"), said("情報を発信した。")),
        indicators=(indicator,),
        spending=(spending,),
        verification=judged,
        remarks=(said("※速報を含む"),),
        place=(Place(source="s1", sheet="R3", range="C7:F12"),),
    )
    return Report(
        title=said("令和3年度報告書"),
        chapter=said("第２章"),
        bodies=(Body(name="盛岡市", code="032018", basis="inferred"),),
        fiscal_year=Year(year=2021, basis="inferred"),
        projects=(one,) * projects,
        sources=(Source(id="s1", name="r3.xlsx", sha256="ab" * 32, format="xlsx"),),
    )


@dataclass(frozen=True)
class Glyph:
    page: int
    char: str
    box: tuple[float, float, float, float]  # left, bottom, right, top


def glyphs(data: bytes) -> list[Glyph]:
    """Every printed character with its box."""
    found = []
    document = pdfium.PdfDocument(data)
    for n, sheet in enumerate(document):
        text = sheet.get_textpage()
        for i in range(text.count_chars()):
            char = chr(raw.FPDFText_GetUnicode(text, i))
            if not char.isspace() and not raw.FPDFText_IsGenerated(text, i):
                found.append(Glyph(n, char, text.get_charbox(i)))
    return found


def text_of(data: bytes) -> str:
    """All characters of the pages, line breaks and blanks taken out."""
    document = pdfium.PdfDocument(data)
    return "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in document)


def pages_of(data: bytes) -> list[str]:
    return [
        "".join(sheet.get_textpage().get_text_range().split()) for sheet in pdfium.PdfDocument(data)
    ]


def rules(data: bytes) -> list[tuple[int, float, float, float]]:
    """Every upright rule: page, x, lower and upper end."""
    found = []
    for n, sheet in enumerate(pdfium.PdfDocument(data)):
        for item in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            if right - left < 2 and top - bottom > 4:
                found.append((n, (left + right) / 2, bottom, top))
    return found


def assert_conforms(data: bytes) -> None:
    for profile in ("ua1", "2a"):
        verdict = checker.validate_pdf_bytes(data, profile=profile)
        faults = [(fault.rule_id, fault.message) for fault in verdict.failures]
        assert verdict.is_compliant, (profile, faults[:5])
        assert verdict.rules.total > 100


def assert_in_place(data: bytes) -> None:
    """No character beyond the margins, over a rule, or over another character."""
    placed = glyphs(data)
    upright: dict[int, list[tuple[float, float, float]]] = {}
    for n, x, low, high in rules(data):
        upright.setdefault(n, []).append((x, low, high))
    last: dict[int, list[Glyph]] = {}
    for glyph in placed:
        left, bottom, right, top = glyph.box
        assert MARGIN - SLACK <= left < right + 1 <= 843 - MARGIN + SLACK, glyph
        assert 15 <= bottom <= top <= 595 - 15, glyph
        over = [x for x, low, high in upright.get(glyph.page, ()) if left + SLACK < x < right - SLACK and low < (bottom + top) / 2 < high]  # fmt: skip
        assert not over, (glyph, over)
        last.setdefault(glyph.page, []).append(glyph)
    for sheet in last.values():
        figures = [g for g in sheet if g.char.isdigit() or g.char in "▲,."]
        for a, b in overlapping(figures):
            raise AssertionError((a, b))


def overlapping(figures: list[Glyph]) -> list[tuple[Glyph, Glyph]]:
    """Pairs of characters that cover each other by more than a third of the narrower one."""
    found = []
    ordered = sorted(figures, key=lambda g: g.box[0])
    for i, a in enumerate(ordered):
        for b in ordered[i + 1 :]:
            if b.box[0] >= a.box[2]:
                break
            shared = min(a.box[2], b.box[2]) - b.box[0]
            level = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
            narrow = min(a.box[2] - a.box[0], b.box[2] - b.box[0])
            if level > 1 and shared > narrow / 3:
                found.append((a, b))
    return found


def printed(report: Report) -> str:
    return text_of(pdf.write(report))


def test_小さな報告書はPDFUA1とPDFA2aのすべての規則を通る():
    assert_conforms(pdf.write(Report()))
    assert_conforms(pdf.write(full_report()))
    assert_conforms(pdf.write(full_report(), lang="en"))


def test_多くの事業の報告書も規則を通り文字は枠を出ない():
    data = pdf.write(full_report(30))
    assert_conforms(data)
    assert_in_place(data)


def test_CRで終わる流れはLFと一つの行末に見えない():
    found = pdf._ended(b"..\r\nendstream..\n\nendstream")
    assert found == b"..\r\rendstream..\n\nendstream"


def test_報告書のすべての言葉と数が読み出せる():
    found = printed(full_report())
    for text in (
        "令和3年度報告書", "第２章", "盛岡市", "032018", "令和3年度（2021年度）（推定）", "地方創生推進交付金", "関係人口創出事業",
        "都市戦略室", "経済企画課", "先駆タイプ", "基本目標１", "青森市", "022012", "第一期", "平成30年度", "令和4年度（2022年度）",
        "相談会を開いた。", "情報を発信した。", "※速報を含む", "①延べ宿泊者数", "人泊", "▲1,234,567.5", "4,200,000以上", "※確報区分：速報",
        "87,654,321", "98.7%", "未達成", "最終年", "集計中", "※公表予定：2022-07", "※時点：2021-03-31", "2021-03", "4,321",
        "観光入込客数", "市内の宿泊施設に泊まった人の延べ数", "宿泊旅行統計調査", "アウトカム", "増加", "累計", "暦年", "延べ", "概ね順調",
        "感染症の影響あり", "②", "販路開拓支援事業補助金", "17,662千円", "補助金", "内訳", "一般財源", "決算見込", "推進会議", "2022-08-01",
        "地方創生に相当程度効果があった", "有効であった", "指標の見直しを求める", "人手の不足", "委託先の追加", "事業の継続",
        "成果が続くため", "必要性", "A判定", "シート「R3」C7:F12（s1）", "r3.xlsx", "ab" * 32, "事業一覧",
    ):  # fmt: skip
        assert "".join(text.split()) in found, text


def test_項目名は同じ語彙で刷られる():
    found = printed(full_report())
    for field in ("交付金名称", "事業の名称", "実施内容", "実績（KPI等）", "備考", "指標番号", "指標名", "単位", "基準値", "年度", "目標値",
                  "実績値", "累計実績値", "達成率", "評価", "経費の名称", "金額", "財源", "事業効果", "外部有識者の意見", "今後の方針",
                  "阻害要因", "対応策"):  # fmt: skip
        assert field in found, field


def test_英語の見出しでも中身は変わらない():
    found = text_of(pdf.write(full_report(), lang="en"))
    for text in ("Baseline", "Experts'opinion", "FY2021", "※Bound:atleast", "関係人口創出事業"):
        assert text in found, text


def test_文書の題と言語としおりと日付():
    data = pdf.write(full_report(3))
    document = pdfium.PdfDocument(data)
    assert document.get_metadata_dict()["Title"] == "令和3年度報告書"
    assert document.get_metadata_dict()["CreationDate"].startswith("D:20220331")
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert marks.count((1, "関係人口創出事業")) == 3
    assert {(0, "事業一覧"), (0, "出典")} <= set(marks)
    assert b"/Lang(ja-JP)" in data


def test_事業一覧のページは事業の始まるページ():
    sheets = pages_of(pdf.write(numbered(12)))
    for n in range(1, 13):
        start = next(i for i, text in enumerate(sheets[1:], start=2) if f"{n:03}番の事業" in text)
        assert f"{n:03}番の事業市民課交付金R3{start}" in sheets[0]


def numbered(projects: int) -> Report:
    """Projects with names that tell them apart, each about a third of a page."""
    return Report(
        fiscal_year=Year(year=2021),
        bodies=(Body(name="見本市"),),
        projects=tuple(
            Project(
                name=said(f"{n:03}番の事業"),
                departments=(said("市民課"),),
                grant=said("交付金"),
                period=PeriodSaid(raw="R3", first=2021, last=2021),
                activities=(said("催しを開いた。" * 40),),
            )
            for n in range(1, projects + 1)
        ),
    )


def test_柱とページ番号と脚():
    sheets = pages_of(pdf.write(numbered(12)))
    for n, text in enumerate(sheets, start=1):
        assert text.startswith("地方創生関連交付金を活用した事業")
        assert text.endswith(f"見本市令和3年度{n}/{len(sheets)}")
    assert len(sheets) > 3


def test_ページをまたぐ票は見出しを繰り返し言葉を落とさない():
    long = "".join(f"{n}番目の取組を行った。" for n in range(600))
    kpis = tuple(
        Indicator(
            name=said(f"指標{n}"), unit="人", years=(YearPoint(actual=number(str(n * 1001))),)
        )
        for n in range(80)
    )
    data = pdf.write(Report(projects=(Project(name=said("長い事業"), activities=(said(long),), indicators=kpis),)))  # fmt: skip
    sheets = pages_of(data)
    assert sum("事業の名称実施内容実績（KPI等）備考" in text for text in sheets) >= 3
    assert sum("指標名単位年度目標値実績値" in text for text in sheets) >= 2
    assert sum(f"{n}番目の取組" in "".join(sheets) for n in range(600)) == 600
    assert all(f"指標{n}人当年度{n * 1001:,}" in "".join(sheets) for n in range(80))
    assert_in_place(data)


def test_長い数も隣の欄に重ならない():
    wide = Value(number=Decimal("-123456789012345"), unit="人泊")
    points = tuple(
        YearPoint(fiscal_year=y, target=wide, actual=wide, cumulative_actual=wide, rate=said("▲123,456,789.12%"))
        for y in range(2019, 2024)
    )  # fmt: skip
    indicator = Indicator(
        name=said("幅の広い指標の名前" * 6), unit="人泊", baseline=wide, years=points
    )
    money = Spending(label=said("補助金"), yen=-(10**15) + 1, fund=said("一般財源"), shared_by=6)
    data = pdf.write(Report(projects=(Project(indicators=(indicator,), spending=(money,)),)))
    assert_in_place(data)
    found = text_of(data)
    assert found.count("▲123,456,789,012,345") >= 16
    assert "▲999,999,999,999,999" in found


def test_切れ目のない長い文字列は枠の中で折り返す():
    text = "https://example.invalid/" + "a" * 300
    marks = "」" * 200
    one = Project(
        name=said(text),
        activities=(said(marks),),
        remarks=(said("W" * 90), said("ー" * 90)),
        indicators=(Indicator(name=said(text), unit="X" * 60, years=(YearPoint(rating=said(text)),)),),
    )  # fmt: skip
    data = pdf.write(Report(projects=(one,), title=said(text)))
    assert_in_place(data)
    assert Counter(glyph.char for glyph in glyphs(data))["」"] == 200


@pytest.mark.parametrize("text", STRANGE)
def test_変わった文字列は文字どおりに刷られる(text):
    one = Project(
        name=said(text),
        activities=(said(text), said(text)),
        remarks=(said(text),),
        indicators=(Indicator(name=said(text), unit=text, years=(YearPoint(actual=Value(text=text)),)),),
    )  # fmt: skip
    found = printed(Report(title=said(text), projects=(one,)))
    assert found.count("".join(text.split())) >= 7


def test_ややこしい言葉の報告書も規則を通る():
    projects = tuple(Project(name=said(t), activities=(said(t),)) for t in AWKWARD)
    data = pdf.write(Report(projects=projects))
    assert_conforms(data)
    assert_in_place(data)


def test_ない文字は番号になり末尾に一覧が付く():
    report = Report(projects=(Project(name=said("😀祭り🎉"), remarks=(said("\ue000外字"),)),))
    data = pdf.write(report)
    assert_conforms(data)
    found = text_of(data)
    for text in (
        "〔U+1F600〕祭り〔U+1F389〕",
        "〔U+E000〕外字",
        "表示できない文字",
        "U+1F600U+1F389U+E000",
    ):
        assert text in found


def test_あるはずの文字は番号にならない():
    text = "①㈱▲△〜～髙﨑𠮷辻\U000e0100葛\U000e0100㍻㋿ⅣｶﾞㇷABCé한简體"
    found = printed(Report(projects=(Project(name=said(text)),)))
    assert "〔" not in found
    assert "表示できない文字" not in found


def test_元の文書の文字がきれいでなくても刷られる():
    report = Report(
        projects=(Project(place=(Place(sheet="表\x00😀\n1", start=3, end=9),)),),
        sources=(Source(id="s\t1", name="a\ud800b\u202e.txt", sha256="0" * 64, format="txt"),),
        unread=(Unread(code="E1", raw="行\r\n末\x1b[0m", place=(Place(sheet="別\u200b紙"),)),),
    )
    data = pdf.write(report)
    assert_conforms(data)
    found = text_of(data)
    for text in (
        "シート「表〔U+1F600〕1」3～9字目",
        "s1",
        "ab〔U+202E〕.txt",
        "行末[0m",
        "シート「別紙」",
        "読み取れなかった箇所",
    ):
        assert text in found, text


def test_名のない事業も一覧と票に出る():
    assert printed(Report(projects=(Project(),))).count("（名称なし）") == 2


def test_下駄も番号の書き方そのものも一覧を生まない():
    found = printed(Report(projects=(Project(name=said("〓の印〔U+41〕")),)))
    assert "表示できない文字" not in found
    assert "〓の印〔U+3014〕U+41〕" in found


def test_値のない欄と零と負の数は区別して刷られる():
    points = (YearPoint(target=number("0"), actual=number("-5")), YearPoint(target=number("1")))
    found = printed(Report(projects=(Project(indicators=(Indicator(name=said("件"), years=points),)),)))  # fmt: skip
    assert "件／当年度0▲5当年度1" in found


def test_金額は刷られた単位で円まで正しい():
    def line(yen: int, unit: str | None) -> Spending:
        return Spending(label=said("費"), yen=yen, unit=unit)  # type: ignore[arg-type]

    lines = (line(1_234_567, "千円"), line(0, None), line(-500, "円"), line(123_450_000, "億円"))
    found = printed(Report(projects=(Project(spending=lines),)))
    for text in ("1,234.567千円", "費0", "▲500円", "1.2345億円"):
        assert text in found


SCRIPT = """
import hashlib, sys
from sosei.core.codec import loads
from sosei.publishing.forms import pdf
print(hashlib.sha256(pdf.write(loads(sys.stdin.read()))).hexdigest())
"""


def test_時間帯と言語と乱数の種と時刻によらず同じ版面():
    report = full_report(2)
    here = hashlib.sha256(pdf.write(report)).hexdigest()
    places = (
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1"},
        {"TZ": "America/Adak", "LC_ALL": "ja_JP.eucJP", "PYTHONHASHSEED": "2", "HOME": "/nowhere"},
    )  # fmt: skip
    for place in places:
        run = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", SCRIPT],
            input=codec.dumps(report),
            env={**os.environ, **place},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        assert run.stdout.strip() == here


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the sample report is not made yet")
def test_見本の報告書は規則を通る():
    data = pdf.write(codec.loads(EXAMPLE.read_text("utf-8")))
    assert_conforms(data)
    assert_in_place(data)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports())
def test_どんな報告書も規則を通り文字は枠を出ない(report):
    data = pdf.write(report)
    assert_conforms(data)
    assert_in_place(data)


@pytest.mark.slow
def test_書体のすべての文字が規則を通る():
    shown = [c for c in map(chr, range(0x21, 0x30000)) if is_clean(c) and pdffont.face_of(c) == 0]
    step = 300
    names = tuple(said("".join(shown[i : i + step])) for i in range(0, len(shown), step))
    assert len(shown) > 16_000
    assert_conforms(pdf.write(Report(projects=(Project(activities=names),))))


def test_一つのPDFに収まらない報告は描く前に断る() -> None:
    with pytest.raises(pdf.TooLong) as refusal:
        pdf.write(Report(projects=(Project(),) * (pdf.MOST_PROJECTS + 1)))
    assert str(pdf.MOST_PROJECTS + 1) in refusal.value.sentence()
    long = Project(activities=(Said(text="a"),) * pdf.MOST_ROWS)
    with pytest.raises(pdf.TooLong):
        pdf.write(Report(projects=(long,)))
