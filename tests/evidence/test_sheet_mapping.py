"""列の対応. Headers are found below titles, in one line or two; columns are known by name, word or cells, and asked for where two fit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheetroom import corporate_number, made, register

from sosei.evidence.kinds import catalogue
from sosei.evidence.sheets.cells import Typed
from sosei.evidence.sheets.columns import columns_of, lacking
from sosei.evidence.sheets.heads import head_of, header_row
from sosei.evidence.sheets.mapping import choose, propose
from sosei.evidence.sheets.words import answers, bare, synonyms, unit_in


def proposed(kind, header, rows=(), remembered=None, **how):
    return propose(header, rows, columns_of(kind), remembered, **how)


def taken(mapping) -> dict[str, int]:
    return {key: one.index for key, one in mapping.taken.items()}


# -- columns --------------------------------------------------------------------------------------------------


def test_どの台帳の列もキーと名が一つずつで最後は登録番号() -> None:
    for kind in catalogue().values():
        columns = columns_of(kind)
        assert len({c.key for c in columns}) == len({c.ja for c in columns}) == len(columns)
        assert columns[-1].key == "entry"
        assert all(c.called() != c.called("en") for c in columns)
        assert {c.field for c in columns} - {None} == set(kind.fields)


def test_人の台帳だけが個人の列をもつ() -> None:
    keys = {c.key for c in columns_of(register("registrants")) if c.personal}
    assert keys >= {"name", "kana", "mail", "phone", "address"}
    assert not any(c.personal for c in columns_of(register("members")))
    assert [c.key for c in columns_of(register("events"))][:2] == ["first", "title"]


def test_項目の名が共通の列と同じでも列は分かれる() -> None:
    field = {"ja": "屋号", "en": "Trade name", "type": "text"}
    kind = made(
        subject="person",
        purpose="数えるため",
        fields={"name": field, "size": field | {"ja": "大きさ"}},
    )
    keys = {c.key: c.field for c in columns_of(kind)}
    assert keys["name"] is None
    assert keys["field:name"] == "name"
    assert keys["size"] == "size"


@pytest.mark.parametrize(
    ("kind", "keys", "missing"),
    [
        ("members", {"first"}, ["who"]), ("members", {"number"}, []), ("registrants", {"mail"}, []), ("visits", {"first", "size"}, []), ("visits", {"first"}, ["name"]),
        ("hires", {"who", "headcount", "local_school"}, ["year"]), ("subsidies", {"who", "title"}, ["stage:申請"]), ("subsidies", {"who", "title", "stage:支払"}, []),
        ("guest_nights", {"quantity", "place", "state"}, ["first"]), ("guest_nights", {"year", "quantity", "place", "state"}, []), ("events", {"title", "kind"}, ["first"]),
    ],
)  # fmt: skip
def test_欠かせない列は言われ組のどれかがあれば足りる(
    kind: str, keys: set[str], missing: list[str]
) -> None:
    assert [c.key for c in lacking(register(kind), keys)] == missing


def test_年度が外から言われれば年の列は要らない() -> None:
    assert lacking(register("hires"), {"who", "headcount", "local_school"}, fiscal_year=2021) == ()
    keys = {"month", "quantity", "place", "state"}
    assert lacking(register("guest_nights"), keys, fiscal_year=2021) == ()
    assert lacking(register("guest_nights"), keys)


# -- words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("※ 交付額（千円）", "交付額"), ("(日付)", "日付"), ("参加者数 [単位：人]", "参加者数"), ("企 業 名", "企業名"), ("加入日\n（西暦）", "加入日"), ("氏名【必須】", "氏名"), ("ＴＥＬ", "tel"),
        ("1. 会社名：", "会社名"), ("金額　単位：円", "金額"),
    ],
)  # fmt: skip
def test_見出しは幅と空白と括弧と単位を除いて比べる(header: str, key: str) -> None:
    assert bare(header) == key


def test_見出しの単位を読む() -> None:
    assert unit_in("売上高（百万円）").scale == 10**6
    assert unit_in("（単位：千円）").name == "千円"
    assert unit_in("参加者数（会場）") is None


def test_はいといいえの言葉は重ならない() -> None:
    assert {True, False} == set(answers().values())
    for column in columns_of(register("subsidies")):
        assert all(word == bare(word) for word in synonyms(column))


# -- headers --------------------------------------------------------------------------------------------------

ROWS = [["見本鋳造", "R3.4.1", "正会員"], ["見本銀行", "R3.5.1", "賛助会員"]]


def test_見出しは題名や日付や注の下でも見つかる() -> None:
    rows = [
        ["令和3年度　会員名簿", "", ""], ["", "", "令和4年3月31日現在"], ["※ 退会した会員を含む", "", ""], [], ["企業名", "入会日", "会員の種別"], *ROWS,
    ]  # fmt: skip
    assert header_row(rows, columns_of(register("members"))) == 4
    assert head_of(rows).data == 5


def test_見出しがなければないと言う() -> None:
    assert header_row(ROWS) == -1
    assert header_row([]) == -1
    assert head_of([["", ""], []]) is None


def test_知らない言葉の見出しは形で分かる() -> None:
    rows = [["一覧"], ["とりくみ", "じっしび", "ひと"], ["甲", "2021/4/1", "3"]]
    assert header_row(rows) == 1
    rows = [["とりくみ", "じっしび", "ひと"], ["甲", "2021/4/1", "3"]]
    assert header_row(rows) == 0


def test_前に使った見出しは覚えた言葉で見つかる() -> None:
    rows = [["甲の部"], ["とりくみ", "ひと"], ["甲", "乙"]]
    assert head_of(rows) is None
    assert head_of(rows, (), ["とりくみ", "ひと"]).row == 1


def test_二段の見出しは一つにつながる() -> None:
    rows = [
        ["会員名簿", "", "", ""], ["企業名", "在籍期間", "", "会費"], ["", "加入日", "脱退日", "（千円）"], ["見本鋳造", "R3.4.1", "", "12"],
    ]  # fmt: skip
    head = head_of(rows, columns_of(register("members")))
    assert (head.row, head.lines, head.data) == (1, 2, 3)
    assert head.names == ("企業名", "在籍期間›加入日", "在籍期間›脱退日", "会費（千円）")
    assert taken(proposed(register("members"), head.names)) == {"who": 0, "first": 1, "last": 2}


def test_二段の見出しの結合されたセルは同じ列の名になる() -> None:
    def under(text: str) -> Typed:
        return Typed(text, under=True)

    rows = [
        ["会員名簿", *[under("会員名簿")] * 3], ["企業名", "在籍期間", under("在籍期間"), "種別"], [under("企業名"), "加入日", "脱退日", under("種別")], ["見本鋳造", "R3.4.1", "", "正会員"],
    ]  # fmt: skip
    head = head_of(rows, columns_of(register("members")))
    assert head.data == 3
    assert taken(proposed(register("members"), head.names)) == {"who": 0, "first": 1, "last": 2}


def test_見出しの下の一行は見出しの続きと取り違えない() -> None:
    rows = [["企業名", "備考", ""], ["見本鋳造", "本社", "盛岡"], ["見本銀行", "支店", "青森"]]
    assert head_of(rows).lines == 1


def test_表の上の単位は金額すべての単位になる() -> None:
    rows = [
        ["補助金", "", "（単位：千円）"],
        ["企業名", "交付決定日", "交付決定額"],
        ["見本鋳造", "R3.4.1", "500"],
    ]
    kind = register("subsidies")
    head = head_of(rows, columns_of(kind))
    assert (head.row, head.unit) == (1, "千円")
    mapping = proposed(kind, head.names, rows[head.data :], unit=head.unit)
    assert mapping.taken["decided"].factor == 1000
    assert mapping.taken["who"].factor == 1


# -- proposals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "企業名",
        "会社名",
        "事業者名",
        "名称",
        "団体名",
        "法人名",
        "企 業 名",
        "会社名（商号）",
        "Organisation",
    ],
)
def test_団体の列はいろいろな名で分かる(name: str) -> None:
    assert taken(proposed(register("members"), ["No.", name, "備考"])) == {"who": 1}


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("members", "入会日", "first"), ("members", "登録日", "first"), ("members", "退会年月日", "last"), ("visits", "訪問日", "first"), ("events", "開催日", "first"), ("events", "年月日", "first"),
        ("attendance", "参加者数", "size"), ("visits", "来場者数", "size"), ("visits", "人数（名）", "size"), ("purchases", "購入金額", "amount"), ("donations", "寄附額", "amount"), ("commissions", "契約日", "stage:契約"),
        ("subsidies", "交付決定年月日", "stage:交付決定"), ("hires", "対象年度", "year"), ("hires", "年度", "year"), ("guest_nights", "年月", "first"), ("guest_nights", "市町村名", "place"),
        ("registrants", "お名前", "name"), ("registrants", "ふりがな", "kana"), ("registrants", "E-mail", "mail"), ("registrants", "ご住所", "address"), ("registrants", "TEL", "phone"),
        ("hires", "採用者数", "headcount"), ("migrations", "世帯人員", "household"), ("experts", "派遣時間", "hours"),
    ],
)  # fmt: skip
def test_言い換えの名で列が分かる(kind: str, name: str, key: str) -> None:
    mapping = proposed(register(kind), [name])
    assert taken(mapping) == {key: 0}
    assert mapping.doubts == ()


def test_同じ名は言い換えより先に取られる() -> None:
    mapping = proposed(register("members"), ["登録日", "加入日", "名称", "団体名"])
    assert taken(mapping) == {"first": 1, "who": 3}
    assert proposed(register("events"), ["名称", "開催日"]).taken["title"].by == "name"


def test_二つの列が合うときは選ばずに尋ねる() -> None:
    mapping = proposed(register("members"), ["企業名", "入会日", "登録日"])
    assert taken(mapping) == {"who": 0}
    [doubt] = mapping.doubts
    assert doubt.keys == ("first",)
    assert doubt.indexes == (1, 2)
    assert (
        doubt.sentence()
        == "「加入日」に当たるのはB列「入会日」、C列「登録日」のどれか、決められません。選んでください。"
    )
    assert "Joined" in doubt.sentence("en")


def test_金額がいくつもある台帳の金額という列は残りが一つでも尋ねる() -> None:
    yen = {"ja": "決定額", "en": "Decided", "type": "money"}
    kind = made(fields={"one": yen, "two": yen | {"ja": "確定額", "en": "Fixed"}})
    [doubt] = proposed(kind, ["日付", "金額"]).doubts
    assert set(doubt.keys) == {"one", "two"}
    [doubt] = proposed(kind, ["確定額", "金額"]).doubts
    assert doubt.keys == ("one",)
    assert (
        doubt.sentence()
        == "B列「金額」が「決定額」かどうか、決められません。確かめて選んでください。"
    )


def test_登録番号は上書き用と書いてあるときだけ上書きの列になる() -> None:
    kind = register("members")
    assert "entry" not in proposed(kind, ["登録番号", "企業名"]).taken
    assert proposed(kind, ["登録番号（上書き用）", "企業名"]).taken["entry"].index == 0
    assert proposed(kind, ["番号", "企業名"], (), {"番号": "entry"}).taken["entry"].index == 0


def test_法人番号とメールと選択肢と日はセルから分かる() -> None:
    number = corporate_number("000020032018")
    rows = [["x", number, "正会員", "R3.4.1"], ["y", "", "賛助会員", "R3.5.1"]]
    mapping = proposed(register("members"), ["企業名", "番号", "種類", "いつから"], rows)
    assert taken(mapping) == {"who": 0, "number": 1, "member_type": 2, "first": 3}
    assert mapping.taken["number"].by == "values"
    people = [["見本太郎", "taro@example.jp"], ["見本花子", ""]]
    assert taken(proposed(register("registrants"), ["氏名", "連絡先"], people)) == {
        "name": 0,
        "mail": 1,
    }


def test_検査数字の合わない13桁や日付らしい数は手がかりにしない() -> None:
    rows = [["x", "1234567890123", Typed("44287", number=Decimal(44287))]]
    assert taken(proposed(register("members"), ["企業名", "番号", "会費"], rows)) == {"who": 0}


def test_日付の列が二つあればどちらかを尋ねる() -> None:
    rows = [["x", "2021/4/1", "2021/5/1"]]
    mapping = proposed(register("members"), ["企業名", "あ", "い"], rows)
    assert [doubt.keys for doubt in mapping.doubts] == [("first",)]


def test_覚えた対応が先に効き使わない列も覚える() -> None:
    kind = register("members")
    chosen = choose(["会社", "入会日", "登録日", "会費"], columns_of(kind), {"who": 0, "first": 2})
    memory = chosen.remember()
    assert memory == {"会社": "who", "入会日": "", "登録日": "first", "会費": ""}
    again = proposed(kind, ["登録日", "入 会 日", "会　社"], (), memory)
    assert taken(again) == {"first": 0, "who": 2}
    assert again.taken["first"].by == "remembered"
    assert again.doubts == ()


def test_人が選んだ単位も覚え見出しや表の上の単位があればそちらに従う() -> None:
    kind = register("purchases")
    columns = columns_of(kind)
    memory = choose(
        ["購入日", "金額"], columns, {"first": 0, "amount": 1}, {"amount": "千円"}
    ).remember()
    assert memory["金額"] == "amount|千円"
    assert proposed(kind, ["購入日", "金額"], (), memory).taken["amount"].factor == 1000
    assert proposed(kind, ["購入日", "金額"], (), memory, unit="円").taken["amount"].factor == 1
    assert (
        choose(["購入日", "金額（千円）"], columns, {"amount": 1}).remember()["金額(千円)"]
        == "amount"
    )


@pytest.mark.parametrize(
    ("kind", "header", "key", "factor"),
    [
        ("purchases", "金額（千円）", "amount", "1000"), ("purchases", "金額（百万円）", "amount", "1000000"), ("purchases", "金額（円）", "amount", "1"), ("overseas_sales", "海外取引の売上高（百万円）", "amount", "1000"),
        ("overseas_sales", "海外取引の売上高（円）", "amount", "0.001"), ("overseas_sales", "海外取引の売上高", "amount", "1"), ("festivals", "入込数（万人）", "quantity", "10000"), ("visits", "人数（千名）", "size", "1000"),
    ],
)  # fmt: skip
def test_見出しの単位は台帳の単位への掛け数になる(
    kind: str, header: str, key: str, factor: str
) -> None:
    mapping = proposed(register(kind), [header])
    assert mapping.taken[key].factor == Decimal(factor)
    assert mapping.doubts == ()


def test_数えるものの違う単位は尋ねる() -> None:
    [doubt] = proposed(register("guest_nights"), ["延べ宿泊者数（人）"]).doubts
    assert "「人」" in doubt.ja
    assert "「人泊」" in doubt.ja
    assert doubt.keys == ("quantity",)


def test_選んだ対応は知らない列を除く() -> None:
    mapping = choose(
        ["a", "b"], columns_of(register("members")), {"who": 1, "colour": 0, "last": -1}
    )
    assert taken(mapping) == {"who": 1}
    assert mapping.taken["who"].by == "chosen"


WORDS = st.sampled_from(
    [
        "企業名",
        "会社名",
        "日付",
        "入会日",
        "登録日",
        "金額",
        "人数",
        "備考",
        "年度",
        "市",
        "氏名",
        "メール",
        "",
        "No.",
        "合計",
        "期間",
    ]
)
CELLS = st.sampled_from(
    ["", "見本", "2021/4/1", "12", "taro@example.jp", "正会員", "合計", "4月"]
) | st.text(max_size=5)


@given(
    st.lists(st.lists(WORDS | CELLS, max_size=6), max_size=8), st.sampled_from(sorted(catalogue()))
)
def test_どんな表でも一つの列は一つにしか当たらず落ちない(rows, key: str) -> None:
    columns = columns_of(register(key))
    head = head_of(rows, columns)
    names = head.names if head is not None else ("",) * max(map(len, rows), default=0)
    mapping = propose(names, rows[head.data if head else 0 :], columns)
    indexes = [one.index for one in mapping.taken.values()]
    assert len(set(indexes)) == len(indexes)
    assert all(0 <= n < len(names) for n in indexes)
    settled = [doubt for doubt in mapping.doubts if not set(doubt.keys) & set(mapping.taken)]
    assert not {n for doubt in settled for n in doubt.indexes} & set(indexes)
    if len({bare(name) for name in names} - {""}) == len(names):
        assert taken(propose(names, (), columns, mapping.remember())) == taken(mapping)
