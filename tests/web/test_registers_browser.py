"""根拠台帳の画面をブラウザで見る: accessible, within the window, silent, and still there without scripts."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

import deskroom
from evidenceroom import entered, firm, made, member
from registerroom import Room, counted, room, supporter
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.entries import correct, enter
from sosei.evidence.actions.subjects import set_attribute
from sosei.evidence.drafts import Draft
from sosei.evidence.queries.registers import history
from sosei.journal import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, "light"), (1280, "light"), (1280, "dark")]
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)


@pytest.fixture
def office(monkeypatch):
    """Registers in June, the server's clock in June too."""
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with clock.at(JUNE):
        found = room()
        t = found.town
        first = history("990001", found.members.pk, 3)[0]
        draft = Draft(
            subject=first.record.subject, first=date(2021, 4, 1), values={"member_type": "正会員"}
        )
        correct(
            by=t.officer,
            register=found.members.pk,
            number=3,
            draft=draft,
            seen=first.content,
            reason="種別の誤り",
        )
        close_register(by=t.section_head, register=found.members.pk, until=date(2022, 3, 31))
        entered(t, found.members, [member("㈱北見本テック", date(2022, 5, 1))])
        set_attribute(
            by=t.planner, subject=found.firms[0], name="maker", value=True, first=date(2021, 4, 1)
        )
        set_attribute(by=t.planner, subject=found.firms[0], name="業種", value="製造業")
        cases = made(t, "subsidies")
        entered(t, cases, [
            Draft(
                who=firm("見本鋳造"), reached=(date(2021, 4, 5), date(2021, 5, 1)),
                values={"title": "省エネルギー型の溶解炉の導入と、それに伴う電力の見える化、従業員の研修"},
            )
        ])  # fmt: skip
        people = made(t, "registrants")
        entered(t, people, [supporter("山田花子", "hanako@example.jp", age_band="30代")])
        made(t, "festivals", t.tourism)
        found.batch = enter(
            by=t.officer, register=found.members.pk, way="file", drafts=[member("甲", date(2022, 5, 1), at="名簿!A2")],
            source={"source": "会員名簿.xlsx", "sha256": "ab" * 32},
        ).pk  # fmt: skip
        yield found


def pages(office: Room) -> dict[str, str]:
    """Every page of registers, by the name of its picture."""
    own, survey = [office.members.pk], [office.hires.pk]
    cases, people = [office.kept("subsidies").pk], [office.kept("registrants").pk]
    at = {
        "list": ("registers", []), "choose": ("register_choose", []), "take": ("register_take", ["registrants"]),
        "blank": ("register_blank", []), "sheet": ("register_from_sheet", []), "roster": ("register", own), "survey": ("register", survey),
        "cases": ("register", cases), "persons": ("register", people), "empty": ("register", [office.kept("festivals").pk]),
        "entry": ("register_entry", [*own, 3]), "add": ("register_add", people), "add-case": ("register_add", cases),
        "correct": ("register_correct", [*own, 3]), "out": ("register_out", [*own, 3]),
        "asked": ("register_asked", survey), "unask": ("register_unask", [*survey, 2021, office.firms[2]]), "closing": ("register_closing", own), "closing-survey": ("register_closing", survey),
        "batches": ("register_batches", own), "batch": ("register_batch", [office.batch]), "undo": ("register_undo", [office.batch]),
        "subjects": ("subjects", []), "alike": ("subjects_alike", []), "subject": ("subject", office.firms[:1]),
        "choose-subject": ("subject_choose", office.firms[:1]), "together": ("subject_merge", office.firms[1:3]),
        "definition": ("register_definition", own), "change": ("register_change", own), "end": ("register_end", own),
    }  # fmt: skip
    return {name: reverse(f"desk:{page}", args=args) for name, (page, args) in at.items()}


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_どの画面も見やすく幅に収まる(desk, office, width, scheme) -> None:
    page = desk.page(office.town.planner, width=width, scheme=scheme)
    every = pages(office)
    for name, path in every.items() if scheme == "light" else list(every.items())[::4]:
        page.goto(desk.url + path)
        deskroom.looked_at(page, f"registers-{name}-{width}-{scheme}")
    assert not desk.complaints
    assert all(url.startswith(desk.url) for url in desk.asked)


@pytest.fixture
def closing(monkeypatch):
    """A book with figures counted from its members, in June."""
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with clock.at(JUNE):
        yield counted()


@pytest.mark.parametrize("width", [390, 1280])
def test_締めて決まった値を記載にする一押しを見る(desk, closing, width) -> None:
    page = desk.page(closing.town.planner, width=width, scripts=True)
    page.goto(desk.url + reverse("desk:register_closing", args=[closing.members.pk]))
    deskroom.looked_at(page, f"registers-close-before-{width}")
    page.click("text=締めて、決まった値を記載にする")
    page.wait_for_selector("text=数えた値を1件、記載にしました")
    deskroom.looked_at(page, f"registers-close-after-{width}")
    page.click("text=この締めを解く")
    deskroom.looked_at(page, f"registers-reopen-{width}")
    page.fill("textarea[name=reason]", "漏れが見つかった")
    page.click("button:has-text('締めを解く')")
    page.wait_for_selector("text=締めを解きました")
    assert not desk.complaints


def test_列を足して台帳を作り_登録し_間違いを直すまでスクリプトなしでできる(desk, office) -> None:
    page = desk.page(office.town.officer, scripts=False)
    page.goto(desk.url + reverse("desk:register_blank"))
    page.fill("[name=ja]", "出前講座の記録")
    page.check("[name=kind][value=log]")
    page.check("[name=subject][value=none]")
    for n, name in enumerate(("学校", "学年", "受講者")):
        page.fill(f"[name=c-{n}-ja]", name)
    page.select_option("[name=c-2-type]", "number")
    page.fill("[name=c-2-unit]", "人")
    page.select_option("[name=c-1-type]", "choice")
    page.click("button:has-text('この台帳を作る')")
    page.wait_for_selector("text=入力を確かめてください")
    page.fill("[name=c-1-choices]", "一年\n二年")
    page.click("[name=row][value=up-1]")
    page.click("button:has-text('この台帳を作る')")
    page.wait_for_selector("text=登録はまだありません")
    page.click("text=登録を追加")
    page.fill("[name=e-first]", "2022-05-10")
    page.select_option("select[name=e-field1]", "二年")
    page.fill("[name=e-field3]", "たくさん")
    page.click("button:has-text('登録する')")
    page.wait_for_selector("text=数として読めません")
    page.fill("[name=e-field3]", "２５人")
    page.click("button:has-text('登録する')")
    page.wait_for_selector("text=登録1番として登録しました")
    assert "25人" in page.inner_text("main")
