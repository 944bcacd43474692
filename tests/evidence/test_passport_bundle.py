"""束の中身. What a bundle holds is the same for the same figures, and no more of anybody than the measures ask."""

import ast
import io
import json
import random
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from passports import (
    END,
    KEY,
    PRIVATE,
    Files,
    part,
    passport_of,
    sample,
    sample_attributes,
    sample_parts,
    sample_records,
    unpacked,
)

from sosei.core.gaps import Gap
from sosei.evidence import passport as room
from sosei.evidence.measures import parse
from sosei.evidence.measures.entries import Attribute, Record, Register
from sosei.evidence.passport import (
    IncompletePassport,
    Passport,
    RegisterPart,
    SmallLine,
    bundle,
    entries_behind,
    passport_sha256,
    small_lines,
)
from sosei.evidence.passport.verify_passport import verify

FILES = [
    "README.txt", "attributes.jsonl", "edition.json", "manifest.json", "measures.json", "registers.json", "verify_passport.py",
]  # fmt: skip


def lines(files: Files, register: str) -> list[dict]:
    return [json.loads(line) for line in files[f"entries/{register}.jsonl"].splitlines()]


def bundled(text: str, parts: list[RegisterPart], records: list[Record], attributes=()) -> Files:
    """The bundle of one measure for 令和3年度, which can be counted again."""
    passport = passport_of({"指標": parse(text)}, parts, records, attributes, (2021,))
    files = unpacked(bundle(passport))
    assert all(well for well, _ in verify(files))
    return files


# -- the file ----------------------------------------------------------------------------------------------------------


def test_同じ中身からはいつも同じ束ができる() -> None:
    mixed = list(sample_records())
    random.Random(1).shuffle(mixed)
    one, other = bundle(sample()), bundle(replace(sample(), records=tuple(mixed)))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == sorted(names)
    registers = [f"entries/{one.register.key}.jsonl" for one in sample_parts()]
    assert sorted(names) == sorted([*FILES, *registers])


def test_印字する番号は目録のもので中身が変われば変わる() -> None:
    one, changed = bundle(sample()), replace(sample(), records=sample().records[1:])
    assert len(passport_sha256(one)) == 64
    assert passport_sha256(one) != passport_sha256(bundle(changed))


def test_版と数え方と締めが載る() -> None:
    files = unpacked(bundle(sample()))
    edition = json.loads(files["edition.json"])
    assert edition["edition"]["journal"] == {"body": "990001", "seq": 1234, "seal": "cd" * 32}
    assert len(edition["kpis"]) == 28
    measures = json.loads(files["measures.json"])
    assert measures["m1@1"]["text"] == 'count of members where subject.maker = yes at end unit "社"'
    assert measures["m1@1"]["ja"]
    registers = json.loads(files["registers.json"])
    assert registers["hires"]["closed_years"] == [2020]
    assert len(registers["hires"]["expected"]["2021"]) == 12
    assert registers["members"]["closed_until"] == "2022-03-31"


def test_数え方も台帳も足りなければ何が足りないかをすべて言う() -> None:
    lacking = replace(sample(), measures=sample().measures[1:], registers=sample().registers[3:])
    with pytest.raises(IncompletePassport) as refusal:
        bundle(lacking)
    assert "数え方「m0」第1版" in refusal.value.sentence()
    assert "台帳「checkins」" in refusal.value.sentence()


def test_短い鍵は使えない() -> None:
    with pytest.raises(ValueError, match="16"):
        replace(sample(), pseudonym_key=b"short")


def test_この部屋は台帳の表も枠組みも知らない() -> None:
    for path in Path(str(room.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith(
                    ("django", "sosei.journal", "sosei.offices", "sosei.ledger")
                ), path
                assert ".models" not in name, path


# -- who is who --------------------------------------------------------------------------------------------------------


def test_どの数え方も問わない言葉と属性は載らない() -> None:
    for name, data in unpacked(bundle(sample())).items():
        assert PRIVATE not in data.decode(), name
        assert "98765432" not in data.decode(), name


def test_相手の番号からも件の番号からも台帳の番号は分からない() -> None:
    files = unpacked(bundle(sample()))
    known = {r.id for r in sample().records} | {r.subject for r in sample().records if r.subject}
    for name in files:
        if name.startswith(("entries/", "attributes")):
            for line in files[name].splitlines():
                said = json.loads(line)
                assert said.get("subject") not in known
                assert said.get("id") not in known
    first = [said["subject"] for said in lines(files, "members")]
    assert first != sorted(first)


def test_相手の番号は版ごとに鍵ごとに違う() -> None:
    def numbers(passport: Passport) -> list[int]:
        return [said["subject"] for said in lines(unpacked(bundle(passport)), "members")]

    mine = numbers(sample())
    assert numbers(sample()) == mine
    assert numbers(replace(sample(), pseudonym_key=KEY[::-1])) != mine
    second = replace(sample().edition, number=2)
    assert numbers(replace(sample(), edition=second)) != mine


def test_合わせて数えない台帳のあいだで人はつながらない() -> None:
    files = unpacked(bundle(sample()))
    numbers = {
        key: {said["subject"] for said in lines(files, key)}
        for key in ("donations", "checkins", "migrations", "consultations", "members", "platform")
    }
    assert not numbers["donations"] & numbers["checkins"]
    assert numbers["migrations"] <= numbers["consultations"]
    assert numbers["members"] == numbers["platform"]


def test_数え方が名指す相手は同じ番号のままで数え直せる() -> None:
    visits = [Record(id=n, register="visits", subject=n, first=date(2021, 5, n)) for n in (3, 5, 6, 9, 12)]  # fmt: skip
    for where in ("subject = 5", "subject in (3, 12)", "subject > 5", "not subject <= 6 and subject != 12"):  # fmt: skip
        bundled(f'people of visits where {where} unit "人"', [part("visits")], visits)


def test_名指す数え方があれば別に数える台帳の相手も番号の側を守る() -> None:
    named = {"訪問": 'people of visits where subject < 4 unit "人"', "寄附": 'distinct subject of donations unit "人"'}  # fmt: skip
    records = [
        Record(id=10 * n + subject, register=key, subject=subject, first=date(2021, 5, 1))
        for n, key in enumerate(("visits", "donations"), 1) for subject in (1, 2, 3, 5)
    ]  # fmt: skip
    measures = {name: parse(text) for name, text in named.items()}
    passport = passport_of(measures, [part("visits"), part("donations")], records, (), (2021,))
    assert all(well for well, _ in verify(unpacked(bundle(passport))))


# -- how coarse --------------------------------------------------------------------------------------------------------


def test_人の台帳の日は期間の区切りだけを残す() -> None:
    files = unpacked(bundle(sample()))
    assert {said["first"] for said in lines(files, "donations")} == {
        "2020-01-01", "2021-01-01", "2022-01-01",
    }  # fmt: skip
    assert {said["first"] for said in lines(files, "visits")} == {
        "2020-03-31", "2020-04-01", "2021-04-01", "2022-04-01",
    }  # fmt: skip
    assert not any("subject" in said for said in lines(files, "visits"))
    assert not any("size" in said for said in lines(files, "donations"))


def test_前後を比べる日は答えが変わらないかぎり月の初めにする() -> None:
    def moved(day: date, asked: date, text: str) -> tuple[str, str]:
        records = [
            Record(id=1, register="migrations", subject=1, stages={"転入": day}),
            Record(id=2, register="consultations", subject=1, first=asked),
        ]
        parts = [part("migrations"), part("consultations")]
        files = bundled(f'count of migrations reaching "転入" {text} unit "人"', parts, records)
        return lines(files, "migrations")[0]["stages"]["転入"], lines(files, "consultations")[0]["first"]  # fmt: skip

    midway = "at 06-15 after consultations within 12 months"
    assert moved(date(2021, 6, 20), date(2020, 8, 3), midway) == ("2021-06-16", "2020-08-01")
    near, long_before = "after consultations within 12 months", "after consultations"
    assert moved(date(2021, 6, 20), date(2019, 2, 3), long_before) == ("2021-04-01", "2019-01-01")
    assert moved(date(2021, 6, 20), date(2021, 6, 3), near) == ("2021-04-01", "2021-01-01")
    assert moved(date(2021, 6, 20), date(2020, 8, 3), near) == ("2021-06-01", "2020-08-01")
    assert moved(date(2021, 6, 20), date(2021, 6, 23), near) == ("2021-06-20", "2021-06-23")
    assert moved(date(2021, 6, 20), date(2020, 6, 19), near) == ("2021-04-01", "2020-01-01")


def test_数え方が名指さない語と区別しない数は別のものになる() -> None:
    records = [
        Record(id=n, register="registrants", subject=n, first=date(2021, 5, n), values={"age": Decimal(age), "prefecture": place})
        for n, (age, place) in enumerate([(17, "東京都"), (20, "青森県"), (44, PRIVATE), (71, "青森県")], 1)
    ]  # fmt: skip
    text = 'count of registrants where age >= 20 and age < 65 and prefecture in ("青森県", "東京都") unit "人"'
    said = lines(bundled(text, [part("registrants")], records), "registrants")
    assert {one["values"]["age"]["$number"] for one in said} == {"19", "20", "42.5", "66"}
    assert sorted(one["values"]["prefecture"] for one in said) == [
        "他",
        "東京都",
        "青森県",
        "青森県",
    ]


def test_自由に書く欄は名指す語のほかは伏せ違いだけを残す() -> None:
    firms = [
        Record(id=n, register="events", first=date(2021, 5, n), values={"title": title})
        for n, title in enumerate(["セミナー", PRIVATE, "別の会", PRIVATE], 1)
    ]
    told = bundled('count of events where title = "セミナー" unit "回"', [part("events")], firms)
    assert [one["values"]["title"] for one in lines(told, "events")] == [
        "セミナー",
        "他",
        "他",
        "他",
    ]
    apart = lines(bundled('distinct title of events unit "種"', [part("events")], firms), "events")
    assert len({one["values"]["title"] for one in apart}) == 3
    assert not any(PRIVATE in one["values"]["title"] for one in apart)


def test_秘匿する台帳は合わせた数だけが載る() -> None:
    files = unpacked(bundle(sample()))
    assert sorted(lines(files, "overseas_sales"), key=lambda one: one["year"]) == [
        {"id": 2, "n": 9, "year": 2020, "values": {"amount": {"$number": "72184.5"}}},
        {"id": 1, "n": 9, "year": 2021, "values": {"amount": {"$number": "63193.5"}}},
    ]
    asked = {2021: frozenset(range(1001, 1013))}
    closed = part("overseas_sales", expected=asked)
    said = bundled('count of overseas_sales during survey unit "社"', [closed], sample_of("overseas_sales"))  # fmt: skip
    assert json.loads(said["registers.json"])["overseas_sales"]["expected"] == {"2021": 12}
    assert lines(said, "overseas_sales") == [{"id": 1, "n": 9, "year": 2021}, {"id": 2, "n": 9}]


def quiet(kind: str) -> RegisterPart:
    register = Register(key="quiet", kind=kind, closed_until=END)
    return RegisterPart(register=register, ja="秘匿の台帳", rows="confidential")


def test_そのまま載る台帳と比べる日は月の初めでも答えが変わるなら変えない() -> None:
    records = [
        Record(id=1, register="trials", subject=1, stages={"交付決定": date(2021, 6, 10)}),
        Record(id=2, register="consultations", subject=1, first=date(2020, 6, 15)),
    ]
    text = 'count of trials reaching "交付決定" after consultations within 12 months unit "件"'
    files = bundled(text, [part("trials"), part("consultations")], records)
    assert lines(files, "trials")[0]["stages"]["交付決定"] == "2021-06-10"
    assert lines(files, "consultations")[0]["first"] == "2020-06-15"


def test_同じ日の最新の値は後に書かれたもので載る順も変えない() -> None:
    figures = [
        Record(id=n, register="quiet", first=date(2021, 5, 1), values={"quantity": Decimal(number)})
        for n, number in ((7, 3), (8, 9), (9, 5))
    ]
    files = bundled('latest quantity of quiet unit "人"', [quiet("series")], figures)
    shown = [one["values"]["quantity"]["$number"] for one in lines(files, "quiet")]
    assert shown == ["3", "9", "5"]


def test_合計する数を条件でも見るなら合わせない() -> None:
    sales = [
        Record(id=n, register="quiet", first=date(2021, 5, n), values={"amount": Decimal(amount)})
        for n, amount in enumerate((6, 6, 20), 1)
    ]
    files = bundled('sum amount of quiet where amount >= 10 unit "円"', [quiet("log")], sales)
    assert sorted(one["n"] for one in lines(files, "quiet")) == [1, 2]
    amounts = {one["values"]["amount"]["$number"] for one in lines(files, "quiet")}
    assert amounts == {"6", "20"}


def test_揃うべき欄が数でもそろったかどうかは変わらない() -> None:
    figures = [
        Record(id=n, register="quiet", first=date(2021, 5, 1), values={"ward": Decimal(n), "quantity": Decimal(10)})
        for n in (1, 3, 4)
    ]  # fmt: skip
    figures.append(
        Record(id=9, register="quiet", first=date(2021, 5, 1), values={"quantity": Decimal(0)})
    )
    for wards, value in (
        ('"1", "3"', Decimal(30)),
        ('"1", "2"', Gap.COUNTING),
        ('"1", "None"', Gap.COUNTING),
    ):
        text = f'sum quantity of quiet over ward in ({wards}) unit "人"'
        bundled(text, [quiet("series")], figures)
        assert passport_of({"指標": parse(text)}, [quiet("series")], figures, (), (2021,)).kpis[0].printed == value  # fmt: skip


def test_合わせた行も件数だけの件として数える() -> None:
    events = [
        Record(id=n, register="quiet", first=date(2021, 5, n), values={"place": place})
        for n, place in enumerate(("青森市", "青森市", "盛岡市"), 1)
    ]
    for having in ("count >= 2", "count = 1", "count >= 2 and distinct place = 1"):
        files = bundled(
            f'distinct place of quiet having {having} unit "市"', [quiet("log")], events
        )
        assert sorted(one["n"] for one in lines(files, "quiet")) == [1, 2]
    bundled('count of quiet unit "件"', [quiet("log")], events)


def sample_of(register: str) -> list[Record]:
    return [record for record in sample_records() if record.register == register]


def test_少ない数が見える行を公表の前に言う() -> None:
    assert small_lines(sample()) == ()
    two = [r for r in sample_of("overseas_sales") if r.subject in (1001, 1002, 1003)]
    measures = {"指標": parse('sum amount of overseas_sales during survey unit "千円"')}
    few = passport_of(measures, [part("overseas_sales")], two)
    assert [line["n"] for line in lines(unpacked(bundle(few)), "overseas_sales")] == [2, 3]
    assert small_lines(few) == (SmallLine("overseas_sales", 1, 2),)
    assert small_lines(few, least=2) == ()


def test_属性の変わり目は数え方が見る日のあいだなら一つになる() -> None:
    person = [Record(id=1, register="registrants", subject=1, first=date(2020, 1, 1))]
    was = [
        Attribute(subject=1, name="home", value="秋田市"),
        Attribute(subject=1, name="home", value="県外", first=date(2020, 2, 2)),
        Attribute(subject=1, name="home", value="市内", first=date(2021, 7, 7)),
        Attribute(subject=1, name="home", value="県外", first=date(2022, 4, 1)),
    ]
    text = 'count of registrants where subject.home = "市内" at end unit "人"'
    files = bundled(text, [part("registrants")], person, was)
    assert json.loads(files["attributes.jsonl"])["was"] == [["", "市内"]]


def test_行から元の件に戻れる() -> None:
    passport = sample()
    assert entries_behind(passport, "members")[1] == (sample_of("members")[0].id,)
    behind = entries_behind(passport, "overseas_sales")
    ids = {r.id for r in sample_of("overseas_sales") if r.year == 2021}
    assert set(behind[1]) == ids


def test_締めていない台帳の日付は空のまま載る() -> None:
    open_register = Register(key="visits", kind="log")
    files = bundled(
        'count of visits unit "件"',
        [RegisterPart(register=open_register, ja="訪問")],
        [Record(id=1, register="visits", first=END)],
    )
    assert json.loads(files["registers.json"])["visits"]["closed_until"] is None


def test_属性は問われた相手のものだけが載る() -> None:
    files = unpacked(bundle(replace(sample(), attributes=(*sample_attributes(), Attribute(subject=999999, name="maker", value=True)))))  # fmt: skip
    assert len(files["attributes.jsonl"].splitlines()) == 12
