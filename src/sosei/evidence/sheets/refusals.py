"""よその表の断り. What is wrong in a cell, a row or a sheet that was to go into a register, and what to do (E720–E729)."""

from __future__ import annotations

from sosei.evidence.measures.refusals import EvidenceRefusal


class SheetProblem(EvidenceRefusal):
    """Something of a sheet that cannot go into a register as it is."""

    code = "E720"


class MyNumberFound(SheetProblem):
    """A number that is a person's Individual Number. Neither this nor anything else ever repeats it."""

    code = "E721"
    ja = "{at}に個人番号（マイナンバー）と思われる番号があります。個人番号は取り込めません。その列か行を消して、渡し直してください。"
    en = "{at} holds what seems to be an Individual Number (My Number). It is never imported. Delete that column or row, then try again."


class CellUnreadable(SheetProblem):
    """A cell that is not what its column holds."""

    code = "E722"
    ja = "{at}「{column}」の「{text}」を{what}として読めません。{how}。"
    en = "{at}, “{column_en}”: “{text}” cannot be read as {what_en}. {how_en}."


class NothingSaid(SheetProblem):
    """A blank cell of a column that every entry needs."""

    code = "E723"
    ja = "{at}「{column}」が空です。この台帳には欠かせない欄です。値を書いてください。"
    en = "{at}, “{column_en}” is blank. This register cannot do without it. Please fill it in."


class NoSuchChoice(SheetProblem):
    """A word that is none of a column's choices."""

    code = "E724"
    ja = "{at}「{column}」の「{text}」は選択肢にありません。{choices}のどれかにしてください。"
    en = "{at}, “{column_en}”: “{text}” is none of the choices. Use one of {choices}."


class OutOfBounds(SheetProblem):
    """A day or number beyond what an entry can hold."""

    code = "E725"
    ja = "{at}「{column}」の「{text}」は登録できる範囲の外です。{bounds}にしてください。"
    en = "{at}, “{column_en}”: “{text}” is beyond what can be entered. Use {bounds_en}."


class OutOfOrder(SheetProblem):
    """A day that lies before the one it must follow."""

    code = "E726"
    ja = "{at}：「{later}」（{later_day}）が「{earlier}」（{earlier_day}）より前です。どちらかの日を直してください。"
    en = "{at}: “{later_en}” ({later_day}) lies before “{earlier_en}” ({earlier_day}). Correct one of the two days."


class RowContradicts(SheetProblem):
    """A row that does not say one thing."""

    code = "E727"
    ja = "{at}：{what}。{how}。"
    en = "{at}: {what_en}. {how_en}."


class ColumnMissing(SheetProblem):
    """A column that the register cannot do without, and that no column of the sheet was chosen for."""

    code = "E728"
    ja = "「{sheet}」のどの列が「{column}」か、選ばれていません。列を選ぶか、表に列を加えてください。"
    en = "No column of “{sheet}” is chosen as “{column_en}”. Choose one, or add it to the sheet."


class WorkbookTooLarge(SheetProblem):
    """A workbook whose sheet unpacks to more than is read."""

    code = "E729"
    ja = "「{name}」は大きすぎます（展開して{limit}MBまで）。Excelで「CSV UTF-8」の形式で保存し直すか、シートを分けてください。"
    en = "“{name}” is too large (up to {limit} MB unpacked). Save it as “CSV UTF-8” in Excel, or split its sheets."


class MergedTooMuch(SheetProblem):
    """Merged ranges that cover more cells than any sheet of people does."""

    code = "E730"
    ja = "「{name}」の結合されたセルが覆う欄が多すぎます（{limit}欄まで）。結合を解いて保存し直してください。"
    en = "The merged cells of “{name}” cover too many cells (up to {limit}). Unmerge them and save it again."
