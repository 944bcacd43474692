"""根拠台帳の速さ. The bars of registers and measures, each beside plain SQL, DuckDB and pandas in the same run, answers equal.

    python bench/evidence.py [--entries 1000000] [--home DIR [--loaded]] [--runs 40] [--out bench.json]

DIR (a new folder; none: one that goes away) is filled by the importer's own action, year by year, a sheet of at most 50,000
rows at a time, with all measures defined before: the largest register gets a tenth, eleven others the rest. SOSEI_DATABASE
names a PostgreSQL instead of the file. With --loaded DIR is one that was filled before: only what is asked of it is measured.
Times are of the wall, in milliseconds, on an otherwise quiet machine; a peer that is
not installed is left out. Sheets are made before the clock runs.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]
YEARS = range(2016, 2026)
SHEET = 50_000
#: The largest first. All hold firms or anonymous groups: what persons cost besides is their cipher.
REGISTERS = (
    "deals", "needs", "facility", "coordination", "commissions", "trials", "members", "platform", "hires", "guest_nights",
    "events", "media",
)  # fmt: skip
DEALS = {
    "kind": "log", "ja": "取引の記録", "en": "Deals", "subject": "organisation", "groups": True,
    "fields": {
        "title": {"ja": "件名", "en": "Title", "type": "text"},
        "place": {"ja": "場所", "en": "Place", "type": "place"},
        "yen": {"ja": "金額", "en": "Amount", "type": "money", "required": True},
        "pieces": {"ja": "数量", "en": "Pieces", "type": "number", "unit": "個"},
        "sort": {"ja": "区分", "en": "Sort", "type": "choice", "choices": ["製品", "部品", "試作", "修理"]},
    },
}  # fmt: skip
#: What a subsidy's terms allow is no matter of chance: of a trial no more is said than this, and its stages.
_TRIAL = ("who", "title", "theme")
CITIES = ("青森市", "盛岡市", "仙台市", "秋田市", "山形市", "福島市")
MEASURES = {
    "yen": 'sum yen of deals where sort = "製品" during fiscal unit "円"',
    "people": 'people of deals during fiscal unit "人"',
    "firms": 'distinct subject of deals during fiscal unit "社"',
    "ever": 'count of deals since start unit "件"',
    "cities": 'sum pieces of deals during calendar over place in ("盛岡市", "青森市") monthly unit "個"',
    "busy": 'distinct subject of facility during fiscal having count >= 3 unit "団体"',
    "paid": 'sum amount of commissions reaching "支払" during fiscal unit "円"',
    "trials": 'count of trials reaching "交付決定" during fiscal unit "件"',
    "members": 'count of members where subject.maker = yes at end unit "社"',
    "platform": 'distinct subject of platform at end unit "社"',
    "hires": 'sum headcount of hires during survey unit "人"',
    "nights": 'sum quantity of guest_nights during calendar unit "人泊"',
    "events": 'count of events during fiscal unit "回"',
    "met": 'count of coordination during fiscal after needs reaching "登録" within 24 months unit "件"',
}
#: What SQLite, DuckDB and pandas are asked as well: of the largest register, by fiscal year.
ASKED = {
    "yen": ("SUM(amount)", "sort = '製品'", 10_000),
    "people": ("SUM(size)", "1 = 1", 1),
    "firms": ("COUNT(DISTINCT subject_id)", "1 = 1", 1),
}


def main() -> None:
    """Fill a home, measure, print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="sosei-bench-") as scratch:
        os.environ["SOSEI_HOME"] = options.home or scratch
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.house.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        rows = list(Bench(options.entries, options.runs, options.loaded).measured())
    print(f"{'what':58} {'p50':>9} {'p95':>9} {'bar':>9}")
    for row in rows:
        print(f"{row['what']:58} {row['p50']:9.2f} {row['p95']:9.2f} {row['bar']:>9}")
    if options.out:
        Path(options.out).write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--home")
    parser.add_argument("--loaded", action="store_true")
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--out")
    return parser.parse_args()


class Bench:
    """A book, filled and asked."""

    def __init__(self, entries: int, runs: int, loaded: bool = False) -> None:
        self.entries, self.runs, self.rng, self.loaded = entries, runs, random.Random(4), loaded
        self.body = "990001"
        self.who, self.registers = _there(self.body) if loaded else _fresh(self.body)
        self.firms = [f"見本{n}製作所" for n in range(max(20, min(20_000, entries // 100)))]

    def measured(self) -> Iterator[dict[str, Any]]:
        if not self.loaded:
            yield from self.load()
        yield from self.kpis()
        yield from self.peers()
        yield from self.single()
        yield from self.pages()
        yield self.verified()

    # -- in ------------------------------------------------------------------------------------------------------------

    def load(self) -> Iterator[dict[str, Any]]:
        from sosei.evidence.actions.measures import define_measure

        for key, text in MEASURES.items():
            define_measure(by=self.who, key=key, name=key, text=text)
        spent: dict[str, list[tuple[int, float, float]]] = {key: [] for key in REGISTERS}
        for key in REGISTERS:
            whole = self.entries // (10 if key == REGISTERS[0] else 110 / 9)
            for year in YEARS:
                left = int(whole) // len(YEARS)
                while left > 0:
                    n = min(left, SHEET)
                    spent[key].append((n, *self.imported(key, year, n)))
                    left -= n
            if key == "members":
                self.describe()
            n, wall, own = map(sum, zip(*spent[key], strict=True))
            print(
                f"{key}: {n:,} entries, {n / wall:,.0f} a second ({n / own:,.0f} of the processor)",
                file=sys.stderr,
                flush=True,
            )
        for name, parts in (
            ("in all", [one for own in spent.values() for one in own]),
            ("of the largest", spent[REGISTERS[0]]),
        ):
            n, wall, own = map(sum, zip(*parts, strict=True))
            yield _row(f"import: entries a second, {n:,} {name}", [n / wall], "≥ 10000")
            yield _row("  a second of the processor", [n / own], "")

    def imported(self, key: str, year: int, n: int) -> tuple[float, float]:
        """Import a sheet; return the seconds, and those of the processor, from its bytes to the end of the act."""
        from sosei.evidence.actions.imports import Sheet, import_sheet
        from sosei.evidence.sheets.columns import columns_of
        from sosei.evidence.sheets.mapping import propose
        from sosei.evidence.sheets.sources import open_sheets
        from sosei.evidence.stored import kind

        columns = [
            c
            for c in columns_of(kind(self.registers[key]))
            if c.type in _CELLS
            and not c.personal
            and (key != "trials" or c.key in _TRIAL or c.stage is not None)
        ]
        data = _written(columns, (self._row(columns, year) for _ in range(n)))
        begun, used = time.perf_counter(), time.process_time()
        [sheet] = open_sheets(data, "名簿.csv")
        head, *below = list(sheet.top(50))
        names = [str(name) for name in head]
        mapping = propose(names, below, columns_of(kind(self.registers[key])))
        made = import_sheet(
            by=self.who, register=self.registers[key].pk, mapping=mapping,
            sheet=Sheet(rows=sheet.rows(1), name="名簿.csv", fiscal_year=year),
        )  # fmt: skip
        spent = time.perf_counter() - begun, time.process_time() - used
        assert made is not None
        assert made.rows == n, (key, made.rows, n)
        return spent

    def _row(self, columns: Sequence[Any], year: int) -> list[str]:
        """Return a row; its stages follow one another."""
        stage, found = date(year, 4, 1), []
        for column in columns:
            if column.stage is not None:
                stage += timedelta(days=self.rng.randrange(45))
                found.append(stage.isoformat())
            else:
                found.append(_CELLS[column.type](self, column, year))
        return found

    def describe(self) -> None:
        """Say of every third member that it is a maker."""
        from sosei.evidence.actions.subjects import set_attribute
        from sosei.evidence.models import Entry

        own = Entry.objects.filter(register=self.registers["members"]).values_list(
            "subject", flat=True
        )
        for subject in sorted(set(own))[:600:3]:
            set_attribute(by=self.who, subject=subject, name="maker", value=True)

    # -- out -----------------------------------------------------------------------------------------------------------

    def kpis(self) -> Iterator[dict[str, Any]]:
        from sosei.evidence.queries.answers import counted

        for key in MEASURES:
            yield _row(
                f"KPI {key}, {len(YEARS)} years",
                self._times(lambda key=key: counted(self.body, key, YEARS)),
                "≤ 5",
            )

    def kept(self, key: str) -> dict[int, Any]:
        from sosei.evidence.queries.answers import counted

        return {
            year: answer.so_far for year, answer in counted(self.body, key, YEARS).answers.items()
        }

    def peers(self) -> Iterator[dict[str, Any]]:
        """The same figures from the entries, by whoever is here; all must be equal."""
        own = self.registers[REGISTERS[0]].pk
        wanted = {key: self.kept(key) for key in ASKED}
        for name, ask in self._peers(own):
            for key, (what, where, scale) in ASKED.items():
                said = {int(year): round(value / scale) for year, value in ask(what, where)}
                found = {year: said.get(year, 0) for year in YEARS}
                assert found == wanted[key], (name, key, found, wanted[key])
                runs = max(2, self.runs // 10)
                times = self._times(partial(ask, what, where), runs)
                yield _row(f"  beside it: {key} by {name}", times, "")

    def _peers(self, own: int) -> Iterator[tuple[str, Callable[[str, str], Any]]]:
        from django.db import connection

        fiscal = (
            "CAST(strftime('%%Y', first, '-3 months') AS INTEGER)"
            if connection.vendor == "sqlite"
            else "CAST(EXTRACT(YEAR FROM first - INTERVAL '3 months') AS INTEGER)"
        )

        def sql(what: str, where: str) -> Any:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {fiscal} AS fiscal, {what} FROM evidence_entry WHERE register_id = %s AND until IS NULL"
                    f" AND NOT gone AND {where} GROUP BY fiscal", [own],
                )  # fmt: skip
                return cursor.fetchall()

        yield f"SQL GROUP BY ({connection.vendor})", sql
        with suppress(ImportError):
            yield from self._frames(own)

    def _frames(self, own: int) -> Iterator[tuple[str, Callable[[str, str], Any]]]:
        import duckdb
        import pandas
        from django.db import connection

        columns = ("first", "subject_id", "size", "amount", "sort")
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(columns)} FROM evidence_entry WHERE register_id = %s AND until IS NULL AND NOT gone",
                [own],
            )
            frame = pandas.DataFrame(cursor.fetchall(), columns=list(columns))
        frame["first"] = pandas.to_datetime(frame["first"])
        duck = duckdb.connect()
        duck.register("frame", frame)
        duck.execute("CREATE TABLE entry AS SELECT * FROM frame")
        yield (
            "DuckDB",
            lambda what, where: duck.execute(
                f"SELECT year(first - INTERVAL 3 MONTH) AS fiscal, {what} FROM entry WHERE {where} GROUP BY fiscal"
            ).fetchall(),
        )

        def by_pandas(what: str, where: str) -> Any:
            kept = frame if "sort" not in where else frame[frame["sort"] == "製品"]
            years = kept["first"].dt.year - (kept["first"].dt.month < 4)
            column = what.partition("(")[2].rstrip(")").removeprefix("DISTINCT ")
            grouped = kept[column].groupby(years)
            return list((grouped.nunique() if "DISTINCT" in what else grouped.sum()).items())

        yield "pandas", by_pandas

    # -- one by one ----------------------------------------------------------------------------------------------------

    def single(self) -> Iterator[dict[str, Any]]:
        """An entry that is typed, its KPIs right when the act ends, beside an insert and nothing else."""
        from decimal import Decimal

        from django.db import transaction

        from sosei.evidence.actions.entries import enter
        from sosei.evidence.drafts import Draft, Who
        from sosei.evidence.models import Batch, Entry

        register, other = self.registers[REGISTERS[0]], self.registers[REGISTERS[-1]]
        batch = Batch.objects.filter(register=register).order_by("pk")[0]
        numbers = iter(range(10**9, 10**9 + 10**6))

        def bare() -> None:
            with transaction.atomic():
                Entry.objects.create(
                    body=self.body, batch=batch, register=other, number=next(numbers), since=batch.since, size=1,
                    first=date(2024, 5, 1), subject_id=None, amount=10_000, sort="製品",
                )  # fmt: skip

        def typed() -> None:
            who = Who(name=self.rng.choice(self.firms))
            values = {"yen": Decimal(self.rng.randrange(10**6)), "sort": "製品", "place": "盛岡市"}
            made = enter(
                by=self.who,
                register=register.pk,
                drafts=[Draft(who=who, first=date(2024, 5, 1), values=values)],
            )
            assert made is not None

        before = self.kept("ever")[2025]
        for _ in range(3):  # whoever comes first warms what all need
            bare(), typed()
        slow = self._times(bare, 3 * self.runs)
        full = self._times(typed, 3 * self.runs)
        Entry.objects.filter(number__gte=10**9).delete()
        assert self.kept("ever")[2025] == before + 3 * self.runs + 4
        yield _row("an insert alone", slow, "")
        yield _row("an entry typed, 5 KPIs right", full, "")
        more = [statistics.median(full) - statistics.median(slow)]
        yield _row("  more than the insert", more, "≤ 10")

    def pages(self) -> Iterator[dict[str, Any]]:
        from sosei.evidence.models import Measure
        from sosei.evidence.queries import drill
        from sosei.evidence.queries.registers import Asked, entries

        own = self.registers[REGISTERS[0]].pk
        measure = Measure.objects.get(body=self.body, key="yen").pk
        pages: dict[str, Callable[[], Any]] = {
            "50 of the largest, by day": lambda: entries(self.body, own, Asked(sort="-first")),
            "50 filtered by sort and days, by day": lambda: entries(
                self.body, own,
                Asked(sort="first", equal={"sort": "部品"}, first=date(2019, 4, 1), last=date(2023, 3, 31)),
            ),
            "50 filtered by place, by place": lambda: entries(
                self.body, own, Asked(sort="place", equal={"place": "秋田市"})
            ),
            "50 with a word of two characters": lambda: entries(self.body, own, Asked(words="試作")),
            "50 that a KPI counts (drill)": lambda: drill.rows(self.body, measure, 2021),
        }  # fmt: skip
        for name, ask in pages.items():
            assert ask().rows
            yield _row(name, self._times(ask), "≤ 100")

    def verified(self) -> dict[str, Any]:
        from sosei.house import evidenced

        begun = time.perf_counter()
        found = list(evidenced.problems())
        assert not found, found[0].sentence()
        spent = (time.perf_counter() - begun) * 1000
        return _row("all proven and recounted (sosei verify), in all", [spent], "")

    def _times(self, ask: Callable[[], Any], runs: int = 0) -> list[float]:
        ask()
        found = []
        for _ in range(runs or self.runs):
            begun = time.perf_counter()
            ask()
            found.append((time.perf_counter() - begun) * 1000)
        return found

    # -- cells ---------------------------------------------------------------------------------------------------------

    def day(self, year: int) -> date:
        return date(year, 4, 1) + timedelta(days=self.rng.randrange(365))


_CELLS: dict[str, Callable[[Bench, Any, int], str]] = {
    "name": lambda bench, _column, _year: bench.rng.choice(bench.firms),
    "date": lambda bench, column, year: "" if column.key == "last" else bench.day(year).isoformat(),
    "year": lambda _bench, _column, year: f"{year}年度",
    "period": lambda bench, column, year: (
        "" if column.key == "last" else f"{bench.day(year):%Y-%m}"
    ),
    "size": lambda bench, _column, _year: str(bench.rng.randrange(1, 6)),
    "place": lambda bench, _column, _year: bench.rng.choice(CITIES),
    "money": lambda bench, _column, _year: f"{bench.rng.randrange(1000, 5_000_000):,}",
    "number": lambda bench, _column, _year: str(bench.rng.randrange(1, 500)),
    "choice": lambda bench, column, _year: bench.rng.choice(column.choices),
    "yes-no": lambda bench, _column, _year: bench.rng.choice(("はい", "いいえ")),
    "text": lambda bench, _column, _year: (
        f"展示と{bench.rng.choice(('試作', '相談', '講習'))}その{bench.rng.randrange(1000)}"
    ),
}


def _written(columns: Sequence[Any], rows: Iterator[list[str]]) -> bytes:
    file = io.StringIO(newline="")
    sheet = csv.writer(file)
    sheet.writerow([column.ja for column in columns])
    sheet.writerows(rows)
    return file.getvalue().encode()


def _fresh(body: str) -> tuple[Any, dict[str, Any]]:
    from book import office

    who = office(body, "見本市")
    return who, _registers(who)


def _there(body: str) -> tuple[Any, dict[str, Any]]:
    """Return whoever may do everything in a book that was filled before, and its registers."""
    from sosei.evidence.models import Register
    from sosei.offices.models import Person

    registers = {one.key: one for one in Register.objects.filter(body=body, voided=None)}
    return Person.objects.filter(body=body).order_by("pk")[0], registers


def _registers(who: Any) -> dict[str, Any]:
    import tomllib
    from importlib.resources import files

    from sosei.evidence.actions.registers import make_register
    from sosei.offices.models import Department

    place = Department.objects.filter(body=who.body).order_by("pk")[0]
    shelf = files("sosei.evidence") / "catalogue"
    return {
        key: make_register(
            by=who, key=key, department=place.pk,
            definition=DEALS if key == "deals" else tomllib.loads((shelf / f"{key}.toml").read_text("utf-8")),
        )
        for key in REGISTERS
    }  # fmt: skip


def _row(what: str, times: Sequence[float], bar: str) -> dict[str, Any]:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return {"what": what, "p50": statistics.median(ordered), "p95": p95, "bar": bar}


if __name__ == "__main__":
    main()
