"""切り分け. A grid cut from the top down into tables, forms and single lines."""

from __future__ import annotations

from typing import Final

from sosei.core.money import find_yen
from sosei.reading.grid import Grid
from sosei.reading.layouts.strangers.frames import (
    Part,
    View,
    is_figure,
    means,
)
from sosei.reading.layouts.strangers.headings import FIGURES
from sosei.reading.layouts.strangers.rowkinds import (
    BELOW,
    across,
    form_pairs,
    header_height,
    is_form,
    is_header,
    is_label,
    is_ordinals,
    is_packed,
)
from sosei.reading.layouts.strangers.turning import is_turned, side_of


def parts(grid: Grid) -> list[Part]:
    """Cut a grid into tables, forms and lines, from the top down."""
    whole = View(grid, 0, grid.rows)
    out: list[Part] = []
    row = 0
    while row < grid.rows:
        part = _part(whole, row)
        if part is None:
            row += 1
            continue
        out.append(part)
        row = part.view.bottom
    return out


def _part(whole: View, row: int) -> Part | None:
    """Return the part that begins in a row; None for a row that holds nothing."""
    if not whole.row(row) or is_ordinals(whole, row):
        return None
    if is_packed(whole, row):
        return Part("cells", View(whole.grid, row, row + 1))
    if is_header(whole, row):
        height = header_height(whole, row)
        bottom = _table_end(whole, row, height)
        table = Part("table", View(whole.grid, row, bottom), header=height)
        return _better(table)
    line = across(whole, row)
    if line is not None and not (row + 1 < whole.grid.rows and _labels_down(whole, row)):
        return Part("line", View(whole.grid, row, row + 1), words=line)
    bottom = _form_end(whole, row)
    turned = View(whole.grid, row, bottom)
    if is_turned(turned):
        return Part("table", turned.turned(), header=side_of(turned))
    later = range(row + 1, bottom - 1) if bottom - row < _MOST else range(0)
    cut = (at for at in later if _turns(whole.grid, at, bottom))
    return Part("form", View(whole.grid, row, next(cut, bottom)))


#: Rows of a form that are looked into for a table that runs across.
_MOST: Final = 200


def _turns(grid: Grid, top: int, bottom: int) -> bool:
    """Tell whether a table that runs across begins in a row of a form: names of several indicators."""
    view = View(grid, top, bottom)
    cells = view.row(top)
    names = cells and means(cells[0].text).role == "indicator" and len(cells) > 2
    blank = cells and not view.words(top, 0) and len(cells) > 1
    blank = blank and means(view.words(top + 1, 0).text).role == "indicator"
    return bool(names or blank) and is_turned(view)


def _labels_down(whole: View, row: int) -> bool:
    """Tell whether a lone first cell is a label whose value is empty, in a column of labels."""
    cell = whole.row(row)[0]
    return bool(means(cell.text).whole and whole.width(cell) == 1 and is_form(whole, row))


def _better(table: Part) -> Part:
    """Return a table read across where its first column explains it better than its first row."""
    view = table.view
    return Part("table", view.turned(), header=side_of(view)) if is_turned(view) else table


def _table_end(view: View, top: int, height: int) -> int:
    """Return the row after a table: at an empty row, at other headers, at a form below."""
    row = top + height
    while row < view.rows.stop:
        if not view.row(row) and not _merged_into(view, row):
            break
        anew = is_header(view, row) and not _repeats(view, top, row) and not _is_dates(view, row)
        if anew and not _titles_again(view, top + height, row):
            break
        if _is_paid(view, row, top + height):
            break
        label = is_label(view, row) and not _goes_on(view, top + height, row)
        if label or is_packed(view, row) or _are_labels(view, row):
            break
        row += 1
    return row


def _are_labels(view: View, row: int) -> bool:
    """Tell whether a row is two labels or more, each with a value of its own: 決算額 | 4,200 | うち国費 | 2,100."""
    cells = view.row(row)
    first = next((means(cell.text) for cell in cells[:2] if means(cell.text).role), None)
    if first is None or not first.whole or len(cells) < 4 or not is_form(view, row):
        return False
    pairs = list(form_pairs(view, row))
    said = [means(label.text) for label, _ in pairs]
    own = BELOW | {"fund", "target", "number"}
    return (
        len(pairs) > 1 and all(h.whole and h.role in own for h in said) and all(f for _, f in pairs)
    )


def _is_paid(view: View, row: int, body: int) -> bool:
    """Tell whether a row below a table of figures is an amount with its label: 全体事業費（A＋B） | 1,840百万円 | A | ….

    A table with such a title in another row, or with money in its headers, is one of amounts; and a row whose cells
    stand where those above do is one more of the table.
    """
    cells = view.row(row)
    if len(cells) < 2 or row == body or means(cells[0].text).role != "money":
        return False
    if len(find_yen(cells[1].text)) != 1:
        return False
    heads = [cell for above in range(view.rows.start, body) for cell in view.row(above)]
    titles = [filled[0] for above in range(body, row) if (filled := view.row(above))]
    starts = {view.first_column(cell) for cell in cells}
    if any(starts <= {view.first_column(c) for c in view.row(above)} for above in range(body, row)):
        return False
    return not any(means(cell.text).role in {"money", "fund"} for cell in (*heads, *titles))


def _titles_again(view: View, top: int, row: int) -> bool:
    """Tell whether a row that reads like headers is one more of a table: its title stands in the same column above."""
    return any(
        (above := view.at(before, view.first_column(cell))) is not None
        and above is not cell
        and above.text == cell.text
        and means(cell.text).role in FIGURES
        for cell in view.row(row)
        for before in range(top, row)
    )


def _goes_on(view: View, first: int, row: int) -> bool:
    """Tell whether a table's rows go on below a row that is a label with a comment on the row above it."""
    after = row + 1
    while after < view.rows.stop and is_label(view, after):
        after += 1
    if after >= view.rows.stop:
        return row > first and any(_same_label(view, row, above) for above in range(first, row))
    cells = view.row(after)
    plain = len(cells) > 2 and not is_header(view, after) and not is_form(view, after)
    return plain and any(is_figure(cell.text) for cell in cells)


def _same_label(view: View, row: int, above: int) -> bool:
    cells, others = view.row(row), view.row(above)
    return bool(others) and cells[0] is not others[0] and cells[0].text == others[0].text


def _is_dates(view: View, row: int) -> bool:
    """Tell whether a row gives the dates of the figures above it: 時点, R3.4, R4.3."""
    meant = means(view.row(row)[0].text)
    return meant.role in {"when", "due"} and meant.whole


def _merged_into(view: View, row: int) -> bool:
    """Tell whether a row without words of its own is covered by a cell that began above."""
    return any(view.first_row(cell) < row for cell in view.every(row))


def _repeats(view: View, top: int, row: int) -> bool:
    """Tell whether a row repeats the headers where they stood, as at a new page; elsewhere they head another table."""
    return _set_out(view, top) == _set_out(view, row)


def _set_out(view: View, row: int) -> list[tuple[str, int]]:
    return [(cell.text, view.first_column(cell)) for cell in view.row(row)]


def _form_end(view: View, top: int) -> int:
    """Return the row after a form: at an empty row, at headers, at a line across."""
    row = top + 1
    while row < view.rows.stop and view.row(row):
        if is_header(view, row) or is_ordinals(view, row) or is_packed(view, row):
            break
        if (
            across(view, row) is not None
            and not _labels_down(view, row)
            and not _merged_into(view, row)
        ):
            break
        row += 1
    return row
