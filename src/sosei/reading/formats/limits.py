"""上限. How much of a file is read at most, and why; beyond that a file is refused, never read by half.

The goal behind all of them: an answer within ten seconds and one gigabyte, on an office's machine, where a cell takes
some 40 µs to open, 100 to 150 µs to understand and 1,500 bytes. The largest published workbooks seen have 2 MB, 60 sheets and 57,000 cells that hold
anything; a report on grants has some thousand.
"""

from __future__ import annotations

from typing import Final

#: Bytes of a file. Scanned PDFs are the largest that offices publish (40 MB); text is far smaller.
MAX_BYTES: Final = 64 * 1024**2
#: Bytes of a text file: a character becomes an object with its place only per cell, but the text is held twice.
MAX_TEXT_BYTES: Final = 32 * 1024**2
#: Bytes that the parts of a package which are read may unpack to, together; a parsed XML takes ten times its bytes.
MAX_UNPACKED: Final = 64 * 1024**2
#: Bytes of one XML part that is held as a tree (DOCX body, styles); sheets are read row by row instead.
MAX_TREE: Final = 32 * 1024**2
#: Elements that are held as trees, or read for their text, in one package; three attributes count as one. A table of
#: 60,000 cells in a DOCX has a million; each takes some 150 bytes, though it may be written in four.
MAX_ELEMENTS: Final = 1_500_000
#: Bytes of a part, read row by row, that may come without a row: all their elements are held at once.
MAX_HELD: Final = 8 * 1024**2
#: Rows, columns and merged ranges of a sheet: twice the rows that Excel has.
MAX_YIELDED: Final = 2_097_152
#: Strings that the sheets of a workbook share.
MAX_STRINGS: Final = 500_000
#: Parts in a package. A workbook of 60 sheets with drawings has some 300.
MAX_PARTS: Final = 10_000
#: Lines of a text outside tables: some 400 pages. A line takes up to 600 µs, as much as four cells, so that these are
#: read within ten seconds.
MAX_LINES: Final = 16_000
#: Cells of a document, all tables together: the largest workbook seen has 57,140, and 60,000 take up to ten seconds.
MAX_CELLS: Final = 60_000
#: Columns of a table. Excel has 16,384, but no person reads more than some dozens beside each other.
MAX_COLUMNS: Final = 1_000
#: Rows of a table; the rows of a sheet that hold nothing count too, for rows are numbered as on the sheet.
MAX_ROWS: Final = 100_000
#: Places of tables covered by merged cells, all together; beyond that the merging is left out, and said so.
MAX_COVERED: Final = 1_000_000
#: Columns a cell of a web page may span (the HTML standard's own bound).
MAX_COLSPAN: Final = 1_000
#: Tables within tables, elements within elements. Below Python's own depth of calls, far above any page's need.
MAX_DEPTH: Final = 200
#: Notes of one kind that are listed one by one before the file is refused or the rest is counted.
MAX_NOTES: Final = 200
#: Signs of a text that become objects of their own: tags, entities, line breaks within paragraphs, doubled quotes.
#: A page of 50,000 cells has 150,000.
MAX_MARKS: Final = 500_000
#: Commas and brackets of a JSON text; each may be one problem to report. 1,000 projects have some 200,000.
MAX_JSON_MARKS: Final = 1_000_000
#: Characters of one line or cell: what a spreadsheet's cell holds. No person writes a longer paragraph.
MAX_LINE: Final = 32_767
#: Characters of a document, mark-up left out: what is searched for years, figures and labels. A report of 1,000 pages
#: has a million.
MAX_CHARACTERS: Final = 2_000_000
#: Characters and drawn objects of a PDF that are read, all pages together; what is beyond is left and said so. A page has
#: some 2,000 and takes 2 µs for each, so that 4,000 pages are read.
MAX_PAGE_WORK: Final = 8_000_000
#: Pages one after another that cannot be opened, before the rest is left: a file may claim a thousand million.
MAX_BROKEN_PAGES: Final = 50
#: Pages of a document that are pictures and are looked at, some six seconds each; of more a person asks for a better file.
MAX_SEEN_PAGES: Final = 60
