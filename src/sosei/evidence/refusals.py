"""根拠の断り. What the room of evidence refuses where registers, entries and closings are concerned (E740–E769)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sosei.core.fiscal import FiscalYear
from sosei.evidence.measures.refusals import EvidenceRefusal
from sosei.evidence.sheets.said import Problem
from sosei.publishing.inquiry.days import day_shown


class NoSuchRow(EvidenceRefusal):
    """A number that is none of this body's, or was taken out."""

    code = "E740"
    ja = "「{what}」の{number}番は、この団体の台帳にありません。一覧から選び直してください。"
    en = "There is no {what} number {number} in this body's book. Choose from the list again."


class KeyTaken(EvidenceRefusal):
    """A register or measure of this key is there already."""

    code = "E741"
    ja = "記号「{key}」は、もう使われています。別の記号にしてください。"
    en = "The key “{key}” is in use already. Choose another one."


class FieldInUse(EvidenceRefusal):
    """A change of a register's definition that entries stand in the way of."""

    code = "E742"
    ja = "「{field}」は{entries}件の登録が使っているので、{what}。新しい項目を加えてください。"
    en = "“{field}” is used by {entries} entries ({what_en}). Add a new field instead."


class PeriodClosed(EvidenceRefusal):
    """What lies in a period that the register's owner has closed."""

    code = "E743"
    ja = "「{register}」の{period}は締めてあります。直すには、課長か企画課の人に、締めを解いてもらってください。"
    en = "“{register}” is closed {period_en}. To correct it, have the section head or planning reopen it."

    def __init__(
        self, *, register: str, until: date | None = None, years: Collection[int] = ()
    ) -> None:
        """Say up to which day, or of a survey for which years, it is closed."""
        named = [FiscalYear(year) for year in sorted(years)]
        super().__init__(
            register=register,
            period=f"{day_shown(until, weekday=False)}まで" if until else "・".join(map(str, named)),
            period_en=f"up to {day_shown(until, 'en', weekday=False)}" if until else f"for {', '.join(f'FY{one.start}' for one in named)}",
        )  # fmt: skip


class NothingToClose(EvidenceRefusal):
    """A closing that says nothing new."""

    code = "E744"
    ja = "「{register}」は、もう{until}まで締めてあります。"
    en = "“{register}” is closed up to {until} already."


class NotYetOver(EvidenceRefusal):
    """A day that has not yet passed cannot be closed."""

    code = "E745"
    ja = "{until}はまだ終わっていません。過ぎてから締めてください。"
    en = "{until} is not over yet. Close it when it is."


class UndoneAlready(EvidenceRefusal):
    """A batch that was taken back, or whose entries were changed since."""

    code = "E746"
    ja = "この登録の束は取り消せません。{entries}件がその後に直されたか、もう取り消されています。"
    en = "This batch cannot be undone: {entries} of its entries were changed since, or it is undone already."


class RowsWrong(EvidenceRefusal):
    """A sheet that cannot be entered as it is; `problems`: all that is wrong with it."""

    code = "E747"
    ja = "表に直すところが{count}か所あり、一行も登録していません。最初の{at}から、一覧のとおりに直してください。"
    en = "The sheet has {count} things to mend; nothing was entered. Begin at {at} and follow the list."

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep all problems; the sentence names the first and the number."""
        first = problems[0]
        super().__init__(
            count=len(problems),
            at=first.at,
            first=first.sentence("ja"),
            first_en=first.sentence("en"),
        )
        self.problems = tuple(problems)


class MeasureInUse(EvidenceRefusal):
    """A register that measures count from."""

    code = "E748"
    ja = "数え方「{measure}」が合わなくなります：{reasons}。先に数え方を直してください。"
    en = "The measure “{measure}” would no longer fit: {reasons_en}. Change the measure first."


class SameSubject(EvidenceRefusal):
    """Two subjects that cannot become one."""

    code = "E749"
    ja = "この二つの相手は一つにできません（種類か法人番号が違うか、同じものです）。"
    en = "These two cannot become one: their kinds or corporate numbers differ, or they are the same."


class EntryTwice(EvidenceRefusal):
    """Two rows that say what one entry is."""

    code = "E750"
    ja = "登録{number}番が二度書かれています。どちらか一行にして、渡し直してください。"
    en = "Entry {number} is written twice. Leave one of the two rows, then try again."


class MergeStays(EvidenceRefusal):
    """A batch that came by making two subjects one."""

    code = "E751"
    ja = "名寄せで書き換えた登録は、まとめては戻せません。別の相手だったものは、一件ずつ訂正してください。"
    en = "What became another's by merging cannot be undone at once. Correct each entry that is not his."


class NumberBeyond(EvidenceRefusal):
    """A number of a subject that cannot be summed exactly."""

    code = "E752"
    ja = "「{name}」の数{number}は扱えません。小数は四桁まで、一兆より小さくしてください。"
    en = "The number {number} of “{name}” cannot be kept. Use at most four decimals, and less than 10^12."


class SumBeyond(EvidenceRefusal):
    """A sum that no figure of a city comes to."""

    code = "E753"
    ja = "数え方「{measure}」の合計が400兆を超えるので、登録できません。数量や金額の単位を確かめてください。"
    en = "The sum of the measure “{measure}” would exceed 4×10^14. Check the units of quantities and amounts."


class NumbersFound(EvidenceRefusal):
    """A file that holds Individual Numbers; nothing of it was kept, and no number is repeated."""

    code = "E754"
    ja = "{at}に個人番号（マイナンバー）と思われる番号があるので、受け取らず、何も残していません。消して、渡し直してください。"
    en = "{at_en} seem to hold Individual Numbers (My Number). The file was not taken; nothing was kept. Delete them, then try again."

    def __init__(self, places: Sequence[str], count: int) -> None:
        """Name the first places, and how many there are."""
        rest = count - len(places)
        super().__init__(
            at="、".join(places) + (f"ほか{rest}か所" if rest else ""),
            at_en=", ".join(places) + (f" and {rest} more" if rest else ""),
        )


class UploadGone(EvidenceRefusal):
    """A file that was handed in more than a day ago, was entered or given up, or is somebody else's."""

    code = "E755"
    ja = "渡された表は、もうありません（取り込んだか、やめたか、一日が過ぎました）。もう一度渡してください。"
    en = "The sheet is no longer kept: it was entered, given up, or a day has passed. Please hand it in again."


class TooManyRows(EvidenceRefusal):
    """A sheet of more rows than pages enter or write at once."""

    code = "E756"
    ja = "一度に扱えるのは{limit}行までです。表を分けるか、条件で絞って、もう一度行ってください。"
    en = "At most {limit} rows are handled at once. Split the sheet, or narrow down the entries, then try again."


class NoHeader(EvidenceRefusal):
    """A file in which no row names the columns."""

    code = "E769"
    ja = (
        "「{file}」に、列の名前の行が見つかりません。一行目に列の名前を書いて、渡し直してください。"
    )
    en = "No row of “{file}” names its columns. Write their names into the first row, then try again."


class LaterClosing(EvidenceRefusal):
    """A closing that opens nothing again, for a later one stands."""

    code = "E787"
    ja = "「{register}」は{until}までの締めがあるので、この締めを解いても開きません。先にそちらを解いてください。"
    en = "“{register}” is closed up to {until} as well: reopening this closing opens nothing. Reopen that one first."


class AnsweredAlready(EvidenceRefusal):
    """Somebody whom a survey cannot have asked in vain: the answer is there."""

    code = "E788"
    ja = "{year}年度の回答（登録{entry}番）があるので、尋ねる相手から外せません。回答が誤りなら、先に抹消してください。"
    en = "There is an answer for FY{year} (entry {entry}): it was asked. If the answer is wrong, take it out first."


class UnreadableKindFile(EvidenceRefusal):
    """A file that is no declaration of a register: not UTF-8, or not TOML."""

    code = "E705"
    ja = "「{file}」の{line}行目を、台帳の定義として読めません。創生で書き出した定義のファイルを渡してください。"
    en = "Line {line} of “{file}” does not read as a definition. Hand in a definition as Sosei writes it."
