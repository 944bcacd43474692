"""見本の個人情報. A register whose time of keeping is over for one of its persons, one with personal fields, and leaks whose clocks run."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bookroom import Town, town
from evidenceroom import defined, definition, entered
from sosei.evidence import models as em
from sosei.evidence.actions.incidents import Leak, report_leak
from sosei.evidence.actions.persons import give_consent, hold_person, withdraw
from sosei.evidence.actions.registers import make_register
from sosei.evidence.drafts import Draft, Who

JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
NAMES = ("期限 過子", "山田 花子", "鈴木 撤", "高橋 続")
TALKS = {
    "kind": "log", "ja": "相談記録", "en": "Consultations", "subject": "person", "purpose": "相談に応じるため",
    "fields": {
        "topic": {"ja": "用件", "en": "Topic", "type": "text"},
        "allergy": {"ja": "配慮すること", "en": "Needs", "type": "text", "personal": True},
        "born": {"ja": "生年月日", "en": "Born", "type": "date", "personal": True},
    },
}  # fmt: skip


@dataclass
class Private:
    """The office; `persons`: over (due), mail (known by all), withdrawn, held, in the order of `NAMES`; `leaks`: late, plain."""

    town: Town
    fans: em.Register
    talks: em.Register
    persons: list[int]
    leaks: list[int] = field(default_factory=list)


def who(name: str, n: int) -> Who:
    """Return somebody with every contact."""
    return Who(kind="person", name=name, kana="ヨミ", mail=f"p{n}@example.jp", phone=f"019-555-010{n}", address="見本市本町1-1")  # fmt: skip


def private() -> Private:
    """Make it, in June."""
    t = town()
    fans = make_register(by=t.planner, key="registrants", definition=definition("registrants"), department=t.it.pk, keep_years=5)  # fmt: skip
    talks = make_register(by=t.planner, key="talks", definition=TALKS, department=t.it.pk, keep_years=5)  # fmt: skip
    everyone = [who(name, n) for n, name in enumerate(NAMES)]
    entered(t, fans, [Draft(who=one, first=date(2021, 5, 1)) for one in everyone])
    rows = em.Entry.objects.filter(register=fans).order_by("number")
    persons = list(rows.values_list("subject", flat=True))
    entered(t, talks, [
        Draft(subject=persons[1], first=date(2021, 5, 2), values={"topic": "移住", "allergy": "そば", "born": date(1980, 1, 2)})
    ])  # fmt: skip
    give_consent(by=t.planner, subject=persons[0], register=fans.pk, given_on=date(2012, 4, 1))
    give_consent(by=t.planner, subject=persons[3], register=fans.pk, given_on=date(2012, 4, 1))
    withdraw(by=t.planner, subject=persons[2], register=fans.pk, reason="本人の申出")
    hold_person(by=t.planner, subject=persons[3], register=fans.pk, reason="返還の義務が残る", until=date(2025, 3, 31))  # fmt: skip
    defined(t, "fans", 'count of registrants at end unit "人"')
    known = JUNE - timedelta(days=10)
    late = Leak(
        title="案内メールの誤送信",
        what="宛先を取り違えた。",
        known=known,
        kinds=("sensitive",),
        persons=3,
    )
    plain = Leak(
        title="名簿の置き忘れ", known=JUNE - timedelta(days=1), kinds=("plain",), persons=5
    )
    leaks = [report_leak(by=t.planner, department=t.it.pk, said=one).pk for one in (late, plain)]
    return Private(t, fans, talks, persons, leaks)
