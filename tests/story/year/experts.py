"""有識者. Three are asked: one answers in Word, one in Excel, one types; what is promised stays open; the assembly gets its pack."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import openpyxl

from sosei.ledger import models as m
from year.books import PLANNER

if TYPE_CHECKING:
    from year.rehearsal import Year

GOOD, BAD = "総合戦略のKPI達成に有効であった", "総合戦略のKPI達成に有効とは言えない"


def ask(year: Year) -> None:
    """The report goes on to the experts; a sheet for each."""
    with year.on(2023, 9, 8, 14):
        desk, volume = year.at(PLANNER), year.volume.pk
        page = desk.read("volume_flow", volume)
        desk.send(page, where=("move", "ask_experts"))
        for name, sector, person in (
            ("商工 会子", "industry", ""), ("金融 守", "finance", ""), ("有識 まなぶ", "academia", year.at("yushiki").person.pk),
        ):  # fmt: skip
            page = desk.read("opinions_ask", volume)
            desk.send(
                page, has="sector", name=name, sector=sector, person=person, due_on="2023-09-25"
            )


def _paper(expert: str) -> m.OpinionPaper:
    return m.OpinionPaper.objects.get(expert=expert, volume__fiscal_year=2022)


def answer(year: Year) -> None:
    """The sheets come back: one in Word, one in Excel, one is typed in the browser."""
    with year.on(2023, 9, 20):
        _word(year)
        _excel(year)
    with year.on(2023, 9, 21):
        _typed(year)


def _word(year: Year) -> None:
    """The expert ticks a box of the form and writes below it."""
    name, data = year.at(PLANNER).take("opinion_paper_file", _paper("商工 会子").pk, "docx")
    book = docx.Document(io.BytesIO(data))
    (table,) = [t for t in book.tables if t.rows[0].cells[0].text.startswith("成長分野クラスター")]
    rows = {row.cells[0].text: row.cells[-1] for row in table.rows}
    box = next(t for t in rows["評価"]._tc.iter() if t.tag.endswith("}t") and t.text == "☐")
    box.text = "☑"
    rows["意見"].text = "商談の数だけでなく、取引の継続した年数を見ること。"
    _read(year, "商工 会子", name, book)


def _excel(year: Year) -> None:
    name, data = year.at(PLANNER).take("opinion_paper_file", _paper("金融 守").pk, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[6]}
    (row,) = [r for r in range(7, page.max_row + 1) if str(page.cell(r, heads["事業"]).value).startswith("関係人口")]  # fmt: skip
    page.cell(row, heads["評価"]).value = GOOD
    page.cell(row, heads["意見"]).value = "登録した人のうち、再び訪れた人の割合を示してほしい。"
    _read(year, "金融 守", name, book)


def _read(year: Year, expert: str, name: str, book: Any) -> None:
    """Planning brings the file in, looks at what was understood, takes it."""
    out = io.BytesIO()
    book.save(out)
    desk = year.at(PLANNER)
    page = desk.read("opinion_paper", _paper(expert).pk)
    page = desk.send(page, at="/read/", files={"file": [(name, out.getvalue())]})
    year.kept[f"understood of {expert}"] = page.text
    desk.send(page, has="chosen")


def _typed(year: Year) -> None:
    desk = year.at("yushiki")
    entry = year.entry("六市連携").pk
    desk.open("/")
    page = desk.read("opinion_paper", _paper("有識 まなぶ").pk)
    said = {
        f"e{entry}-judgement": "not_effective",
        f"e{entry}-text": "宿泊に結び付く仕掛けが要る。",
    }
    desk.send(page, where=("entry", str(entry)), **said)


#: Whose opinion, who answers it, what is promised by when.
ANSWERS = (
    ("商工 会子", "mono-r5", "会員企業への調査に、取引の継続年数を加える。", "2024-06-28"),
    ("金融 守", PLANNER, "再び訪れた人の割合は、令和5年度の報告書から示す。", ""),
    ("有識 まなぶ", "keikan-r5", "六市の宿泊事業者と、祭りの前後の滞在を組み合わせた商品をつくる。", "2024-03-29"),
)  # fmt: skip


def respond(year: Year) -> None:
    """The office answers; a promise of last year is kept; what the report prints is put in; on to the assembly."""
    with year.on(2023, 9, 26):
        for expert, login, response, due in ANSWERS:
            desk = year.at(login)
            opinion = m.Opinion.objects.get(expert=expert, volume__fiscal_year=2022)
            desk.send(
                desk.read("opinion", opinion.pk), has="response", response=response, due_on=due
            )
    with year.on(2023, 9, 27):
        desk = year.at("keikan-r5")
        year.kept["home of who has promised"] = desk.open("/").text
        old = m.Opinion.objects.get(volume__fiscal_year=2021)
        page = desk.read("opinion", old.pk)
        desk.send(
            page,
            at="/done/",
            note="参加者の62%が市外からであった。令和4年度の報告書の説明資料に載せた。",
        )
    with year.on(2023, 9, 28):
        desk = year.at(PLANNER)
        for name in ("成長分野クラスター", "関係人口の増加", "六市連携"):
            desk.send(desk.read("opinion_print", year.entry(name).pk), has="expert_opinion")
        desk.take("opinions_table", year.volume.pk, "docx")


def report(year: Year) -> None:
    """To the assembly, with its pack."""
    with year.on(2023, 9, 29):
        desk, volume = year.at(PLANNER), year.volume.pk
        desk.send(desk.read("volume_flow", volume), where=("move", "report"))
        year.kept["pack for the assembly"] = desk.take("volume_pack", volume, "docx")
