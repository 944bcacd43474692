"""お断り. Why a file as a whole is not read: one class each, with a code that never changes and what to do instead."""

from __future__ import annotations

from sosei.core.errors import Unreadable


class Empty(Unreadable):
    """No bytes, or nothing but white space."""

    code = "E201"
    ja = "「{name}」は空です。正しいファイルかどうか確かめてください。"
    en = "“{name}” is empty. Check that it is the right file."


class TooLarge(Unreadable):
    """More bytes than are read."""

    code = "E202"
    ja = "「{name}」は{size}MBあり、上限の{limit}MBを超えています。必要な表だけを別のファイルに保存してください。"
    en = "“{name}” has {size} MB; the limit is {limit} MB. Save the tables you need as a file of their own."


class UnknownFormat(Unreadable):
    """Bytes that are neither text nor a format that is read."""

    code = "E203"
    ja = "「{name}」の形式が分かりません（先頭は{head}）。XLSX、DOCX、HTML、CSV、テキストのどれかで保存し直してください。"
    en = "The format of “{name}” is not known (it begins with {head}). Save it as XLSX, DOCX, HTML, CSV or text."


class Encrypted(Unreadable):
    """A password stands before the content."""

    code = "E204"
    ja = "「{name}」にはパスワードがかかっています。パスワードを外して保存し直してください。"
    en = "“{name}” is protected by a password. Save it without one."


class OldOffice(Unreadable):
    """A binary Office file of before 2007."""

    code = "E205"
    ja = "「{name}」は古い形式（{kind}）です。Excel か Word で開き、.xlsx か .docx で保存し直してください。"
    en = "“{name}” is in an old format ({kind}). Open it in Excel or Word and save it as .xlsx or .docx."


class NotSheet(Unreadable):
    """A PDF where the rows of a list are asked for; reports are read from PDF, lists are not."""

    code = "E206"
    ja = "「{name}」はPDFです。ここではPDFの読み取りはできません。元のXLSXかCSVがあれば、それを渡してください。"
    en = "“{name}” is a PDF, which cannot be read here. Give its XLSX or CSV original if there is one."


class Broken(Unreadable):
    """A package that is cut short or lacks a part."""

    code = "E207"
    ja = "「{name}」は壊れています（{where}：{fault}）。元のファイルを入手し直すか、開いて保存し直してください。"
    en = "“{name}” is damaged ({where}: {fault_en}). Get it again, or open it and save it anew."


class Swollen(Unreadable):
    """A package that unpacks to more than is read (a zip bomb, or a sheet formatted to its last row)."""

    code = "E208"
    ja = "「{name}」は展開すると{size}MBになり、上限の{limit}MBを超えます。使っていない行や列の書式、画像を消して保存し直してください。"
    en = "“{name}” unpacks to {size} MB; the limit is {limit} MB. Clear the formats of unused rows and columns and save it again."


class Dangerous(Unreadable):
    """XML that declares a document type or entities of its own, which no Office program writes."""

    code = "E209"
    ja = "「{name}」の{where}に、文書型や実体の宣言があります。安全のため読みません。Excel か Word で開いて保存し直してください。"
    en = "“{name}” declares a document type or entities in {where}; it is not read, for safety. Open it and save it anew."


class TooManyLines(Unreadable):
    """More lines than are read."""

    code = "E211"
    ja = "「{name}」の行数が上限の{limit}行を超えています。必要な部分だけを別のファイルに保存してください。"
    en = "“{name}” has more than {limit} lines. Save the part you need as a file of its own."


class TooManyCells(Unreadable):
    """More cells than are read."""

    code = "E212"
    ja = "「{name}」のセルの数が上限の{limit}個を超えています。必要な表だけを別のファイルに保存してください。"
    en = "“{name}” has more than {limit} cells. Save the tables you need as a file of their own."


class TooManyColumns(Unreadable):
    """More columns than are read."""

    code = "E213"
    ja = "「{name}」の{where}の列数が上限の{limit}列を超えています。必要な列だけを残して保存し直してください。"
    en = "{where} of “{name}” has more than {limit} columns. Keep the columns you need and save it again."


class TooDeep(Unreadable):
    """Tables or elements within each other, deeper than any document's need."""

    code = "E214"
    ja = "「{name}」の入れ子が深すぎます（上限{limit}段）。表の入れ子を解いて保存し直してください。"
    en = "“{name}” is nested too deeply (limit {limit}). Take the tables out of each other and save it again."


class UnknownEncoding(Unreadable):
    """Text in no encoding that is read."""

    code = "E215"
    ja = "「{name}」の文字コードが分かりません（{where}バイト目）。UTF-8で保存し直してください。"
    en = "The encoding of “{name}” is not known (byte {where}). Save it as UTF-8."


class Macro(Unreadable):
    """A workbook or document with macros. None is ever run, but none should travel either."""

    code = "E216"
    ja = "「{name}」にはマクロが入っています。安全のため読みません。マクロなしの .xlsx か .docx で保存し直してください。"
    en = "“{name}” holds macros; it is not read, for safety. Save it as .xlsx or .docx, without macros."


class OtherFormat(Unreadable):
    """A known format that is not read: OpenDocument, presentations, archives, pictures."""

    code = "E217"
    ja = "「{name}」は{kind}です。この形式は読みません。{advice}"
    en = "“{name}” is {kind_en}, which is not read. {advice_en}"


class NoFiles(Unreadable):
    """A set of files with none in it."""

    code = "E218"
    ja = "読むファイルが一つもありません。フォルダーの中を確かめてください。"
    en = "There is no file to read. Look into the folder."


class TooManyMarks(Unreadable):
    """More tags, entities, quotes or brackets than are read."""

    code = "E219"
    ja = "「{name}」の記号（タグ、引用符、括弧など）が上限の{limit}個を超えています。必要な部分だけを別のファイルに保存してください。"
    en = "“{name}” has more than {limit} signs (tags, quotes, brackets). Save the part you need as a file of its own."


class LongLine(Unreadable):
    """A line or cell longer than a person writes."""

    code = "E220"
    ja = "「{name}」に{limit}字を超える行かセルがあります（先頭は「{head}」）。行を改めるか、必要な部分だけを別のファイルに保存してください。"
    en = "“{name}” has a line or cell of more than {limit} characters (“{head}”). Break it, or save the part you need."


class TooMuchText(Unreadable):
    """More text than is read."""

    code = "E221"
    ja = "「{name}」の文字数が上限の{limit}字を超えています。必要な部分だけを別のファイルに保存してください。"
    en = "“{name}” has more than {limit} characters. Save the part you need as a file of its own."


class TooMuchDrawn(Unreadable):
    """A PDF that draws more than pages do: a stream that swells, forms that call each other over and over."""

    code = "E222"
    ja = "「{name}」は頁に描く図形が多すぎます（{what}）。表のある頁だけを別のPDFに保存してください。"
    en = "“{name}” draws too much ({what_en}). Save the pages with tables as a PDF of their own."
