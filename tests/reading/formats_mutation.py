"""Files made wrong on purpose, the same ones every time: for the fuzz tests and for `make fuzz`."""

import io
import random
import re
import zipfile
import zlib

_SPLICES = [
    b"\0" * 8, b"\xff\xfe", b"<table>" * 40, b"</td>", b"<!--", b'"', b"\t" * 50, b"\r\n" * 50, b"&#x110000;",
    b"<w:tbl>", b"<row r='99999999'>", b" colspan='99999'", b"\xed\xa0\x80", b"{" * 500, b"[" * 2000, b"9" * 400,
    b"<!DOCTYPE a>", b"PK\x03\x04", "９９％～".encode(), b"1e309", b"-", b"]]>", b"xml:space='x'",
]  # fmt: skip


def mutated(data, seed):
    """The bytes with a few places changed; of a package, every other time a part inside it."""
    chance = random.Random(seed)
    if data[:2] == b"PK" and chance.random() < 0.7:
        return _inside(data, chance)
    if data[:5] == b"%PDF-" and chance.random() < 0.8:
        return _drawn(data, chance)
    return _bytes(data, chance)


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
#: What a page's drawing may say wrongly: turned and huge matrices, states never closed, figures without end.
_DRAWING = [
    b" q " * 300, b" Q " * 30, b" 0 1e9 -1e9 0 0 0 cm ", b" 1e-9 0 0 1e-9 0 0 cm ", b" BT " * 9, b" ET ",
    b" 0 0 1e30 1e30 re f ", b" 10 10 m 500 10 l S " * 400, b" /Fm0 Do ", b" /Im0 Do ", b" (\x8a\xbf) Tj ", b" W n ",
    b" 1 1 1 rg ", b" [0.1 900] 0 d ", b" 3 Tr ", b" 0 Tz ", b" NaN 0 0 1 re ", b" -32768 0 0 1 re f ",
]  # fmt: skip


def _drawn(data, chance):
    """Change what one stream of a PDF holds (unpacked where it is packed), or an object outside them."""
    spans = [found.span(1) for found in _STREAM.finditer(data)]
    if not spans or chance.random() < 0.2:
        return _objects(data, chance)
    first, last = chance.choice(spans)
    try:
        content, packed = zlib.decompress(data[first:last]), True
    except zlib.error:
        content, packed = data[first:last], False
    if chance.random() < 0.5:
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(_DRAWING) + content[at:]
    else:
        content = _bytes(content, chance)
    return data[:first] + (zlib.compress(content) if packed else content) + data[last:]


def _objects(data, chance):
    """Change references and sizes: pages that hold themselves, boxes turned over, lengths that lie."""
    marks = list(
        re.finditer(rb"(\d+) 0 R|/Length \d+|/MediaBox ?\[[^\]]*\]|/Rotate \d+|/Count \d+", data)
    )
    if not marks:
        return _bytes(data, chance)
    one = chance.choice(marks)
    said = one[0].split(b" ")[0]
    new = {
        b"/Length": b"/Length %d" % chance.choice((0, 1, 10**9)),
        b"/Rotate": b"/Rotate %d" % chance.choice((90, 45, -90, 10**9)),
        b"/Count": b"/Count %d" % chance.choice((0, -1, 10**9)),
    }.get(said)
    if new is None and one[1] is None:
        new = chance.choice(
            (b"/MediaBox [0 0 0 0]", b"/MediaBox [0 0 1e9 1e9]", b"/MediaBox [900 900 0 0]")
        )
    return data[: one.start()] + (new or b"%d 0 R" % chance.randrange(1, 40)) + data[one.end() :]


def _bytes(data, chance):
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(7):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at:]
            case 2:
                del out[at : at + chance.randrange(1, 40)]
            case 3:
                out[at:at] = out[max(0, at - 60) : at] * chance.choice((1, 3, 30))
            case 4:
                out[at:at] = chance.choice(_SPLICES)
            case 5:
                out[at : at + 12] = reversed(out[at : at + 12])
            case _:
                out[at : at + 1] = bytes(b ^ 1 << chance.randrange(8) for b in out[at : at + 1])
    return bytes(out)


def _inside(data, chance):
    """Change one part of a package, or leave it out, or store it twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = old.read(name)
            if name == chosen:
                if chance.random() < 0.1:
                    continue
                content = _bytes(content, chance)
            new.writestr(name, content)
    return out.getvalue()
