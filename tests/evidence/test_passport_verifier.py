"""検算. The standalone verifier names every changed cell, line and file, is short, and needs nothing but Python."""

import ast
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from passports import (
    INDICATORS,
    Files,
    part,
    passport_of,
    resealed,
    sample,
    sample_parts,
    small,
    unpacked,
)

from sosei.core.gaps import Gap
from sosei.evidence.measures import parse
from sosei.evidence.measures.counting import count
from sosei.evidence.measures.entries import Attribute, Record
from sosei.evidence.passport import Passport, bundle, entries_behind, passport_sha256
from sosei.evidence.passport import verify_passport as verifier
from sosei.evidence.passport.verify_passport import verify

PROGRAM = Path(str(verifier.__file__))
MAKERS = "会員ものづくり企業数"
ROOT = Path(__file__).parents[2]


def said_of(files: Files, expect: str = "", *, en: bool = False) -> tuple[list[str], list[str]]:
    """What the verifier calls wrong, and what else it says; where it cannot go on, that is the last."""
    wrong: list[str] = []
    well: list[str] = []
    try:
        for right, line in verify(files, expect, en):
            (well if right else wrong).append(line)
    except Exception as why:
        wrong.append(f"{type(why).__name__}")
    return wrong, well


def kpi_changed(passport: Passport, at: int, **changes) -> Passport:
    kpis = list(passport.kpis)
    kpis[at] = replace(kpis[at], **changes)
    return replace(passport, kpis=tuple(kpis))


@pytest.fixture(scope="module")
def whole() -> tuple[Passport, bytes, Files]:
    passport = sample()
    data = bundle(passport)
    return passport, data, unpacked(data)


# -- what is right -----------------------------------------------------------------------------------------------------


def test_正しい束はすべての欄が一致する(whole) -> None:
    _, data, files = whole
    wrong, well = said_of(files, passport_sha256(data))
    assert wrong == []
    assert len(well) == 29
    assert well[0] == "○ manifest.json: 公表時のとおり"
    assert f"○ 指標「{MAKERS}」 令和3年度: 公表 10 社、数え直し 10 社" in well
    assert "○ 指標「卒業生の就職者数」 令和3年度: 公表 集計中、いまのところ 10 人、数え直し 集計中、いまのところ 10 人" in well  # fmt: skip
    assert "○ “移住者数” FY2020: published 15 人, recounted 15 人" in said_of(files, en=True)[1]


def test_番号を渡さなければ目録が公表のものかは確かめていないと言う(whole) -> None:
    files = whole[2]
    wrong, well = said_of(files)
    assert not wrong
    assert well[0].startswith("－ manifest.json: 公表時のものかは")
    assert said_of(files, "0" * 64)[0] == ["× manifest.json: 公表時と違います"]


# -- what is not -------------------------------------------------------------------------------------------------------


def test_違う値を公表した欄は両方の数で名指す(whole) -> None:
    passport = kpi_changed(whole[0], 3, printed=Decimal(33))
    assert (passport.kpis[3].indicator, passport.kpis[3].year) == (MAKERS, 2021)
    wrong, well = said_of(unpacked(bundle(passport)))
    assert wrong == [f"× 指標「{MAKERS}」 令和3年度: 公表 33 社、数え直し 10 社"]
    assert len(well) == 28
    assert said_of(unpacked(bundle(passport)), en=True)[0] == [
        f"× “{MAKERS}” FY2021: published 33 社, recounted 10 社"
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"printed": Gap.COUNTING}, {"printed": Gap.NOT_APPLICABLE}, {"printed": Decimal("10.5")}, {"printed": Decimal(-10)},
        {"unit": "人"}, {"so_far": Decimal(10)}, {"year": 2012}, {"measure": "m2"},
    ],
)  # fmt: skip
def test_値でも理由でも単位でも年度でも違えば言う(whole, changes) -> None:
    wrong, _ = said_of(unpacked(bundle(kpi_changed(whole[0], 3, **changes))))
    assert len(wrong) == 1
    assert MAKERS in wrong[0]


def test_どの欄の公表した値を一つ変えてもその欄だけを名指す(whole) -> None:
    for at, kpi in enumerate(whole[0].kpis):
        other = kpi.printed + 1 if isinstance(kpi.printed, Decimal) else Gap.UNDECIDED
        wrong, _ = said_of(resealed(unpacked(bundle(kpi_changed(whole[0], at, printed=other)))))
        assert len(wrong) == 1
        assert f"「{kpi.indicator}」 令和{kpi.year - 2018}年度: 公表 " in wrong[0]


def test_途中の数が違っても言う(whole) -> None:
    assert whole[0].kpis[1].printed is Gap.COUNTING
    wrong, _ = said_of(unpacked(bundle(kpi_changed(whole[0], 1, so_far=Decimal(11)))))
    assert len(wrong) == 1
    silent, _ = said_of(unpacked(bundle(kpi_changed(whole[0], 1, so_far=None))))
    assert silent == []


def test_理由を書いて入力した値は両方を示し誤りとは言わない(whole) -> None:
    typed = kpi_changed(whole[0], 3, printed=Decimal(33), reason="銀行を数えた", counted=Decimal(10))  # fmt: skip
    wrong, well = said_of(unpacked(bundle(typed)))
    assert wrong == []
    line = f"△ 指標「{MAKERS}」 令和3年度: 公表 33 社（担当者の入力: 銀行を数えた。公表時の計算 10 社）、数え直し 10 社"
    assert line in well
    unknown = kpi_changed(whole[0], 3, printed=Decimal(33), reason="{0}を数えた")
    assert any("{0}を数えた。公表時の計算 －）" in one for one in said_of(unpacked(bundle(unknown)))[1])  # fmt: skip
    drifted = kpi_changed(typed, 3, counted=Decimal(11))
    assert len(said_of(unpacked(bundle(drifted)))[0]) == 1


def test_締めを取り消せば集計中になり言う(whole) -> None:
    parts = [
        replace(one, register=replace(one.register, closed_until=None)) if one.register.key == "members" else one
        for one in whole[0].registers
    ]  # fmt: skip
    wrong, _ = said_of(unpacked(bundle(replace(whole[0], registers=tuple(parts)))))
    assert wrong == [
        f"× 指標「{MAKERS}」 令和{n}年度: 公表 10 社、数え直し 集計中、いまのところ 10 社" for n in (2, 3)
    ]  # fmt: skip


def test_前になければならない台帳の締めを取り消しても集計中になり言う(whole) -> None:
    parts = [
        replace(one, register=replace(one.register, closed_until=date(2022, 3, 30))) if one.register.key == "consultations" else one
        for one in whole[0].registers
    ]  # fmt: skip
    wrong, _ = said_of(unpacked(bundle(replace(whole[0], registers=tuple(parts)))))
    [kpi] = [kpi for kpi in whole[0].kpis if kpi.indicator == "移住者数" and kpi.year == 2021]
    assert wrong == [
        f"× 指標「移住者数」 令和3年度: 公表 {kpi.printed} 人、数え直し 集計中、いまのところ {kpi.printed} 人"
    ]


def test_説明書の見本は検算が言うとおり() -> None:
    """34 makers were counted, 33 published."""
    firms = [
        Record(id=n, register="members", subject=n, first=date(2015, 4, 1)) for n in range(1, 35)
    ]
    makers = [Attribute(subject=n, name="maker", value=True) for n in range(1, 35)]
    measure = {MAKERS: parse(INDICATORS[MAKERS])}
    passport = passport_of(measure, [part("members")], firms, makers, (2021,))
    wrong, _ = said_of(unpacked(bundle(kpi_changed(passport, 0, printed=Decimal(33)))))
    assert f"```\n{wrong[0]}\n```" in (ROOT / "docs" / "manual" / "passport.md").read_text("utf-8")


# -- single bytes ------------------------------------------------------------------------------------------------------


def changed(files: Files, name: str, at: int, *, by: int = 1) -> Files:
    data = bytearray(files[name])
    data[at] ^= by
    return Files({**files, name: bytes(data)})


def assert_named(files: Files, name: str, at: int, expect: str) -> None:
    line = files[name][:at].count(b"\n") + 1
    wrong, _ = said_of(changed(files, name, at), expect)
    named = [one for one in wrong if one.startswith(f"× {name} ")]
    assert named, (name, at)
    first = named[0].removeprefix(f"× {name} ").partition("行目")[0].split(", ")[0]
    assert first == str(line)


def test_小さい束のどの一字を変えても行まで名指す() -> None:
    data = bundle(small())
    files, expect = unpacked(data), passport_sha256(data)
    for name in files.keys() - {"manifest.json", "README.txt", "verify_passport.py"}:
        for at in range(len(files[name])):
            assert_named(files, name, at, expect)


def test_大きい束でも抜き取ったどの一字を変えても名指す(whole) -> None:
    _, data, files = whole
    expect = passport_sha256(data)
    for name in files.keys() - {"manifest.json"}:
        for at in range(7, len(files[name]), max(1, len(files[name]) // 7)):
            assert_named(files, name, at, expect)


def test_目録のどの一字を変えても番号と違うと言う() -> None:
    data = bundle(small())
    files, expect = unpacked(data), passport_sha256(data)
    for at in range(0, len(files["manifest.json"]), 13):
        wrong, _ = said_of(changed(files, "manifest.json", at), expect)
        assert wrong[0] == "× manifest.json: 公表時と違います"


def test_公表した値の数字を変えれば欄も名指す(whole) -> None:
    _, _, files = whole
    lines = files["edition.json"].split(b"\n")
    for number, line in enumerate(lines, 1):
        mark = b'"printed": [{"$number": "'
        if mark in line:
            at = sum(len(one) + 1 for one in lines[: number - 1]) + line.index(mark) + len(mark)
            wrong, _ = said_of(changed(files, "edition.json", at))
            kpi = json.loads(line.rstrip(b","))
            assert wrong[0] == f"× edition.json {number}行目: 公表時と違います"
            assert wrong[1].startswith(f"× 指標「{kpi['indicator']}」 {kpi['label'][0]}: 公表 ")


def of_every_sort() -> Passport:
    """A small book of which one figure is counted, one still being counted (with so far), one typed with a reason."""
    plain = small()
    parts = [
        replace(one, register=replace(one.register, closed_years=frozenset()))
        if one.register.key == "overseas_sales" else one
        for one in plain.registers
    ]  # fmt: skip
    measures = {kpi.indicator: plain.measure_of(kpi) for kpi in plain.kpis}
    found = passport_of(measures, parts, plain.records, plain.attributes, (2020, 2021))
    at = next(n for n, kpi in enumerate(found.kpis) if isinstance(kpi.printed, Decimal))
    was = found.kpis[at].printed
    return kpi_changed(found, at, printed=Decimal("1208.5"), reason="別の名簿で数えた", counted=was)


def digits(line: bytes) -> list[int]:
    """Where the digits of figures stand in a line."""
    return [
        at for found in re.finditer(rb'"\$number": "([-0-9.]+)"', line)
        for at in range(*found.span(1)) if line[at : at + 1].isdigit()
    ]  # fmt: skip


def test_公表した値のどの桁をどの数字に変えてもその欄を名指す() -> None:
    """Every figure of the edition, every digit of it, every other digit; also by who makes the manifest fit."""
    passport = of_every_sort()
    files = unpacked(bundle(passport))
    lines, tried = files["edition.json"].split(b"\n"), 0
    figures = {kpi.indicator: 0 for kpi in passport.kpis}
    for number, line in enumerate(lines, 1):
        for at, other in product(digits(line), b"0123456789"):
            if line[at] == other:
                continue
            now = line[:at] + bytes([other]) + line[at + 1 :]
            edition = b"\n".join([*lines[: number - 1], now, *lines[number:]])
            kpi = json.loads(line.rstrip(b","))
            cell = f"「{kpi['indicator']}」 {kpi['label'][0]}: 公表 "
            named = said_of(Files({**files, "edition.json": edition}))[0]
            assert named[0] == f"× edition.json {number}行目: 公表時と違います"
            made_fit = said_of(resealed(Files({**files, "edition.json": edition})))
            typed = at < line.find(b'"counted"') and kpi["reason"]
            assert [one for one in (*named[1:], *made_fit[0]) if cell not in one] == []
            assert len(made_fit[0]) == (0 if typed else 1), (
                "a typed figure is a person's: shown beside the count"
            )
            figures[kpi["indicator"]] += 1
            tried += 1
    assert min(figures.values()) > 0
    assert tried > 100


def test_数えた件のどの数のどの桁を変えても行まで名指し数え直しも違うと言う() -> None:
    passport = of_every_sort()
    data = bundle(passport)
    files, expect, tried = unpacked(data), passport_sha256(data), 0
    for name in (one for one in files if one.startswith("entries/")):
        lines = files[name].split(b"\n")
        for number, line in enumerate(lines, 1):
            for at, other in product(digits(line), b"0123456789"):
                if line[at] == other:
                    continue
                altered = line[:at] + bytes([other]) + line[at + 1 :]
                now = b"\n".join([*lines[: number - 1], altered, *lines[number:]])
                changed_files = Files({**files, name: now})
                assert f"× {name} {number}行目: 公表時と違います" in said_of(changed_files)[0]
                assert said_of(resealed(changed_files), expect)[0][0].startswith(
                    "× manifest.json: "
                )
                tried += 1
    assert tried > 100


# -- whoever also changes the manifest ---------------------------------------------------------------------------------


def test_行を消して目録も作り直すと数え直しか番号で分かる(whole) -> None:
    """Each line of each register in turn: exactly the cells are named of which the entry was part."""
    passport, data, files = whole
    registers = {one.register.key: one.register for one in passport.registers}
    for register in sample_parts():
        key = register.register.key
        name = f"entries/{key}.jsonl"
        lines = files[name].splitlines(keepends=True)
        for number, behind in list(entries_behind(passport, key).items())[::5]:
            left = Files({**files, name: b"".join(lines[: number - 1] + lines[number:])})
            records = [record for record in passport.records if record.id not in behind]
            parted = [
                kpi
                for kpi in passport.kpis
                if key in passport.measure_of(kpi).registers or key == "consultations"
                if _differs(passport, kpi, count(passport.measure_of(kpi), kpi.year, registers, records, passport.attributes))
            ]  # fmt: skip
            wrong, _ = said_of(resealed(left))
            assert [one[: one.index(": ")] for one in wrong] == [
                f"× 指標「{kpi.indicator}」 令和{kpi.year - 2018}年度" for kpi in parted
            ]
            assert said_of(resealed(left), passport_sha256(data))[0][0].startswith("× manifest")


def _differs(passport: Passport, kpi, answer) -> bool:
    printed = answer.value if answer.gap is None else answer.gap
    return (printed, answer.so_far) != (kpi.printed, kpi.so_far)


def test_台帳の締めや属性を変えて目録も作り直すと欄を名指す(whole) -> None:
    _, _, files = whole
    registers = files["registers.json"].replace(b"2022-03-31", b"2022-03-30")
    wrong, _ = said_of(resealed(Files({**files, "registers.json": registers})))
    assert {one.split("」")[1] for one in wrong} >= {" 令和3年度: 公表 10 社、数え直し 集計中、いまのところ 10 社"}  # fmt: skip
    attributes = files["attributes.jsonl"].replace(b'[["", true]]', b'[["", false]]', 1)
    wrong, _ = said_of(resealed(Files({**files, "attributes.jsonl": attributes})))
    assert wrong
    assert all(MAKERS in one for one in wrong)


def test_なくしたファイルと読めないファイルを名指す(whole) -> None:
    _, _, files = whole
    gone = Files({name: data for name, data in files.items() if name != "entries/members.jsonl"})
    assert said_of(gone)[0][0].startswith("× entries/members.jsonl ")
    broken = Files({**files, "edition.json": b"{"})
    assert said_of(broken)[0] == ["× edition.json 1行目: 公表時と違います", "JSONDecodeError"]


# -- as an auditor runs it ---------------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the file alone, without the project, its packages or the environment."""
    command = [sys.executable, "-I", "-S", str(arguments[0]), *map(str, arguments[1:])]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_監査人は束の中のファイルだけで検算できる(whole, tmp_path: Path) -> None:
    _, data, files = whole
    place, folder = tmp_path / "束.zip", tmp_path / "束"
    place.write_bytes(data)
    with zipfile.ZipFile(place) as archive:
        archive.extractall(folder)
    assert files["verify_passport.py"] == PROGRAM.read_bytes()
    program, expect = folder / "verify_passport.py", passport_sha256(data)
    for of in (place, folder):
        done = run(program, of, "--expect", expect.upper())
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.count("○ ") == 29
    english = run(program, "--en", place)
    assert english.returncode == 0
    assert english.stdout.startswith("－ manifest.json: not proven to be as published")
    (folder / "edition.json").write_bytes(files["edition.json"].replace(b'"10"', b'"11"'))
    wrong = run(program, folder)
    assert wrong.returncode == 1
    assert f"× 指標「{MAKERS}」 令和3年度: 公表 11 社、数え直し 10 社" in wrong.stdout


def test_束でないファイルも壊れた束も断る(tmp_path: Path) -> None:
    for name, data in (("a.zip", b"no zip"), ("b.zip", bundle(small())[:-900])):
        (tmp_path / name).write_bytes(data)
        done = run(PROGRAM, tmp_path / name)
        assert done.returncode == 1
        assert "束を読めません" in done.stderr
    data = bytearray(bundle(small()))
    data[200] ^= 1
    (tmp_path / "c.zip").write_bytes(data)
    assert run(PROGRAM, tmp_path / "c.zip").returncode == 1
    assert run(PROGRAM, tmp_path / "ない.zip").returncode == 1


# -- the file itself ---------------------------------------------------------------------------------------------------


def test_検算のファイルは百五十行以内で標準ライブラリだけを使う() -> None:
    text = PROGRAM.read_text("utf-8")
    assert len(text.splitlines()) <= 150
    assert max(map(len, text.splitlines())) <= 140
    imported = [
        name
        for node in ast.walk(ast.parse(text))
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom)
            else [one.name for one in node.names] if isinstance(node, ast.Import) else []
        )
    ]  # fmt: skip
    assert imported
    assert {str(name).split(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize("check", [["check"], ["format", "--check"]])
def test_検算のファイルは書き方の検査に通る(check: list[str]) -> None:
    command = [sys.executable, "-m", "ruff", *check, "--no-cache", str(PROGRAM)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout
