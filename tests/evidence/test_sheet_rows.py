"""行を読む. Sheets as offices keep them become drafts; every wrong cell is said at once, sums and notes are left out."""

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheetroom import block, corporate_number, made, read, register

from sosei.core.errors import SoseiError
from sosei.evidence.codec import CONTENT, recorder, row_of
from sosei.evidence.drafts import Who
from sosei.evidence.kinds import catalogue
from sosei.evidence.sheets.cells import Typed
from sosei.evidence.sheets.columns import columns_of
from sosei.evidence.sheets.mapping import choose
from sosei.evidence.sheets.refusals import SheetProblem
from sosei.evidence.sheets.rows import RowReader, SheetRead, read_rows

ROWS_WORDS = tomllib.loads((files("sosei.evidence.sheets") / "words.toml").read_text("utf-8"))[
    "rows"
]


def said(found: SheetRead) -> list[tuple[str, str]]:
    """Where problems are and their codes."""
    return [(problem.at.rpartition("!")[2], problem.code) for problem in found.problems]


def kinds_of_notes(found: SheetRead) -> list[tuple[str, int]]:
    return [(note.kind, note.row) for note in found.notes]


# -- sheets of offices ----------------------------------------------------------------------------------------


def test_題名と合計と注のある会員名簿を読む() -> None:
    found = read(
        register("members"),
        block(
            ["令和3年度　会員名簿"], [], ["企業名", "入会日", "脱退日", "会員の種別", "備考"], ["㈱見本鋳造", "R3.4.1", "", "正会員", "本社"],
            ["見本銀行", "令和2年10月1日(木)", "2022/3/31", "賛助 会員", ""], ["", "", "", "", ""], ["見本工業", "", "", "", ""], ["合計", "3社", "", "", ""], ["※　令和4年3月31日現在"],
        ),
    )  # fmt: skip
    assert found.problems == ()
    assert [(d.who.name, d.first, d.last, dict(d.values)) for d in found.drafts] == [
        ("㈱見本鋳造", date(2021, 4, 1), None, {"member_type": "正会員"}),
        ("見本銀行", date(2020, 10, 1), date(2022, 3, 31), {"member_type": "賛助会員"}),
        ("見本工業", None, None, {}),
    ]
    assert [d.at for d in found.drafts] == ["貼り付け!A4", "貼り付け!A5", "貼り付け!A7"]
    assert (found.rows, found.skipped, found.refused) == (6, 3, False)
    assert kinds_of_notes(found) == [("total", 8), ("footnote", 9), ("day", 0)]


def test_千円の補助金の台帳を読む() -> None:
    found = read(
        register("subsidies"),
        block(
            ["補助金交付台帳", "", "", "", "（単位：千円）"], ["事業者名", "法人番号", "事業の名称", "交付決定日", "交付決定額"],
            ["見本精機", corporate_number("123456789012"), "販路開拓", "４月２０日", "１，５００"], ["見本電子", "", "展示会", "1/20", "△20.5"], ["計", "", "", "", "1,479.5"],
        ),
        fiscal_year=2021,
    )  # fmt: skip
    assert found.problems == ()
    first, second = found.drafts
    assert first.who == Who(number=corporate_number("123456789012"), name="見本精機")
    assert first.values["decided"] == 1_500_000
    assert second.values["decided"] == -20_500
    stages = register("subsidies").stages
    assert dict(zip(stages, second.reached, strict=True))["交付決定"] == date(2022, 1, 20)
    assert sum(day is not None for day in second.reached) == 1


def test_月ごとの宿泊の表は年と月の列からも年月の列からも同じ期間になる() -> None:
    rows = [("青森市", "12,345", "速報"), ("盛岡市", "9,876", "確定")]
    header = ["市", "延べ宿泊者数", "確報区分"]
    kind = register("guest_nights")
    years = read(
        kind, block(["年度", "月", *header], *(["令和3年度", "1月", *row] for row in rows))
    )
    bare = read(kind, block(["年度", "月", *header], *(["2021", "1", *row] for row in rows)))
    calendar = read(kind, block(["年", "月", *header], *(["2022", "1", *row] for row in rows)))
    months = read(kind, block(["年月", *header], *(["2022-01", *row] for row in rows)))
    outside = read(kind, block(["月", *header], *(["1月", *row] for row in rows)), fiscal_year=2021)
    for found in (years, bare, calendar, months, outside):
        assert found.problems == ()
        assert [(d.first, d.last, d.year) for d in found.drafts] == [
            (date(2022, 1, 1), date(2022, 1, 31), None)
        ] * 2
        assert found.drafts[0].values == {"quantity": 12345, "place": "青森市", "state": "速報"}


def test_年か年度か分からない統計は尋ねる() -> None:
    kind = register("guest_nights")
    columns = columns_of(kind)
    mapping = choose(
        ["いつ", "市", "泊", "区分"], columns, {"year": 0, "place": 1, "quantity": 2, "state": 3}
    )
    found = read_rows(
        kind,
        mapping,
        [
            ["2021", "青森市", "5", "確定"],
            ["2021年", "青森市", "5", "確定"],
            ["", "青森市", "5", "確定"],
        ],
    )
    assert said(found) == [("A2", "E727"), ("A4", "E723")]
    assert found.drafts[0].first == date(2021, 1, 1)


def test_年の列より前に終わる統計は順序を言う() -> None:
    kind = register("guest_nights")
    chosen = {"year": 0, "last": 1, "place": 2, "quantity": 3, "state": 4}
    mapping = choose(["年度", "末日", "市", "泊", "区分"], columns_of(kind), chosen)
    found = read_rows(kind, mapping, [["令和3年度", "2021/3/31", "青森市", "5", "確定"]])
    assert said(found) == [("B2", "E726")]
    assert "年・年度" in found.problems[0].sentence()


def test_始めと終わりの列のある統計を読む() -> None:
    kind = register("festivals")
    text = block(
        ["祭り", "市", "開始日", "終了日", "入込数（万人）", "数え方"],
        ["ねぶた", "青森市", "2018/8/2", "2018/8/7", "280", "主催者発表"],
    )
    [draft] = read(kind, text).drafts
    assert (draft.first, draft.last) == (date(2018, 8, 2), date(2018, 8, 7))
    assert draft.values["quantity"] == 2_800_000


def test_調査は年度の列か外からの年度で読む() -> None:
    kind = register("hires")
    header = ["企業名", "就職者数（名）", "地元の高等教育機関の卒業生"]
    inside = read(kind, block(["年度", *header], ["令和3年度", "見本鋳造", "3名", "○"]))
    outside = read(kind, block(header, ["見本鋳造", "3", "はい"]), fiscal_year=2021)
    for found in (inside, outside):
        [draft] = found.drafts
        assert (draft.year, draft.values) == (2021, {"headcount": 3, "local_school": True})


def test_名のない集まりは人数だけで読む() -> None:
    kind = register("visits")
    found = read(
        kind,
        block(
            ["訪問日", "氏名", "人数"],
            ["2021/4/1", "", "12"],
            ["2021/4/2", "見本太郎", ""],
            ["2021/4/3", "見本花子", "3"],
            ["2021/4/4", "", ""],
        ),
    )
    assert [(d.who.name if d.who else None, d.size) for d in found.drafts] == [
        (None, 12),
        ("見本太郎", 1),
        ("見本花子", 3),
    ]
    assert said(found) == [("A5", "E727")]
    assert "人数を書いて" in found.problems[0].sentence()


def test_団体と人のどちらもありうる台帳は片方だけを求める() -> None:
    kind = register("attendance")
    mapping = choose(
        ["日", "団体", "氏名", "催し"],
        columns_of(kind),
        {"first": 0, "who": 1, "name": 2, "event": 3},
    )
    rows = [
        ["2021/4/1", "見本鋳造", "", "学習会"],
        ["2021/4/1", "", "見本太郎", "学習会"],
        ["2021/4/1", "見本鋳造", "見本太郎", "学習会"],
        ["2021/4/1", "", "", "学習会"],
    ]
    found = read_rows(kind, mapping, rows)
    assert [d.who for d in found.drafts] == [
        Who(name="見本鋳造"),
        Who(kind="person", name="見本太郎"),
    ]
    assert said(found) == [("A4", "E727"), ("A5", "E727")]


# -- problems -------------------------------------------------------------------------------------------------


def test_どの誤りも一度に言われ誤りのある行だけが案にならない() -> None:
    kind = made(
        "case", "organisation", stages=["申請", "交付決定", "支払"],
        fields={
            "title": {"ja": "件名", "en": "Title", "type": "text", "required": True},
            "amount": {"ja": "金額", "en": "Amount", "type": "money"},
            "sort": {"ja": "区分", "en": "Sort", "type": "choice", "choices": ["甲", "乙"]},
        },
    )  # fmt: skip
    found = read(
        kind,
        block(
            ["団体名", "件名", "申請日", "交付決定日", "支払日", "金額", "区分"], ["甲社", "よい行", "2021/4/1", "2021/4/1", "", "5", "甲"],
            ["乙社", "", "2021/4/31", "x", "", "五", "丙"], ["丙社", "順序", "2021/6/1", "2021/5/1", "2021/4/1", "", ""], ["丁社", "日なし", "", "", "", "", ""], ["", "だれ", "2021/4/1", "", "", "10.5", ""],
            ["戊社", "支払だけ", "", "", "2021/4/1", "", ""],
        ),
    )  # fmt: skip
    assert [d.values["title"] for d in found.drafts] == ["よい行", "支払だけ"]
    assert said(found) == [
        ("C3", "E722"), ("D3", "E722"), ("B3", "E723"), ("F3", "E722"), ("G3", "E724"), ("D4", "E726"), ("E4", "E726"), ("A5", "E727"), ("F6", "E725"),
    ]  # fmt: skip
    assert [p.column for p in found.problems][:3] == ["stage:申請", "stage:交付決定", "title"]
    assert {p.row for p in found.problems} == {3, 4, 5, 6}
    assert (
        found.problems[5].sentence()
        == "貼り付け!D4：「交付決定の日」（2021-05-01）が「申請の日」（2021-06-01）より前です。どちらかの日を直してください。"
    )


def test_だれの行か書かれていない行と逆の日を断る() -> None:
    found = read(
        register("members"),
        block(
            ["企業名", "加入日", "脱退日"],
            ["", "2021/4/1", ""],
            ["見本", "2021/4/2", "2021/4/1"],
            ["見本", "2021/4/1", "2021/4/1"],
        ),
    )
    assert said(found) == [("A2", "E727"), ("C3", "E726")]
    assert len(found.drafts) == 1


def test_欠かせない列が選ばれていなければ一度だけ言う() -> None:
    kind = register("events")
    found = read_rows(
        kind, choose(["名称"], columns_of(kind), {"title": 0}), [["甲"], ["乙"]], sheet="催し"
    )
    assert [(p.row, p.at, p.code, p.column) for p in found.problems] == [
        (0, "催し", "E728", "first"), (0, "催し", "E728", "kind"),
    ]  # fmt: skip
    assert found.drafts == ()
    kind = register("members")
    found = read_rows(kind, choose(["加入日"], columns_of(kind), {"first": 0}), [["2021/4/1"]])
    assert [p.code for p in found.problems] == ["E728"]


def test_問題の文はどの言葉でも場所と列と直し方を言う() -> None:
    found = read(
        register("events"),
        block(["開催日", "名称", "種類"], ["あした", "", "宴会"]),
        fiscal_year=2021,
    )
    for problem in found.problems:
        assert problem.at in problem.sentence()
        assert problem.at in problem.sentence("en")
        assert problem.sentence().endswith("。")
    assert "観光物産プロモーション" in found.problems[-1].sentence("en")
    assert said(found) == [("A2", "E722"), ("B2", "E723"), ("C2", "E724")]


def test_個人の列の値は問題の文に出ない() -> None:
    found = read(
        register("registrants"),
        block(["氏名", "メール", "加入日"], ["見本太郎", "hanako(at)example.jp", "2021/4/1"]),
    )
    [problem] = found.problems
    assert "hanako" not in problem.sentence() + problem.sentence("en") + repr(problem.refusal.facts)


def test_同じ登録番号が二度あれば断る() -> None:
    text = block(["登録番号（上書き用）", "企業名"], ["12", "甲社"], ["", "乙社"], ["12", "丙社"])
    found = read(register("members"), text)
    assert [d.entry for d in found.drafts] == [12, None]
    assert said(found) == [("A4", "E727")]
    assert "2行目" in found.problems[0].sentence()


# -- notes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "total",
    [
        "合計",
        "計",
        "小計",
        "合　計",
        "総計",
        "小計（4月）",
        "4月計",
        "合計：33社",
        "計 12件",
        "Total",
    ],
)
def test_合計の行はどこに書かれていても飛ばして知らせる(total: str) -> None:
    header = ["No.", "企業名", "加入日", "備考"]
    found = read(
        register("members"),
        block(header, ["1", "見本", "R3.4.1", ""], [total, "", "", "5"], ["2", total, "", "5"]),
    )
    assert len(found.drafts) == 1
    assert kinds_of_notes(found) == [("total", 3), ("total", 4)]


@pytest.mark.parametrize("word", ROWS_WORDS["totals"])
def test_合計の言葉はどれも合計の行になる(word: str) -> None:
    found = read(register("members"), block(["企業名", "加入日"], ["甲", "R3.4.1"], [word, ""]))
    assert kinds_of_notes(found) == [("total", 3)]


@pytest.mark.parametrize("word", ROWS_WORDS["notes"])
def test_注の言葉はどれも注の行になる(word: str) -> None:
    found = read(
        register("members"), block(["企業名", "加入日"], ["甲", "R3.4.1"], [f"{word} 見本", ""])
    )
    assert kinds_of_notes(found) == [("footnote", 3)]


@pytest.mark.parametrize(
    "name",
    [
        "会計事務所見本",
        "株式会社東京時計",
        "計測技研",
        "平均年齢株式会社",
        "Totalシステム",
        "出資の会",
        "(注文住宅の見本)",
        "*印株式会社",
    ],
)
def test_合計や注に似た名の団体は読む(name: str) -> None:
    found = read(register("members"), block(["企業名", "加入日"], [name, "R3.4.1"]))
    assert [d.who.name for d in found.drafts] == [name]
    assert found.notes == ()


def test_繰り返された見出しと注の行は飛ばす() -> None:
    header = ["企業名", "加入日"]
    found = read(
        register("members"),
        block(
            header,
            ["甲", "R3.4.1"],
            header,
            ["乙", "R3.4.1"],
            ["（注）見込みを含む", ""],
            ["", "", "出典：市調べ"],
        ),
    )
    assert [d.who.name for d in found.drafts] == ["甲", "乙"]
    assert kinds_of_notes(found) == [("header", 3), ("footnote", 5), ("footnote", 6)]


def test_同じ内容の行はどちらも読んで知らせる() -> None:
    found = read(
        register("members"),
        block(
            ["企業名", "加入日", "備考"],
            ["甲", "R3.4.1", "x"],
            ["乙", "R3.4.1", ""],
            ["甲", "2021-04-01", "y"],
        ),
    )
    assert len(found.drafts) == 3
    assert kinds_of_notes(found) == [("duplicate", 4)]
    assert "2行目と同じ" in found.notes[0].sentence()
    assert "row 2" in found.notes[0].sentence("en")


def test_約や速報や集計中は知らせる() -> None:
    text = block(
        ["市", "年月", "入込数", "数え方"],
        ["青森市", "2018-08", "約280万人", "発表"],
        ["盛岡市", "2018-08", "133万人（速報）", "発表"],
    )
    found = read(register("festivals"), text)
    assert [d.values["quantity"] for d in found.drafts] == [2_800_000, 1_330_000]
    assert [note.kind for note in found.notes] == ["words"]
    found = read(
        register("purchases"), block(["購入日", "氏名", "金額"], ["2021/4/1", "見本", "集計中"])
    )
    assert found.drafts[0].values == {}
    assert [note.kind for note in found.notes] == ["gap"]


def test_空の行と選ばない列だけの行は飛ばす() -> None:
    found = read(
        register("members"),
        block(
            ["No.", "企業名", "加入日"], ["1", "甲", "R3.4.1"], [], ["2", "", ""], ["3", "　", " "]
        ),
    )
    assert len(found.drafts) == 1
    assert (found.rows, found.skipped) == (4, 3)
    assert found.problems == ()


def test_足りないセルは空欄と読み余ったセルは読まない() -> None:
    found = read(
        register("members"),
        block(["企業名", "加入日", "会員の種別"], ["甲"], ["乙", "R3.4.1", "正会員", "余り"]),
    )
    assert [d.who.name for d in found.drafts] == ["甲", "乙"]


def test_結合された団体の名はどの行にもあり結合された数は問う() -> None:
    kind = register("purchases")
    columns = columns_of(kind)
    mapping = choose(["氏名", "購入日", "金額"], columns, {"name": 0, "first": 1, "amount": 2})
    under = Typed("見本太郎", under=True)
    rows = [
        ["見本太郎", "2021/4/1", "5"], [under, "2021/4/2", "7"], [under, "2021/4/3", Typed("7", number=Decimal(7), under=True)], [under, "", ""],
    ]  # fmt: skip
    found = read_rows(kind, mapping, rows)
    assert [(d.who.name, d.values["amount"]) for d in found.drafts] == [
        ("見本太郎", 5),
        ("見本太郎", 7),
    ]
    assert said(found) == [("C4", "E722")]
    assert found.skipped == 1


def test_一行ずつ読んでも同じになる() -> None:
    kind = register("members")
    mapping = choose(["a", "b"], columns_of(kind), {"who": 0, "first": 1})
    rows = [[f"社{n}", "2021-04-01" if n % 3 else "x"] for n in range(30)]
    reader = RowReader(kind, mapping, start_row=5, sheet="名" * 100)
    drafts = list(reader.drafts(iter(rows)))
    whole = read_rows(kind, mapping, rows, start_row=5, sheet="名" * 100)
    assert tuple(drafts) == whole.drafts
    assert [p.at for p in reader.problems] == [p.at for p in whole.problems]
    assert drafts[0].at == "名" * 60 + "!A6"


# -- any sheet ------------------------------------------------------------------------------------------------

CELLS = st.sampled_from(
    ["", "見本", "2021/4/1", "R3.4.31", "2021-04", "4/1", "12", "△5", "1,234千円", "○", "×", "合計", "※注", "正会員", "青森市", "taro@example.jp", "0", "=1+1", "令和3年度", "1月"]
) | st.text(max_size=6)  # fmt: skip


@given(st.data(), st.sampled_from(sorted(catalogue())), st.none() | st.integers(2015, 2030))
def test_どの台帳のどんな行も案か問題か飛ばした行になる(
    data, key: str, fiscal_year: int | None
) -> None:
    kind = register(key)
    columns = columns_of(kind)
    width = len(columns)
    chosen = {c.key: n for n, c in enumerate(columns) if data.draw(st.booleans())}
    mapping = choose([c.ja for c in columns], columns, chosen)
    rows = data.draw(st.lists(st.lists(CELLS, max_size=width), max_size=6))
    found = read_rows(kind, mapping, rows, fiscal_year=fiscal_year, sheet="表")
    wrong = {p.row for p in found.problems if p.row}
    missing = any(p.row == 0 for p in found.problems)
    if not missing:
        assert len(found.drafts) + len(wrong) + found.skipped == len(rows) == found.rows
    for problem in found.problems:
        assert isinstance(problem.refusal, SheetProblem | SoseiError)
        assert problem.sentence()
        assert problem.sentence("en")
    for draft in found.drafts:
        number = int(draft.at.removeprefix("表!A"))
        row = row_of(number, None, draft, kind)
        assert len(row) == len(CONTENT)
        record = recorder(kind)(row)
        assert (record.first, record.last, record.size) == (draft.first, draft.last, draft.size)
        assert dict(record.values) == dict(draft.values)


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="abcdefghij見本社", min_size=5, max_size=8), st.dates(date(1930, 1, 1), date(2099, 1, 1)), st.decimals(1, 10**9, places=2), st.booleans(), st.sampled_from(["甲", "乙"]),
        ), max_size=8,
    )
)  # fmt: skip
def test_書いた表を読むと同じになる(written) -> None:
    fields = {
        "amount": {"ja": "数量", "en": "Amount", "type": "number"}, "done": {"ja": "済み", "en": "Done", "type": "yes-no"},
        "sort": {"ja": "区分", "en": "Sort", "type": "choice", "choices": ["甲", "乙"]},
    }  # fmt: skip
    kind = made(subject="organisation", fields=fields)
    rows = [[n, d.isoformat(), f"{q:f}", "○" if y else "×", c] for n, d, q, y, c in written]
    found = read(kind, block(["団体名", "日", "数量", "済み", "区分"], *rows))
    assert found.problems == ()
    assert [
        (d.who.name, d.first, d.values["amount"], d.values["done"], d.values["sort"])
        for d in found.drafts
    ] == list(written)
