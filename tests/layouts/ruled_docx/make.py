"""横罫だけの報告書. A heading a project; under it small tables with horizontal rules only, one width, titles between them, a row cut by the page; LibreOffice from DOCX."""

import re

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from layouts import producers
from layouts.goldwords import comma, gold, kpi, percent, project

RULES = {"top": "single", "bottom": "single", "insideH": "single", "left": "nil", "right": "nil", "insideV": "nil"}  # fmt: skip
#: Of each project: name, offices, first and last year, money (planned, spent), indicators, the verdict and its reasons.
PROJECTS = [
    (
        "森と湖の縁結び観光周遊促進事業", ["観光交流課"], 3, 5,
        [("総事業費", 24680, 23911), ("うち交付金充当額", 12340, 11955)],
        [("観光入込客数", "千人", 412.5, 520, 548.3), ("平均宿泊日数", "泊", 1.2, 1.6, 1.4), ("体験プログラム販売件数", "件", 0, 800, 1062)],
        "地方創生に相当程度効果があった",
        "湖上サウナや森林セラピーの商品化が進み、夏季以外の誘客が伸びた。一方で宿泊日数は横ばいであり、夜間・早朝の体験の充実と二次交通の確保が引き続き課題である。特に秋の紅葉期には駐車場不足による渋滞が発生し、周遊バスの増便とパークアンドライドの導入が求められている。",
    ),
    (
        "地域商社による特産品販路拡大事業", ["商工振興課", "農政課"], 4, 6,
        [("総事業費", 18200, 17644), ("うち交付金充当額", 9100, 8822)],
        [("地域商社の売上高", "千円", 12400, 30000, 26870), ("新規取引先数", "社", 4, 20, 23)],
        "地方創生に効果があった",
        "首都圏の飲食店との直接取引が始まり、規格外品の加工販売も軌道に乗りつつある。売上は目標に届かなかったが、オンラインショップの改修と定期便の開始により下半期は前年同期比で大きく伸びている。物流費の上昇への対応として共同配送の実証を行う。",
    ),
    (
        "ＩＣＴを活用した健幸ポイント事業", ["健康推進課"], 5, 7,
        [("総事業費", 9850, 9702), ("うち交付金充当額", 4925, 4851)],
        [("健幸会員数", "人", 0, 1500, 1734), ("参加者の１日平均歩数", "歩", 5820, 7000, 7315), ("特定健診受診率", "％", 41.2, 50.0, "集計中")],
        "地方創生に非常に効果的であった",
        "参加者の八割が歩数を伸ばし、医療費抑制の効果分析を大学と共同で進めている。",
    ),
    (
        "空き校舎活用クリエイター誘致事業", ["地域づくり課"], 4, 6,
        [("総事業費", 33100, 32450), ("うち交付金充当額", 16550, 16225)],
        [("入居クリエイター数", "者", 2, 12, 9), ("アート体験参加者数", "人", 150, 1000, 1388), ("移住者数", "人", 1, 10, 7)],
        "地方創生に効果があった",
        "校舎の改修を終え、滞在制作の受入れを開始した。地元の小中学校との連携授業が好評であり、今後は卒業生や保護者の参画も得ながら運営体制を法人化する計画である。※旧体育館部分は対象外。",
    ),
]  # fmt: skip


def rate(target, actual):
    return None if isinstance(actual, str) else percent(actual, target)


def row(name, unit, baseline, target, actual):
    more = {"actual_raw": actual} if isinstance(actual, str) else {"actual": actual}
    status = "pending" if isinstance(actual, str) else "actual"
    found = rate(target, actual)
    return kpi(
        name, unit.replace("％", "%"), "R5", status,
        rate=found, baseline=baseline, target=target, **more,
    )  # fmt: skip


GOLD = gold(
    "ruled_docx", "みずうみ市", "地方創生推進交付金", "R5",
    [
        project(
            name, [row(*one) for one in rows], departments=offices, period=f"R{first}～R{last}",
            spending=[(label, yen, "千円") for label, *both in money for yen in both],
            no=str(number), evaluation=verdict,
        )
        for number, (name, offices, first, last, money, rows, verdict, _) in enumerate(PROJECTS, 1)
    ],
)  # fmt: skip


def table(document, rows, widths=()):
    made = document.add_table(len(rows), len(rows[0]))
    borders = OxmlElement("w:tblBorders")
    for side, kind in RULES.items():
        rule = OxmlElement(f"w:{side}")
        rule.set(qn("w:val"), kind)
        rule.set(qn("w:sz"), "6")
        borders.append(rule)
    made._tbl.tblPr.append(borders)
    for at, one in enumerate(rows):
        for column, words in enumerate(one):
            paragraph = made.cell(at, column).paragraphs[0]
            paragraph.add_run(words).bold = at == 0 and len(one) > 2
            if at and re.fullmatch(r"[\d,.%]+", words):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for width, column in zip(widths, made.columns, strict=False):
        for cell in column.cells:
            cell.width = Cm(width)


def line(document, words, *, bold=False, right=False, size=10):
    paragraph = document.add_paragraph()
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else None
    if right:
        paragraph.paragraph_format.space_after = Pt(0)
    if words.startswith("【"):
        paragraph.paragraph_format.space_before = Pt(6)


def document():
    made = Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans CJK JP", Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK JP")
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.header.paragraphs[0].text = "令和６年８月２０日　第２回総合戦略推進会議　資料３"
    page.footer.paragraphs[0].text = "みずうみ市　総合政策部"
    line(made, "令和５年度地方創生推進交付金事業の効果検証について", bold=True, size=14)
    line(
        made,
        "みずうみ市では、国の地方創生推進交付金を活用して次の４事業を実施しました。各事業の重要業績評価指標（ＫＰＩ）の達成状況は以下のとおりです。",
    )
    for number, (name, offices, first, last, money, rows, verdict, why) in enumerate(PROJECTS, 1):
        line(made, f"{number}　{name}", bold=True, size=12)
        line(made, f"所　管：{'、'.join(offices)}　　　実施期間：令和{first}年度～令和{last}年度")
        line(made, "（単位：千円）", right=True)
        amounts = [[label, comma(plan), comma(spent)] for label, plan, spent in money]
        table(made, [["区　分", "予算額", "決算額"], *amounts])
        line(made, "【ＫＰＩの状況】")
        head = ["指標", "単位", "策定時", "目標（R5）", "実績（R5）", "達成度"]
        body = [[n, u, *map(comma, (b, t, a)), rate(t, a) or "－"] for n, u, b, t, a in rows]
        table(made, [head, *body], (5.2, 1.6, 2, 2.4, 2.4, 2.2))
        line(made, "【検証結果】")
        table(made, [["事業効果", verdict], ["検証コメント", why]], (3, 13))
        line(made, "")
    return producers.saved(made)


def files():
    docx = document()
    return {"input.docx": docx, "input.pdf": lambda: producers.office(docx, ".docx")}
