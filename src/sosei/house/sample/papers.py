"""見本の証拠書類. A contract and its invoice as PDF, a note of a meeting, a picture: made here, marked as fictional, attached as an office does.

Each year the first commission has its papers; the others have none, so that what an auditor asks for is seen as well.
"""

from __future__ import annotations

import struct
import zlib
from datetime import date
from functools import cache
from typing import Final

import typst

from sosei.evidence import models as em
from sosei.evidence.actions.documents import Of, Said, attach
from sosei.house.sample.span import Span
from sosei.offices.models import Person
from sosei.publishing.forms.pdffont import fonts

_PAGE: Final = """
#set document(title: "{title}", date: none)
#set page(paper: "a4", margin: 30mm)
#set text(font: "Noto Sans JP", size: 11pt, lang: "ja")
#align(center, text(size: 18pt)[{title}])
#v(1em)
#align(right)[{day}]
{body}
#v(2em)
#text(fill: rgb("666666"))[この書類は見本市（架空の市）のもので、実在の団体とは関係ありません。]
"""
_WIDE, _HIGH = 240, 160


def attach_papers(by: Person, registers: dict[str, em.Register], span: Span) -> None:
    """Attach what proves the first commission and the first event of a year."""
    contract = _first(registers["commissions"], span)
    if contract is not None:
        place = Of(register=registers["commissions"].pk, number=contract)
        attach(
            by=by,
            of=place,
            files=[(f"業務委託契約書_{span.told}.pdf", _contract(span))],
            said=_said("contract", span),
        )
        attach(
            by=by,
            of=place,
            files=[(f"請求書_{span.told}.pdf", _invoice(span))],
            said=_said("invoice", span),
        )
    event = _first(registers["events"], span)
    if event is not None:
        place = Of(register=registers["events"].pk, number=event)
        attach(
            by=by,
            of=place,
            files=[(f"会場の様子_{span.told}.png", picture(span.told % 200))],
            said=_said("photo", span),
        )
        attach(
            by=by,
            of=place,
            files=[(f"開催の記録_{span.told}.txt", _minutes(span))],
            said=_said("other", span),
        )


def _said(sort: str, span: Span) -> Said:
    return Said(sort=sort, level="2", year=span.told)  # type: ignore[arg-type]


def _first(register: em.Register, span: Span) -> int | None:
    """Return the first entry of a year in a register."""
    rows = em.Entry.objects.filter(em.entries.CURRENT, register=register)
    begun = rows.filter(first__range=(span.day(4, 1), span.last)) | rows.filter(reached1__range=(span.day(4, 1), span.last))  # fmt: skip
    return begun.order_by("number").values_list("number", flat=True).first()


def _contract(span: Span) -> bytes:
    return _pdf("業務委託契約書（写し）", span.day(4, 15), (
        "見本市（以下「甲」という。）と株式会社見本企画（以下「乙」という。）は、次のとおり契約を結ぶ。",
        f"第一条　乙は、{span.told}年度の業務を仕様書のとおりに行う。", "第二条　契約の期間は、契約の日から年度の末日までとする。",
        "第三条　甲は、検査のあと、乙の請求により契約の金額を支払う。",
    ))  # fmt: skip


def _invoice(span: Span) -> bytes:
    return _pdf(
        "請求書",
        span.day(3, 20),
        ("見本市長　様", "業務委託契約にもとづき、契約の金額を請求します。", "株式会社見本企画"),
    )


def _pdf(title: str, day: date, lines: tuple[str, ...]) -> bytes:
    source = _PAGE.format(
        title=title, day=f"{day.year}年{day.month}月{day.day}日", body="\n\n".join(lines)
    )
    made = typst.compile(source.encode(), font_paths=_typefaces(), format="pdf", timestamp=0)
    assert isinstance(made, bytes)
    return made


@cache
def _typefaces() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts()[0])])  # fmt: skip


def _minutes(span: Span) -> bytes:
    return (
        f"開催の記録（見本）\n年度　{span.told}年度\n参加の人数は、受付の名簿で数えた。\n".encode()
    )


def picture(shade: int) -> bytes:
    """Return a picture (PNG) of a plain hall: two tones, nothing and nobody in it."""
    rows = (
        bytes([0]) + bytes([shade if high < _HIGH // 2 else 235] * _WIDE) for high in range(_HIGH)
    )
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""),
    )  # fmt: skip
    chunks = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts)  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
