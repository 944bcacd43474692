"""公開フォーム: what anybody sends counts as its register says, is found again by its code alone, and stands nowhere in the clear."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, firm, made, value
from formroom import DAY, JOIN, MY_NUMBER, POST, STAMP, TAMAO, opened, sent
from sosei.core.errors import NotAllowed, Stale
from sosei.evidence import limits
from sosei.evidence import models as em
from sosei.evidence.actions import ownsubmission as mine
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.erasing import erase
from sosei.evidence.actions.publicforms import (
    accept_submission,
    change_form,
    close_form,
    open_form,
    refuse_submission,
    see_submission,
)
from sosei.evidence.actions.registers import end_register
from sosei.evidence.actions.rekeying import encipher_anew
from sosei.evidence.actions.submitting import submit
from sosei.evidence.actions.waiting import drop_overdue
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.personal import opened as who_is
from sosei.evidence.publicforms import HELD_DAYS, askable
from sosei.evidence.queries.registers import history
from sosei.evidence.refusals_forms import (
    FormNotFit,
    HoneyFilled,
    NoSuchCode,
    NoSuchForm,
    NotWaiting,
    PublicClosed,
    RegisterEnded,
    SaidWrong,
    SlugTaken,
    StampedAlready,
    TicketOld,
    TicketUsed,
    TooMany,
    TooQuick,
)
from sosei.evidence.refusals_personal import PersonalTextChanged
from sosei.evidence.stored import kind
from sosei.evidence.tickets import ticket
from sosei.journal.clock import at, now
from sosei.journal.models import Entry as Line
from sosei.journal.verify import verify
from sosei.offices import permissions

pytestmark = pytest.mark.django_db
HERE = "192.0.2.1"


@pytest.fixture
def office() -> Iterator[Town]:
    with at(DAY):
        yield town()


@pytest.fixture
def join(office: Town) -> em.PublicForm:
    return opened(office, "registrants", JOIN)


def every_text() -> Iterator[tuple[str, str]]:
    """Every text of every table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, str(row)


def own(form: em.PublicForm, code: str) -> mine.Own:
    return mine.own(slug=form.slug, code=code, address=HERE)


def nothing_kept() -> bool:
    return not (em.Submission.objects.exists() or em.Held.objects.exists() or em.Entry.objects.exists() or em.Contact.objects.exists())  # fmt: skip


def test_申し込むと今日から登録され同意が残る(office: Town, join: em.PublicForm) -> None:
    defined(office, "fans", 'count of registrants at end unit "人"')
    got = sent(join, TAMAO)
    assert (got.waits, got.again) == (False, False)
    entry = em.Entry.objects.get()
    assert (entry.first, entry.last, entry.batch.way) == (date(2022, 6, 1), None, "form")
    consent = em.Consent.objects.get()
    assert (consent.subject_id, consent.given_on, consent.version) == (entry.subject_id, date(2022, 6, 1), 1)  # fmt: skip
    row = em.Submission.objects.get()
    assert (row.state, row.entry, row.version) == ("accepted", 1, join.stamp)
    assert value(BODY, "fans", 2022) == 1
    line = Line.objects.get(verb="form.submit")
    assert (line.by, line.facts["entry"]) == (None, 1)


def test_確認してからのフォームは暗号で待ち職員が登録すると数に入る(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    defined(office, "fans", 'count of registrants at end unit "人"')
    assert sent(form, TAMAO).waits
    assert not em.Entry.objects.exists()
    held = em.Held.objects.get()
    assert "笹森" not in held.sealed
    row = em.Submission.objects.get()
    assert see_submission(by=office.officer, submission=row.pk) == TAMAO
    with at(DAY + timedelta(days=3)):
        accept_submission(by=office.officer, submission=row.pk)
    assert em.Entry.objects.get().first == date(2022, 6, 1)
    assert not em.Held.objects.exists()
    assert value(BODY, "fans", 2022) == 1
    with pytest.raises(NotWaiting):
        accept_submission(by=office.officer, submission=row.pk)
    assert Line.objects.filter(verb="form.see", by=office.officer.pk).exists()


def test_断ると内容は消え番号では断られたことだけが分かる(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    code = sent(form, TAMAO).code
    refuse_submission(by=office.officer, submission=em.Submission.objects.get().pk)
    assert not em.Held.objects.exists()
    there = own(form, code)
    assert (there.state, there.said, there.stands) == ("refused", {}, False)


def test_待つ内容は別の受付に移すと開かない(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    code = sent(form, TAMAO).code
    sent(form, TAMAO | {"mail": "b@example.jp"})
    first, second = em.Held.objects.order_by("pk")
    em.Held.objects.filter(pk=first.pk).update(sealed=second.sealed)
    with pytest.raises(PersonalTextChanged):
        own(form, code)


def test_自分の頁で見て直して取り下げられる(office: Town, join: em.PublicForm) -> None:
    defined(office, "fans", 'count of registrants at end unit "人"')
    code = sent(join, TAMAO).code
    assert own(join, code).said == TAMAO
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]}"
    mine.change_own(slug="kankei", code=typed, said=TAMAO | {"prefecture": "岩手県", "mail": "t2@example.jp"}, address=HERE)  # fmt: skip
    now_said = own(join, code).said
    assert (now_said["prefecture"], now_said["mail"], now_said["name"]) == (
        "岩手県",
        "t2@example.jp",
        "笹森 珠緒",
    )
    assert em.Contact.objects.count() == 1
    with at(DAY + timedelta(days=400)):
        mine.withdraw_own(slug="kankei", code=code, address=HERE)
        entry = history(BODY, join.register_id, 1)[0]
        assert entry.record.last == date(2023, 7, 6)
        assert own(join, code).state == "withdrawn"
    assert em.Consent.objects.get().withdrawn is not None
    assert [value(BODY, "fans", year) for year in (2022, 2023)] == [1, 0]
    assert not verify(BODY).problems


def test_その日のうちに取り下げると登録は抹消される(office: Town, join: em.PublicForm) -> None:
    defined(office, "fans", 'count of registrants at end unit "人"')
    code = sent(join, TAMAO).code
    mine.withdraw_own(slug="kankei", code=code, address=HERE)
    assert history(BODY, join.register_id, 1)[0].gone
    assert value(BODY, "fans", 2022) == 0
    with pytest.raises(NotWaiting):
        mine.withdraw_own(slug="kankei", code=code, address=HERE)


def test_待つあいだに直しても取り下げても登録はできない(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    code = sent(form, TAMAO).code
    mine.change_own(slug="kankei", code=code, said=TAMAO | {"age_band": "40代"}, address=HERE)
    assert own(form, code).said["age_band"] == "40代"
    mine.withdraw_own(slug="kankei", code=code, address=HERE)
    assert not em.Held.objects.exists()
    with pytest.raises(NotWaiting):
        accept_submission(by=office.officer, submission=em.Submission.objects.get().pk)


def test_締めた時期の登録は本人も動かせないが同意は撤回できる(
    office: Town, join: em.PublicForm
) -> None:
    defined(office, "tokyo", 'count of registrants where prefecture = "東京都" at end unit "人"')
    code = sent(join, TAMAO).code
    with at(DAY + timedelta(days=30)):
        close_register(by=office.section_head, register=join.register_id, until=date(2022, 6, 30))
        with pytest.raises(PublicClosed):
            mine.change_own(slug="kankei", code=code, said=TAMAO | {"prefecture": "岩手県"}, address=HERE)  # fmt: skip
    with at(DAY + timedelta(days=30)):
        mine.withdraw_own(slug="kankei", code=code, address=HERE)
    assert em.Consent.objects.get().withdrawn is not None
    assert em.Submission.objects.get().state == "withdrawn"


def test_締めた時期のスタンプは取り下げても数えたまま(office: Town) -> None:
    form = opened(office, "checkins", STAMP)
    defined(office, "stamps", 'count of checkins during fiscal unit "個"')
    code = sent(form, {"name": "旅人A"}).code
    with at(DAY + timedelta(days=30)):
        close_register(by=office.section_head, register=form.register_id, until=date(2022, 6, 30))
        mine.withdraw_own(slug=form.slug, code=code, address=HERE)
    assert not history(BODY, form.register_id, 1)[0].gone
    assert value(BODY, "stamps", 2022) == 1
    assert em.Consent.objects.get().withdrawn is not None


def test_知られた人の名やメールを書いてもその人のことは見えず変わらない(
    office: Town, join: em.PublicForm
) -> None:
    victim = Who(kind="person", name="笹森 珠緒", mail="tamao@example.jp", phone="019-555-7788")
    entered(office, join.register, [Draft(who=victim, first=date(2021, 4, 1))])
    got = sent(join, TAMAO | {"name": "別人"})
    row = em.Submission.objects.get()
    assert row.state == "waiting"
    accept_submission(by=office.officer, submission=row.pk)
    told = own(join, got.code)
    assert "name" not in told.said
    assert "mail" not in told.said
    mine.change_own(slug="kankei", code=got.code, said={"name": "乗取り", "mail": "x@example.jp", "age_band": "60代以上"}, address=HERE)  # fmt: skip
    mine.withdraw_own(slug="kankei", code=got.code, address=HERE)
    contact = em.Contact.objects.get()
    assert who_is(BODY, contact.pk, contact.sealed) == victim
    assert em.Consent.objects.get().withdrawn is None
    assert not history(BODY, join.register_id, 1)[0].gone


def test_ニーズは受け付けた日から始まり知られた会社なら職員を待つ(office: Town) -> None:
    form = opened(office, "needs", POST, waits=False)
    assert not sent(form, {"who": "見本鋳造", "title": "軽い鋳物の設計者を探す"}).waits
    assert em.Entry.objects.get().reached1 == date(2022, 6, 1)
    sent(form, {"who": "見本鋳造", "title": "別のニーズ"})
    assert em.Submission.objects.latest("pk").state == "waiting"
    assert em.Subject.objects.count() == 1


def test_会社は名称を変えられず内容だけを直せる(office: Town) -> None:
    form = opened(office, "needs", POST, waits=False)
    code = sent(form, {"who": "見本鋳造", "title": "設計者"}).code
    assert list(own(form, code).said) == ["title"]
    mine.change_own(slug="needs", code=code, said={"who": "乗取り", "title": "設計者と検査"}, address=HERE)  # fmt: skip
    assert own(form, code).said == {"title": "設計者と検査"}
    assert em.Subject.objects.get().name == "見本鋳造"
    mine.withdraw_own(slug="needs", code=code, address=HERE)
    assert history(BODY, form.register_id, 1)[0].gone


def test_スタンプは場所が決まっていて一人一日一つ(office: Town) -> None:
    form = opened(office, "checkins", STAMP)
    code = sent(form, {"name": "旅人A", "residence": "域外", "place": "よその駅"}).code
    assert em.Entry.objects.get().place == "見本駅"
    with pytest.raises(StampedAlready):
        sent(form, {"name": "旅人A", "residence": "域内"})
    sent(form, {"name": "旅人B"})
    other = opened(office, "checkins", STAMP, slug="stamp-shiro", place="見本城")
    sent(other, {"name": "旅人A"})
    with at(DAY + timedelta(days=1)):
        sent(form, {"name": "旅人A"})
    assert em.Entry.objects.filter(until=None).count() == 4
    assert em.Subject.objects.count() == 2
    mine.withdraw_own(slug=form.slug, code=code, address=HERE)
    assert em.Entry.objects.filter(until=None, gone=False).count() == 3


def test_尋ねていない項目は無かったことになる(office: Town, join: em.PublicForm) -> None:
    got = sent(join, TAMAO | {"phone": "019-555-0000", "member_class": "プレミアム", "first": "1999-01-01", "entry": "1"})  # fmt: skip
    entry = em.Entry.objects.get()
    assert (entry.first, entry.number) == (date(2022, 6, 1), 1)
    assert "プレミアム" not in str([*em.Entry.objects.values_list()])
    assert own(join, got.code).said == TAMAO


@pytest.mark.parametrize(
    "said",
    [
        {"age_band": "正会員"}, {"name": ""}, {"mail": "わからない"}, {"name": MY_NUMBER}, {"prefecture": f"番号{MY_NUMBER}"},
        {"name": "1234 5678 9018"}, {"name": "字" * 5000},
    ],
)  # fmt: skip
def test_ほかの台帳の選択肢も個人番号も受け取らず何も残らない(
    join: em.PublicForm, said: dict[str, str]
) -> None:
    with pytest.raises(SaidWrong) as wrong:
        sent(join, TAMAO | said)
    assert [slip.column for slip in wrong.value.slips] == [next(iter(said))]
    assert nothing_kept()
    assert MY_NUMBER not in str(wrong.value)


def test_団体の台帳でも個人番号は受け取らない(office: Town) -> None:
    form = opened(office, "needs", POST)
    with pytest.raises(SaidWrong):
        sent(form, {"who": "見本鋳造", "title": f"わたしの番号は{MY_NUMBER}"})
    assert nothing_kept()


def test_同じ頁を二度送っても一件で番号も同じ(join: em.PublicForm) -> None:
    page = ticket(join.pk, join.stamp)
    first, second = sent(join, TAMAO, ticket=page), sent(join, TAMAO, ticket=page)
    assert (first.code, second.again) == (second.code, True)
    assert em.Submission.objects.count() == 1
    with pytest.raises(TicketUsed):
        sent(join, TAMAO | {"name": "ほかの人", "mail": "o@example.jp"}, ticket=page)
    assert em.Submission.objects.count() == 1


def test_早すぎる送信も一日前の頁も別のフォームの札も断る(
    office: Town, join: em.PublicForm
) -> None:
    page = ticket(join.pk, join.stamp)
    with pytest.raises(TooQuick):
        submit(slug="kankei", said=TAMAO, ticket=page, address=HERE)
    with at(DAY + timedelta(hours=25)), pytest.raises(TicketOld):
        submit(slug="kankei", said=TAMAO, ticket=page, address=HERE)
    other = opened(office, "registrants", JOIN, slug="kankei-2")
    for wrong in (ticket(other.pk, other.stamp), page[:-1] + "x", "", "a:b:c", ticket(join.pk, 7)):
        with pytest.raises(TicketOld):
            sent(join, TAMAO, ticket=wrong or "x")
    assert nothing_kept()


def test_見えない欄に書く機械は断る(join: em.PublicForm) -> None:
    with pytest.raises(HoneyFilled):
        sent(join, TAMAO, honey="https://spam.example")
    assert nothing_kept()


def test_ほかのフォームの番号では何も見つからない(office: Town, join: em.PublicForm) -> None:
    code = sent(join, TAMAO).code
    other = opened(office, "registrants", JOIN, slug="kankei-2")
    for form, typed in ((other, code), (join, code[:-1] + ("A" if code[-1] != "A" else "B")), (join, ""), (join, code + code), (join, "%" * 12)):  # fmt: skip
        with pytest.raises(NoSuchCode):
            own(form, typed)
    with pytest.raises(NoSuchForm):
        mine.own(slug="nai", code=code, address=HERE)


def test_番号は十二字で紛れる字がなく台帳には指紋だけがある(join: em.PublicForm) -> None:
    codes = {sent(join, TAMAO | {"mail": f"{n}@example.jp", "name": f"人{n}"}).code for n in range(20)}  # fmt: skip
    assert len(codes) == 20
    assert all(len(code) == 12 and not set(code) & set("01OIL") for code in codes)
    kept = str([*em.Submission.objects.values_list()]) + str([*Line.objects.values_list("facts", "rows")])  # fmt: skip
    assert not [code for code in codes if code in kept]


def test_番号を当てる試みは一つの回線で二十回まで(join: em.PublicForm) -> None:
    code = sent(join, TAMAO).code
    for n in range(20):
        with pytest.raises(NoSuchCode):
            own(join, f"AAAAAAAAAA{n:02d}".replace("0", "A").replace("1", "B"))
    with pytest.raises(TooMany):
        own(join, code)
    assert mine.own(slug="kankei", code=code, address="192.0.2.9").state == "accepted"
    with at(DAY + timedelta(hours=2)):
        assert own(join, code).state == "accepted"


def test_一つの回線から一時間に三十件までで所在は残らない(join: em.PublicForm) -> None:
    for n in range(30):
        sent(join, TAMAO | {"mail": f"{n}@example.jp", "name": f"人{n}"})
    with pytest.raises(TooMany):
        sent(join, TAMAO)
    sent(join, TAMAO, address="192.0.2.2")
    assert "192.0.2" not in str([*em.Knock.objects.values_list()])
    with at(DAY + timedelta(hours=25)):
        sent(join, TAMAO | {"mail": "last@example.jp", "name": "最後"})
        assert em.Knock.objects.filter(at__lt=now() - timedelta(hours=24)).count() == 0


def test_閉じたフォームと期間の外では受け付けず自分の頁は開く(
    office: Town, join: em.PublicForm
) -> None:
    code = sent(join, TAMAO).code
    close_form(by=office.planner, form=join.pk, seen=join.stamp)
    join.refresh_from_db()
    with pytest.raises(NoSuchForm):
        sent(join, TAMAO)
    assert own(join, code).said == TAMAO
    late = opened(office, "registrants", JOIN, slug="natsu", open_from=date(2022, 7, 1), open_until=date(2022, 7, 31))  # fmt: skip
    for day in (0, 90):
        with at(DAY + timedelta(days=day)), pytest.raises(NoSuchForm):
            sent(late, TAMAO)


def test_廃止した台帳のフォームは受け付けないが自分の分は取り下げられる(
    office: Town, join: em.PublicForm
) -> None:
    code = sent(join, TAMAO).code
    end_register(by=office.planner, register=join.register_id, reason="事業の終わり")
    with pytest.raises(NoSuchForm):
        sent(join, TAMAO)
    assert own(join, code).said == TAMAO
    mine.withdraw_own(slug="kankei", code=code, address=HERE)
    assert em.Consent.objects.get().withdrawn is not None
    assert not em.Entry.objects.filter(em.entries.CURRENT, register=join.register_id).exists()


def test_フォームを変えると開いていた頁は送り直しになる(office: Town, join: em.PublicForm) -> None:
    page = ticket(join.pk, join.stamp)
    change_form(by=office.planner, form=join.pk, seen=1, said=replace(JOIN, notice="新しい目的"))
    with pytest.raises(TicketOld):
        sent(join, TAMAO, ticket=page)
    with pytest.raises(Stale):
        change_form(by=office.planner, form=join.pk, seen=1, said=replace(JOIN, notice="別の目的"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "Ａ"}, {"slug": "../x"}, {"title": " "}, {"mode": "post"}, {"asked": ("name", "secret")}, {"asked": ("prefecture",)},
        {"notice": None}, {"open_from": date(2022, 7, 1), "open_until": date(2022, 6, 1)}, {"required": ("phone",)},
        {"asked": ("name", "first")},
    ],
)  # fmt: skip
def test_だれにも書けないフォームは作れない(office: Town, wrong: dict[str, object]) -> None:
    register = made(office, "registrants")
    with pytest.raises(FormNotFit):
        open_form(by=office.planner, register=register.pk, said=replace(JOIN, **wrong))


def test_作るのも登録するのも許された人だけ(office: Town, join: em.PublicForm) -> None:
    with pytest.raises(SlugTaken):
        opened(office, "registrants", JOIN)
    for who in (office.other, office.auditor, office.expert):
        with pytest.raises(NotAllowed):
            open_form(by=who, register=join.register_id, said=replace(JOIN, slug="betsu"))
    waits = opened(office, "registrants", JOIN, slug="matsu", waits=True)
    sent(waits, TAMAO)
    row = em.Submission.objects.latest("pk")
    for act in (accept_submission, refuse_submission, see_submission):
        with pytest.raises(NotAllowed):
            act(by=office.other, submission=row.pk)


def test_個人の言葉は証跡にも表にも残らない(office: Town, caplog: pytest.LogCaptureFixture) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    code = sent(form, TAMAO).code
    direct = opened(office, "registrants", JOIN, slug="sugu")
    other = sent(direct, {"name": "榊原 梢", "mail": "kozue@example.jp"}).code
    mine.change_own(slug="sugu", code=other, said={"name": "榊原 梢子", "mail": "kozue@example.jp"}, address=HERE)  # fmt: skip
    accept_submission(by=office.officer, submission=em.Submission.objects.order_by("pk")[0].pk)
    mine.withdraw_own(slug="kankei", code=code, address=HERE)
    words = ("笹森", "珠緒", "tamao", "榊原", "kozue", code, other)
    assert not [(table, word) for table, text in every_text() for word in words if word in text]
    assert not [word for word in words if word in caplog.text]
    assert not verify(BODY).problems


def test_鍵を替えても待つ内容と番号は使える(office: Town, settings) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    code = sent(form, TAMAO).code
    keys = settings.SOSEI_PERSONAL_KEYS
    settings.SOSEI_PERSONAL_KEYS = keys | {max(keys) + 1: b"n" * 32}
    encipher_anew()
    assert em.Held.objects.get().sealed.startswith(f"{max(keys) + 1}:")
    assert own(form, code).said == TAMAO


def test_会社の法人番号を他人は付けられない(office: Town) -> None:
    form = opened(office, "needs", POST, waits=False, asked=("who", "number", "title"))
    entered(office, form.register, [Draft(who=firm("見本鋳造"), reached=(date(2022, 4, 1),), values={"title": "a"})])  # fmt: skip
    sent(form, {"who": "見本鋳造", "number": "6000020032018", "title": "b"})
    assert em.Submission.objects.get().state == "waiting"
    assert em.Subject.objects.get().number is None


def test_ほかの課も登録した人の連絡先は番号では見えず変わらない(
    office: Town, join: em.PublicForm
) -> None:
    code = sent(join, TAMAO).code
    talks = made(office, "consultations")
    known = Who(kind="person", name=TAMAO["name"], mail=TAMAO["mail"])
    entered(office, talks, [Draft(who=known, first=date(2022, 6, 1))])
    there = own(join, code)
    assert not {"name", "mail"} & there.said.keys()
    mine.change_own(
        slug=join.slug, code=code, said=TAMAO | {"mail": "evil@example.jp"}, address=HERE
    )
    contact = em.Contact.objects.get()
    assert who_is(BODY, contact.subject_id, contact.sealed).mail == TAMAO["mail"]


def test_自分の頁から知られた人にはなれずその人がいるかも分からない(
    office: Town, join: em.PublicForm
) -> None:
    talks = made(office, "consultations")
    hikaru = Who(kind="person", name="見本 光", mail="known@example.jp")
    entered(office, talks, [Draft(who=hikaru, first=date(2022, 6, 1))])
    known = em.Contact.objects.get().pk
    code = sent(join, TAMAO).code
    mine.change_own(
        slug=join.slug, code=code, said=TAMAO | {"mail": "known@example.jp"}, address=HERE
    )
    assert own(join, code).said["mail"] == "known@example.jp"
    changed = em.Contact.objects.exclude(pk=known).get()
    assert (changed.mail_key, bool(changed.name_key)) == ("", True)
    entered(office, talks, [Draft(who=hikaru, first=date(2022, 6, 2))])
    assert em.Entry.objects.latest("pk").subject_id == known
    assert em.Contact.objects.count() == 2


def test_鍵を替えても他人のメールでは見つからないまま(
    office: Town, join: em.PublicForm, settings
) -> None:
    talks = made(office, "consultations")
    hikaru = Who(kind="person", name="見本 光", mail="known@example.jp")
    code = sent(join, TAMAO).code
    first = em.Contact.objects.get().pk
    entered(office, talks, [Draft(who=hikaru, first=date(2022, 6, 1))])
    mine.change_own(slug=join.slug, code=code, said=TAMAO | {"mail": "known@example.jp"}, address=HERE)  # fmt: skip
    keys = settings.SOSEI_PERSONAL_KEYS
    settings.SOSEI_PERSONAL_KEYS = keys | {max(keys) + 1: b"n" * 32}
    encipher_anew()
    entered(office, talks, [Draft(who=hikaru, first=date(2022, 6, 2))])
    assert em.Contact.objects.get(pk=first).mail_key == ""
    assert em.Entry.objects.latest("pk").subject_id != first


def test_すぐ登録するフォームの答えは知られた人かどうかで変わらない(
    office: Town, join: em.PublicForm
) -> None:
    entered(office, join.register, [Draft(who=Who(kind="person", name="だれか", mail=TAMAO["mail"]), first=date(2021, 4, 1))])  # fmt: skip
    known, new = sent(join, TAMAO), sent(join, TAMAO | {"mail": "x@example.jp", "name": "新しい人"})
    assert em.Held.objects.count() == 1
    assert (known.waits, known.again) == (new.waits, new.again) == (False, False)
    told = [own(join, got.code) for got in (known, new)]
    assert [one.state for one in told] == ["accepted", "accepted"]
    assert told[0].said == TAMAO
    assert told[0].columns == told[1].columns
    for got in (known, new):
        mine.change_own(slug=join.slug, code=got.code, said=own(join, got.code).said | {"age_band": "40代"}, address=HERE)  # fmt: skip
        assert own(join, got.code).said["age_band"] == "40代"
        mine.withdraw_own(slug=join.slug, code=got.code, address=HERE)
        assert own(join, got.code).state == "withdrawn"


def test_もう押してあるかを名で尋ねる試みも数えて限る(office: Town) -> None:
    form = opened(office, "checkins", STAMP)
    sent(form, {"name": "旅人A"})
    for _ in range(limits.AGAIN):
        with pytest.raises(StampedAlready):
            sent(form, {"name": "旅人A"})
    with pytest.raises(TooMany):
        sent(form, {"name": "旅人A"})
    with pytest.raises(TooMany):
        sent(form, {"name": "旅人B"})
    sent(form, {"name": "旅人B"}, address="192.0.2.7")


def test_断られた送信も回線の数に入る(office: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    form = opened(office, "checkins", STAMP)
    monkeypatch.setattr(limits, "LINE", {"stamp": 5})
    sent(form, {"name": "旅人A"})
    for _ in range(4):
        with pytest.raises(StampedAlready):
            sent(form, {"name": "旅人A"})
    with pytest.raises(TooMany):
        sent(form, {"name": "旅人A"})


def test_一つの回線はIPv6の六十四ビットまで(
    join: em.PublicForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINE", {"join": 3})
    for n in range(3):
        sent(join, TAMAO | {"mail": f"{n}@example.jp", "name": f"人{n}"}, address=f"2001:db8:1:2:{n}::1")  # fmt: skip
    with pytest.raises(TooMany):
        sent(join, TAMAO, address="2001:db8:1:2:ffff:1:2:3")
    sent(join, TAMAO, address="2001:db8:1:3::1")
    assert limits.line_of("::ffff:192.0.2.1") == limits.line_of("192.0.2.1")


@pytest.mark.parametrize("mode", ["join", "stamp"])
def test_一日に多くが来たら閉じずに職員の確認を待つ(
    office: Town, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.setattr(limits, "MUCH", {"join": 2, "stamp": 2})
    key, said = ("registrants", JOIN) if mode == "join" else ("checkins", STAMP)
    form = opened(office, key, said)
    got = [sent(form, {"name": f"人{n}", "mail": f"{n}@example.jp"}) for n in range(3)]
    assert [one.waits for one in got] == [False] * 3
    assert [row.state for row in em.Submission.objects.order_by("pk")] == ["accepted", "accepted", "waiting"]  # fmt: skip
    accept_submission(by=office.officer, submission=em.Submission.objects.latest("pk").pk)
    assert em.Entry.objects.count() == 3
    with at(DAY + timedelta(days=2)):
        sent(form, {"name": "後の人", "mail": "after@example.jp"})
    assert em.Submission.objects.latest("pk").state == "accepted"


def test_確認を待つ内容は決めた日数で消え番号では消えたことが分かる(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    code = sent(form, TAMAO).code
    with at(DAY + timedelta(days=HELD_DAYS)):
        assert own(form, code).state == "waiting"
    with at(DAY + timedelta(days=HELD_DAYS, hours=1)):
        assert own(form, code).state == "dropped"
        assert not em.Held.objects.exists()
        assert drop_overdue() == 0
    assert Line.objects.get(verb="form.expire").facts == {"count": 1}
    with pytest.raises(NotWaiting):
        accept_submission(by=office.officer, submission=em.Submission.objects.get().pk)
    assert not verify(BODY).problems


def test_人を消去するとその人の確認を待つ内容も消える(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    known = Who(kind="person", name=TAMAO["name"], mail=TAMAO["mail"])
    entered(office, form.register, [Draft(who=known, first=date(2021, 4, 1))])
    sent(form, TAMAO)
    sent(form, TAMAO | {"mail": "", "name": TAMAO["name"]} | {"mail": "other@example.jp", "name": "別の人"})  # fmt: skip
    erase(by=office.section_head, subject=em.Contact.objects.get().pk, reason="本人の申出")
    assert [row.state for row in em.Submission.objects.order_by("pk")] == ["dropped", "waiting"]
    assert em.Held.objects.count() == 1
    assert not verify(BODY).problems


def test_廃止した台帳には登録せず文で断り内容は消せる(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    sent(form, TAMAO)
    end_register(by=office.planner, register=form.register_id, reason="事業の終了")
    row = em.Submission.objects.get()
    with pytest.raises(RegisterEnded) as refused:
        accept_submission(by=office.officer, submission=row.pk)
    assert "廃止" in refused.value.sentence()
    assert not em.Entry.objects.exists()
    refuse_submission(by=office.officer, submission=row.pk)
    assert not em.Held.objects.exists()


def test_受付の内容を見るには連絡先を見る権限が要り行が残る(
    office: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    sent(form, TAMAO)
    row = em.Submission.objects.get()
    see_submission(by=office.officer, submission=row.pk)
    assert Line.objects.get(verb="form.see").facts == {"persons": 1, "register": form.register_id}
    seeing = permissions.verbs()["person.contact.see"]
    monkeypatch.setitem(permissions.verbs(), seeing.code, replace(seeing, roles=frozenset()))
    with pytest.raises(NotAllowed):
        see_submission(by=office.officer, submission=row.pk)
    needs = opened(office, "needs", POST)
    sent(needs, {"who": "見本鋳造", "title": "設計者"})
    assert see_submission(by=office.officer, submission=em.Submission.objects.latest("pk").pk)["title"] == "設計者"  # fmt: skip


def test_自分の頁で直すのも一時間に三十件まで(join: em.PublicForm) -> None:
    code = sent(join, TAMAO).code
    done = 0
    for n in range(40):
        with suppress(TooMany):
            mine.change_own(slug=join.slug, code=code, said=TAMAO | {"age_band": f"{20 + n % 2 * 10}代"}, address=HERE)  # fmt: skip
            done += 1
    assert done == 29  # the submission itself was the first
    assert Line.objects.filter(verb="form.change_own").count() == done


def test_スタンプは知られた人の同意にならず法人番号も尋ねない(office: Town) -> None:
    stamp = opened(office, "checkins", STAMP)
    register = em.Register.objects.get(key="checkins")
    entered(
        office,
        register,
        [
            Draft(
                who=Who(kind="person", name="見本 光"),
                first=date(2022, 5, 1),
                values={"place": "見本市"},
            )
        ],
    )
    sent(stamp, {"name": "見本 光", "residence": "域内"})
    assert em.Subject.objects.count() == 1
    assert not em.Consent.objects.exists()
    assert "number" not in {one.key for one in askable(kind(register), "stamp")}


def test_長すぎる欄は個人番号を探す前に断る(
    join: em.PublicForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sosei.evidence.sheets.mynumber.holds", lambda text: pytest.fail("looked through")
    )
    with pytest.raises(SaidWrong):
        sent(join, TAMAO | {"name": "1234 " * 1000})
