"""見本のパスポート. Bundles to verify: of the fourteen indicators of the sample, and of any measures at all."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import product
from pathlib import Path

from sosei.evidence.kinds import catalogue
from sosei.evidence.measures import parse, sentence
from sosei.evidence.measures.counting import Answer, count
from sosei.evidence.measures.entries import Attribute, Record, Register
from sosei.evidence.measures.model import Measure
from sosei.evidence.passport import (
    EditionFacts,
    Head,
    Kpi,
    MeasureVersion,
    Passport,
    RegisterPart,
)

YEARS = (2020, 2021)
CITIES = ("青森市", "盛岡市", "仙台市", "秋田市", "山形市", "福島市")
EDITION = EditionFacts(
    title="見本市 地方創生関連交付金事業の実績", year=2021, number=1, published_on=date(2022, 10, 3),
    report_sha256="ab" * 32, head=Head(body="990001", seq=1234, seal="cd" * 32),
)  # fmt: skip
KEY = b"a key for the tests only"
_PAGE = Path(__file__).parents[2] / "docs" / "dev" / "measures.md"
#: The fourteen indicators and their measures, as the documentation shows them.
INDICATORS: Mapping[str, str] = {
    cells[1].strip(): re.findall(r"`([^`]+)`", cells[2])[0]
    for line in _PAGE.read_text("utf-8").splitlines()
    if len(cells := line.split("|")) == 5 and "`" in cells[2]
}


class Files(dict):
    """An unpacked bundle, to be changed and verified without a disk: `files / name` is what a path would be."""

    def __truediv__(self, name: str) -> "_File":
        return _File(self.get(name))


class _File:
    def __init__(self, data: bytes | None) -> None:
        self.data = data

    def exists(self) -> bool:
        return self.data is not None

    def read_bytes(self) -> bytes:
        if self.data is None:
            raise FileNotFoundError
        return self.data


def unpacked(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return Files({name: archive.read(name) for name in archive.namelist()})


def resealed(files: Files) -> Files:
    """The same files under a manifest that somebody made to fit them."""
    manifest = {
        "schema": "sosei.passport/1",
        "files": {
            name: {
                "sha256": sha256(data).hexdigest(),
                "lines": [sha256(line).hexdigest()[:16] for line in data.split(b"\n")],
            }
            for name, data in files.items()
            if name != "manifest.json"
        },
    }
    return Files({**files, "manifest.json": json.dumps(manifest).encode()})


def printed(indicator: str, key: str, year: int, unit: str, answer: Answer) -> Kpi:
    """The cell of an answer that is published as it was counted."""
    return Kpi(
        indicator=indicator, year=year, measure=key, version=1, unit=unit,
        printed=answer.value if answer.gap is None else answer.gap, so_far=answer.so_far,
    )  # fmt: skip


def passport_of(
    measures: Mapping[str, Measure],
    parts: Iterable[RegisterPart],
    records: Iterable[Record],
    attributes: Iterable[Attribute] = (),
    years: Iterable[int] = YEARS,
) -> Passport:
    """A passport whose every cell was published as it was counted."""
    parts, records, attributes = tuple(parts), tuple(records), tuple(attributes)
    registers = {part.register.key: part.register for part in parts}
    kpis = [
        printed(name, f"m{n}", year, measure.unit, count(measure, year, registers, records, attributes))
        for n, (name, measure) in enumerate(measures.items())
        for year in years
    ]  # fmt: skip
    return Passport(
        edition=EDITION, kpis=tuple(kpis), registers=parts, records=records,
        attributes=attributes, pseudonym_key=KEY,
        measures=tuple(
            MeasureVersion(key=f"m{n}", version=1, measure=measure, ja=_said(measure, "ja"), en=_said(measure, "en"))
            for n, measure in enumerate(measures.values())
        ),
    )  # fmt: skip


def _said(measure: Measure, lang) -> str:
    return sentence(measure, lambda register, column: column or register, lang)


# -- the sample --------------------------------------------------------------------------------------------------------

END = date(2022, 3, 31)
#: What nobody may find in a bundle: words of columns that no measure asks.
PRIVATE = "盛岡花子 090-1234-5678"


def part(key: str, **more) -> RegisterPart:
    """A register of the catalogue, closed up to the end of the year unless it is said otherwise."""
    kind = catalogue()[key]
    register = Register(
        key=key, kind=kind.kind, **{"closed_until": END, "closed_years": frozenset(YEARS)} | more
    )
    return RegisterPart(
        register=register, ja=kind.ja, stages=kind.stages, rows=kind.rows, subject=kind.subject,
        free_text=frozenset(name for name, one in kind.fields.items() if one.type == "text"),
    )  # fmt: skip


def sample_parts() -> list[RegisterPart]:
    """Registers of all fourteen indicators; one survey is still open, and the month of one city is missing."""
    keys = {key for text in INDICATORS.values() for key in parse(text).registers} | {
        "consultations"
    }
    asked = {2021: frozenset(range(1001, 1013))}
    still = {"closed_years": frozenset({2020}), "expected": asked}
    return [part(key, **(still if key == "hires" else {})) for key in sorted(keys)]


def sample_records() -> list[Record]:
    """Entries of all those registers, in which who is who must not be found again; ids as a book gives them."""
    said = [*_of_firms(), *_of_persons(), *_of_statistics()]
    return [Record(id=70001 + 3 * n, **more) for n, more in enumerate(said)]


def _of_firms() -> Iterator[dict]:
    for n in range(12):
        firm, left = 1001 + n, date(2021, 9, 30) if n == 7 else None
        decided = {"申請": date(2020, 6, 1 + n), "交付決定": date(2020 + n % 2, 7 + n % 3, 20)}
        yield {
            "register": "members",
            "subject": firm,
            "first": date(2014 + n % 6, 4, 1 + n),
            "last": left,
            "values": {"member_type": PRIVATE},
        }
        yield {"register": "platform", "subject": firm, "first": date(2019 + n % 4, 5, 10)}
        yield {
            "register": "trials",
            "subject": firm,
            "values": {"title": PRIVATE},
            "stages": decided if n < 9 else {"申請": date(2021, 6, 1)},
        }
        for year in (year for year in YEARS if (n + year) % 4):
            hired = {"headcount": Decimal(n % 5), "local_school": n % 3 > 0, "school": PRIVATE}
            sold = {"amount": Decimal(1000 * n + year) + Decimal("0.5"), "term": PRIVATE}
            yield {"register": "hires", "subject": firm, "year": year, "values": hired}
            yield {"register": "overseas_sales", "subject": firm, "year": year, "values": sold}


def _of_persons() -> Iterator[dict]:
    for n in range(30):
        person, day = 500001 + 7 * n, date(2020 + n % 3, 1 + n % 12, 1 + n % 28)
        group = {"subject": person} if n % 3 else {"size": 10 + n}
        left = date(2021, 12, 1) if n % 9 == 0 else None
        place = {"place": CITIES[n % 6 if n % 4 else 0], "spot": PRIVATE}
        yield {"register": "visits", "first": day, "values": {"route": PRIVATE}, **group}
        yield {
            "register": "donations",
            "subject": 500001 + 7 * (n % 11),
            "first": day,
            "values": {"amount": Decimal(10000 + n)},
        }
        yield {
            "register": "consultations",
            "subject": person,
            "first": date(2019, 1 + n % 12, 5),
            "values": {"route": "オンライン"},
        }
        yield {
            "register": "registrants",
            "subject": person,
            "first": day,
            "last": left,
            "values": {"prefecture": "東京都"},
        }
        yield {
            "register": "checkins",
            "subject": 500001 + 7 * (n % 13),
            "first": date(2021, 8, 1 + n % 9),
            "values": place,
        }
        if n % 4 == 0:
            moved = {"相談": date(2019, 2, 1), "転入": date(2020 + n % 2, 10, 1 + n % 28)}
            yield {
                "register": "migrations",
                "subject": person,
                "values": {"household": Decimal(1 + n % 3), "cause": "移住"},
                "stages": moved,
            }


def _of_statistics() -> Iterator[dict]:
    for n in range(6):
        kind = "観光物産プロモーション" if n % 2 else "セミナー"
        yield {
            "register": "events",
            "first": date(2020 + n % 3, 1 + n, 10),
            "values": {"kind": kind, "title": PRIVATE},
        }
    for year, (n, city) in product((2020, 2021), enumerate(CITIES)):
        crowd = {"place": city, "quantity": Decimal(10000 * n + year)}
        yield {
            "register": "festivals",
            "first": date(year, 8, 1),
            "last": date(year, 8, 7),
            "values": crowd,
        }
        for month in (month for month in range(1, 13) if (year, n, month) != (2021, 3, 5)):
            nights = {"place": city, "quantity": Decimal(month * 100 + n)}
            yield {
                "register": "guest_nights",
                "first": date(year, month, 1),
                "last": date(year, month, 28),
                "values": nights,
            }
    for year, (month, hired) in product((2020, 2021), ((10, 700), (11, 750), (3, 767))):
        figure = {"area": "県", "quantity": Decimal(hired + year - 2020)}
        yield {
            "register": "it_graduates",
            "first": date(year + (month < 4), month, 28),
            "values": figure,
        }


def sample_attributes() -> list[Attribute]:
    """Which of the firms are makers: all but a bank, and one only since lately."""
    return [
        *(Attribute(subject=1001 + n, name="maker", value=n != 4) for n in range(12)),
        Attribute(subject=1005, name="maker", value=True, first=date(2022, 4, 2)),
        Attribute(subject=1003, name="maker", value=False, first=date(2020, 1, 15)),
        Attribute(subject=1003, name="maker", value=True, first=date(2021, 6, 30)),
        Attribute(subject=1002, name="capital", value=Decimal(98765432)),
    ]


def sample() -> Passport:
    """The fourteen indicators of two years."""
    measures = {name: parse(text) for name, text in INDICATORS.items()}
    return passport_of(measures, sample_parts(), sample_records(), sample_attributes())


def small() -> Passport:
    """Three of them, with their registers alone."""
    chosen = ("会員ものづくり企業数", "海外取引の売上高", "移住者数")
    measures = {name: parse(INDICATORS[name]) for name in chosen}
    keys = {"members", "overseas_sales", "migrations", "consultations"}
    return passport_of(
        measures, [part(key) for key in sorted(keys)],
        [r for r in sample_records() if r.register in keys], sample_attributes(), (2021,),
    )  # fmt: skip
