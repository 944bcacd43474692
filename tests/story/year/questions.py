"""監査の問い. Thirty and more questions that an auditor asks after the year, each answered by a query, and the answers as the story has them.

A question's answer is written by hand here; what is asked goes through the queries that the desk's own pages use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from sosei.core.codec import loads
from sosei.core.report import Report
from sosei.journal.history import history
from sosei.journal.queries import Wanted, lines, page
from sosei.journal.verify import verify
from sosei.ledger import models as m
from sosei.ledger.queries.able import able_to_write
from sosei.ledger.queries.audit import (
    accepted_in,
    asked_about,
    changed_since_decision,
    dropped_in,
    lifted_in,
    unbacked_in,
)
from sosei.ledger.queries.batches import batch_of, batches_of
from sosei.ledger.queries.decisions import decisions_page
from sosei.ledger.queries.documents import files_of
from sosei.ledger.queries.editions import (
    compared,
    edition_row,
    editions_of,
    in_force_on,
)
from sosei.ledger.queries.entry import entry_page
from sosei.ledger.queries.indicator import IndicatorPage, YearShown, indicator_page
from sosei.ledger.queries.moment import at_moment
from sosei.ledger.queries.money import money_by_year
from sosei.ledger.queries.opinions import promises
from sosei.ledger.queries.steps import steps_of, steps_of_volume
from sosei.ledger.queries.volumeflow import volume_flow
from sosei.offices.models import Assignment, Person
from sosei.offices.queries.departments import departments_on
from sosei.offices.queries.people import names_of, person_seen
from sosei.publishing.pagerefs import where
from year.city import moment

if TYPE_CHECKING:
    from year.rehearsal import Year

BODY = "990001"


@dataclass(frozen=True, slots=True)
class Question:
    """問い. What is asked, how, and the answer."""

    text: str
    ask: Callable[[Year], Any]
    answer: Any

    def wrong(self, year: Year) -> str | None:
        """Return what is wrong with the answer, None where it is right."""
        got = self.ask(year)
        return None if got == self.answer else f"{self.text}\n  {got!r}\n  ではなく\n  {self.answer!r}"  # fmt: skip


def _indicator(year: Year, name: str, of: int = 2022) -> IndicatorPage:
    return indicator_page(year.at("kansa-r5").person, year.line(name, of).pk)


def _own(year: Year, name: str, of: int = 2022) -> YearShown:
    return next(y for y in _indicator(year, name).years if y.year == of)


def _past(year: Year, name: str) -> list[Any]:
    return [figure for figure in _own(year, name).past if figure.role == "actual"]


def _day(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _who(recorded: Any) -> tuple[str | None, str]:
    return recorded.by, _day(recorded.at)


def _edition(year: Year, number: int) -> int:
    return m.Edition.objects.get(volume=year.volume, number=number).pk


def _frozen(edition: int) -> Report:
    """The report that an edition froze."""
    return loads(m.Edition.objects.get(pk=edition).report)


def _printed(report: Report, project: str, name: str) -> str:
    (found,) = [p for p in report.projects if str(p.name).startswith(project)]
    (one,) = [k for k in found.indicators if str(k.name).startswith(name)]
    actual = one.years[0].actual
    if actual is None:
        return "なし"
    return f"{actual.number:f} {actual.state or ''}".strip() if actual.number is not None else str(actual.gap.value)  # fmt: skip


def _steps(year: Year, name: str, verb: str) -> list[tuple[str, str | None, str | None, str]]:
    return [
        (s.person, s.instead, s.reason, _day(s.at))
        for s in reversed(steps_of(year.entry(name).pk))
        if s.verb == verb
    ]


def _able(year: Year, name: str, day: date, hour: int = 12) -> list[tuple[str, str, str | None]]:
    found = able_to_write(BODY, year.entry(name).pk, moment(day, hour))
    return [(one.person, one.ja, one.instead) for one in found]


def _report(year: Year, name: str) -> tuple[Any, ...]:
    (row,) = [r for r in decisions_page(BODY, year.volume.pk).rows if r.name.startswith(name)]
    d = row.decision
    return d.number, d.yen, d.reported_on, d.reported, d.reported_reason


def _money(year: Year, name: str) -> dict[int, tuple[dict[str, int], int | None]]:
    found = money_by_year(BODY, year.entry(name).project_id)
    return {one.year: (dict(one.by_source), one.decided) for one in found}


def _line(year: Year, verb: str, **more: Any) -> list[tuple[str, str]]:
    found = lines(BODY, Wanted(verb=verb, **more))
    names = names_of(BODY, Person.objects.values_list("pk", flat=True))
    return [(names[one.by], _day(one.at)) for one in found]


def _file(year: Year) -> tuple[str, bool]:
    """The file that was refused is still there, as it came."""
    (row,) = batches_of(BODY, "refused")
    (file,) = files_of(BODY, [batch_of(BODY, row.pk).document or 0])
    return file.name, file.data.startswith(b"PK")


def _history(year: Year) -> list[tuple[str, list[tuple[str, str, str]]]]:
    row = m.Spending.objects.get(label="備品の購入", voided=None)
    return [
        (step.verb, [(c.column, c.old, c.new) for c in step.changes if c.column == "金額（円）"])
        for step in history(BODY, "ledger.spending", row.pk)
    ]


def _assigned(year: Year) -> tuple[Any, ...]:
    row = Assignment.objects.get(person__login="nosei-kacho-r2", role="section_head")
    steps = history(BODY, "offices.assignment", row.pk)
    names = names_of(BODY, [s.by for s in steps if s.by])
    return next((names.get(s.by or 0), _day(s.at), [(c.column, c.new) for c in s.changes][:1]) for s in steps)  # fmt: skip


QUESTIONS: tuple[Question, ...] = (
    Question(
        "「クラスター会員のものづくり企業数」34社は、誰がいつ入れたのか",
        lambda y: _who(_own(y, "クラスター会員").actual.recorded),
        ("新山 はる", "2023-06-05 14:30"),
    ),
    Question(
        "それはどのファイルのどのセルから来たのか",
        lambda y: (
            (found := _own(y, "クラスター会員").actual).backing.name, [where(p) for p in found.places], found.origin,
        ),
        ("R4-1-02_ものづくり推進課_回答様式.xlsx", ["シート「回答」H9"], "inquiry"),
    ),
    Question(
        "その値は、どの照会で、いつまでに、どの課に尋ねたものか",
        lambda y: [
            (a.number, a.department, a.sent_on, a.due_on, a.answered_on, a.files)
            for a in asked_about(BODY, y.line("クラスター会員").pk)
        ],
        [("5企第88号", "ものづくり推進課", date(2023, 6, 1), date(2023, 6, 15), date(2023, 6, 5), ("R4-1-02_ものづくり推進課_回答様式.xlsx",))],
    ),
    Question(
        "「一時預かりの延べ利用者数」は前にいくらで、なぜ変えたのか",
        lambda y: (
            [f.core.number for f in _past(y, "一時預かり")],
            (own := _own(y, "一時預かり")).actual.core.number, own.actual.reason, _who(own.actual.recorded),
        ),
        ([1262], 1251, "一時預かりの延べ利用者数に、同じ日の重複した受付11件が含まれていたため", ("新子 のぞみ", "2023-11-21 09:30")),
    ),
    Question(
        "備品の購入の金額は、いつの行いでいくらからいくらになったのか",
        _history,
        [("経費の登録", [("金額（円）", "330,000", "341,000")]), ("経費の登録", [("金額（円）", "", "330,000")])],
    ),
    Question(
        "7月1日には、宿泊者数はいくらと書かれていたか（速報か確定か）",
        lambda y: [
            _printed(at_moment(BODY, y.volume.pk, moment(date(2023, *d), 12)).report, "六市連携", "六市の延べ宿泊者数")
            for d in ((6, 1), (6, 20), (7, 1), (8, 1))
        ],
        ["なし", "counting", "4061300 preliminary", "4058700 final"],
    ),
    Question(
        "集計中だった就職者数は、いつ判明する予定で、実際にいつ分かったのか",
        lambda y: (
            [(f.expected_on, f.owed_by) for f in _past(y, "会員企業への地元")],
            _who(_own(y, "会員企業への地元").actual.recorded),
        ),
        ([(date(2023, 8, 20), "ものづくり推進課")], ("新山 はる", "2023-08-10 09:30")),
    ),
    Question(
        "「研修後の定着率」は、R3とR4の報告書でどの定義によるのか。なぜ、いつ、誰が変えたのか",
        lambda y: (
            {s.fiscal_year: s.version for s in _indicator(y, "研修後の定着率").stands},
            [(v.version, v.from_year, next(a.value for a in v.attributes if a.name == "definition")) for v in _indicator(y, "研修後の定着率").versions[:2]],
            (now := _indicator(y, "研修後の定着率").now).why, _who(now.recorded),
        ),
        (
            {2022: 3, 2021: 2, 2020: 1},
            [(3, 2022, "研修を終えて2年後に市内で就農している人の割合"), (2, 2021, "研修を終えて1年後に市内で就農している人の割合")],
            "国の調査と同じく、研修の2年後を見ることにした。", ("新谷 みのり", "2023-05-10 09:30"),
        ),
    ),
    Question(
        "新しい定義の基準値はいくらで、なぜその値か",
        lambda y: [(f.core.number, f.reason) for f in _indicator(y, "研修後の定着率").now.figures],
        [(60, "新しい定義で令和元年度の修了者を数え直した。")],
    ),
    Question(
        "合宿の延べ宿泊者数の初めの計画はいくらで、なぜ目標を下げたのか",
        lambda y: ((own := _own(y, "合宿による")).first_plan.core.number, own.target.core.number, own.target.reason),
        (3200, 2700, "令和4年9月の変更申請（宿泊施設の改修による休業）のため"),
    ),
    Question(
        "「新規就農者…」は課として誰が、誰の代わりに確認したのか",
        lambda y: _steps(y, "新規就農者", "entry.approve"),
        [("新林 もり", "新畦 みち", None, "2023-08-22 09:30")],
    ),
    Question(
        "その代理は、いつからいつまで、なぜ、誰が指定したのか",
        lambda y: (
            [(d.name, d.deputy_name, d.first_day, d.last_day, d.reason) for d in person_seen(BODY, y.at("nosei-kacho-r5").person.pk).for_him],
            _line(y, "deputy.name"),
        ),
        ([("新畦 みち", "新林 もり", date(2023, 8, 21), date(2023, 9, 1), "夏季休暇のため")], [("新畦 みち", "2023-08-18 09:30")]),
    ),
    Question(
        "差し戻されたのはどの事業で、誰が、なぜか",
        lambda y: {e.name: _steps(y, e.name, "entry.return") for e in m.ProjectYear.objects.filter(volume=y.volume) if _steps(y, e.name, "entry.return")},
        {"地域交通の共同運行実証事業": [("新駅 ひらく", None, "冬の運行をどうするかが書かれていません。対応策に加えてください。", "2023-08-22 09:30")]},
    ),
    Question(
        "「新規就農者…」の事業効果は、どの規則で何段階と提案され、なぜ別の段階にしたのか",
        lambda y: ((g := entry_page(y.at("kansa-r5").person, y.entry("新規就農者").pk).grade).then, g.rule, g.decided, g.reason),
        (3, "G2-3-improved", 2, "目標には届かないが、県内の就農者が減るなかで三年続けて増えているため"),
    ),
    Question(
        "了承した指摘は何で、誰が、なぜ認めたのか",
        lambda y: [(a.name[:5], a.rule, a.by, a.reason) for a in accepted_in(y.volume)],
        [
            ("新規就農者", "KPI-BREAK", "新畦 みち", "定義を改めた年であり、基準値も新しい定義で数え直したため"),
            ("関係人口の", "KPI-BREAK", "新谷 みのり", "これまでの値に新しく数える人はおらず、比べてよいため"),
        ],
    ),
    Question(
        "子育て世代…の国費は、どの年度にいくらか（財源別）。財源の記載のない年度はどれか",
        lambda y: {year: by for year, (by, _) in _money(y, "子育て世代").items()},
        {2020: {"": 12100000}, 2021: {"": 12430000}, 2022: {"national": 6270000, "own": 6611000}},
    ),
    Question(
        "成長分野クラスター…の国の交付決定額は、どの年度にいくらか",
        lambda y: {year: decided for year, (_, decided) in _money(y, "成長分野クラスター").items()},
        {2020: None, 2021: None, 2022: 13795000},
    ),
    Question(
        "関係人口…の実績報告は、いつ、いくらで出し、経費の合計と違う理由は何か",
        lambda y: _report(y, "関係人口の増加"),
        ("府地創第2203号", 11200000, date(2023, 4, 7), 22395000, "預金利息5千円を差し引いたため"),
    ),
    Question(
        "期限を過ぎて出した実績報告、まだ出していない実績報告はあるか",
        lambda y: [r.name for r in decisions_page(BODY, y.volume.pk).rows if r.open or r.decision.reported_on > r.decision.report_due],
        [],
    ),
    Question(
        "交付決定の登録がない事業はどれか",
        lambda y: len(decisions_page(BODY, y.volume.pk).undecided),
        8,
    ),
    Question(
        "期限付きの解除は、誰が、いつまで、なぜ認め、その間に誰が何をしたのか",
        lambda y: [(one.name[:5], one.by, _day(one.until), one.reason, [(d.by, d.ja) for d in one.deeds]) for one in lifted_in(y.volume)],
        [("地域を学ぶ", "新倉 まさき", "2023-08-30 17:00", "講座の回数の誤記（年6回→年8回）を担当課が直すため", [("新本 まなぶ", "事業の記載")])],
    ),
    Question(
        "8月29日の正午に、その事業の記載を変えられたのは誰か。解除の前の日は誰か",
        lambda y: (_able(y, "地域を学ぶ", date(2023, 8, 28), 8), _able(y, "地域を学ぶ", date(2023, 8, 29))),
        (
            [("新倉 まさき", "企画課長", None), ("新谷 みのり", "企画担当", None)],
            [("新倉 まさき", "企画課長", None), ("新本 まなぶ", "担当者", None), ("新筆 しるす", "担当課長", None), ("新谷 みのり", "企画担当", None)],
        ),
    ),
    Question(
        "公表した後、その値を変えられた人はいたか。訂正の間は誰か",
        lambda y: (_able(y, "子育て世代", date(2023, 11, 1)), [who for who, *_ in _able(y, "子育て世代", date(2023, 11, 20))]),
        ([], ["新倉 まさき", "新子 のぞみ", "新守 やすし", "新谷 みのり"]),
    ),
    Question(
        "農政課長の代理は、その間にその課の値を変えられたか",
        lambda y: [one for one in _able(y, "新規就農者", date(2023, 8, 21), 8) if one[2]],
        [("新林 もり", "担当課長", "新畦 みち")],
    ),
    Question(
        "有識者への約束で、まだ果たしていないものは何か",
        lambda y: [(p.expert, p.response_due, p.department_name, p.response) for p in promises(BODY)],
        [("商工 会子", date(2024, 6, 28), None, "会員企業への調査に、取引の継続年数を加える。")],
    ),
    Question(
        "昨年度の約束は、いつ、どう果たしたのか",
        lambda y: [(o.done_on, o.done_note) for o in m.Opinion.objects.filter(volume__fiscal_year=2021)],
        [(date(2023, 9, 27), "参加者の62%が市外からであった。令和4年度の報告書の説明資料に載せた。")],
    ),
    Question(
        "11月1日の時点で公表されていたのは、どの版か",
        lambda y: [(e.fiscal_year, e.number, e.published_on) for e in in_force_on(BODY, date(2023, 11, 1))],
        [(2022, 1, date(2023, 10, 16)), (2021, 1, date(2022, 10, 3)), (2020, 1, date(2021, 10, 3))],
    ),
    Question(
        "その版は、一時預かりの利用者を何人と言っていたか。いまの版は何人か",
        lambda y: [_printed(_frozen(_edition(y, n)), "子育て世代", "一時預かり") for n in (1, 2)],
        ["1262", "1251 final"],
    ),
    Question(
        "第2版は何をなぜ訂正したのか",
        lambda y: ((e := edition_row(BODY, _edition(y, 2))).reason, [(x.subject, x.wrong, x.right) for x in e.errata]),
        (
            "一時預かりの延べ利用者数に、同じ日の重複した受付11件が含まれていたため。備品の購入に、送料11千円が含まれていなかったため",
            [
                ("子育て世代の住みやすさ向上事業 ＞ 一時預かりの延べ利用者数 ＞ 令和4年度 実績値", "1,262人", "1,251人（確定）"),
                ("子育て世代の住みやすさ向上事業 ＞ 備品の購入 ＞ 金額", "330千円", "341千円"),
            ],
        ),
    ),
    Question(
        "二つの版の違いは、正誤表に載ったものがすべてか",
        lambda y: [(c.subject, c.wrong, c.right) for c in compared(BODY, _edition(y, 1), _edition(y, 2)).lines]
        == [(x.subject, x.wrong, x.right) for x in edition_row(BODY, _edition(y, 2)).errata],
        True,
    ),
    Question(
        "決裁は何号で、いつか。訂正の決裁は",
        lambda y: [(p.number, p.decided_on) for p in reversed(volume_flow(y.volume.pk, y.at("kansa-r5").person).papers)],
        [("5企第210号", date(2023, 9, 8)), ("5企第301号", date(2023, 11, 22))],
    ),
    Question(
        "決裁を受けた後、公表までに報告書の何が変わったのか",
        lambda y: sorted(c.subject.replace(" ＞ ", "/") for c in changed_since_decision(BODY, _edition(y, 1))),
        sorted(
            f"{name}/効果検証/{what}"
            for name in ("成長分野クラスター形成支援事業", "関係人口の増加を軸とした移住・交流促進事業", "六市連携による夏祭り交流拡大事業")
            for what in ("外部有識者の評価", "外部有識者の意見")
        ),
    ),
    Question(
        "報告書は、いつ誰が決裁に出し、有識者と議会に進め、公表したのか",
        lambda y: [(s.verb, s.person, _day(s.at)[:10]) for s in reversed(steps_of_volume(y.volume.pk))],
        [
            ("volume.submit", "新谷 みのり", "2023-09-01"), ("volume.decide", "新谷 みのり", "2023-09-08"),
            ("volume.ask_experts", "新谷 みのり", "2023-09-08"), ("volume.report", "新谷 みのり", "2023-09-29"),
            ("volume.publish", "新倉 まさき", "2023-10-16"), ("volume.correct", "新倉 まさき", "2023-11-20"),
            ("volume.publish", "新倉 まさき", "2023-11-27"),
        ],
    ),
    Question(
        "取りやめた回答、取り消した回答は何で、誰が、なぜか",
        lambda y: [(d.state, d.department, d.by, d.reason) for d in dropped_in(y.volume)],
        [
            ("refused", "ものづくり推進課", "新山 はる", "売上高の単位を円で書いていた。千円に直して出し直す。"),
            ("undone", "情報政策課", "新森 なつ", "課長の確認の前に反映してしまったため"),
        ],
    ),
    Question(
        "取りやめた回答のファイルは、届いたまま残っているか",
        _file,
        ("R4-1-02_ものづくり推進課_回答様式.xlsx", True),
    ),
    Question(
        "公表した実績値のうち、裏付けの文書がなく、手で入れただけのものはどれか",
        lambda y: sorted(u.indicator for u in unbacked_in(y.volume)),
        sorted([
            "六市の延べ宿泊者数", "事業を通してふるさと納税を行った人数", "会員企業への地元高等教育機関卒業生の就職者数",
            "講座に参加した高校生の数", "地元への就職を希望する生徒の割合", "一時預かりの延べ利用者数",
        ]),
    ),
    Question(
        "観光課の仕事は、いつどの課に移ったのか",
        lambda y: [(p.name, p.on) for r in departments_on(BODY, date(2023, 4, 1)) if r.name == "観光課" for p in r.until],
        [("経済観光課", date(2023, 4, 1))],
    ),
    Question(
        "前の農政課長の配属は、いつ誰の登録で終わったのか",
        _assigned,
        ("新保 いずみ", "2023-04-01 08:30", [("終了日", "令和5年3月31日（金）")]),
    ),
    Question(
        "企画課長は1年間に何をしたのか",
        lambda y: sorted({one.verb for one in page(BODY, Wanted(person=y.at("kikaku-kacho-r5").person.pk)).lines}),
        ["account.password", "edition.correct", "edition.publish", "lock.lift"],
    ),
    Question("証跡は切れ目なくつながり、台帳と合っているか", lambda y: (v := verify()).fine and v.counts.get("N03", 0) == 0, True),
    Question(
        "公表した版は、証跡のどこまでを封じているか（番号が公表の行の直前か）",
        lambda y: [
            next(one.seq for one in lines(BODY, Wanted(verb="edition.publish")) if one.facts["sha256"] == e.sha256) - e.seq
            for e in editions_of(BODY, volume=y.volume.pk)
        ],
        [1, 1],
    ),
)  # fmt: skip
