"""家・組織・利用者・年度の変わり目の画面をブラウザで見る: accessible, within the window, silent, and still there without scripts."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

import deskroom
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.reassign import succeed
from sosei.ledger.actions.rollover import roll_over
from sosei.ledger.actions.signoff import move_entry
from sosei.offices.actions.assignments import name_deputy
from sosei.offices.succession import NewDepartment
from yearbook import book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(360, "light"), (1280, "light"), (1280, "dark")]


JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)


@pytest.fixture
def made(monkeypatch):
    """A book in June with everything a home page can show; the server's clock stands in June too."""
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with clock.at(JUNE):
        made = book()
        t = made.town
        with act("test.june", body=t.planner.body, by=None) as w:
            inquiry = w.add(
                m.Inquiry(
                    volume=made.volume, title="令和3年度 実績の照会", sent_on=date(2022, 5, 1),
                    due_on=date(2022, 6, 10),
                )
            )  # fmt: skip
            for department in (t.it, t.tourism):
                w.add(
                    m.InquiryPart(inquiry=inquiry, department=department, mark=f"q{department.pk}")
                )
            w.add(
                m.GrantDecision(
                    project=made.it.project, fiscal_year=2022, number="府地創第7号",
                    decided_on=date(2022, 4, 1), yen=5_000_000, report_due=date(2022, 7, 10),
                )
            )  # fmt: skip
            w.add(
                m.Opinion(
                    volume=made.volume, entry=made.tourism, expert="学識経験者", text="根拠が弱い",
                    response="統計を改める", responded_by=t.planner, response_due=date(2022, 9, 30),
                    department=t.tourism,
                )
            )  # fmt: skip
            w.change(m.Value.objects.get(gap="counting"), expected_on=date(2022, 6, 30))
            w.change(t.it, contact="内線 2301", reading="ものづくりすいしんか")
        move_entry(by=t.officer, entry=made.it.pk, move="submit")
        name_deputy(
            by=t.admin, person=t.section_head.pk, deputy=t.planner.pk,
            first_day=date(2022, 6, 13), last_day=date(2022, 6, 17), reason="出張",
        )  # fmt: skip
        yield made


def pages(made):
    t = made.town
    new = f"?old={t.it.pk}&old={t.tourism.pk}&code_0=10&name_0=産業観光課&on=2022-06-15"
    return {
        "home-planner": (t.planner, "/"),
        "home-officer": (t.officer, "/"),
        "findings": (t.officer, "/findings/"),
        "offices": (t.planner, "/offices/"),
        "office": (t.planner, f"/offices/{t.it.pk}/"),
        "office-add": (t.planner, "/offices/add/"),
        "april": (t.planner, "/offices/april/"),
        "april-preview": (t.planner, f"/offices/april/{new}"),
        "due": (t.planner, "/offices/due/"),
        "turns": (t.planner, "/offices/turns/"),
        "people": (t.admin, "/people/"),
        "person-add": (t.admin, "/people/add/"),
        "transfer": (t.admin, "/people/transfer/"),
        "person": (t.admin, f"/people/{t.section_head.pk}/"),
        "rollover": (t.planner, f"/volumes/{made.volume.pk}/rollover/"),
        "handover": (t.planner, f"/handover/department/{t.tourism.pk}/"),
    }


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_どの画面も利用しやすい(desk, made, width, scheme):
    for name, (who, path) in pages(made).items():
        page = desk.seat(who, width=width, scheme=scheme)
        response = page.goto(f"{desk.url}{path}")
        assert response.status == 200, name
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        deskroom.looked_at(page, f"{name}-{width}-{scheme}")
    assert desk.complaints == []
    assert not [url for url in desk.asked if not url.startswith((desk.url, "data:"))]


def test_更新の後の画面と英語も利用しやすい(desk, made):
    t = made.town
    succeed(
        by=t.planner,
        old=[t.tourism.pk],
        new=[NewDepartment("10", "観光交流課")],
        on=date(2022, 6, 15),
    )
    roll_over(by=t.planner, volume=made.volume.pk)
    for name, path in {
        "rolled": f"/volumes/{made.volume.pk}/rollover/", "offices-after": "/offices/", "home-after": "/",
    }.items():  # fmt: skip
        for english in (False, True):
            page = desk.page(t.planner, english=english)
            page.goto(f"{desk.url}{path}")
            page.wait_for_load_state("networkidle")
            deskroom.looked_at(page, f"{name}-{'en' if english else 'ja'}")
            page.context.close()


def test_スクリプトがなくても承継ができる(desk, made):
    t = made.town
    page = desk.page(t.planner, scripts=False)
    page.goto(f"{desk.url}/offices/april/")
    page.locator("#id_old").get_by_label("ものづくり推進課").check()
    page.locator("#id_old").get_by_label("観光課").check()
    page.locator("#id_code_0").fill("10")
    page.locator("#id_name_0").fill("産業観光課")
    page.locator("#id_on").fill("2022-06-15")
    page.get_by_role("button", name="何が移るかを見る").click()
    assert page.get_by_text("まだ何も変えていません。").is_visible()
    page.get_by_role("button", name="この内容で引き継ぐ").click()
    assert page.get_by_text("承継を登録し、仕事を引き継ぎました。").is_visible()
    assert set(m.Charge.objects.filter(voided__isnull=True).values_list("text", flat=True)) == {
        "産業観光課"
    }
