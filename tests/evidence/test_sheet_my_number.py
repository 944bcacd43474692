"""個人番号. Sheets with Individual Numbers are refused as a whole, and no number is ever repeated."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheetroom import block, corporate_number, my_number, read, register

from sosei.evidence.sheets.cells import Typed
from sosei.evidence.sheets.columns import columns_of
from sosei.evidence.sheets.mapping import choose
from sosei.evidence.sheets.mynumber import holds, is_headed, is_my_number
from sosei.evidence.sheets.rows import RowReader, SheetRead, read_rows

NUMBER = my_number("12345678901")
FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def silent(found: SheetRead) -> bool:
    """Whether nothing that is said repeats the number, in any width or grouping."""
    words = [
        p.sentence(lang) + repr(p.refusal.facts) for p in found.problems for lang in ("ja", "en")
    ]
    words += [note.ja + note.en for note in found.notes]
    narrow = "".join(words).translate({full: half for half, full in FULL.items()})
    return NUMBER not in narrow.replace("-", "").replace(" ", "")


@given(st.from_regex("[0-9]{11}", fullmatch=True))
def test_検査数字はどの11桁にも一つだけ(eleven: str) -> None:
    fits = [eleven + last for last in "0123456789" if is_my_number(eleven + last)]
    assert fits == [my_number(eleven)]
    assert holds(fits[0])


@pytest.mark.parametrize(
    "text",
    [NUMBER, f" {NUMBER} ", f"{NUMBER[:4]}-{NUMBER[4:8]}-{NUMBER[8:]}", f"{NUMBER[:4]} {NUMBER[4:8]} {NUMBER[8:]}", NUMBER.translate(FULL), f"番号は{NUMBER}です", f"マイナンバー：{NUMBER}（確認済）"],
)  # fmt: skip
def test_書き方が違っても見つける(text: str) -> None:
    assert holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "123456789012", my_number("12345678901")[:-1], "0" + NUMBER, NUMBER + "1", corporate_number("123456789012"), "019-651-4111", "+819012345678", f"T{NUMBER}", f"3.{NUMBER}", "2021/04/01 10:30",
    ],
)  # fmt: skip
def test_検査数字の合わない番号や桁の違う番号は個人番号ではない(text: str) -> None:
    assert not holds(text)


@pytest.mark.parametrize("column", range(4))
def test_人の台帳ではどの列にあっても全体を断る(column: int) -> None:
    row = ["見本太郎", "taro@example.jp", "2021/4/1", "覚え"]
    row[column] = NUMBER
    found = read(
        register("registrants"),
        block(
            ["氏名", "メール", "加入日", "備考"],
            ["見本花子", "", "2021/4/1", ""],
            row,
            ["見本次郎", "x", "2021/4/99", ""],
        ),
    )
    assert found.refused
    assert found.drafts == ()
    assert [(p.at, p.code) for p in found.problems] == [
        (f"貼り付け!{'ABCD'[column]}3", "E721"), ("貼り付け!B4", "E722"), ("貼り付け!C4", "E722"),
    ]  # fmt: skip
    assert silent(found)


def test_検査数字の合わない12桁は人の台帳でも止めない() -> None:
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    found = read(
        register("registrants"), block(["氏名", "加入日", "備考"], ["見本太郎", "2021/4/1", wrong])
    )
    assert not found.refused
    assert len(found.drafts) == 1


@pytest.mark.parametrize(
    "header", ["個人番号", "マイナンバー", "マイ ナンバー（12桁）", "My Number", "ﾏｲﾅﾝﾊﾞｰ"]
)
def test_個人番号と名乗る列はどの台帳でも断る(header: str) -> None:
    assert is_headed(header)
    found = read(
        register("members"), block(["企業名", header], ["見本鋳造", ""], ["見本銀行", NUMBER])
    )
    assert found.refused
    assert [(p.at, p.code) for p in found.problems] == [("貼り付け!B3", "E721")]
    assert silent(found)


def test_団体の台帳の名乗らない列の12桁は個人番号とみない() -> None:
    found = read(register("members"), block(["企業名", "伝票番号"], ["見本鋳造", NUMBER]))
    assert not found.refused
    assert len(found.drafts) == 1


def test_団体の台帳でも問題の文に個人番号らしい数を書かない() -> None:
    found = read(
        register("members"), block(["企業名", "法人番号", "加入日"], ["見本鋳造", NUMBER, NUMBER])
    )
    assert [p.code for p in found.problems] == ["E722", "E722"]
    assert silent(found)


def test_ブックの数のセルも頭の0が落ちた数も見つける() -> None:
    kind = register("registrants")
    mapping = choose(["氏名", "番号", "個人番号"], columns_of(kind), {"name": 0})
    short = next(my_number(f"00{n}") for n in range(123456789, 123456999))
    rows = [
        ["甲", Typed("1.23457E+11", number=Decimal(NUMBER)), ""], ["乙", "", Typed(short.lstrip("0"), number=Decimal(short))], ["丙", Typed(short.lstrip("0"), number=Decimal(short)), ""],
    ]  # fmt: skip
    found = read_rows(kind, mapping, rows)
    assert [p.at for p in found.problems] == ["B2", "C3"]
    assert found.refused


def test_合計や空の行にあっても断り一行ずつ読む者にも分かる() -> None:
    kind = register("registrants")
    mapping = choose(["氏名", "備考"], columns_of(kind), {"name": 0})
    reader = RowReader(kind, mapping)
    drafts = list(reader.drafts([["甲", ""], ["合計", NUMBER], ["", NUMBER], ["乙", ""]]))
    assert reader.refused
    assert [draft.who.name for draft in drafts] == ["甲"]
    assert [p.row for p in reader.problems] == [3, 4]


@given(
    st.lists(
        st.lists(
            st.sampled_from(["見本", "", NUMBER, "1", "R3.4.1"])
            | st.text(alphabet="0123456789- ０１２", max_size=16),
            min_size=3,
            max_size=3,
        ),
        max_size=5,
    )
)
def test_どんな人の表でも番号を繰り返さない(rows) -> None:
    kind = register("registrants")
    columns = {"name": 0, "first": 1, "age_band": 2}
    found = read_rows(kind, choose(["氏名", "加入日", "年代"], columns_of(kind), columns), rows)
    assert found.refused == any(holds(cell) for row in rows for cell in row)
    assert silent(found)
    assert not found.refused or found.drafts == ()
