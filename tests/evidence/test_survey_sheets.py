"""調査票: out to firms as workbooks and back as entries; known again whoever sends them, and by nobody's changing them."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import override_settings
from openpyxl import Workbook, load_workbook

from bookroom import BODY
from evidenceroom import definition, entered, made
from registerroom import FIRMS, Room, answer, room
from sheetsroom import archive, brought, cell_of, checked, filled, opened, saved
from sheetsroom import made as sheets
from sosei.core.errors import NotAllowed, Stale
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask, close_register
from sosei.evidence.actions.entries import undo
from sosei.evidence.actions.registers import change_register, make_register
from sosei.evidence.actions.returned import check_returned, enter_returned, hand_in
from sosei.evidence.actions.sheetssent import record_sent
from sosei.evidence.actions.subjects import merge
from sosei.evidence.private import private_of
from sosei.evidence.queries.registers import history
from sosei.evidence.queries.sheetsout import sheets_page
from sosei.evidence.refusals import NoSuchRow, NumbersFound, PeriodClosed, UploadGone
from sosei.evidence.sheets.refusals import WorkbookTooLarge
from sosei.evidence.sheets.surveysheet import identity_in
from sosei.evidence.sheets.surveysheet_bundle import ALL_ROOM, MOST, ROOM, Unpacking, bundled
from sosei.evidence.sheets.surveysheet_reading import returned
from sosei.evidence.sheets.surveysheet_refusals import TooManySheets
from sosei.evidence.surveysheets import known
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line
from sosei.journal.verify import verify
from sosei.reading.formats.refusal import Broken, Encrypted

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
ANSWER = {"就職者数": 4, "地元の高等教育機関の卒業生": "はい", "年度の数え方": "卒業した年度"}
LATE = "北見本テック"


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def changed(office: Room, said: dict[str, Any], why: str) -> None:
    """Change what the survey asks."""
    row = em.Register.objects.get(pk=office.hires.pk)
    change_register(
        by=office.town.planner, register=row.pk, definition=said, seen=row.stamp, reason=why
    )


def codes(seen) -> list[str]:
    return [one.code for one in seen.troubles]


# -- out --------------------------------------------------------------------------------------------------------------


def test_調査票には相手と期限と問い合わせ先があり記入欄のほかは書き込めない(office: Room) -> None:
    page = opened(sheets(office)[LATE].data)
    words = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert f"{LATE}　御中" in words
    assert "令和4年6月10日（金）までに返送してください" in words
    assert "ものづくり推進課 000-0000" in words
    assert any("この" in one or "市の事業" in one for one in words)
    free = {
        cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked
    }
    fields = {cell_of(page, label).coordinate for label in (*ANSWER, "学校")}
    assert fields < free
    assert len({page[one].row for one in free}) == len(fields) + 1  # and the cells for a note
    assert page.protection.sheet
    assert not page.protection.password
    assert page.page_setup.paperSize == 9


def test_記入欄には単位と選択肢と数の形がある(office: Room) -> None:
    abroad = made(office.town, "overseas_sales")
    ask(by=office.town.planner, register=abroad.pk, year=2021, subjects=office.firms, sent=None, due=None)  # fmt: skip
    page = opened(sheets(office, register=abroad)[LATE].data)
    cell = cell_of(page, "海外取引の売上高")
    assert cell.number_format == '#,##0" 千円"'
    assert page.cell(cell.row, 6).value == "千円"
    assert "2,400,000円なら 2400" in page.cell(cell.row, 7).value
    hires = opened(sheets(office)[LATE].data)
    lists = {
        str(one.sqref): one.formula1
        for one in hires.data_validations.dataValidation
        if one.type == "list"
    }
    assert lists[cell_of(hires, "年度の数え方").coordinate] == '"卒業した年度,入社した年度"'
    assert lists[cell_of(hires, "地元の高等教育機関の卒業生").coordinate] == '"はい,いいえ"'


def test_同じ調査票は同じバイト列で整理番号は相手ごとに違う(office: Room) -> None:
    first, again = sheets(office), sheets(office)
    assert first == again
    numbers = {sheet.identity for sheet in first.values()}
    assert len(numbers) == len(FIRMS)
    assert all(
        "vba" not in name.lower()
        for name in zipfile.ZipFile(io.BytesIO(first[LATE].data)).namelist()
    )
    said = identity_in(first[LATE].identity)
    assert said is not None
    assert (said.register, said.subject, said.year) == (office.hires.pk, office.firms[2], 2021)


def test_長い選択肢や読点のある選択肢は隠れた一覧から選べる(office: Room) -> None:
    long = definition("hires")
    long["fields"]["basis"]["choices"] = [f"とても長い選択肢その{n}, 説明つき" for n in range(30)]
    changed(office, long, "選択肢を足す")
    book = load_workbook(io.BytesIO(sheets(office)[LATE].data))
    page = book["回答票"]
    cell = cell_of(page, "年度の数え方").coordinate
    source = next(
        one.formula1 for one in page.data_validations.dataValidation if str(one.sqref) == cell
    )
    assert source == "選択肢!$A$1:$A$30"
    assert book["選択肢"]["A30"].value == "とても長い選択肢その29, 説明つき"
    assert book["選択肢"].sheet_state == "hidden"


def test_送った日と期限は尋ねた相手に残り締めた年度では断る(office: Room) -> None:
    t = office.town
    changed = record_sent(by=t.officer, register=office.hires.pk, year=2021, subjects=office.firms[2:], sent=date(2022, 6, 15), due=date(2022, 6, 30))  # fmt: skip
    assert changed == 2
    page = sheets_page(BODY, office.hires.pk, 2021)
    assert {(row.sent_on, row.due_on) for row in page.silent} == {
        (date(2022, 6, 15), date(2022, 6, 30))
    }
    assert [row.state for row in page.silent] == ["sent", "sent"]
    line = Line.objects.latest("pk")
    assert (line.verb, line.facts["count"]) == ("survey.send", 2)
    close_register(by=t.section_head, register=office.hires.pk, year=2021)
    with pytest.raises(PeriodClosed):
        record_sent(by=t.officer, register=office.hires.pk, year=2021, subjects=office.firms, sent=date(2022, 6, 15), due=None)  # fmt: skip


def test_期限を過ぎた相手は何日過ぎたかが分かり早く来る(office: Room) -> None:
    page = sheets_page(BODY, office.hires.pk, 2021)
    assert [(row.name, row.late) for row in page.silent] == [(FIRMS[2], 5), (FIRMS[3], 5)]
    assert {row.state for row in page.rows} == {"late", "answered"}


# -- back -------------------------------------------------------------------------------------------------------------


def test_返った調査票が登録になり一件ごとの値の所在が残りまとめて取り消せる(office: Room) -> None:
    own = sheets(office)
    files = {"返信 (1).xlsx": filled(own[LATE].data, ANSWER, "四人目は5月入社です"), "見本信用金庫.xlsx": filled(own[FIRMS[3]].data, {**ANSWER, "就職者数": 1})}  # fmt: skip
    upload, seen = checked(office, {"まとめて.zip": archive(files)})
    assert [(one.whom, one.state) for one in seen.sheets] == [(LATE, "new"), (FIRMS[3], "new")]
    assert seen.sheets[0].note == "四人目は5月入社です"
    assert (seen.silent, seen.strange, seen.refusal, seen.good) == ((), (), None, 2)
    assert em.Entry.objects.filter(register=office.hires).count() == 2
    batch = enter_returned(by=office.town.officer, register=office.hires.pk, year=2021, upload=upload, seen=seen.mark)  # fmt: skip
    assert batch is not None
    assert (batch.way, batch.rows, batch.source) == ("answer", 2, "回答票")
    row = history(BODY, office.hires.pk, 3)[0]
    cell = cell_of(opened(own[LATE].data), "就職者数").coordinate
    assert f"{row.source} {row.at}" == f"回答票 返信 (1).xlsx 回答票!{cell}"
    assert row.record.values["headcount"] == Decimal(4)
    told = batch.mapping["answers"][row.at]
    assert told["cells"]["headcount"] == f"回答票!{cell}"
    assert set(told["cells"]) == {"headcount", "local_school", "basis"}
    assert not em.Upload.objects.exists()
    undo(by=office.town.officer, batch=batch.pk, reason="別の年の回答だった")
    assert len(sheets_page(BODY, office.hires.pk, 2021).silent) == 2
    assert not verify().problems


def test_先の回答は上書きになり同じ内容なら何も変わらない(office: Room) -> None:
    own = sheets(office)["見本精機"].data
    upload, seen = checked(office, {"b.xlsx": filled(own, ANSWER)})
    (one,) = seen.sheets
    assert (one.state, one.entry, one.before["headcount"]) == ("changed", 2, Decimal(2))
    assert one.draft is not None
    assert one.draft.values["headcount"] == Decimal(4)
    assert enter_returned(by=office.town.officer, register=office.hires.pk, year=2021, upload=upload, seen=seen.mark)  # fmt: skip
    assert [row.record.values["headcount"] for row in history(BODY, office.hires.pk, 2)] == [4, 2]
    _, seen = checked(office, {"c.xlsx": filled(own, ANSWER)})
    assert [one.state for one in seen.sheets] == ["same"]
    assert not seen.can_go


def test_だれが送っても名前が変わったファイルでも相手が分かり行が動いても読める(
    office: Room,
) -> None:
    page = opened(filled(sheets(office)[LATE].data, ANSWER))
    page.protection.sheet = False
    page.title = "Sheet1 (2)"
    page.insert_rows(1, 3)
    _, seen = checked(office, {"新しいドキュメント.xlsx": saved(page)})
    (one,) = seen.sheets
    assert (one.whom, one.state, one.subject) == (LATE, "new", office.firms[2])


def test_文字で書いた数と単位つきの数は読み違えない(office: Room) -> None:
    abroad = made(office.town, "overseas_sales")
    ask(by=office.town.planner, register=abroad.pk, year=2021, subjects=office.firms, sent=None, due=None)  # fmt: skip
    own = sheets(office, register=abroad)
    files = {
        "a.xlsx": filled(own[LATE].data, {"海外取引の売上高": "1,200,000円"}),
        "b.xlsx": filled(own["見本精機"].data, {"海外取引の売上高": 1200.5}),
        "c.xlsx": filled(own[FIRMS[3]].data, {"海外取引の売上高": "１，２００"}),
    }
    _, seen = checked(office, files, register=abroad)
    values = {one.whom: one.draft.values["amount"] for one in seen.sheets if one.draft}
    assert values == {LATE: 1200, "見本精機": Decimal("1200.5"), FIRMS[3]: 1200}


# -- what is wrong ----------------------------------------------------------------------------------------------------


def test_誤りはどのファイルのどの欄かをすべて一度に言い正しいものだけを登録できる(
    office: Room,
) -> None:
    own = sheets(office)
    files = {
        "良い.xlsx": filled(own[LATE].data, ANSWER),
        "悪い.xlsx": filled(
            own[FIRMS[3]].data, {"就職者数": "四人くらい", "年度の数え方": "その他"}
        ),
    }
    upload, seen = checked(office, files)
    wrong = [(one.file, one.column, one.code) for one in seen.troubles]
    assert wrong == [
        ("悪い.xlsx", "就職者数", "E722"), ("悪い.xlsx", "地元の高等教育機関の卒業生", "E723"), ("悪い.xlsx", "年度の数え方", "E724"),
    ]  # fmt: skip
    assert all(one.at.startswith("回答票!E") and one.at in one.ja for one in seen.troubles)
    assert [name for _, name in seen.silent] == [FIRMS[3]]
    batch = enter_returned(by=office.town.officer, register=office.hires.pk, year=2021, upload=upload, seen=seen.mark)  # fmt: skip
    assert batch is not None
    assert batch.rows == 1


def test_団体名や整理番号を書き換えた調査票は断る(office: Room) -> None:
    own = sheets(office)
    renamed = opened(filled(own[LATE].data, ANSWER))
    for row in renamed.iter_rows():
        for cell in row:
            if cell.value == LATE:
                cell.value = "見本精機"
    copied = opened(filled(own[LATE].data, ANSWER))
    for row in copied.iter_rows():
        for cell in row:
            if str(cell.value or "").startswith("整理番号"):
                cell.value = own["見本精機"].identity
    forged = opened(filled(own[LATE].data, ANSWER))
    for row in forged.iter_rows():
        for cell in row:
            if str(cell.value or "").startswith("整理番号"):
                cell.value = str(cell.value).replace("-2021-", "-2020-")
    _, seen = checked(
        office, {"1.xlsx": saved(renamed), "2.xlsx": saved(copied), "3.xlsx": saved(forged)}
    )
    assert codes(seen) == ["E732"] * 3
    assert not seen.can_go


def test_別の年度の調査票と別の台帳の調査票は名指して断る(office: Room) -> None:
    t = office.town
    ask(
        by=t.planner,
        register=office.hires.pk,
        year=2020,
        subjects=office.firms,
        sent=None,
        due=None,
    )
    abroad = made(t, "overseas_sales")
    ask(by=t.planner, register=abroad.pk, year=2021, subjects=office.firms, sent=None, due=None)
    files = {
        "去年.xlsx": filled(sheets(office, 2020)[LATE].data, ANSWER),
        "売上.xlsx": filled(sheets(office, register=abroad)[LATE].data, {"海外取引の売上高": 5}),
    }
    _, seen = checked(office, files)
    assert codes(seen) == ["E733", "E733"]
    assert "令和2年度「就職者調査」" in seen.troubles[0].ja
    assert "海外売上調査" in seen.troubles[1].ja


def test_定義が変わっても同じ項目は読め欠かせない項目や単位が変われば断る(office: Room) -> None:
    own = sheets(office)
    more = definition("hires")
    more["fields"]["note"] = {"ja": "補足", "en": "Note", "type": "text"}
    changed(office, more, "補足を聞く")
    _, seen = checked(office, {"a.xlsx": filled(own[LATE].data, ANSWER)})
    assert [(one.state, one.older) for one in seen.sheets] == [("new", True)]
    more["fields"]["headcount"]["ja"] = "採用者数"
    changed(office, more, "言い方を変える")
    _, seen = checked(office, {"a.xlsx": filled(own[LATE].data, ANSWER)})
    assert codes(seen) == ["E735"]
    assert "採用者数" in seen.troubles[0].ja


def test_古い版の調査票で上書きしてもその版にない項目の値は残る(office: Room) -> None:
    own = sheets(office)["見本精機"].data
    more = definition("hires")
    more["fields"]["note"] = {"ja": "補足", "en": "Note", "type": "text"}
    changed(office, more, "補足を聞く")
    now = sheets(office)["見本精機"].data
    brought(office, {"a.xlsx": filled(now, {**ANSWER, "補足": "二名は中途"})})
    brought(office, {"b.xlsx": filled(own, {**ANSWER, "就職者数": 5})})
    values = history(BODY, office.hires.pk, 2)[0].record.values
    assert (values["headcount"], values["note"]) == (5, "二名は中途")


def test_同じ相手の二つのファイルは内容が違えば断り同じなら一件になる(office: Room) -> None:
    own = sheets(office)[LATE].data
    other = filled(own, {**ANSWER, "就職者数": 5})
    _, seen = checked(office, {"a.xlsx": filled(own, ANSWER), "b.xlsx": other})
    assert codes(seen) == ["E736", "E736"]
    _, seen = checked(
        office, {"a.xlsx": filled(own, ANSWER), "b.xlsx": filled(own, ANSWER, "再送です")}
    )
    assert [one.state for one in seen.sheets] == ["new", "same"]


def test_尋ねていない相手と回答がいくつもある相手は断る(office: Room) -> None:
    own = sheets(office)
    entered(office.town, office.hires, [answer("見本精機", 9)])
    em.Asked.objects.filter(subject=office.firms[2]).delete()
    files = {
        "a.xlsx": filled(own[LATE].data, ANSWER),
        "b.xlsx": filled(own["見本精機"].data, ANSWER),
    }
    _, seen = checked(office, files)
    assert codes(seen) == ["E734", "E737"]


def test_名寄せされた相手の調査票は残った相手の回答になる(office: Room) -> None:
    own = sheets(office)[LATE].data
    t = office.town
    entered(t, office.members, [])
    merge(by=t.planner, subject=office.firms[2], into=office.firms[3], reason="合併した")
    _, seen = checked(office, {"a.xlsx": filled(own, ANSWER)})
    (one,) = seen.sheets
    assert (one.state, one.subject) == ("new", office.firms[3])


def test_何も書かれていない調査票は回答にならない(office: Room) -> None:
    _, seen = checked(office, {"a.xlsx": sheets(office)[LATE].data})
    assert set(codes(seen)) == {"E723"}
    assert not seen.can_go


def test_作り直された表やPDFや壊れたファイルは一件ずつ断り中身を預からない(office: Room) -> None:
    book = Workbook()
    book.active.append(["企業名", "就職者数"])
    book.active.append([LATE, 4])
    files = {
        "自社様式.xlsx": saved(book.active), "回答.pdf": b"%PDF-1.7 ...", "壊れ.xlsx": b"PK\x03\x04broken", "表.csv": "企業名,就職者数\n".encode(),
        "良い.xlsx": filled(sheets(office)[LATE].data, ANSWER),
    }  # fmt: skip
    _, seen = checked(office, files)
    assert [(one.file, one.code) for one in seen.strange] == [
        ("自社様式.xlsx", "E731"), ("回答.pdf", "E738"), ("壊れ.xlsx", "E207"), ("表.csv", "E731"),
    ]  # fmt: skip
    assert "「表を取り込む」から" in seen.strange[0].ja
    assert [one.state for one in seen.sheets] == ["new"]


def test_個人番号のある調査票は場所だけを言い何も残さない(office: Room) -> None:
    data = filled(sheets(office)[LATE].data, ANSWER, "担当の番号は1234-5678-9018です")
    with pytest.raises(NumbersFound, match=r"a\.xlsx 回答票!B") as refused:
        hand_in(by=office.town.officer, register=office.hires.pk, files=[("a.xlsx", data)])
    assert "5678" not in str(refused.value)
    assert not em.Upload.objects.exists()


def test_締めた年度の調査票は確かめるところで断る(office: Room) -> None:
    own = sheets(office)[LATE].data
    close_register(by=office.town.section_head, register=office.hires.pk, year=2021)
    _, seen = checked(office, {"a.xlsx": filled(own, ANSWER)})
    assert isinstance(seen.refusal, PeriodClosed)
    assert not seen.can_go


def test_見たあとに回答や定義が変われば登録しない(office: Room) -> None:
    own = sheets(office)["見本精機"].data
    upload, seen = checked(office, {"a.xlsx": filled(own, ANSWER)})
    brought(office, {"b.xlsx": filled(own, {**ANSWER, "就職者数": 7})})
    with pytest.raises(Stale):
        enter_returned(by=office.town.officer, register=office.hires.pk, year=2021, upload=upload, seen=seen.mark)  # fmt: skip
    again = check_returned(by=office.town.officer, register=office.hires.pk, year=2021, upload=upload)  # fmt: skip
    assert again.sheets[0].before["headcount"] == 7
    assert enter_returned(by=office.town.officer, register=office.hires.pk, year=2021, upload=upload, seen=again.mark)  # fmt: skip


def test_書けない人と調査でない台帳とほかの人の預かりものは断る(office: Room) -> None:
    t, files = office.town, [("a.xlsx", filled(sheets(office)[LATE].data, ANSWER))]
    with pytest.raises(NotAllowed):
        hand_in(by=t.auditor, register=office.hires.pk, files=files)
    with pytest.raises(NoSuchRow):
        hand_in(by=t.officer, register=office.members.pk, files=files)
    upload = hand_in(by=t.officer, register=office.hires.pk, files=files)
    with pytest.raises(UploadGone):
        check_returned(by=t.planner, register=office.hires.pk, year=2021, upload=upload)


def test_鍵を替えたあとに返っても見分けられる(office: Room) -> None:
    own = sheets(office)[LATE].data
    keys = dict(settings.SOSEI_JOURNAL_KEYS)
    with override_settings(SOSEI_JOURNAL_KEYS=keys | {max(keys) + 1: b"n" * 32}):
        _, seen = checked(office, {"a.xlsx": filled(own, ANSWER)})
        assert [one.state for one in seen.sheets] == ["new"]
    with override_settings(SOSEI_JOURNAL_KEYS={max(keys): b"x" * 32}):
        found = returned(own, "a.xlsx")
        assert not known(found.identity, body=BODY, whom=found.whom)


def test_個人情報の項目は暗号だけに入り_誤りにも見せない(office: Room) -> None:
    said = definition("hires") | {"subject": "any", "purpose": "回答の確認"}
    said["fields"]["clerk"] = {"ja": "担当者", "en": "Clerk", "type": "text", "personal": True}
    said["fields"]["born"] = {"ja": "生年月日", "en": "Born", "type": "date", "personal": True}
    both = make_register(
        by=office.town.planner, key="both", definition=said, department=office.town.it.pk
    )
    ask(
        by=office.town.planner,
        register=both.pk,
        year=2021,
        subjects=office.firms,
        sent=None,
        due=None,
    )
    own = sheets(office, register=both)[LATE].data
    _, seen = checked(
        office, {"a.xlsx": filled(own, {**ANSWER, "生年月日": "花子は秘密"})}, register=both
    )
    assert codes(seen) == ["E722"]
    assert "花子" not in seen.troubles[0].ja
    brought(office, {"a.xlsx": filled(own, {**ANSWER, "担当者": "秘密 花子"})}, register=both)
    entry = em.Entry.objects.latest("pk")
    assert "clerk" not in entry.more
    batch = em.Batch.objects.latest("pk")
    assert (
        "a.xlsx" not in f"{entry.at}{batch.source}{batch.mapping}"
    )  # a file's name may be somebody's
    assert "秘密" not in str(em.Batch.objects.latest("pk").mapping)
    assert private_of(both, [entry.number])[entry.number] == {"clerk": "秘密 花子"}
    _, seen = checked(
        office, {"b.xlsx": filled(own, {**ANSWER, "担当者": "別 太郎"})}, register=both
    )
    assert [one.state for one in seen.sheets] == ["changed"]


# -- bounds -----------------------------------------------------------------------------------------------------------


def test_数と大きさと展開の限りを越えるものは受け取らない() -> None:
    many = archive({f"{n}.xlsx": bytes([n % 256, n // 256]) for n in range(MOST + 1)})
    big = archive({"大.xlsx": b"\0" * (6 * 1024**2)})
    for data in (many, big):
        with pytest.raises(TooManySheets):
            bundled([("まとめ.zip", data)])
    with pytest.raises(TooManySheets):
        bundled([(f"{n}.zip", archive({f"{n}-{k}.bin": bytes([n]) * 4 * 1024**2 + bytes([k]) for k in range(15)})) for n in range(2)])  # fmt: skip
    bomb = archive({"xl/worksheets/sheet1.xml": b" " * (11 * 1024**2), "[Content_Types].xml": b""})
    for data in (bomb, b"PK\x07\x08" + bomb):
        with pytest.raises(WorkbookTooLarge):
            Unpacking().take(data, "爆弾.xlsx")


def test_一つずつは小さくても全部で展開しすぎるものは残りを断る() -> None:
    data = archive({"xl/worksheets/sheet1.xml": b" " * (ROOM * 1024**2), "[Content_Types].xml": b""})  # fmt: skip
    room = Unpacking()
    for _ in range(ALL_ROOM // ROOM):
        room.take(data, "回答.xlsx")
    with pytest.raises(TooManySheets, match=f"展開して{ALL_ROOM}MBまで"):
        room.take(data, "回答.xlsx")


def test_壊れたZIPと合言葉のあるZIPは断り隠しファイルは数えない() -> None:
    with pytest.raises(Broken):
        bundled([("返信.zip", archive({"a.xlsx": b"1" * 99})[:-30])])
    locked = bytearray(archive({"a.xlsx": b"1"}))
    for mark, at_ in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        locked[locked.index(mark) + at_] |= 1
    with pytest.raises(Encrypted):
        bundled([("返信.zip", bytes(locked))])
    files = {
        "__MACOSX/._a.xlsx": b"1",
        "返信/~$a.xlsx": b"2",
        ".DS_Store": b"3",
        "返信/a.xlsx": b"4",
        "b/a.xlsx": b"5",
        "c/z.xlsx": b"5",
    }
    assert bundled([("返信.zip", archive(files))]) == [("a.xlsx", b"4"), ("a (2).xlsx", b"5")]


def test_ZIPの日本語の名前は書き方によらず読める() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as kept:
        kept.writestr("kaito.xlsx", b"1")
    name = "回答.xlsx".encode("cp932")
    old = out.getvalue().replace(b"kaito.xlsx", name.ljust(10, b"_")[:10])
    assert len(name) == 9
    (found,) = bundled([("返信.zip", old)])
    assert found[0] == "回答.xlsx_"
