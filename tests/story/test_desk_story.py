"""机の物語. An official who was moved here on 1 April takes the book over, asks, gets answers in, has it signed off, publishes, corrects, hands over.

Walked in Chromium by clicking what the pages show, on the days of the rehearsal's year; every page is looked at (axe, wide
and narrow). SOSEI_SHOTS names a folder for the pictures. What other people do meanwhile, they do over HTTP.
"""

import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page
from year import april, books, signed
from year.altered import filled
from year.city import found, moment
from year.desk import Desk
from year.rehearsal import Year

import answerfiles
import deskroom
from sosei.journal import clock
from sosei.ledger import models as m
from sosei.offices.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PROJECT = "スポーツ合宿と大会の誘致事業"
WHY = "宿泊施設の改修で受入れが限られるなか、前年度を263人泊上回ったため"
WRONG = "合宿の一団体が二重に数えられていたため"


class Calendar:
    """暦. The clock that every thread goes by: the server's own too."""

    def __init__(self) -> None:
        self.moment = None

    def get(self):
        """What the clock says."""
        return self.moment

    def set(self, now):
        """Set it; return what it said."""
        before, self.moment = self.moment, now
        return before

    def reset(self, before) -> None:
        """Set it back."""
        self.moment = before

    def turn(self, year: int, month: int, day: int, hour: int = 9) -> None:
        """It is another day."""
        self.moment = moment(date(year, month, day), hour)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    made = Calendar()
    monkeypatch.setattr(clock, "_SET", made)
    return made


class Walk:
    """歩き. One person's browser: what is seen is looked at, wide and narrow, and kept as a picture."""

    def __init__(self, room: deskroom.Desk, page: Page) -> None:
        self.room, self.page, self.count = room, page, 0

    def look(self, name: str, *, says: str = "") -> None:
        """Look at the page as it stands: wide, then as on a telephone."""
        self.page.wait_for_load_state()
        if says:
            assert says in self.page.inner_text("main"), self.page.inner_text("main")[:2000]
        self.count += 1
        label = f"{self.count:02}-{name}"
        deskroom.looked_at(self.page, label)
        self.page.set_viewport_size({"width": 360, "height": 780})
        deskroom.looked_at(self.page, f"{label}-360")
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def way(self, name: str) -> None:
        """Go by the navigation."""
        self.page.get_by_role("navigation", name="主な画面").get_by_role("link", name=name, exact=True).click()  # fmt: skip

    def link(self, name: str | re.Pattern[str], within: str = "main") -> None:
        """Follow a link of the page."""
        self.page.locator(within).get_by_role("link", name=name).first.click()

    def press(self, name: str | re.Pattern[str], within: str = "main") -> None:
        """Press a button."""
        self.page.locator(within).get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        """Write into a field."""
        self.page.get_by_label(label).first.fill(text)

    def opened(self, summary: str) -> None:
        """Open a fold."""
        self.page.locator("main summary", has_text=summary).first.click()


@pytest.fixture
def room(browser, live_server):
    made = deskroom.Desk(browser, live_server)
    yield made
    made.close()


def others(year: Year) -> None:
    """What the departments do meanwhile: their figures, words, grades are there, and planning takes them on."""
    volume = year.volume
    for line in m.Line.objects.filter(entry__volume=volume).exclude(entry__name=PROJECT):
        desk = year.at(books.PLANNER)
        target = m.Value.objects.get(point__indicator=line.indicator, point__fiscal_year=2022, role="target", until=None, voided=None)  # fmt: skip
        desk.send(desk.read("value_edit", line.pk), has="text", text=f"{target.number:f}", state="final")  # fmt: skip
    for entry in m.ProjectYear.objects.filter(volume=volume).exclude(name=PROJECT):
        forward(year.at(books.PLANNER), entry.pk)


def forward(desk: Desk, entry: int) -> None:
    """Planning passes an entry on, in the department's place."""
    page = desk.read("entry", entry)
    desk.send(page, where=("move", "forward"), reason="担当課と確認済みのため")


def answer(data: bytes) -> bytes:
    said = {"figures": {"合宿による延べ宿泊者数": 2744}, "texts": {PROJECT: {"阻害要因": "宿泊施設の改修により、受入れの枠が減った。", "対応策": "近隣の市の施設と組み合わせる。", "今後の方針": "事業の継続"}}}  # fmt: skip
    return answerfiles.saved(filled(data, said))


def test_四月に異動してきた人が一年の仕事を画面だけで終える(
    room: deskroom.Desk, calendar: Calendar, tmp_path: Path
) -> None:
    year = Year()
    year.people = found()
    april.first_of_april(year)
    calendar.turn(2023, 4, 3)
    walk = Walk(room, room.page())
    takes_over(walk, year, room.url)
    calendar.turn(2023, 6, 1)
    asks(walk, year)
    calendar.turn(2023, 6, 7)
    brings_in(walk, tmp_path)
    calendar.turn(2023, 8, 17)
    judges(walk)
    others(year)
    calendar.turn(2023, 8, 28)
    signs_off(walk)
    calendar.turn(2023, 9, 8)
    decides(walk)
    calendar.turn(2023, 10, 16)
    head = publishes(room)
    calendar.turn(2023, 11, 20)
    corrects(walk, head, year)
    calendar.turn(2024, 4, 1)
    hands_over(walk)
    assert [one for one in room.complaints if "(Unprocessable Entity)" not in one] == []
    assert len(room.complaints) == 1, "only the grade without its reason was refused"
    outside = {url for url in room.asked if not url.startswith((room.url, "data:", "blob:"))}
    assert outside == set()


def takes_over(walk: Walk, year: Year, url: str) -> None:
    """Sign in, the home page, the hand-over paper, the year's book from last year's."""
    page = walk.page
    page.goto(url)
    walk.look("サインイン")
    walk.write("利用者ID", "kikaku-r5")
    page.locator("input[type=password]").fill(april.PASSWORD)
    walk.press("サインイン")
    walk.look("ホーム", says="令和4年度の報告書を作る")
    walk.way("組織")
    walk.look("組織")
    walk.link("企画課")
    walk.link(re.compile("引継書"), within="body")
    walk.look("引継書", says="参加者の居住地を調べ、令和4年度の報告書に示す。")
    walk.way("報告書")
    walk.look("報告書の一覧")
    walk.link(re.compile("令和3年度"))
    walk.look("去年の報告書")
    walk.link("次の年度に引き継ぐ", within="body")
    walk.look("年度更新", says="まだ何も作っていません")
    page.get_by_label("図書館まちづくり講座事業の扱い").select_option("rest")
    walk.press(re.compile("令和4年度.*の報告書を作る"))
    walk.look("年度更新のあと", says="すべての事業の扱いが決まっています")
    assert year.volume.stage == "collecting"


def asks(walk: Walk, year: Year) -> None:
    """A new inquiry; the board; one department's form."""
    walk.way("照会")
    walk.look("照会の一覧")
    walk.link("新しい照会", within="body")
    assert walk.page.locator("main input[name=departments]:checked").count() == 11
    walk.look("新しい照会")
    walk.write("文書番号", "5企第88号")
    walk.press("照会を発出する")
    walk.look("照会の状況", says="督促文")
    walk.link("文化スポーツ課")
    walk.look("課への照会", says="回答様式をダウンロードする")


def brings_in(walk: Walk, folder: Path) -> None:
    """Download the form, bring the filled one back under another name, look at the difference, apply it."""
    page = walk.page
    with page.expect_download() as got:
        walk.link("回答様式をダウンロードする")
    data = Path(got.value.path()).read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].title == "回答"
    file = folder / "合宿の回答(課長確認済).xlsx"
    file.write_bytes(answer(data))
    page.get_by_label("ファイル").set_input_files(str(file))
    walk.press("回答を読み取る")
    walk.look("差分", says="2,744人泊")
    walk.press(re.compile("反映する$"))
    walk.look("反映のあと", says="4件を台帳に反映しました")


def judges(walk: Walk) -> None:
    """The project's page; its grade, another than the proposed one, with the reason."""
    walk.way("報告書")
    walk.link(re.compile("令和4年度"))
    walk.look("今年の報告書")
    walk.link(PROJECT)
    walk.look("事業の頁", says="2,744")
    walk.link("事業効果を決める")
    walk.look("事業効果", says="地方創生に効果があった")
    walk.page.get_by_label(re.compile("地方創生に相当程度効果があった")).check()
    walk.press("決める")
    walk.look("事業効果の断り", says="理由")
    walk.page.get_by_label(re.compile("地方創生に相当程度効果があった")).check()
    walk.write(re.compile("^理由"), WHY)
    walk.press("決める")
    walk.look("事業効果の決定", says=WHY)
    walk.link(re.compile("合宿による延べ宿泊者数"))
    walk.look("指標の頁", says="合宿の回答(課長確認済).xlsx")


def signs_off(walk: Walk) -> None:
    """Planning passes the last entry on with a reason, then accepts all at once."""
    page = walk.page
    walk.way("手続")
    walk.look("手続")
    walk.link(PROJECT)
    walk.look("事業の手続")
    walk.opened("課の確認を経ずに企画課の確認に回す")
    panel = page.locator("details[open]", has_text="課の確認を経ずに")
    panel.get_by_label(re.compile("^理由")).fill("課長が長期の休みのため")
    panel.get_by_role("button").click()
    page.wait_for_load_state()
    walk.way("手続")
    boxes = page.locator("form.batch input[name=entries]")
    assert boxes.count() == 12
    for box in boxes.all():
        box.check()
    walk.look("まとめて確認", says="企画課として確認する")
    walk.press(re.compile("選んだ事業"))
    walk.look("確認のあと", says="12件を「企画課確認済」に進めました")


def decides(walk: Walk) -> None:
    """Papers for the decision, its number; experts; the assembly."""
    page = walk.page
    page.get_by_role("link", name=re.compile("令和4年度")).first.click()
    walk.look("報告書の手続")
    walk.press("決裁資料を作り、決裁に出す")
    walk.look("決裁中", says="決裁資料")
    walk.write("決裁番号", "5企第210号")
    walk.press("決裁を記録する")
    walk.press("有識者の検証に進む")
    walk.look("有識者の検証")
    walk.link("有識者の意見を扱う")
    walk.look("有識者の意見", says="まだ意見書を出していません")
    page.go_back()
    walk.link("議会への報告に進む")
    walk.look("意見がない理由")
    walk.write(re.compile("^理由"), "意見は会議で聴いたため")
    walk.press("議会への報告に進む")
    walk.look("議会への報告")


def publishes(room: deskroom.Desk) -> Walk:
    """The head of planning looks at what would be published, and publishes."""
    head = Walk(room, room.page(Person.objects.get(login=books.HEAD)))
    head.count = 60
    head.page.goto(room.url)
    head.look("課長のホーム")
    head.way("手続")
    head.link(re.compile("令和4年度"), within="body")
    head.link("公表の内容を確かめる")
    head.look("公表の前", says="12事業・26指標")
    head.press("公表する")
    head.look("第1版", says="第1版")
    return head


def corrects(walk: Walk, head: Walk, year: Year) -> None:
    """One figure is wrong: the correction, the value, sign-off again, the 正誤表, the second edition."""
    head.way("手続")
    head.link(re.compile("公表した報告書を見る"), within="body")
    head.look("公表版の一覧")
    head.page.goto(f"{head.room.url}/signoff/volumes/{year.volume.pk}/")
    head.look("公表済みの手続")
    head.link("訂正を始める")
    head.page.get_by_label(PROJECT).check()
    head.write(re.compile("^理由"), WRONG)
    head.look("訂正を始める")
    head.press("訂正を始める")
    head.look("訂正中")
    line = year.line("合宿による延べ宿泊者数")
    walk.way("報告書")
    walk.link(re.compile("令和4年度"))
    walk.link(PROJECT)
    walk.look("訂正のために開いた事業")
    walk.page.goto(f"{walk.room.url}/indicators/{line.pk}/value/")
    walk.write("実績値", "2,716")
    walk.write(re.compile("^理由"), WRONG)
    walk.look("値の訂正")
    walk.press(re.compile("登録|保存"))
    forward(year.at(books.PLANNER), year.entry(PROJECT).pk)
    signed._move_one(year, books.PLANNER, year.entry(PROJECT).pk, "accept")
    head.page.goto(f"{head.room.url}/signoff/volumes/{year.volume.pk}/")
    head.link("正誤表を確かめて公表する")
    head.look("第2版の前", says="2,744人泊")
    head.press("公表する")
    head.look("第2版", says=WRONG)
    head.link(re.compile("第1版"))
    head.look("第1版、訂正のあと")
    first, second = m.Edition.objects.filter(volume=year.volume).order_by("number")
    head.page.goto(f"{head.room.url}/editions/compare/?a={first.pk}&b={second.pk}")
    head.look("版の比較", says="2,716人泊")


def hands_over(walk: Walk) -> None:
    """The next first of April."""
    walk.way("ホーム")
    walk.look("次の四月のホーム", says="令和5年度の報告書を作る")
    walk.way("組織")
    walk.link("企画課")
    walk.link(re.compile("引継書"), within="body")
    walk.look("次の引継書", says=WHY)
