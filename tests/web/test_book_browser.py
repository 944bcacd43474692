"""台帳の画面をブラウザで見る: accessible, within the window, nothing from elsewhere, and still there without scripts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

import deskroom
from sosei.core.report import Said
from sosei.journal import clock
from sosei.ledger import models as m
from sosei.ledger.actions.decisions import Decided, record_grant_decision
from sosei.ledger.actions.definitions import change_definition, set_attributes
from sosei.ledger.actions.entries import Body, set_members
from sosei.ledger.actions.figures import change_target, record_value
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.strangers import keep_stranger
from sosei.ledger.actions.verification import decide_grade
from sosei.ledger.typed import Typed
from yearbook import book, small_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(360, "light"), (1280, "light"), (1280, "dark")]
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples/morioka/report.txt"


@pytest.fixture
def made(monkeypatch):
    """A book with two years, everything in it that a page can show."""
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with clock.at(JUNE):
        made = book()
        by, it = made.town.planner, made.it.pk
        line = made.it.lines.get().pk
        for text, year in (("17（速報値）", 2020), ("17000", 2021)):
            record_value(by=by, line=line, typed=Typed(text=text), seen=None, year=year)
        change_target(
            by=by,
            line=line,
            typed=Typed(text="16", reason="令和3年10月の変更申請による"),
            seen=None,
        )
        change_target(by=by, line=line, typed=Typed(text="20"), seen=None, year=2022)
        set_attributes(
            by=by, line=line, seen=None, attributes={"count_kind": "unique", "area": "市内"}
        )
        set_members(
            by=by, entry=it, seen=None,
            bodies=[Body(code="041009"), Body(code="032018", lead=True, yen=500_000), Body(code="022012")],
        )  # fmt: skip
        set_spending(
            by=by, entry=it, seen=None,
            lines=[
                Line(number="①", label="業務委託", amount="10,010", kind="commission", source="national", eligible=True),
                Line(number="②", label="協議会負担金", amount="1,333", kind="contribution", source="own", eligible=True),
                Line(number="③", label="補助金", amount="17,662", kind="subsidy", source="own", eligible=False),
                Line(label="合計", amount="29,000", role="total"),
            ],
        )  # fmt: skip
        record_grant_decision(
            by=by, entry=it,
            decided=Decided(
                number="府地事第123号", decided_on=JUNE.date().replace(year=2021), amount="5,005",
                report_due=JUNE.date().replace(month=7, day=10),
            ),
        )  # fmt: skip
        decide_grade(by=by, entry=it, level=2, reason="一過性の増加とみられるため", seen=None)
        after = record_report(by=by, report=small_report(2022), restate=True)
        then = m.Line.objects.get(entry__volume=after, definition__name="新規雇用者数")
        change_definition(
            by=by, line=then.pk, seen=None, why="四半期ごとの調査に改めたため",
            attributes={"definition": "四半期ごとの調査で答えた採用者の数"},
        )  # fmt: skip
        keep_stranger(by=by, name="morioka-r3.txt", data=EXAMPLE.read_bytes())
        yield made


def addresses(made) -> dict[str, str]:
    line = made.it.lines.get().pk
    later = m.Line.objects.get(
        indicator__lines=line, entry__volume__fiscal_year=2022
    ).pk  # fmt: skip
    known = m.GrantDecision.objects.get().pk
    kept = m.Document.objects.get(purpose="stranger").pk
    counting = made.tourism.lines.order_by("position")[1].pk
    of = {
        "volumes": [], "volume_new": [], "volume": [made.volume.pk], "entry": [made.it.pk],
        "entry_edit": [made.it.pk], "members_edit": [made.it.pk], "money": [made.it.pk],
        "verification": [made.it.pk], "grade_edit": [made.it.pk], "indicator": [later],
        "value_edit": [counting], "target_edit": [line], "attributes_edit": [line],
        "definition_edit": [later], "decisions": [made.volume.pk], "report_edit": [made.it.pk, known],
        "decision_edit": [made.it.pk, known], "indicator_new": [made.it.pk], "strangers": [], "stranger": [kept],
        "volume_title": [made.volume.pk], "entry_since": [made.it.pk], "volume_since": [made.volume.pk],
    }  # fmt: skip
    return {name: reverse(f"desk:{name}", args=args) for name, args in of.items()}


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_どの画面も利用しやすく窓に収まる(made, desk, width, scheme):
    page = desk.page(made.town.planner, width=width, scheme=scheme)
    for name, address in addresses(made).items():
        answer = page.goto(desk.url + address)
        assert answer.status == 200, name
        deskroom.looked_at(page, f"book-{name}-{width}-{scheme}")
    assert not desk.complaints
    assert {url for url in desk.asked if not url.startswith((desk.url, "data:"))} == set()


def test_命令がなくても実績値を登録でき誤りは欄のそばに出る(made, desk):
    page = desk.page(made.town.planner, scripts=False)
    counting = made.tourism.lines.order_by("position")[1].pk
    page.goto(desk.url + reverse("desk:value_edit", args=[counting]))
    page.fill("input[name=text]", "たくさん")
    page.click("main button.button:has-text('登録する')")
    assert page.locator(".field.has-error").inner_text().count("E102") == 1
    assert page.input_value("input[name=text]") == "たくさん"
    page.fill("input[name=text]", "１．２万人")
    page.click("main button.button:has-text('登録する')")
    assert "12,000" in page.inner_text("main")
    assert "実績値を登録しました。" in page.inner_text("main")


def test_名のない事業も開ける(made, desk):
    made.it.__class__.objects.filter(pk=made.it.pk).update(name=None)
    page = desk.page(made.town.auditor)
    assert page.goto(desk.url + reverse("desk:entry", args=[made.it.pk])).status == 200
    assert "名称のない事業" in page.inner_text("h1")
    assert Said(text="名称のない事業").text in page.title()
