"""差分の見せ方の検査. Groups, counts, contents, what is kept as JSON; and that none of it needs a framework."""

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from sosei.core.codec import loads
from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Place,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Year,
    YearPoint,
)
from sosei.ledger.difference import (
    KINDS,
    by_project,
    difference,
    from_json,
    inside,
    merge,
    summary,
    to_json,
)
from sosei.ledger.difference.accepting import at
from sosei.ledger.difference.notes import NOTES, note
from sosei.ledger.difference.walking import Walk
from sosei.publishing import publish
from sosei.reading import read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def n(number, **more):
    return Value(number=Decimal(number), **more)


def sample(name="morioka"):
    file = {"morioka": "expected.json", "mihon": "report.json"}[name]
    return loads((EXAMPLES / name / file).read_text("utf-8"))


def changed():
    """Morioka's report, and the same with one of everything."""
    ours = sample()
    first, second, *rest = ours.projects
    place = (Place(source="s9", sheet="実績", range="C3"),)
    point = YearPoint(fiscal_year=2021, actual=n(99, place=place), rate=Said(text="105.3%"))
    new = Indicator(name=Said(text="新しい指標"), unit="人", years=(YearPoint(actual=n(3)),))
    theirs = replace(
        ours,
        bodies=(Body(name="見本市", code="999990"),),
        projects=(
            Project(name=Said(text="新事業"), grant=Said(text="推進交付金"), indicators=(new,), spending=(Spending(label=Said(text="委託料"), yen=5, unit="千円"),)),
            replace(first, indicators=(replace(first.indicators[0], years=(point,)), new), period=PeriodSaid(raw="R1～R5", first=2019, last=2023)),
            replace(second, ext={"担当": {"内線": 12}}),
            *rest,
        ),
    )  # fmt: skip
    return ours, theirs


def test_種類ごとに数える():
    ours, theirs = changed()
    counts = summary(difference(ours, theirs, partial=True))
    assert list(counts) == list(KINDS)
    assert {kind: count for kind, count in counts.items() if kind != "unchanged"} == {
        "added": 4, "changed": 2, "conflict": 1, "unclear": 0, "removed": 0,
    }  # fmt: skip


def test_事業ごとにまとめ順は台帳のとおり():
    ours, theirs = changed()
    found = difference(ours, theirs, partial=True)
    groups = by_project(found)
    assert [g.path for g in groups] == ["", *["/projects/0"] * 2, *(f"/projects/{k}" for k in (1, 2, 3))]  # fmt: skip
    assert [g.title_ja for g in groups][:3] == ["報告書", "新事業", "成長分野拠点形成支援事業"]
    assert sum(len(g.changes) for g in groups) == len(found.changes)
    told = by_project(found, (c for c in found.changes if c.kind != "unchanged"))
    assert [len(g.changes) for g in told] == [1, 1, 4, 1]
    assert by_project(found, ()) == ()


def test_まるごと入るものの中身を欄ごとに示す():
    ours, theirs = changed()
    found = difference(ours, theirs, partial=True)
    whole = [c for c in found.of("added") if c.part in {"project", "indicator"} and not c.field]
    assert [c.after_ja for c in whole] == ["推進交付金、指標1件、経費1件", "実績値 3人"]
    assert [(c.subject_ja, c.after_ja) for c in inside(whole[0])] == [
        ("新事業 ＞ 交付金名称", "推進交付金"),
        ("新事業 ＞ 新しい指標 ＞ 単位", "人"),
        ("新事業 ＞ 新しい指標 ＞ 令和3年度 実績値", "3人"),
        ("新事業 ＞ 委託料", "委託料 0.005千円"),
    ]
    assert [c.after_ja for c in inside(whole[1])] == ["人", "3人"]


def test_所在は入ってくる側のもの():
    ours, theirs = changed()
    found = difference(ours, theirs, partial=True)
    change = found.by_id["/projects/1/indicators/0/years/0/actual"]
    assert change.place == (Place(source="s9", sheet="実績", range="C3"),)
    assert at(theirs, change.there) == change.after
    assert at(ours, change.here) == change.before
    assert at(ours, "/projects/99/name") is None


def test_JSONで保存し同じ差分に戻る():
    ours, theirs = changed()
    for partial in (True, False):
        found = difference(ours, theirs, partial=partial, year=2021)
        kept = json.dumps(to_json(found), ensure_ascii=False, sort_keys=True)
        again = from_json(json.loads(kept))
        assert again == found
        assert [c.subject_ja for c in again.changes] == [c.subject_ja for c in found.changes]
        ids = found.all_ids()
        assert merge(ours, theirs, again, ids) == merge(ours, theirs, found, ids)


def test_変わらないものを除いて保存できる():
    ours, theirs = changed()
    found = difference(ours, theirs, partial=True)
    short = from_json(to_json(found, unchanged=False))
    assert summary(short)["unchanged"] == 0
    assert short.all_ids() == found.all_ids()
    assert merge(ours, theirs, short, short.all_ids()) == merge(
        ours, theirs, found, found.all_ids()
    )


def test_知らない版の保存は断る():
    with pytest.raises(ValueError, match="version 1"):
        from_json({"version": 2})


@pytest.mark.parametrize("name", ["morioka", "mihon"])
@pytest.mark.parametrize("form", ["xlsx", "docx", "html", "json"])
def test_書き出した様式を読み戻しても変わりはない(name, form):
    report = sample(name)
    again = read(publish(report, form), name=f"report.{form}")
    found = difference(report, again, partial=True)
    assert [(c.kind, c.subject_ja) for c in found.changes if c.kind != "unchanged"] == []
    assert summary(found)["unchanged"] > 50


def test_注記には日本語と英語がある():
    assert all(ja.endswith("。") and en.endswith((".", "?")) for ja, en in NOTES.values())
    assert note(["plan_changed", "jump"]).count("。") == 3
    assert note([]) == ""


def test_名称のあるものは総当たりで比べない(monkeypatch):
    probes = []
    monkeypatch.setattr(Walk, "probe", probes.append)
    projects = tuple(
        Project(
            name=Said(text=f"事業その{p}"),
            indicators=tuple(Indicator(name=Said(text=f"指標{k}")) for k in range(4)),
        )
        for p in range(300)
    )
    report = Report(projects=projects, fiscal_year=Year(year=2021))
    assert len(difference(report, report, partial=True).pairs) == 1500
    assert probes == []


def test_枠組みなしで動く():
    code = (
        "import sys, sosei.ledger.difference as d; assert d.merge; print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
