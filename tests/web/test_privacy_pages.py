"""個人情報の画面: counts and never names, who is erased, held, corrected, exported; every act leaves a line that names nobody."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bookroom import BODY, Town, person
from deskclient import client, text
from evidenceroom import entered, made, value
from formfill import filled
from privacyroom import JUNE, NAMES, TALKS, Private, private
from sosei.evidence import models as em
from sosei.evidence.actions.correcting import see_person
from sosei.evidence.actions.measures import drop_measure
from sosei.evidence.actions.persons import give_consent, withdraw
from sosei.evidence.actions.registers import end_register, make_register
from sosei.evidence.drafts import Draft, Who
from sosei.house import evidenced
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line
from sosei.journal.models import Past
from sosei.journal.verify import verify
from sosei.offices.models import Assignment

pytestmark = pytest.mark.django_db
WORDS = ("過子", "花子", "鈴木", "高橋", "example.jp", "019-555", "本町1-1", "そば")


@pytest.fixture
def office():
    with at(JUNE):
        yield private()


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def nobody_named() -> bool:
    """Whether no line of the journal and no past of a row says who anybody is."""
    said = [str(one) for one in (*Line.objects.values_list("facts", flat=True), *Past.objects.values_list("content", flat=True))]  # fmt: skip
    return not [word for word in WORDS for one in said if word in one]


def sound() -> bool:
    """Whether the journal, the entries, the sums and what is kept of persons are as they were written."""
    return not verify(BODY).problems and not list(evidenced.problems(BODY))


def last(verb: str) -> Line:
    return Line.objects.filter(verb=verb).order_by("-seq")[0]


def test_全体は数だけを見せて氏名を見せない(office: Private, django_assert_max_num_queries) -> None:
    desk = client(office.town.auditor)
    desk.get(to("privacy"))
    with django_assert_max_num_queries(25):
        page = desk.get(to("privacy"))
    said = text(page)
    assert "台帳にいる人 4 人" in said
    assert "消去を待つ人 1 人" in said
    assert "保存を続けている 1 件" in said
    assert "同意の撤回 1 件" in said
    assert "速報の期限を6日過ぎています" in said
    assert not [word for word in WORDS if word in said]
    assert to("privacy_due") not in page.content.decode()
    assert ">個人情報</a>" in page.content.decode()
    assert client(office.town.admin).get(to("privacy")).status_code == 403


def test_台帳が増えても全体の問い合わせは増えない(
    office: Private, django_assert_max_num_queries
) -> None:
    for n in range(12):
        make_register(by=office.town.planner, key=f"more{n}", definition=TALKS, department=office.town.it.pk, keep_years=n)  # fmt: skip
    desk = client(office.town.planner)
    desk.get(to("privacy"))
    for page in ("privacy", "privacy_files", "privacy_due"):
        with django_assert_max_num_queries(25):
            assert desk.get(to(page)).status_code == 200


def test_期限の過ぎた人を選び_何が消えて何が残るかを見てから消去する(office: Private) -> None:
    before = value(BODY, "fans", 2021)
    desk = client(office.town.section_head)
    page = desk.get(to("privacy_due"))
    waiting, _, held = text(page).partition("保存を続けている人")
    assert f"個人 {office.persons[0]}" in waiting
    assert f"個人 {office.persons[3]}" not in waiting
    assert f"個人 {office.persons[3]} 関係人口登録者名簿 返還の義務が残る 令和7年3月31日" in held
    none = desk.post(to("privacy_due"), {"do": "check"})
    assert none.status_code == 422
    assert "消去する人を一人以上選んでください" in text(none)
    sure = desk.post(to("privacy_due"), filled(page, "persons", do="check"))
    assert "1人の個人情報を消去する" in text(sure)
    assert "氏名と連絡先 1件" in text(sure)
    assert "消去は取り消せません" in text(sure)
    assert "変わりません：fans" in text(sure)
    assert em.Contact.objects.filter(subject=office.persons[0]).exists()
    done = desk.post(to("privacy_due"), filled(sure, "persons", do="erase"), follow=True)
    assert "1人の個人情報を消去しました" in text(done)
    assert "保存期限の過ぎた人はいません" in text(done)
    assert not em.Contact.objects.filter(subject=office.persons[0]).exists()
    assert em.Contact.objects.filter(subject__in=office.persons[1:]).count() == 3
    assert value(BODY, "fans", 2021) == before
    assert last("subject.erase_due").facts["persons"] == 1
    assert "消去済み" in text(desk.get(to("privacy_person", office.persons[0])))
    assert sound()


def test_廃止した台帳も人の頁に出て保存の継続を解き消去できる(office: Private) -> None:
    end_measure(office.town)
    end_register(by=office.town.planner, register=office.fans.pk, reason="事業の終わり")
    desk, where = client(office.town.section_head), to("privacy_person", office.persons[3])
    page = desk.get(where)
    assert "廃止した台帳" in text(page)
    assert to("privacy_hold", office.persons[3], office.fans.pk) not in page.content.decode()
    assert desk.get(to("privacy_hold", office.persons[3], office.fans.pk)).status_code == 404
    assert to("register_entry", office.fans.pk, 4) not in page.content.decode()
    freed = desk.post(to("privacy_release", office.persons[3], office.fans.pk), follow=True)
    assert "保存の継続を解きました" in text(freed)
    gone = to("privacy_erase", office.persons[3])
    done = desk.post(gone, filled(desk.get(gone), "reason", reason="本人の申出"), follow=True)
    assert "消去済み" in text(done)


def end_measure(town: Town) -> None:
    """Let nothing count from the register any more."""
    drop_measure(by=town.planner, row=em.Measure.objects.get(key="fans").pk, reason="終わり")


def test_一つの台帳だけ期限の過ぎた人は_その台帳の項目だけを画面から消去する(
    office: Private,
) -> None:
    who = office.persons[1]
    give_consent(by=office.town.planner, subject=who, register=office.talks.pk, given_on=date(2012, 4, 1))  # fmt: skip
    desk = client(office.town.section_head)
    page = desk.get(to("privacy_due"))
    assert f"個人 {who} 相談記録 関係人口登録者名簿" in text(page).partition("まだ消去しない人")[2]
    sure = desk.post(to("privacy_due"), {"do": "check", "over": [who]})
    assert "氏名、連絡先、登録、数えは残ります" in text(sure)
    assert f"個人 {who} 相談記録" in text(sure)
    assert em.Private.objects.count() == 1
    done = desk.post(to("privacy_due"), filled(sure, "over", do="erase"), follow=True)
    assert "1人の、期限の過ぎた台帳の個人情報の項目と書類を消去しました" in text(done)
    assert not em.Private.objects.exists()
    assert em.Contact.objects.count() == 4
    assert f"個人 {who}" not in _waiting(desk)
    again = desk.post(to("privacy_due"), {"do": "erase", "over": [who]})
    assert again.status_code == 422
    assert sound()


def test_見ている間に保存を続けることになった人は消えない(office: Private) -> None:
    desk = client(office.town.section_head)
    sure = desk.post(to("privacy_due"), {"do": "check", "persons": [office.persons[0]]})
    sent = filled(sure, "persons", do="erase")
    give_consent(by=office.town.planner, subject=office.persons[0], register=office.fans.pk)
    refused = desk.post(to("privacy_due"), sent)
    assert refused.status_code == 422
    assert em.Contact.objects.filter(subject=office.persons[0]).exists()
    assert not Line.objects.filter(verb="subject.erase_due").exists()


def test_消去できない人は一覧から保存を続けるだけ(office: Private) -> None:
    desk = client(office.town.planner)
    page = desk.get(to("privacy_due"))
    assert page.status_code == 200
    assert "消去に進む" not in text(page)
    refused = desk.post(to("privacy_due"), {"do": "erase", "persons": [office.persons[0]]})
    assert refused.status_code == 403
    assert "担当課長" in text(refused)
    assert client(office.town.officer).get(to("privacy_due")).status_code == 403


def test_保存は理由と期限を書いて続け_期限が過ぎればまた消去を待つ(office: Private) -> None:
    desk, where = (
        client(office.town.section_head),
        to("privacy_hold", office.persons[0], office.fans.pk),
    )
    form = desk.get(where)
    assert "返還の義務が残る" in text(form)
    for said, words in (
        ({"reason": "", "until": ""}, "必須"),
        ({"reason": "返還", "until": "2022-06-01"}, "もう過ぎています"),
        ({"reason": "過子様の返還", "until": ""}, "E776"),
    ):
        refused = desk.post(where, filled(form, "reason", **said))
        assert refused.status_code == 422
        assert words in text(refused)
    done = desk.post(
        where, filled(form, "reason", reason="返還の義務", until="2023-03-31"), follow=True
    )
    assert "返還の義務（令和5年3月31日まで）" in text(done)
    assert f"個人 {office.persons[0]}" not in _waiting(desk)
    with at(JUNE.replace(year=2023)):
        assert f"個人 {office.persons[0]}" in _waiting(desk)
        assert "期限が過ぎています" in text(desk.get(to("privacy_due")))
    release = to("privacy_release", office.persons[0], office.fans.pk)
    assert client(office.town.officer).post(release).status_code == 403
    freed = desk.post(release, follow=True)
    assert "保存の継続を解きました" in text(freed)
    assert f"個人 {office.persons[0]}" in _waiting(desk)


def _waiting(desk) -> str:
    """Who waits to be erased, without those who are held."""
    return text(desk.get(to("privacy_due"))).partition("保存を続けている人")[0]


def test_一人の頁は同意と期限を見せ_氏名は見せない(
    office: Private, django_assert_max_num_queries
) -> None:
    desk, where = client(office.town.officer), to("privacy_person", office.persons[1])
    desk.get(where)
    with django_assert_max_num_queries(25):
        page = desk.get(where)
    said = text(page)
    assert "相談に応じるため" in said
    assert "記録なし（令和4年6月15日から台帳にいます）" in said
    assert "押すと、見たことが証跡に残ります" in said
    assert not [word for word in WORDS if word in said]
    assert "利用目的 第1版" in text(desk.get(to("privacy_person", office.persons[0])))
    assert desk.get(to("privacy_person", 999999)).status_code == 404
    firm = Draft(who=Who(name="見本鋳造"), first=date(2021, 4, 1))
    entered(office.town, made(office.town, "members"), [firm])
    assert desk.get(to("privacy_person", em.Subject.objects.get(name="見本鋳造").pk)).status_code == 404  # fmt: skip


def test_撤回はすぐに効き_書き出しに出ない(office: Private) -> None:
    desk = client(office.town.officer)
    where = to("privacy_withdraw", office.persons[1], office.fans.pk)
    assert desk.post(where, filled(desk.get(where), "reason")).status_code == 422
    done = desk.post(where, filled(desk.get(where), "reason", reason="窓口での申出"), follow=True)
    assert "いまから、この台帳では連絡先を使いません" in text(done)
    assert "同意を撤回" in text(done)
    given = desk.post(to("privacy_export", office.fans.pk), {"purpose": "案内", "ground": "within", "form": "csv"})  # fmt: skip
    assert "花子" not in given.content.decode("utf-8-sig")
    consent = to("privacy_consent", office.persons[1], office.fans.pk)
    assert desk.post(consent, {"given_on": "2022-06-16"}).status_code == 422
    again = desk.post(consent, filled(desk.get(consent), "given_on", given_on="2022-06-15"), follow=True)  # fmt: skip
    assert "同意を記録しました" in text(again)
    assert not em.Consent.objects.get(subject=office.persons[1], register=office.fans).withdrawn


def test_人は氏名の一部でも電話番号でも見つかり_探した言葉はどこにも残らない(
    office: Private,
) -> None:
    desk = client(office.town.officer)
    for words in ("花子", "山田 花子", "やまだ", "P1@EXAMPLE.jp", "555-0101"):
        found = desk.post(to("privacy_find"), {"q": words})
        hit = words != "やまだ"
        assert (to("privacy_person", office.persons[1]) in found.content.decode()) is hit, words
    assert last("contact.find").facts == {"persons": 1}
    refused = desk.post(to("privacy_find"), {"q": "山"})
    assert refused.status_code == 422
    assert "二文字以上" in text(refused)
    assert nobody_named()


def test_ほかの課の人はほかの課の台帳の人を探せない(office: Private) -> None:
    other = person("kanko2", "観光 次郎")
    with act("test.other", body=BODY, by=None) as w:
        w.add(Assignment(person=other, role="officer", department=office.town.tourism, first_day=date(2020, 4, 1)))  # fmt: skip
    desk = client(other)
    assert to("privacy_person", office.persons[1]) not in desk.post(to("privacy_find"), {"q": "花子"}).content.decode()  # fmt: skip
    assert desk.post(to("privacy_contact", office.persons[1], office.fans.pk)).status_code == 403
    assert desk.get(to("privacy_export", office.fans.pk)).status_code == 403


def test_連絡先は押して見て_直すと項目の名だけが証跡に残る(office: Private) -> None:
    desk = client(office.town.officer)
    assert desk.get(to("privacy_contact", office.persons[1], office.fans.pk)).status_code == 405
    seen = desk.post(to("privacy_contact", office.persons[1], office.fans.pk))
    assert "山田 花子" in text(seen)
    assert last("contact.see").facts == {"persons": 1, "register": office.fans.pk}
    where = to("privacy_correct", office.persons[1], office.fans.pk)
    sent = filled(seen, "e-mail", **{"e-mail": "hanako@example.jp", "e-phone": "019-555-9999"}, reason="転居")  # fmt: skip
    done = desk.post(where, sent, follow=True)
    assert "訂正しました" in text(done)
    line = last("contact.correct")
    assert (line.facts["fields"], line.facts["reason"]) == (["mail", "phone"], "転居")
    known = see_person(by=office.town.officer, subject=office.persons[1], register=office.fans.pk)
    assert (known.who.name, known.who.mail, known.who.phone) == ("山田 花子", "hanako@example.jp", "019-555-9999")  # fmt: skip
    stale = desk.post(where, sent)
    assert stale.status_code == 422
    assert "開いている間に変わりました" in text(stale)
    assert nobody_named()
    assert sound()
    assert to("privacy_person", office.persons[1]) in desk.post(to("privacy_find"), {"q": "hanako@example"}).content.decode()  # fmt: skip


def test_同じ内容の訂正は何も変えず_名のある理由と個人番号は断る(office: Private) -> None:
    desk = client(office.town.officer)
    seen = desk.post(to("privacy_contact", office.persons[1], office.fans.pk))
    where = to("privacy_correct", office.persons[1], office.fans.pk)
    same = desk.post(where, filled(seen, "e-mail", reason="確認"), follow=True)
    assert "何も変えませんでした" in text(same)
    assert not Line.objects.filter(verb="contact.correct").exists()
    for said, words in (
        ({"e-phone": "019-555-0001", "reason": "花子さんの申出"}, "E776"),
        ({"e-name": "花代", "reason": "花代への改名"}, "E776"),
        ({"e-address": "1234 5678 9018", "reason": "転居"}, "個人番号"),
        ({"e-name": "", "e-mail": "", "reason": "転居"}, "氏名かメールアドレス"),
        ({"e-mail": "だめ", "reason": "転居"}, "メール"),
    ):
        refused = desk.post(where, filled(seen, "e-mail", **said))
        assert refused.status_code == 422, said
        assert words in text(refused), said
        assert "1234 5678 9018" not in refused.content.decode()
    assert not Line.objects.filter(verb="contact.correct").exists()


def test_個人情報の項目も直せて_登録と数は変わらない(office: Private) -> None:
    desk, rows = client(office.town.officer), em.Entry.objects.count()
    seen = desk.post(to("privacy_contact", office.persons[1], office.talks.pk))
    assert "そば" in text(seen)
    assert "昭和55年1月2日" in text(seen)
    where = to("privacy_fields", office.persons[1], office.talks.pk, 1)
    sent = filled(seen, "e-allergy", **{"e-allergy": "えび"}, reason="申出による")
    assert desk.post(where, sent).status_code == 302
    facts = last("private.correct").facts
    assert (facts["fields"], facts["entry"]) == (["allergy"], 1)
    known = see_person(by=office.town.officer, subject=office.persons[1], register=office.talks.pk)
    assert known.private[1] == {"allergy": "えび", "born": date(1980, 1, 2)}
    assert em.Entry.objects.count() == rows
    assert desk.post(where, sent).status_code == 422
    assert desk.post(to("privacy_fields", office.persons[1], office.talks.pk, 7), sent).status_code == 404  # fmt: skip
    assert client(office.town.auditor).post(where, sent).status_code == 403
    assert nobody_named()
    assert sound()


def test_書き出しは人数を先に言い_目的と根拠が証跡に残る(office: Private) -> None:
    desk, where = client(office.town.officer), to("privacy_export", office.fans.pk)
    form = desk.get(where)
    assert "書き出す人 2人" in text(form)
    assert "同意を撤回した人 1人、保存期限の過ぎた人 1人" in text(form)
    assert desk.post(where, filled(form, "purpose")).status_code == 422
    named = desk.post(where, filled(form, "purpose", purpose="花子さんへの連絡"))
    assert named.status_code == 422
    assert "E776" in text(named)
    given = desk.post(where, filled(form, "purpose", purpose="交流会の案内", ground="duty"))
    assert given["Cache-Control"] == "no-store, private"
    sheet = load_workbook(io.BytesIO(given.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["氏名", NAMES[1], NAMES[3]]
    assert last("register.export").facts == {
        "persons": 2,
        "purpose": "交流会の案内",
        "ground": "duty",
    }
    log = text(client(office.town.auditor).get(to("privacy_exports")))
    assert "物作 太郎" in log
    assert "2人 交流会の案内 団体の内部での利用で、相当の理由がある（法69条2項2号）" in log
    assert nobody_named()


def test_CSVの書き出しは式に見える欄を無害にする(office: Private) -> None:
    evil = [Who(kind="person", name=f'{sign}HYPERLINK("x")', mail=f"e{n}@example.jp") for n, sign in enumerate("=+-@")]  # fmt: skip
    entered(office.town, office.fans, [Draft(who=one, first=date(2021, 5, 1)) for one in evil])
    given = client(office.town.officer).post(
        to("privacy_export", office.fans.pk), {"purpose": "確認", "ground": "within", "form": "csv"}
    )
    rows = list(csv.reader(io.StringIO(given.content.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert sum(cell.startswith(("'=", "'+", "'-", "'@")) for cell in cells) == 4
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_団体の台帳の連絡先の書き出しはない(office: Private) -> None:
    members = made(office.town, "members")
    assert client(office.town.planner).get(to("privacy_export", members.pk)).status_code == 404


def test_ファイル簿の案は台帳から作られ_表で受け取れる(office: Private, monkeypatch) -> None:
    desk = client(office.town.auditor)
    page = text(desk.get(to("privacy_files")))
    assert "あと996人で対象" in page
    assert "利用目的" in page
    assert "収集方法 本人等から聞き取り、または書面で受け取り、課で入力" in page
    assert "（課で記入）" in page
    book = load_workbook(io.BytesIO(desk.get(to("privacy_files_draft")).content))
    assert len(book.sheetnames) == 2
    said = {row[0]: row[1] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert said["個人情報ファイルの名称"] == "関係人口登録者名簿"
    assert said["本人の数"] == "4人"
    assert said["要配慮個人情報の有無"] == "（課で記入）"
    assert desk.get(f"{to('privacy_files_draft')}?only=due").status_code == 404
    monkeypatch.setattr("sosei.evidence.queries.privacy.LISTED", 4)
    assert "公表の対象" in text(desk.get(to("privacy_files")))
    assert "ファイル簿の対象" in text(desk.get(to("privacy")))
    assert "個人情報ファイル簿に載せて公表する台帳が1件あります" in text(desk.get(to("privacy")))
    due = load_workbook(io.BytesIO(desk.get(f"{to('privacy_files_draft')}?only=due").content))
    assert due.sheetnames == ["1 関係人口登録者名簿"]


def test_一人を期限の前に消去できるのはその課の課長(office: Private) -> None:
    where = to("privacy_erase", office.persons[1])
    assert client(office.town.officer).get(where).status_code == 403
    desk = client(office.town.section_head)
    page = desk.get(where)
    assert "個人情報の項目 1件の登録" in text(page)
    held = to("privacy_erase", office.persons[3])
    refused = desk.post(held, filled(desk.get(held), "reason", reason="本人の申出"))
    assert refused.status_code == 422
    assert "E775" in text(refused)
    done = desk.post(where, filled(page, "reason", reason="本人の申出"), follow=True)
    assert "消去済み" in text(done)
    assert not em.Private.objects.filter(register=office.talks).exists()
    assert desk.get(where).status_code == 404
    assert desk.post(to("privacy_contact", office.persons[1], office.fans.pk)).status_code == 404


def test_撤回した人の連絡先には使わないよう断りが出る(office: Private) -> None:
    withdraw(by=office.town.planner, subject=office.persons[1], register=office.talks.pk, reason="申出")  # fmt: skip
    desk = client(office.town.officer)
    assert "連絡に使わないでください" in text(desk.post(to("privacy_contact", office.persons[1], office.talks.pk)))  # fmt: skip


def test_書き出しの記録は古い方へ送れる(office: Private, monkeypatch) -> None:
    desk = client(office.town.officer)
    for n in range(3):
        with at(JUNE + timedelta(minutes=n)):
            desk.post(to("privacy_export", office.fans.pk), {"purpose": f"目的{n}", "ground": "within", "form": "csv"})  # fmt: skip
    monkeypatch.setattr("sosei.evidence.queries.privacy.PAGE", 2)
    first = desk.get(to("privacy_exports"))
    assert "目的2" in text(first)
    assert "目的0" not in text(first)
    seq = Line.objects.filter(verb="register.export").order_by("-seq")[1].seq
    older = text(desk.get(f"{to('privacy_exports')}?before={seq}"))
    assert "目的0" in older
    assert "目的1" not in older


def test_英語でも同じことを言う(office: Private) -> None:
    desk = client(office.town.section_head)
    desk.cookies["django_language"] = "en"
    inside = (office.persons[1], office.fans.pk)
    for where, words in (
        (to("privacy"), "To be erased"), (to("privacy_due"), "Whose time of keeping is over"), (to("privacy_files"), "Whose data are recorded"),
        (to("privacy_exports"), "No contacts were exported yet"), (to("privacy_export", office.fans.pk), "within the purpose"),
        (to("privacy_find"), "Find a person"), (to("privacy_person", office.persons[1]), "Kept until"), (to("privacy_hold", *inside), "Hold"),
        (to("privacy_withdraw", *inside), "Record the withdrawal"), (to("privacy_erase", office.persons[1]), "What stays"),
        (to("leaks"), "Leaks of personal data"), (to("leak", office.leaks[0]), "It must be reported"), (to("leak_new"), "Known since"),
    ):  # fmt: skip
        assert words in text(desk.get(where)), where
    sheet = desk.get(to("privacy_files_draft"))
    assert "draft" in sheet["Content-Disposition"]
    book = load_workbook(io.BytesIO(sheet.content))
    assert book.worksheets[0]["A2"].value == "Name of the file"


def test_個人情報の項目のなかった登録にも書け_検証に通る(office: Private) -> None:
    entered(office.town, office.talks, [Draft(subject=office.persons[0], first=date(2021, 5, 2), values={"topic": "住まい"})])  # fmt: skip
    desk = client(office.town.officer)
    seen = desk.post(to("privacy_contact", office.persons[0], office.talks.pk))
    where = to("privacy_fields", office.persons[0], office.talks.pk, 2)
    assert desk.post(where, filled(seen, "e-allergy", **{"e-allergy": "えび"}, reason="申出")).status_code == 302  # fmt: skip
    assert sound()
    seen = desk.post(to("privacy_contact", office.persons[0], office.talks.pk))
    assert desk.post(where, filled(seen, "e-allergy", **{"e-allergy": ""}, reason="申出")).status_code == 302  # fmt: skip
    assert not em.Private.objects.filter(register=office.talks, number=2).exists()
    assert sound()


def test_台帳の登録から同意と期限の頁へ進める(office: Private) -> None:
    page = client(office.town.officer).get(to("register_entry", office.fans.pk, 2))
    assert to("privacy_person", office.persons[1]) in page.content.decode()
