"""Files made wrong on purpose, the same ones every time: for the fuzz tests and for `make fuzz`."""

import io
import random
import zipfile

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
    return _bytes(data, chance)


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
