"""束. The passport of an edition as one ZIP that says the same for the same figures, with the program that recounts them.

    manifest.json          the SHA-256 of every other file, and of every line its first 16 digits
    edition.json           the edition, and its figures as they were printed
    measures.json          how they are counted: text, sentences, tree
    registers.json         what they are counted from, and what its owners closed
    entries/REGISTER.jsonl what is counted, without identity
    attributes.jsonl       what the subjects were, from when on
    verify_passport.py     recounts all of it; README.txt says how

What is left out or made coarser: `coarse`.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from sosei.core.fields import word
from sosei.core.fiscal import FiscalYear
from sosei.core.gaps import Gap
from sosei.evidence.measures.writing import write
from sosei.evidence.passport.coarse import Coarse, Line, jsonable
from sosei.evidence.passport.contents import Kpi, MeasureVersion, Passport, RegisterPart
from sosei.evidence.passport.refusals import IncompletePassport
from sosei.evidence.passport.tree import plain, tree

SCHEMA: Final = "sosei.passport/1"
MANIFEST: Final = "manifest.json"
#: Of a breakdown, fewer than this may tell who they are.
SMALL: Final = 3
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class SmallLine:
    """小さい行. A line for few entries of a confidential register: `register`, its number there, and how many they are."""

    register: str
    line: int
    n: int


def bundle(passport: Passport) -> bytes:
    """Return the bundle. The same passport gives the same bytes. Raises IncompletePassport."""
    _require_all(passport)
    held = _files(passport)
    manifest = {
        "schema": SCHEMA,
        "files": {
            name: {"sha256": sha256(data).hexdigest(), "lines": _digests(data)}
            for name, data in sorted(held.items())
        },
    }
    return _packed(held | {MANIFEST: f"{_json(manifest)}\n".encode()})


def passport_sha256(data: bytes) -> str:
    """Return what an edition prints of its bundle: the hash of its manifest, which holds those of all the rest."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sha256(archive.read(MANIFEST)).hexdigest()


def small_lines(passport: Passport, least: int = SMALL) -> tuple[SmallLine, ...]:
    """Return the lines that stand for few entries of confidential registers, for a person to look at before publishing."""
    coarse = Coarse(passport)
    return tuple(
        SmallLine(part.register.key, number, n)
        for part in passport.registers
        if part.shown == "summed"
        for number, line in enumerate(coarse.lines(part), 1)
        if (n := line.said.get("n", 1)) < least
    )


def entries_behind(passport: Passport, register: str) -> Mapping[int, tuple[int, ...]]:
    """Return which entries of the book stand behind the lines of a register, by the lines' numbers."""
    part = next(part for part in passport.registers if part.register.key == register)
    return {n: line.records for n, line in enumerate(Coarse(passport).lines(part), 1)}


def _require_all(passport: Passport) -> None:
    measures = {(one.key, one.version): one.measure for one in passport.measures}
    registers = {part.register.key for part in passport.registers}
    missing = [
        f"数え方「{kpi.measure}」第{kpi.version}版"
        for kpi in passport.kpis
        if (kpi.measure, kpi.version) not in measures
    ]
    for measure in measures.values():
        needed = (*measure.registers, *([measure.after.register] if measure.after else []))
        missing += [f"台帳「{key}」" for key in needed if key not in registers]
    if missing:
        missing = list(dict.fromkeys(missing))
        raise IncompletePassport(missing="、".join(missing), n=len(missing))


# -- the files ---------------------------------------------------------------------------------------------------------


def _files(passport: Passport) -> dict[str, bytes]:
    coarse = Coarse(passport)
    here = files("sosei.evidence.passport")
    return {
        "edition.json": _edition(passport),
        "measures.json": _lined({_key(one.key, one.version): _measure(one) for one in passport.measures}),
        "registers.json": _lined({part.register.key: _register(part, coarse) for part in passport.registers}),
        **{f"entries/{part.register.key}.jsonl": _entries(coarse.lines(part)) for part in passport.registers},
        "attributes.jsonl": _lines({**one, "was": [[_day(day), plain(value)] for day, value in one["was"]]} for one in coarse.attributes()),
        **{name: (here / name).read_bytes() for name in ("verify_passport.py", "README.txt")},
    }  # fmt: skip


def _edition(passport: Passport) -> bytes:
    of = passport.edition
    edition = {
        "title": of.title, "year": of.year, "number": of.number, "published_on": _day(of.published_on),
        "report_sha256": of.report_sha256, "journal": {"body": of.head.body, "seq": of.head.seq, "seal": of.head.seal},
    }  # fmt: skip
    words = {gap.value: [word("Value.gap", gap, "ja"), word("Value.gap", gap, "en")] for gap in Gap}
    kpis = ",\n".join(_json(_kpi(kpi)) for kpi in passport.kpis)
    return f'{{"edition": {_json(edition)},\n"words": {_json(words)},\n"kpis": [\n{kpis}\n]}}\n'.encode()


def _kpi(kpi: Kpi) -> dict[str, Any]:
    return {
        "indicator": kpi.indicator,
        "year": kpi.year,
        "label": [str(FiscalYear(kpi.year)), f"FY{kpi.year}"],
        "measure": _key(kpi.measure, kpi.version),
        "unit": kpi.unit,
        "printed": [_answer(kpi.printed), _answer(kpi.so_far)],
        "reason": kpi.reason,
        "counted": None if kpi.counted is None else [_answer(kpi.counted), None],
    }


def _answer(answer: Decimal | Gap | None) -> Any:
    return plain(answer) if isinstance(answer, Decimal) else answer and answer.value


def _measure(one: MeasureVersion) -> dict[str, Any]:
    text = write(one.measure)
    return {"key": one.key, "version": one.version, "text": text, "ja": one.ja, "en": one.en, "tree": tree(one.measure)}  # fmt: skip


def _register(part: RegisterPart, coarse: Coarse) -> dict[str, Any]:
    of = part.register
    expected = {
        str(year): sorted(coarse.numbers.of(of.key, one) for one in several)
        if coarse.shows_subjects(part)
        else len(several)
        for year, several in sorted(of.expected.items())
    }
    return {
        "kind": of.kind, "ja": part.ja, "stages": list(part.stages), "shown": part.shown,
        "closed_until": _day(of.closed_until), "closed_years": sorted(of.closed_years), "expected": expected,
    }  # fmt: skip


def _entries(lines: Iterable[Line]) -> bytes:
    return _lines({"id": n} | jsonable(line.said) for n, line in enumerate(lines, 1))


def _key(measure: str, version: int) -> str:
    return f"{measure}@{version}"


def _day(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day


def _json(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False)


def _lines(several: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(f"{_json(one)}\n" for one in several).encode()


def _lined(several: Mapping[str, Any]) -> bytes:
    """Return a table with a line for each, so that a changed one can be named."""
    inside = ",\n".join(f"{_json(key)}: {_json(one)}" for key, one in several.items())
    return f"{{\n{inside}\n}}\n".encode()


def _digests(data: bytes) -> list[str]:
    return [sha256(line).hexdigest()[:_DIGITS] for line in data.split(b"\n")]


def _packed(held: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(held):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, held[name])
    return out.getvalue()
