"""作図. The few shapes that charts are made of, with numbers written the same everywhere.

Colours are presentation attributes, so that a chart stands alone; classes (chart-*) let a page's style sheet replace
them. Width of text is estimated: wide characters one em, others 0.6.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import Final

from sosei.publishing.charts.series import Series

Number = Decimal | int

#: Width of every chart in its own units; a page scales it.
WIDTH: Final = 360
#: Size of type in the same units.
SIZE: Final = 12
LINE: Final = 17
_TENTH: Final = Decimal("0.1")
_TARGET: Final = "#767676"
_ACTUAL: Final = "#0031d8"
_INK: Final = "#1a1a1a"


def plain(number: Number) -> str:
    """Return a coordinate: at most one decimal, no exponent, no minus zero.

    >>> plain(Decimal("12.96")), plain(Decimal("-0.04")), plain(7)
    ('13', '0', '7')
    """
    text = format(Decimal(number).quantize(_TENTH, ROUND_HALF_UP), "f").rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def width_of(text: str) -> Decimal:
    """Return about how wide a text is drawn."""
    wide = sum(unicodedata.east_asian_width(ch) in "WFA" for ch in text)
    return Decimal(wide * SIZE) + Decimal(len(text) - wide) * SIZE * Decimal("0.62")


def cut(text: str, room: Number) -> str:
    """Return a text that fits, its end left out where it does not."""
    if width_of(text) <= room:
        return text
    while text and width_of(text) + SIZE > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, room: Number, most: int = 3) -> list[str]:
    """Return a text in lines that fit, the last of `most` cut."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most - 1 and width_of(rest) > room:
        end = 1
        while end < len(rest) and width_of(rest[: end + 1]) <= room:
            end += 1
        space = rest.rfind(" ", 0, end + 1)
        end = space if space > end // 2 and rest[end - 1].isascii() else end
        lines.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [*lines, cut(rest, room)]


def tag(
    name: str, attributes: Iterable[tuple[str, str | Number]], content: str | None = None
) -> str:
    """Return an element."""
    pairs = "".join(
        f' {key}="{escape(value) if isinstance(value, str) else plain(value)}"'
        for key, value in attributes
    )
    return f"<{name}{pairs}/>" if content is None else f"<{name}{pairs}>{content}</{name}>"


def text(
    x: Number,
    y: Number,
    words: str,
    *,
    anchor: str = "start",
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Return words whose base line is at y; `halo` keeps them legible over lines."""
    attributes: list[tuple[str, str | Number]] = [("x", x), ("y", y), ("fill", _INK)]
    attributes += [("class", "chart-text chart-halo" if halo else "chart-text")]
    attributes += [("text-anchor", anchor)] if anchor != "start" else []
    attributes += [("font-weight", "bold")] if bold else []
    outline = [("stroke", "#ffffff"), ("stroke-width", "4"), ("paint-order", "stroke")]
    attributes += [*outline, ("stroke-linejoin", "round")] if halo else []
    return tag("text", attributes, escape(words))


def box(x: Number, y: Number, width: Number, height: Number, look: str, ident: str = "") -> str:
    """Return a rectangle that looks like an actual (solid), a target (outlined) or a gap (hatched)."""
    looks = {
        "actual": [("class", "chart-actual"), ("fill", _ACTUAL)],
        "target": [("class", "chart-target"), ("fill", "none"), ("stroke", _TARGET), ("stroke-width", "1.5")],
        "gap": [
            ("class", "chart-gap"), ("fill", f"url(#{ident}-hatch)"), ("stroke", _TARGET), ("stroke-dasharray", "3 2"),
        ],
    }  # fmt: skip
    return tag("rect", [("x", x), ("y", y), ("width", width), ("height", height), *looks[look]])


def line(x1: Number, y1: Number, x2: Number, y2: Number, look: str = "axis") -> str:
    """Return a line: axis, base (dashed), or a rule of the grid."""
    looks = {
        "axis": [("class", "chart-axis"), ("stroke", _TARGET)],
        "rule": [("class", "chart-rule"), ("stroke", "#d9d9d9")],
        "base": [("class", "chart-base"), ("stroke", _INK), ("stroke-dasharray", "2 3"), ("stroke-width", "1.5")],
        "mark": [("class", "chart-mark"), ("stroke", _INK), ("stroke-width", "3")],
    }  # fmt: skip
    return tag("line", [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), *looks[look]])


def heading(series: Series) -> tuple[str, int]:
    """Return the name and unit of what is drawn, in as many lines as it takes, and where they end."""
    title = series.title + (f"（{series.unit}）" if series.unit else "")
    lines = wrapped(title, WIDTH - 8)
    shown = "".join(text(4, LINE * at, words, bold=True) for at, words in enumerate(lines, 1))
    return shown, LINE * len(lines) + 8


def picture(series: Series, ident: str, height: Number, body: str) -> str:
    """Return the whole image with its name and its figures in words."""
    hatch = tag(
        "pattern",
        [("id", f"{ident}-hatch"), ("width", 6), ("height", 6), ("patternUnits", "userSpaceOnUse")],
        tag("path", [("d", "M0 6L6 0"), ("class", "chart-hatch"), ("stroke", _TARGET)]),
    )
    attributes: list[tuple[str, str | Number]] = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("role", "img"),
        ("aria-labelledby", f"{ident}-title {ident}-desc"),
        ("viewBox", f"0 0 {WIDTH} {plain(height)}"),
        ("width", WIDTH),
        ("height", height),
        ("font-size", SIZE),
        ("font-family", "sans-serif"),
    ]
    named = tag("title", [("id", f"{ident}-title")], escape(series.title))
    named += tag("desc", [("id", f"{ident}-desc")], escape(series.described()))
    return tag("svg", attributes, f"{named}<defs>{hatch}</defs>{body}")


def legend(series: Series, y: Number, ident: str, *, bullet: bool = False) -> tuple[str, Decimal]:
    """Return the key to target, actual and baseline, in as many lines as it takes, and where it ends."""
    entries = [(series.words[0], "mark" if bullet else "target"), (series.words[1], "actual")]
    if series.baseline is not None:
        entries.append((f"{series.words[2]} {series.baseline.words}", "base"))
    if series.gaps:
        entries.append(("・".join(series.gaps), "gap"))
    out, x, at = [], Decimal(4), Decimal(y)
    for words, look in entries:
        name = cut(words, WIDTH - 40)
        wide = 22 + width_of(name) + 12
        if x > 4 and x + wide > WIDTH:
            x, at = Decimal(4), at + LINE
        out.append(_swatch(x, at, look, ident) + text(x + 22, at, name))
        x += wide
    return "".join(out), at + 8


def _swatch(x: Decimal, y: Decimal, look: str, ident: str) -> str:
    if look == "base":
        return line(x, y - 4, x + 16, y - 4, "base")
    if look == "mark":
        return line(x + 8, y - 10, x + 8, y + 2, "mark")
    return box(x, y - 9, 16, 9, look, ident)
