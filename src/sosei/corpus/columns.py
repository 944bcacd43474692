"""列. The tables of a corpus and their columns: name, type, and what it means, in both languages.

The one place that says so: the Parquet files carry these sentences, and docs/manual/corpus.md is made from them
(tools/build_corpus_docs.py). Types: `text`, `i32`, `i64`, `f64`, `bool`, `decimal` (30 digits, 15 of them behind the
point: every number that a Report can hold, exactly), `texts` (list), `words` (map of text to text), `places` (list of
places).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "i32", "i64", "f64", "bool", "decimal", "texts", "words", "places"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `needed`: never null."""

    name: str
    kind: Kind
    ja: str
    en: str
    needed: bool = False


def _columns(text: str) -> tuple[Column, ...]:
    """Return the columns that lines of `name | kind | 日本語 | English` describe; `kind!`: never null."""
    found = []
    for line in filter(None, text.splitlines()):
        name, kind, ja, en = (part.strip() for part in line.split("|"))
        found.append(Column(name, kind.rstrip("!"), ja, en, needed=kind.endswith("!")))  # type: ignore[arg-type]
    return tuple(found)


_PLACE_FIELDS: Final = """
source      | text | CSV一式のうちのどのファイルか | which file of a set of CSV files
page        | i32  | 頁（1から）。PDF | page from 1 (PDF)
x0          | f64  | 枠の左端（ポイント、頁の左上から） | left of the box, points from the page's top left
y0          | f64  | 枠の上端 | top of the box
x1          | f64  | 枠の右端 | right of the box
y1          | f64  | 枠の下端 | bottom of the box
sheet       | text | シートの名前。Excel | name of the sheet (XLSX)
cell        | text | セルの範囲（A1形式）。Excel | range of cells, A1 style (XLSX)
table_no    | i32  | 表の番号（1から）。Word、HTML | number of the table from 1 (DOCX, HTML)
row_no      | i32  | 表の行、テキストでは行の番号（1から） | row of the table, or line of a text, from 1
column_no   | i32  | 表の列、テキストでは行の中の位置（1から） | column of the table, or within the line, from 1
char_start  | i32  | 文字の位置の始まり（0から）。テキスト、CSV | first character, from 0 (text, CSV)
char_end    | i32  | 文字の位置の終わり（この文字は含まない） | end of the characters, exclusive
ocr         | f64  | 文字認識の確からしさ（0～1）。画像から読んだときだけ | confidence of character recognition (0 to 1), where read from a picture
"""
_PLACE: Final = (
    _PLACE_FIELDS
    + """
more_places | places | 二つ目からの場所（頁で切れたセルなど） | further places (a cell cut by a page)
"""
)
_WHOSE: Final = """
path              | text! | ファイルの場所（DIRから、区切りは「/」） | path of the file from DIR, with “/”
project           | i32!  | ファイルの中の事業の番号（1から） | number of the project within its file, from 1
"""
_BODY: Final = """
municipality      | text  | 報告する団体。書かれていなければ空 | the municipality that reports; null where the file does not say
municipality_code | text  | 6桁の全国地方公共団体コード。一つに決まるとき | six-digit code, where the name identifies one body
fiscal_year       | i32   | 年度（始まる年。2021は令和3年度） | fiscal year, by the year of its April
inferred          | bool  | 年度が、書かれずにほかの記載から定めたものか | whether the year is inferred, not printed
"""

#: Table → its columns. Its file is TABLE.parquet.
TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "files": _columns(
        """
path         | text! | ファイルの場所（DIRから、区切りは「/」）。CSV一式は「…_*.csv」 | path of the file from DIR, with “/”; of a set of CSV files: …_*.csv
sha256       | text  | 中身の要約値。開けなければ空 | digest of its bytes; null where it could not be opened
bytes        | i64!  | 大きさ | size
format       | text  | 形式（xlsx、docx、html、csv、tsv、text、json、pdf） | format
status       | text! | read 読んだ、refused 断った、ended 時間かメモリーの上限か落ちて打ち切った | read, refused, or ended by a limit or a fall
code         | text  | 断った番号（errors.md） | code of the refusal (errors.md)
message      | text  | 断った理由と、すること（日本語） | why and what to do, in Japanese
message_en   | text  | 断った理由と、すること（英語） | why and what to do, in English
title        | text  | 報告書の題名 | title of the report
"""
        + _BODY
        + """
n_projects   | i32!  | 事業の数 | number of projects
n_indicators | i32!  | 指標の数 | number of indicators
n_values     | i32!  | 値の数（values の行） | number of values (rows of values)
n_sure       | i32!  | うち、独立した照合で確かな値 | of them sure
n_unread     | i32!  | 読めなかった所の数（unread の行） | number of places not read (rows of unread)
"""
    ),
    "projects": _columns(
        _WHOSE
        + _BODY
        + """
kind              | text! | result 実績、plan 次年度の計画、goal 事業ではない目標 | result, plan, or goal that is no project
id                | text  | 識別子 | identifier
number            | text  | 文書の中の番号 | number in the document
name              | text  | 事業の名称 | name
name_raw          | text  | 名称の元の表記（違うとき） | name as written, where that differs
grant             | text  | 交付金 | grant
grant_type        | text  | 交付金の種類 | type of the grant
groups            | texts | 上の区分（基本目標、施策など） | headings above it
departments       | texts | 担当課 | departments
bodies            | texts | 共同で行う団体 | municipalities of a joint project
period            | text  | 実施期間（元の表記） | period as written
period_first      | i32   | 実施期間の最初の年度 | first fiscal year of the period
period_last       | i32   | 実施期間の最後の年度 | last fiscal year of the period
activities        | texts | 実施内容 | what was done
grade             | text  | 事業の評価 | own grade
verified_by       | text  | 検証した機関 | body that verified
verified_on       | text  | 検証した日 | day of verification
expert_judgement  | text  | 外部有識者の評価 | experts' judgement
expert_opinion    | text  | 外部有識者の意見 | experts' opinion
obstacle          | text  | 課題 | obstacle
countermeasure    | text  | 対応 | countermeasure
next_policy       | text  | 今後の方針 | next policy
next_policy_reason | text | 今後の方針の理由 | reason for it
scales            | words | ほかの評価（観点→評価） | further judgements, aspect to grade
remarks           | texts | 備考 | remarks
ext               | text  | そのほか（JSON） | whatever else, as JSON
"""
        + _PLACE
    ),
    "indicators": _columns(
        _WHOSE
        + """
indicator         | i32!  | 事業の中の指標の番号（1から） | number of the indicator within its project, from 1
"""
        + _BODY
        + """
id                | text  | 識別子 | identifier
number            | text  | 文書の中の番号 | number in the document
name              | text  | 指標の名称。名のない指標は空 | name; null where the source has none
name_raw          | text  | 名称の元の表記（違うとき） | name as written, where that differs
parent            | text  | 上の指標 | indicator above it
unit              | text  | 単位 | unit
definition        | text  | 定義 | definition
statistic         | text  | 統計の名前 | statistic it is taken from
kpi_type          | text  | input、output、outcome | input, output or outcome
direction         | text  | up 増やす、down 減らす、keep 保つ | up, down or keep
expression        | text  | level、increment、single_year、cumulative、point_in_time | how the figure is expressed
year_type         | text  | fiscal 年度、calendar 暦年 | fiscal or calendar
count_kind        | text  | gross 延べ、unique 実数 | gross or unique
note              | text  | 注 | note
ext               | text  | そのほか（JSON） | whatever else, as JSON
"""
        + _PLACE
    ),
    "values": _columns(
        _WHOSE
        + """
indicator         | i32   | 事業の中の指標の番号。経費は空 | number of the indicator within its project; null for spending
point             | i32   | 指標の中の年の欄の番号。基準値などは空。経費では行の番号 | number of the year within its indicator (null: baseline and the like); of the line, for spending
role              | text! | baseline 基準値、target 目標、actual 実績、cumulative_actual 累計の実績、increase_total 増加分の累計、rate 達成率（印刷のまま）、rating 評価、spending 経費 | what the value is
"""
        + _BODY
        + """
grant             | text  | 交付金 | grant
project_number    | text  | 事業の番号 | number of the project
project_name      | text  | 事業の名称 | name of the project
kpi_number        | text  | 指標の番号 | number of the indicator
kpi_name          | text  | 指標の名称 | name of the indicator
kpi_parent        | text  | 上の指標 | indicator above it
label             | text  | 経費の名、または年度でない欄の見出し | label of the spending, or of a column that names no fiscal year
number            | decimal | 数値。空は数がないこと、0は結果としての零 | the number; null: there is none, 0 is a result
unit              | text  | 数値の単位。経費では印刷の単位（yen は常に円） | unit of the number; of spending as printed (yen is always yen)
yen               | i64   | 金額（円）。経費だけ | amount in whole yen (spending)
gap               | text  | 数がない理由 counting 集計中、undecided 未定、not_applicable、not_measurable、dash －、blank 空欄 | why there is no number
text              | text  | 数でない値（設置、105.3%、Aなど） | a value in words, a printed rate, a rating
op                | text  | 以上 >=、以下 <=、超 >、未満 < | bound of a target
state             | text  | forecast 見込み、preliminary 速報、final 確定 | forecast, preliminary or final
as_of             | text  | いつ現在か | as of when
expected          | text  | いつ出るか | when it is to come
due               | text  | 目標の年月 | month the target is due
sure              | bool  | 独立した照合で、数・役割・年・単位が確かか | whether independent checks agree on number, role, year and unit
kpi_type          | text  | input、output、outcome | input, output or outcome
direction         | text  | up 増やす、down 減らす、keep 保つ | up, down or keep
expression        | text  | level、increment、single_year、cumulative、point_in_time | how the figure is expressed
year_type         | text  | fiscal 年度、calendar 暦年 | fiscal or calendar
count_kind        | text  | gross 延べ、unique 実数 | gross or unique
spending_kind     | text  | commission、contribution、subsidy、budget、settled、granted、other | kind of spending
spending_role     | text  | line 行、subtotal 小計、total 合計 | line, subtotal or total
spending_number   | text  | 経費の番号 | number of the spending
fund              | text  | 財源 | source of the money
shared_by         | i32   | 何団体分の合計か | the amount is the total of so many bodies
note              | text  | 注 | note
raw               | text  | 元の表記（違うとき） | as written, where that differs
"""
        + _PLACE
    ),
    "unread": _columns(
        """
path         | text! | ファイルの場所（DIRから、区切りは「/」） | path of the file from DIR, with “/”
code         | text! | 読めなかったわけ | why it was not placed
raw          | text! | そこに書かれていること | what stands there
"""
        + _PLACE
    ),
}
#: What a place in `more_places` has.
PLACE_FIELDS: Final = _columns(_PLACE_FIELDS)
