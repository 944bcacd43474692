"""検算. Recounts every KPI of a published edition from its bundle, and names every cell that differs.

    python verify_passport.py BUNDLE.zip [--expect HASH] [--en]        (or the folder into which it was unpacked)

HASH, printed in the published report, is the SHA-256 of manifest.json, which holds those of all other files and the
beginnings of those of their lines. Ends with 0 where all agrees, else with 1. Days are texts here: they sort as days do.
"""

# fmt: off
import json
import sys
import zipfile
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext
from hashlib import sha256
from pathlib import Path
from typing import Any

Json = dict[str, Any]
SIGNS = {"=": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}
LINE: Json = {"n": 1, "size": 1, "subject": None, "first": None, "last": None, "year": None, "stages": {}, "values": {}}

def _is(value: Any, sign: str, other: Any) -> bool:
    return (value > other) - (value < other) in SIGNS[sign] if type(value) is type(other) else sign == "!="

def _day(year: int, month: int, day: int) -> str:  # months may run into other years; of a shorter month, its last day
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04}-{month:02}-{min(day, monthrange(year, month)[1]):02}" if year > 0 else ""

class _Count:  # one measure for one fiscal year: which entries count (`_kept`), and what they come to (`answer`)
    def __init__(self, measure: Json, year: int, book: Json) -> None:
        self.m, self.book, self.stage, window, after = measure, book, measure["stage"], measure["window"], measure["after"]
        self.year, self.at, self.by_answer = year + window["shift"], window["of"] == "at", window["of"] == "survey"
        self.first, self.last = (_day(self.year + one[0], *one[1:]) if isinstance(one, list) else one for one in window["days"])
        self.before: dict[Any, list[str]] = {}  # the days on which a subject stood in the register that comes before
        for e in book[f"entries/{after['register']}.jsonl"] if after else ():
            self.before.setdefault(e["subject"], []).append(e["stages"].get(after["stage"]) or "~")

    def _in_window(self, e: Json, kind: str) -> bool:
        if self.stage is None and (kind == "survey" or self.by_answer):  # an answer says itself for which year it is
            return bool(e["year"] == self.year)
        if self.stage is None and kind == "roster" and self.at:  # who belongs on that day
            return (e["first"] or "") <= self.last <= (e["last"] or "~")
        first = e["stages"].get(self.stage) or "~"
        last = e["last"] or first if self.stage is None and kind == "series" and not self.at else first
        return all((self.at or self.first <= day) and day <= self.last for day in (first, last))

    def _follows(self, e: Json, within: int | None) -> bool:  # the same subject in the other register, not long before
        day = e["stages"].get(self.stage) or ""
        earliest = _day(int(day[:4]), int(day[5:7]) - within, int(day[8:])) if day and within is not None else ""
        return e["subject"] is not None and any(earliest <= one <= day for one in self.before.get(e["subject"], ()))

    def _value(self, path: Json, e: Json) -> Any:  # a column of an entry, or what its subject was on that day; or None
        if path["of"] == "entry":
            return e["values"].get(path["name"]) if path["name"] != "subject" else e["subject"] and Decimal(e["subject"])
        day = (e["first"] if path["asof"] == "entry" else None) or self.last
        was = self.book["attributes"].get((e["subject"], path["name"]), ())
        return [None, *(value for since, value in was if since <= day)][-1]

    def _holds(self, condition: Any, e: Json) -> bool:  # what is not known is neither this nor that
        word, of, *several = condition
        if word in ("not", "all", "either"):
            holds = [self._holds(one, e) for one in of]
            return not holds[0] if word == "not" else all(holds) if word == "all" else any(holds)
        value = self._value(of, e)
        return value is not None and (word == "known" or any(_is(value, word, one) for one in several))

    def _kept(self) -> list[Json]:
        found = [e for key in dict.fromkeys(self.m["registers"]) for e in self.book[f"entries/{key}.jsonl"]
                 if self._in_window(e, self.book["registers.json"][key]["kind"]) and self._holds(self.m["where"], e)
                 and (not self.m["after"] or self._follows(e, self.m["after"]["within"]))]
        groups: dict[Any, list[Json]] = {}
        for e in found if self.m["having"] else ():
            groups.setdefault(self._value(self.m["path"], e), []).append(e)
        for path, sign, least in self.m["having"]:  # of one subject: so many entries, or so many different values
            reached = {one: len({self._value(path, e) for e in of} - {None}) if path else sum(e["n"] for e in of)
                       for one, of in groups.items()}
            groups = {one: of for one, of in groups.items() if _is(reached[one], sign, least)}
        return [e for of in groups.values() for e in of] if self.m["having"] else found

    def _total(self, kept: list[Json], what: str) -> Decimal | None:
        values = [(e["last"] or e["first"] or "", e["id"], self._value(self.m["path"], e)) for e in kept if self.m["path"]]
        numbers = [one for one in values if isinstance(one[2], Decimal)]
        parts: Json = {"count": (e["n"] for e in kept), "people": (e["size"] for e in kept), "sum": (one[2] for one in numbers),
                       "distinct": (1 for _ in {one[2] for one in values} - {None}), "latest": (max(numbers)[2] for _ in "1")}
        total = sum(parts[what], Decimal(0)) if what != "latest" or numbers else None
        if total is None or not self.m["round"]:
            return total
        return total.quantize(Decimal(1).scaleb(-self.m["round"]["digits"]), self.m["round"]["how"])

    def answer(self) -> tuple[Any, Decimal | None]:  # the number and None, or why there is none and the number up to now
        kept, over, needed = self._kept(), self.m["over"], {*self.m["registers"], (self.m["after"] or {}).get("register")} - {None}
        whole = all(self.year in one["closed_years"] if one["kind"] == "survey" or self.by_answer else (one["closed_until"] or "")
                    >= self.last for key in needed for one in [self.book["registers.json"][key]])  # nothing is missing in them
        if over:  # every place, or every month of every place, must be there
            cut, first = 7 if over["monthly"] else 0, self.first or self.last
            there = {(str(one), (e["first"] or "")[:cut]) for e in kept if (one := self._value(over["path"], e)) is not None}
            months = {month for y in range(int(first[:4]), int(self.last[:4]) + 1) for m in range(1, 13)
                      if first[:7] <= (month := f"{y}-{m:02}") <= self.last[:7]} if cut else {""}
            whole = whole and there >= {(one, month) for one in over["values"] for month in months}
        total = self._total(kept, self.m["operation"])
        return (total, None) if whole and total is not None else ("not_measurable" if whole else "counting", total)

def _read(name: str, data: bytes) -> Any:  # numbers and days stand as {"$number": "12.5"} and {"$day": "2021-04-01"}
    kinds: Json = {"$number": Decimal, "$day": date.fromisoformat}
    text = data if name.endswith(".json") else b"[" + b",".join(data.splitlines()) + b"]"
    held = json.loads(text, object_hook=lambda one: next((kinds[key](one[key]) for key in one if key in kinds), one))
    return held if text is data else [LINE | one | {"stages": {None: one.get("first")} | one.get("stages", {})} for one in held]

def verify(root: Any, expect: str = "", en: bool = False) -> Iterator[tuple[bool, str]]:
    """Say what was changed in the bundle, and of every KPI whether counting gives what was published."""
    manifest, files, no = (root / "manifest.json").read_bytes(), {}, ("公表時と違います", "not as published")[en]
    proven = sha256(manifest).hexdigest() == expect
    yield proven or not expect, (("○ manifest.json: 公表時のとおり", "○ manifest.json: as published")[en] if proven
        else f"× manifest.json: {no}" if expect else ("－ manifest.json: 公表時のものかは、印字された番号を --expect の後に書いて確かめてください",
        "－ manifest.json: not proven to be as published; write the printed number after --expect")[en])
    for name, known in json.loads(manifest)["files"].items():
        data = files[name] = (root / name).read_bytes() if (root / name).exists() else b""
        if sha256(data).hexdigest() != known["sha256"]:
            now = (sha256(line).hexdigest()[:16] for line in data.split(b"\n"))
            lines = [str(i) for i, one in enumerate(zip(now, known["lines"], strict=False), 1) if one[0] != one[1]]
            yield False, f"× {name} {('{}行目', 'line {}')[en].format(', '.join(lines[:9]))}: {no}"
    book = {name: _read(name, data) for name, data in files.items() if ".json" in name}
    book["attributes"] = {(one["subject"], one["name"]): one["was"] for one in book["attributes.jsonl"]}
    for kpi in book["edition.json"]["kpis"]:  # an answer is the number, or why there is none and the number up to then
        measure, reason, words = book["measures.json"][kpi["measure"]]["tree"], kpi["reason"], book["edition.json"]["words"]
        with localcontext(prec=1000):  # nothing is lost in sums
            answer, right = _Count(measure, kpi["year"], book).answer(), kpi["counted"] if reason else kpi["printed"]
        well = kpi["unit"] == measure["unit"] and all(one in (None, found) for one, found in zip(right or (), answer, strict=False))
        said = [("、いまのところ ", ", so far ")[en].join(f"{(one + 0).normalize():,f} {unit}" if isinstance(one, Decimal) else words[one][en]
                for one in of or () if one is not None)
                for of, unit in ((kpi["printed"], kpi["unit"]), (answer, measure["unit"]), (kpi["counted"], kpi["unit"]))]
        typed = ("（担当者の入力: {}。公表時の計算 {}）", " (typed by a person: {}; counted then: {})")[en].format(reason, said[2] or "－")
        cell = ("指標「{}」 {}: 公表 {}{}、数え直し {}", "“{}” {}: published {}{}, recounted {}")[en].format(
            kpi["indicator"], kpi["label"][en], said[0], typed if reason else "", said[1])
        yield well, f"{'×○△'[well and 1 + bool(reason)]} {cell}"

if __name__ == "__main__":
    arguments, wrong = sys.argv[1:], 0
    hashes = [after for one, after in zip(arguments, [*arguments[1:], ""], strict=True) if one == "--expect"]
    place = Path(next((one for one in arguments if one not in ("--en", "--expect", *hashes)), "."))
    try:
        for well, line in verify(place if place.is_dir() else zipfile.Path(place), "".join(hashes).lower(), "--en" in arguments):
            wrong += not well
            sys.stdout.write(line + "\n")
    except Exception as why:
        sys.exit(f"× 束を読めません。 The bundle cannot be read. ({type(why).__name__}: {why})")
    sys.exit(min(wrong, 1))
